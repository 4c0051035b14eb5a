"""Holds an answer against the clauses found for its question: completes it, or quotes instead.

What an answer shows is held against the question's words. Where a question asks several things, the
clauses that say what is missing are quoted beneath; where they say all that the answer says and
much more, they are the answer. Knows clauses and their weights; not which kind of answer it holds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.answering.composer import with_statements
from assistant.answering.quotes.answerer import QuoteAnswerer
from assistant.answering.quotes.asked import Word
from assistant.answering.quotes.clauses import (
    TOUCHED,
    Floats,
    fits_time,
    has_needed,
    needed,
    said_of,
    word_shares,
)
from assistant.answering.quotes.weighing import Read, features, is_heading, scores_of
from assistant.types import Answer, Question
from index.structure.statements import Statement
from index.text.script import to_simplified
from index.types import Filter

Flags = NDArray[np.bool_]

_LEAVES, _LEAVES_MOST = 0.1, 0.5
"""The share of a question's words from which on an answer leaves them unsaid: where the question
asks several things, and where it asks one."""
_GAIN = 0.08
"""The share that a clause has to add."""
_LOOKED_AT, _MARGIN = 12, 4.0
"""How many clauses are looked at, and by how much they may score less than the best."""
_MOST = 2
"""How many are quoted at most."""
_SAYS_LITTLE, _SAYS_MOST, _FAR = 0.4, 0.6, 0.3
"""Clauses take the place of an answer that says no more than the first share of the question's
words, where they say the second at least, and more than it by the third."""
_LIST = 3
"""Quotations from which on an answer is a list."""


@dataclass(frozen=True, slots=True)
class _Lacking:
    """The clauses that say what an answer leaves unsaid, by the words of the question.

    `open` are the words that the answer leaves unsaid, `said` those that the clauses say; `shares`
    is what each counts. `has_it` is true where they alone have what is asked for.
    """

    statements: tuple[Statement, ...]
    open: Flags
    said: Flags
    shares: Floats
    has_it: bool


@dataclass(frozen=True, slots=True)
class Completer:
    """Completes answers in the words of the reports that `quotations` finds."""

    quotations: QuoteAnswerer

    def left(self, question: Question, answer: Answer, *, several: bool) -> list[Word]:
        """Return the words that an answer leaves unsaid; none where they are less than a share.

        Args:
            question: as it was asked.
            answer: what is held against it.
            several: whether the question asks several things.
        """
        words = self.quotations.words(question)
        least = (_LEAVES if several else _LEAVES_MOST) * _weight(words)
        shown = _shown(answer)
        left = [word for word in words if not any(name in shown for name in word.called)]
        if not left or _weight(left) < least:
            return []
        if cited := list(self.quotations.cited(answer)):
            _, own, _ = said_of(left, cited, self.quotations.searcher.embedder)
            left = [word for word, each in zip(left, own, strict=True) if each.max() < TOUCHED]
        return left if _weight(left) >= least else []

    def completed(
        self,
        question: Question,
        worded: Question,
        group: Filter,
        answer: Answer,
        left: Sequence[Word],
        *,
        several: bool,
    ) -> Answer:
        """Return an answer with the clauses that it lacks, or these alone where they say it better.

        Args:
            question: as it was asked.
            worded: as it is searched.
            group: the reports to be searched.
            answer: what is held against the question.
            left: the words that it leaves unsaid, of which there are some.
            several: whether the question asks several things.
        """
        lacking = self._lacking(self.quotations.read(question, worded, group), answer, left)
        if lacking is None:
            return answer
        found = [self.quotations.in_full(question, each) for each in lacking.statements]
        if _says_better(lacking, answer):
            return self.quotations.quoted(question, [group], [found])
        catalogue = self.quotations.searcher.catalogue
        return with_statements(answer, found, catalogue) if several else answer

    def _lacking(self, read: Read, answer: Answer, left: Sequence[Word]) -> _Lacking | None:
        """Return the clauses that say words that an answer leaves unsaid; None: none does."""
        if not read.statements:
            return None
        told = features(read, self.quotations.searcher.embedder, self.quotations.lexicon)
        shares = word_shares(read.words, told.own)
        open_: Flags = np.array([word in left for word in read.words])
        picked: list[int] = []
        still = open_.copy()
        for at in _likeliest(read, scores_of(told.table), answer):
            says = told.exact[:, at] >= TOUCHED
            if shares[still & says].sum() >= _GAIN and len(picked) < _MOST:
                picked.append(at)
                still &= ~says
        if not picked:
            return None
        said: Flags = np.any(told.own[:, picked] >= TOUCHED, axis=1)
        need = needed(read.question)
        has_it = need is not None and not need.search(_shown(answer))
        return _Lacking(tuple(read.statements[at] for at in picked), open_, said, shares, has_it)


def _likeliest(read: Read, scores: Floats, answer: Answer) -> list[int]:
    """Return where the best clauses are that an answer does not show, of its own reports."""
    best = np.argsort(-scores, kind="stable")[:_LOOKED_AT]
    documents = {citation.document for citation in answer.citations}
    shown = _shown(answer)
    return [
        int(at)
        for at in best
        if scores[at] >= scores[best[0]] - _MARGIN
        and (each := read.statements[at]).report.document in documents
        and fits_time(read.question, each)
        and has_needed(read.question, each)
        and not is_heading(each)
        and each.text not in shown
    ]


def _says_better(lacking: _Lacking, answer: Answer) -> bool:
    """Tell whether clauses are the answer: they say what it says, and much that it does not.

    One word more is not enough, but where the answer lacks the kind of thing that is asked for.
    """
    if (len(answer.citations) >= _LIST and not answer.figures) or "=" in answer.text:
        return False
    by_answer = float(lacking.shares[~lacking.open].sum())
    by_clauses = float(lacking.shares[lacking.said].sum())
    gained = int((lacking.open & lacking.said).sum())
    return (
        by_answer <= _SAYS_LITTLE
        and by_clauses >= max(_SAYS_MOST, by_answer + _FAR)
        and bool(lacking.said[~lacking.open].all())
        and (gained > 1 or lacking.has_it)
    )


def _shown(answer: Answer) -> str:
    """Return the words that an answer shows, its own and the reports', in Simplified."""
    return to_simplified(answer.text + "".join(citation.quote for citation in answer.citations))


def _weight(words: Sequence[Word]) -> float:
    return sum(word.weight for word in words)
