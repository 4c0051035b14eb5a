"""How fast passages become vectors and files become searchable, beside the LangChain tutorial.

Both run in this process, with the threads that their libraries take by themselves. The tutorial
runs once, since it takes long; ours is the median of several runs. What the tutorial is spared: its
model is loaded before the clock starts, and its store stays in memory.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from langchain_core.documents import Document

from benchmarks.retrieval.peers import Tutorial
from benchmarks.retrieval.seeds import SEEDS
from benchmarks.retrieval.sets import read_sets
from index.build import build
from index.embedding.embedder import Embedder
from index.ingestion.loaders import find_sources, load
from index.text.folding import fold_search

ENOUGH = 200_000
"""Characters of reports to index: MiniLM takes a minute for them on two cores."""
_RUNS = 5


@dataclass(frozen=True, slots=True)
class Rate:
    """How many seconds the same work took us and the tutorial; `amount` counts it in `unit`."""

    work: str
    unit: str
    amount: int
    ours: float
    tutorial: float


def measure(
    data: Path, reports: Iterable[Path], embedder: Embedder, model: str | None
) -> Iterator[Rate]:
    """Time both works, over CMRC 2018 dev, and the sample reports with those in `reports`."""
    tutorial = Tutorial()
    tutorial.embeddings.embed_query("热身")  # a model's first call is its slowest
    (cmrc,) = read_sets(data, frozenset({"cmrc"}))
    yield embedding(cmrc.passages, embedder, tutorial)
    yield indexing(enough_files([SEEDS / "reports", *reports]), model, tutorial)


def embedding(passages: Sequence[str], embedder: Embedder, tutorial: Tutorial) -> Rate:
    """Time the vectors of passages; MiniLM reads the first 256 pieces of each."""
    folded = [fold_search(passage) for passage in passages]
    return Rate(
        work="passages to vectors",
        unit="passages",
        amount=len(passages),
        ours=_median(lambda: embedder.embed(folded)),
        tutorial=_seconds(lambda: tutorial.embeddings.embed_documents(list(passages))),
    )


def indexing(files: Sequence[Path], model: str | None, tutorial: Tutorial) -> Rate:
    """Time files becoming searchable: by both our indexes with figures, and by Chroma alone."""

    def ours() -> None:
        with tempfile.TemporaryDirectory() as folder:
            build(files, data=Path(folder), embedding=model)

    def theirs() -> None:
        texts = {str(path): path.read_text(encoding="utf-8") for path in files}
        tutorial.index([Document(text, metadata={"source": path}) for path, text in texts.items()])

    return Rate(
        work=f"{len(files)} files to an index",
        unit="characters",
        amount=sum(len(load(path).text) for path in files),
        ours=_median(ours),
        tutorial=_seconds(theirs),
    )


def enough_files(folders: Iterable[Path]) -> list[Path]:
    """Return the reports of the folders in order, in UTF-8, up to `ENOUGH` characters."""
    sources = [load(path) for path in find_sources(folders)]
    readable = [source for source in sources if source.encoding.startswith("utf-8")]
    sizes = accumulate(len(source.text) for source in readable)
    return [source.path for source, size in zip(readable, sizes, strict=True) if size <= ENOUGH]


def _median(work: Callable[[], object]) -> float:
    work()  # the first run imports and fills caches
    return statistics.median(_seconds(work) for _ in range(_RUNS))


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
