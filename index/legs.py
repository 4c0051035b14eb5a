"""The two legs of a search, BM25 and vectors, kept open and in step with the catalogue.

A derived index that is behind is brought up to date if no one else is writing; while someone
writes, and where an index cannot be had at all, its leg answers with what there is, or with
nothing, and the search goes on. Nothing here ranks.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from index import lexical, vectors
from index.catalogue import Catalogue
from index.derived import Unreadable
from index.embedding import Embedder
from index.errors import CatalogueError, CatalogueLocked
from index.lock import writing
from index.types import Filter

T = TypeVar("T")

_log = logging.getLogger(__name__)


class Legs:
    """Both derived indexes of a catalogue, opened when first needed. Not for several threads."""

    def __init__(self, catalogue: Catalogue, embedder: Embedder) -> None:
        self._catalogue = catalogue
        self._embedder = embedder
        self._state: tuple[object, ...] = ()
        self._lexical: lexical.LexicalIndex | None = None
        self._vectors: vectors.VectorIndex | None = None

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
        if self._vectors:
            self._vectors.close()
            self._vectors = None

    def bm25(self, words: str, where: Filter, limit: int) -> dict[str, float]:
        """Return the BM25 scores of the best passages that `where` lets through, by id."""
        try:
            return dict(self._open_lexical().search(words, where, limit))
        except Unreadable as error:
            return self._without_lexical(error)

    def bm25_of(self, words: str, ids: Collection[str]) -> dict[str, float]:
        """Return the BM25 scores of those of the passages `ids` that share a token with `words`."""
        try:
            return self._open_lexical().scores(words, ids)
        except Unreadable as error:
            return self._without_lexical(error)

    def coverage(self, words: str) -> float:
        """Return the share of the tokens of `words` that occur in the index."""
        try:
            return self._open_lexical().coverage(words)
        except Unreadable:
            return 0.0

    def nearest(
        self, vector: NDArray[np.float32], limit: int, reports: Collection[str] = ()
    ) -> dict[str, float]:
        """Return the cosines of the passages nearest to `vector`, by id, of `reports` if given."""
        try:
            return dict(self._open_vectors().nearest(vector, limit, reports))
        except Unreadable as error:
            return self._without_vectors(error)

    def cosines(self, vector: NDArray[np.float32], ids: Sequence[str]) -> dict[str, float]:
        """Return the cosines of those of the passages `ids` whose vectors are stored."""
        try:
            stored = self._open_vectors().vectors(ids)
        except Unreadable as error:
            return self._without_vectors(error)
        return {identifier: float(row @ vector) for identifier, row in stored.items()}

    def _open_lexical(self) -> lexical.LexicalIndex:
        if self._lexical is None:
            catalogue = self._catalogue
            self._lexical = self._opened(
                lambda: lexical.open_lexical(catalogue.data),
                lambda: lexical.sync(catalogue),
                behind=not lexical.is_current(catalogue),
            )
        return self._lexical

    def _open_vectors(self) -> vectors.VectorIndex:
        if self._vectors is None:
            catalogue, embedder = self._catalogue, self._embedder
            self._vectors = self._opened(
                lambda: vectors.open_vectors(catalogue.data, embedder.name),
                lambda: vectors.sync(catalogue, embedder),
                # A slow model would keep a question waiting for minutes: `baogao index` does it.
                behind=embedder.fast and not vectors.is_current(catalogue, embedder.name),
            )
        return self._vectors

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

    def _without_lexical(self, error: Unreadable) -> dict[str, float]:
        _log.warning("searching by meaning alone, the lexical index cannot be read: %s", error)
        self._lexical = None
        return {}

    def _without_vectors(self, error: Unreadable) -> dict[str, float]:
        _log.warning("searching by words alone, the vector index cannot be read: %s", error)
        if self._vectors:
            self._vectors.close()
            self._vectors = None
        return {}
