"""Says which goals of a result were met, and how far each result is from its goal.

Knows how a verdict is said; how a result is held against a goal is decided in `promises`.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answering.composer import Composer, years_in_words
from assistant.answering.goals.gaps import gap_in_words
from assistant.answering.goals.promises import Verdict, verdict_of
from assistant.prompts import phrase
from assistant.queries.types import FigureResult, Row
from assistant.types import Language

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
        target, result = (cell.stated for cell in row.cells)
        gap = gap_in_words(target.figure, result.figure, self.composer) if target and result else ""
        return phrase(f"verdict_{self._verdict(row, 0)}", self.language) + gap

    def _verdict(self, row: Row, pair: int) -> Verdict:
        target, result = (cell.stated for cell in row.cells[2 * pair : 2 * pair + 2])
        if target is None or result is None:
            return "not_reported"
        return verdict_of(target.figure, result.figure)

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
