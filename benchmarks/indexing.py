"""How fast reports are indexed and how much room the index takes.

    python -m benchmarks.indexing PATH [PATH …]

indexes the paths into a folder that is thrown away, twice, and prints a Markdown table; the second
run, over unchanged files, shows what looking for changes costs. Reading is also timed alone, in one
process and with a process for each core, the start of the processes included.
"""

from __future__ import annotations

import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from index.build import Summary, build
from index.errors import SourceError
from index.ingestion.changes import Step
from index.ingestion.loaders import find_sources, load
from index.ingestion.pipeline import Text
from index.ingestion.workers import Readers
from index.storage.catalogue import Catalogue
from index.storage.entries import FileState


@dataclass(frozen=True, slots=True)
class IndexingCost:
    """What indexing took: `first` into an empty folder, `again` over the same files.

    `characters` counts the decoded source, `sizes` the bytes on disk of each part of the data
    folder; `alone` and `shared` are the seconds of reading in one process and with every core.
    """

    first: Summary
    again: Summary
    characters: int
    sizes: dict[str, int]
    alone: float
    shared: float


def measure(paths: list[Path], *, embedding: str | None = None) -> IndexingCost:
    """Index the paths twice into a temporary folder."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        first = build(paths, data=data, embedding=embedding)
        again = build(paths, data=data, embedding=embedding)
        with Catalogue.open(data) as catalogue:
            characters = sum(len(catalogue.raw(report.id)) for report in catalogue.reports())
        sizes = {part.name: size_of(part) for part in sorted(data.iterdir())}
    sizes = {part: size for part, size in sizes.items() if size > 0}
    alone, shared = (read_seconds(paths, processes) for processes in (1, None))
    return IndexingCost(first, again, characters, sizes, alone, shared)


def read_seconds(paths: list[Path], processes: int | None) -> float:
    """Return the seconds of reading what can be read of the paths, without storing it."""
    steps = []
    for path in find_sources(paths):
        with suppress(SourceError):
            source = load(path)
            file = FileState(path, 0, 0, source.sha256)
            steps.append(Step("added", Text(source.text, source.encoding, path.name, file)))
    with Readers(processes) as readers:
        start = time.perf_counter()
        for _ in readers.read(steps):
            pass
        return time.perf_counter() - start


def table(cost: IndexingCost) -> str:
    """Return the cost as a Markdown table."""
    first = cost.first
    rate = first.passages / first.seconds
    alone, shared = first.passages / cost.alone, first.passages / cost.shared
    stages = ", ".join(f"{stage} {seconds:.1f} s" for stage, seconds in first.stages.items())
    parts = ", ".join(f"{name} {size / 1e6:.1f} MB" for name, size in cost.sizes.items())
    rows = [
        ("reports", f"{first.reports:,}"),
        ("characters", f"{cost.characters:,}"),
        ("passages", f"{first.passages:,}"),
        ("skipped files", f"{len(first.skipped):,}"),
        ("seconds", f"{first.seconds:.1f} ({stages})"),
        ("passages a second", f"{rate:,.0f}"),
        ("passages a second, read alone", f"{alone:,.0f} in one process, {shared:,.0f} with all"),
        ("characters a second", f"{cost.characters / first.seconds:,.0f}"),
        ("on disk", f"{sum(cost.sizes.values()) / 1e6:.1f} MB ({parts})"),
        ("again, nothing changed", f"{cost.again.seconds:.2f} s"),
    ]
    lines = ["| indexing | |", "|---|---|", *(f"| {name} | {value} |" for name, value in rows)]
    return "\n".join(lines)


def size_of(path: Path) -> int:
    """Return the bytes of a file, or of all files in a folder."""
    files = [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file()]
    return sum(file.stat().st_size for file in files)


if __name__ == "__main__":
    print(table(measure([Path(argument) for argument in sys.argv[1:]])))
