"""Deduces from figures told in one breath: a change, the year before, a part, a mean, a plan.

Each rule has what asks for it and what it needs; `RULES` are tried in order. Knows figures and
where they stand; not how the result is joined to an answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from itertools import combinations

from assistant.answering.figures.calculations import difference, part_of, written
from assistant.answering.figures.changes import BREATH, asks_change, in_one_breath
from assistant.answering.figures.lookup import Stated
from assistant.answering.figures.sentences import FigureVerbalizer, answer_figure
from assistant.answering.figures.wording import plain
from assistant.prompts import phrase
from assistant.questions import cues
from assistant.types import Answer, Question
from index.lexicon.measures import SIZES
from index.lexicon.qualifiers import says_decline
from index.lexicon.units import comparable, convert
from index.storage.catalogue import Catalogue
from index.types import Figure

Group = tuple[Stated, ...]
Line = tuple[str, tuple[Stated, ...]]
"""What was calculated, in words, and the figures it was calculated from."""


def _key(figure: Figure) -> tuple[str, str, str]:
    record = answer_figure(figure, ())
    return record.indicator, record.period, record.value


def _between(
    question: Question, near: Sequence[Stated], answer: Answer, verbalizer: FigureVerbalizer
) -> Line | None:
    """Return by how much the two figures of an answer differ, or the two ends of a change."""
    pair = _pair_stated(near, answer) or _ends(
        question, near, answer, verbalizer.composer.catalogue
    )
    if pair is None:
        return None
    one, other = pair
    return difference(question, one, other, verbalizer), pair


def _pair_stated(near: Sequence[Stated], answer: Answer) -> Group | None:
    """Return the two figures that an answer states, where they are of one kind of thing."""
    if len(answer.figures) != 2:
        return None
    keys = [(each.indicator, each.period, each.value) for each in answer.figures]
    found = {key: each for each in near if (key := _key(each.figure)) in keys}
    if len(found) != 2:
        return None
    one, other = found.values()
    of_one = one.figure.indicator == other.figure.indicator
    return (one, other) if of_one and _same_measure(one.figure, other.figure) else None


def _same_measure(one: Figure, other: Figure) -> bool:
    same = one.measure == other.measure or {one.measure, other.measure} <= SIZES
    return (
        same
        and one.value is not None
        and other.value is not None
        and (comparable(one.unit, other.unit))
    )


def _ends(
    question: Question, near: Sequence[Stated], answer: Answer, catalogue: Catalogue
) -> Group | None:
    """Return the ends of the change that a clause tells: 由3347元增加到6487元, the later first."""
    pairs: list[Group] = [
        (later, earlier)
        for earlier, later in combinations(near, 2)
        if _of_one_thing(earlier, later)
        and later.figure.kind != "target"
        and {earlier.figure.measure, later.figure.measure} <= SIZES
        and earlier.figure.years[1] < later.figure.years[1]
    ]
    pairs = _meant(question, pairs, answer, catalogue)
    return pairs[0] if len(pairs) == 1 else None


def _meant(
    question: Question,
    groups: Sequence[Group],
    answer: Answer,
    catalogue: Catalogue,
) -> list[Group]:
    """Return the groups of figures that a question is about.

    They are those of an indicator that it asks for, else those that it names, else, where it asks
    for no indicator, those that stand in the very words that the answer cites.
    """
    asked = {each.id for each in question.indicators}
    by_id = [each for each in groups if each[0].figure.indicator_id in asked]
    named = by_id or [each for each in groups if _is_named(question, each[0].figure)]
    if named:
        return named
    return [each for each in groups if _is_cited(each[0], answer, catalogue)]


def _is_cited(stated: Stated, answer: Answer, catalogue: Catalogue) -> bool:
    raw = catalogue.normalized(stated.report.id).raw_span(stated.figure.value_span)
    return any(
        each.document == stated.report.document and each.start <= raw.start and raw.end <= each.end
        for each in answer.citations
    )


def _is_named(question: Question, figure: Figure) -> bool:
    """Tell whether a question has most of the name of a figure's indicator."""
    name = figure.indicator
    pairs = [name[at : at + 2] for at in range(len(name) - 1)]
    return bool(pairs) and 2 * sum(each in question.folded for each in pairs) >= len(pairs)


def _of_one_thing(earlier: Stated, later: Stated) -> bool:
    same = earlier.figure.indicator == later.figure.indicator
    return same and in_one_breath(earlier, later)


def year_before(
    question: Question, near: Sequence[Stated], answer: Answer, verbalizer: FigureVerbalizer
) -> Line | None:
    """Return the value of the year before, from a value and by how much it changed.

    Of a year that the answer states itself there is nothing to calculate.
    """
    told = {year for each in answer.figures for year in each.years}
    if question.years and set(question.years) <= told:
        return None
    found: list[Group] = [
        (level, change)
        for level, change in combinations(near, 2)
        if _of_one_thing(level, change)
        and level.figure.measure in SIZES
        and change.figure.measure == "change"
        and level.figure.kind != "target"
        and level.figure.years == change.figure.years
        and level.figure.years[0] == level.figure.years[1]
        and _is_year_after(question, level.figure.years[1])
        and _ON_YEAR.search(_text_between(level, change, verbalizer))
    ]
    found = _meant(question, found, answer, verbalizer.composer.catalogue)
    if len(found) != 1:
        return None
    level, change = (each.figure for each in found[0])
    value, moved = _value(level), convert(_value(change), change.unit, level.unit)
    falls = says_decline(change.qualifier or "")
    language, unit = question.language, level.unit
    result = written(value + moved if falls else value - moved, unit, verbalizer)
    sign = "+" if falls else "−"
    operands = f"{written(value, unit, verbalizer)} {sign} {written(moved, unit, verbalizer)}"
    words = phrase(
        "year_before",
        language,
        place=verbalizer.composer.place(level.region),
        indicator=verbalizer.indicator(level),
        year=level.years[1] - 1,
        value=result,
        formula=f"{operands} = {result}",
    )
    return words, found[0]


