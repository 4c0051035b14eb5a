"""Says which goals of a result were met, and how far each result is from its goal.

Knows how a verdict is said; how a result is held against a goal is decided in `promises`.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from assistant.answering.composer import Composer, years_in_words
from assistant.answering.figures.wording import amount_english, plain
from assistant.answering.goals.promises import Verdict, verdict_of
from assistant.prompts import phrase
from assistant.queries.conditions import interval
from assistant.queries.figures import middle
from assistant.queries.types import FigureResult, Row
from assistant.types import Language
from assistant.wording.values import rounded
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
        """Return which goals were met and which missed, where that is asked."""
        query = self.result.query
        if not query.judges or len(query.columns) % 2:
            return []
        judged = [
            (row, pair, self._verdict(row, pair))
            for row in self.result.rows
            for pair in range(len(query.columns) // 2)
        ]
        lines = []
        for verdict, key in _LINES.items():
            found = [(row, pair) for row, pair, own in judged if own == verdict]
            if found:
                items = self._names(found)
                if len(found) > 1:
                    items = phrase("counted", self.language, items=items, count=len(found))
                lines.append(phrase(key, self.language, items=items))
        verdicts = {verdict for _, _, verdict in judged}
        if len(judged) > 1 and "missed" in verdicts and "met" not in verdicts:
            lines.insert(0, phrase("none_met", self.language))
        return lines

    def cell(self, row: Row) -> str:
        """Return what became of a row's goal, and by how much the result is above or below it."""
        return phrase(f"verdict_{self._verdict(row, 0)}", self.language) + self._gap(row)

    def _verdict(self, row: Row, pair: int) -> Verdict:
        target, result = (cell.stated for cell in row.cells[2 * pair : 2 * pair + 2])
        if target is None or result is None:
            return "not_reported"
        return verdict_of(target.figure, result.figure)

    def _gap(self, row: Row) -> str:
        """Return how far a result is from its goal, of a range from the nearer end."""
        target, result = (cell.stated for cell in row.cells)
        if target is None or result is None or self._verdict(row, 0) == "not_comparable":
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

    def _names(self, found: Sequence[tuple[Row, int]]) -> str:
        """Name the goals: by year, by place, and by indicator where several are asked of."""
        query = self.result.query
        if len(query.columns) > 2:
            return self.composer.joined([self._named(row, pair) for row, pair in found])
        rows = [row for row, _ in found]
        if len(query.places.regions) == 1:
            return years_in_words([row.year for row in rows], self.language)
        if len(query.years) == 1:
            return self.composer.joined([self.composer.place(row.place) for row in rows])
        return self.composer.joined([f"{self.composer.place(r.place)} {r.year}" for r in rows])

    def _named(self, row: Row, pair: int) -> str:
        query = self.result.query
        name = self.composer.indicator(query.columns[2 * pair].topic[0])
        if len(query.places.regions) > 1:
            name = f"{self.composer.place(row.place)} {name}"
        return name if len(query.years) == 1 else f"{row.year} {name}"


def _beyond(number: Decimal, low: Decimal, high: Decimal) -> Decimal:
    """Return by how much a number is above a range, negative below it, 0 inside."""
    if low <= number <= high:
        return Decimal(0)
    return rounded(number - (high if number > high else low), 4)
