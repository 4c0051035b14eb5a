"""Says how far a result is from its goal, of a range from the nearer end.

Knows two figures and how a distance is said; whether the goal was met, `promises` decides.
"""

from __future__ import annotations

from decimal import Decimal

from assistant.answering.composer import Composer
from assistant.answering.figures.wording import amount_english, plain, rounded
from assistant.answering.goals.promises import verdict_of
from assistant.prompts import phrase
from assistant.queries.conditions import interval
from assistant.queries.figures import middle
from index.lexicon.units import comparable, convert
from index.types import Figure


def gap_in_words(target: Figure, result: Figure, composer: Composer) -> str:
    """Return by how much a result is above or below its goal; "" where the two don't compare."""
    if verdict_of(target, result) == "not_comparable":
        return ""
    unit, goal, reached = target.unit, interval(target), middle(result)
    if goal is None or reached is None or not comparable(result.unit, unit):
        return ""
    ends = sorted(end for end in (goal.low, goal.high) if end is not None)
    gap = _beyond(convert(reached, result.unit, unit), ends[0], ends[-1])
    language = composer.language
    if not gap:
        return phrase("gap_even" if ends[0] == ends[-1] else "gap_within", language)
    points = "个百分点" if unit == "%" else unit
    written = (
        amount_english(abs(gap), points)
        if language == "en"
        else composer.quoted(f"{plain(abs(gap))}{points}")
    )
    return phrase("gap_above" if gap > 0 else "gap_below", language, value=written)


def _beyond(number: Decimal, low: Decimal, high: Decimal) -> Decimal:
    """Return by how much a number is above a range, negative below it, 0 inside."""
    if low <= number <= high:
        return Decimal(0)
    return rounded(number - (high if number > high else low), 4)
