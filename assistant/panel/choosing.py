"""Which of the figures that reports state of one cell stands there as its target or its result.

The report that has to say it goes before others, the sentence that announces before one in
passing, the indicator's own name before a narrower or a wider one. Where nothing goes before, none
stands. Knows nothing of files and of columns.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from assistant.panel.names import likeness
from assistant.panel.types import Candidate
from index.lexicon.qualifiers import is_threshold, senses_of

_COUNTED = frozenset({"count", "change", "ratio"})
"""Measures of things of which a report tells many: 重点项目 of one programme and of another."""

_ROUND = 2
"""Digits up to which a number is a round one, a mark that is passed."""


def chosen(
    candidates: Sequence[Candidate], year: int, canonical: str
) -> tuple[Candidate | None, int]:
    """Return what stands in a cell, and how many other values the same report states for it.

    Args:
        candidates: figures of one place, year, indicator, measure, unit and kind; at least one.
        year: the cell's.
        canonical: the indicator's own name.

    Returns:
        The candidate, None where a report states several that nothing tells apart.
    """
    reported = min({_distance(each, year) for each in candidates})
    own = [each for each in candidates if _distance(each, year) == reported]
    passed = _passed(own)

    def rank(each: Candidate) -> tuple[float, ...]:
        figure = each.figure
        goal = figure.kind == "target"
        return (
            likeness(figure.as_written, canonical),
            float(goal and figure.context is not None),
            -float(id(each) in passed),
            -float("striving" in senses_of(figure.qualifier)),
        )

    best = max(rank(each) for each in own)
    first = [each for each in own if rank(each) == best]
    first.sort(key=lambda each: (each.report.document, each.figure.ordinal))
    others = len({_said(each) for each in own}) - 1
    several = len({_said(each) for each in first}) > 1
    if several and first[0].figure.measure in _COUNTED:
        return None, others
    return first[0], others


def stretch_of(stands: Candidate, candidates: Sequence[Candidate]) -> Decimal | None:
    """Return the second goal (力争) that stands beside a target, None where there is none."""
    for each in candidates:
        beside = each.report is stands.report and each.figure.context == stands.figure.context
        if (
            beside
            and each is not stands
            and 0 < each.figure.ordinal - stands.figure.ordinal <= 2
            and "striving" in senses_of(each.figure.qualifier)
        ):
            return each.value
    return None


def _distance(each: Candidate, year: int) -> int:
    """Return how far the report is from the one that has to say it: 0 is that one."""
    return abs(each.told - year)


def _passed(candidates: Sequence[Candidate]) -> set[int]:
    """Return the marks that were passed on the way: 5000 and 6000 of 突破5000亿元、6000亿元."""
    passed = set()
    since: dict[tuple[str, int], int] = {}
    for each in sorted(candidates, key=lambda each: each.figure.ordinal):
        figure = each.figure
        clause = (each.report.id, figure.span.start)
        if figure.kind == "target" or figure.value is None:
            continue
        if is_threshold(figure.qualifier):
            since[clause] = figure.ordinal
            passed.add(id(each))
        elif clause in since and _digits(figure.value) <= _ROUND:
            passed.add(id(each))
    return passed


def _digits(value: Decimal) -> int:
    return len(str(value).replace(".", "").strip("0-"))


def _said(each: Candidate) -> tuple[Decimal | None, Decimal | None, str | None]:
    return each.value, each.high, each.figure.wording
