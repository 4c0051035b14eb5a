"""Finds the two ends of a change that a report tells in one breath: 从4.39件增至9.40件.

Knows figures and where they stand; not how the change is worded.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering.figures.lookup import Stated
from assistant.questions import cues
from assistant.types import Question
from index.lexicon.measures import SIZES
from index.lexicon.units import comparable

_FROM_TO = re.compile(
    r"[从由](?:多少|几|什么)[^,。]{0,8}?(?:到|至|成|为)了?(?:多少|几|什么)"
    r"|\bfrom (?:what|how (?:much|many))\b.{0,30}\bto (?:what|how)|\bstart and end\b"
    r"|\bhow (?:did|has|have)\b.{3,80}\bchanged?\b|\bin absolute terms\b",
    re.IGNORECASE,
)
BREATH = 60
"""Characters within which figures are told in one breath."""


def asks_both_ends(question: Question) -> bool:
    """Tell whether a question asks from what to what something changed."""
    return bool(_FROM_TO.search(question.folded))


def asks_change(question: Question) -> bool:
    """Tell whether a question asks by what amount something changed."""
    return cues.shows("changed_by", question.folded)


def asks_amount_of_change(question: Question) -> bool:
    """Tell whether a question asks for the change in what is counted, not in per cent: 几块钱."""
    return bool(_IN_UNITS.search(question.folded))


_IN_UNITS = re.compile(r"(?:多少|几)[万亿]*(?:块|元|家|户|项|个(?!百分)|件|人|名|公里|张|所)")


def in_one_breath(earlier: Stated, later: Stated) -> bool:
    """Tell whether a report tells two amounts of comparable units, one close behind the other."""
    one, other = earlier.figure, later.figure
    return (
        earlier.report.id == later.report.id
        and 0 <= other.value_span.start - one.value_span.end < BREATH
        and one.value is not None
        and other.value is not None
        and comparable(one.unit, other.unit)
    )


def other_end(head: Stated, candidates: Sequence[Stated]) -> Stated | None:
    """Return the amount from which a figure's own rose or fell, told in the same breath, if any."""
    figure = head.figure
    if figure.kind == "target" or figure.measure not in SIZES:
        return None
    ends = [
        each
        for each in candidates
        if in_one_breath(each, head)
        and each.figure.indicator == figure.indicator
        and each.figure.measure in SIZES
        and each.figure.years[1] < figure.years[1]
    ]
    return max(ends, key=lambda each: each.figure.value_span.end, default=None)


def both_ends(question: Question, candidates: Sequence[Stated]) -> tuple[Stated, ...]:
    """Return the figures of the last year and of the first, with the growth between them if told.

    Args:
        question: what is asked; its plan or years decide where several changes are told.
        candidates: the figures of one place and indicator.

    Returns:
        Nothing where no report tells the two together.
    """
    sizes = [
        each
        for each in candidates
        if each.figure.kind != "target" and each.figure.measure in SIZES and each.figure.value
    ]
    pairs = [
        (later, earlier)
        for earlier in sizes
        for later in sizes
        if in_one_breath(earlier, later)
        and earlier.figure.years[1] < later.figure.years[1]
        and _fits(question, earlier.figure.years[1], later.figure.years[1])
    ]
    if not pairs:
        return ()
    later, earlier = max(pairs, key=lambda pair: (pair[0].figure.years[1], -_gap(*pair)))
    growth = [
        each
        for each in candidates
        if each.report.id == later.report.id
        and each.figure.measure == "growth_avg"
        and 0 <= each.figure.value_span.start - later.figure.value_span.end < BREATH
    ]
    return (later, earlier, *growth[:1])


def _gap(later: Stated, earlier: Stated) -> int:
    return later.figure.value_span.start - earlier.figure.value_span.end


def _fits(question: Question, first: int, last: int) -> bool:
    if question.span is not None:
        return last == question.span[1] and first in (question.span[0], question.span[0] - 1)
    return not question.years or last in question.years
