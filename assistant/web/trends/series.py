"""The rows of a panel that the page shows as a trend: one indicator, one measure, places by years.

Knows rows of the panel, nothing of how they are shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.panel.types import Measure, PanelRow, Side
from index.types import Kind, Region


@dataclass(frozen=True, slots=True)
class Trend:
    """One indicator and measure over places and years.

    `rows` are by place and year; `measures` says how many rows there are of each measure, also of
    those that are not shown.
    """

    measure: Measure
    unit: str
    rows: tuple[PanelRow, ...]
    measures: dict[Measure, int]

    @property
    def places(self) -> list[Region]:
        """The places, in the order of the rows."""
        return list({row.place.code: row.place for row in self.rows}.values())

    @property
    def years(self) -> list[int]:
        """The years of any row."""
        return sorted({row.year for row in self.rows})


def trend_of(rows: Iterable[PanelRow], measure: Measure | None) -> Trend | None:
    """Return the trend in the measure that is wanted, or else in the one that is usual.

    Units that rows of one measure do not share are told apart: the most frequent one is shown.
    Rows of which neither side has anything are left out.
    """
    stated = [row for row in rows if row.target.stated or row.result.stated or row.unsure]
    measures: Counter[Measure] = Counter(row.measure for row in stated)
    if not measures:
        return None
    shown = measure if measure is not None and measures[measure] else _first(measures)
    own = [row for row in stated if row.measure == shown]
    unit = Counter(row.unit for row in own).most_common(1)[0][0]
    kept = tuple(row for row in own if row.unit == unit)
    return Trend(shown, unit, kept, dict(measures))


def _first(measures: Counter[Measure]) -> Measure:
    """Return growth, where it is stated about as often as anything, else what is stated most."""
    most = max(measures, key=lambda each: (each != "words", measures[each]))
    return "growth" if 2 * measures["growth"] >= measures[most] else most


def usual_side(trend: Trend) -> Kind:
    """Return the side that more rows have a number on; results where both have as many."""
    return max(("actual", "target"), key=lambda kind: len(drawn(trend.rows, kind)))


def side_of(row: PanelRow, kind: Kind) -> Side:
    """Return a row's target or its result."""
    return row.target if kind == "target" else row.result


def drawn(rows: Sequence[PanelRow], kind: Kind) -> list[PanelRow]:
    """Return the rows that have a number on a side."""
    return [row for row in rows if side_of(row, kind).value is not None]
