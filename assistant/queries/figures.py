"""Evaluates figure queries over the catalogue: which figure fills a cell, and what columns sum to.

The selecting is SQL's: only figures of the places, indicators, kinds and years asked for are read.
Knows no words of questions or answers.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.queries.conditions import compares, fulfils, interval
from assistant.queries.types import (
    Aggregate,
    Cell,
    Column,
    Coverage,
    FigureQuery,
    FigureResult,
    Gap,
    Row,
    Side,
    StatedFigure,
    Summary,
)
from index import deadline
from index.lexicon.measures import CHANGES, SIZES
from index.lexicon.qualifiers import is_threshold, senses_of
from index.lexicon.units import comparable, convert, parted, size_of
from index.reports.calendar import calendar_of
from index.storage.catalogue import Catalogue
from index.types import Figure, FigureMeasure, Filter, Region, Report

_SIDES: dict[Side, frozenset[FigureMeasure]] = {
    "growth": frozenset({"growth_yoy"}),
    "level": SIZES,
}
_IN_WORDS = "qualitative"
_Key = tuple[str, int]


def evaluate(query: FigureQuery, catalogue: Catalogue, given: Filter) -> FigureResult:
    """Return every row of `query`, over the reports that `given` lets through."""
    columns = [_cells(*column) for column in _with_sides(query, catalogue, given)]
    reported = _reported(query, catalogue, given)
    rows: list[Row] = []
    silent: list[tuple[Region, int]] = []
    missing: list[tuple[Region, int]] = []
    for place, year in query.pairs():
        deadline.check()
        key = (place.code, year)
        cells = tuple(
            _cell(key if column.of is None else (column.of.code, year), column, found, reported)
            for column, found in columns
        )
        if all(
            c.stated is None or column.of for c, (column, _) in zip(cells, columns, strict=True)
        ):
            nothing = all(cell.gap == "no_report" for cell in cells)
            (missing if nothing else silent).append((place, year))
            continue
        rows.append(_judged(query, Row(place, year, cells)))
    ordered = _ordered(query, rows)
    return FigureResult(
        query=query,
        rows=tuple(ordered),
        summaries=tuple(_summary(each, ordered) for each in query.aggregates),
        coverage=Coverage(len(query.pairs()), tuple(silent), tuple(missing)),
    )


def _cell(
    key: _Key,
    column: Column,
    found: Mapping[_Key, StatedFigure],
    reported: tuple[set[_Key], set[_Key]],
) -> Cell:
    return Cell(found[key]) if key in found else Cell(None, _gap(key, column, reported))


def _judged(query: FigureQuery, row: Row) -> Row:
    if query.condition is None:
        return row
    first = row.cells[0].stated
    if first is None:
        return Row(row.place, row.year, row.cells, "unknown")
    if query.condition.low is not None or query.condition.relation == "ranged":
        return Row(row.place, row.year, row.cells, fulfils(first.figure, query.condition))
    second = row.cells[1].stated if len(row.cells) > 1 else None
    if second is None:
        return Row(row.place, row.year, row.cells, "unknown")
    truth = compares(first.figure, second.figure, query.condition)
    return Row(row.place, row.year, row.cells, truth)


# Which figure fills a cell


def _read(
    column: Column, query: FigureQuery, catalogue: Catalogue, given: Filter
) -> list[StatedFigure]:
    """Return the figures that may fill a column's cells."""
    figures = catalogue.figures(
        Filter(reports=given.reports, years=given.years),
        regions=[place.code for place in _places(column, query)],
        indicators=[indicator.id for indicator in column.topic],
        kinds=[column.kind],
        periods=[str(year + column.shift) for year in query.years],
    )
    stating = frozenset(figure.report_id for figure in figures)
    reports = (
        {report.id: report for report in catalogue.reports(Filter(reports=stating))}
        if stating
        else {}
    )
    parts = told_of_parts(figures)
    stated = [
        StatedFigure(figure, reports[figure.report_id])
        for figure in figures
        if figure.is_sure
        and (figure.report_id, figure.ordinal) not in parts
        and _is_own(figure, reports.get(figure.report_id))
    ]
    return _without_plans(stated) if query.judges else stated


def _without_plans(stated: Sequence[StatedFigure]) -> list[StatedFigure]:
    """Leave out what earlier plans set for years that have goals of their own."""
    of_plans = [_is_of_a_plan(each.figure, each.report) for each in stated]
    own = {
        (each.figure.region.code, each.figure.period)
        for each, of_plan in zip(stated, of_plans, strict=True)
        if not of_plan
    }
    return [
        each
        for each, of_plan in zip(stated, of_plans, strict=True)
        if not of_plan or (each.figure.region.code, each.figure.period) not in own
    ]


def _is_of_a_plan(figure: Figure, report: Report) -> bool:
    """Tell whether a goal of a year was set in an earlier one, as a plan's of several years."""
    calendar = calendar_of(report)
    return figure.kind == "target" and (calendar is None or str(calendar.ahead) != figure.period)


