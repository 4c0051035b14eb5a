"""Tells the result of a figure query: a table, a list by value, and what was made of the column.

Nothing is left out in silence: places without a figure or without a report are named. Knows how
things are said; which rows there are was decided before.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from assistant.answering.figures.sentences import FigureVerbalizer
from assistant.answering.figures.wording import plain
from assistant.prompts import phrase
from assistant.queries.conditions import interval
from assistant.queries.types import FigureResult, Row, StatedFigure
from assistant.reading.reading import Reading
from assistant.types import Answer, Language, Question, Reason
from assistant.wording.coverage import missing
from assistant.wording.headings import Headings
from assistant.wording.series import RunOfYears
from assistant.wording.summaries import summed
from assistant.wording.values import first_of, rank_of, value_of
from assistant.wording.verdicts import Verdicts

_SHORT = 12
"""Places named one by one of which the whole order is told, not its end alone."""
_TABLE = 40
"""Rows up to which a table is shown; more are told as a list by value."""


class FigureTelling:
    """Tells one result in one language."""

    def __init__(
        self,
        question: Question,
        reading: Reading,
        result: FigureResult,
        verbalizer: FigureVerbalizer,
    ) -> None:
        self.question, self.reading, self.result = question, reading, result
        self.verbalizer, self.composer = verbalizer, verbalizer.composer
        self.language: Language = question.language
        self.query = result.query
        self.headings = Headings(result, verbalizer)
        self._verdicts = Verdicts(result, self.language, self.composer)
        self._made = summed(result, self.language, self.composer.quoted)

    def answer(self) -> Answer:
        """Return the answer: what was asked for first, then how complete it is."""
        told = [row for row in self.result.rows if row.cells[0].stated is not None]
        if not told and not any(row.cells[-1].stated for row in self.result.rows):
            return self._nothing()
        lines = [
            *self._assumed(),
            *self._told(),
            *missing(self.result, self.reading.unknown, self.composer),
        ]
        return self.verbalizer.answer(self.question, "\n\n".join(filter(None, lines)))

    def not_understood(self, ignored: Sequence[str]) -> Answer:
        """Return an answer that names what was not understood, and what could be told without."""
        words = phrase(
            "table_not_understood",
            self.language,
            words=self.composer.quoted("”“".join(ignored)),
            told=self.headings.heading().rstrip("：:"),
        )
        return Answer(self.question.text, self.language, words, True, "not_stated")

    # What is told

    def _told(self) -> list[str]:
        query, rows = self.query, self.result.rows
        compares = (
            len(query.columns) == 2 and query.condition is not None and query.columns[1].of is None
        )
        if query.condition is not None and "passed" in query.trends:
            run = RunOfYears(self.result, self.language, self.composer.quoted)
            return [self.headings.heading(), *run.passed(query.condition), self._table(rows)]
        if query.condition is not None:
            lines = self._fitting(against=compares)
            return [*lines, *self._made, *self._beside(rows)]
        if len(query.columns) > 1 or (len(query.years) > 1 and not query.newest):
            made = self._made
            if made and len(query.places.regions) > 1 and len(query.columns) == 1:
                return [self.headings.heading(), *made, *self._by_year()]
            return [
                self.headings.heading(),
                *self._run(),
                *self._verdicts.lines(),
                *made,
                self._table(rows),
            ]
        if query.order is not None:
            return [self.headings.heading(), *self._made, self._ranked()]
        if self.result.summaries:
            return [self.headings.heading(), *self._made, self._grouped(rows, "all_items")]
        if len(rows) <= _TABLE:
            return [self.headings.heading(), self._table(rows)]
        return [self.headings.heading(), self._grouped(rows, "all_items")]

    def _beside(self, rows: Sequence[Row]) -> list[str]:
        """Tell what is asked besides which rows fulfil a condition."""
        is_of_one = len(self.query.places.regions) == 1 and len(self.query.columns) == 1
        if self.query.trends or (is_of_one and 1 < len(self.query.years) <= _SHORT):
            return [*self._run(), self._table(rows)]
        is_ranked = self.query.order is not None and len(self.query.columns) == 1
        if is_ranked and not self.query.places.words and len(rows) <= _SHORT:
            return [self._ranked()]
        return []

    def _run(self) -> list[str]:
        """Say how a run of years of one place went."""
        if len(self.query.columns) > 1 or len(self.query.places.regions) > 1:
            return []
        return RunOfYears(self.result, self.language, self.composer.quoted).lines()

    # Tables and lists

    def _table(self, rows: Sequence[Row]) -> str:
        query = self.query
        if len(query.places.regions) > 1 < len(query.years) and len(query.columns) == 1:
            return self._pivot(rows)
        by_year = len(query.places.regions) == 1
        heads = [self._word("year" if by_year else "place")]
        if not by_year and len(query.years) > 1:
            heads.append(self._word("year"))
        heads += [self.headings.named(column) for column in query.columns]
        judges = query.judges and len(query.columns) == 2
        heads += [self._word("verdict")] if judges else []
        lines = [_line(heads), "|" + "---|" * len(heads)]
        for row in rows:
            cells = [str(row.year) if by_year else self.composer.place(row.place)]
            if not by_year and len(query.years) > 1:
                cells.append(str(row.year))
            cells += map(self._cell, (cell.stated for cell in row.cells))
            if judges:
                cells.append(self._verdicts.cell(row))
            lines.append(_line(cells))
        return "\n".join(lines)

    def _pivot(self, rows: Sequence[Row]) -> str:
        years = self.query.years
        lines = [
            _line([self._word("place"), *map(str, years)]),
            "|" + "---|" * (len(years) + 1),
        ]
        by_key = {(row.place.code, row.year): row for row in rows}
        for place in dict.fromkeys(row.place for row in rows):
            cells = [
                self._cell(by_key[place.code, year].cells[0].stated)
                if (place.code, year) in by_key
                else "—"
                for year in years
            ]
            lines.append(_line([self.composer.place(place), *cells]))
        return "\n".join(lines)

    def _cell(self, stated: StatedFigure | None) -> str:
        return "—" if stated is None else self._value(stated) + self._marks(stated)

    def _value(self, stated: StatedFigure) -> str:
        return value_of(stated.figure, self.language, self.composer.quoted)

    def _marks(self, stated: StatedFigure) -> str:
        space = " " if self.language == "en" else ""
        return space + self.verbalizer.marks(stated)

    def _word(self, key: str) -> str:
        words = {
            "year": ("年份", "Year"),
            "place": ("地区", "Place"),
            "verdict": ("是否达到", "Met?"),
        }[key]
        return words[1] if self.language == "en" else self.composer.quoted(words[0])

    def _grouped(self, rows: Sequence[Row], key: str, **values: object) -> str:
        """List rows by value: the value once, then every place or year that states it."""
        stated = [row for row in rows if row.cells[0].stated is not None]
        parts = []
        if len(self.query.places.regions) > 1:
            lowest = self.query.order == "lowest"
            stated.sort(key=lambda row: self._value(first_of(row)))
            stated.sort(key=rank_of, reverse=not lowest)
        for value, same in groupby(stated, key=lambda row: self._value(first_of(row))):
            names = self.composer.joined(
                [self._name(row) + self._marks(first_of(row)) for row in same]
            )
            parts.append(f"{value}: {names}" if self.language == "en" else f"{value}：{names}")
        items = ("; " if self.language == "en" else "；").join(parts)
        return phrase(key, self.language, items=items, count=len(stated), **values)

    def _name(self, row: Row) -> str:
        if len(self.query.places.regions) == 1:
            return str(row.year) if self.language == "en" else f"{row.year}年"
        name = self.composer.place(row.place)
        if len(self.query.years) == 1:
            return name
        return f"{name} ({row.year})" if self.language == "en" else f"{name}（{row.year}年）"

    # Conditions and ranks

    def _fitting(self, *, against: bool) -> list[str]:
        rows = [row for row in self.result.rows if row.cells[0].stated is not None]
        fits = [row for row in rows if row.truth == "yes"]
        unknown = [row for row in rows if row.truth == "unknown"]
        what = "what_years" if len(self.query.places.regions) == 1 else "what_places"
        values = {
            "count": len(rows),
            "what": phrase(what, self.language),
            "condition": self._condition(),
        }
        if fits and len(self.query.places.regions) > 1 and len(self.query.years) > 2:
            lines = [self._earliest(fits)]
        elif fits:
            items = self._items(fits, against=against)
            lines = [phrase("fitting", self.language, fits=len(fits), items=items, **values)]
        else:
            lines = [phrase("fitting_none", self.language, **values)]
        if unknown:
            items = self._items(unknown, against=against)
            lines.append(phrase("fitting_unknown", self.language, items=items))
        return [self.headings.heading(), *lines]

    def _earliest(self, fits: Sequence[Row]) -> str:
        """Say in which year each place first fulfils the condition, and in how many it does."""
        by_place: dict[str, list[Row]] = {}
        for row in sorted(fits, key=lambda row: row.year):
            by_place.setdefault(row.place.code, []).append(row)
        ordered = sorted(by_place.values(), key=lambda rows: rows[0].year)
        items = [
            phrase(
                "first_fitting",
                self.language,
                name=self._name(rows[0]),
                value=self._value(first_of(rows[0])) + self._marks(first_of(rows[0])),
                count=len(rows),
            )
            for rows in ordered
        ]
        condition, joined = self._condition(), self.composer.joined(items)
        return phrase("fitting_first", self.language, condition=condition, items=joined)

    def _items(self, rows: Sequence[Row], *, against: bool) -> str:
        if not against:
            ordered = sorted(rows, key=rank_of, reverse=True)
            if len(self.query.places.regions) == 1:
                ordered = sorted(rows, key=lambda row: row.year)
            return self.composer.joined(
                [
                    f"{self._name(row)}{' ' if self.language == 'en' else ''}"
                    f"{self._value(first_of(row))}{self._marks(first_of(row))}"
                    for row in ordered
                ]
            )
        than = self.headings.short(self.query.columns[1])
        parts = []
        for row in rows:
            other = row.cells[1].stated
            value = self._value(first_of(row)) + self._marks(first_of(row))
            words = phrase(
                "value_against",
                self.language,
                value=value,
                than=than,
                other="—" if other is None else self._value(other) + self._marks(other),
            )
            parts.append(f"{self._name(row)}{' ' if self.language == 'en' else ''}{words}")
        return self.composer.joined(parts)

    def _condition(self) -> str:
        condition = self.query.condition
        assert condition is not None
        if condition.relation == "ranged":
            value = ""
        elif condition.low is None:
            column = self.query.columns[1]
            value = self.headings.named(column)
            other = next(
                (row.cells[1].stated for row in self.result.rows if row.cells[1].stated), None
            )
            if column.of is not None and other is not None:
                value += (" " if self.language == "en" else "") + self._value(other)
                value += self._marks(other)
        else:
            ends = [condition.low] if condition.high is None else [condition.low, condition.high]
            joint = " and " if self.language == "en" else "—"
            value = joint.join(f"{plain(end)}{condition.unit}" for end in ends)
        return phrase(f"condition_{condition.relation}", self.language, value=value)

    def _ranked(self) -> str:
        query = self.query
        rows = [row for row in self.result.rows if row.cells[0].stated is not None]
        numbered = [row for row in rows if interval(first_of(row).figure) is not None]
        order = "descending" if query.order == "highest" else "ascending"
        if query.limit is None:
            words = phrase(f"order_{order}", self.language)
            return self._grouped(numbered, "ranked_list", order=words)
        kept = numbered[: query.limit]
        # Whoever ties with the last of those asked for belongs to them.
        kept += [
            row for row in numbered[query.limit :] if kept and rank_of(row) == rank_of(kept[-1])
        ]
        end = phrase(f"rank_{query.order}", self.language)
        stated = self._grouped_items(kept)
        first = phrase("first_ranks", self.language, end=end, items=stated)
        if query.places.words or len(numbered) == len(kept) or len(numbered) > _SHORT:
            return first
        words = phrase(f"order_{order}", self.language)
        return first + "\n\n" + self._grouped(numbered, "ranked_list", order=words)

    def _grouped_items(self, rows: Sequence[Row]) -> str:
        return (
            self._grouped(rows, "all_items")
            .split("：" if self.language != "en" else ": ", 1)[1]
            .rstrip("。.")
        )

    def _by_year(self) -> list[str]:
        lines = []
        for year in self.query.years:
            rows = [row for row in self.result.rows if row.year == year]
            if rows:
                lines.append(f"{year}: " + self._grouped(rows, "all_items"))
        return lines

    # How complete it is

    def _assumed(self) -> list[str]:
        keys = {
            "year": "assumed_year",
            "years": "assumed_years",
            "kind": f"assumed_{self.query.columns[0].kind}",
            "indicator": "assumed_indicator",
        }
        lines = [
            phrase(
                keys[each],
                self.language,
                **({"year": self.query.years[0]} if each == "year" else {}),
            )
            for each in self.reading.assumed
            if not (each == "indicator" and len(self.query.columns) > 2)
        ]
        return ["".join(lines) if self.language != "en" else " ".join(lines)]

    def _nothing(self) -> Answer:
        years = (", " if self.language == "en" else "、").join(map(str, self.query.years))
        words = phrase(
            "nothing_in_table",
            self.language,
            places=self.headings.places(),
            years=years,
            measured=self.headings.measured(),
        )
        lines = [
            *self._assumed(),
            words,
            *missing(self.result, self.reading.unknown, self.composer),
        ]
        text = "\n\n".join(filter(None, lines))
        reason: Reason = "no_report" if not self.result.coverage.silent else "not_stated"
        return self.verbalizer.answer(self.question, text, reason)


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"
