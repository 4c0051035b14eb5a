"""The two retrievers of a search, BM25 and vectors, kept open and in step with the catalogue.

A derived index that is behind is brought up to date if no one else is writing; while someone
writes, and where an index cannot be had at all, its retriever answers with what there is, or with
nothing, and the search goes on. Nothing here ranks.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from index.derived import lexical, vectors
from index.derived.chroma import VectorIndex
from index.derived.stamps import Unreadable
from index.derived.vector_table import ExactVectors, Range
from index.embedding.embedder import Embedder
from index.errors import CatalogueError, CatalogueLocked
from index.storage.catalogue import Catalogue
from index.storage.writer_lock import writing
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
    """Both derived indexes of a catalogue, opened when first needed. Not for several threads."""

    def __init__(self, catalogue: Catalogue, embedder: Embedder) -> None:
        self._catalogue = catalogue
        self._embedder = embedder
        self._state: tuple[object, ...] = ()
        self._lexical: lexical.LexicalIndex | None = None
        self._table: ExactVectors | None = None
        self._chroma: VectorIndex | None = None
        self._ranges = lru_cache(_FILTERS)(self._ranges_of)
        self._aside = ThreadPoolExecutor(1, "lexical")

    def refresh(self) -> bool:
        """Let go of what has been replaced since the last call; say whether anything has."""
        state = (
            self._catalogue.generation,
            lexical.is_current(self._catalogue),
            vectors.is_current(self._catalogue, self._embedder.name),
        )
        if state == self._state:
            return False
        self._state = state
        self.close()
        return True

    def close(self) -> None:
        """Let go of the files."""
        self._lexical = None
        self._close_vectors()

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
        for attempt in range(_ATTEMPTS):
            try:
                return ask(self._open_lexical())
            except Unreadable as error:
                self._lexical, failure = None, error
                time.sleep(_PAUSE_S * attempt)
        _log.warning("searching by meaning alone, the words cannot be searched: %s", failure)
        return nothing

    def _ask_table(self, ask: Callable[[ExactVectors], T], nothing: T) -> T:
        return self._ask_vectors(lambda: ask(self._open_table()), nothing)

    def _ask_chroma(self, ask: Callable[[VectorIndex], T], nothing: T) -> T:
        return self._ask_vectors(lambda: ask(self._open_chroma()), nothing)

    def _ask_vectors(self, ask: Callable[[], T], nothing: T) -> T:
        for attempt in range(_ATTEMPTS):
            try:
                return ask()
            except Unreadable as error:
                self._close_vectors()
                failure = error
                time.sleep(_PAUSE_S * attempt)
        _log.warning("searching by words alone, the vectors cannot be searched: %s", failure)
        return nothing

    def _open_lexical(self) -> lexical.LexicalIndex:
        if self._lexical is None:
            catalogue = self._catalogue
            self._lexical = self._opened(
                lambda: lexical.open_lexical(catalogue.data),
                lambda: lexical.sync(catalogue),
                behind=not lexical.is_current(catalogue),
            )
        return self._lexical

    def _open_table(self) -> ExactVectors:
        if self._table is None:
            self._table = self._opened_vectors(vectors.open_table)
        return self._table

    def _open_chroma(self) -> VectorIndex:
        if self._chroma is None:
            self._chroma = self._opened_vectors(vectors.open_vectors)
        return self._chroma

    def _opened_vectors(self, open_: Callable[[Path, str], T]) -> T:
        catalogue, embedder = self._catalogue, self._embedder
        return self._opened(
            lambda: open_(catalogue.data, embedder.name),
            lambda: vectors.sync(catalogue, embedder),
            # A slow model would keep a question waiting for minutes: `baogao index` does it.
            behind=embedder.fast and not vectors.is_current(catalogue, embedder.name),
        )

    def _opened(self, open_: Callable[[], T], sync: Callable[[], None], *, behind: bool) -> T:
        if behind and self._written(sync):
            return open_()
        try:
            return open_()
        except Unreadable:
            if self._written(sync):
                return open_()
            raise

    def _written(self, sync: Callable[[], None]) -> bool:
        try:
            with writing(self._catalogue.data):
                sync()
        except (CatalogueLocked, CatalogueError):
            return False
        return True

    def _close_vectors(self) -> None:
        self._table = None
        self._ranges.cache_clear()
        if self._chroma:
            self._chroma.close()
            self._chroma = None
