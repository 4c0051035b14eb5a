"""Names what a result is of: its places, its years, its columns.

Knows names; the values are told elsewhere.
"""

from __future__ import annotations

from assistant.answering.figures.sentences import FigureVerbalizer
from assistant.prompts import phrase
from assistant.queries.types import Column, FigureResult
from index.types import Figure


class Headings:
    """Names a result and its columns in the language of the answer."""

    def __init__(self, result: FigureResult, verbalizer: FigureVerbalizer) -> None:
        self.result, self.query = result, result.query
        self.verbalizer, self.composer = verbalizer, verbalizer.composer
        self.language = self.composer.language

    def heading(self) -> str:
        """Return the line above all else: whose, when, of what."""
        query = self.query
        years, places = query.years, self.places()
        values = {"measured": self.measured()}
        if len(years) == 1:
            return phrase("table_of_places", self.language, places=places, year=years[0], **values)
        ends = {"first": years[0], "last": years[-1]}
        if len(query.places.regions) == 1:
            return phrase("table_of_years", self.language, place=places, **ends, **values)
        return phrase("table_of_both", self.language, places=places, **ends, **values)

    def places(self) -> str:
        """Name the places, by the words that the question calls them where there are many."""
        query = self.query
        if query.places.words and self.language != "en" and not query.places.words.isascii():
            return self.composer.quoted(query.places.words)
        if len(query.places.regions) > 4:
            return phrase("asked_places", self.language, count=len(query.places.regions))
        return self.composer.joined([self.composer.place(each) for each in query.places.regions])

    def measured(self, column: Column | None = None) -> str:
        """Name a column, or all of them."""
        columns = [column] if column else list(dict.fromkeys(self.query.columns))
        if len(columns) == 2 and columns[1].shift and columns[0].kind == columns[1].kind:
            columns = columns[:1]
        return self.composer.joined([self.named(each) for each in columns])

    def named(self, column: Column) -> str:
        """Name a column by indicator, measure and kind, as its own figures have them."""
        own = self._figures_of(column)
        grows = column.side == "growth" or (
            bool(own) and sum(f.measure == "growth_yoy" for f in own) * 2 > len(own)
        )
        key = f"measured_{'growth_' if grows else ''}{column.kind}"
        name = (
            self.verbalizer.indicator(own[0]) if own else self.composer.indicator(column.topic[0])
        )
        words = phrase(key, self.language, indicator=name)
        if column.shift and len(self.query.years) == 1:
            year = self.query.years[0] + column.shift
            return f"{words} of {year}" if self.language == "en" else f"{year}年{words}"
        if column.of is None:
            return words
        place = self.composer.place(column.of)
        return f"{place}'s {words}" if self.language == "en" else f"{place}{words}"

    def short(self, column: Column) -> str:
        """Name the column that the first is held against by what sets it apart."""
        first, year = self.query.columns[0], self.query.years[0] + column.shift
        if column.topic != first.topic or column.of is not None or len(self.query.years) > 1:
            return self.named(column)
        kind = "" if column.kind == first.kind else phrase(f"short_{column.kind}", self.language)
        if self.language == "en":
            return f"{year} {kind}".rstrip()
        return f"{year}年{kind}"

    def _figures_of(self, column: Column) -> list[Figure]:
        place = self.query.columns.index(column)
        return [
            row.cells[place].stated.figure  # type: ignore[union-attr]
            for row in self.result.rows
            if row.cells[place].stated is not None
        ]