def _places(column: Column, query: FigureQuery) -> Sequence[Region]:
    return query.places.regions if column.of is None else [column.of]


def _is_own(figure: Figure, report: Report | None) -> bool:
    """Tell whether a figure is told by a report of its place: not a district's by its province."""
    if report is None:
        return False
    return report.region is None or report.region.value.code == figure.region.code


def _with_sides(
    query: FigureQuery, catalogue: Catalogue, given: Filter
) -> list[tuple[Column, list[StatedFigure]]]:
    """Return the columns with what may fill them; one that is open gets the side most state."""
    found = {column: _read(column, query, catalogue, given) for column in query.columns}
    sides: dict[str, Side] = {}
    # Two columns of one indicator are of one measure, which the goals decide.
    for column in sorted(found, key=lambda column: column.kind != "target"):
        side = column.side or _common_side(column, found[column])
        sides.setdefault(column.topic[0].id, side)
    return [
        (replace(column, side=column.side or sides[column.topic[0].id]), stated)
        for column, stated in found.items()
    ]


def _common_side(column: Column, stated: Iterable[StatedFigure]) -> Side:
    counts: Counter[Side] = Counter()
    told: set[tuple[Side, _Key]] = set()
    for each in stated:
        for side, measures in _SIDES.items():
            key = (side, (each.figure.region.code, int(each.figure.period)))
            if each.figure.measure in measures and key not in told:
                told.add(key)
                counts[side] += 1
    first: Side = "growth" if column.kind == "target" else "level"
    if column.kind == "actual" and "growth_yoy" in column.topic[0].measures[:1]:
        first = "growth"
    other: Side = "level" if first == "growth" else "growth"
    return other if counts[other] > counts[first] else first


def _cells(
    column: Column, stated: Sequence[StatedFigure]
) -> tuple[Column, Mapping[_Key, StatedFigure]]:
    assert column.side is not None
    by_cell: dict[_Key, list[StatedFigure]] = defaultdict(list)
    for each in stated:
        in_words = each.figure.measure == _IN_WORDS and column.kind == "target"
        is_share = column.side == "level" and each.figure.unit == "%" and _is_amount(column)
        if in_words or (each.figure.measure in _SIDES[column.side] and not is_share):
            key = (each.figure.region.code, int(each.figure.period) - column.shift)
            by_cell[key].append(each)
    return column, {key: _best(column, candidates) for key, candidates in by_cell.items()}


def _is_amount(column: Column) -> bool:
    """Tell whether a column's indicator is counted in something, so that a share is none of it."""
    units = column.topic[0].units
    return bool(units) and "%" not in units


def _best(column: Column, candidates: Sequence[StatedFigure]) -> StatedFigure:
    """Return the figure to be told of several: as announced, or as the year's own review has it."""
    order = {indicator.id: place for place, indicator in enumerate(column.topic)}

    def fit(stated: StatedFigure) -> tuple[float, ...]:
        figure, calendar = stated.figure, calendar_of(stated.report)
        year = int(figure.period)
        turn = (
            None
            if calendar is None
            else calendar.ahead
            if figure.kind == "target"
            else calendar.done
        )
        return (
            -float(order.get(figure.indicator_id or "", len(order))),
            float(turn == year),
            float(figure.value is not None),
            float(figure.context is not None) if figure.kind == "target" else 0.0,
            # 迈上6万亿元台阶 and 连续8年稳定在700亿斤以上 stand behind what the year came to.
            -float(figure.kind != "target" and _is_open(figure)),
            # of two that were passed, 6万亿元、7万亿元, the higher
            _passed(figure),
            # a second target, set beside the one that was promised
            -float("striving" in senses_of(figure.qualifier)),
            -float(figure.ordinal),
        )

    return max(candidates, key=fit)


def told_of_parts(figures: Sequence[Figure]) -> frozenset[tuple[str, int]]:
    """Return the figures of a part, by the reports' ids and their ordinals there.

    They are visits beside which the same report tells much more of their indicator and year, as
    those of a holiday beside those of the year, and the growth behind them. Of other things the
    larger amount is as often another's.
    """
    small = [each for group in _alike(figures) for each in _dwarfed(group)]
    ends = {(each.report_id, each.value_span.end) for each in small}
    found = {(each.report_id, each.ordinal) for each in small}
    for each in figures:
        start = each.value_span.start
        if each.measure in CHANGES and any(
            (each.report_id, start - gap) in ends for gap in range(_BEHIND)
        ):
            found.add((each.report_id, each.ordinal))
    return frozenset(found)


_DWARFED = 2
"""How many times as much the same report tells of a year where an amount is a part's only."""
_VISITED = ("tourists", "overnight_tourists", "inbound_tourists")
_BEHIND = 12
"""Characters between an amount and its growth: 72.9万人,同比增长12.7%."""


