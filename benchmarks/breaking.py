"""What an index bears: `python -m benchmarks.breaking [--kills N] [--sizes N] [--damages N]`.

Runs of the real command are killed at moments by chance, meet disks that are full (Linux, as root:
each is a file system in memory), and find bytes of the index overwritten; after each the same
questions are asked. An answer has to be what the whole index gives, or an error or a line of it
has to name what is wrong. Prints one Markdown table.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from assistant.answer import open_assistant
from assistant.settings import Settings
from index.build import build
from index.errors import BaogaoIndexError

ROOT = Path(__file__).parent.parent
REPORTS = ROOT / "seeds" / "reports"
QUESTIONS = ROOT / "seeds" / "questions" / "seeds_public.jsonl"
_EACH = 6  # questions after each fault
_SEED = 14
_SIZES = (500_000, 40_000_000)  # of the full disks, in bytes


@dataclass(slots=True)
class Tally:
    """How often a fault ended in which way, by the kinds of `judged`."""

    kinds: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)

    def add(self, kind: str, what: str) -> None:
        """Count one; what is worth reading is kept."""
        self.kinds[kind] += 1
        if kind in ("different", "died"):
            self.failures.append(f"{what}: {kind}")


def asked(questions: Sequence[str], data: Path, *, read_only: bool = False) -> list[str]:
    """Return the answers of a process of its own; "error: …" for one that is refused."""
    program = f"from benchmarks.breaking import answer_all; answer_all({read_only})"
    done = subprocess.run(
        [sys.executable, "-c", program, str(data), *questions],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    try:
        found: list[str] = json.loads(done.stdout)
    except ValueError:
        last = done.stderr.strip().splitlines()[-1:] or [""]
        return [f"died: {done.returncode} {last[0]}"] * len(questions)
    return found


def answer_all(read_only: bool) -> None:
    """Print the answers to the questions of the command line: what a child does."""
    _, data, *questions = sys.argv
    found = []
    try:
        assistant = open_assistant(Settings(Path(data), read_only=read_only))
    except BaogaoIndexError as error:
        print(json.dumps([f"error: {error}"] * len(questions)))
        return
    for question in questions:
        try:
            answer = assistant.ask(question)
            found.append(f"{answer.text}\n{answer.notes}\n{answer.citations}")
        except BaogaoIndexError as error:
            found.append(f"error: {error}")
    print(json.dumps(found))


def judged(found: str, expected: str) -> str:
    """Return what became of an answer: "same", "named", "different" or "died"."""
    if found.startswith("died"):
        return "died"
    if found == expected:
        return "same"
    return "named" if found.startswith("error: ") or "`baogao index`" in found else "different"


def damages(data: Path, questions: Sequence[str], count: int, place: Path) -> Tally:
    """Overwrite bytes of an index by chance, and ask."""
    chance = random.Random(_SEED)  # noqa: S311 - places in files, not secrets
    expected = dict(zip(questions, asked(questions, data), strict=True))
    tally = Tally()
    for number in range(count):
        copy = place / "damaged"
        shutil.copytree(data, copy)
        what = _overwrite(copy, chance)
        chosen = chance.sample(list(questions), _EACH)
        for question, found in zip(
            chosen, asked(chosen, copy, read_only=number % 2 == 0), strict=True
        ):
            tally.add(judged(found, expected[question]), f"{what}, {question}, {found[:300]}")
        shutil.rmtree(copy)
    return tally


def _overwrite(data: Path, chance: random.Random) -> str:
    files = [path for path in sorted(data.rglob("*")) if path.is_file() and path.stat().st_size]
    # Half of all meet the catalogue, which is the truth.
    path = data / "catalogue.sqlite" if chance.random() < 0.5 else chance.choice(files)
    content = bytearray(path.read_bytes())
    start = chance.randrange(len(content)) // 4096 * 4096
    end = min(len(content), start + 4096)
    kind = chance.choice(("noise", "zeros", "bit", "cut"))
    if kind == "bit":
        content[chance.randrange(start, end)] ^= 1 << chance.randrange(8)
    elif kind == "cut":
        del content[start:]
    else:
        content[start:end] = (
            chance.randbytes(end - start) if kind == "noise" else bytes(end - start)
        )
    path.write_bytes(content)
    return f"{kind} at {start} of {path.relative_to(data)}"


def index_command(reports: Path, data: Path) -> list[str]:
    """Return the real command that indexes."""
    return [
        sys.executable,
        "-m",
        "assistant",
        "index",
        "--force",
        str(reports),
        "--data",
        str(data),
    ]


def kills(data: Path, questions: Sequence[str], count: int, place: Path) -> Tally:
    """Kill runs that change an index; the index then answers, and the next run completes it."""
    chance = random.Random(_SEED)  # noqa: S311 - moments, not secrets
    reports = place / "reports"
    shutil.copytree(REPORTS, reports)
    for path in reports.iterdir():
        path.write_bytes(path.read_bytes() + "\n以上。\n".encode())
    whole = place / "whole"
    shutil.copytree(data, whole)
    started = time.perf_counter()
    subprocess.run(index_command(reports, whole), cwd=ROOT, capture_output=True, check=True)
    seconds = time.perf_counter() - started
    after = dict(zip(questions, asked(questions, whole), strict=True))
    tally = Tally()
    for number in range(count):
        copy = place / "killed"
        shutil.copytree(data, copy)
        run = subprocess.Popen(
            index_command(reports, copy), cwd=ROOT,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        time.sleep((number + chance.random()) / count * seconds)
        run.kill()
        run.wait()
        chosen = chance.sample(list(questions), _EACH)
        for found in asked(chosen, copy):
            tally.add(
                "died" if found.startswith("died") else "same", f"kill {number}, {found[:300]}"
            )
        subprocess.run(index_command(reports, copy), cwd=ROOT, capture_output=True, check=True)
        for question, found in zip(chosen, asked(chosen, copy), strict=True):
            tally.add(judged(found, after[question]), f"kill {number} completed, {question}")
        shutil.rmtree(copy)
    return tally


@contextmanager
def small_disk(place: Path, size: int) -> Iterator[Path]:
    """Give a folder of so many bytes, in memory."""
    place.mkdir(exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place)], check=True)
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


def full_disks(data: Path, questions: Sequence[str], count: int, place: Path) -> Tally:
    """Add reports to an index on disks of several sizes that they do not fit, and ask."""
    chance = random.Random(_SEED)  # noqa: S311 - questions, not secrets
    reports = place / "more"
    reports.mkdir()
    for path in sorted(REPORTS.iterdir()):
        text = list(path.read_text(encoding="utf-8"))
        for number in range(20):
            chance.shuffle(text)  # of no place, and no copy of another
            copy = reports / f"{number}_{path.name}"
            copy.write_text("".join(text), encoding="utf-8")
    whole = shutil.copytree(data, place / "all")
    subprocess.run(index_command(reports, whole), cwd=ROOT, capture_output=True, check=True)
    pairs = zip(questions, asked(questions, data), asked(questions, whole), strict=True)
    before = {question: answer for question, answer, after in pairs if answer == after}
    tally = Tally()
    least = sum(path.stat().st_size for path in data.rglob("*") if path.is_file()) + _SIZES[0]
    for number in range(count):
        size = least + (_SIZES[1] - least) * number // count
        with small_disk(place / "disk", size) as disk:
            shutil.copytree(data, disk / "data")
            done = subprocess.run(
                index_command(reports, disk / "data"),
                cwd=ROOT, capture_output=True, text=True, check=False,
            )  # fmt: skip
            if done.returncode not in (0, 1) or "Traceback" in done.stderr:
                tally.add("died", f"{size} bytes: {done.returncode} {done.stderr[-300:]}")
            chosen = chance.sample(list(before), _EACH)
            for question, found in zip(chosen, asked(chosen, disk / "data"), strict=True):
                tally.add(judged(found, before[question]), f"{size} bytes, {found[:300]}")
    return tally


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--sizes", type=int, default=20)
    parser.add_argument("--damages", type=int, default=140)
    counts = parser.parse_args()
    records = [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]
    questions = [each["question"] for each in records if not each["history"]]
    print("| fault | times | same answer | named | different | died |")
    print("|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory(prefix="baogao-breaking-") as name:
        place = Path(name)
        data = place / "data"
        build([REPORTS], data=data)
        _print("overwritten", counts.damages, damages(data, questions, counts.damages, place))
        _print("killed", counts.kills, kills(data, questions, counts.kills, place))
        if counts.sizes and os.geteuid() == 0:
            _print("full disk", counts.sizes, full_disks(data, questions, counts.sizes, place))


def _print(fault: str, count: int, tally: Tally) -> None:
    """Print a row when it is done, and below it what is worth reading."""
    cells = (tally.kinds[kind] for kind in ("same", "named", "different", "died"))
    print(f"| {fault} | {count} |", " | ".join(map(str, cells)), "|", flush=True)
    for failure in tally.failures[:20]:
        print("-", failure, file=sys.stderr)


if __name__ == "__main__":
    main()