def _is_year_after(question: Question, year: int) -> bool:
    """Tell whether a figure's year is the one after that asked about: 2022, where 2021 is."""
    if year - 1 in question.years:
        return True
    named = not question.years or year in question.years
    return named and cues.shows("asks_before", question.folded)


_ON_YEAR = re.compile(r"^[,(]?(?:同比|[比较]?上年|[比较]去年|[比较]前一年)[^,;。\d]{0,6}$")
"""What stands between a value and by how much it changed on the year before."""


def _text_between(one: Stated, other: Stated, verbalizer: FigureVerbalizer) -> str:
    text = verbalizer.composer.catalogue.normalized(one.report.id).text
    return text[one.figure.value_span.end : other.figure.value_span.start]


def _part(
    question: Question, near: Sequence[Stated], answer: Answer, verbalizer: FigureVerbalizer
) -> Line | None:
    """Return what part of a whole something is, where a clause tells both: 32个已化解24个."""
    if "%" in answer.text:
        return None
    for whole, part in combinations(near, 2):
        one, other = whole.figure, part.figure
        gap = other.value_span.start - one.value_span.end
        if one.report_id != other.report_id or not 0 <= gap < BREATH or one.unit != other.unit:
            continue
        between = _text_between(whole, part, verbalizer)
        is_due = one.indicator_id == _DUE and other.indicator_id == _PRESENT
        done = one.indicator == other.indicator and _DONE.fullmatch(between)
        if (is_due or done) and one.value and other.value and other.value <= one.value:
            share, formula = part_of(other.value, one.value, other.unit, verbalizer)
            words = phrase("part_of_whole", question.language, share=share, formula=formula)
            return words, (whole, part)
    return None


_DUE, _PRESENT = "deputies_due", "deputies_present"
_DONE = re.compile(r"[^\d,;。]{0,8},?(?:已|其中已?|实际)[^\d,;。]{0,8}")


def _yearly(
    question: Question, near: Sequence[Stated], answer: Answer, verbalizer: FigureVerbalizer
) -> Line | None:
    """Return what a sum over years comes to a year on average."""
    sums: list[Group] = [
        (each,)
        for each in near
        if each.figure.measure in ("level", "count")
        and each.figure.years[0] < each.figure.years[1]
        and each.figure.value is not None
    ]
    sums = _meant(question, sums, answer, verbalizer.composer.catalogue)
    if len(sums) != 1:
        return None
    figure = sums[0][0].figure
    years, language = figure.years[1] - figure.years[0] + 1, question.language
    mean = (_value(figure) / years).quantize(Decimal("0.01"), ROUND_HALF_UP)
    equals = "=" if mean * years == figure.value else "≈"
    result = written(mean, figure.unit, verbalizer)
    words = phrase(
        "each_year",
        language,
        value=result,
        formula=f"{written(_value(figure), figure.unit, verbalizer)} ÷ {years} {equals} {result}",
    )
    return words, sums[0]


def _planned(
    question: Question, near: Sequence[Stated], _: Answer, verbalizer: FigureVerbalizer
) -> Line | None:
    """Return what was planned, where a report tells how much of it was done: 完成任务的115%."""
    for done, share in combinations(near, 2):
        one, rate = done.figure, share.figure
        if not (one.report_id == rate.report_id and one.measure == "level" and rate.unit == "%"):
            continue
        between = _text_between(done, share, verbalizer)
        if len(between) < BREATH and _OF_PLAN.search(between) and rate.value and one.value:
            language = question.language
            plan = (one.value / rate.value * 100).quantize(Decimal("0.01"), ROUND_HALF_UP)
            result = written(plan, one.unit, verbalizer)
            amount = written(one.value, one.unit, verbalizer)
            words = phrase(
                "planned", language, value=result,
                formula=f"{amount} ÷ {plain(rate.value)}% ≈ {result}",
            )  # fmt: skip
            return words, (done, share)
    return None


_OF_PLAN = re.compile(r"^,?(?:超额)?(?:完成|为|占)[^,;。]{0,8}(?:任务|计划|目标|预算)[^,;。]{0,3}$")


def _value(figure: Figure) -> Decimal:
    assert figure.value is not None
    return figure.value


# What asks for it


def _asks_between(question: Question) -> bool:
    return asks_change(question) or cues.shows("asks_gap", question.folded)


def _asks_before(question: Question) -> bool:
    return bool(question.years) or cues.shows("asks_before", question.folded)


def _asks(cue: str) -> Callable[[Question], bool]:
    return lambda question: cues.shows(cue, question.folded)


RULES = (
    (_asks_before, year_before),
    (_asks("asks_plan_done"), _planned),
    (_asks("asks_yearly"), _yearly),
    (_asks("asks_rate"), _part),
    (_asks_between, _between),
)
"""What asks for each deduction, and the deduction."""
