"""Finding passages: BM25 and cosine similarity, fused.

Filters are taken before anything is ranked. Where few passages are left, all of them are scored;
among many, the best of each index are scored by both. Every hit is read from the
catalogue, so that what the derived indexes still hold of a report that has gone is left out.
Nothing here knows what a question means.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.derived.chroma_server import Server
from index.embedding.embedder import Embedder, open_embedder
from index.errors import EmbeddingError
from index.search.fusion import fuse, refine
from index.search.late_interaction import cut, match
from index.search.reranker import Reranker, open_reranker
from index.search.retrievers import Retrievers
from index.search.states import State, States
from index.storage.catalogue import Catalogue
from index.structure.passages import searched_text
from index.text.folding import fold_search
from index.types import Filter, Hit, Passage, Report

Vector = NDArray[np.float32]

_Proposed = tuple[list[str], dict[str, float], dict[str, float]]
"""Ids of passages to be ranked, their BM25 scores and their cosines."""

_EVERYTHING = Filter()

# Up to so many passages of a filter all are scored: those of a place over some decades.
_FEW = 2_000

# How many passages each index proposes.
_CANDIDATES = 200

# How many of the best are compared with the question word by word, half a millisecond each.
_REFINED = 30

# How many of the best a reranker reads, tens of milliseconds each.
_RERANKED = 30


class Searcher:
    """An open index. It follows what a writer in another process does, and may serve threads.

    Attributes:
        embedder: What compares texts by meaning.
        reranker: What reads the best passages with the question, if the user has such a model.
        chroma: The address of the server that holds the vectors' collection; None for none.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        embedder: Embedder,
        reranker: Reranker | None = None,
        *,
        state: State | None = None,
        chroma: str | None = None,
    ) -> None:
        """Open an index.

        Args:
            catalogue: The truth that every hit is read from.
            embedder: As the attribute.
            reranker: As the attribute.
            state: The one state that is to be searched; None to follow what writers do.
            chroma: As the attribute.

        Raises:
            VectorServerError: `chroma` is no address.
        """
        self._catalogue = catalogue
        self.embedder = embedder
        self.reranker = reranker
        self._state = state
        server = Server.at(chroma) if chroma else None
        self._states = None if state else States(catalogue, embedder, server=server)
        self.chroma = chroma

    @property
    def catalogue(self) -> Catalogue:
        """The truth that every hit is read from: as of one state, or as it is now."""
        return self._catalogue

    @contextmanager
    def at_one_state(self) -> Iterator[Searcher]:
        """Give a searcher over the index as it is now, whatever is written meanwhile.

        Raises:
            CatalogueError: The catalogue has gone or is damaged.
            IndexDamaged: A derived index is damaged and cannot be made again here.
        """
        if self._states is None:
            yield self
            return
        with self._states.current() as state:
            yield Searcher(state.catalogue, self.embedder, self.reranker, state=state)

    def serve(self) -> None:
        """Bring the index up to date now; from now on no search waits for that."""
        if self._states is not None:
            self._states.serve()

    def catch_up(self) -> None:
        """Come at once to what others have written, which a serving index does by itself.

        Raises:
            BaogaoIndexError: A server cannot be used.
        """
        if self._states is not None:
            self._states.catch_up()

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
        if self._state is None:
            with self.at_one_state() as now:
                return now.search(query, where=where, top=top, lexical_query=lexical_query)
        folded = fold_search(query)
        vector = self.embedder.embed_query(folded)
        words = fold_search(lexical_query) if lexical_query else folded
        with self._state.lock:
            propose = self._every if self._state.count(where) <= _FEW else self._best
            proposed = propose(words, vector, where)
            return self._rank(folded, words, vector, proposed, top)

    def close(self) -> None:
        """Let go of the files."""
        if self._states is not None:
            self._states.close()

    @property
    def _retrievers(self) -> Retrievers:
        assert self._state
        return self._state.retrievers

    def _every(self, words: str, vector: Vector, where: Filter) -> _Proposed:
        ids = self.catalogue.passage_ids(where)
        return (
            ids,
            self._retrievers.bm25_in(words, where, 2 * _FEW),
            self._retrievers.cosines(vector, ids),
        )

    def _best(self, words: str, vector: Vector, where: Filter) -> _Proposed:
        said, cosines = self._retrievers.proposed(words, vector, where, _CANDIDATES)
        ids = list(dict.fromkeys([*said, *cosines]))
        cosines |= self._retrievers.cosines(vector, [key for key in ids if key not in cosines])
        return ids, self._retrievers.bm25_of(words, ids), cosines

    def _rank(
        self, query: str, words: str, vector: Vector, proposed: _Proposed, top: int
    ) -> list[Hit]:
        ids, bm25, cosines = proposed
        mean, deviation = self._retrievers.background(vector)
        fused = fuse(
            np.array([bm25.get(key, 0.0) for key in ids]),
            np.array([cosines.get(key, np.nan) for key in ids]),
            ceiling=self._retrievers.ceiling(words),
            mean=mean,
            deviation=deviation,
        )
        scores = dict(zip(ids, fused.tolist(), strict=True))
        scores |= self._refined(query, sorted(ids, key=lambda key: -scores[key]), scores)
        if self.reranker:
            ranked = sorted(ids, key=lambda key: -scores[key])
            scores |= self._reranked(self.reranker, query, ranked, scores)
        ranked = sorted(ids, key=lambda key: (-scores[key], key))
        best = self._read(ranked, top)
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

    def _refined(
        self, query: str, ranked: Sequence[str], scores: Mapping[str, float]
    ) -> dict[str, float]:
        """Return new scores of the best passages, by word."""
        passages = self.catalogue.passages(ranked[:_REFINED])
        texts = [cut(searched_text(passage)) for passage in passages]
        pieces = self.embedder.pieces([sentence for text in texts for sentence in text])
        if pieces is None:
            return {}
        each = iter(pieces)
        matches = match(self.embedder, query, [list(islice(each, len(text))) for text in texts])
        fused = np.array([scores[passage.id] for passage in passages])
        below = max((scores[key] for key in ranked[_REFINED:]), default=-np.inf)
        refined = refine(fused, matches, below=below).tolist()
        return {passage.id: score for passage, score in zip(passages, refined, strict=True)}

    def _reranked(
        self, reranker: Reranker, query: str, ranked: Sequence[str], scores: Mapping[str, float]
    ) -> dict[str, float]:
        """Return new scores of the best passages, in the reranker's order and above all others."""
        passages = self.catalogue.passages(ranked[:_RERANKED])
        judged = reranker.score(query, [searched_text(passage) for passage in passages])
        below = max((scores[key] for key in ranked[_RERANKED:]), default=0.0)
        raised = (judged - judged.min(initial=np.inf) + below + 1).tolist()
        return {passage.id: score for passage, score in zip(passages, raised, strict=True)}

    def _read(self, ranked: Sequence[str], top: int) -> list[Passage]:
        """Return the first `top` passages that the catalogue holds."""
        found: list[Passage] = []
        for first in range(0, len(ranked), max(top, 1)):
            if len(found) >= top:
                break
            found += self.catalogue.passages(ranked[first : first + top])
        return found[:top]

    def _reports(self, passages: Iterable[Passage]) -> dict[str, Report]:
        ids = frozenset(passage.report_id for passage in passages)
        reports = self.catalogue.reports(Filter(reports=ids)) if ids else []
        return {report.id: report for report in reports}


