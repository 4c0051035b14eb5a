"""What a panel is made of: what is asked for, a row, and the two sides of it.

Knows neither how a figure is chosen for a side nor how a row is written to a file.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from index.lexicon.indicators import Indicator
from index.types import Figure, Region, Report, Span

Measure = Literal["growth", "level", "share", "ratio", "change", "words"]
"""What is measured of an indicator: its growth on the year before, its amount or number, its part
of something else, its multiple of something else, what it changed by, or a goal or result in
words, which has no number."""

Status = Literal["stated", "in_words", "unsure", "several", "not_stated", "no_report"]
"""What is known of a side: a number, words; figures of which none may be told as this side, or of
which none goes before the others; nothing in the report that would say it; no such report."""

Why = Literal["kind", "several", "unit", "period", "name"]
"""Why a figure is told as neither target nor result: it is not sure which it is; the report states
several and none goes before; its unit does not fit the indicator; it may be of another year or of
several; its name may be of something else or of a part."""


@dataclass(frozen=True, slots=True)
class PanelQuery:
    """Which rows are asked for; an empty side is open.

    `regions` are administrative codes, `years` those that the figures are of, `indicators` ids of
    the lexicon.
    """

    regions: frozenset[str] = frozenset()
    years: frozenset[int] = frozenset()
    indicators: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A figure that may stand in a cell, its number in the unit of its row.

    `value` is the middle of a range, negative for a decline; `low` and `high` are what the figure
    may be (see `assistant.queries.conditions.interval`). `told` is the last year that its report
    looks back on, for a target the year that it plans.
    """

    figure: Figure
    report: Report
    told: int
    measure: Measure
    unit: str
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None


@dataclass(frozen=True, slots=True)
class Stood:
    """A candidate that stands in a row, with the raw characters of its clause."""

    candidate: Candidate
    span: Span
    quote: str


@dataclass(frozen=True, slots=True)
class Side:
    """Target or result of a row: `stated` is set where `status` is "stated" or "in_words".

    `others` counts the other values that the same report states for this cell, `stretch` is a
    second and higher goal set beside a target (力争).
    """

    status: Status
    stated: Stood | None = None
    others: int = 0
    stretch: Decimal | None = None

    @property
    def value(self) -> Decimal | None:
        """Its number, None where there is none."""
        return None if self.stated is None else self.stated.candidate.value


@dataclass(frozen=True, slots=True)
class PanelRow:
    """One place, year, indicator and measure.

    `revision` is the target less the target of the year before, `gap` the result less the target,
    both in `unit`, for % in percentage points; None where a number is missing. `unsure` is a figure
    of this cell that is told as neither side, `why` says what keeps it from it.
    """

    place: Region
    year: int
    indicator: Indicator
    measure: Measure
    unit: str
    target: Side
    result: Side
    revision: Decimal | None
    gap: Decimal | None
    unsure: Stood | None
    why: Why | None
