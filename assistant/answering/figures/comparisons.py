"""Compares figures of several places: a verdict, what stands in its way, and a table.

Knows which figures compare; not where they come from, nor how a difference is calculated.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.answering.figures.calculations import difference
from assistant.answering.figures.lookup import Stated
from assistant.answering.figures.sentences import FigureVerbalizer
from assistant.answering.figures.wording import value_english, value_words
from assistant.prompts import phrase
from assistant.questions import cues
from assistant.types import Answer, Language, Question
from index.lexicon.indicators import Indicator
from index.lexicon.measures import CHANGES
from index.lexicon.qualifiers import Sense, senses_of
from index.lexicon.units import comparable, convert
from index.types import Region

_OPEN_UPWARD: frozenset[Sense] = frozenset({"floor", "over", "reached", "striving"})
"""What a qualifier says where the true value may be more than the figure."""
_CLOSE = 60
"""Characters within which figures of kindred indicators are stated together."""
_SHOWN = 12
"""How many places a table shows."""


@dataclass(frozen=True, slots=True)
class Row:
    """A place with its figure, None where it states none."""

    place: Region
    stated: Stated | None


def compare(
    question: Question,
    rows: Sequence[Row],
    verbalizer: FigureVerbalizer,
    *,
    beside: Sequence[Stated] = (),
) -> Answer | None:
    """Compare one figure across places; None where no place states it.

    Figures that stand `beside` those compared are said after the table.
    """
    stated = [row for row in rows if row.stated and row.stated.figure.value is not None]
    if not stated:
        return None
    ordered = sorted(stated, key=_value_in_unit_of(stated[0]), reverse=True)
    if question.operation == "lowest":
        ordered.reverse()
    lines = [_verdict(question, ordered, verbalizer), *_notes(question, ordered, rows, verbalizer)]
    lines.append(_table(question, ordered, verbalizer))
    lines.extend(verbalizer.sentence(each) for each in beside)
    return verbalizer.answer(question, "\n\n".join(filter(None, lines)))


def _figure(row: Row) -> Stated:
    assert row.stated is not None
    return row.stated


def _value_in_unit_of(first: Row) -> Callable[[Row], Decimal]:
    """Return what gives a row's value in the unit of the first one, to be ordered by."""
    unit = _figure(first).figure.unit

    def value(row: Row) -> Decimal:
        figure = _figure(row).figure
        assert figure.value is not None
        if comparable(figure.unit, unit):
            return convert(figure.value, figure.unit, unit)
        return figure.value

    return value


def _verdict(question: Question, ordered: Sequence[Row], verbalizer: FigureVerbalizer) -> str:
    """Say what the comparison comes to, in one sentence."""
    language = question.language
    units = {_figure(row).figure.unit for row in ordered}
    first = _figure(ordered[0]).figure
    if not all(comparable(unit, first.unit) for unit in units):
        return phrase("units_differ", language)
    if len({_figure(row).figure.indicator_id for row in ordered}) > 1:
        return phrase("indicators_differ", language)
    lengths = {last - first for first, last in (_figure(row).figure.years for row in ordered)}
    if len({row_measure(row) for row in ordered}) > 1 or len(lengths) > 1:
        return phrase("spans_differ", language)
    if question.operation == "threshold" and question.quantities:
        return _fitting(question, ordered, verbalizer)
    if len(ordered) == 2 and question.operation in ("difference", "compare", "look_up"):
        return difference(question, _figure(ordered[0]), _figure(ordered[1]), verbalizer)
    if len(ordered) < 2 or question.operation == "look_up":
        return ""
    value = _value_in_unit_of(ordered[0])
    top = [row for row in ordered if value(row) == value(ordered[0])]
    return phrase(
        "extreme" if len(top) == 1 else "extreme_tied",
        language,
        places=verbalizer.composer.places([row.place for row in top]),
        indicator=verbalizer.measured(first),
        end=_END[question.operation == "lowest"][language == "en"],
        value=_value(_figure(ordered[0]), language),
    )


