"""The commands that keep an index safe: `baogao doctor`, `backup` and `restore`.

Parse, call, show, as in `main`, which takes them in. No thinking is done here.
"""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.options import DataOption, JsonOption, fail, print_json, settings_of

if TYPE_CHECKING:
    from assistant.settings import Settings

UNSOUND = 1
"""Exit status of `doctor` where something has to be put right."""


def doctor(data: DataOption = None, as_json: JsonOption = False) -> None:
    """Check everything that is stored, byte by byte, and say how to put right what is not whole.

    Exit status: 0 all is whole, 1 something is not.
    """
    from index.checkup import check_up

    settings = settings_of(data)
    findings = check_up(settings.data, settings.database, settings.chroma)
    if as_json:
        print_json([asdict(finding) for finding in findings])
    else:
        for finding in findings:
            remedy = f": {finding.remedy}" if finding.remedy else ""
            typer.echo(
                f"{'BAD ' if finding.remedy else 'ok  '} {finding.part}: {finding.says}{remedy}"
            )
    if any(finding.remedy for finding in findings):
        raise typer.Exit(UNSOUND)


def backup(
    to: Annotated[Path, typer.Argument(help="The file to write, such as baogao.zip.")],
    data: DataOption = None,
) -> None:
    """Write the catalogue and the votes to one file; the index may be in use meanwhile."""
    from index.backup import back_up

    settings = settings_of(data)
    _only_of_a_file(settings)
    count = back_up(settings.data, to)
    typer.echo(f"{to}: {count} reports, {to.stat().st_size:,} bytes")


def restore(
    file: Annotated[Path, typer.Argument(help="What `baogao backup` wrote.")],
    data: DataOption = None,
    replace: Annotated[
        bool,
        typer.Option("--replace", help="Take the place of an index, which is kept beside it."),
    ] = False,
) -> None:
    """Make an index out of a backup."""
    from assistant.cli.console import indexing_progress
    from index.backup import restore as restored
    from index.build import build

    settings = settings_of(data)
    _only_of_a_file(settings)
    count = restored(file, settings.data, replace=replace)
    with indexing_progress(shown=True) as progress:
        build(
            [],
            data=settings.data,
            embedding=settings.embedding,
            chroma=settings.chroma,
            progress=progress,
        )
    typer.echo(f"{settings.data}: {count} reports restored")


def _only_of_a_file(settings: Settings) -> None:
    if settings.database:
        fail("the catalogue lies on a server: use pg_dump and pg_restore, or unset BAOGAO_DATABASE")
