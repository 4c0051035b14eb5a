"""What the served page bears: `python -m benchmarks.load [--seconds N] [--users N] [--pause N]`.

Users hold conversations with the page's own queue while two commands index and other requests are
hostile: too large, malformed, from elsewhere, too many. A user asks on as soon as an answer is
there, or reads it for `--pause` seconds. Prints one Markdown table and, with `--plot FILE`, draws
the memory of the server's process. Nothing here says whether an answer is right.
"""

from __future__ import annotations

import argparse
import itertools
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from assistant.evaluation.questions import load_questions
from benchmarks.page_client import Asked, Reader
from index.build import build

ROOT = Path(__file__).parent.parent
REPORTS = ROOT / "seeds" / "reports"
QUESTIONS = ROOT / "seeds" / "questions" / "seeds_public.jsonl"
_TURNS = 10  # of a conversation
_HOSTILE_AT_ONCE = 16


@dataclass(slots=True)
class Run:
    """What was seen of one run: answers, hostile requests' statuses, and megabytes over time.

    `processor` are the seconds of it that the server used, `pause` those that a user reads an
    answer for.
    """

    asked: list[Asked] = field(default_factory=list)
    hostile: Counter[int] = field(default_factory=Counter)
    slowest_hostile: float = 0.0
    memory: list[tuple[float, float]] = field(default_factory=list)
    processor: float = 0.0
    pause: float = 0.0

    @property
    def errors(self) -> int:
        """Questions that were not answered."""
        return sum(not each.is_answered for each in self.asked)


