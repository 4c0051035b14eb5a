"""Two web processes and an indexer on one store: `python -m benchmarks.sharing [--seconds N]`.

A PostgreSQL and a Chroma server are started; each process has a data folder of its own, as on a
machine of its own. Both pages are asked without a pause while one report after the other is indexed
and asked for. Prints one Markdown table; what answers say is judged only of the new reports.
"""

from __future__ import annotations

import argparse
import itertools
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from assistant.evaluation.questions import load_questions
from benchmarks.load import QUESTIONS, REPORTS, ROOT, served
from index.build import build
from tests.servers import chroma_run, postgresql

PLACES = ("洛阳市", "新乡市", "安阳市", "鹤壁市", "濮阳市", "许昌市", "漯河市", "周口市")
YEARS = range(2003, 2023)
_PATIENCE = 20.0  # seconds that a new report is waited for
_PAUSE = 0.02


@dataclass(slots=True)
class Run:
    """What was seen: questions, what went wrong, and how long new reports were not seen.

    `indexing` are the seconds of each run of the indexer, `unseen` those from a run's end until
    each page answered from its report.
    """

    asked: int = 0
    errors: list[str] = field(default_factory=list)
    indexing: list[float] = field(default_factory=list)
    unseen: list[float] = field(default_factory=list)


def ask(client: httpx.Client, url: str, question: str) -> str:
    """Return the text of an answer.

    Raises:
        httpx.HTTPError: There is none.
    """
    body = {"model": "baogao", "messages": [{"role": "user", "content": question}]}
    reply = client.post(f"{url}v1/chat/completions", json=body)
    reply.raise_for_status()
    return str(reply.json()["choices"][0]["message"]["content"])


def _ask_on(url: str, questions: Sequence[str], until: float, run: Run) -> None:
    with httpx.Client(timeout=60) as client:
        for question in itertools.cycle(questions):
            if time.monotonic() >= until:
                return
            try:
                ask(client, url, question)
            except httpx.HTTPError as error:
                run.errors.append(f"{question}: {error}")
            run.asked += 1


def _index_on(
    urls: Sequence[str], folder: Path, environment: Mapping[str, str], until: float, run: Run
) -> None:
    """Index one new report after the other, and wait until every page answers from it."""
    for number, (place, year) in enumerate(itertools.product(PLACES, YEARS)):
        if time.monotonic() >= until:
            return
        value = f"{6 + number % 30 / 10:.1f}%"
        path = folder / f"{place}{year}.txt"
        path.write_text(
            f"{place}{year}年政府工作报告\n一、{year}年目标\n"
            f"{year}年{place}地区生产总值增长{value}左右。\n",
            encoding="utf-8",
        )
        began = time.monotonic()
        done = subprocess.run(
            [sys.executable, "-m", "assistant", "index", str(path)],
            cwd=ROOT,
            env={**os.environ, **environment},
            capture_output=True,
            check=False,
            text=True,
        )
        ended = time.monotonic()
        run.indexing.append(ended - began)
        if done.returncode:
            run.errors.append(f"index {path.name}: {done.stderr[-300:]}")
        question = f"{place}{year}年GDP增长目标"
        with ThreadPoolExecutor() as pages:
            for url in urls:
                pages.submit(_await, url, question, value, ended, run)


def _await(url: str, question: str, value: str, ended: float, run: Run) -> None:
    """Ask a page until it answers from the new report."""
    try:
        with httpx.Client(timeout=60) as client:
            while time.monotonic() < ended + _PATIENCE:
                if value in ask(client, url, question):
                    run.unseen.append(time.monotonic() - ended)
                    return
                time.sleep(_PAUSE)
        run.errors.append(f"{question}: not seen within {_PATIENCE:.0f} s")
    except httpx.HTTPError as error:
        run.errors.append(f"{question}: {error}")


def measure(seconds: float) -> Run:
    """Start the servers and both pages, and have all of them work for so many seconds."""
    questions = [each.question for each in load_questions(QUESTIONS)]
    run = Run()
    with ExitStack() as stack:
        place = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        environment = {
            "BAOGAO_DATABASE": stack.enter_context(postgresql()).new_database(),
            "BAOGAO_CHROMA": stack.enter_context(chroma_run()).new_database(),
            "BAOGAO_DATA": str(place / "indexer"),
        }
        build(
            [REPORTS],
            data=place / "indexer",
            database=environment["BAOGAO_DATABASE"],
            chroma=environment["BAOGAO_CHROMA"],
        )
        pages = [stack.enter_context(served(place / f"page {n}", environment)) for n in (1, 2)]
        urls = [url for url, _ in pages]
        until = time.monotonic() + seconds
        tasks = [threading.Thread(target=_ask_on, args=(u, questions, until, run)) for u in urls]
        tasks.append(
            threading.Thread(target=_index_on, args=(urls, place, environment, until, run))
        )
        for task in tasks:
            task.start()
        for task in tasks:
            task.join()
    return run


def table(run: Run) -> str:
    """Return what was seen as a Markdown table."""
    unseen = sorted(run.unseen) or [0.0]
    rows = [
        ("questions", f"{run.asked:,}"),
        ("runs of the indexer", f"{len(run.indexing):,}"),
        ("seconds of a run, median", f"{statistics.median(run.indexing or [0.0]):.1f}"),
        ("errors", f"{len(run.errors):,}"),
        ("seconds from a run's end until a page answers from it, median",
         f"{statistics.median(unseen):.2f}"),
        ("the same, longest", f"{unseen[-1]:.2f}"),
        ("load of the machine's cores", f"{os.getloadavg()[1]:.1f} on {os.cpu_count()}"),
    ]  # fmt: skip
    return "\n".join(["| what | found |", "|---|---|", *(f"| {a} | {b} |" for a, b in rows)])


def main() -> None:
    """Measure as the arguments say, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=300)
    run = measure(parser.parse_args().seconds)
    print(table(run), *run.errors[:10], sep="\n")


if __name__ == "__main__":
    main()
