"""Answers what one place or a few say: rows of figures first, then the reports' own words.

A question is tried on one kind of answer after another, and what an answer leaves aside is looked
for in the clauses. Knows neither tables over many places nor chat models.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answering.abstentions import Abstainer
from assistant.answering.accounting import unaccounted
from assistant.answering.figures.answerer import FigureAnswerer
from assistant.answering.figures.changes import asks_change
from assistant.answering.figures.reckoning import Reckoner
from assistant.answering.quotes.across import asks_who_mentions
from assistant.answering.quotes.answerer import QuoteAnswerer, asks_to_tell
from assistant.answering.quotes.asked import asked_words
from assistant.answering.quotes.completing import Completer
from assistant.answering.quotes.years_apart import YearQuoter, names_years_apart
from assistant.answering.structure import StructureAnswerer
from assistant.prompts import phrase
from assistant.questions import cues
from assistant.questions.places import Scope
from assistant.types import Answer, Question
from index.lexicon.indicators import Lexicon
from index.search.searcher import Searcher
from index.text.scanning import lazily
from index.types import Filter, Region

_PLACES = 12
"""At how many places a question about every place is answered one by one."""
_MANY_UNSAID = 2
"""Words of a question for a share, unsaid by a figure's clause, from which it is another's."""
_ASKS = lazily(r"[哪几谁怎啥]|什么|多少")
_LONG = 4
"""Characters from which words left over of a question for a number name what it is of."""
_COMPARES = ("difference", "ratio", "compare", "rank", "highest", "lowest")
"""What is done with places side by side."""


@dataclass(frozen=True, slots=True)
class Router:
    """Finds which kind of answer a question has in the reports of one index."""

    searcher: Searcher
    lexicon: Lexicon

    @property
    def abstainer(self) -> Abstainer:
        """What says that the reports do not state something."""
        return Abstainer(self.searcher.catalogue, self.lexicon)

    def asks_of_nobody(self, question: Question, scope: Scope) -> bool:
        """Tell whether a figure is asked for and nothing says whose, of too many places to tell."""
        if question.places or question.every_place or question.elsewhere:
            return False
        return bool(question.topics) and len(scope.newest) > _PLACES

    def routed(self, question: Question, where: Filter, scope: Scope) -> Answer:
        """Return the first answer that the reports that `where` lets through have."""
        places = self._places(question, where, scope)
        figures = FigureAnswerer(self.searcher.catalogue, self.lexicon)
        prose = StructureAnswerer(self.searcher)
        quotations = QuoteAnswerer(self.searcher, self.lexicon)
        answer = prose.meaning(question, where)
        if answer is None and asks_who_mentions(question):
            asked = replace(prose.worded(question, where), wanted="list", topics=())
            answer = prose.across(asked, where, self.lexicon)
        if answer is None and question.asks_why and question.quantities:
            stated = figures.answer(question, where, places)
            answer = stated if stated and stated.reason == "false_premise" else None
        if answer is None and question.asks_why:
            answer = quotations.clauses(question, prose.worded(question, where), [where])
        of_reports = where if question.years else self._named(question, where)
        answer = answer or figures.answer(question, of_reports, places)
        if answer is None and question.language == "en":
            words = asked_words(question, self.searcher.embedder, self.lexicon)
            answer = figures.called(question, words, of_reports, places)
        if answer is not None:
            return answer
        if question.commanded:
            told = phrase("commanded", question.language)
            return Answer(question.text, question.language, told, True, "off_topic")
        where = self._named(question, where)
        worded = prose.worded(question, where)
        groups = self.groups(worded, where, scope)
        answer = quotations.naming(worded, groups) or prose.answer(question, where)
        if answer is None and question.every_place and question.wanted in ("text", "list"):
            answer = prose.across(worded, where, self.lexicon)
        if answer is not None:
            return answer
        if _asks_for_words(worded):
            told = "text" if worded.wanted == "number" else worded.wanted
            worded, nearest = replace(worded, wanted=told), None
        else:
            nearest = figures.nearest(worded, where, places)
        answer = quotations.clauses(question, worded, groups, beside=nearest is not None)
        if answer is None and nearest is None and not question.asks_why:
            answer = quotations.answer(worded, groups)
        if answer is None and nearest is not None:
            return self.abstainer.figure_not_stated(worded, where, nearest)
        if answer is not None:
            return answer
        return self.abstainer.not_stated(worded, where, quotations.nearest(worded, groups))

    def accounted(
        self, question: Question, where: Filter, answer: Answer, left: Sequence[str]
    ) -> Answer:
        """Replace an answer that leaves words aside by clauses that say them, or refuse it."""
        if answer.abstained:
            return answer
        if not answer.figures:
            return self._of_its_number(question, answer, left)
        if asks_change(question) and len({figure.period for figure in answer.figures}) > 1:
            return answer  # calculated from both ends
        ignored = unaccounted(left, question.subject, answer, self.searcher.catalogue, self.lexicon)
        quotations = QuoteAnswerer(self.searcher, self.lexicon)
        unsaid = ignored
        leaves = bool(left) or question.language == "en"
        heavy: list[str] = []
        if not ignored and leaves and question.operation in ("look_up", "share"):
            heavy = quotations.unsaid(question, answer)
            unsaid = heavy[:1]
        if not unsaid:
            return answer
        if len(heavy) >= _MANY_UNSAID and question.operation == "share":
            ignored = heavy
        worded = StructureAnswerer(self.searcher).worded(question, where)
        told = quotations.clauses(question, worded, [where], beside=True, saying=unsaid)
        if told is not None or not ignored:
            return told or answer
        return self.abstainer.not_accounted(question, ignored, answer)

    def _of_its_number(self, question: Question, answer: Answer, left: Sequence[str]) -> Answer:
        """Refuse a quotation for a number that is of something else than what was asked."""
        if question.wanted != "number" or question.language == "en" or not question.places:
            return answer
        catalogue = self.searcher.catalogue
        long = [word for word in left if len(word) >= _LONG and not _ASKS.search(word)]
        ignored = unaccounted(long, question.subject, answer, catalogue, self.lexicon)
        return self.abstainer.not_accounted(question, ignored, answer) if ignored else answer

    def likeliest(
        self, question: Question, where: Filter, scope: Scope, least: float
    ) -> Answer | None:
        """Quote the clause that most likely answers what nothing else does; None: none is sure.

        Args:
            question: as it was asked.
            where: the reports that can hold the answer.
            scope: the places and what is known of them.
            least: how sure one has to be, from 0 to 1.
        """
        of_all = question.every_place and not question.places
        if cues.shows("asks_speaker", question.folded):
            return None  # who gave a report stands at its head, or nowhere
        if question.commanded or of_all or (question.within and question.topics):
            return None
        worded = StructureAnswerer(self.searcher).worded(question, self._named(question, where))
        groups = self.groups(worded, self._named(question, where), scope)
        return QuoteAnswerer(self.searcher, self.lexicon).likeliest(
            question, worded, groups, least=least
        )

    def completed(
        self, question: Question, where: Filter, scope: Scope, answer: Answer, *, several: bool
    ) -> Answer:
        """Return an answer with what it leaves unsaid of a question, or what says it instead.

        Args:
            question: as it was asked.
            where: the reports that can hold the answer.
            scope: the places and what is known of them.
            answer: the answer, which is none of a table.
            several: whether the question asks several things.
        """
        quotations = QuoteAnswerer(self.searcher, self.lexicon)
        completer = Completer(quotations)
        left = completer.left(question, answer, several=several)
        apart = names_years_apart(question)
        if question.every_place or not (left or apart):
            return answer
        named = self._named(question, where)
        worded = StructureAnswerer(self.searcher).worded(question, named)
        groups = self.groups(worded, named, scope)
        if len(groups) != 1:
            return answer
        if left:
            answer = completer.completed(question, worded, groups[0], answer, left, several=several)
        if not apart:
            return answer
        return YearQuoter(quotations).told(question, worded, where, answer)

    def target_changes(self, question: Question) -> Answer | None:
        """Set the goals of two years side by side, if that is asked for and stated."""
        return FigureAnswerer(self.searcher.catalogue, self.lexicon).target_changes(question)

    def reckoned(self, question: Question, answer: Answer) -> Answer:
        """Return an answer with what can be calculated beside it, if that is asked for."""
        reckoner = Reckoner(self.searcher.catalogue, self.lexicon)
        if answer.abstained:
            return reckoner.year_before(question) or answer
        return reckoner.reckoned(question, answer)

    def beside(self, question: Question, answer: Answer) -> str:
        """Name the places without a report that a comparison would have to be with."""
        if not question.elsewhere or not answer.figures or question.operation not in _COMPARES:
            return ""
        places = self.abstainer.named(question.elsewhere, question.language)
        return phrase("not_indexed_beside", question.language, places=places)

    def _places(self, question: Question, where: Filter, scope: Scope) -> list[Region]:
        """Return the places whose figures are asked for."""
        if question.places:
            return list(question.places)
        places = [scope.gazetteer.get(code) for code in sorted(where.regions or scope.newest)]
        level = "province" if question.provinces else None
        return [
            place
            for place in places
            if place.level != "country" and (level is None or place.level == level)
        ]

    def reports_for(self, question: Question, given: Filter) -> Filter | None:
        """Return which reports can hold the answer, None if no report covers the years asked about.

        A report covers its own year, the year before, and every other that it names. Without a
        place there may be very many reports, and only the first two are looked for.
        """
        catalogue = self.searcher.catalogue
        if not question.places:
            if not question.years:
                return given
            near = _next_to(question.years)
            where = replace(given, years=given.years & near if given.years else near)
            return where if catalogue.count_reports(where) else None
        places = frozenset(region.code for region in question.places)
        where = replace(given, regions=places)
        if not question.years:
            return where if catalogue.count_reports(where) else None
        covering = catalogue.naming(where, question.years) | {
            report.id
            for report in catalogue.reports(where)
            if report.year is None or report.year.value in _next_to(question.years)
        }
        covering = covering or self._stating(question, where)
        return replace(where, reports=frozenset(covering)) if covering else None

    def _stating(self, question: Question, where: Filter) -> set[str]:
        """Return the reports that state a figure asked for of its years: 五年间从11万亿元增加到."""
        if not question.topics:
            return set()
        figures = self.searcher.catalogue.figures(
            where,
            regions=[place.code for place in question.places],
            indicators=[indicator.id for indicator in question.indicators],
            periods=[str(year) for year in question.years],
        )
        return {figure.report_id for figure in figures}

    def _named(self, question: Question, where: Filter) -> Filter:
        """Return the reports of the years that a question names reports by, if there are any."""
        named = frozenset(question.report_years)
        if not named:
            return where
        narrowed = replace(where, years=named & where.years if where.years else named)
        return (
            narrowed
            if narrowed.years and self.searcher.catalogue.count_reports(narrowed)
            else where
        )

    def groups(self, question: Question, where: Filter, scope: Scope) -> list[Filter]:
        """Part the reports by place where places are compared, else take them together."""
        if question.every_place:
            codes = sorted(where.regions or scope.newest)
        else:
            codes = [region.code for region in question.places]
        if len(codes) < 2:
            return [where]
        return [replace(where, regions=frozenset({code})) for code in codes[:_PLACES]]


def _asks_for_words(question: Question) -> bool:
    """Tell whether a question asks for words, so that a figure is not what is missing."""
    if question.wanted == "list" and not question.every_place:
        return True
    told = cues.shows("told", question.folded) and not cues.shows("number", question.folded)
    return told or asks_to_tell(question)


def _next_to(years: Sequence[int]) -> frozenset[int]:
    """Return the years in which reports are given that speak of `years`: those and the next."""
    return frozenset(year + later for year in years for later in (0, 1))
