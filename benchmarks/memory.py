"""What conversations cost the server: `python -m benchmarks.memory [--sessions N] [--plot FILE]`.

Many pages hold a short conversation each, then one holds a long one. Prints one Markdown table
and, with `--plot`, draws the memory of the server's process. Nothing here says whether an answer is
right, nor how fast it came.
"""

from __future__ import annotations

import argparse
import itertools
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx

from assistant.evaluation.questions import load_questions
from benchmarks.load import QUESTIONS, REPORTS, megabytes, plot, served
from benchmarks.page_client import Reader
from index.build import build

_AT_ONCE = 4
_QUICKEST = 10  # questions, of which every conversation is made
_Seen = list[tuple[float, float]]
"""How many questions were asked, and the megabytes that the server held then."""


def _quickest(url: str, client: httpx.Client, questions: Sequence[str]) -> list[str]:
    """Ask every question, so that what is read once is no growth; return the quickest."""
    reader = Reader(url, client)
    taken = {question: reader.ask(question).seconds for question in questions}
    return sorted(taken, key=lambda question: taken[question])[:_QUICKEST]


def converse(url: str, client: httpx.Client, questions: Sequence[str], turns: int) -> Iterator[int]:
    """Hold one conversation; yield the bytes that each of its answers took.

    Raises:
        RuntimeError: A question was not answered.
    """
    reader = Reader(url, client)
    for question in itertools.islice(itertools.cycle(questions), turns):
        asked = reader.ask(question)
        if not asked.is_answered:
            raise RuntimeError(f"expected an answer to {question!r}, found {asked.shown[:200]}")
        yield asked.received


def measure(sessions: int, turns: int, longest: int) -> tuple[_Seen, list[int]]:
    """Hold the conversations; return what the server held, and the bytes of the long one."""
    questions = [each.question for each in load_questions(QUESTIONS)]
    with tempfile.TemporaryDirectory() as place:
        build([REPORTS], data=Path(place))
        with served(Path(place)) as (url, process), httpx.Client() as client:
            quick = _quickest(url, client, questions)
            seen = [(0.0, megabytes(process))]

            def short(_: int) -> int:
                return len(list(converse(url, client, quick, turns)))

            with ThreadPoolExecutor(_AT_ONCE) as pool:
                for asked in pool.map(short, range(sessions)):
                    seen.append((seen[-1][0] + asked, megabytes(process)))
            received = []
            for size in converse(url, client, quick, longest):
                received.append(size)
                seen.append((seen[-1][0] + 1, megabytes(process)))
            return seen, received


def table(seen: _Seen, received: Sequence[int]) -> str:
    """Return what was seen as a Markdown table."""
    held = [each for _, each in seen]
    rows = [
        ("questions", f"{seen[-1][0]:,.0f}"),
        ("megabytes held at first, at most, at last",
         f"{held[0]:.0f}, {max(held):.0f}, {held[-1]:.0f}"),
        ("bytes of an answer of the long conversation, its first and last ten on average",
         f"{sum(received[:10]) / 10:,.0f}, {sum(received[-10:]) / 10:,.0f}"),
    ]  # fmt: skip
    return "\n".join(["| what | found |", "|---|---|", *(f"| {a} | {b} |" for a, b in rows)])


def main() -> None:
    """Measure as the arguments say, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sessions", type=int, default=1_000)
    parser.add_argument("--turns", type=int, default=10)
    parser.add_argument("--longest", type=int, default=300)
    parser.add_argument("--plot", type=Path)
    chosen = parser.parse_args()
    seen, received = measure(chosen.sessions, chosen.turns, chosen.longest)
    print(table(seen, received))
    if chosen.plot:
        plot(seen, chosen.plot, "questions")


if __name__ == "__main__":
    main()
