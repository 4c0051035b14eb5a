"""Finds the exact words that answer a question: the best statements of the best passages.

Scores what a search returned by the indicators, words, meaning, kind and period it shares with the
question. Knows nothing of how an answer is worded, and reads no value out of a statement: that is
for the figure table.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.types import Question
from index.embedding.embedder import Embedder
from index.lexicon.indicators import Lexicon
from index.search.searcher import Searcher
from index.structure.statements import (
    Statement,
    has_amount,
    has_change,
    has_quantity,
    kind_of,
    sentences_of,
    statements_of,
    years_of,
)
from index.types import Filter, Hit

_PASSAGES = 24
"""How many passages are read for a question: enough for a county's whole report."""
_LONGEST_SENTENCE = 160
"""Characters up to which prose is quoted by the sentence; longer ones are quoted by the clause."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A statement and how well it answers.

    `score` ranks; `relevance`, from 0 to 1, is the share of the question's own words (weighted by
    rarity) that the statement and its headings hold, or its similarity in meaning if greater, and
    high where it names the indicator asked for;
    `answers` is false where the statement lacks what the question asks for: the indicator, a
    number, a rate, a date.
    """

    statement: Statement
    score: float
    relevance: float
    answers: bool


def find_evidence(
    question: Question,
    where: Filter,
    searcher: Searcher,
    lexicon: Lexicon,
    *,
    top: int = _PASSAGES,
    longest: int = _LONGEST_SENTENCE,
) -> list[Evidence]:
    """Return the statements of the reports in `where` that bear on the question, best first.

    Args:
        question: The question; an English one with the Chinese words for what it names.
        where: The reports that are read.
        searcher: What finds their passages.
        lexicon: The indicators' names.
        top: How many passages are read.
        longest: Characters of a sentence that is quoted whole; of a longer one, clauses are.
    """
    query = _query(question)
    hits = find_passages(question, where, searcher, top=top)
    candidates = [statement for hit in hits for statement in _candidates(question, hit, longest)]
    if not candidates:
        return []
    scorer = _Scorer(question, query, candidates, lexicon)
    similarity = similarities(searcher.embedder, query.words, candidates)
    prior = priors(hits)
    evidence = [
        scorer.score(statement, float(near), prior[statement.passage.id])
        for statement, near in zip(candidates, similarity, strict=True)
    ]
    return sorted(evidence, key=lambda found: -found.score)


def find_passages(question: Question, where: Filter, searcher: Searcher, *, top: int) -> list[Hit]:
    """Return the passages of the reports in `where` that bear on the question, best first."""
    query = _query(question)
    return searcher.search(query.words, where=where, top=top, lexical_query=query.lexical)


def searched_words(question: Question) -> str:
    """Return the words that a question is searched by in meaning."""
    return _query(question).words


@dataclass(frozen=True, slots=True)
class _Query:
    """What is searched for: `words` by meaning, `lexical` by characters."""

    words: str
    lexical: str


def _query(question: Question) -> _Query:
    """Write the search from the question and the Chinese names of its indicators."""
    names = " ".join(
        " ".join((indicator.zh, *indicator.aliases[:4])) for indicator in question.indicators[:3]
    )
    words = f"{question.subject} {names}" if question.language == "en" else question.subject
    return _Query(words=words or question.folded, lexical=f"{question.subject} {names}".strip())


def _candidates(question: Question, hit: Hit, longest: int) -> list[Statement]:
    if question.wanted == "number":
        return statements_of(hit.report, hit.passage)
    short = [
        sentence
        for sentence in sentences_of(hit.report, hit.passage)
        if len(sentence.text) <= longest
    ]
    whole = {sentence.sentence for sentence in short}
    parts = statements_of(hit.report, hit.passage)
    return short + [statement for statement in parts if statement.sentence not in whole]


def similarities(
    embedder: Embedder, query: str, candidates: Sequence[Statement]
) -> NDArray[np.float32]:
    """Return the cosine of the query's meaning with each statement's, zeros for a slow model."""
    if not embedder.fast:
        return np.zeros(len(candidates), dtype=np.float32)
    texts = [statement.lead_text + statement.text for statement in candidates]
    similarities: NDArray[np.float32] = embedder.embed(texts) @ embedder.embed_query(query)
    return similarities


