"""The figures of a catalogue as a table: selected, counted, ordered and paged by the database.

However many figures there are, no more are loaded than a page has. What a name or a year means is
decided by whoever selects; nothing here knows how a table is shown.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import (
    ColumnElement,
    Float,
    Integer,
    Select,
    String,
    case,
    cast,
    distinct,
    func,
    literal_column,
    select,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler

from index.storage.catalogue import Catalogue
from index.storage.figure_rows import FIGURES, RECORDED, load_figures, select_figures
from index.storage.schema import REPORTS
from index.types import Figure, years_of

Side = Literal["region", "indicator", "kind", "measure", "period", "report"]
"""What figures can be counted by."""

Order = Literal["report", "region", "indicator", "period", "kind", "value"]
"""What a table can be ordered by; "report" has the newest reports first, as their texts run."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Which figures are meant; an empty side is open.

    `regions` are codes, `indicators` ids of the lexicon or names as reports have them, `years` the
    first and the last of those that a period is to hold one of, `reports` ids.
    """

    regions: frozenset[str] = frozenset()
    indicators: frozenset[str] = frozenset()
    years: tuple[int, int] | None = None
    kinds: frozenset[str] = frozenset()
    measures: frozenset[str] = frozenset()
    reports: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Named:
    """An indicator of figures: its id or else its name, a name that reports have for it."""

    key: str
    name: str
    count: int


def count_figures(catalogue: Catalogue, selection: Selection) -> int:
    """Return how many figures are meant."""
    query = select(func.count()).select_from(FIGURES)
    return int(catalogue.rows(query.where(*_conditions(catalogue, selection)))[0][0])


def page_of_figures(
    catalogue: Catalogue,
    selection: Selection,
    *,
    order: Order = "report",
    descending: bool = False,
    first: int = 0,
    count: int = 100,
) -> list[Figure]:
    """Return some of the figures that are meant.

    Args:
        catalogue: what is indexed.
        selection: which figures.
        order: what they are ordered by; those that are equal by it stand as by "report".
        descending: turns that order round.
        first: how many are passed over.
        count: how many are returned at most.
    """
    query = select_figures().where(*_conditions(catalogue, selection)).order_by(None)
    keys = _ORDERS[order]
    query = query.order_by(
        *([_IN_WORDS] if order == "value" else []),  # figures in words stand last, either way
        *(key.desc().nulls_last() if descending else key.asc().nulls_first() for key in keys),
        REPORTS.c.year.desc().nulls_last(),
        REPORTS.c.document,
        FIGURES.c.ordinal,
    )
    return load_figures(catalogue.rows(query.limit(count).offset(first)))


def figure_of(catalogue: Catalogue, report_id: str, ordinal: int) -> Figure | None:
    """Return the figure of a report that has this number in it, if there is one."""
    query = select_figures().where(FIGURES.c.report_id == report_id, FIGURES.c.ordinal == ordinal)
    return next(iter(load_figures(catalogue.rows(query))), None)


def counts_by(catalogue: Catalogue, selection: Selection, side: Side) -> dict[str, int]:
    """Return how many of the figures that are meant there are of each place, kind and so on."""
    column = _SIDES[side]
    query = select(column, func.count()).select_from(FIGURES).group_by(column)
    rows = catalogue.rows(query.where(*_conditions(catalogue, selection)))
    return {str(key): int(count) for key, count in rows}


def indicators_of(
    catalogue: Catalogue, selection: Selection, *, part: str = "", most: int = 400
) -> list[Named]:
    """Return the indicators that most of the figures that are meant are of.

    Those that the lexicon knows come first. With `part` only those that have it in a name.
    """
    key = _SIDES["indicator"]
    query = (
        select(key, func.min(FIGURES.c.indicator), func.count())
        .group_by(key)
        .order_by(func.max(FIGURES.c.indicator_id).is_(None), func.count().desc(), key)
        .where(*_conditions(catalogue, selection))
    )
    if part:
        query = query.where(FIGURES.c.indicator.icontains(part, autoescape=True))
    return [Named(*row) for row in catalogue.rows(query.limit(most))]


def first_and_last_year(catalogue: Catalogue) -> tuple[int, int] | None:
    """Return the years between which the periods of figures lie, None where there are none."""
    years = [year for period in _periods(catalogue) for year in years_of(period) if year]
    return (min(years), max(years)) if years else None


def announced(catalogue: Catalogue) -> Mapping[tuple[str, int], int]:
    """Return how many indicators each place announced targets for in a year.

    These stand in a report of the place itself, given in the year or the one before, under words
    that announce them.
    """
    # Only what is a year is made a number, in whatever order the conditions are looked at.
    is_year = func.length(FIGURES.c.period) == literal_column(str(len("2024")))
    year = cast(case((is_year, FIGURES.c.period)), Integer)
    query = (
        select(FIGURES.c.region, year, func.count(distinct(_SIDES["indicator"])))
        .join(REPORTS, FIGURES.c.report_id == REPORTS.c.id)
        .where(
            FIGURES.c.kind == "target",
            is_year,
            REPORTS.c.region == FIGURES.c.region,
            year.between(REPORTS.c.year, REPORTS.c.year + 1),
            # The last part of a record is where the words stand that announce a figure.
            _Part(-1).is_not(None),
        )
        .group_by(FIGURES.c.region, year)
    )
    return {(row[0], row[1]): row[2] for row in catalogue.rows(query)}


class _Part(ColumnElement[Any]):
    """A part of a figure's record by its number, as text; numbers below 0 count from the end."""

    inherit_cache = False

    def __init__(self, number: int) -> None:
        self.number = number


