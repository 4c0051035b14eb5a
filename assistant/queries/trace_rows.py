"""A trace as programs read it: plain values for JSON, and its years, places or sentences as CSV.

Knows the fields, nothing of screens.
"""

from __future__ import annotations

import csv
import io
from typing import Any, Literal

from assistant.queries.mentions import year_of
from assistant.queries.traces import Said, TraceResult
from index.types import Report

Rows = Literal["years", "places", "sentences"]
"""What a row of the CSV is."""


def record_of(result: TraceResult) -> dict[str, Any]:
    """Return a trace as plain values."""
    said = result.said
    return {
        "terms": list(result.query.words),
        "count": result.count,
        "first": _said(said[0]) if said else None,
        "last": _said(said[-1]) if said else None,
        "years": _years(result),
        "places": _places(result),
        "without": [place_of(report) for report in result.never],
        "sentences": [_said(each) for each in said],
    }


def csv_of(result: TraceResult, rows: Rows) -> str:
    """Return the years, the places or the sentences of a trace as CSV (RFC 4180)."""
    records, names = {
        "years": (_years, _YEAR_COLUMNS),
        "places": (_places, _PLACE_COLUMNS),
        "sentences": (lambda found: [_said(each) for each in found.said], _SAID_COLUMNS),
    }[rows]
    out = io.StringIO()
    writer = csv.DictWriter(out, names)
    writer.writeheader()
    writer.writerows(
        {name: _inert(cell) for name, cell in each.items()} for each in records(result)
    )
    return out.getvalue()


_FORMULA = tuple("=+-@\t\r\n＝＋－＠")
"""What a spreadsheet may take for the beginning of a formula."""


def _inert(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


_YEAR_COLUMNS = ("year", "reports", "mentioning", "count", "characters", "per_10000")
_SAID_COLUMNS = (
    *("place_code", "place", "year", "date", "count"),
    *("document", "start", "end", "quote", "url"),
)
_PLACE_COLUMNS = ("order", *_SAID_COLUMNS, "first_report")


def _years(result: TraceResult) -> list[dict[str, Any]]:
    return [
        {
            "year": each.year,
            "reports": each.reports,
            "mentioning": each.mentioning,
            "count": each.count,
            "characters": each.characters,
            "per_10000": round(each.rate, 4),
        }
        for each in result.years
    ]


def _places(result: TraceResult) -> list[dict[str, Any]]:
    return [
        {
            "order": order,
            **_said(each.first),
            "count": each.count,
            "first_report": each.since,
        }
        for order, each in enumerate(result.adoptions, 1)
    ]


def place_of(report: Report) -> str:
    """Name a report's place, or the report where its place is not known."""
    return report.place_name or report.document


def _said(said: Said) -> dict[str, Any]:
    report = said.report
    return {
        "place_code": report.place.code if report.place else None,
        "place": report.place_name,
        "year": year_of(report) or None,
        "date": report.date.value if report.date else None,
        "count": said.count,
        "document": report.document,
        "start": said.span.start,
        "end": said.span.end,
        "quote": said.quote,
        "url": report.url,
    }
