"""Calculates with figures: differences, ratios, shares, growth forward and yearly averages.

Every result is shown as a formula over its operands, rounded where it says ≈. Knows which figures
may be calculated with; not where they come from.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from assistant.answering.figures.lookup import Stated
from assistant.answering.figures.sentences import FigureVerbalizer
from assistant.answering.figures.wording import amount_english, plain
from assistant.prompts import phrase
from assistant.types import Question
from index.lexicon.units import comparable, convert


def difference(question: Question, one: Stated, other: Stated, verbalizer: FigureVerbalizer) -> str:
    """Say by how much two figures differ, with the formula."""
    language = question.language
    unit = one.figure.unit
    if not comparable(unit, other.figure.unit):
        return phrase("units_differ", language)
    first, second = sorted((one, other), key=lambda each: _in_unit(each, unit), reverse=True)
    value, subtracted = _in_unit(first, unit), _in_unit(second, unit)
    names = [_label(question, each, (one, other), verbalizer) for each in (first, second)]
    if value == subtracted:
        return phrase("equal", language, first=names[0], second=names[1])
    of_one = one.figure.indicator == other.figure.indicator
    named = {"indicator": verbalizer.measured(first.figure)} if of_one else {}
    return phrase(
        "higher" if of_one else "higher_indicator",
        language,
        **named,
        first=names[0],
        second=names[1],
        difference=written(value - subtracted, "个百分点" if unit == "%" else unit, verbalizer),
        formula=" − ".join(written(each, unit, verbalizer) for each in (value, subtracted))
        + f" = {written(value - subtracted, '个百分点' if unit == '%' else unit, verbalizer)}",
    )


def written(value: Decimal, unit: str, verbalizer: FigureVerbalizer) -> str:
    """Return a calculated value in the answer's language."""
    if verbalizer.composer.language == "en":
        return amount_english(value, unit)
    return verbalizer.composer.quoted(f"{plain(value)}{unit}")


def ratio(question: Question, one: Stated, other: Stated, verbalizer: FigureVerbalizer) -> str:
    """Say how many times one figure is the other, with the formula, rounded to two places."""
    language = question.language
    if not comparable(one.figure.unit, other.figure.unit) or not other.figure.value:
        return phrase("units_differ", language)
    unit = one.figure.unit
    value, divisor = _in_unit(one, unit), _in_unit(other, unit)
    times = (value / divisor).quantize(Decimal("0.01"), ROUND_HALF_UP)
    equals = "=" if times * divisor == value else "≈"
    return phrase(
        "ratio",
        language,
        first=_label(question, one, (one, other), verbalizer),
        second=_label(question, other, (one, other), verbalizer),
        times=plain(times),
        formula=f"{plain(value)} ÷ {plain(divisor)} {equals} {plain(times)}",
    )


def share(question: Question, one: Stated, other: Stated, verbalizer: FigureVerbalizer) -> str:
    """Say what part of the second figure the first is, with the formula."""
    language = question.language
    if not comparable(one.figure.unit, other.figure.unit) or not other.figure.value:
        return phrase("units_differ", language)
    unit = one.figure.unit
    percent, formula = part_of(_in_unit(one, unit), _in_unit(other, unit), unit, verbalizer)
    return phrase(
        "share",
        language,
        first=_label(question, one, (one, other), verbalizer),
        second=_label(question, other, (one, other), verbalizer),
        share=percent,
        formula=formula,
    )


def part_of(
    part: Decimal, whole: Decimal, unit: str, verbalizer: FigureVerbalizer
) -> tuple[str, str]:
    """Return what part of a whole something is in per cent, and the formula."""
    percent = (part / whole * 100).quantize(Decimal("0.1"), ROUND_HALF_UP)
    equals = "=" if percent * whole == part * 100 else "≈"
    share = f"{plain(percent).removesuffix('.0')}%"
    formula = " ÷ ".join(written(each, unit, verbalizer) for each in (part, whole))
    return share, f"{formula} {equals} {share}"


def projected(
    question: Question, level: Stated, growth: Stated, verbalizer: FigureVerbalizer
) -> str:
    """Say what an amount grows to, or grew from, at a rate that a report states.

    `growth` is of the year after `level` for the way forward, of the same year for the way back.
    """
    amount, rate = level.figure.value, growth.figure.value
    assert amount is not None
    assert rate is not None
    forward = growth.figure.years != level.figure.years
    factor = 1 + rate / 100
    result = amount * factor if forward else amount / factor
    rounded = result.quantize(Decimal("0.1"), ROUND_HALF_UP)
    unit = level.figure.unit
    sign, equals = ("×", "÷")[not forward], "=" if rounded == result else "≈"
    year = growth.figure.years[1] - (0 if forward else 1)
    return phrase(
        "projected",
        question.language,
        place=verbalizer.composer.place(level.figure.region),
        indicator=verbalizer.indicator(level.figure),
        year=year,
        value=written(rounded, unit, verbalizer),
        formula=f"{written(amount, unit, verbalizer)} {sign} (1 + {plain(rate)}%) {equals} "
        f"{written(rounded, unit, verbalizer)}",
    )


def average_growth(
    question: Question, one: Stated, other: Stated, verbalizer: FigureVerbalizer
) -> str:
    """Say the average annual growth between two amounts of different years."""
    first, last = sorted((one, other), key=lambda each: each.figure.years)
    start, end = first.figure.years[1], last.figure.years[1]
    unit = last.figure.unit
    if not comparable(first.figure.unit, unit):
        return phrase("units_differ", question.language)
    base, reached = _in_unit(first, unit), _in_unit(last, unit)
    rate = ((reached / base) ** (Decimal(1) / (end - start)) - 1) * 100
    rounded = rate.quantize(Decimal("0.1"), ROUND_HALF_UP)
    return phrase(
        "average_growth",
        question.language,
        place=verbalizer.composer.place(last.figure.region),
        indicator=verbalizer.indicator(last.figure),
        start=start,
        end=end,
        rate=f"{plain(rounded)}%",
        formula=f"({written(reached, unit, verbalizer)} ÷ {written(base, unit, verbalizer)})"
        f"^(1/{end - start}) − 1 ≈ {plain(rounded)}%",
    )


def _in_unit(stated: Stated, unit: str) -> Decimal:
    assert stated.figure.value is not None
    return convert(stated.figure.value, stated.figure.unit, unit)


def _label(
    question: Question, stated: Stated, both: tuple[Stated, Stated], verbalizer: FigureVerbalizer
) -> str:
    """Name a figure by what tells it from the other: place, indicator, or period and kind."""
    one, other = (each.figure for each in both)
    figure = stated.figure
    if one.region != other.region:
        return verbalizer.composer.place(figure.region)
    if one.indicator != other.indicator:
        return verbalizer.indicator(figure)
    period, kind = verbalizer.period(figure), verbalizer.kind(figure)
    return f"the {period} {kind}" if question.language == "en" else f"{period}{kind}"