@compiles(_Part)
def _part_in_sqlite(part: _Part, compiler: SQLCompiler, **given: Any) -> str:  # noqa: ANN401 - the library's
    place = part.number if part.number >= 0 else f"#{part.number}"
    return f"json_extract({compiler.process(FIGURES.c.record, **given)}, '$[{place}]')"


@compiles(_Part, "postgresql")
def _part_in_postgresql(part: _Part, compiler: SQLCompiler, **given: Any) -> str:  # noqa: ANN401 - the library's
    return f"({compiler.process(FIGURES.c.record, **given)}::jsonb ->> {part.number})"


def _recorded(name: str) -> ColumnElement[Any]:
    return _Part(RECORDED.index(name))


_SIDES: dict[Side, ColumnElement[Any]] = {
    "region": FIGURES.c.region,
    "indicator": func.coalesce(FIGURES.c.indicator_id, FIGURES.c.indicator),
    "kind": FIGURES.c.kind,
    "measure": cast(_recorded("measure"), String),
    "period": FIGURES.c.period,
    "report": FIGURES.c.report_id,
}
_ORDERS: dict[Order, tuple[ColumnElement[Any], ...]] = {
    "report": (),
    "region": (FIGURES.c.region,),
    "indicator": (FIGURES.c.indicator,),
    "period": (FIGURES.c.period,),
    "kind": (FIGURES.c.kind,),
    # Only what is in one unit compares.
    "value": (cast(_recorded("unit"), String), cast(_recorded("value"), Float)),
}
_IN_WORDS = case((_recorded("value").is_(None), 1), else_=0)


def _conditions(catalogue: Catalogue, selection: Selection) -> list[ColumnElement[bool]]:
    sides: list[tuple[ColumnElement[Any], Collection[str]]] = [
        (FIGURES.c.region, selection.regions),
        (FIGURES.c.kind, selection.kinds),
        (_SIDES["measure"], selection.measures),
        (FIGURES.c.report_id, selection.reports),
    ]
    found: list[ColumnElement[bool]] = [
        column.in_(sorted(values)) for column, values in sides if values
    ]
    if selection.indicators:
        names = sorted(selection.indicators)
        found.append(FIGURES.c.indicator_id.in_(names) | FIGURES.c.indicator.in_(names))
    if selection.years:
        found.append(FIGURES.c.period.in_(_periods_within(catalogue, selection.years)))
    return found


def _periods(catalogue: Catalogue) -> list[str]:
    query: Select[*tuple[Any, ...]] = select(FIGURES.c.period).distinct()
    return [row[0] for row in catalogue.rows(query)]


def _periods_within(catalogue: Catalogue, years: tuple[int, int]) -> list[str]:
    """Return the periods that hold one of the years from the first to the last."""
    first, last = years
    spans = ((period, years_of(period)) for period in _periods(catalogue))
    return sorted(period for period, own in spans if own[0] <= last and own[1] >= first)
