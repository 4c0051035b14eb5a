"""Vectors made by a process ahead of writing are those made here, whatever becomes of either."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from index import processes
from index.build import build
from index.derived import embedding_worker, vectors
from index.derived.embedding_worker import made_ahead
from index.derived.vector_table import Batch, open_exact, write_exact
from index.embedding.embedder import open_embedder
from index.processes import Child
from index.storage.catalogue import Catalogue
from tests.index.ingestion.test_workers import is_running

SHORT = 64


@pytest.fixture
def eager(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have a process started for few passages."""
    monkeypatch.setattr(embedding_worker, "_WORTH", 1)


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[Child]:
    """The processes that are started, in order."""
    found: list[Child] = []

    def start(*arguments: object) -> Child:
        found.append(processes.start_child(*arguments))  # type: ignore[arg-type]
        return found[-1]

    monkeypatch.setattr(embedding_worker, "start_child", start)
    return found


def batches_of(catalogue: Catalogue) -> list[Batch]:
    digests = {key: digest for key, (_, digest) in catalogue.passage_digests().items()}
    ids = list(digests)
    parts = [ids[first : first + 20] for first in range(0, len(ids), 20)]
    return [Batch(part, [digests[key] for key in part]) for part in parts]


def make(catalogue: Catalogue, folder: Path) -> Iterator[NDArray[np.float32]]:
    batches = batches_of(catalogue)
    wanted = {key: d for batch in batches for key, d in zip(batch.ids, batch.digests, strict=True)}
    embedder = open_embedder()
    folder.mkdir()
    write_exact(folder, wanted, embedder.dimensions)
    return made_ahead(catalogue, embedder, folder, batches, SHORT)


def assert_complete(
    catalogue: Catalogue, folder: Path, made: list[NDArray[np.float32]], tmp_path: Path
) -> None:
    """What was made, and the table, are the same as without a process."""
    batches = batches_of(catalogue)
    plain = tmp_path / "plain"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(embedding_worker, "_WORTH", 1_000_000)
        expected = list(make(catalogue, plain))
    assert len(made) == len(expected) == len(batches)
    for one, other in zip(made, expected, strict=True):
        np.testing.assert_array_equal(one, other)
    ids = catalogue.passage_ids()
    here, there = open_exact(folder), open_exact(plain)
    assert here.held() == there.held()
    np.testing.assert_array_equal(
        list(here.vectors(ids).values()), list(there.vectors(ids).values())
    )


@pytest.mark.usefixtures("eager")
def test_a_process_makes_the_very_same_vectors(
    seed_catalogue: Catalogue, started: list[Child], tmp_path: Path
) -> None:
    made = list(make(seed_catalogue, tmp_path / "table"))
    [child] = started
    assert child.returncode is not None
    assert [path.name for path in (tmp_path / "table").iterdir()] == ["exact"]
    assert_complete(seed_catalogue, tmp_path / "table", made, tmp_path)
    np.testing.assert_allclose(np.linalg.norm(made[0], axis=1), 1, atol=1e-5)


def test_few_passages_start_no_process(
    seed_catalogue: Catalogue, started: list[Child], tmp_path: Path
) -> None:
    assert list(make(seed_catalogue, tmp_path / "table"))
    assert started == []


@pytest.mark.usefixtures("eager")
@pytest.mark.parametrize("after", [1, 3])
def test_what_a_killed_process_does_not_make_is_made_here(
    seed_catalogue: Catalogue,
    started: list[Child],
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    after: int,
) -> None:
    answers = make(seed_catalogue, tmp_path / "table")
    made = [next(answers) for _ in range(after)]
    started[0].kill()
    made += answers
    assert_complete(seed_catalogue, tmp_path / "table", made, tmp_path)
    [warning] = caplog.records
    assert "\n" not in warning.getMessage()


@pytest.mark.usefixtures("eager")
def test_where_no_process_does_anything_all_is_made_here(
    seed_catalogue: Catalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/echo")
    made = list(make(seed_catalogue, tmp_path / "table"))
    assert_complete(seed_catalogue, tmp_path / "table", made, tmp_path)


@pytest.mark.usefixtures("eager")
def test_a_process_that_cannot_be_started_is_done_without(
    seed_catalogue: Catalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    made = list(make(seed_catalogue, tmp_path / "table"))
    assert_complete(seed_catalogue, tmp_path / "table", made, tmp_path)


PROGRAM = """
import signal, sys, time
from pathlib import Path
from index.derived import chroma, embedding_worker
from index.build import build

signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored where tests run behind a shell
print("once", flush=True)
embedding_worker._WORTH, chroma._LOAD = 1, 20
start = embedding_worker.start_child

def note(*arguments):
    child = start(*arguments)
    print(child.pid, flush=True)
    return child

embedding_worker.start_child = note

def tell(step):
    if step.stage == "embed" and sys.argv[3:]:
        print("embedded", flush=True)
        time.sleep(60)

build([Path(sys.argv[1])], data=Path(sys.argv[2]), progress=tell)
print("done")
"""
"""A user's program without `if __name__ == "__main__":`; told so, it stops at the first batch."""


@pytest.fixture
def program(tmp_path: Path, seeds: list[Path], monkeypatch: pytest.MonkeyPatch) -> list[str]:
    (tmp_path / "reports").mkdir()
    for seed in seeds:
        shutil.copy(seed, tmp_path / "reports" / seed.name)
    (tmp_path / "program.py").write_text(PROGRAM, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(Path(embedding_worker.__file__).parents[2]))
    return [sys.executable, *map(str, (tmp_path / name for name in ("program.py", "reports", "d")))]


def test_a_program_without_a_guard_is_not_run_again(program: list[str], tmp_path: Path) -> None:
    done = subprocess.run(program, capture_output=True, text=True, check=True)
    once, pid, last = done.stdout.split()
    assert (once, last) == ("once", "done")
    assert not is_running(pid)
    assert done.stderr == ""
    with Catalogue.open(tmp_path / "d") as catalogue:
        held = vectors.contents(tmp_path / "d", open_embedder().name)
        assert held == {key: digest for key, (_, digest) in catalogue.passage_digests().items()}


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT])
def test_a_process_ends_with_its_parent(
    program: list[str], tmp_path: Path, number: signal.Signals
) -> None:
    parent = subprocess.Popen(
        [*program, "stop"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        start_new_session=True,
    )  # fmt: skip
    assert parent.stdout
    once, pid, embedded = (parent.stdout.readline().strip() for _ in range(3))
    assert (once, embedded) == ("once", "embedded")
    if number == signal.SIGINT:
        os.killpg(parent.pid, number)  # as a terminal does
    else:
        parent.send_signal(number)
    _, errors = parent.communicate()
    deadline = time.monotonic() + 30
    while is_running(pid):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert errors.count("Traceback") == (1 if number == signal.SIGINT else 0)
    # The run that was broken off is completed by the next.
    summary = build([tmp_path / "reports"], data=tmp_path / "d")
    held = vectors.contents(tmp_path / "d", open_embedder().name)
    assert len(held) == summary.passages
