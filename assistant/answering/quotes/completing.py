"""Holds an answer against the clauses found for its question: completes it, or quotes instead.

What an answer shows is held against the question's words. Where a question asks several things, the
clauses that say what is missing are quoted beneath; where they say all that the answer says and
much more, they are the answer. Knows clauses and their weights; not which kind of answer it holds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from assistant.answering.composer import Composer
from assistant.answering.quotes.answerer import QuoteAnswerer
from assistant.answering.quotes.asked import Word, asked_words
from assistant.answering.quotes.clauses import (
    TOUCHED,
    Floats,
    fits_time,
    needed,
    said_of,
    word_shares,
)
from assistant.answering.quotes.weighing import Read, features, is_heading, scores_of, weigh
from assistant.queries.mentions import year_of
from assistant.types import Answer, Question
from index.structure.statements import Statement, kind_of
from index.text.script import to_simplified
from index.types import Filter, Report

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
_ALIKE = 0.8
"""The share of what a clause says of a question that its counterpart of another year has to say."""
_MUCH, _TWO = 0.5, 2
"""The share of a question's words that a clause says that stands for its year, and from how many
years on they are set side by side."""
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
        lacking = self._lacking(question, worded, group, answer, left)
        found = [self.quotations.in_full(question, each) for each in lacking.statements]
        if not found:
            return answer
        if _says_better(lacking, answer):
            return self.quotations.quoted(question, group, found)
        return self._beneath(answer, found) if several else answer

    def of_other_year(self, question: Question, worded: Question, answer: Answer) -> Answer:
        """Return an answer of one of two years with what the other year's report says of it.

        Args:
            question: as it was asked, of one place and two years.
            worded: as it is searched.
            answer: a quotation of one report.
        """
        cited = list(self.quotations.cited(answer))
        if len({each.report.id for each in cited}) != 1 or answer.figures:
            return answer
        partner = self._partner(question, cited[0])
        if partner is None:
            return answer
        asked = replace(question, years=(), report_years=(), span=None)
        group = Filter(reports=frozenset({partner.id}))
        read = self.quotations.read(asked, replace(worded, years=(), report_years=()), group)
        weighing = weigh(read, self.quotations.searcher.embedder, self.quotations.lexicon)
        own = self._said_by(read.words, cited)
        if weighing is None or not own:
            return answer
        best = weighing.statements[0]
        if self._said_by(read.words, [best]) < _ALIKE * own or not _fits(question, best):
            return answer
        return self._beneath(answer, [self.quotations.in_full(asked, best)])

    def of_each_year(self, question: Question, worded: Question, answer: Answer) -> Answer:
        """Return what the reports of each year named say, where they say more than an answer does.

        Args:
            question: as it was asked, of one place and the reports of several years.
            worded: as it is searched.
            answer: a quotation, or a refusal.
        """
        if answer.figures:
            return answer
        asked = replace(question, years=(), report_years=(), span=None)
        searched = replace(worded, years=(), report_years=())
        place = Filter(regions=frozenset({question.places[0].code}))
        reports = self.quotations.searcher.catalogue.reports(place)
        chosen: list[list[Statement]] = []
        groups: list[Filter] = []
        for year in sorted(question.report_years):
            own = frozenset(each.id for each in reports if year_of(each) == year)
            groups.append(replace(place, reports=own, years=frozenset({year})))
            chosen.append(self._of_one_year(asked, searched, groups[-1]) if own else [])
        found = [each for statements in chosen for each in statements]
        words = self.quotations.words(asked)
        before = (
            self._said_by(words, cited) if (cited := list(self.quotations.cited(answer))) else 0
        )
        least = min((self._said_by(words, [each]) for each in found), default=0.0)
        more = len(found) > len({each.report.id for each in cited})
        if len(found) < _TWO or least < (_ALIKE if more else 1.0) * before:
            return answer
        return self.quotations.quoted_of(question, groups, chosen)

    def _of_one_year(self, asked: Question, searched: Question, group: Filter) -> list[Statement]:
        """Return the clause of one year's reports that says most of a question, if it says much."""
        read = self.quotations.read(asked, searched, group)
        weighing = weigh(read, self.quotations.searcher.embedder, self.quotations.lexicon)
        if weighing is None:
            return []
        total = sum(word.weight for word in read.words)
        best = max(weighing.statements[:_LOOKED_AT], key=lambda s: self._said_by(read.words, [s]))
        said = self._said_by(read.words, [best])
        return [self.quotations.in_full(asked, best)] if said >= _MUCH * total else []

    def _said_by(self, words: Sequence[Word], statements: Sequence[Statement]) -> float:
        if not words:
            return 0.0
        exact, _, _ = said_of(words, statements, self.quotations.searcher.embedder)
        weights = np.array([word.weight for word in words])
        return float(weights @ (exact >= TOUCHED).any(axis=1))

    def _partner(self, question: Question, cited: Statement) -> Report | None:
        """Return the report that says of the other year what a clause says of its own."""
        first, last = min(question.years), max(question.years)
        given, place = year_of(cited.report), cited.report.place
        if place is None:
            return None
        done = kind_of(cited) != "target"
        is_first = given == first + done or (given == first and given != last)
        wanted = given + (last - first) * (1 if is_first else -1)
        catalogue = self.quotations.searcher.catalogue
        reports = catalogue.reports(Filter(regions=frozenset({place.code})))
        return next((each for each in reports if year_of(each) == wanted), None)

    def left(self, question: Question, answer: Answer, *, several: bool) -> list[Word]:
        """Return the words that an answer leaves unsaid; none where they are less than a share.

        Args:
            question: as it was asked.
            answer: what is held against it.
            several: whether the question asks several things.
        """
        least = _LEAVES if several else _LEAVES_MOST
        searcher, lexicon = self.quotations.searcher, self.quotations.lexicon
        words = asked_words(question, searcher.embedder, lexicon)
        least *= sum(word.weight for word in words)
        shown = _shown(answer)
        left = [word for word in words if not any(name in shown for name in word.called)]
        if not left or sum(word.weight for word in left) < least:
            return []
        if cited := list(self.quotations.cited(answer)):
            _, own, _ = said_of(left, cited, searcher.embedder)
            left = [word for word, each in zip(left, own, strict=True) if each.max() < TOUCHED]
        return left if sum(word.weight for word in left) >= least else []

    def _lacking(
        self,
        question: Question,
        worded: Question,
        group: Filter,
        answer: Answer,
        left: Sequence[Word],
    ) -> _Lacking:
        """Return the clauses that say words that an answer leaves unsaid."""
        embedder = self.quotations.searcher.embedder
        read = self.quotations.read(question, worded, group)
        open_: Flags = np.array([word in left for word in read.words])
        if not read.statements:
            return _Lacking((), open_, np.logical_not(open_), np.zeros(len(open_)), has_it=False)
        exact, own, _ = said_of(read.words, read.statements, embedder)
        shares = word_shares(read.words, own)
        picked: list[int] = []
        still = open_.copy()
        for at in self._likeliest(read, answer):
            says = exact[:, at] >= TOUCHED
            if shares[still & says].sum() >= _GAIN and len(picked) < _MOST:
                picked.append(at)
                still &= ~says
        said: Flags = np.any(own[:, picked] >= TOUCHED, axis=1)
        need = needed(question)
        has_it = need is not None and not need.search(_shown(answer))
        return _Lacking(tuple(read.statements[at] for at in picked), open_, said, shares, has_it)

    def _likeliest(self, read: Read, answer: Answer) -> list[int]:
        """Return where the best clauses are that an answer does not show, of its own reports."""
        table, _ = features(read, self.quotations.searcher.embedder, self.quotations.lexicon)
        scores = scores_of(table)
        best = np.argsort(-scores, kind="stable")[:_LOOKED_AT]
        documents = {citation.document for citation in answer.citations}
        need, shown = needed(read.question), _shown(answer)
        return [
            int(at)
            for at in best
            if scores[at] >= scores[best[0]] - _MARGIN
            and (each := read.statements[at]).report.document in documents
            and fits_time(read.question, each)
            and (need is None or need.search(each.text))
            and not is_heading(each)
            and each.text not in shown
        ]

    def _beneath(self, answer: Answer, found: Sequence[Statement]) -> Answer:
        composer = Composer(answer.language, self.quotations.searcher.catalogue)
        composer.citations.extend(answer.citations)
        lines = [composer.statements([each]) for each in found]
        text = "\n\n".join([answer.text, *lines])
        return replace(answer, text=text, citations=tuple(composer.citations))


def _fits(question: Question, statement: Statement) -> bool:
    need = needed(question)
    return need is None or need.search(statement.text) is not None


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
