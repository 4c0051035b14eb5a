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
from index.derived.snapshot import Range, Snapshot
from index.derived.stamps import Unreadable
from index.embedding.embedder import Embedder
from index.storage.catalogue import Catalogue
from index.types import Filter

T = TypeVar("T")

# A writer may put a new index in the place of one that is just being opened or read; the next
# attempt waits a little longer than the last.
_ATTEMPTS = 6
_PAUSE_S = 0.05

# Filters whose passages are remembered: a conversation has few.
_FILTERS = 256

_log = logging.getLogger(__name__)


class Retrievers:
    """Both derived indexes of a catalogue. Not for several threads."""

    def __init__(self, catalogue: Catalogue, embedder: Embedder) -> None:
        self._catalogue = catalogue
        self._embedder = embedder
        self._lexical: lexical.LexicalIndex | None = None
        self._vectors: Snapshot | None = None
        self._ranges = lru_cache(_FILTERS)(self._ranges_of)
        self._aside = ThreadPoolExecutor(1, "lexical")

    def open(self) -> None:
        """Open both, so that they stay as they are now; one that cannot be had is done without."""
        with suppress(Unreadable):
            self._open_lexical()
        with suppress(Unreadable):
            self._open_vectors()

    def close(self) -> None:
        """Let go of the files."""
        self._lexical = self._vectors = None
        self._ranges.cache_clear()
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
        return self._ask_vectors(lambda opened: opened.cosines(vector, ids), {})

    def background(self, vector: NDArray[np.float32]) -> tuple[float, float]:
        """Return the mean and the deviation of the cosines of all passages."""
        return self._ask_vectors(lambda opened: opened.background(vector), (0.0, 1.0))

    def nearest(self, vector: NDArray[np.float32], where: Filter, limit: int) -> dict[str, float]:
        """Return the cosines of the passages nearest to `vector` that `where` lets through, by id.

        All that pass are compared.
        """
        return self._ask_vectors(
            lambda opened: opened.nearest(vector, limit, self._ranges(where)), {}
        )

    def _ranges_of(self, where: Filter) -> list[Range]:
        """Return the rows of the passages that a filter lets through."""
        opened = self._open_vectors()
        if not where:
            return [(0, len(opened))]
        return opened.ranges([f"{report}-" for report in self._catalogue.report_ids(where)])

    def _ask_lexical(self, ask: Callable[[lexical.LexicalIndex], T], nothing: T) -> T:
        try:
            return ask(self._open_lexical())
        except Unreadable as error:
            _log.warning("searching by meaning alone, the words cannot be searched: %s", error)
            return nothing

    def _ask_vectors(self, ask: Callable[[Snapshot], T], nothing: T) -> T:
        try:
            return ask(self._open_vectors())
        except Unreadable as error:
            _log.warning("searching by words alone, the vectors cannot be searched: %s", error)
            return nothing

    def _open_lexical(self) -> lexical.LexicalIndex:
        if self._lexical is None:
            data = self._catalogue.data
            self._lexical = _persistently(lambda: lexical.open_lexical(data))
        return self._lexical

    def _open_vectors(self) -> Snapshot:
        if self._vectors is None:
            data, name = self._catalogue.data, self._embedder.name
            self._vectors = _persistently(lambda: vectors.open_vectors(data, name))
        return self._vectors


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
