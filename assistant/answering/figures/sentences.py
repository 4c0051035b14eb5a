"""Answers in sentences of figures: each with place, period, kind, value, unit, qualifier and marks.

Knows how figures that were found are said and cited; choosing them is `lookup`'s, comparing and
calculating `comparisons`'.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering.composer import Composer
from assistant.answering.figures.lookup import Found, Stated
from assistant.answering.figures.wording import (
    period_english,
    period_words,
    predicate,
    predicate_english,
)
from assistant.prompts import phrase
from assistant.questions import cues
from assistant.types import Answer, AnswerFigure, Question, Reason
from index.lexicon.indicators import Lexicon
from index.lexicon.measures import GROWTH
from index.lexicon.qualifiers import says_decline
from index.lexicon.units import comparable, convert
from index.types import Figure


class FigureVerbalizer:
    """Says figures in one answer's language and gathers their citations and records."""

    def __init__(self, composer: Composer, lexicon: Lexicon) -> None:
        self.composer = composer
        self._lexicon = lexicon
        self.records: list[AnswerFigure] = []
        self._recorded: set[AnswerFigure] = set()

    def sentence(self, *stated: Stated, repeated: Sequence[Stated] = ()) -> str:
        """Say figures of one indicator, place and kind: the first in full, then the others.

        The reports in `repeated` state the first figure too and are cited beside it.
        """
        language = self.composer.language
        first = stated[0]
        words = phrase(
            "figure_target" if first.figure.kind == "target" else "figure_actual",
            language,
            place=self.composer.place(first.figure.region),
            period=self._when(first.figure),
            indicator=self.indicator(first.figure),
            predicate=self.predicate(first.figure),
            marks=self.marks(first, *repeated),
        )
        for other in stated[1:]:
            then = self.predicate(other.figure).removeprefix(self.composer.quoted("预计"))
            if other.figure.indicator != first.figure.indicator:
                space = " " if language == "en" else ""
                then = f"{self.indicator(other.figure)}{space}{then}"
            words += phrase("figure_then", language, predicate=then, marks=self.marks(other))
        return phrase("figure_sentence", language, words=words)

    def indicator(self, figure: Figure) -> str:
        """Name what a figure is of; in English with its Chinese name in brackets."""
        composer = self.composer
        if composer.language != "en":
            return composer.quoted(figure.indicator)
        if figure.indicator_id is None:
            return f"“{figure.indicator}”"
        return composer.indicator(self._lexicon.get(figure.indicator_id))

    def measured(self, figure: Figure) -> str:
        """Name what a figure measures: the indicator, or its growth."""
        name = self.indicator(figure)
        if figure.measure not in GROWTH:
            return name
        if self.composer.language == "en":
            return f"growth of {name}"
        return name + self.composer.quoted("年均增速" if figure.measure == "growth_avg" else "增速")

    def kind(self, figure: Figure) -> str:
        """Name a figure's kind: a target or a result."""
        if self.composer.language == "en":
            return "target" if figure.kind == "target" else "result"
        return self.composer.quoted("目标" if figure.kind == "target" else "完成")

    def period(self, figure: Figure) -> str:
        """Name the period of a figure."""
        return period_english(figure) if self.composer.language == "en" else period_words(figure)

    def _when(self, figure: Figure) -> str:
        """Say when a figure is of: 2023年, in 2023, on 5 January 2023."""
        if self.composer.language != "en":
            return period_words(figure)
        is_day = re.fullmatch(r"\d{4}-\d\d-\d\d", figure.period) is not None
        return f"{'on' if is_day else 'in'} {period_english(figure)}"

    def predicate(self, figure: Figure) -> str:
        """Say what a figure states of its indicator."""
        if self.composer.language == "en":
            return predicate_english(figure)
        return self.composer.quoted(predicate(figure))

    def marks(self, stated: Stated, *repeated: Stated) -> str:
        """Cite the clause of a figure and the words that announce it; record the figure."""
        marks = ""
        for each in (stated, *repeated):
            figure = each.figure
            marks += self.composer.cite(each.report, figure.span)
            if figure.context is not None:
                marks += self.composer.cite(each.report, figure.context)
        self._record(stated.figure, tuple(map(int, re.findall(r"\d+", marks))))
        return marks

    def _record(self, figure: Figure, marks: tuple[int, ...]) -> None:
        record = answer_figure(figure, marks)
        if record not in self._recorded:
            self._recorded.add(record)
            self.records.append(record)

    def answer(self, question: Question, text: str, reason: Reason | None = None) -> Answer:
        """Make the answer of what was said."""
        return Answer(
            question=question.text,
            language=question.language,
            text=text,
            abstained=reason is not None,
            reason=reason,
            citations=tuple(self.composer.citations),
            figures=tuple(self.records),
        )