def priors(hits: Sequence[Hit]) -> dict[str, float]:
    """Return the passages' own scores, scaled to 0 … 1."""
    scores = [hit.score for hit in hits]
    low, high = min(scores), max(scores)
    return {hit.passage.id: (hit.score - low) / ((high - low) or 1.0) for hit in hits}


class _Scorer:
    """Scores statements against one question; holds what is the same for all of them."""

    def __init__(
        self,
        question: Question,
        query: _Query,
        candidates: Sequence[Statement],
        lexicon: Lexicon,
    ) -> None:
        self._question = question
        self._lexicon = lexicon
        self._indicators = question.indicators if question.wanted == "number" else ()
        self._terms = terms(question.subject if question.language != "en" else query.lexical)
        counts = Counter(
            term for statement in candidates for term in terms(statement.text) & self._terms
        )
        self._weights = {
            term: math.log(1 + len(candidates) / (1 + counts[term])) for term in self._terms
        }

    def score(self, statement: Statement, similarity: float, prior: float) -> Evidence:
        question = self._question
        indicator = self._indicator_match(statement)
        coverage = self._coverage(statement)
        score = 2.0 * indicator + 1.5 * coverage + 1.5 * similarity + 0.5 * prior
        score += self._kind_match(statement) + self._year_match(statement)
        score += 0.5 if question.measure == "level" and has_amount(statement.text) else 0.0
        return Evidence(
            statement=statement,
            score=score,
            relevance=max(coverage, similarity, indicator),
            answers=self._answers(statement, indicator),
        )

    def _indicator_match(self, statement: Statement) -> float:
        """Return 1 where the statement names the first indicator asked for, less for later ones."""
        if not self._indicators:
            return 0.0
        named = {
            indicator.id
            for mention in self._lexicon.mentions(statement.text)
            for indicator in (mention.candidates if mention.joint else mention.candidates[:1])
        }
        for place, indicator in enumerate(self._indicators):
            if indicator.id in named:
                return 1.0 if place == 0 else 0.8
        return 0.0

    def _coverage(self, statement: Statement) -> float:
        """Return the share of the question's terms, weighted by rarity, around the statement."""
        total = sum(self._weights.values())
        if not total:
            return 0.0
        own = terms(statement.text)
        around = terms(" ".join((statement.lead_text, *statement.passage.headings)))
        weight = sum(self._weights[term] for term in self._terms & own)
        weight += 0.5 * sum(self._weights[term] for term in self._terms & (around - own))
        return weight / total

    def _kind_match(self, statement: Statement) -> float:
        wanted, found = self._question.kind, kind_of(statement)
        if wanted is None or found is None:
            return 0.0
        return 1.0 if wanted == found else -1.5

    def _year_match(self, statement: Statement) -> float:
        years = years_of(statement)
        if not self._question.years or not years:
            return 0.0
        return 1.0 if years & set(self._question.years) else -1.5

    def _answers(self, statement: Statement, indicator: float) -> bool:
        question = self._question
        if question.wanted == "when":
            return bool(_DATE.search(_TITLE.sub("", statement.lead_text + statement.text)))
        if question.wanted != "number":
            return True
        if self._indicators and not indicator:
            return False
        if question.measure == "growth":
            return has_change(statement.text)
        if question.measure == "level":
            return has_amount(statement.text)
        return has_quantity(statement.text)


_DATE = re.compile(r"\d{4}年|\d月|\d日|年[底初末内中]|月[底初]|[上下]半年|季度|[去今明上]年|\d时")
"""What says when something was or will be."""
_TITLE = re.compile(r"\d{4}年[^,。]{0,12}工作报告")
"""The title of a report, whose year is that of nothing else."""

_TERM = re.compile(r"[A-Za-z]+|\d+(?:\.\d+)?|[\u3400-\u9fff]+")


def terms(text: str) -> set[str]:
    """Return the terms of `text`: Latin words, numbers and pairs of Chinese characters."""
    found: set[str] = set()
    for run in _TERM.findall(text.lower()):
        if run[0] < "\u3400" or len(run) == 1:
            found.add(run)
        else:
            found.update(run[place : place + 2] for place in range(len(run) - 1))
    return found
