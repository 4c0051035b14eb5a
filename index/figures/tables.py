"""Figures of tables in Markdown: a cell with the indicator of its row, the year of its column.

A table's rows are lines that begin and end with a bar, the first of them its header. A number is a
figure only where its row names an indicator, its column a year, and one of both, or a column of its
own, a unit; anything else cannot be told for certain. Knows nothing of prose.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from index.figures.amounts.written import unit_at
from index.figures.measures import Reading
from index.figures.periods import period
from index.figures.subjects.names import Names
from index.figures.subjects.subject import Subject
from index.lexicon import qualifiers
from index.lexicon.indicators import Lexicon
from index.lexicon.units import CLASSIFIERS
from index.reports.calendar import Calendar
from index.types import Figure, FigureKind, FigureMeasure, Region, Span


class TableReader:
    """Reads the rows of a report's tables, line by line; the last header holds until prose comes.

    Args:
        report_id: the report's.
        region: whose figures they are.
        calendar: the years as the report sees them.
        lexicon: the indicators to know by name.
    """

    def __init__(
        self, report_id: str, region: Region, calendar: Calendar, lexicon: Lexicon
    ) -> None:
        self._report_id, self._region = report_id, region
        self._calendar, self._lexicon = calendar, lexicon
        self._header: _Header | None = None

    def read(self, line: str, offset: int) -> list[Figure] | None:
        """Return the figures of a row that begins at `offset`; None where it is prose."""
        if not (len(line) > 1 and line[0] == "|" and line[-1] == "|"):
            self._header = None
            return None
        cells = _cells(line)
        place = Span(offset, offset + len(line))
        if (header := _header_of(cells, place, self._calendar)) is not None:
            self._header = header
            return []
        if not any(_VALUE.fullmatch(cell.text) for cell in cells[1:]):
            return None  # a sentence to a cell
        if self._header is None or len(cells) != self._header.width:
            return []
        return list(self._figures(line, cells, self._header, offset))

    def _figures(
        self, line: str, cells: Sequence[_Cell], header: _Header, offset: int
    ) -> Iterator[Figure]:
        name = cells[header.names]
        subject = _subject(line, name, self._lexicon)
        if subject is None:
            return
        of_row = cells[header.units].text if header.units is not None else ""
        for index, column in header.columns.items():
            cell = cells[index]
            found = _VALUE.fullmatch(cell.text)
            if found is None:
                continue
            unit = found["unit"] or column.unit or ("" if column.growth else of_row)
            unit = unit or ("%" if column.growth else _unit_in(name.text))
            reading = _reading(subject.as_written, unit, column, self._calendar)
            if reading is None:
                continue
            declines = _DECLINE.search(subject.as_written) and not column.growth
            end = cell.start + found.end("unit" if found["unit"] else "number")
            yield Figure(
                report_id=self._report_id,
                ordinal=0,
                region=self._region,
                indicator=subject.name,
                indicator_id=subject.indicator.id if subject.indicator else None,
                as_written=subject.as_written,
                measure=reading.measure,
                kind=reading.kind,
                period=reading.period,
                value=Decimal(found["number"].replace(",", "")),
                upper=None,
                unit=unit,
                qualifier="下降" if declines else None,
                wording=None,
                span=Span(offset + min(name.start, cell.start), offset + max(name.end, cell.end)),
                value_span=Span(offset + cell.start, offset + end),
                context=header.place,
            )


@dataclass(frozen=True, slots=True)
class _Cell:
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Column:
    """What the header of a column of values says: of when, and whether a growth.

    `first` and `last` are the years, `sums` tells that they are added up; `unit` is "" where the
    header has none.
    """

    first: int
    last: int
    sums: bool
    growth: FigureMeasure | None
    goal: bool
    unit: str


@dataclass(frozen=True, slots=True)
class _Header:
    """The header of a table: where its names and units stand, and what its other columns are of."""

    place: Span
    width: int
    names: int
    units: int | None
    columns: dict[int, _Column]


def _header_of(cells: Sequence[_Cell], place: Span, calendar: Calendar) -> _Header | None:
    """Return what a row says as the header of a table; None where it is none."""
    names = next((i for i, cell in enumerate(cells) if _NAMES.fullmatch(cell.text)), None)
    if names is None:
        return None
    units = next((i for i, cell in enumerate(cells) if _UNITS.fullmatch(cell.text)), None)
    columns: dict[int, _Column] = {}
    years: list[int] = []
    for index, cell in enumerate(cells):
        if index in (names, units):
            continue
        column = _column(cell.text, years, calendar)
        if column is not None:
            columns[index] = column
            years.append(column.last)
    return _Header(place, len(cells), names, units, columns)


_NAMES = re.compile(r"(?:主要|经济|统计|考核)?(?:指标|项目)(?:名称)?|名称")
_UNITS = re.compile(r"(?:计量)?单位")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)年?(?![\d-])")
_GROWTH = re.compile(r"增[长速幅减]|±%")
_FIVE = re.compile(r"[五5]年(?P<sums>累计|合计)?(?P<mean>平均|年均)?")
_GOAL = re.compile(r"目标|计划|预期")
_IN_BRACKETS = re.compile(r"\(([^()]*)\)")


def _column(text: str, years: Sequence[int], calendar: Calendar) -> _Column | None:
    unit = _unit_in(text)
    year, five = _YEAR.search(text), _FIVE.search(text)
    if five and (five["sums"] or five["mean"]) and calendar.done in years:
        growth: FigureMeasure | None = "growth_avg" if five["mean"] else None
        if five["mean"] and not _GROWTH.search(text):
            return None
        return _Column(calendar.done - 4, calendar.done, bool(five["sums"]), growth, False, unit)
    grows = _GROWTH.search(text) is not None
    last = int(year[1]) if year else years[-1] if grows and years else None
    if last is None or five or (grows and unit != "%"):
        return None
    goal = _GOAL.search(text) is not None
    return _Column(last, last, False, "growth_yoy" if grows else None, goal, unit)


def _unit_in(text: str) -> str:
    """Return the unit that stands in brackets, "" for none: 地区生产总值(亿元)."""
    for found in _IN_BRACKETS.finditer(text):
        unit = unit_at(found[1], 0)
        if unit.base and unit.end == len(found[1]):
            return unit.written
    return ""


_VALUE = re.compile(
    r"(?P<number>-?\d+(?:,\d{3})*(?:\.\d+)?)(?P<unit>%|‰)? ?(?:\((?:可比价|现价|同口径)\))?"
)
_FALLS = "|".join(qualifiers.declines_written())
_DECLINE = re.compile(rf"(?:{_FALLS})率?$")
_CHANGES = re.compile(rf"(?:(?<!自然)增长|增速|增幅|{_FALLS})率?$")
_SHARES = re.compile(r"率|比重|占比|比例|覆盖面|程度")


def _reading(name: str, unit: str, column: _Column, calendar: Calendar) -> Reading | None:
    """Return what a value measures and of when; None where that is not certain."""
    measure: FigureMeasure
    if unit == "" or (column.growth and unit != "%"):
        return None
    several = column.first < column.last
    if column.growth:
        measure = column.growth
    elif unit in ("%", "‰"):
        if _CHANGES.search(name):
            measure = "growth_cumulative" if several else "growth_yoy"
        elif several or not _SHARES.search(name):
            return None
        else:
            measure = "share"
    else:
        measure = "count" if unit.lstrip("十百千万亿") in CLASSIFIERS else "level"
    kind: FigureKind = "target" if column.goal or column.last > calendar.done else "actual"
    if column.sums and kind == "actual":
        kind = "cumulative"
    return Reading(measure, kind, period(column.first, column.last))


def _subject(line: str, name: _Cell, lexicon: Lexicon) -> Subject | None:
    words = _IN_BRACKETS.sub("", name.text).strip()
    if not _HAN.search(words):
        return None
    stop = name.start + len(words) if name.text.startswith(words) else name.end
    names = Names(line, lexicon)
    whole = _CHANGES.sub("", words)
    indicator = names.known(words) or names.known(whole)
    return Subject(indicator.zh if indicator else words, indicator, words, name.start, stop)


_HAN = re.compile(r"[\u4e00-\u9fff]{2}")


def _cells(line: str) -> list[_Cell]:
    """Return the cells of a row, without the blanks around them."""
    cells = []
    start = 1
    for found in re.finditer(r"\|", line[1:]):
        end = found.start() + 1
        text = line[start:end]
        begin = start + len(text) - len(text.lstrip())
        cells.append(_Cell(text.strip(), begin, begin + len(text.strip())))
        start = end + 1
    return cells
