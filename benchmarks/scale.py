"""How indexing and searching hold out as the index grows: made-up reports by the ten thousand.

    python -m benchmarks.scale [--passages N] [--folder DIR]

writes reports of about N passages, indexes them as `baogao index` does, adds the same vectors to a
bare Chroma, searches and asks in processes of their own, and prints Markdown. A folder that is
given stays, and what is there already is not made again. Nothing here says how good answers are.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from benchmarks.indexing import size_of
from benchmarks.synthetic import PASSAGES_A_REPORT, write_reports
from index.build import Progress, Summary, build
from index.derived.vectors import open_vectors
from index.embedding.embedder import open_embedder
from index.search.searcher import Searcher, open_searcher
from index.storage.catalogue import Catalogue
from index.types import Filter

Row = tuple[str, str]

_QUESTIONS = {
    "zh": (
        "地区生产总值增长目标是多少",
        "新建了多少农村公路",
        "营商环境有哪些举措",
        "高标准农田建设情况怎么样，和去年相比有什么变化",
        "老旧小区改造",
    ),
    "en": (
        "grain output",
        "how many nursing homes were built",
        "target for fiscal revenue",
        "What has been done for small and medium-sized enterprises?",
        "rural roads",
    ),
}
_ASKED = 100  # searches of each kind
_COLD = 3  # times that a program is started for one question
_ADDED = 5_000  # records in one addition to a bare Chroma, which takes at most 5,461
_SHORT = 256  # dimensions of them: those that the index gives to Chroma
_STEP_S = 30  # between two lines of progress
_NEAR = (10, 100, 200)  # how many of the nearest are looked for among those found


def main() -> None:
    """Measure, and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--passages", type=int, default=20_000)
    parser.add_argument("--folder", type=Path, help="where all is written, and stays")
    parser.add_argument("--serve", type=Path, help="only search this data folder, and print JSON")
    arguments = parser.parse_args()
    if arguments.serve:
        print(json.dumps(_served(arguments.serve)))
        return
    with _folder(arguments.folder) as folder:
        rows = list(_measured(folder, max(1, arguments.passages // PASSAGES_A_REPORT)))
    lines = [f"Made-up reports, {os.cpu_count()} cores", "", "| scale | |", "|---|---|"]
    print("\n".join([*lines, *(f"| {name} | {value} |" for name, value in rows)]))


@contextmanager
def _folder(given: Path | None) -> Iterator[Path]:
    if given:
        given.mkdir(parents=True, exist_ok=True)
        yield given
        return
    with tempfile.TemporaryDirectory() as made:
        yield Path(made)


def _measured(folder: Path, reports: int) -> Iterator[Row]:
    data = folder / "data"
    if not data.exists():
        write_reports(folder / "reports", reports)
    told = _Notice()
    summary = build([folder / "reports"], data=data, progress=told)
    count = summary.passages
    yield "reports, passages", f"{summary.reports:,}, {count:,}"
    yield from _indexing(summary)
    yield from _room(data, count)
    rate = count / summary.stages["vectors"]
    yield "vectors stage", f"{rate:,.0f}/s; processor: {told.own:.0f} s"
    yield from _bare_chroma(data, folder / "bare", rate)
    command = [sys.executable, "-m", "benchmarks.scale", "--serve", str(data)]
    served = subprocess.run(command, check=True, stdout=subprocess.PIPE)
    yield from json.loads(served.stdout)
    yield from _cold(data)


def _indexing(summary: Summary) -> Iterator[Row]:
    stages = ", ".join(f"{name} {taken:.1f} s" for name, taken in summary.stages.items())
    rate = summary.passages / summary.seconds
    yield "indexing", f"{summary.seconds:.0f} s ({stages}), {rate:,.0f} passages/s"
    if summary.unchanged:
        yield "indexing, note", f"{summary.unchanged:,} reports were there already"


def _room(data: Path, count: int) -> Iterator[Row]:
    parts: dict[str, int] = {}
    for path in (path for path in data.rglob("*") if path.is_file()):
        inside = path.relative_to(data).parts
        name = "snapshot" if "snapshot" in inside else inside[0].replace("vectors", "Chroma")
        parts[name] = parts.get(name, 0) + size_of(path)
    each = ", ".join(f"{name} {size / count / 1e3:.2f}" for name, size in parts.items() if size)
    yield "KB a passage", f"{sum(parts.values()) / count / 1e3:.2f} ({each})"


def _bare_chroma(data: Path, folder: Path, rate: float) -> Iterator[Row]:
    """Add the first dimensions of all vectors to Chroma as it comes: what indexing is held to."""
    import chromadb

    snapshot = open_vectors(data, open_embedder().name)
    shutil.rmtree(folder, ignore_errors=True)
    client = chromadb.PersistentClient(str(folder))
    collection = client.create_collection("bare", embedding_function=None)
    tell, taken, busy = _Notice(), 0.0, 0.0
    for first in range(0, len(snapshot), _ADDED):
        block = slice(first, first + _ADDED)
        ids = [key.decode() for key in snapshot.ids[block]]
        rows = snapshot.rows(block)[:, :_SHORT]
        rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
        started, before = time.perf_counter(), time.process_time()
        collection.add(ids=ids, embeddings=rows)
        taken += time.perf_counter() - started
        busy += time.process_time() - before
        tell(Progress("embed", first + len(ids), len(snapshot)))
    bare = len(snapshot) / taken
    name = f"bare Chroma add, {_SHORT} dimensions"
    yield name, f"{taken:.1f} s, {bare:,.0f}/s; processor: {busy:.0f} s"
    yield "vectors stage against it", f"{rate / bare:.0%}"
    shutil.rmtree(folder)


def _served(data: Path) -> list[Row]:
    """Search in every way, in this process; return the times and the memory it came to."""
    started = time.perf_counter()
    searcher = open_searcher(data)
    searcher.search(_QUESTIONS["zh"][0])
    rows = [("first search of a process", f"{time.perf_counter() - started:.2f} s")]
    for kind, filters in _filters(searcher.catalogue).items():
        for language, questions in _QUESTIONS.items():
            searcher.search(questions[-1], where=filters[-1])  # opens what there is to open
            seconds = []
            for number in range(_ASKED):
                started = time.perf_counter()
                searcher.search(
                    questions[number % len(questions)], where=filters[number % len(filters)]
                )
                seconds.append(time.perf_counter() - started)
            found = ", ".join(f"{1e3 * np.percentile(seconds, at):.1f}" for at in (50, 95, 99))
            rows.append((f"search, {kind}, {language}: p50, p95, p99", f"{found} ms"))
    # Mapped files count as much as they were read; `status` tells them apart.
    lines = Path("/proc/self/status").read_text("utf-8").splitlines()
    memory = {line.split(":")[0]: int(line.split()[1]) for line in lines if line.startswith("Rss")}
    peak = next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))
    parts = ", ".join(f"{name} {kib / 2**20:.2f}" for name, kib in memory.items())
    rows.append(("memory of the searching process, GiB", f"{peak / 2**20:.2f} at most ({parts})"))
    rows.append(("of the exactly nearest a search finds", _recall(searcher)))
    searcher.close()
    return rows


def _filters(catalogue: Catalogue) -> dict[str, list[Filter]]:
    reports = catalogue.reports()[:: max(1, catalogue.count_reports() // _ASKED)]
    places = [frozenset({report.region.value.code}) for report in reports if report.region]
    years = [frozenset({report.year.value}) for report in reports if report.year]
    return {
        "open": [Filter()],
        "by place": [Filter(regions=place) for place in places],
        "by year": [Filter(years=year) for year in dict.fromkeys(years)],
        "by place and year": [
            Filter(regions=place, years=year) for place, year in zip(places, years, strict=True)
        ],
    }


def _recall(searcher: Searcher) -> str:
    """Compare the nearest that a search finds with all vectors compared in full."""
    embedder = searcher.embedder
    snapshot = open_vectors(searcher.catalogue.data, embedder.name)
    shares: dict[int, list[float]] = {count: [] for count in _NEAR}
    for question in (question for asked in _QUESTIONS.values() for question in asked):
        vector = embedder.embed_query(question)
        found = set(snapshot.nearest(vector, max(_NEAR)))
        exact = list(snapshot.nearest(vector, len(snapshot)))
        for count, each in shares.items():
            each.append(len(found & set(exact[:count])) / min(count, len(exact)))
    return ", ".join(f"{statistics.mean(each):.3f} of {n}" for n, each in shares.items())


def _cold(data: Path) -> Iterator[Row]:
    """Ask in a new process each time, as on the command line."""
    with Catalogue.open(data) as catalogue:
        place = next(r.region.value.name for r in catalogue.reports() if r.region)
    questions = {
        "open": _QUESTIONS["zh"][2],
        "a figure of a place": f"{place}2024年地区生产总值增长目标是多少",
    }
    for kind, question in questions.items():
        taken = []
        for _ in range(_COLD):
            started = time.perf_counter()
            program = "from assistant.cli.main import main; main()"
            command = [sys.executable, "-c", program, "ask", question, "--data", str(data)]
            subprocess.run(command, check=False, capture_output=True)
            taken.append(time.perf_counter() - started)
        yield f"cold ask, {kind}", ", ".join(f"{seconds:.2f}" for seconds in taken) + " s"


class _Notice:
    """Tells how far a long stage has come, on standard error, now and then.

    Attributes:
        own: Seconds of the processor that this process took between the first batch of vectors
            and the last.
    """

    def __init__(self) -> None:
        self.own = 0.0
        self._last = time.perf_counter()
        self._began: float | None = None

    def __call__(self, progress: Progress) -> None:
        if progress.stage == "embed":
            if self._began is None:
                self._began = time.process_time()
            self.own = time.process_time() - self._began
        now = time.perf_counter()
        if now - self._last >= _STEP_S:
            self._last = now
            line = f"{time.strftime('%H:%M:%S')} {progress.stage} {progress.done:,}"
            print(f"{line} of {progress.total:,}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