def answer_figure(figure: Figure, marks: tuple[int, ...]) -> AnswerFigure:
    """Return the record of a figure that an answer states; its own clause's mark comes first."""
    return AnswerFigure(
        region=figure.region.name,
        indicator=figure.indicator,
        measure=figure.measure,
        kind=figure.kind,
        period=figure.period,
        value=figure.value_text,
        unit=figure.unit,
        qualifier=figure.qualifier or figure.wording,
        marks=marks,
    )


def say_found(question: Question, found: Sequence[Found], verbalizer: FigureVerbalizer) -> Answer:
    """Answer with the figures that were found, one sentence a topic and place."""
    language = question.language
    lines: list[str] = []
    for each in found:
        lines.append(verbalizer.sentence(*each.figures, repeated=each.repeated))
        lines.extend(
            phrase("figure_conflict", language, sentence=verbalizer.sentence(other))
            for other in each.conflicting
        )
        if each.other is not None:
            sentence = verbalizer.sentence(each.other)
            lines.append(phrase("figure_other", language, sentence=sentence))
    text = "\n\n".join(lines)
    figures = [stated.figure for each in found for stated in each.figures]
    if all(figure.value is None for figure in figures):
        return verbalizer.answer(
            question, phrase("no_number", language, sentence=text), "no_number"
        )
    if question.asks_why and not question.quantities and _contradicts(question, figures[0]):
        words = phrase("false_premise", language, sentence=text)
        return verbalizer.answer(question, words, "false_premise")
    if question.quantities and (question.asserted or question.commanded):
        if not any(_agrees(question, figure) for figure in figures) or _contradicts(
            question, figures[0]
        ):
            words = phrase("false_premise", language, sentence=text)
            return verbalizer.answer(question, words, "false_premise")
        if question.asks_why:
            words = phrase("no_reason_given", language, sentence=text)
            return verbalizer.answer(question, words, "not_stated")
    return verbalizer.answer(question, text)


def _contradicts(question: Question, figure: Figure) -> bool:
    """Tell whether the question takes a rise for a fall."""
    fell = cues.shows("fell", question.folded)
    return fell and figure.measure in GROWTH and not says_decline(figure.qualifier)


def _agrees(question: Question, figure: Figure) -> bool:
    """Tell whether the question states the value of a figure."""
    return figure.value is not None and any(
        comparable(quantity.unit, figure.unit)
        and convert(quantity.value, quantity.unit, figure.unit) == figure.value
        for quantity in question.quantities
    )


def say_targets(
    question: Question, targets: Sequence[Stated], verbalizer: FigureVerbalizer
) -> Answer:
    """List the targets of one place and period, each in the report's own words."""
    language = question.language
    first = targets[0].figure
    place = verbalizer.composer.place(first.region)
    lines = [phrase("targets", language, place=place, period=verbalizer.period(first))]
    for number, stated in enumerate(targets, 1):
        separator = ": " if language == "en" else ""
        words = (
            f"{verbalizer.indicator(stated.figure)}{separator}{verbalizer.predicate(stated.figure)}"
        )
        space = " " if language == "en" else ""
        lines.append(f"{number}. {words}{space}{verbalizer.marks(stated)}")
    return verbalizer.answer(question, "\n".join(lines))
