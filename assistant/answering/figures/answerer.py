"""Answers a question that figures answer: which figures, what is done with them, what is said.

Reads the catalogue's figure table through `lookup`; where it has nothing to say it says so, and the
reports' own words are searched instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.answering.composer import Composer
from assistant.answering.figures.calculations import (
    average_growth,
    difference,
    projected,
    ratio,
    share,
)
from assistant.answering.figures.called import look_up_called
from assistant.answering.figures.changes import (
    asks_amount_of_change,
    asks_both_ends,
    asks_change,
    both_ends,
    other_end,
)
from assistant.answering.figures.comparisons import Row, beside, compare
from assistant.answering.figures.lookup import (
    Found,
    Stated,
    look_up,
    look_up_loosely,
    with_reports,
)
from assistant.answering.figures.measures import common_measure, measures_of
from assistant.answering.figures.sentences import FigureVerbalizer, say_found, say_targets
from assistant.answering.goals.fulfilment import say_fulfilled
from assistant.answering.goals.promises import judged, track, years_tracked
from assistant.answering.goals.target_changes import (
    say_target_changes,
    target_changes,
    years_compared,
)
from assistant.answering.quotes.asked import Word
from assistant.prompts import phrase
from assistant.questions import cues
from assistant.types import Answer, Measure, Question
from index.lexicon.indicators import Indicator, Lexicon
from index.lexicon.measures import SIZES
from index.lexicon.units import RATES
from index.storage.catalogue import Catalogue
from index.types import Filter, Kind, Region

_COMPARED = 6
"""Places up to which figures are compared in words; more are a question of analysis."""


@dataclass(frozen=True, slots=True)
class FigureAnswerer:
    """Answers from the figure table of one catalogue."""

    catalogue: Catalogue
    lexicon: Lexicon

    def answer(self, question: Question, where: Filter, places: Sequence[Region]) -> Answer | None:
        """Answer from the figures of `places` in the reports `where`.

        Returns:
            None where no figure answers: the words of the reports may.
        """
        if question.within:
            return None  # the figures are those of the place around it
        verbalizer = FigureVerbalizer(Composer(question.language, self.catalogue), self.lexicon)
        if question.operation == "targets" and len(places) == 1 and not question.topics:
            return self._targets(question, where, places[0], verbalizer)
        meets = question.operation == "met" and len(places) == 1
        if (
            question.wanted != "number"
            and not (question.asserted and question.topics)
            and not meets
        ):
            return None
        if question.operation == "met" and len(places) == 1 and len(question.topics) != 1:
            return self._fulfilled(question, places[0], verbalizer)
        few = len(question.topics) <= _OPERANDS
        if question.operation in _CALCULATED and len(places) == 1 and few:
            answer = self._calculated(question, where, places[0], verbalizer)
            if answer is not None:
                return answer
            if question.operation == "ratio" and len(question.years) > 1:
                return None  # the one of two years' figures is no ratio
        if question.operation == "project" and len(places) == 1:
            return self._projected(question, where, places[0], verbalizer)
        if 1 < len(places) <= _COMPARED and question.topics:
            return self._compared_all(question, where, places, verbalizer)
        if len(places) != 1:
            return None
        if asks_both_ends(question) and question.topics:
            told = [
                both_ends(question, self._stated(where, [places[0]], topic))
                for topic in question.topics
            ]
            lines = [verbalizer.sentence(each) for ends in told for each in ends]
            if lines:
                return verbalizer.answer(question, "\n\n".join(lines))
        found = self._found(question, where, places[0])
        answered = [each for each in found if each.figures]
        if question.operation == "share" and not any(_is_share(each) for each in answered):
            return None  # the whole is no answer to what part of it something is
        changed = self._changed(question, where, places[0], answered, verbalizer)
        if changed is not None:
            return changed
        if answered:
            return say_found(question, answered, verbalizer)
        if question.average and len(question.years) == 2:
            return self._averaged(question, where, places[0], verbalizer)
        derived = question.indicators[0].derived_from if question.topics else ()
        if derived:  # calculated where no report states it
            topics = tuple((self.lexicon.get(each),) for each in derived)
            asked = replace(question, topics=topics, operation="ratio", measure="level")
            return self._calculated(asked, where, places[0], verbalizer)
        return None

    def target_changes(self, question: Question) -> Answer | None:
        """Set the goals of two years side by side; None where that is not asked or not stated."""
        years = years_compared(question)
        if years is None:
            return None
        place = question.places[0]
        topic = [each for topic in question.topics for each in topic]
        changes = target_changes(self._stated(Filter(), [place], topic), years)
        if not changes:
            return None
        verbalizer = FigureVerbalizer(Composer(question.language, self.catalogue), self.lexicon)
        return say_target_changes(question, place, years, changes, verbalizer)

    def called(
        self, question: Question, words: Sequence[Word], where: Filter, places: Sequence[Region]
    ) -> Answer | None:
        """Answer an English question from the figures of what its `words` are called in Chinese."""
        looks_up = question.wanted == "number" and question.operation == "look_up"
        if question.language != "en" or not looks_up or len(places) != 1 or question.within:
            return None
        found = look_up_called(question, words, self._stated(where, places))
        if not found.figures:
            return None
        verbalizer = FigureVerbalizer(Composer(question.language, self.catalogue), self.lexicon)
        return say_found(question, [found], verbalizer)

    def nearest(self, question: Question, where: Filter, places: Sequence[Region]) -> Stated | None:
        """Return the figure closest to what was asked of one place, where none answers."""
        if len(places) != 1 or not question.topics or question.within:
            return None
        found = self._found(question, where, places[0])
        return next((each.nearest for each in found if each.nearest), None)

    # What there is

    def _stated(
        self, where: Filter, places: Sequence[Region], topic: Sequence[Indicator] = ()
    ) -> list[Stated]:
        figures = self.catalogue.figures(
            where,
            regions=[place.code for place in places],
            indicators=[indicator.id for indicator in topic],
        )
        return with_reports((each for each in figures if each.is_sure), self.catalogue)

    def _found(self, question: Question, where: Filter, place: Region) -> list[Found]:
        # What something costs is another indicator's figure beside its own.
        narrow = not cues.shows("money", question.folded)
        return [
            look_up_loosely(question, topic, self._stated(where, [place], topic if narrow else ()))
            for topic in question.topics or ((),)
        ]

    # What is done with it

    def _targets(
        self, question: Question, where: Filter, place: Region, verbalizer: FigureVerbalizer
    ) -> Answer | None:
        """List the targets of the year asked about, or else of the newest report."""
        stated = [each for each in self._stated(where, [place]) if each.figure.kind == "target"]
        announced = [each for each in stated if each.figure.context is not None]
        yearly = [each for each in announced if re.fullmatch(r"\d{4}", each.figure.period)]
        years = question.years or (max((_year(each) for each in yearly), default=0),)
        chosen = [each for each in yearly if _year(each) in years]
        if question.years:  # 年均增长10% until then belongs to the goals of the last year
            chosen = [each for each in announced if each.figure.years[1] in years]
        return say_targets(question, chosen, verbalizer) if chosen else None

    def _fulfilled(
        self, question: Question, place: Region, verbalizer: FigureVerbalizer
    ) -> Answer | None:
        """Tell what became of a place's goals of a year, or of those that are named."""
        stated = self._stated(Filter(), [place])
        years = question.years or tuple(years_tracked(stated, place))
        for year in years:
            promises = track(stated, place, year)
            named = {indicator.id for indicator in question.indicators}
            chosen = [
                each for each in promises if not named or each.target.figure.indicator_id in named
            ]
            if any(each.result for each in chosen):
                return say_fulfilled(question, place, year, chosen, verbalizer)
        return None

    def _compared_all(
        self,
        question: Question,
        where: Filter,
        places: Sequence[Region],
        verbalizer: FigureVerbalizer,
    ) -> Answer | None:
        """Compare each indicator that is asked for across places."""
        topics = question.topics[:1] if question.operation == "share" else question.topics
        answers = [self._compared(question, topic, where, places, verbalizer) for topic in topics]
        lines = [each.text for each in answers if each is not None]
        return verbalizer.answer(question, "\n\n".join(lines)) if lines else None

    def _compared(
        self,
        question: Question,
        topic: Sequence[Indicator],
        where: Filter,
        places: Sequence[Region],
        verbalizer: FigureVerbalizer,
    ) -> Answer | None:
        gathered: dict[str, list[Stated]] = {place.code: [] for place in places}
        for stated in self._stated(where, places, topic):
            gathered[stated.figure.region.code].append(stated)
        asked = replace(
            question, measure=question.measure or common_measure(question, topic, gathered)
        )
        rows = []
        for place in places:
            found = look_up(asked, topic, gathered[place.code])
            rows.append(Row(place, found.figures[0] if found.figures else None))
        others = [
            each
            for row in rows
            if row.stated is not None
            for each in beside(row.stated, topic, gathered[row.place.code])
        ]
        return compare(question, rows, verbalizer, beside=others)

    def _calculated(
        self, question: Question, where: Filter, place: Region, verbalizer: FigureVerbalizer
    ) -> Answer | None:
        """Calculate with two figures of one place: two indicators, years or kinds."""
        operands = self._operands(question, where, place)
        if operands is None:
            return None
        one, other = (each.figure for each in operands)
        if question.operation == "share" and one.indicator_id == other.indicator_id:
            return None  # a goal is no part of a result of the same
        say = {"ratio": ratio, "share": share}.get(question.operation, difference)
        lines = [say(question, *operands, verbalizer)]
        if question.operation == "met":
            reached = judged(operands[0].figure, operands[1].figure)
            lines[:0] = [phrase(reached, question.language)] if reached in ("met", "missed") else []
        lines += [verbalizer.sentence(each) for each in operands]
        return verbalizer.answer(question, "\n\n".join(lines))

    def _changed(
        self,
        question: Question,
        where: Filter,
        place: Region,
        answered: Sequence[Found],
        verbalizer: FigureVerbalizer,
    ) -> Answer | None:
        """Calculate by what amount something changed, from the two ends that a clause tells."""
        if len(question.topics) > 1 or not asks_change(question):
            return None
        levels = [each for each in answered if each.figures[0].figure.measure in SIZES]
        if not levels and (not answered or asks_amount_of_change(question)):
            found = self._found(replace(question, measure="level"), where, place)
            levels = [each for each in found if each.figures]
        head = levels[0].figures[0] if len(levels) == 1 else None
        start = other_end(head, self._stated(where, [place])) if head is not None else None
        if head is None or start is None:
            return None
        lines = [difference(question, head, start, verbalizer)]
        lines += [verbalizer.sentence(each) for each in (head, start)]
        return verbalizer.answer(question, "\n\n".join(lines))

    def _projected(
        self, question: Question, where: Filter, place: Region, verbalizer: FigureVerbalizer
    ) -> Answer | None:
        """Calculate an amount from the one a year away and the growth that is stated."""
        if not question.topics:
            return None
        back = bool(question.years) and self._one(question, where, place, "growth", "actual", 1)
        growth = back or self._one(question, where, place, "growth", "target", 0)
        if not growth:
            return None
        base = _year(growth) - (0 if back else 1)
        level = self._one(replace(question, years=(base,)), where, place, "level", "actual", 0)
        if level is None:
            return None
        lines = [
            projected(question, level, growth, verbalizer),
            verbalizer.sentence(level),
            verbalizer.sentence(growth),
        ]
        return verbalizer.answer(question, "\n\n".join(lines))

    def _one(
        self,
        question: Question,
        where: Filter,
        place: Region,
        measure: Measure,
        kind: Kind,
        later: int,
    ) -> Stated | None:
        """Return one figure of a measure and kind, of the years asked about moved by `later`."""
        years = tuple(year + later for year in question.years)
        asked = replace(question, measure=measure, kind=kind, years=years)
        found = look_up(asked, question.topics[0], self._stated(where, [place]))
        return next((each for each in found.figures if each.figure.value is not None), None)

    def _averaged(
        self, question: Question, where: Filter, place: Region, verbalizer: FigureVerbalizer
    ) -> Answer | None:
        """Calculate a yearly growth that no report states, from the amounts of two years."""
        asked = replace(question, average=False, measure="level", kind="actual")
        operands = [
            self._one(replace(asked, years=(year,)), where, place, "level", "actual", 0)
            for year in question.years
        ]
        one, other = operands
        if one is None or other is None:
            return None
        lines = [average_growth(question, one, other, verbalizer)]
        lines += [verbalizer.sentence(each) for each in (one, other)]
        return verbalizer.answer(question, "\n\n".join(lines))

    def _operands(
        self, question: Question, where: Filter, place: Region
    ) -> tuple[Stated, Stated] | None:
        if not question.topics:
            return None
        measures: Sequence[Measure] = (
            (question.measure,)
            if question.measure and question.operation != "share"
            else measures_of(question)
        )
        for measure in measures:
            for parts in self._parts(replace(question, measure=measure)):
                found = [
                    look_up(part, topic, self._stated(where, [place], topic))
                    for part, topic in parts
                ]
                one, other = (
                    next((each for each in part.figures if each.figure.value is not None), None)
                    for part in found
                )
                if one and other:
                    return one, other
        return None

    def _parts(self, question: Question) -> Iterator[list[tuple[Question, Sequence[Indicator]]]]:
        """Yield the pairs of questions whose figures are the operands, the likeliest first."""
        topic = question.topics[0]
        if len(question.topics) > 1:
            yield [(question, each) for each in question.topics[:2]]
            return
        goal = replace(question, kind="target", average=False)
        result = replace(question, kind="actual", average=False)
        if len(question.years) > 1:
            later, earlier = sorted(question.years, reverse=True)[:2]
            if cues.shows("target", question.folded):
                yield [
                    (replace(goal, years=(later,)), topic),
                    (replace(result, years=(earlier,)), topic),
                ]
            kinds: tuple[Kind, ...] = ("actual", "target")
            for kind in (question.kind,) if question.kind else kinds:
                alike = replace(question, kind=kind)
                yield [(replace(alike, years=(year,)), topic) for year in (later, earlier)]
            if self._is_ahead(question.places, later):  # no report can tell its result yet
                open_ = replace(question, kind=None)
                yield [(replace(open_, years=(year,)), topic) for year in (later, earlier)]
            return
        if not question.years:
            for year in self._years_of_results(result, topic):
                yield [(replace(each, years=(year,)), topic) for each in (goal, result)]
        yield [(goal, topic), (result, topic)]

    def _is_ahead(self, places: Sequence[Region], year: int) -> bool:
        """Tell whether no report of a place was given after a year."""
        of_places = Filter(regions=frozenset(place.code for place in places))
        reports = self.catalogue.reports(of_places)
        return all(report.year is None or report.year.value <= year for report in reports)

    def _years_of_results(self, result: Question, topic: Sequence[Indicator]) -> list[int]:
        """Return the years of which the places asked about state results, the newest first."""
        stated = self._stated(Filter(), result.places, topic)
        years = {_year(each) for each in stated if each.figure.kind == "actual"}
        return sorted(years, reverse=True)[:3]


def _is_share(found: Found) -> bool:
    return any(each.figure.unit in RATES for each in found.figures)


_CALCULATED = ("difference", "ratio", "share", "met", "compare")
"""What is done with two figures of one place."""
_OPERANDS = 2
"""Indicators that are calculated with; of more each figure is told."""


def _year(stated: Stated) -> int:
    return stated.figure.years[1]
