"""Whether a figure fulfils a condition, with three outcomes, as its qualifier leaves it open.

7%以上 is 7 or anything more, 7%以内 anything up to 7, 7%左右 near 7, 5.0%—5.5% something between.
Knows nothing of how a condition is worded.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.queries.types import Condition, Truth
from index.lexicon.measures import is_downward
from index.lexicon.qualifiers import Sense, senses_of
from index.lexicon.units import SCALES, comparable, convert
from index.types import Figure

_FLOOR: frozenset[Sense] = frozenset({"floor", "striving", "reached"})
_UNDER: frozenset[Sense] = frozenset({"under", "nearly"})
_CEILING: frozenset[Sense] = frozenset({"ceiling", "limited"})


@dataclass(frozen=True, slots=True)
class Interval:
    """What a figure may be: from `low` to `high`, None where it is open that way.

    `open_low` and `open_high` are true where the end itself is excluded; `about` where the value
    is only near.
    """

    low: Decimal | None
    high: Decimal | None
    open_low: bool = False
    open_high: bool = False
    about: bool = False

    @property
    def is_point(self) -> bool:
        """Whether the figure is one number and nothing else."""
        return self.low is not None and self.low == self.high and not self.about


def interval(figure: Figure) -> Interval | None:
    """Return what a figure may be, in its own unit; a decline is negative. None: no number."""
    if figure.value is None:
        return None
    value, upper = figure.value, figure.upper
    declines = is_downward(figure.measure, figure.qualifier)
    senses = senses_of(figure.qualifier)
    if upper is not None:
        ends = sorted((value, upper))
        return Interval(-ends[1], -ends[0]) if declines else Interval(ends[0], ends[1])
    found = Interval(value, value)
    if "about" in senses:
        found = Interval(value, value, about=True)
    elif senses & _FLOOR:
        found = Interval(value, None)
    elif "over" in senses:
        found = Interval(value, None, open_low=True)
    elif senses & _UNDER:
        found = Interval(None, value, open_high=True)
    elif senses & _CEILING:
        found = Interval(None, value)
    if not declines:
        return found
    low = None if found.high is None else -found.high
    high = None if found.low is None else -found.low
    return Interval(low, high, found.open_high, found.open_low, found.about)


def fulfils(figure: Figure, condition: Condition) -> Truth:
    """Tell whether a figure fulfils a condition on a number.

    A goal counts as the number that it sets: 5%以上 is not above 5.5 %. What is beyond the number
    of a floor, or near a result's approximation, cannot be told.
    """
    if condition.relation == "ranged":
        return "yes" if figure.upper is not None else "no"
    own = interval(figure)
    if own is None or condition.low is None:
        return "unknown"
    if condition.unit and not comparable(_whole(condition.unit, figure.unit), figure.unit):
        return "unknown"
    low = _in_unit(condition.low, condition.unit, figure.unit)
    if condition.relation == "between":
        assert condition.high is not None
        high = _in_unit(condition.high, condition.unit, figure.unit)
        if figure.kind == "target":
            own = _as_set(own, low)
        return _both(_at_least(own, low), _negated(_above(own, high)))
    if figure.kind == "target":
        own = _as_set(own, low)
    return _against(own, low, condition)


def _as_set(own: Interval, number: Decimal) -> Interval:
    """Return the number that a goal sets, but where its floor is the very number asked about."""
    ends = [end for end in (own.low, own.high) if end is not None]
    if len(set(ends)) > 1 or (not own.about and own.low != own.high and ends[0] == number):
        return own
    return Interval(ends[0], ends[0])


def compares(figure: Figure, other: Figure, condition: Condition) -> Truth:
    """Tell whether a figure stands to another one as a condition says, by the numbers written.

    Ranges that overlap, and equal numbers of which one is a floor or a ceiling, cannot be told.
    """
    one, two = interval(figure), interval(other)
    if one is None or two is None or not comparable(figure.unit, other.unit):
        return "unknown"
    mine = [end for end in (one.low, one.high) if end is not None]
    theirs = [
        _in_unit(end, other.unit, figure.unit) for end in (two.low, two.high) if end is not None
    ]
    if min(mine) > max(theirs):
        order = 1
    elif max(mine) < min(theirs):
        order = -1
    elif (one.is_point and two.is_point) or _sets_the_same(figure, other, mine, theirs):
        order = 0
    else:
        return "unknown"
    holds = {
        "above": order > 0,
        "at_least": order >= 0,
        "below": order < 0,
        "at_most": order <= 0,
        "equal": order == 0,
        "unequal": order != 0,
    }.get(condition.relation)
    return "unknown" if holds is None else "yes" if holds else "no"


def _sets_the_same(
    figure: Figure, other: Figure, mine: Sequence[Decimal], theirs: Sequence[Decimal]
) -> bool:
    """Tell whether two goals set the same numbers, however they are qualified."""
    return figure.kind == other.kind == "target" and sorted(set(mine)) == sorted(set(theirs))


def passes(figure: Figure, number: Decimal, unit: str) -> bool:
    """Tell whether a figure certainly reaches a number."""
    return fulfils(figure, Condition("at_least", number, None, unit)) == "yes"


def number_in(number: Decimal, unit: str, wanted: str) -> Decimal | None:
    """Return a condition's number in a unit (3000亿 in 亿元); None where the two do not compare."""
    if unit and not comparable(_whole(unit, wanted), wanted):
        return None
    return _in_unit(number, unit, wanted)


def _against(own: Interval, number: Decimal, condition: Condition) -> Truth:
    if condition.relation == "above":
        return _above(own, number)
    if condition.relation == "at_least":
        return _at_least(own, number)
    if condition.relation == "below":
        return _below(own, number)
    if condition.relation == "at_most":
        return _negated(_above(own, number))
    equal = _equal(own, number)
    return _negated(equal) if condition.relation == "unequal" else equal


def _above(own: Interval, number: Decimal) -> Truth:
    if own.about and own.low == number:
        return "unknown"
    if own.low is not None and (own.low > number or (own.low == number and own.open_low)):
        return "yes"
    return "no" if own.high is not None and own.high <= number else "unknown"


def _at_least(own: Interval, number: Decimal) -> Truth:
    return _negated(_below(own, number))


def _below(own: Interval, number: Decimal) -> Truth:
    if own.about and own.low == number:
        return "unknown"
    if own.high is not None and (own.high < number or (own.high == number and own.open_high)):
        return "yes"
    return "no" if own.low is not None and own.low >= number else "unknown"


def _equal(own: Interval, number: Decimal) -> Truth:
    if own.low == own.high == number:
        return "yes"  # also where it is only about that number, which is said with it
    outside = (own.low is not None and own.low > number) or (
        own.high is not None and own.high < number
    )
    at_open_end = (own.open_low and own.low == number) or (own.open_high and own.high == number)
    return "no" if outside or at_open_end else "unknown"


def _negated(truth: Truth) -> Truth:
    return {"yes": "no", "no": "yes", "unknown": "unknown"}[truth]  # type: ignore[return-value]


def _both(one: Truth, other: Truth) -> Truth:
    if "no" in (one, other):
        return "no"
    return "yes" if one == other == "yes" else "unknown"


def _whole(unit: str, wanted: str) -> str:
    """Return a unit with the base of another where it is a scale only: 万 beside 万人 is 万人."""
    if set(unit) <= SCALES.keys():
        return unit + wanted.lstrip("".join(SCALES))
    return unit


def _in_unit(value: Decimal, unit: str, wanted: str) -> Decimal:
    unit = _whole(unit, wanted)
    return convert(value, unit, wanted) if unit and unit != wanted else value
