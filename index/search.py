"""Finding passages: BM25 and cosine similarity, each standardized, mixed half and half.

Where few passages are to be searched, every one is embedded then and there and compared exactly,
which is faster than opening Chroma; else the nearest come from Chroma. Filters are taken before
anything is ranked. What the derived indexes still hold of reports that have gone is left out,
since every hit is read from the catalogue. Nothing here knows what a question means.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index import lexical, vectors
from index.catalogue import Catalogue
from index.derived import Unreadable, searched_text
from index.embedding import Embedder, open_embedder
from index.errors import CatalogueLocked, EmbeddingError
from index.lock import writing
from index.script import to_simplified
from index.types import Filter, Hit, Passage

_EVERYTHING = Filter()
_EXACT = 1_500
_CANDIDATES = 100


class Searcher:
    """An open index; `catalogue` is the truth that every hit is read from."""

    def __init__(self, catalogue: Catalogue, embedder: Embedder) -> None:
        self.catalogue = catalogue
        self._embedder = embedder
        self._lexical: lexical.LexicalIndex | None = None

    def search(
        self,
        query: str,
        *,
        where: Filter = _EVERYTHING,
        top: int = 10,
        lexical_query: str | None = None,
    ) -> list[Hit]:
        """Return the passages that fit a query, best first.

        Args:
            query: A question or words, in either script or in English.
            where: The reports to search.
            top: How many passages to return at most.
            lexical_query: What BM25 looks for, where it should not be `query`.
        """
        query = fold(query)
        words = fold(lexical_query) if lexical_query else query
        passages = self.catalogue.passages_where(where)
        ids = [p.id for p in passages]
        if not ids:
            return []
        bm25 = dict(self._open_lexical().search(words, where, len(ids)))
        cos = self._embedder.embed(
            [searched_text(p) for p in passages]
        ) @ self._embedder.embed_query(query)
        lex = np.array([bm25.get(i, 0.0) for i in ids])
        score = (_z(lex) + _z(cos)) / 2
        reports = {r.id: r for r in self.catalogue.reports(where)}
        order = sorted(range(len(ids)), key=lambda i: (-score[i], ids[i]))[:top]
        return [
            Hit(
                passages[i],
                reports[passages[i].report_id],
                float(score[i]),
                bm25.get(ids[i]),
                float(cos[i]),
            )
            for i in order
        ]

    def _open_lexical(self):
        if self._lexical is None:
            self._lexical = lexical.open_lexical(self.catalogue.data)
        return self._lexical


def _z(x):
    s = x.std()
    return (x - x.mean()) / s if s > 0 else x * 0


def fold(text: str) -> str:
    """Return a query as clean text would have it: Simplified, half-width, in single spaces."""
    return " ".join(to_simplified(unicodedata.normalize("NFKC", text)).split())


def open_searcher(data: Path, embedding: str | None = None) -> Searcher:
    """Open the index in the data folder for searching."""
    catalogue = Catalogue.open(data)
    return Searcher(catalogue, open_embedder(embedding))