def _alike(figures: Iterable[Figure]) -> Iterable[list[Figure]]:
    """Return the amounts that a report tells of one indicator, year and unit."""
    alike: dict[tuple[str | None, ...], list[Figure]] = defaultdict(list)
    for each in figures:
        if each.value is not None and each.measure in SIZES and each.indicator_id in _VISITED:
            unit = parted(each.unit)[1].removesuffix("次")
            key = (each.report_id, each.indicator_id, each.measure, each.kind, each.period, unit)
            alike[key].append(each)
    return alike.values()


def _dwarfed(group: Sequence[Figure]) -> list[Figure]:
    values = [_in_base(each.value or Decimal(0), each.unit) for each in group]
    largest = max(values)
    return [each for value, each in zip(values, group, strict=True) if largest > _DWARFED * value]


def _passed(figure: Figure) -> float:
    if figure.kind == "target" or not is_threshold(figure.qualifier):
        return 0.0
    number = middle(figure)
    return 0.0 if number is None else float(_in_base(number, figure.unit))


def _is_open(figure: Figure) -> bool:
    """Tell whether a result is a line that was passed or kept above, not an amount."""
    own = interval(figure)
    is_floor = own is not None and (own.low is None or own.high is None)
    return is_floor or is_threshold(figure.qualifier)


# What is missing


def _reported(
    query: FigureQuery, catalogue: Catalogue, given: Filter
) -> tuple[set[_Key], set[_Key]]:
    """Return the places and years that a report looks ahead to, and that one looks back on."""
    codes = frozenset(place.code for place in query.places.regions)
    where = Filter(regions=codes, years=given.years, reports=given.reports)
    pairs = catalogue.years_ahead(where)
    return set(pairs), {(code, ahead - 1) for code, ahead in pairs}


def _gap(key: _Key, column: Column, reported: tuple[set[_Key], set[_Key]]) -> Gap:
    code, year = key
    told = reported[0] if column.kind == "target" else reported[1]
    return "not_stated" if (code, year + column.shift) in told else "no_report"


# What is made of the rows


def _ordered(query: FigureQuery, rows: list[Row]) -> list[Row]:
    if query.order is None:
        return rows
    told = [row for row in rows if _number(row) is not None]
    ranked = sorted(told, key=_number_key, reverse=query.order == "highest")
    return [*ranked, *(row for row in rows if row not in told)]


def _number_key(row: Row) -> Decimal:
    number = _number(row)
    assert number is not None
    return number


def _number(row: Row) -> Decimal | None:
    """Return the number by which a row is ranked: of a range the middle, of a fall the negative."""
    stated = row.cells[0].stated
    own = interval(stated.figure) if stated else None
    if own is None:
        return None
    ends = [end for end in (own.low, own.high) if end is not None]
    assert stated is not None
    return _in_base(sum(ends, Decimal(0)) / len(ends), stated.figure.unit)


def number_in_base(figure: Figure) -> Decimal | None:
    """Return the number by which a figure is ranked, without the scale of its unit."""
    number = middle(figure)
    return None if number is None else _in_base(number, figure.unit)


def _in_base(value: Decimal, unit: str) -> Decimal:
    """Return a value without its scale: 亿元 and 万元, 亿人次 and 万人次 are ranked together."""
    for base in ("元", "人", "吨", "公里", "千瓦时", "户", "个", "%"):
        if comparable(unit, base):
            return convert(value, unit, base)
    return value * size_of(parted(unit)[0])


def _summary(aggregate: Aggregate, rows: Sequence[Row]) -> Summary:
    fitting = [row for row in rows if row.truth == "yes"]
    operands = [
        row.cells[0].stated
        for row in (rows if aggregate == "share" else fitting)
        if row.cells[0].stated is not None and row.cells[0].stated.figure.value is not None
    ]
    if aggregate in ("count", "share"):
        return Summary(aggregate, Decimal(len(fitting)), "", tuple(operands), len(rows))
    units = [each.figure.unit for each in operands]
    if not operands or not all(comparable(unit, units[0]) for unit in units):
        return Summary(aggregate, None, "", tuple(operands))
    unit = Counter(units).most_common(1)[0][0]
    values = sorted(
        convert(value, each.figure.unit, unit)
        for each in operands
        if (value := middle(each.figure)) is not None
    )
    return Summary(aggregate, _made(aggregate, values), unit, tuple(operands), len(rows))


def middle(figure: Figure) -> Decimal | None:
    """Return what is calculated with: of a range its middle, of a decline the negative."""
    own = interval(figure)
    if own is None:
        return None
    ends = [end for end in (own.low, own.high) if end is not None]
    return sum(ends, Decimal(0)) / len(ends)


def _made(aggregate: Aggregate, values: Sequence[Decimal]) -> Decimal:
    if aggregate == "sum":
        return sum(values, Decimal(0))
    if aggregate == "mean":
        return sum(values, Decimal(0)) / len(values)
    if aggregate == "highest":
        return values[-1]
    if aggregate == "lowest":
        return values[0]
    half = len(values) // 2
    return values[half] if len(values) % 2 else (values[half - 1] + values[half]) / 2
