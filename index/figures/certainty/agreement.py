"""Whether what a report says of its goals agrees with the goals that it announces.

A second target for an announced one, told elsewhere and no higher aim, is most often of a part: of
a county, a park, a branch that was not understood as such. It is not sure then. Knows no text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from index.lexicon.qualifiers import senses_of
from index.types import Figure, Span

DOUBTED = 0.5
"""The certainty of what may as well be something else."""


def held_to_announced(figures: Sequence[Figure], announced: Sequence[Span]) -> list[Figure]:
    """Return the figures, those unsure that contradict an announced target.

    Args:
        figures: all those of a report.
        announced: the sentences that announce goals (主要预期目标是), in the order of the text.
    """
    told: dict[tuple[str | None, ...], list[tuple[Decimal, Decimal]]] = defaultdict(list)
    for figure in figures:
        if _is_target(figure) and figure.value is not None and _inside(figure, announced):
            told[_key(figure)].append((figure.value, figure.upper or figure.value))
    return [
        replace(figure, certainty=min(figure.certainty, DOUBTED))
        if _is_target(figure) and _contradicts(figure, told.get(_key(figure), ()))
        else figure
        for figure in figures
    ]


def _is_target(figure: Figure) -> bool:
    known = figure.kind == "target" and figure.indicator_id is not None
    return known and figure.measure in ("level", "growth_yoy", "growth_avg")


def _key(figure: Figure) -> tuple[str | None, ...]:
    return (
        figure.region.code, figure.indicator_id, figure.measure, figure.period, figure.unit
    )  # fmt: skip


def _inside(figure: Figure, announced: Sequence[Span]) -> bool:
    place = figure.value_span.start
    at = bisect_right(announced, place, key=lambda each: each.start) - 1
    return at >= 0 and place < announced[at].end


def _contradicts(figure: Figure, told: Sequence[tuple[Decimal, Decimal]]) -> bool:
    """Tell whether a target is none of those announced, nor between the two of a range."""
    value = figure.value
    if value is None or not told or "striving" in senses_of(figure.qualifier):
        return False
    return not any(low <= value <= high for low, high in told)