def open_searcher(
    data: Path,
    embedding: str | None = None,
    reranker: str | None = None,
    *,
    read_only: bool = False,
    database: str | None = None,
    chroma: str | None = None,
) -> Searcher:
    """Open the index in the data folder for searching.

    Args:
        data: The data folder (`BAOGAO_DATA`).
        embedding: A sentence-transformers model by name or path; None for the one that the index
            was made with.
        reranker: A sentence-transformers CrossEncoder by name or path; None for none.
        read_only: Write nothing into the folder.
        database: Where the catalogue is, as `Catalogue.open` has it.
        chroma: Where the collection of the vectors is, as `index.build.build` has it.

    Raises:
        VectorServerError: `chroma` is no address.
        CatalogueError: There is no catalogue, or it cannot be used.
        EmbeddingError: The model cannot be loaded, or the index was made with another.
    """
    if chroma:
        Server.at(chroma)  # says if it is none
    catalogue = Catalogue.open(data, read_only=read_only, database=database)
    try:
        used = catalogue.embedding
        embedder = open_embedder(embedding or (used.source if used else None))
        if used and used.name != embedder.name and not _fits(embedder, embedding):
            raise EmbeddingError(
                f"the index in {data} was made with the embedding model {used.name}, "
                f"not {embedder.name}: run `baogao index` with the model that is to be used"
            )
        judge = open_reranker(reranker) if reranker else None
    except Exception:
        catalogue.close()
        raise
    return Searcher(catalogue, embedder, judge, chroma=chroma)


def _fits(embedder: Embedder, embedding: str | None) -> bool:
    """Say whether a model may be used on an index that was made with another.

    A fast one may that was not asked for but is what the index's own has become: a new edition of
    the bundled one, whose vectors are made when they are first needed.
    """
    return embedder.fast and embedding is None
