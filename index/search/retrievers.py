"""The two retrievers of a search, BM25 and vectors, kept open as they were when they were opened.

Where an index cannot be had at all, its retriever answers with nothing, and the search goes on.
Nothing here ranks, or brings an index up to date.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import lru_cache
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from index.derived import lexical, vectors
from index.derived.chroma import VectorIndex
from index.derived.stamps import Unreadable
from index.derived.vector_table import ExactVectors, Range
from index.embedding.embedder import Embedder
from index.storage.catalogue import Catalogue
from index.types import Filter

T = TypeVar("T")

# A writer may put a new index in the place of one that is just being opened or read; the next
# attempt waits a little longer than the last.
_ATTEMPTS = 6
_PAUSE_S = 0.05

# Up to so many passages every vector is compared: 26 ms for a million, of which Chroma, asked for
# 2,000, finds 57 in 100 of the 10 nearest, after 11 seconds of opening it.
_SCANNED = 3_000_000

# How many neighbours Chroma is asked for, by the first dimensions; all dimensions tell the best.
_NEAR = 2_000

# Filters whose passages are remembered: a conversation has few.
_FILTERS = 256

_log = logging.getLogger(__name__)


class Retrievers:
    """Both derived indexes of a catalogue. Not for several threads."""

    def __init__(self, catalogue: Catalogue, embedder: Embedder) -> None:
        self._catalogue = catalogue
        self._embedder = embedder
        self._lexical: lexical.LexicalIndex | None = None
        self._table: ExactVectors | None = None
        self._chroma: VectorIndex | None = None
        self._ranges = lru_cache(_FILTERS)(self._ranges_of)
        self._aside = ThreadPoolExecutor(1, "lexical")

    def open(self) -> None:
        """Open both, so that they stay as they are now; one that cannot be had is done without."""
        with suppress(Unreadable):
            self._open_lexical()
        with suppress(Unreadable):
            self._open_table()

    def close(self) -> None:
        """Let go of the files."""
        self._lexical = self._table = None
        self._ranges.cache_clear()
        self._close_chroma()
        self._aside.shutdown(wait=False)

    def proposed(
        self, words: str, vector: NDArray[np.float32], where: Filter, limit: int
    ) -> tuple[list[str], dict[str, float]]:
        """Return the passages best by their words, and the nearest by meaning with their cosines.

        Both are among those that `where` lets through, and are looked for at the same time.
        """
        ready = self._ask_lexical(lambda index: index, None)
        asked = self._aside.submit(ready.search, words, where, limit) if ready else None
        near = self.nearest(vector, where, limit)
        try:
            found = asked.result() if asked else []
        except Unreadable:
            found = self._ask_lexical(lambda index: index.search(words, where, limit), [])
        return [key for key, _ in found], near

    def bm25_in(self, words: str, where: Filter, most: int) -> dict[str, float]:
        """Return the BM25 scores of all of the at most `most` passages that `where` leaves."""
        return self._ask_lexical(lambda index: index.every(words, where, most), {})

    def bm25_of(self, words: str, ids: Collection[str]) -> dict[str, float]:
        """Return the BM25 scores of those of the passages `ids` that share a token with `words`."""
        return self._ask_lexical(lambda index: index.scores(words, ids), {})

    def ceiling(self, words: str) -> float:
        """Return the highest BM25 score that a passage could have for `words`."""
        return self._ask_lexical(lambda index: index.ceiling(words), 0.0)

    def cosines(self, vector: NDArray[np.float32], ids: Sequence[str]) -> dict[str, float]:
        """Return the cosines of those of the passages `ids` whose vectors are stored."""
        return self._ask_table(lambda table: table.cosines(vector, ids), {})

    def background(self, vector: NDArray[np.float32]) -> tuple[float, float]:
        """Return the mean and the deviation of the cosines of all passages."""
        return self._ask_table(lambda table: table.background(vector), (0.0, 1.0))

    def nearest(self, vector: NDArray[np.float32], where: Filter, limit: int) -> dict[str, float]:
        """Return the cosines of the passages nearest to `vector` that `where` lets through, by id.

        Where few pass, all of them are compared; among many, Chroma proposes neighbours, of which
        a filter may leave less than `limit`.
        """
        nowhere: list[Range] = []
        within = self._ask_vectors(lambda: self._ranges(where), nowhere)
        if sum(last - first for first, last in within) <= _SCANNED:
            return self._ask_table(lambda table: table.nearest(vector, limit, within), {})
        none: list[str] = []
        near = self._ask_chroma(lambda index: index.nearest(vector, _NEAR), none)
        kept = self._catalogue.among(near, where) if where else set(near)
        cosines = self.cosines(vector, [key for key in near if key in kept])
        best = sorted(cosines, key=lambda key: -cosines[key])[:limit]
        return {key: cosines[key] for key in best}

    def _ranges_of(self, where: Filter) -> list[Range]:
        """Return the rows of the passages that a filter lets through."""
        table = self._open_table()
        if not where:
            return [(0, len(table))]
        return table.ranges([f"{report}-" for report in self._catalogue.report_ids(where)])

    def _ask_lexical(self, ask: Callable[[lexical.LexicalIndex], T], nothing: T) -> T:
        try:
            return ask(self._open_lexical())
        except Unreadable as error:
            _log.warning("searching by meaning alone, the words cannot be searched: %s", error)
            return nothing

    def _ask_table(self, ask: Callable[[ExactVectors], T], nothing: T) -> T:
        return self._ask_vectors(lambda: ask(self._open_table()), nothing)

    def _ask_chroma(self, ask: Callable[[VectorIndex], T], nothing: T) -> T:
        def asked() -> T:
            try:
                return ask(self._open_chroma())
            except Unreadable:
                self._close_chroma()
                raise

        # Its folder goes when a writer has another; what that proposes is looked up in this state.
        return self._ask_vectors(lambda: _persistently(asked), nothing)

    def _ask_vectors(self, ask: Callable[[], T], nothing: T) -> T:
        try:
            return ask()
        except Unreadable as error:
            _log.warning("searching by words alone, the vectors cannot be searched: %s", error)
            return nothing

    def _open_lexical(self) -> lexical.LexicalIndex:
        if self._lexical is None:
            data = self._catalogue.data
            self._lexical = _persistently(lambda: lexical.open_lexical(data))
        return self._lexical

    def _open_table(self) -> ExactVectors:
        if self._table is None:
            data, name = self._catalogue.data, self._embedder.name
            self._table = _persistently(lambda: vectors.open_table(data, name))
        return self._table

    def _open_chroma(self) -> VectorIndex:
        if self._chroma is None:
            data, name = self._catalogue.data, self._embedder.name
            self._chroma = vectors.open_vectors(data, name)
        return self._chroma

    def _close_chroma(self) -> None:
        if self._chroma:
            self._chroma.close()
            self._chroma = None


def _persistently(open_: Callable[[], T]) -> T:
    """Open or ask an index that a writer may just be putting another in the place of.

    Raises:
        Unreadable: There is none that can be read.
    """
    for attempt in range(1, _ATTEMPTS):
        try:
            return open_()
        except Unreadable:
            time.sleep(_PAUSE_S * attempt)
    return open_()
