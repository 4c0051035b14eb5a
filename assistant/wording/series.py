"""Says how a run of years of one place went: its ends, its highest and lowest, its steps.

Each line is calculated from the figures that the table below it cites. Knows nothing of tables.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby, pairwise

from assistant.answering.composer import years_in_words
from assistant.answering.figures.wording import amount_english, plain, rounded
from assistant.prompts import phrase
from assistant.queries.conditions import number_in, passes
from assistant.queries.types import Condition, FigureResult, Row
from assistant.types import Language
from assistant.wording.values import first_of, in_unit, value_of


@dataclass(frozen=True, slots=True)
class _Year:
    """A year's figure as a number in the run's unit, and as it is written."""

    year: int
    number: Decimal
    written: str


class RunOfYears:
    """Tells the run of years of a result of one place and one column."""

    def __init__(
        self, result: FigureResult, language: Language, quoted: Callable[[str], str]
    ) -> None:
        self.language, self.quoted = language, quoted
        self.trends = result.query.trends
        self.rows = [row for row in result.rows if row.cells[0].stated is not None]
        self.unit = first_of(self.rows[0]).figure.unit if self.rows else ""
        self.years = sorted(self._numbered(self.rows), key=lambda each: each.year)

    def _numbered(self, rows: Sequence[Row]) -> Iterator[_Year]:
        for row in rows:
            number = in_unit(row, self.unit)
            if number is not None:
                written = value_of(first_of(row).figure, self.language, self.quoted)
                yield _Year(row.year, number, written)

    def lines(self) -> list[str]:
        """Return what is asked of the run, and its ends, a line each; none of fewer than two."""
        if len(self.years) < 2:
            return []
        lines = [self._change()]
        if len(self.years) > 2:
            lines += [self._end("highest"), self._end("lowest")]
        if "step" in self.trends:
            lines += [self._step("lowered"), self._step("raised")]
        else:
            lines += [self._against_before(way) for way in ("lowered", "raised") if self._asks(way)]
        if "held" in self.trends:
            lines.append(self._held())
        return list(filter(None, lines))

    def passed(self, condition: Condition) -> list[str]:
        """Return when each number of a condition was first reached, as far as years are stated."""
        rows = sorted(self.rows, key=lambda row: row.year)
        numbers = (condition.low or Decimal(0), *condition.further)
        return [self._first(rows, number, condition.unit) for number in numbers]

    def _first(self, rows: Sequence[Row], number: Decimal, unit: str) -> str:
        """Say in which year a number was first reached, and what is stated of the year before."""
        within = number_in(number, unit, self.unit)
        value = self._amount(number if within is None else within)
        reached = (n for n, row in enumerate(rows) if passes(first_of(row).figure, number, unit))
        at = next(reached, None)
        if at is None:
            return phrase("run_not_passed", self.language, value=value)
        values = {"value": value, "year": rows[at].year, "own": self._written(rows[at])}
        if not at:
            return phrase("run_passed_before", self.language, **values)
        before = rows[at - 1]
        values |= {"before": before.year, "other": self._written(before)}
        is_next = before.year + 1 == rows[at].year
        return phrase("run_passed" if is_next else "run_passed_gap", self.language, **values)

    def _written(self, row: Row) -> str:
        return value_of(first_of(row).figure, self.language, self.quoted)

    def _asks(self, way: str) -> bool:
        return way in self.trends and len(self.years) > 2

    # From the first year to the last

    def _change(self) -> str:
        first, last = self.years[0], self.years[-1]
        difference = last.number - first.number
        ends = {"first": first.year, "last": last.year}
        if not difference:
            return phrase("run_same", self.language, value=self._amount(last.number), **ends)
        way = "up" if difference > 0 else "down"
        formula = (
            f"{self._amount(last.number)} − {self._amount(first.number, inside=True)}"
            f" = {self._amount(difference, points=True)}"
        )
        return phrase(
            f"run_{way}",
            self.language,
            value=self._amount(abs(difference), points=True),
            formula=formula,
            times=self._times(first, last),
            **ends,
        )

    def _times(self, first: _Year, last: _Year) -> str:
        """Return how many times the first the last is, of amounts."""
        if self.unit == "%" or first.number <= 0 or last.number <= 0:
            return ""
        times = rounded(last.number / first.number, 2)
        part = rounded((last.number / first.number - 1) * 100, 1)
        return phrase(
            "run_times", self.language, first=first.year, times=plain(times), part=plain(part)
        )

    # The highest and the lowest

    def _end(self, end: str) -> str:
        number = (max if end == "highest" else min)(each.number for each in self.years)
        same = [each for each in self.years if each.number == number]
        if len(same) == len(self.years):
            return ""
        return phrase(
            f"run_{end}",
            self.language,
            years=years_in_words([each.year for each in same], self.language),
            value=" / ".join(dict.fromkeys(each.written for each in same)),
        )

    # Against the year before

    def _steps(self, way: str) -> list[tuple[_Year, _Year]]:
        sign = 1 if way == "raised" else -1
        return [
            (before, after)
            for before, after in pairwise(self.years)
            if (after.number - before.number) * sign > 0
        ]

    def _against_before(self, way: str) -> str:
        steps = self._steps(way)
        if not steps:
            return phrase(f"run_never_{way}", self.language)
        items = [self._item(before, after) for before, after in steps]
        return phrase(f"run_{way}", self.language, items=self._joined(items))

    def _step(self, way: str) -> str:
        steps = self._steps(way)
        if not steps:
            return phrase(f"run_never_{way}", self.language)
        largest = max(abs(after.number - before.number) for before, after in steps)
        items = [
            self._item(before, after)
            for before, after in steps
            if abs(after.number - before.number) == largest
        ]
        return phrase(f"run_most_{way}", self.language, items=self._joined(items))

    def _item(self, before: _Year, after: _Year) -> str:
        return phrase(
            "run_item",
            self.language,
            year=after.year,
            value=after.written,
            before=before.year,
            other=before.written,
            difference=self._amount(abs(after.number - before.number), points=True),
        )

    # One value for several years

    def _held(self) -> str:
        runs = [list(same) for _, same in groupby(self.years, key=lambda each: each.number)]
        items = [
            phrase(
                "run_held_item",
                self.language,
                first=run[0].year,
                last=run[-1].year,
                count=len(run),
                value=run[0].written,
            )
            for run in runs
            if len(run) > 1
        ]
        if not items:
            return phrase("run_never_held", self.language)
        return phrase("run_held", self.language, items=self._joined(items))

    # Words

    def _amount(self, value: Decimal, *, points: bool = False, inside: bool = False) -> str:
        """Return a number in the run's unit; a negative one in brackets `inside` a formula."""
        value = rounded(value, 4)
        unit = "个百分点" if points and self.unit == "%" else self.unit
        if self.language == "en":
            written = amount_english(abs(value), unit)
        else:
            written = self.quoted(f"{plain(abs(value))}{unit}")
        written = f"−{written}" if value < 0 else written
        return f"({written})" if inside and value < 0 else written

    def _joined(self, items: Sequence[str]) -> str:
        return ("; " if self.language == "en" else "；").join(items)
