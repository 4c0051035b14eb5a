"""A trace as it is printed: tables on a terminal, CSV, and plain values for JSON.

Knows only how things look.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any, Literal

from rich.console import Console
from rich.table import Table
from rich.text import Text

from assistant.queries.mentions import year_of
from assistant.queries.traces import Said, TraceResult
from index.types import Report

Rows = Literal["years", "places", "sentences"]

_NAMED = 30
"""Places that never say a term, named before they are only counted."""
_WIDE = 180
_BAR = 24
"""Characters of the longest bar."""


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
        "without": [_place(report) for report in result.never],
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


def _place(report: Report) -> str:
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


def print_trace(result: TraceResult, quotes: int) -> None:
    """Print a trace: first and last mention, the years, the places, the first sentences."""
    console = Console(soft_wrap=True, highlight=False, markup=False)
    if not console.is_terminal:
        console.width = _WIDE  # lines of a file need not fit a screen
    words = ", ".join(result.query.words)
    if not result.said:
        console.print(f"{words}: no report of {_read(result)} says it.")
        return
    console.print(f"{words}: {result.count:,} times in {_read(result)}")
    for name, each in (("first", result.said[0]), ("last", result.said[-1])):
        console.print(f"{name}: {_cited(each)}")
    console.print()
    console.print(_year_table(result))
    console.print()
    console.print(_place_table(result))
    _print_never(console, result.never)
    shown = result.said[:quotes]
    for each in shown:
        console.print(f"\n{_cited(each)}")
    if shown and len(shown) < len(result.said):
        console.print(
            f"\n{len(shown):,} of {len(result.said):,} sentences; "
            "all of them: --format csv --rows sentences"
        )


def _read(result: TraceResult) -> str:
    reports = sum(year.reports for year in result.years)
    return f"{reports:,} reports"


def _cited(said: Said) -> str:
    report = said.report
    source = f"{report.document}:{said.span.start}-{said.span.end}"
    return f"{_place(report)} {year_of(report) or '—'}  {' '.join(said.quote.split())}  [{source}]"


def _year_table(result: TraceResult) -> Table:
    table = _table("year", "reports", "saying it", "times", "per 10,000 characters", "")
    most = max(year.rate for year in result.years) or 1
    for each in result.years:
        bar = "█" * round(_BAR * each.rate / most)
        cells = (each.year or "—", each.reports, each.mentioning, each.count, f"{each.rate:.2f}")
        table.add_row(*(Text(str(cell)) for cell in cells), Text(bar))
    return table


def _place_table(result: TraceResult) -> Table:
    table = _table("order", "place", "first said", "times in all", "reports since", "stated at")
    for order, each in enumerate(result.adoptions, 1):
        report, span = each.first.report, each.first.span
        when = report.date.value if report.date else str(year_of(report) or "—")
        source = f"{report.document}:{span.start}-{span.end}"
        cells = (order, _place(report), when, each.count, each.since or "—", source)
        table.add_row(*(Text(str(cell)) for cell in cells))
    return table


def _table(*names: str) -> Table:
    table = Table(box=None, header_style="bold", pad_edge=False)
    for name in names:
        table.add_column(name, overflow="fold", no_wrap=True)
    return table


def _print_never(console: Console, never: Sequence[Report]) -> None:
    if never:
        named = ", ".join(_place(report) for report in never[:_NAMED])
        more = f" and {len(never) - _NAMED:,} more" if len(never) > _NAMED else ""
        console.print(f"\nsaid nowhere in the reports of {len(never):,}: {named}{more}")
