"""How fast raw text becomes clean text, on one core: `python -m benchmarks.normalization PATH`.

Files are read before the clock starts. A row is a folder that holds reports, those with pinyin
glosses apart, since glosses are the costliest to take out; nothing here judges the clean text.
"""

from __future__ import annotations

import argparse
import re
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from index.ingestion.loaders import find_sources, load
from index.text.normalization import normalize

RUNS = 7
_GLOSS = re.compile(r"\([a-z]*[āáǎàēéěèīíǐìōóǒòūúǔù]")


@dataclass(frozen=True, slots=True)
class Row:
    """One folder's reports: their raw characters, the median CPU seconds to normalize them all."""

    name: str
    reports: int
    characters: int
    seconds: float

    @property
    def speed(self) -> float:
        """Million raw characters a second."""
        return self.characters / self.seconds / 1e6


def measure(path: Path, runs: int = RUNS) -> list[Row]:
    """Normalize the reports of each folder at or under `path` (or one file), `runs` times each."""
    folders: dict[str, list[str]] = {}
    for source in find_sources([path]):
        text = load(source).text
        name = source.parent.name + (", glossed" if _GLOSS.search(text) else "")
        folders.setdefault(name, []).append(text)
    normalize("热身")  # builds the conversion table, once a process
    return [
        Row(name, len(texts), sum(map(len, texts)), statistics.median(_seconds(texts, runs)))
        for name, texts in folders.items()
    ]


def table(rows: list[Row]) -> str:
    """Return the rows as a Markdown table."""
    lines = [
        "| folder | reports | characters | seconds | million characters/s |",
        "|---|---:|---:|---:|---:|",
    ]
    lines += [
        f"| {row.name} | {row.reports} | {row.characters:,} | {row.seconds:.3f} | {row.speed:.1f} |"
        for row in rows
    ]
    return "\n".join(lines)


def _seconds(texts: list[str], runs: int) -> Iterator[float]:
    for _ in range(runs):
        start = time.process_time()
        for text in texts:
            normalize(text)
        yield time.process_time() - start


def main() -> None:
    """Print the table for the folder or file on the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("path", type=Path, help="a report, or a folder of reports")
    parser.add_argument("--runs", type=int, default=RUNS, help="at least 5 for a fair median")
    arguments = parser.parse_args()
    print(table(measure(arguments.path, arguments.runs)))


if __name__ == "__main__":
    main()
