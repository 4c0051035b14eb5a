"""How fast reports are indexed and how much room the index takes.

    python -m benchmarks.indexing PATH [PATH …]

indexes the paths into a folder that is thrown away, twice, and prints a Markdown table; the second
run, over unchanged files, shows what looking for changes costs.
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from index.build import Summary, build
from index.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class IndexingCost:
    """What indexing took: `first` into an empty folder, `again` over the same files.

    `characters` counts the decoded source, `sizes` the bytes on disk of each part of the data
    folder.
    """

    first: Summary
    again: Summary
    characters: int
    sizes: dict[str, int]


def measure(paths: list[Path], *, embedding: str | None = None) -> IndexingCost:
    """Index the paths twice into a temporary folder."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        first = build(paths, data=data, embedding=embedding)
        again = build(paths, data=data, embedding=embedding)
        with Catalogue.open(data) as catalogue:
            characters = sum(len(catalogue.raw(report.id)) for report in catalogue.reports())
        sizes = {part.name: size_of(part) for part in sorted(data.iterdir())}
    return IndexingCost(first, again, characters, {k: v for k, v in sizes.items() if v > 0})


def table(cost: IndexingCost) -> str:
    """Return the cost as a Markdown table."""
    first = cost.first
    rate = first.passages / first.seconds
    stages = ", ".join(f"{stage} {seconds:.1f} s" for stage, seconds in first.stages.items())
    parts = ", ".join(f"{name} {size / 1e6:.1f} MB" for name, size in cost.sizes.items())
    rows = [
        ("reports", f"{first.reports:,}"),
        ("characters", f"{cost.characters:,}"),
        ("passages", f"{first.passages:,}"),
        ("skipped files", f"{len(first.skipped):,}"),
        ("seconds", f"{first.seconds:.1f} ({stages})"),
        ("passages a second", f"{rate:,.0f}"),
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
