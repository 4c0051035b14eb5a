"""How indexing and searching hold out as the index grows: made-up reports by the ten thousand.

    python -m benchmarks.scale [--passages N]

writes reports of about N passages to a folder that is thrown away, indexes them as `baogao index`
does, adds the same vectors to a bare Chroma, asks in a process of its own, and prints Markdown.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from benchmarks.indexing import size_of
from benchmarks.synthetic import PASSAGES_A_REPORT, write_reports
from index.build import Summary, build
from index.catalogue import Catalogue
from index.embedding import open_embedder
from index.search import open_searcher
from index.types import Filter
from index.vectors import open_table

_QUESTIONS = (
    "地区生产总值增长目标是多少",
    "新建了多少农村公路",
    "营商环境有哪些举措",
    "grain output",
    "how many nursing homes were built",
    "target for fiscal revenue",
)
_ASKED = 120  # searches of each kind


def main() -> None:
    """Measure, and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--passages", type=int, default=20_000)
    parser.add_argument("--serve", type=Path, help="only search this data folder, and print JSON")
    arguments = parser.parse_args()
    if arguments.serve:
        print(json.dumps(_searched(arguments.serve)))
        return
    with tempfile.TemporaryDirectory() as folder:
        reports, data = Path(folder, "reports"), Path(folder, "data")
        write_reports(reports, max(1, arguments.passages // PASSAGES_A_REPORT))
        summary = build([reports], data=data)
        sizes = {part.name: size_of(part) for part in sorted(data.iterdir())}
        bare = _bare_chroma(data, Path(folder, "bare"))
        command = [sys.executable, "-m", "benchmarks.scale", "--serve", str(data)]
        served = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
        started = time.perf_counter()
        ask = "from assistant.cli import main; main()"
        question = ["ask", _QUESTIONS[2], "--data", str(data)]
        subprocess.run([sys.executable, "-c", ask, *question], check=False, capture_output=True)
        print(_page(summary, sizes, bare, served, time.perf_counter() - started))


def _bare_chroma(data: Path, folder: Path) -> dict[int, float]:
    """Return the seconds that Chroma alone takes to add the vectors, short and whole."""
    import chromadb

    table = open_table(data, open_embedder().name)
    taken: dict[int, float] = {}
    client = chromadb.PersistentClient(str(folder))
    for dimensions in (256, table.dimensions):
        collection = client.create_collection(f"of-{dimensions}", embedding_function=None)
        started = time.perf_counter()
        for first in range(0, len(table), 5_000):
            ids = [key.decode() for key in table.ids[first : first + 5_000]]
            rows = np.array(list(table.vectors(ids).values()))[:, :dimensions]
            collection.add(ids=ids, embeddings=rows)
        taken[dimensions] = time.perf_counter() - started
    return taken


def _searched(data: Path) -> dict[str, object]:
    """Search in every way, in this process; return seconds and the memory it came to."""
    with Catalogue.open(data) as catalogue:
        reports = catalogue.reports()[:: max(1, catalogue.count_reports() // _ASKED)]
    places = [report.region.value.code for report in reports if report.region]
    years = [report.year.value for report in reports if report.year]
    kinds = {
        "open": [Filter()],
        "by place": [Filter(regions=frozenset({code})) for code in places],
        "by year": [Filter(years=frozenset({year})) for year in dict.fromkeys(years)],
    }
    searcher = open_searcher(data)
    found: dict[str, object] = {}
    for kind, filters in kinds.items():
        searcher.search(_QUESTIONS[0], where=filters[0])  # opens what there is to open
        seconds = []
        for number in range(_ASKED):
            question = _QUESTIONS[number % len(_QUESTIONS)]
            started = time.perf_counter()
            searcher.search(question, where=filters[number % len(filters)])
            seconds.append(time.perf_counter() - started)
        found[kind] = [float(np.percentile(seconds, share)) for share in (50, 95, 99)]
    # Mapped files count as much as they were read; `status` tells them apart.
    lines = Path("/proc/self/status").read_text("utf-8").splitlines()
    memory = {line.split(":")[0]: int(line.split()[1]) for line in lines if line.startswith("Rss")}
    found["memory"] = {name: kib / 2**20 for name, kib in memory.items()}
    return found


def _page(
    summary: Summary,
    sizes: dict[str, int],
    bare: dict[int, float],
    served: dict[str, object],
    cold: float,
) -> str:
    count = summary.passages
    stages = ", ".join(f"{name} {taken:.1f} s" for name, taken in summary.stages.items())
    parts = ", ".join(f"{name} {size / count / 1e3:.2f}" for name, size in sizes.items() if size)
    rows = [
        ("reports, passages", f"{summary.reports:,}, {count:,}"),
        ("indexing", f"{summary.seconds:.0f} s ({stages}), {count / summary.seconds:,.0f}/s"),
        ("vectors stage", f"{count / summary.stages['vectors']:,.0f}/s"),
        *(
            (f"bare Chroma, {dimensions} dimensions", f"{taken:.1f} s, {count / taken:,.0f}/s")
            for dimensions, taken in bare.items()
        ),
        ("KB a passage", f"{sum(sizes.values()) / count / 1e3:.2f} ({parts})"),
        *(
            (f"search, {kind}, p50, p95, p99", ", ".join(f"{1e3 * s:.1f} ms" for s in taken))
            for kind, taken in served.items()
            if isinstance(taken, list)
        ),
        ("memory, GiB", ", ".join(f"{k} {v:.2f}" for k, v in dict(served["memory"]).items())),  # type: ignore[call-overload]
        ("cold open question", f"{cold:.2f} s"),
    ]
    lines = [f"Made-up reports, {os.cpu_count()} cores", "", "| scale | |", "|---|---|"]
    return "\n".join([*lines, *(f"| {name} | {value} |" for name, value in rows)])


if __name__ == "__main__":
    main()
