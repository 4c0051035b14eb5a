"""Says which goals of a result were met, and how far each result is from its goal.

Knows how a verdict is said; how a result is held against a goal is decided in `promises`.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from assistant.answering.composer import Composer
from assistant.answering.figures.promises import Verdict, verdict_of
from assistant.answering.figures.wording import amount_english, plain
from assistant.prompts import phrase
from assistant.queries.conditions import interval
from assistant.queries.figures import middle
from assistant.queries.types import FigureResult, Row
from assistant.types import Language
from assistant.wording.values import rounded, years_in_words
from index.lexicon.units import comparable, convert

_LINES: dict[Verdict, str] = {
    "met": "all_met",
    "missed": "all_missed",
    "not_comparable": "all_open",
}


class Verdicts:
    """Tells what became of the goals in a result whose columns are goal and result."""

    def __init__(self, result: FigureResult, language: Language, composer: Composer) -> None:
        self.result, self.language, self.composer = result, language, composer

    def lines(self) -> list[str]:
        """Return which rows met their goal and which missed it, where that is asked."""
        query = self.result.query
        if not query.judges or len(query.columns) != 2:
            return []
        verdicts = {row: self._verdict(row) for row in self.result.rows}
        lines = []
        for verdict, key in _LINES.items():
            rows = [row for row, own in verdicts.items() if own == verdict]
            if rows:
                lines.append(phrase(key, self.language, items=self._names(rows)))
        if "missed" in verdicts.values() and "met" not in verdicts.values():
            lines.insert(0, phrase("none_met", self.language))
        return lines

    def cell(self, row: Row) -> str:
        """Return what became of a row's goal, and by how much the result is above or below it."""
        return phrase(f"verdict_{self._verdict(row)}", self.language) + self._gap(row)

    def _verdict(self, row: Row) -> Verdict:
        target, result = (cell.stated for cell in row.cells)
        if target is None or result is None:
            return "not_reported"
        return verdict_of(target.figure, result.figure)

    def _gap(self, row: Row) -> str:
        """Return how far a result is from its goal, of a range from the nearer end."""
        target, result = (cell.stated for cell in row.cells)
        if target is None or result is None or self._verdict(row) == "not_comparable":
            return ""
        unit = target.figure.unit
        goal, reached = interval(target.figure), middle(result.figure)
        if goal is None or reached is None or not comparable(result.figure.unit, unit):
            return ""
        ends = sorted(end for end in (goal.low, goal.high) if end is not None)
        gap = _beyond(convert(reached, result.figure.unit, unit), ends[0], ends[-1])
        if not gap:
            key = "gap_even" if ends[0] == ends[-1] else "gap_within"
            return phrase(key, self.language)
        points = "个百分点" if unit == "%" else unit
        written = (
            amount_english(abs(gap), points)
            if self.language == "en"
            else self.composer.quoted(f"{plain(abs(gap))}{points}")
        )
        way = "above" if gap > 0 else "below"
        return phrase(f"gap_{way}", self.language, value=written)

    def _names(self, rows: Sequence[Row]) -> str:
        if len(self.result.query.places.regions) == 1:
            return years_in_words([row.year for row in rows], self.language)
        if len(self.result.query.years) == 1:
            return self.composer.joined([self.composer.place(row.place) for row in rows])
        return self.composer.joined([f"{self.composer.place(r.place)} {r.year}" for r in rows])


def _beyond(number: Decimal, low: Decimal, high: Decimal) -> Decimal:
    """Return by how much a number is above a range, negative below it, 0 inside."""
    if low <= number <= high:
        return Decimal(0)
    return rounded(number - (high if number > high else low), 4)
