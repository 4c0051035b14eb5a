"""Finding passages: BM25 and cosine similarity, each standardized, mixed half and half.

Filters are taken before anything is ranked. Where few passages are left, all of them are scored,
their vectors made then and there: that is faster than opening Chroma, and exact. Among many, the
best of each index are scored by both. Every hit is read from the catalogue, so that what the
derived indexes still hold of a report that has gone is left out. Nothing here knows what a
question means.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.catalogue import Catalogue
from index.derived import searched_text
from index.embedding import Embedder, open_embedder
from index.errors import EmbeddingError
from index.fusion import mix
from index.legs import Legs
from index.lexical import fold
from index.types import Filter, Hit, Passage, Report

Vector = NDArray[np.float32]

_EVERYTHING = Filter()

# Up to so many passages all are scored. Embedding them with the bundled model takes 0.4 s on one
# core, once; importing chromadb alone takes 1.2 s.
_FEW = 1_500

# How many passages each index proposes, and how many stand for the whole beside them.
_CANDIDATES = 200
_SAMPLE = 500

# How many vectors made by searches are kept.
_KEPT = 20_000


class Searcher:
    """An open index. It follows what a writer in another process does, and may serve threads.

    Attributes:
        catalogue: The truth that every hit is read from.
        embedder: What compares texts by meaning.
    """

    def __init__(self, catalogue: Catalogue, embedder: Embedder) -> None:
        self.catalogue = catalogue
        self.embedder = embedder
        self._legs = Legs(catalogue, embedder)
        self._lock = threading.Lock()
        self._embedded: dict[str, Vector] = {}
        self._sample: list[Passage] = []

    def search(
        self,
        query: str,
        *,
        where: Filter = _EVERYTHING,
        top: int = 10,
        lexical_query: str | None = None,
    ) -> list[Hit]:
        """Return the passages that fit a query best, best first.

        Args:
            query: A question or words, in either script or in English.
            where: The reports to search.
            top: How many passages to return at most.
            lexical_query: The words for BM25, where they are not those of `query`: such as, in
                Chinese, what an English question is about.
        """
        if not query.strip():
            return []
        vector = self.embedder.embed_query(fold(query))
        words = fold(lexical_query or query)
        with self._lock:
            if self._legs.refresh():
                self._embedded.clear()
                self._sample = []
            few = self.catalogue.count_passages(where) <= _FEW
            search = self._search_all if few else self._search_nearest
            return search(words, vector, where, top)

    def close(self) -> None:
        """Let go of the files."""
        self._legs.close()
        self.catalogue.close()

    def _search_all(self, words: str, vector: Vector, where: Filter, top: int) -> list[Hit]:
        passages = self.catalogue.passages_where(where)
        bm25 = self._legs.bm25(words, where, 2 * _FEW)
        if self.embedder.fast:
            cosines = self._embed(passages, vector)
        else:
            cosines = self._legs.cosines(vector, [passage.id for passage in passages])
        return self._rank(words, passages, passages, bm25, cosines, top)

    def _search_nearest(self, words: str, vector: Vector, where: Filter, top: int) -> list[Hit]:
        reports = {report.id for report in self.catalogue.reports(where)} if where else set()
        found = self._legs.bm25(words, where, _CANDIDATES)
        cosines = self._legs.nearest(vector, _CANDIDATES, reports)
        passages = self.catalogue.passages(list(found | cosines))
        if where:
            passages = [passage for passage in passages if passage.report_id in reports]
        sample = self._sampled()
        ids = list(dict.fromkeys(passage.id for passage in (*passages, *sample)))
        bm25 = self._legs.bm25_of(words, ids)
        cosines |= self._legs.cosines(vector, [key for key in ids if key not in cosines])
        return self._rank(words, passages, sample, bm25, cosines, top)

    def _rank(
        self,
        words: str,
        passages: Sequence[Passage],
        background: Sequence[Passage],
        bm25: Mapping[str, float],
        cosines: Mapping[str, float],
        top: int,
    ) -> list[Hit]:
        ids = list(dict.fromkeys(passage.id for passage in (*passages, *background)))
        behind = {passage.id for passage in background}
        mixed = mix(
            np.array([bm25.get(key, 0.0) for key in ids]),
            np.array([cosines.get(key, np.nan) for key in ids]),
            np.array([key in behind for key in ids], dtype=bool),
            coverage=self._legs.coverage(words),
        )
        scores = dict(zip(ids, mixed.tolist(), strict=True))
        best = sorted(passages, key=lambda passage: (-scores[passage.id], passage.id))[:top]
        reports = self._reports(best)
        return [
            Hit(
                passage=passage,
                report=reports[passage.report_id],
                score=scores[passage.id],
                lexical=bm25.get(passage.id),
                dense=cosines.get(passage.id),
            )
            for passage in best
            # A writer may have taken a report out since its passages were read.
            if passage.report_id in reports
        ]

    def _reports(self, passages: Iterable[Passage]) -> dict[str, Report]:
        ids = frozenset(passage.report_id for passage in passages)
        reports = self.catalogue.reports(Filter(reports=ids)) if ids else []
        return {report.id: report for report in reports}

    def _embed(self, passages: Sequence[Passage], vector: Vector) -> dict[str, float]:
        """Return the cosines of passages, embedding those that were not met before."""
        if len(self._embedded) > _KEPT:
            self._embedded.clear()
        new = [passage for passage in passages if passage.id not in self._embedded]
        made = self.embedder.embed([searched_text(passage) for passage in new])
        self._embedded.update(zip((passage.id for passage in new), made, strict=True))
        return {passage.id: float(self._embedded[passage.id] @ vector) for passage in passages}

    def _sampled(self) -> list[Passage]:
        """Return passages spread evenly over the catalogue, the same until it changes."""
        if not self._sample:
            ids = self.catalogue.passage_ids()
            self._sample = self.catalogue.passages(ids[:: max(1, len(ids) // _SAMPLE)])
        return self._sample


def open_searcher(data: Path, embedding: str | None = None) -> Searcher:
    """Open the index in the data folder for searching.

    Args:
        data: The data folder (`BAOGAO_DATA`).
        embedding: A sentence-transformers model by name or path; None for the one that the index
            was made with.

    Raises:
        CatalogueError: There is no catalogue, or it cannot be used.
        EmbeddingError: The model cannot be loaded, or the index was made with another.
    """
    catalogue = Catalogue.open(data)
    try:
        used = catalogue.embedding
        embedder = open_embedder(embedding or (used.source if used else None))
        if used and used.name != embedder.name and not _fits(catalogue, embedder, embedding):
            raise EmbeddingError(
                f"the index in {data} was made with the embedding model {used.name}, "
                f"not {embedder.name}: run `baogao index` with the model that is to be used"
            )
    except Exception:
        catalogue.close()
        raise
    return Searcher(catalogue, embedder)


def _fits(catalogue: Catalogue, embedder: Embedder, embedding: str | None) -> bool:
    """Say whether a model may be used on an index that was made with another.

    A fast one may where passages are embedded as they are searched, or where it was not asked for
    but is what the index's own has become: a new edition of the bundled one.
    """
    return embedder.fast and (embedding is None or catalogue.count_passages() <= _FEW)
