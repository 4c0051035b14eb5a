"""The catalogue's table of figures: its columns, its rows and how it is asked.

Only `index.catalogue` uses this. What a figure is, and which there are, is decided elsewhere.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import asdict, replace
from decimal import Decimal
from typing import Any

from sqlalchemy import Column, ForeignKey, Integer, Row, Select, String, Table, Text, select

from index.tables import METADATA, REPORTS
from index.types import Figure, Region, Span

FIGURES = Table(
    "figures",
    METADATA,
    Column("report_id", ForeignKey("reports.id", ondelete="CASCADE"), primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("region", String(6), nullable=False, index=True),
    Column("indicator_id", String(64), index=True),
    Column("indicator", Text, nullable=False, index=True),
    Column("kind", String(16), nullable=False),
    Column("period", String(32), nullable=False),
    Column("record", Text, nullable=False),
)


def figure_row(figure: Figure, text: str) -> dict[str, Any]:
    """Return the row of a figure of a report with this clean text."""
    figure = replace(figure, clause=figure.span.of(text))
    return {
        "report_id": figure.report_id,
        "ordinal": figure.ordinal,
        "region": figure.region.code,
        "indicator_id": figure.indicator_id,
        "indicator": figure.indicator,
        "kind": figure.kind,
        "period": figure.period,
        "record": json.dumps(asdict(figure), ensure_ascii=False, default=str),
    }


def load_figure(row: Row[Any]) -> Figure:
    """Return the figure of a row of `select_figures`."""
    record = json.loads(row[0])
    region = record["region"]
    return Figure(
        **record
        | {
            "region": Region(**region | {"parents": tuple(region["parents"])}),
            "value": _decimal(record["value"]),
            "upper": _decimal(record["upper"]),
            "span": Span(**record["span"]),
            "value_span": Span(**record["value_span"]),
            "context": Span(**record["context"]) if record["context"] else None,
        }
    )


def select_figures(
    *, regions: Collection[str] = (), indicators: Collection[str] = (), kinds: Collection[str] = ()
) -> Select[Any]:
    """Return the query of figures of these places, indicators (by id or name) and kinds.

    An empty collection leaves its side open. Figures come by report and in the order of its text.
    """
    query = select(FIGURES.c.record).join(REPORTS, FIGURES.c.report_id == REPORTS.c.id)
    if regions:
        query = query.where(FIGURES.c.region.in_(sorted(regions)))
    if indicators:
        names = sorted(indicators)
        query = query.where(FIGURES.c.indicator_id.in_(names) | FIGURES.c.indicator.in_(names))
    if kinds:
        query = query.where(FIGURES.c.kind.in_(sorted(kinds)))
    return query.order_by(REPORTS.c.document, FIGURES.c.ordinal)


def _decimal(written: str | None) -> Decimal | None:
    return None if written is None else Decimal(written)
