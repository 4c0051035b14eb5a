"""The commands over many places and years: `baogao panel` and `baogao trace`.

Parse, call, show, as in `cli`, which takes them in. No thinking is done here.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from assistant.cli.options import (
    DataOption,
    JsonOption,
    catalogue_of,
    codes_of,
    print_json,
)

PlaceOption = Annotated[
    list[str] | None,
    typer.Option(
        "--region",
        help="Only this place, or group of places (长三角); may be repeated.",
        show_default=False,
    ),
]


def panel(
    files: Annotated[
        list[Path],
        typer.Argument(help="Files to write, by their ends: .csv, .jsonl, .parquet, .dta (Stata)."),
    ],
    data: DataOption = None,
    region: PlaceOption = None,
    year: Annotated[
        list[int] | None,
        typer.Option(
            "--year", help="Only figures of this year; may be repeated.", show_default=False
        ),
    ] = None,
    indicator: Annotated[
        list[str] | None,
        typer.Option(
            "--indicator",
            help="Only this indicator: Chinese or English, short, or its id; may be repeated.",
            show_default=False,
        ),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Write targets and results side by side: a row a place, year, indicator and measure.

    Beside the first file stand its data dictionary, a JSON Schema and datapackage.json.
    """
    from assistant.cli.console import counting_progress
    from assistant.panel.export import check_paths, write_panel
    from assistant.panel.rows import evaluate, query_of
    from index.lexicon.indicators import load_lexicon

    check_paths(files)
    lexicon = load_lexicon()
    query = query_of(codes_of(region), frozenset(year or ()), indicator or (), lexicon)
    catalogue = catalogue_of(data)
    with counting_progress("places", shown=not as_json) as progress:
        extent = write_panel(evaluate(query, catalogue, lexicon, progress), files)
    if as_json:
        print_json({"rows": extent.rows, "places": extent.places, "years": extent.years})
    else:
        names = ", ".join(map(str, files))
        typer.echo(f"{extent.rows:,} rows of {extent.places:,} places: {names}")


def trace(
    terms: Annotated[
        list[str], typer.Argument(help="Words as the reports have them; any of them counts.")
    ],
    data: DataOption = None,
    region: PlaceOption = None,
    year: Annotated[
        list[int] | None,
        typer.Option(
            "--year", help="Only reports given in this year; may be repeated.", show_default=False
        ),
    ] = None,
    form: Annotated[
        Literal["table", "csv", "json"], typer.Option("--format", help="How to print.")
    ] = "table",
    rows: Annotated[
        Literal["years", "places", "sentences"],
        typer.Option("--rows", help="What a row of CSV is."),
    ] = "years",
    quotes: Annotated[
        int, typer.Option(min=0, help="How many sentences the table shows; CSV and JSON have all.")
    ] = 10,
    chart: Annotated[
        Path | None,
        typer.Option("--chart", help="Write an SVG chart of the years here.", show_default=False),
    ] = None,
) -> None:
    """Follow words through the reports: when first, how often a year, who took them up when.

    Counts are also told per 10,000 characters of the reports, for reports differ in length.
    """
    from assistant.cli.trace_tables import print_trace
    from assistant.queries.texts import Texts
    from assistant.queries.trace_rows import csv_of, record_of
    from assistant.queries.traces import TraceQuery, evaluate

    query = TraceQuery(tuple(terms), codes_of(region), frozenset(year or ()))
    if not query.words:
        raise typer.BadParameter("expected words to look for, found blanks")
    result = evaluate(query, catalogue_of(data), Texts())
    if form == "json":
        print_json(record_of(result))
    elif form == "csv":
        typer.echo(csv_of(result, rows), nl=False)
    else:
        print_trace(result, quotes)
    if chart is not None and result.years:
        from assistant.web.trends.trace_chart import trace_chart

        chart.write_text(trace_chart(result), encoding="utf-8")
