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
from assistant.answering.quotes.clauses import TOUCHED, fits_time, has_needed, said_of
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
_MOST = 10
"""Years up to which each is quoted."""


def names_years_apart(question: Question) -> bool:
    """Tell whether a question is of one place in several years, or of several reports of one."""
    named = max(len(question.years), len(question.report_years))
    return len(question.places) == 1 and _TWO <= named <= _MOST


@dataclass(frozen=True, slots=True)
class YearQuoter:
    """Quotes the reports that `quotations` finds, year by year."""

    quotations: QuoteAnswerer

    def told(self, question: Question, worded: Question, where: Filter, answer: Answer) -> Answer:
        """Return an answer with what the reports of the other years named say, if they say it.

        Args:
            question: as it was asked, one that `names_years_apart`.
            worded: as it is searched.
            where: the reports that can hold the answer.
            answer: a quotation or a refusal; one with figures is returned as it is.
        """
        if answer.figures:
            return answer
        if len(question.report_years) >= _TWO:
            return self._of_each_report(question, _of_no_year(worded), where, answer)
        if len(question.years) == _TWO:
            other = self._of_other_year(question, _of_no_year(worded), answer)
            if other is not answer:
                return other
        return self._of_each_year(question, _of_no_year(worded), where, answer)

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

    def _of_each_report(
        self, question: Question, worded: Question, where: Filter, answer: Answer
    ) -> Answer:
        """Return what the reports named by years say, where it is more than an answer says."""
        asked = _of_no_year(question)
        reports = self.quotations.searcher.catalogue.reports(where)
        chosen: list[list[Statement]] = []
        groups: list[Filter] = []
        for year in sorted(question.report_years):
            own = frozenset(each.id for each in reports if year_of(each) == year)
            groups.append(replace(where, reports=own, years=frozenset({year})))
            chosen.append(self._of_one_year(asked, worded, groups[-1]) if own else [])
        found = [each for statements in chosen for each in statements]
        if not self._is_more(asked, found, answer):
            return answer
        return self.quotations.quoted(question, groups, chosen)

    def _of_each_year(
        self, question: Question, worded: Question, where: Filter, answer: Answer
    ) -> Answer:
        """Return what is said of each year named, where it is more than an answer says."""
        asked = _of_no_year(question)
        reports = self.quotations.searcher.catalogue.reports(where)
        chosen: list[Statement] = []
        for year in sorted(question.years):
            own = frozenset(each.id for each in reports if year_of(each) in (year, year + 1))
            group = replace(where, reports=own)
            of_year = replace(asked, years=(year,))
            # What was reached in one year may be asked beside what is aimed at in the next.
            kinds = dict.fromkeys((question.kind, None)) if own else ()
            each = (self._of_one_year(replace(of_year, kind=k), worded, group) for k in kinds)
            chosen += next(filter(None, each), [])
        chosen = list(dict.fromkeys(chosen))
        if not self._is_more(asked, chosen, answer):
            return answer
        return self.quotations.quoted(question, [where], [chosen])

    def _is_more(self, asked: Question, found: Sequence[Statement], answer: Answer) -> bool:
        """Tell whether clauses of several years say each what an answer says of one."""
        if len(found) < _TWO:
            return False
        words, cited = self.quotations.words(asked), list(self.quotations.cited(answer))
        least = min(self._said_by(words, [each]) for each in found)
        more = len(found) > len({each.report.id for each in cited})
        return least >= (_ALIKE if more else 1.0) * self._said_by(words, cited)

    def _of_one_year(self, asked: Question, worded: Question, group: Filter) -> list[Statement]:
        """Return the clause of one year's reports that says most of a question, if it says much."""
        read = self.quotations.read(asked, worded, group)
        weighing = weigh(read, self.quotations.searcher.embedder, self.quotations.lexicon)
        if weighing is None:
            return []
        total = sum(word.weight for word in read.words)
        fitting = [each for each in weighing.statements[:_LOOKED_AT] if fits_time(asked, each)]
        if not fitting:
            return []
        best = max(fitting, key=lambda s: self._said_by(read.words, [s]))
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
