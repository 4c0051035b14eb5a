"""The product's two retrievers and their mix, over every passage of a set.

Questions and passages are folded as the product folds them. Every passage is scored for every
question, so the numbers say nothing of the approximate nearest-neighbour search that stands before
the scores in use. Nothing here knows which passage is right.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import tantivy

from benchmarks.retrieval.measures import Scores
from benchmarks.retrieval.sets import RetrievalSet
from index.embedding.embedder import Embedder
from index.search.fusion import fuse, refine
from index.search.late_interaction import cut, match
from index.text.folding import fold_search
from index.text.tokens import tokens

_REFINED = 30
"""How many of the best a search refines, as in `index.search.searcher`."""

_K1 = 1.2
"""tantivy's BM25 constant, with b = 0.75."""


@dataclass(frozen=True, slots=True)
class Lexical:
    """BM25 scores, 0 where nothing is shared, and what the index knows of each question's tokens.

    `ceiling` sums idf · (k1 + 1) over the question's distinct tokens, the idf of one that does not
    occur being the largest possible: more no passage can score.
    """

    scores: Scores
    ceiling: Scores


def score_all(data: RetrievalSet, embedder: Embedder) -> dict[str, Scores]:
    """Return each retriever's score of every passage for every question."""
    lexical, dense = score_lexical(data), score_dense(data, embedder)
    return {
        "lexical": lexical.scores,
        "dense": dense,
        "hybrid": hybrid(data, embedder, lexical, dense),
    }


def score_dense(data: RetrievalSet, embedder: Embedder) -> Scores:
    """Return the cosine of every question with every passage."""
    questions = np.stack(
        [embedder.embed_query(fold_search(question)) for question in data.questions]
    )
    passages = embedder.embed([fold_search(passage) for passage in data.passages])
    scores: Scores = (questions @ passages.T).astype(np.float64)
    return scores


def score_lexical(data: RetrievalSet) -> Lexical:
    """Return the BM25 score of every question with every passage, by the product's own tokens."""
    searcher, schema = word_index(data.passages)
    limit = len(data.passages)
    every = searcher.search(tantivy.Query.all_query(), limit=limit).hits
    rows = {(at.segment_ord, at.doc): searcher.doc(at)["row"][0] for _, at in every}
    scores = np.zeros((len(data.questions), limit))
    ceiling = np.zeros(len(data.questions))
    for number, question in enumerate(data.questions):
        words = list(dict.fromkeys(tokens(question)))
        frequencies = [searcher.doc_freq("body", word) for word in words]
        ceiling[number] = sum(idf(found, limit) for found in frequencies) * (_K1 + 1)
        terms = [
            (tantivy.Occur.Should, tantivy.Query.term_query(schema, "body", word, "freq"))
            for word in words
        ]
        for score, at in searcher.search(tantivy.Query.boolean_query(terms), limit=limit).hits:
            scores[number, rows[at.segment_ord, at.doc]] = score
    return Lexical(scores, ceiling)


def word_index(passages: Sequence[str]) -> tuple[tantivy.Searcher, tantivy.Schema]:
    """Return an index of passages by the product's own tokens, each with its row."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("body", tokenizer_name="whitespace", index_option="freq")
    builder.add_integer_field("row", stored=True)
    schema = builder.build()
    index = tantivy.Index(schema)
    writer = index.writer(num_threads=1)
    for row, passage in enumerate(passages):
        writer.add_document(tantivy.Document(body=" ".join(tokens(passage)), row=row))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    return index.searcher(), schema


def idf(frequency: int, documents: int) -> float:
    """Return how much a token tells that stands in so many of the documents, as BM25 has it."""
    return math.log(1 + (documents - frequency + 0.5) / (frequency + 0.5))


def hybrid(data: RetrievalSet, embedder: Embedder, lexical: Lexical, dense: Scores) -> Scores:
    """Return the product's mix of both, the best of it refined word by word as in a search."""
    pieces = [embedder.pieces(cut(fold_search(passage))) for passage in data.passages]
    mixed = np.empty_like(dense)
    for row, question in enumerate(data.questions):
        mixed[row] = fuse(
            lexical.scores[row],
            dense[row],
            ceiling=float(lexical.ceiling[row]),
            mean=float(dense[row].mean()),
            deviation=float(dense[row].std()),
        )
        order = np.argsort(-mixed[row], kind="stable")
        best, rest = order[:_REFINED], order[_REFINED:]
        told = [own for at in best if (own := pieces[at]) is not None]
        if len(told) == len(best):
            matches = match(embedder, fold_search(question), told)
            below = float(mixed[row, rest].max(initial=-np.inf))
            mixed[row, best] = refine(mixed[row, best], matches, below=below)
    return mixed
