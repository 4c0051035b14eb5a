"""The catalogue's tables of figures and of the places they are of: columns, rows and queries.

Only `index.storage.catalogue` uses this. What a figure is, and which there are, is decided
elsewhere.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Collection, Iterable
from dataclasses import asdict, fields, replace
from decimal import Decimal
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    ForeignKey,
    Integer,
    Row,
    Select,
    Table,
    insert,
    select,
    update,
)

from index.storage.schema import METADATA, REPORTS, WORDS
from index.types import Figure, Region, Span

_log = logging.getLogger(__name__)

REGIONS = Table(
    "regions",
    METADATA,
    Column("code", WORDS, primary_key=True),
    Column("record", WORDS, nullable=False),
)

FIGURES = Table(
    "figures",
    METADATA,
    Column("report_id", ForeignKey("reports.id", ondelete="CASCADE"), primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("region", ForeignKey("regions.code"), nullable=False, index=True),
    Column("indicator_id", WORDS, index=True),
    Column("indicator", WORDS, nullable=False, index=True),
    Column("kind", WORDS, nullable=False),
    Column("period", WORDS, nullable=False),
    Column("record", WORDS, nullable=False),
)

_COLUMNS = ("report_id", "ordinal", "indicator_id", "indicator", "kind", "period")
_SPANS = ("span", "value_span", "context")
RECORDED = [
    field.name for field in fields(Figure) if field.name not in (*_COLUMNS, *_SPANS, "region")
]
"""What stands in a figure's record, in this order, before its spans; the rest has columns."""


def note_regions(connection: Connection, figures: Iterable[Figure]) -> bool:
    """Write the places that figures are of, as far as they are not known; say whether any was."""
    regions = {figure.region.code: figure.region for figure in figures}
    query = select(REGIONS.c.code, REGIONS.c.record).where(REGIONS.c.code.in_(sorted(regions)))
    known = {row[0]: row[1] for row in connection.execute(query)}
    records = {code: json.dumps(asdict(each), ensure_ascii=False) for code, each in regions.items()}
    for code, record in records.items():
        if code not in known:
            connection.execute(insert(REGIONS), {"code": code, "record": record})
        elif record != known[code]:
            connection.execute(update(REGIONS).where(REGIONS.c.code == code).values(record=record))
    return records.items() - known.items() != set()


def figure_row(figure: Figure, text: str) -> dict[str, Any]:
    """Return the row of a figure of a report with this clean text."""
    figure = replace(figure, clause=figure.span.of(text))
    spans = (getattr(figure, name) for name in _SPANS)
    record = [
        *(_recorded(getattr(figure, name)) for name in RECORDED),
        *(None if span is None else (span.start, span.end) for span in spans),
    ]
    return {
        **{name: getattr(figure, name) for name in _COLUMNS},
        "region": figure.region.code,
        "record": json.dumps(record, ensure_ascii=False, separators=(",", ":")),
    }


def load_figures(rows: Iterable[Row[Any]]) -> list[Figure]:
    """Return the figures of rows of `select_figures`.

    A row that cannot be read is left out, with one warning for its report.
    """
    figures: list[Figure] = []
    spoilt: set[str] = set()
    for row in rows:
        try:
            figures.append(_load_figure(row))
        except (ArithmeticError, AttributeError, KeyError, TypeError, ValueError) as error:
            if row.document not in spoilt:
                spoilt.add(row.document)
                _log.warning(
                    "a figure of %s cannot be read and is left out: index the report anew (%s)",
                    row.document,
                    error,
                )
    return figures


def _load_figure(row: Row[Any]) -> Figure:
    *columns, region, record, _document = tuple(row)
    *recorded, span, value_span, context = json.loads(record)
    if len(recorded) == len(RECORDED) - 1:
        recorded.append(1.0)  # rows of before there was a certainty
    values: dict[str, Any] = dict(zip((*_COLUMNS, *RECORDED), (*columns, *recorded), strict=True))
    values |= {name: _decimal(values[name]) for name in ("value", "upper")}
    return Figure(
        **values,
        region=_load_region(region),
        span=Span(*span),
        value_span=Span(*value_span),
        context=None if context is None else Span(*context),
    )


@lru_cache(maxsize=4096)
def _load_region(record: str) -> Region:
    region = json.loads(record)
    return Region(**region | {"parents": tuple(region["parents"])})


def select_figures(
    regions: Collection[str] = (),
    indicators: Collection[str] = (),
    kinds: Collection[str] = (),
    periods: Collection[str] = (),
) -> Select[Any]:
    """Return the query of figures of these places, indicators (by id or name), kinds and periods.

    An empty collection leaves its side open. Figures come by report and in the order of its text.
    """
    columns = [FIGURES.c[name] for name in _COLUMNS]
    query = (
        select(*columns, REGIONS.c.record, FIGURES.c.record, REPORTS.c.document)
        .join(REPORTS, FIGURES.c.report_id == REPORTS.c.id)
        .join(REGIONS, FIGURES.c.region == REGIONS.c.code)
    )
    if regions:
        query = query.where(FIGURES.c.region.in_(sorted(regions)))
    if indicators:
        names = sorted(indicators)
        query = query.where(FIGURES.c.indicator_id.in_(names) | FIGURES.c.indicator.in_(names))
    if kinds:
        query = query.where(FIGURES.c.kind.in_(sorted(kinds)))
    if periods:
        query = query.where(FIGURES.c.period.in_(sorted(periods)))
    return query.order_by(REPORTS.c.document, FIGURES.c.ordinal)


def _recorded(value: object) -> object:
    """Return a value as JSON has it: a number keeps its digits. What JSON lacks is an error."""
    return str(value) if isinstance(value, Decimal) else value


def _decimal(written: str | None) -> Decimal | None:
    return None if written is None else Decimal(written)
