"""A trace as it is printed: tables on a terminal. Knows only how things look."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from assistant.queries.mentions import year_of
from assistant.queries.trace_rows import place_of
from assistant.queries.traces import Said, TraceResult
from index.types import Report

_NAMED = 30
"""Places that never say a term, named before they are only counted."""
_WIDE = 180
_BAR = 24
"""Characters of the longest bar."""


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
    return (
        f"{place_of(report)} {year_of(report) or '—'}  {' '.join(said.quote.split())}  [{source}]"
    )


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
        cells = (order, place_of(report), when, each.count, each.since or "—", source)
        table.add_row(*(Text(str(cell)) for cell in cells))
    return table


def _table(*names: str) -> Table:
    table = Table(box=None, header_style="bold", pad_edge=False)
    for name in names:
        table.add_column(name, overflow="fold", no_wrap=True)
    return table


def _print_never(console: Console, never: Sequence[Report]) -> None:
    if never:
        named = ", ".join(place_of(report) for report in never[:_NAMED])
        more = f" and {len(never) - _NAMED:,} more" if len(never) > _NAMED else ""
        console.print(f"\nsaid nowhere in the reports of {len(never):,}: {named}{more}")
