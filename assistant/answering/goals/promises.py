"""The promise tracker: what a place set out to reach in a year, beside what it then reported.

A target and a result belong together when they are of one place, indicator, measure and year, and
the result stands in a later report. Knows nothing of how this is shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Literal

from assistant.answering.figures.lookup import Stated
from index.lexicon.indicators import load_lexicon
from index.lexicon.measures import AMOUNTS, CHANGES, is_downward
from index.lexicon.qualifiers import Sense, is_threshold, parted, senses_of
from index.lexicon.units import comparable, convert
from index.types import Figure, Region

Verdict = Literal["met", "missed", "not_comparable", "not_reported"]
"""What became of a target."""

Reason = Literal[
    "in_words", "other_measure", "other_unit", "part_of_year", "open", "no_later_report"
]
"""Why a target cannot be called met or missed.

`in_words`: one of the two has no number; `other_measure`: only another measure of the indicator is
reported, such as its amount for its growth; `other_unit`: the units do not compare; `part_of_year`:
only some months are reported; `open`: the result's own qualifier leaves it open (超过5% or 6%左右
where 6% was the target); `no_later_report`: no report of a later year is indexed.
"""


@dataclass(frozen=True, slots=True)
class Promise:
    """A target and what was reported of it.

    `result` is None where nothing was. `conflicting` are results that later reports state
    otherwise. `reason` is set for the verdicts not_comparable and, where there is no later report,
    not_reported.
    """

    target: Stated
    result: Stated | None
    verdict: Verdict
    reason: Reason | None = None
    conflicting: tuple[Stated, ...] = ()


_CEILING: frozenset[Sense] = frozenset({"ceiling", "under", "limited"})
_FLOOR: frozenset[Sense] = frozenset({"floor", "over", "reached", "striving"})
"""What a target's qualifier says where it is not to be exceeded, and where it is to be reached."""
_MORE: frozenset[Sense] = frozenset({"floor", "over", "reached"})
_LESS: frozenset[Sense] = frozenset({"ceiling", "under", "limited", "nearly"})
"""What a result's qualifier says where the true value may be more, and where it may be less."""


def years_tracked(stated: Iterable[Stated], region: Region) -> list[int]:
    """Return the years for which a place announced targets, the newest first."""
    return sorted({int(each.figure.period) for each in _announced(stated, region)}, reverse=True)


def track(stated: Iterable[Stated], region: Region, year: int) -> list[Promise]:
    """Return what became of the targets that a place announced for a year, in the report's order.

    Args:
        stated: figures of any place; those of others are passed over.
        region: the place.
        year: the year that the targets were set for.
    """
    own = [
        each for each in stated if each.figure.region.code == region.code and each.figure.is_sure
    ]
    targets = [each for each in _announced(own, region) if each.figure.period == str(year)]
    if not targets:
        return []
    announced = max(_given(each) for each in targets)
    targets = [each for each in targets if _given(each) == announced]
    later = [each for each in own if _given(each) > announced]
    results = [
        each for each in later if each.figure.kind == "actual" and each.figure.years == (year, year)
    ]
    return [_promise(target, results, bool(later)) for target in _distinct(targets)]


def _announced(stated: Iterable[Stated], region: Region) -> list[Stated]:
    """Return the place's own targets for a whole year that stand under words announcing them."""
    return [
        each
        for each in stated
        if each.figure.kind == "target"
        and each.figure.region.code == region.code
        and each.figure.context is not None
        and re.fullmatch(r"\d{4}", each.figure.period)
        # A report may be given in the last days of the year before; a plan for several years later
        # is no promise of the year.
        and _given(each) <= int(each.figure.period) <= _given(each) + 1
    ]


def _given(stated: Stated) -> int:
    """Return the year in which the report was given, 0 where that is not known."""
    return stated.report.given or 0


def _distinct(targets: Iterable[Stated]) -> list[Stated]:
    """Drop targets that stand a second time, in the report or in another copy of it."""
    kept: dict[object, Stated] = {}
    for target in targets:
        figure = target.figure
        key = (_name(figure), figure.measure, figure.value, figure.unit, figure.wording)
        kept.setdefault(key, target)
    return list(kept.values())


def _name(figure: Figure) -> str:
    return figure.indicator_id or figure.indicator


def _promise(target: Stated, results: Sequence[Stated], is_followed: bool) -> Promise:
    name = _name(target.figure)
    # A bare 县 or 项目 is not known to be of the same things in another report.
    is_bare = target.figure.indicator_id is None and len(name) < _BARE
    same = [] if is_bare else [each for each in results if _name(each.figure) == name]
    if not same:
        reason: Reason | None = None if is_followed else "no_later_report"
        return Promise(target, None, "not_reported", reason)
    ranked = sorted(same, key=lambda each: _rank(target.figure, each))
    result = ranked[0]
    reason = _obstacle(target.figure, result.figure)
    if reason is not None:
        return Promise(target, result, "not_comparable", reason)
    others = [each for each in ranked[1:] if _contradicts(each, result)]
    verdict = judged(target.figure, result.figure)
    if verdict is None:
        return Promise(target, result, "not_comparable", "open", tuple(others))
    return Promise(target, result, verdict, None, tuple(others))


