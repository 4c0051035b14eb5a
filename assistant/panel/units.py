"""One unit an indicator, so that its column can be calculated with; the source keeps its own.

Knows which unit an indicator's figures are brought to, and nothing of which figure is chosen.
"""

from __future__ import annotations

import re
from decimal import Decimal

from assistant.panel.types import Candidate, Measure
from assistant.queries.conditions import interval
from index.lexicon.indicators import Indicator
from index.lexicon.measures import SIZES
from index.lexicon.units import SCALES, comparable, convert, parted, share_of_one
from index.types import Figure, Report

PERCENT, POINTS, TIMES, _PERMILLE = "%", "个百分点", "倍", "‰"

_ON_THE_YEAR = re.compile(r"同比|比上年|较上年|比去年|较去年|上年同期")
_COMPARED = re.compile(r"[高低快慢好多少]于|[高低快]出")
_BOUND = re.compile(r"不[少低高多]于|不超过")
_CHANGES = re.compile(r"[增减升降涨]|提高|新|扩大|缩|压|(?<!不)[少低高多](?!于)")
_RATES = frozenset({"share", "pp_change"})
"""Measures of the lexicon that say that an indicator is a rate, which changes by points."""

_DIGITS = 6
"""Decimal places that a converted number keeps: 亩 in 平方公里 has no end."""


def measure_of(figure: Figure) -> Measure | None:
    """Return a figure's measure as the panel parts them; None: the panel does not hold it.

    Ranks (of growth or of size, in this circle or that), averages over years and what something
    is above another's are no value of a year.
    """
    if figure.measure == "qualitative":
        return "words"
    if figure.measure == "growth_yoy":
        return "growth"
    if figure.measure == "change" and _COMPARED.search(figure.qualifier or ""):
        return None
    if figure.measure == "change":
        return "level" if _is_bound_only(figure) else "change"
    if figure.measure not in SIZES:
        return None
    if comparable(figure.unit, PERCENT):
        return "share"
    return "ratio" if figure.measure == "ratio" else "level"


def _is_bound_only(figure: Figure) -> bool:
    """Tell whether nothing but its bound made a figure a change: 耕地保有量不少于5028万亩."""
    bound = _BOUND.search(figure.clause)
    return bound is not None and not _CHANGES.search(figure.clause)


def unit_for(figure: Figure, measure: Measure, indicator: Indicator) -> str | None:
    """Return the unit that a figure is brought to; None: its unit does not fit the indicator."""
    own = _whole(figure.unit, indicator)
    if measure == "words":
        return ""
    if measure == "growth":
        fits = comparable(own, PERCENT) or (
            comparable(own, TIMES) and _ON_THE_YEAR.search(figure.clause)
        )
        return PERCENT if fits else None
    if measure == "change" and share_of_one(own) is not None:
        return POINTS if _RATES & set(indicator.measures) else None
    if measure == "share" and own == PERCENT and indicator.units[:1] == (_PERMILLE,):
        return None  # a scraped 9.5％ for 9.5‰
    known = next((unit for unit in indicator.units if comparable(own, unit)), None)
    if known is not None:
        return known
    if measure == "share":
        return PERCENT
    return own if measure == "ratio" else None


def candidate(
    figure: Figure, report: Report, told: int, measure: Measure, indicator: Indicator
) -> Candidate | None:
    """Return a figure with its number in the unit of its row; None where its unit does not fit."""
    unit = unit_for(figure, measure, indicator)
    if unit is None:
        return None
    own = _whole(figure.unit, indicator)
    value, low, high = (_in_unit(each, own, unit) for each in _numbers(figure))
    return Candidate(figure, report, told, measure, unit, value, low, high)


def as_stated(figure: Figure, report: Report, told: int, measure: Measure) -> Candidate:
    """Return a figure with its number in its report's own unit."""
    return Candidate(figure, report, told, measure, figure.unit, *_numbers(figure))


def _numbers(figure: Figure) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    """Return a figure's number, the middle of a range, with what it may be at least and at most."""
    bounds = interval(figure)
    if bounds is None:
        return None, None, None
    ends = [end for end in (bounds.low, bounds.high) if end is not None]
    return sum(ends, Decimal(0)) / len(ends), bounds.low, bounds.high


def _in_unit(value: Decimal | None, unit: str, wanted: str) -> Decimal | None:
    if value is None:
        return None
    if unit != wanted and wanted == PERCENT and comparable(unit, TIMES):
        value = value * 100
    elif unit != wanted and wanted == POINTS:
        value = value * (share_of_one(unit) or 1) * 100
    elif unit != wanted:
        value = convert(value, unit, wanted)
    return plain(value)


def plain(value: Decimal) -> Decimal:
    """Return a number of at most six decimal places, without zeros at its end."""
    if value != value.to_integral():
        value = round(value, _DIGITS).normalize()
    return value.quantize(Decimal(1)) if value == value.to_integral() else value


def _whole(unit: str, indicator: Indicator) -> str:
    """Return a unit with the indicator's base where it is a scale only: 万亿 of 万亿元."""
    if not unit or not set(unit) <= SCALES.keys() or not indicator.units:
        return unit
    return unit + parted(indicator.units[0])[1]
