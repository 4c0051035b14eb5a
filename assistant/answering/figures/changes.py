"""Finds the two ends of a change that a report tells in one breath: 从4.39件增至9.40件.

Knows figures and where they stand; not how the change is worded.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering.figures.lookup import Stated
from assistant.types import Question
from index.lexicon.measures import SIZES
from index.lexicon.units import comparable

_FROM_TO = re.compile(
    r"[从由](?:多少|几|什么)[^,。]{0,8}?(?:到|至|成|为)了?(?:多少|几|什么)"
    r"|\bfrom (?:what|how (?:much|many))\b.{0,30}\bto (?:what|how)|\bstart and end\b"
    r"|\bhow (?:did|has|have)\b.{3,80}\bchanged?\b|\bin absolute terms\b",
    re.IGNORECASE,
)
_NEAR = 60
"""Characters within which a report tells both ends of a change."""


def asks_both_ends(question: Question) -> bool:
    """Tell whether a question asks from what to what something changed."""
    return bool(_FROM_TO.search(question.folded))


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
        if earlier.report.id == later.report.id
        and earlier.figure.years[1] < later.figure.years[1]
        and 0 <= later.figure.value_span.start - earlier.figure.value_span.end < _NEAR
        and comparable(earlier.figure.unit, later.figure.unit)
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
        and 0 <= each.figure.value_span.start - later.figure.value_span.end < _NEAR
    ]
    return (later, earlier, *growth[:1])


def _gap(later: Stated, earlier: Stated) -> int:
    return later.figure.value_span.start - earlier.figure.value_span.end


def _fits(question: Question, first: int, last: int) -> bool:
    if question.span is not None:
        return last == question.span[1] and first in (question.span[0], question.span[0] - 1)
    return not question.years or last in question.years
