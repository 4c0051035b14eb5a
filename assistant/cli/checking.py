"""The command that holds a text against the reports: `baogao check`. No thinking is done here."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from assistant.cli.options import DataOption, catalogue_of, fail, print_json

CONTRADICTED, UNREADABLE = 1, 2
"""Exit statuses of `check`."""


def check(
    file: Annotated[
        Path,
        typer.Argument(help="A text in any format that is read; - for standard input."),
    ],
    data: DataOption = None,
    region: Annotated[
        str | None,
        typer.Option(
            "--region", help="The place the text is of, where it names none.", show_default=False
        ),
    ] = None,
    year: Annotated[
        int | None,
        typer.Option("--year", help="The year that it calls this year.", show_default=False),
    ] = None,
    form: Annotated[
        Literal["text", "json", "html"], typer.Option("--format", help="How to print.")
    ] = "text",
    whole: Annotated[
        bool, typer.Option("--all", help="List also what agrees and what is not found.")
    ] = False,
) -> None:
    """Check every number of a text (a draft, a news item, a model's answer) against the reports.

    A number agrees, contradicts (with the clause of the report), or is not found. Of a draft of a
    report the goals of the year before that it does not mention are listed too.

    Exit status: 0 nothing contradicts, 1 something does, 2 the text cannot be read.
    """
    from assistant.checking.checker import Checker
    from assistant.checking.setting import setting_of
    from assistant.checking.telling import lines_of, page_of, record_of
    from index.lexicon.indicators import load_lexicon
    from index.places.gazetteer import load_gazetteer

    text = _text(file)
    gazetteer = load_gazetteer()
    given, is_report = setting_of(text, file.name, region, year, gazetteer)
    checker = Checker(catalogue_of(data), load_lexicon(), gazetteer)
    found = checker.check(text, given, is_report=is_report)
    if form == "json":
        print_json(record_of(found))
    elif form == "html":
        typer.echo(page_of(found, file.name), nl=False)
    else:
        for line in lines_of(found, whole=whole):
            typer.echo(line)
    if any(each.verdict == "contradicts" for each in found.numbers):
        raise typer.Exit(CONTRADICTED)


def _text(file: Path) -> str:
    from index.errors import SourceError
    from index.formats.decoding import decode
    from index.ingestion.loaders import load

    try:
        return decode(sys.stdin.buffer.read())[0] if str(file) == "-" else load(file).text
    except SourceError as error:
        fail(str(error), UNREADABLE)
