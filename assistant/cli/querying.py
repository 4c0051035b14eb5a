"""The command that answers a written query: `baogao query`. No thinking is done here."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from assistant.cli.options import (
    DataOption,
    JsonOption,
    fail,
    print_answer,
    print_json,
    settings_of,
)


def query(
    file: Annotated[
        Path | None, typer.Argument(help="A query as JSON; - for standard input.")
    ] = None,
    data: DataOption = None,
    language: Annotated[
        Literal["zh-Hans", "zh-Hant", "en"], typer.Option(help="The language of the answer.")
    ] = "zh-Hans",
    schema: Annotated[
        bool, typer.Option("--schema", help="Print the JSON Schema of a query instead.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Answer a query as it is, without a question: see docs/query.md."""
    from assistant.answer import open_assistant
    from assistant.queries.schema import query_schema

    if schema:
        print_json(query_schema())
        return
    if file is None:
        raise typer.BadParameter("expected FILE.json, or - for standard input; see --schema")
    answer = open_assistant(settings_of(data)).query(_text(file), language=language)
    if as_json:
        print_json(answer.record())
    else:
        print_answer(answer)


def _text(file: Path) -> str:
    """Return the JSON of a file, or of standard input for -."""
    found = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    try:
        return found.decode("utf-8-sig")
    except UnicodeDecodeError:
        fail(f"{file}: expected JSON in UTF-8, found other bytes")