@contextmanager
def served(data: Path, environment: Mapping[str, str] | None = None) -> Iterator[tuple[str, int]]:
    """Serve an index by the real command; give its address and the number of its process.

    `environment` are variables set beside those that there are.
    """
    command = [sys.executable, "-u", "-m", "assistant", "chat", "--data", str(data), "--no-browser"]
    server = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, **(environment or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert server.stdout is not None
        line = next(line for line in server.stdout if "http://" in line)
        yield "http://" + line.split("http://")[1].split()[0].rstrip("/") + "/", server.pid
    finally:
        server.terminate()
        server.wait(20)


def megabytes(process: int) -> float:
    """Return what a process holds of memory (Linux)."""
    pages = int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def processor_seconds(process: int) -> float:
    """Return how much processor time a process has used (Linux)."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _converse(url: str, questions: Sequence[str], first: int, until: float, run: Run) -> None:
    """Hold one conversation after another, as one user does, who reads each answer."""
    order = itertools.islice(itertools.cycle(questions), first, None)
    with httpx.Client() as client:
        while time.monotonic() < until:
            reader = Reader(url, client)
            for question in itertools.islice(order, _TURNS):
                if time.monotonic() >= until:
                    return
                try:
                    run.asked.append(reader.ask(question))
                except httpx.HTTPError as error:
                    run.asked.append(Asked(False, 0.0, 0, str(error)))
                time.sleep(max(0.0, min(run.pause, until - time.monotonic())))


def _index(data: Path, folder: Path, until: float) -> None:
    """Read a folder anew, again and again, as an editor's command does."""
    while time.monotonic() < until:
        subprocess.run(
            [sys.executable, "-m", "assistant", "index", "--rehash", str(folder),
             "--data", str(data)],
            cwd=ROOT, capture_output=True, check=False,
        )  # fmt: skip
        for path in folder.iterdir():
            path.write_text(path.read_text(encoding="utf-8") + " ", encoding="utf-8")


HOSTILE: tuple[tuple[str, dict[str, str], bytes], ...] = (
    ("v1/chat/completions", {}, b"[" * 100_000),
    ("v1/chat/completions", {}, b" " * 8_000_001),
    ("v1/chat/completions", {"origin": "https://evil.example"}, b"{}"),
    ("v1/chat/completions", {"host": "evil.example"}, b"{}"),
    ("v1/chat/completions", {"content-type": "text/plain"}, b"{}"),
    ("v1/chat/completions", {}, b'{"messages": [{"role": "user", "content": "\\ud800"}]}'),
    ("v1/chat/completions", {},
     b'{"messages": [' + b'{"role": "user", "content": "GDP"},' * 100_000
     + b'{"role": "user", "content": "?"}]}'),
    ("v1/chat/completions", {},
     b'{"messages": [{"role": "user", "content": "' + b"a" * 7_000_000 + b'"}]}'),
    ("gradio_api/call/check", {}, b'{"data": ["' + b"7%" * 100_000 + b'", null, null]}'),
    ("gradio_api/call/ask", {}, b'{"data": ["?", ["' + b"a" * 1_000_000 + b'"], null, null]}'),
    ("gradio_api/call/search", {}, b'{"data": ["' + b"a" * 1_000_000 + b'", null, null, 10]}'),
    ("gradio_api/call/ask", {}, b'{"data": ["GDP", null, null, [1e999]]}'),
    ("gradio_api/call/nothing", {}, b'{"data": []}'),
    ("gradio_api/queue/join", {}, b'{"fn_index": -1, "data": null}'),
    ("gradio_api/queue/join", {}, b"\xff\xfe"),
    ("gradio_api/upload", {}, b"{}"),
    ("gradio_api/component_server", {}, b'{"component_id": 1e999}'),
)  # fmt: skip
"""What is sent besides questions: the address, headers, and the body."""


def attack(url: str, number: int, run: Run) -> None:
    """Send `number` hostile requests, many at a time, and note how each is answered."""
    client = httpx.Client(timeout=60, limits=httpx.Limits(max_connections=_HOSTILE_AT_ONCE))

    def send(at: int) -> None:
        path, headers, body = HOSTILE[at % len(HOSTILE)]
        began = time.perf_counter()
        try:
            status = client.post(
                url + path, headers={"content-type": "application/json", **headers}, content=body
            ).status_code
        except httpx.HTTPError:
            status = 0  # the connection was closed, which refuses too
        run.hostile[status] += 1
        run.slowest_hostile = max(run.slowest_hostile, time.perf_counter() - began)

    with client, ThreadPoolExecutor(_HOSTILE_AT_ONCE) as pool:
        list(pool.map(send, range(number)))


def measure(users: int, seconds: float, indexers: int, hostile: int, pause: float = 0.0) -> Run:
    """Serve the sample reports, and have everything happen at once for so many seconds.

    `pause` are the seconds after each answer in which its user asks nothing.
    """
    questions = [each.question for each in load_questions(QUESTIONS)]
    run = Run(pause=pause)
    with tempfile.TemporaryDirectory() as place:
        data = Path(place) / "data"
        build([REPORTS], data=data)
        folders = [Path(place) / f"reports {number}" for number in range(indexers)]
        for folder, name in zip(folders, sorted(REPORTS.iterdir()), strict=False):
            folder.mkdir()
            shutil.copy(name, folder / f"again {name.name}")
        with served(data) as (url, process):
            with httpx.Client() as client:
                warm = Reader(url, client)
                for question in questions[:20]:  # what is read once and kept is no growth
                    warm.ask(question)
            used = processor_seconds(process)
            began, until = time.monotonic(), time.monotonic() + seconds
            tasks = [
                threading.Thread(target=_converse, args=(url, questions, 7 * each, until, run))
                for each in range(users)
            ]
            tasks += [threading.Thread(target=_index, args=(data, f, until)) for f in folders]
            if hostile:
                tasks.append(threading.Thread(target=attack, args=(url, hostile, run)))
            for task in tasks:
                task.start()
            while any(task.is_alive() for task in tasks):
                run.memory.append((time.monotonic() - began, megabytes(process)))
                time.sleep(1)
            run.processor = processor_seconds(process) - used
    return run


def table(run: Run) -> str:
    """Return what was seen as a Markdown table."""
    taken = sorted(each.seconds for each in run.asked if each.is_answered) or [0.0]
    held = [each for _, each in run.memory]
    rows = [
        ("questions", f"{len(run.asked):,}"),
        ("seconds that a user reads an answer before the next question", f"{run.pause:g}"),
        ("errors", f"{run.errors:,}"),
        ("seconds of a question, median", f"{statistics.median(taken):.2f}"),
        ("seconds, 95 of 100 within", f"{taken[int(0.95 * (len(taken) - 1))]:.2f}"),
        ("seconds, longest", f"{taken[-1]:.2f}"),
        ("milliseconds of the server's processor for a question, all else included",
         f"{1000 * run.processor / max(1, len(run.asked)):.0f}"),
        ("bytes of an answer, longest", f"{max((a.received for a in run.asked), default=0):,}"),
        ("hostile requests by status", _counted(run.hostile)),
        ("seconds of a hostile request, longest", f"{run.slowest_hostile:.2f}"),
        ("megabytes held, first and most", f"{held[0]:.0f}, {max(held):.0f}"),
        ("load of the machine's cores over the last minutes", _load()),
    ]  # fmt: skip
    return "\n".join(["| what | found |", "|---|---|", *(f"| {a} | {b} |" for a, b in rows)])


def _counted(statuses: Counter[int]) -> str:
    return ", ".join(f"{each}: {count}" for each, count in sorted(statuses.items())) or "none"


def _load() -> str:
    return f"{os.getloadavg()[1]:.1f} on {os.cpu_count()}"


def plot(seen: Sequence[tuple[float, float]], path: Path, unit: str) -> None:
    """Draw the memory over time, or over what else has a `unit`, as an SVG of 640 by 240."""
    last, most = seen[-1][0] or 1, 1.1 * max(held for _, held in seen)
    line = " ".join(
        f"{50 + 570 * at / last:.1f},{210 - 190 * held / most:.1f}" for at, held in seen
    )
    ticks = "".join(
        f'<text x="44" y="{214 - 190 * part:.0f}" text-anchor="end">{most * part:.0f}</text>'
        f'<path d="M50 {210 - 190 * part:.0f}H620" stroke="#ddd"/>'
        for part in (0, 0.5, 1)
    )
    path.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 240" font-family="sans-serif" '
        f'font-size="11"><rect width="640" height="240" fill="#fff"/>{ticks}'
        f'<polyline points="{line}" fill="none" stroke="#2a6f97" stroke-width="2"/>'
        f'<text x="620" y="230" text-anchor="end">{last:,.0f} {unit}</text>'
        '<text x="50" y="14">MB held by the server</text></svg>\n',
        encoding="utf-8",
    )


def main() -> None:
    """Measure as the arguments say, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--users", type=int, default=8)
    parser.add_argument("--indexers", type=int, default=2)
    parser.add_argument("--hostile", type=int, default=200)
    parser.add_argument("--pause", type=float, default=0.0, help="seconds to read an answer")
    parser.add_argument("--plot", type=Path)
    chosen = parser.parse_args()
    run = measure(chosen.users, chosen.seconds, chosen.indexers, chosen.hostile, chosen.pause)
    print(table(run))
    if chosen.plot:
        plot(run.memory, chosen.plot, "s")


if __name__ == "__main__":
    main()
