"""Questions over all places: `python -m benchmarks.wide FOLDER [--data DIR] [--servers]`.

Each is asked five times of the reports in FOLDER, from an index in files or, with `--servers`, from
a PostgreSQL and a Chroma server that are started for it, into which another process's folder was
indexed. Times are the process's own: its processor's, and by the clock. What the answers say is not
judged here.
"""

from __future__ import annotations

import argparse
import math
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from assistant.answer import open_assistant
from assistant.settings import Settings
from assistant.types import Answer
from index.build import build
from tests.servers import chroma_run, postgresql

QUESTIONS = (
    "2024年哪些城市GDP目标超过7%",
    "2023年各市GDP增长目标",
    "2024年GDP增长目标最高的十个城市",
    "哪些城市2023年目标低于2022年实际",
    "2023年各地GDP目标的平均数、中位数",
    "各市历年GDP增长目标",
    "2022年哪些城市城镇新增就业目标超过1万人",
    "有哪些地方提到银发经济",
    "2021年以来哪些城市固定资产投资增长超过10%",
    "which cities targeted more than 7% GDP growth in 2023",
    "2023年各省一般公共预算收入增长目标排名",
    "2022年哪些城市GDP增长低于5%",
    "2023年各市城镇新增就业人数从高到低",
    "2021年各地粮食产量",
    "哪些省2024年目标比2023年低",
    "2020年以来哪些城市GDP目标没完成",
    "2023年有多少个城市GDP增速目标在6%以上",
    "長三角各市2023年GDP增速目標",
    "2022 GDP growth of all cities, ranked",
    "2023年各市固定资产投资增速目标的中位数",
)
TIMES = 5


@dataclass(frozen=True, slots=True)
class Asked:
    """How long a question took each time, in seconds, and how many citations its answer has."""

    question: str
    processor: tuple[float, ...]
    clock: tuple[float, ...]
    citations: int


def measure(settings: Settings) -> list[Asked]:
    """Ask every question of an index, once before it counts."""
    assistant = open_assistant(settings)
    try:
        for question in QUESTIONS:
            assistant.ask(question)
        return [_asked(assistant.ask, question) for question in QUESTIONS]
    finally:
        assistant.searcher.close()


def _asked(ask: Callable[[str], Answer], question: str) -> Asked:
    runs = []
    for _ in range(TIMES):
        clock, processor = time.perf_counter(), time.process_time()
        answer = ask(question)
        runs.append((time.process_time() - processor, time.perf_counter() - clock))
    processors, clocks = zip(*runs, strict=True)
    return Asked(question, processors, clocks, len(answer.citations))


def table(asked: Sequence[Asked]) -> str:
    """Return the times as a Markdown table, in milliseconds."""
    lines = ["| question | citations | processor, median | clock, median |", "|---|---:|---:|---:|"]
    lines += [
        f"| {each.question} | {each.citations} | {1000 * statistics.median(each.processor):.0f}"
        f" | {1000 * statistics.median(each.clock):.0f} |"
        for each in asked
    ]
    for name, share in (("p50", 0.5), ("p95", 0.95)):
        processor = _at(share, [time for each in asked for time in each.processor])
        clock = _at(share, [time for each in asked for time in each.clock])
        lines.append(f"| **{name}** | | **{1000 * processor:.0f}** | **{1000 * clock:.0f}** |")
    return "\n".join(lines)


def _at(share: float, times: Sequence[float]) -> float:
    """Return the time that this share of the times does not exceed."""
    return sorted(times)[math.ceil(share * len(times)) - 1]


def _on_servers(reports: Path, folder: Path, stack: ExitStack) -> Iterator[Settings | str]:
    """Yield what it took to index on servers and to follow from there; then how to ask."""
    database = stack.enter_context(postgresql()).new_database()
    chroma = stack.enter_context(chroma_run()).new_database()
    summary = build([reports], data=folder / "writer", database=database, chroma=chroma)
    yield f"indexed {summary.reports:,} reports, {summary.passages:,} passages: {summary.stages}"
    settings = Settings(data=folder / "reader", database=database, chroma=chroma)
    started = time.perf_counter()
    assistant = open_assistant(settings)
    with assistant.at_one_state():
        pass
    assistant.searcher.close()
    yield f"a new folder made from the servers in {time.perf_counter() - started:.1f} s"
    yield settings


def main() -> None:
    """Index what is to be indexed, ask, and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", type=Path, help="the reports, such as CORPORA/reports/gov_md")
    parser.add_argument("--data", type=Path, help="an index of them in files; made without it")
    parser.add_argument("--servers", action="store_true", help="index and ask on servers")
    arguments = parser.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        settings = Settings(data=arguments.data or folder / "index", read_only=bool(arguments.data))
        if arguments.servers:
            for step in _on_servers(arguments.folder, folder, stack):
                if isinstance(step, str):
                    print(step, flush=True)
                else:
                    settings = step
        elif not arguments.data:
            build([arguments.folder], data=settings.data)
        print(table(measure(settings)))


if __name__ == "__main__":
    main()
