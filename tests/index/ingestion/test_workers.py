"""Processes that read give what one gives, whatever becomes of them and of their parent."""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from index.build import Progress, Summary, build
from index.ingestion import workers
from index.ingestion.pipeline import Text, read
from index.ingestion.workers import Readers
from index.processes import _INSIDE
from index.storage.entries import Entry, FileState

REPORT = (
    "焦作市政府工作报告\n一、目标\n2023年地区生产总值增长7%左右。\n二、保障\n新增就业{}万人。\n"
)


@dataclass(frozen=True)
class Item:
    """A text in a queue, or none."""

    text: Text | None


def an_item(number: int) -> Item:
    raw = REPORT.format(number)
    digest = hashlib.sha256(raw.encode()).hexdigest()
    name = f"{number}.txt"
    return Item(Text(raw, "utf-8", name, FileState(Path("/") / name, 1, 1, digest)))


ITEMS = [an_item(number) if number % 5 else Item(None) for number in range(40)]


def expected() -> list[tuple[Item, Entry | None]]:
    return [(item, read(item.text) if item.text else None) for item in ITEMS]


@pytest.fixture
def eager(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have processes started for the first text."""
    monkeypatch.setattr(workers, "_WORTH", 1)


def children(using: Readers) -> list[subprocess.Popen[bytes]]:
    assert using._pool
    return using._pool._children


@pytest.mark.usefixtures("eager")
def test_processes_give_what_one_gives_in_the_same_order() -> None:
    with Readers(2) as using:
        assert list(using.read(ITEMS)) == expected()
        started = children(using)
    assert len(started) == 2
    assert all(child.returncode is not None for child in started)


def test_few_texts_start_no_process() -> None:
    with Readers(2) as using:
        assert list(using.read(ITEMS)) == expected()
        assert using._pool is None


def test_one_process_takes_one_item_at_a_time() -> None:
    taken: list[Item] = []

    def items() -> Iterator[Item]:
        for item in ITEMS:
            taken.append(item)
            yield item

    with Readers(1) as using:
        for number, _ in enumerate(using.read(items()), start=1):
            assert len(taken) == number


@pytest.mark.usefixtures("eager")
def test_only_so_many_texts_wait_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    weight = len(REPORT) + workers._EACH
    monkeypatch.setattr(workers, "_AHEAD", 2 * weight)
    ahead = 0

    def items() -> Iterator[Item]:
        nonlocal ahead
        for item in filter(lambda item: item.text, ITEMS):
            ahead += 1
            assert ahead <= 6
            yield item

    with Readers(2) as using:
        for _ in using.read(items()):
            ahead -= 1
    assert ahead == 0


@pytest.mark.usefixtures("eager")
def test_what_a_killed_process_does_not_give_is_read_here(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with Readers(2) as using:
        answers = using.read(ITEMS)
        given = [next(answers)]
        children(using)[0].kill()
        given += [next(answers) for _ in range(20)]
        children(using)[1].kill()
        given += answers
    assert given == expected()
    [warning] = caplog.records
    assert "\n" not in warning.getMessage()


@pytest.mark.usefixtures("eager")
@pytest.mark.parametrize("program", ["/bin/echo", "/nowhere/python"])
def test_where_no_process_can_be_started_all_is_read_here(
    program: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(sys, "executable", program)
    with Readers(2) as using:
        assert list(using.read(ITEMS)) == expected()
    assert len(caplog.records) == 1


@pytest.mark.usefixtures("eager")
def test_a_reading_process_starts_no_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(_INSIDE, "1")
    with Readers(2) as using:
        assert list(using.read(ITEMS)) == expected()
        assert using._pool is None


@pytest.mark.usefixtures("eager")
def test_an_error_of_reading_is_raised_in_its_turn(caplog: pytest.LogCaptureFixture) -> None:
    # No file gives such a text; it stands for a fault in a rule.
    broken = Item(Text(b"bytes", "utf-8", "x", FileState(Path("/x"), 1, 1, "")))  # type: ignore[arg-type]
    with Readers(2) as using:
        answers = using.read([ITEMS[1], broken, ITEMS[2]])
        assert next(answers) == expected()[1]
        with pytest.raises(TypeError):
            next(answers)
    assert len(caplog.records) == 1


# --- whole builds -------------------------------------------------------------------------------


def make_folder(folder: Path, seeds: list[Path]) -> None:
    folder.mkdir()
    for seed in seeds:
        shutil.copy(seed, folder / seed.name)
    for number in range(20):
        (folder / f"{number:02}.txt").write_text(REPORT.format(number), encoding="utf-8")
    (folder / "east").mkdir()
    (folder / "east" / "traditional.md").write_text("蘭州市政府工作報告\n", encoding="big5")
    (folder / "gb.txt").write_text(seeds[0].read_text(encoding="utf-8"), encoding="gb18030")
    (folder / "07-again.txt").write_text(REPORT.format(7), encoding="utf-8")
    (folder / "00-empty.txt").write_bytes(b"")
    (folder / "11-binary.txt").write_bytes(bytes(range(256)) * 20)


def change_folder(folder: Path) -> None:
    (folder / "03.txt").write_text(REPORT.format(333), encoding="utf-8")
    (folder / "04.txt").write_text(REPORT.format(5), encoding="utf-8")
    (folder / "06.txt").rename(folder / "moved.txt")
    (folder / "08.txt").unlink()
    (folder / "09.txt").write_bytes(b"")
    (folder / "new.txt").write_text(REPORT.format(1000), encoding="utf-8")
    for path in folder.iterdir():
        os.utime(path, ns=(0, path.stat().st_mtime_ns + 1_000_000))


def contents(data: Path) -> list[str]:
    """All that the catalogue holds, in the order in which it was written, but for its name."""
    with closing(sqlite3.connect(data / "catalogue.sqlite")) as database:
        return [line for line in database.iterdump() if "'identity'" not in line]


def told(summary: Summary) -> Summary:
    """A summary without what differs from run to run."""
    return replace(summary, seconds=0, stages={})


@pytest.mark.usefixtures("eager")
def test_a_build_with_processes_leaves_the_very_same_catalogue(
    seeds: list[Path], tmp_path: Path
) -> None:
    folder = tmp_path / "reports"
    make_folder(folder, seeds)
    made: dict[int, list[object]] = {1: [], 2: []}

    def note(processes: int) -> None:
        steps: list[Progress] = []
        summary = build(
            [folder], data=tmp_path / str(processes), prune=True, progress=steps.append,
            processes=processes,
        )  # fmt: skip
        read_steps = [step for step in steps if step.stage == "read"]
        made[processes] += [told(summary), contents(tmp_path / str(processes)), read_steps]

    for processes in made:
        note(processes)
    change_folder(folder)
    for processes in made:
        note(processes)
    for processes in made:
        with closing(sqlite3.connect(tmp_path / str(processes) / "catalogue.sqlite")) as database:
            database.execute("UPDATE reports SET pipeline = '0.0', ahead = 1, passages = 1")
            database.execute("DELETE FROM seals")  # or all of this would be damage
            database.commit()
        note(processes)
    assert made[1] == made[2]
    first, changed = made[1][0], made[1][3]
    assert isinstance(first, Summary)
    assert isinstance(changed, Summary)
    assert (first.added, first.copies, first.duplicate, len(first.skipped)) == (26, 1, 1, 2)
    assert (changed.added, changed.changed, changed.removed) == (1, 1, 1)


PROGRAM = """
import signal, sys, time
from pathlib import Path
from index.ingestion import workers
from index.build import build

signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored where tests run behind a shell
print("once", flush=True)
workers._WORTH = 1

def tell(step):
    if step.stage == "read" and step.done == 10 and sys.argv[3:]:
        import gc
        [pool] = [each for each in gc.get_objects() if isinstance(each, workers._Pool)]
        print(*(child.pid for child in pool._children), flush=True)
        time.sleep(200)

build([Path(sys.argv[1])], data=Path(sys.argv[2]), processes=2, progress=tell)
print("done")
"""
"""A user's program without `if __name__ == "__main__":`; told so, it stops while it reads."""


@pytest.fixture
def program(tmp_path: Path, seeds: list[Path], monkeypatch: pytest.MonkeyPatch) -> list[str]:
    make_folder(tmp_path / "reports", seeds)
    (tmp_path / "program.py").write_text(PROGRAM, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(Path(workers.__file__).parents[2]))
    return [sys.executable, *map(str, (tmp_path / name for name in ("program.py", "reports", "d")))]


def test_a_program_without_a_guard_is_not_run_again(program: list[str]) -> None:
    done = subprocess.run(program, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["once", "done"]
    assert done.stderr == ""


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT])
def test_processes_end_with_their_parent(
    program: list[str], tmp_path: Path, number: signal.Signals
) -> None:
    parent = subprocess.Popen(
        [*program, "stop"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        start_new_session=True,
    )  # fmt: skip
    assert parent.stdout
    assert parent.stdout.readline() == "once\n"
    pids = parent.stdout.readline().split()
    assert len(pids) == 2
    if number == signal.SIGINT:
        os.killpg(parent.pid, number)  # as a terminal does
    else:
        parent.send_signal(number)
    _, errors = parent.communicate()
    deadline = time.monotonic() + 120
    while any(map(is_running, pids)):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert errors.count("Traceback") == (1 if number == signal.SIGINT else 0)
    # The run that was broken off is completed by the next.
    summary = build([tmp_path / "reports"], data=tmp_path / "d")
    assert summary.reports == 26


def is_running(pid: str) -> bool:
    """Tell whether a process is there and no zombie, which no one may be there to bury."""
    found = subprocess.run(["ps", "-o", "stat=", "-p", pid], capture_output=True, text=True)
    return found.stdout.strip()[:1] not in ("", "Z")
