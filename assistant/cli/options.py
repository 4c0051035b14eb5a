"""What the commands share: options, the settings they make, how they print and fail.

Knows no command.
"""

from __future__ import annotations

import json
import logging
import sys
from dataclasses import replace
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

if TYPE_CHECKING:
    from assistant.settings import Settings
    from assistant.types import Answer
    from index.storage.catalogue import Catalogue

_log = logging.getLogger(__name__)

DataOption = Annotated[
    Path | None,
    typer.Option("--data", help="Where the index lives (BAOGAO_DATA).", show_default=False),
]
ModelOption = Annotated[
    str | None,
    typer.Option(
        "--model",
        help="A chat model to write prose, as provider:name (BAOGAO_MODEL); its limits are "
        "BAOGAO_MODEL_TIMEOUT (seconds) and BAOGAO_MODEL_TOKENS.",
        show_default=False,
    ),
]
ReadOnlyOption = Annotated[
    bool,
    typer.Option("--read-only", help="Write nothing where the index lives (BAOGAO_READ_ONLY)."),
]
RegionOption = Annotated[
    list[str] | None,
    typer.Option(
        "--region", help="Only reports of this place; may be repeated.", show_default=False
    ),
]
YearOption = Annotated[
    list[int] | None,
    typer.Option(
        "--year", help="Only reports given in this year; may be repeated.", show_default=False
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]


def set_talk(*, verbose: bool, quiet: bool) -> None:
    """Set how much is said on standard error: what is done, warnings, or errors only."""
    wanted = logging.INFO if verbose else logging.ERROR if quiet else logging.WARNING
    logging.basicConfig(format="baogao: %(message)s")
    for name in _OWN:
        logging.getLogger(name).setLevel(wanted)


_OWN = ("assistant", "index")
"""The loggers of this program; those of libraries keep their own measure."""


def is_quiet() -> bool:
    """Say whether nothing but answers and errors is to be printed."""
    return logging.getLogger(_OWN[0]).getEffectiveLevel() >= logging.ERROR


def write_what_the_console_can() -> None:
    """Have a console that is not of Unicode show "?" for what it lacks, and never fail."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper) and stream.encoding.lower() not in _UNICODE:
            stream.reconfigure(errors="replace")


_UNICODE = ("utf-8", "utf8", "utf-16", "utf-16-le", "utf-8-sig")


def settings_of(
    data: Path | None, model: str | None = None, *, read_only: bool = False
) -> Settings:
    """Return the settings of the environment, with what is given in place of theirs."""
    from assistant.settings import Settings

    read = Settings.read()
    settings = replace(
        read,
        data=data or read.data,
        model=model or read.model,
        read_only=read_only or read.read_only,
    )
    _log.info("the index of %s", settings.data)
    return settings


def catalogue_of(data: Path | None) -> Catalogue:
    """Open the catalogue of the environment, or of the folder that is given."""
    from index.storage.catalogue import Catalogue

    settings = settings_of(data)
    return Catalogue.open(settings.data, database=settings.database)


def codes_of(names: list[str] | None) -> frozenset[str]:
    """Return the administrative codes of places, or of groups of them, as a user names them."""
    if not names:
        return frozenset()
    from index.places.gazetteer import load_gazetteer
    from index.places.groups import codes_named

    gazetteer = load_gazetteer()
    codes: set[str] = set()
    for name in names:
        found = codes_named(name, gazetteer)
        if not found:
            fail(f"--region: expected a place in China, found {name!r}; see `baogao reports`")
        codes.update(found)
    return frozenset(codes)


def fail(message: str, status: int = 1) -> NoReturn:
    """End the program with one line on standard error."""
    typer.echo(f"baogao: {message}", err=True)
    sys.exit(status)


def print_json(value: object) -> None:
    """Print `value` as JSON for programs."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))


def print_notes(answer: Answer) -> None:
    """Print what is to be known of the files that an answer cites."""
    if answer.notes:
        typer.echo()
    from assistant.records.printing import printable

    for note in answer.notes:
        typer.echo(printable(note))


def print_answer(answer: Answer) -> None:
    """Print an answer, its citations, and what a chat model wrote that was cut."""
    from assistant.records.printing import printable, printable_lines

    typer.echo(printable_lines(answer.text))
    if answer.citations:
        typer.echo()
    for citation in answer.citations:
        place = f"{printable(citation.document)}:{citation.start}-{citation.end}"
        page = f" (p. {citation.page})" if citation.page else ""
        typer.echo(f"[{citation.n}] {place}{page}  {printable(citation.quote)}")
    print_notes(answer)
    if answer.withheld:
        from assistant.prompts import prompt

        for each in answer.withheld:
            reason = prompt(f"fault_{each.fault}", answer.language)
            typer.echo(f"withheld: {printable(each.text)} ({reason})", err=True)
