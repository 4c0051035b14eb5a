from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from index.build import build
from index.errors import CatalogueError, CatalogueLocked
from index.writer_lock import writing

HOLD = (
    "import sys; from pathlib import Path; from index.writer_lock import writing\n"
    "with writing(Path(sys.argv[1])):\n"
    "    print('held', flush=True)\n"
    "    sys.stdin.readline()\n"
)


@contextmanager
def another_writer(data: Path) -> Iterator[subprocess.Popen[str]]:
    """Run a process that holds the lock until it is told to go on."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(data)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        assert process.stdout
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_second_writer_is_refused_and_told_who_writes(tmp_path: Path) -> None:
    with another_writer(tmp_path) as other:
        with pytest.raises(CatalogueLocked, match=f"process {other.pid} on .* since 2"):
            build([], data=tmp_path, wait=0)
        with pytest.raises(CatalogueLocked), writing(tmp_path, wait=0.05):
            pass


def test_a_writer_may_wait_for_the_other_to_end(tmp_path: Path) -> None:
    with another_writer(tmp_path) as other:
        assert other.stdin
        other.stdin.write("\n")
        other.stdin.flush()
        with writing(tmp_path, wait=60):
            pass


def test_the_lock_of_a_killed_process_does_not_block(tmp_path: Path) -> None:
    with another_writer(tmp_path) as other:
        other.send_signal(signal.SIGKILL)
        other.wait()
        with writing(tmp_path):
            pass


def test_one_process_cannot_write_twice_at_once(tmp_path: Path) -> None:
    with (
        writing(tmp_path),
        pytest.raises(CatalogueLocked, match=str(os.getpid())),
        writing(tmp_path),
    ):
        pass


def test_the_lock_ends_with_an_error(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="boom"), writing(tmp_path):
        raise ValueError("boom")
    with writing(tmp_path):
        pass


def test_a_data_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(CatalogueError, match="BAOGAO_DATA"), writing(tmp_path / "file" / "data"):
        pass
