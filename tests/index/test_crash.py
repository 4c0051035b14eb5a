"""An index run that is killed at any moment is completed by the next one.

Runs are forked from one warm server, so that a moment falls into the work and not into imports.
"""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import random
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import pytest

from index.build import build
from index.derived import chroma, lexical, vectors
from index.storage.catalogue import Catalogue
from index.types import Filter

KILLS = 10  # of each kind
SEEDS = 2  # the shortest
COPIES = 3


@pytest.fixture(scope="module")
def run() -> Callable[..., BaseProcess]:
    """Start a function in a process that has all modules loaded."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["chromadb.api.rust", __name__])

    def start(function: Callable[..., object], *arguments: object) -> BaseProcess:
        process = context.Process(target=function, args=arguments)
        process.start()
        return process

    # The first process waits for the server's imports.
    start(digest, "").join()
    return start


def index_reports(reports: Path, data: Path) -> None:
    # Small batches, so that there are many moments to be killed in.
    chroma._BATCH = chroma._LOAD = 20
    build([reports], data=data, prune=True)


def write_contents(data: Path, out: Path) -> None:
    """Write all that the catalogue and its indexes hold, in a form that compares equal."""
    with Catalogue.open(data) as catalogue:
        assert catalogue.embedding
        reports = catalogue.reports()
        held: dict[str, Any] = {
            "reports": [repr(report) for report in reports],
            "origins": [repr(origin) for origin in catalogue.origins()],
            "texts": [digest(repr(catalogue.normalized(report.id))) for report in reports],
            "passages": digest(repr(catalogue.passages_where(Filter()))),
            "digests": catalogue.passage_digests(),
            "lexical": sorted(lexical.contents(data).items()),
            "vectors": sorted(chroma.ids_in(vectors.published(data), catalogue.embedding.name)),
        }
        snapshot = vectors.open_vectors(data, catalogue.embedding.name)
        rows = snapshot.rows(snapshot.places(sorted(catalogue.passage_ids())))
        held["rows"] = [digest(rows.tobytes()), sorted(snapshot.held().items())]
    out.write_text(json.dumps(held, sort_keys=True), encoding="utf-8")


def digest(content: str | bytes) -> str:
    data = content.encode() if isinstance(content, str) else content
    return hashlib.sha256(data).hexdigest()


@dataclass(frozen=True)
class Work:
    """Reports to index, an older index of them, and what the run that is not killed makes."""

    run: Callable[..., BaseProcess]
    folder: Path
    reports: Path
    before: Path
    seconds: dict[bool, float]
    expected: str

    def contents(self, data: Path) -> str:
        """Return what the catalogue and its indexes in `data` hold."""
        return contents(self.run, data, self.folder / "contents.json")

    def complete(self, data: Path) -> float:
        """Index the reports into `data`, and return how many seconds it took."""
        return complete(self.run, self.reports, data)


def contents(run: Callable[..., BaseProcess], data: Path, out: Path) -> str:
    process = run(write_contents, data, out)
    process.join()
    assert process.exitcode == 0
    return out.read_text(encoding="utf-8")


def complete(run: Callable[..., BaseProcess], reports: Path, data: Path) -> float:
    start = time.perf_counter()
    process = run(index_reports, reports, data)
    process.join()
    assert process.exitcode == 0
    return time.perf_counter() - start


@pytest.fixture(scope="module")
def work(
    run: Callable[..., BaseProcess], seeds: list[Path], tmp_path_factory: pytest.TempPathFactory
) -> Work:
    folder = tmp_path_factory.mktemp("killed")
    reports, before = folder / "reports", folder / "before"
    reports.mkdir()
    for seed in sorted(seeds, key=lambda each: each.stat().st_size)[:SEEDS]:
        for copy in range(COPIES):
            text = seed.read_text(encoding="utf-8")
            (reports / f"{copy}_{seed.name}").write_text(f"{text}\n第{copy}份\n", encoding="utf-8")

    # The older index holds some reports that have changed since and one that has gone.
    (reports / "gone.txt").write_text("已经废止。\n", encoding="utf-8")
    changed = sorted(reports.glob("1_*"))
    for path in changed:
        path.write_text(path.read_text(encoding="utf-8") + "旧版。\n", encoding="utf-8")
    complete(run, reports, before)
    (reports / "gone.txt").unlink()
    for path in changed:
        path.write_text(path.read_text(encoding="utf-8")[: -len("旧版。\n")], encoding="utf-8")

    quiet, updated = folder / "quiet", folder / "updated"
    shutil.copytree(before, updated)
    seconds = {False: complete(run, reports, quiet), True: complete(run, reports, updated)}
    expected = contents(run, quiet, folder / "contents.json")
    assert contents(run, updated, folder / "contents.json") == expected
    return Work(run, folder, reports, before, seconds, expected)


@pytest.mark.parametrize("update", [False, True], ids=["of a new index", "of an older index"])
def test_killed_runs_are_completed_by_the_next(work: Work, tmp_path: Path, update: bool) -> None:
    chance = random.Random(20 + update)  # noqa: S311 - moments, not secrets
    killed = 0
    for number in range(KILLS):
        data = tmp_path / f"killed_{number}"
        if update:
            shutil.copytree(work.before, data)
        process = work.run(index_reports, work.reports, data)
        process.join((number + chance.random()) / KILLS * work.seconds[update])
        killed += process.is_alive()
        process.kill()
        process.join()
        work.complete(data)
        assert work.contents(data) == work.expected, f"killed run {number}"
        shutil.rmtree(data)
    assert killed
