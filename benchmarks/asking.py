"""How long an answer takes: `python -m benchmarks.asking FOLDER [FOLDER …]`.

Cold is a whole `baogao ask`, from the start of its process to its end, on a warm disk; warm is one
question after another in one process, the public question set of the sample corpus. Each folder of
reports is indexed by itself; what the answers say is not judged here.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.answer import open_assistant
from assistant.evaluation.questions import load_questions
from assistant.settings import Settings
from index.build import build

SEEDS = Path(__file__).parent.parent / "seeds"
COLD = (
    ("by place", "what GDP growth did Jiaozuo target"),
    ("by place", "玉门2022年固定资产投资增长多少"),
    ("open", "什么是新质生产力"),
)
COLD_RUNS = 5


@dataclass(frozen=True, slots=True)
class Row:
    """How long one kind of question took over one index, in seconds."""

    name: str
    passages: int
    seconds: tuple[float, ...]


def measure(folders: Sequence[Path]) -> list[Row]:
    """Index the sample reports with each of `folders`, and ask."""
    rows: list[Row] = []
    for folder in (None, *folders):
        with tempfile.TemporaryDirectory() as data:
            reports = [SEEDS / "reports", *([folder] if folder else [])]
            passages = build(reports, data=Path(data)).passages
            name = folder.name if folder else "seeds"
            rows.extend(
                Row(f"{name}, cold, {kind}", passages, tuple(_cold(kind, data)))
                for kind in dict.fromkeys(kind for kind, _ in COLD)
            )
            rows.append(Row(f"{name}, warm", passages, tuple(_warm(Path(data)))))
    return rows


def _cold(kind: str, data: str) -> Iterator[float]:
    for question in [question for each, question in COLD if each == kind] * COLD_RUNS:
        command = [
            sys.executable,
            "-c",
            "from assistant.cli.main import main; main()",
            "ask",
            question,
        ]
        started = time.perf_counter()
        subprocess.run([*command, "--data", data], check=True, capture_output=True)
        yield time.perf_counter() - started


def _warm(data: Path) -> Iterator[float]:
    assistant = open_assistant(Settings(data=data))
    for question in load_questions(SEEDS / "questions" / "seeds_public.jsonl"):
        yield assistant.ask(question.question, history=question.history).latency_s


def table(rows: Sequence[Row]) -> str:
    """Return the rows as a Markdown table."""
    lines = [
        "| asking | passages | n | p50 s | p95 s | worst s |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for row in rows:
        ordered = sorted(row.seconds)
        p95 = ordered[min(len(ordered) - 1, round(0.95 * len(ordered)))]
        lines.append(
            f"| {row.name} | {row.passages:,} | {len(ordered)} | {statistics.median(ordered):.3f}"
            f" | {p95:.3f} | {ordered[-1]:.3f} |"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    print(table(measure([Path(argument) for argument in sys.argv[1:]])))