def beside(head: Stated, topic: Sequence[Indicator], candidates: Sequence[Stated]) -> list[Stated]:
    """Return the figures of a topic's other meanings that stand with the one that was chosen.

    Attendance is told as those due and those present: both are what the question means.
    """
    meant = {indicator.id for indicator in topic} - {head.figure.indicator_id}
    place = head.figure.value_span.start
    return [
        stated
        for stated in candidates
        if stated.report.id == head.report.id
        and stated.figure.indicator_id in meant
        and abs(stated.figure.value_span.start - place) < _CLOSE
    ]


def row_measure(row: Row) -> str:
    """Return what a row measures, amounts of all kinds being one."""
    measure = _figure(row).figure.measure
    return measure if measure in CHANGES or measure == "rank" else "amount"


_END = (("最高", "highest"), ("最低", "lowest"))


def _value(stated: Stated, language: Language) -> str:
    return value_english(stated.figure) if language == "en" else value_words(stated.figure)


def _fitting(question: Question, ordered: Sequence[Row], verbalizer: FigureVerbalizer) -> str:
    """Say which places pass a threshold, and of which it cannot be told."""
    language = question.language
    limit = question.quantities[0]
    downward = cues.shows("downward", question.folded)
    inclusive = cues.shows("inclusive", question.folded)
    fits: list[Row] = []
    unsure: list[Row] = []
    for row in ordered:
        figure = _figure(row).figure
        assert figure.value is not None
        if not comparable(figure.unit, limit.unit):
            continue
        value = convert(figure.value, figure.unit, limit.unit)
        exact = not downward and not cues.shows("upward", question.folded) and not inclusive
        if exact:
            fits.extend([row] if value == limit.value else [])
            continue
        open_upward = bool(senses_of(figure.qualifier) & _OPEN_UPWARD)
        beyond = value < limit.value if downward else value > limit.value
        if beyond or (inclusive and value == limit.value):
            fits.append(row)
        elif value <= limit.value and open_upward and not downward:
            unsure.append(row)

    def named(rows: Sequence[Row]) -> str:
        space = " " if language == "en" else ""
        return verbalizer.composer.joined(
            [
                f"{verbalizer.composer.place(row.place)}{space}{_value(_figure(row), language)}"
                f"{space}{verbalizer.marks(_figure(row))}"
                for row in rows
            ]
        )

    words = (
        phrase("above", language, places=named(fits)) if fits else phrase("none_above", language)
    )
    if unsure:
        words += phrase("uncertain", language, places=named(unsure))
    return words


def _notes(
    question: Question, ordered: Sequence[Row], rows: Sequence[Row], verbalizer: FigureVerbalizer
) -> list[str]:
    """Say what stands in the way of comparing, and which places state nothing."""
    language = question.language
    figures = [_figure(row).figure for row in ordered]
    notes = []
    if len({figure.kind == "target" for figure in figures}) > 1:
        notes.append(phrase("kinds_differ", language))
    elif len({figure.years for figure in figures}) > 1:
        notes.append(phrase("years_differ", language))
    silent = [row.place for row in rows if row not in ordered]
    if silent:
        notes.append(phrase("missing", language, places=verbalizer.composer.places(silent)))
    if len(ordered) > _SHOWN:
        notes.append(phrase("first_of", language, shown=_SHOWN, count=len(ordered)))
    return notes


_HEADINGS = (("地区", "时期"), ("Place", "Period"))


def _table(question: Question, ordered: Sequence[Row], verbalizer: FigureVerbalizer) -> str:
    """Return a Markdown table of the figures with their marks."""
    english = question.language == "en"
    place, period = (verbalizer.composer.quoted(word) for word in _HEADINGS[english])
    indicator = verbalizer.indicator(_figure(ordered[0]).figure)
    lines = [f"| {place} | {period} | {indicator} |", "|---|---|---|"]
    for row in ordered[:_SHOWN]:
        stated = _figure(row)
        lines.append(
            f"| {verbalizer.composer.place(row.place)} | {verbalizer.period(stated.figure)}"
            f"{' ' if english else ''}{verbalizer.kind(stated.figure)}"
            f" | {verbalizer.predicate(stated.figure)} {verbalizer.marks(stated)} |"
        )
    return "\n".join(lines)
