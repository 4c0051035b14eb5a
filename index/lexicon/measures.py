"""Which measures of a figure are of one sort: growth, any change, an amount.

Knows the measures by name; what a figure measures is found in `index.figures`.
"""

from __future__ import annotations

from index.lexicon.qualifiers import says_decline
from index.types import FigureMeasure

GROWTH: frozenset[FigureMeasure] = frozenset({"growth_yoy", "growth_avg", "growth_cumulative"})
"""Measures of how much something grew, of itself."""

CHANGES: frozenset[FigureMeasure] = GROWTH | {"change"}
"""Measures of what something grew or fell by; their value has no sign, a decline keeps its verb."""

AMOUNTS: frozenset[FigureMeasure] = frozenset({"level", "count"})
"""Measures of how much or how many of something there is."""

SIZES: frozenset[FigureMeasure] = AMOUNTS | {"share", "ratio"}
"""Measures of how large something is, be it a part of something else."""


def is_downward(measure: str, qualifier: str | None) -> bool:
    """Tell whether a figure of this measure and qualifier says by how much something fell."""
    return measure in CHANGES and says_decline(qualifier)
