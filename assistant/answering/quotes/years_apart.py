"""Quotes for a question of several years what the report of each says of it.

Knows clauses and what they say of a question; not which kind of answer it completes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from assistant.answering.composer import with_statements
from assistant.answering.quotes.answerer import QuoteAnswerer
from assistant.answering.quotes.asked import Word
from assistant.answering.quotes.clauses import TOUCHED, has_needed, said_of
from assistant.answering.quotes.weighing import weigh
from assistant.queries.mentions import year_of
from assistant.types import Answer, Question
from index.structure.statements import Statement, kind_of
from index.types import Filter, Report

_ALIKE = 0.8
"""The share of what a clause says of a question that its counterpart of another year has to say."""
_MUCH, _TWO = 0.5, 2
"""The share of a question's words that a clause says that stands for its year, and from how many
years on they are set side by side."""
_LOOKED_AT = 12
"""How many of the likeliest clauses are looked at."""


def names_years_apart(question: Question) -> bool:
    """Tell whether a question is of one place in two years, or of several reports of one."""
    of_one = len(question.places) == 1
    return of_one and (len(question.years) == _TWO or len(question.report_years) >= _TWO)


@dataclass(frozen=True, slots=True)
class YearQuoter:
    """Quotes the reports that `quotations` finds, year by year."""

    quotations: QuoteAnswerer

    def told(self, question: Question, worded: Question, answer: Answer) -> Answer:
        """Return an answer with what the reports of the other years named say, if they say it.

        Args:
            question: as it was asked, one that `names_years_apart`.
            worded: as it is searched.
            answer: a quotation or a refusal; one with figures is returned as it is.
        """
        if answer.figures:
            return answer
        if len(question.report_years) >= _TWO:
            return self._of_each_year(question, _of_no_year(worded), answer)
        return self._of_other_year(question, _of_no_year(worded), answer)

    def _of_other_year(self, question: Question, worded: Question, answer: Answer) -> Answer:
        """Return a quotation of one report with what that of the other year says of it."""
        cited = list(self.quotations.cited(answer))
        if len({each.report.id for each in cited}) != 1:
            return answer
        partner = self._partner(question, cited[0])
        if partner is None:
            return answer
        asked = _of_no_year(question)
        group = Filter(reports=frozenset({partner.id}))
        read = self.quotations.read(asked, worded, group)
        weighing = weigh(read, self.quotations.searcher.embedder, self.quotations.lexicon)
        own = self._said_by(read.words, cited)
        if weighing is None or not own:
            return answer
        best = weighing.statements[0]
        if self._said_by(read.words, [best]) < _ALIKE * own or not has_needed(question, best):
            return answer
        found = [self.quotations.in_full(asked, best)]
        return with_statements(answer, found, self.quotations.searcher.catalogue)

    def _of_each_year(self, question: Question, worded: Question, answer: Answer) -> Answer:
        """Return what the reports of each year say, where they say more than an answer does."""
        asked = _of_no_year(question)
        place = Filter(regions=frozenset({question.places[0].code}))
        reports = self.quotations.searcher.catalogue.reports(place)
        chosen: list[list[Statement]] = []
        groups: list[Filter] = []
        for year in sorted(question.report_years):
            own = frozenset(each.id for each in reports if year_of(each) == year)
            groups.append(replace(place, reports=own, years=frozenset({year})))
            chosen.append(self._of_one_year(asked, worded, groups[-1]) if own else [])
        found = [each for statements in chosen for each in statements]
        if len(found) < _TWO:
            return answer
        words, cited = self.quotations.words(asked), list(self.quotations.cited(answer))
        least = min(self._said_by(words, [each]) for each in found)
        more = len(found) > len({each.report.id for each in cited})
        if least < (_ALIKE if more else 1.0) * self._said_by(words, cited):
            return answer
        return self.quotations.quoted(question, groups, chosen)

    def _of_one_year(self, asked: Question, worded: Question, group: Filter) -> list[Statement]:
        """Return the clause of one year's reports that says most of a question, if it says much."""
        read = self.quotations.read(asked, worded, group)
        weighing = weigh(read, self.quotations.searcher.embedder, self.quotations.lexicon)
        if weighing is None:
            return []
        total = sum(word.weight for word in read.words)
        best = max(weighing.statements[:_LOOKED_AT], key=lambda s: self._said_by(read.words, [s]))
        said = self._said_by(read.words, [best])
        return [self.quotations.in_full(asked, best)] if said >= _MUCH * total else []

    def _said_by(self, words: Sequence[Word], statements: Sequence[Statement]) -> float:
        """Return the weight of the words that statements say."""
        if not words or not statements:
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


def _of_no_year(question: Question) -> Question:
    return replace(question, years=(), report_years=(), span=None)