_BARE = 4


def _rank(target: Figure, result: Stated) -> tuple[object, ...]:
    """Rank results: comparable ones first, then the first report after, in its own order."""
    figure = result.figure
    return (
        _obstacle(target, figure) is not None,
        figure.value is None,
        figure.measure not in CHANGES if target.measure == "qualitative" else False,
        figure.measure == "rank",
        "/" in figure.period,
        _given(result),
        is_threshold(figure.qualifier),
        figure.ordinal,
    )


def _obstacle(target: Figure, result: Figure) -> Reason | None:
    """Return what keeps a result from being held against a target."""
    if target.value is None or result.value is None:
        return "in_words"
    if _kind_of(target) != _kind_of(result):
        return "other_measure"
    if not comparable(target.unit, result.unit):
        return "other_unit"
    return None if result.period == target.period else "part_of_year"


def _kind_of(figure: Figure) -> str:
    return "amount" if figure.measure in AMOUNTS else figure.measure


def _contradicts(other: Stated, result: Stated) -> bool:
    """Tell whether another report states another value of the same."""
    one, two = other.figure, result.figure
    return (
        other.report.id != result.report.id
        and one.as_written == two.as_written
        and one.period == two.period
        and one.measure == two.measure
        and comparable(one.unit, two.unit)
        and one.value is not None
        and two.value is not None
        and convert(one.value, one.unit, two.unit) != two.value
    )


# Verdicts


def verdict_of(target: Figure, result: Figure) -> Verdict:
    """Return what became of a target, given the result of its year."""
    if _obstacle(target, result) is not None:
        return "not_comparable"
    return judged(target, result) or "not_comparable"


def judged(target: Figure, result: Figure) -> Verdict | None:
    """Hold a result against a target; None where the two do not compare or one leaves it open."""
    if _obstacle(target, result) in ("in_words", "other_measure", "other_unit"):
        return None
    slack = _slack(target)
    goal_low, goal_high = _bounds(target)
    low, high = (convert(bound, result.unit, target.unit) for bound in _reach(result))
    if _is_ceiling(target):
        limit = goal_high + slack
        return "met" if high <= limit else "missed" if low > limit else None
    limit = goal_low - slack
    return "met" if low >= limit else "missed" if high < limit else None


def _bounds(figure: Figure) -> tuple[Decimal, Decimal]:
    """Return the values of a range, or the one value twice; those of a decline are negative."""
    assert figure.value is not None
    values = sorted((figure.value, figure.upper if figure.upper is not None else figure.value))
    low, high = values
    return (-high, -low) if declines(figure) else (low, high)


def declines(figure: Figure) -> bool:
    """Tell whether the value of a change is one downward."""
    return is_downward(figure.measure, figure.qualifier) or (
        figure.measure in CHANGES and "降幅" in figure.clause
    )


def _is_ceiling(target: Figure) -> bool:
    senses = senses_of(target.qualifier)
    downward, upward = bool(senses & _CEILING), bool(senses & _FLOOR)
    if downward != upward:
        return downward is not declines(target)  # a decline of 3% or more is at most −3%
    return target.indicator_id in _lower_is_better()


@cache
def _lower_is_better() -> frozenset[str]:
    """Return the indicators whose target is a ceiling unless its own words say otherwise."""
    return frozenset(each.id for each in load_lexicon().all if each.better == "lower")


_ABOUT_SHARE = Decimal("0.02")
"""By how much of itself a target with 左右 may be missed: 6.9% is about 7%, 5.3% not about 5.5%.

The figure is this module's own: no rule is published. It follows how the State Council's reports
call targets reached, 7.4% of about 7.5% in 2014 and 6.9% of about 7% in 2015.
"""


def _slack(target: Figure) -> Decimal:
    assert target.value is not None
    return abs(target.value) * _ABOUT_SHARE if _is_about(target) else Decimal(0)


_BEYOND = Decimal("1e18")
_NEARLY = Decimal("0.1")
"""By how much of itself a number may be missed that 近 or 多 stands at."""


def _reach(result: Figure) -> tuple[Decimal, Decimal]:
    """Return between which values the true one lies, as far as the qualifier says."""
    low, high = _bounds(result)
    senses = senses_of(result.qualifier)
    if _is_about(result):
        return low - abs(low) * _ABOUT_SHARE, high + abs(high) * _ABOUT_SHARE
    more, less = bool(senses & _MORE), bool(senses & _LESS)
    if more == less:
        return low, high
    is_near = "nearly" in senses or bool(parted(result.qualifier).inside)
    if more is declines(result):
        return (low - abs(low) * _NEARLY if is_near else -_BEYOND), high
    return low, (high + abs(high) * _NEARLY if is_near else _BEYOND)


def _is_about(figure: Figure) -> bool:
    return "about" in senses_of(figure.qualifier)
