"""Run what `make bench` shows: `python -m benchmarks CORPORA` prints one Markdown page.

Without corpora only the sample corpus is measured, and the page says so.
"""

from __future__ import annotations

import os
import platform
import sys
from importlib.metadata import version
from pathlib import Path

from benchmarks import asking, indexing, normalization

PARTS = ("chromadb", "tantivy", "sqlalchemy", "opencc", "tokenizers", "numpy")


def main() -> None:
    """Measure normalization, indexing and asking over the reports of a corpora folder."""
    seeds = Path(__file__).parent.parent / "seeds" / "reports"
    reports = Path(sys.argv[1]) / "reports" if len(sys.argv) > 1 else None
    if reports is None or not reports.is_dir():
        print(f"No reports in {reports}: measuring the sample corpus only.\n")
        reports = None
    versions = ", ".join(f"{name} {version(name)}" for name in PARTS)
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores; {versions}\n")
    print(
        normalization.table(
            [row for path in (seeds, reports) if path for row in normalization.measure(path)]
        )
    )
    print()
    print(indexing.table(indexing.measure([reports or seeds])))
    print()
    print(asking.table(asking.measure([reports] if reports else [])))


if __name__ == "__main__":
    main()
