"""The command that reads reports: `baogao index`. No thinking is done here."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.options import (
    DataOption,
    JsonOption,
    codes_of,
    is_quiet,
    print_json,
    settings_of,
)

SKIPPED = 3
"""Exit status of `index` when it left files out; the others are indexed."""


def index_command(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            help="Report files, or folders of them; with none, what is indexed is put right.",
            show_default=False,
        ),
    ] = None,
    data: DataOption = None,
    prune: Annotated[
        bool, typer.Option("--prune", help="Remove reports whose files are gone.")
    ] = False,
    region: Annotated[
        str | None,
        typer.Option("--region", help="The place that the reports are of.", show_default=False),
    ] = None,
    year: Annotated[
        int | None,
        typer.Option("--year", help="The year in which they were given.", show_default=False),
    ] = None,
    source: Annotated[
        str | None,
        typer.Option(
            "--source", help="The address or newspaper they are from.", show_default=False
        ),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Take in also what looks like no report.")
    ] = False,
    rehash: Annotated[
        bool,
        typer.Option("--rehash", help="Read also files whose size and time are as they were."),
    ] = False,
    follow_links: Annotated[
        bool, typer.Option("--follow-links", help="Go where links inside folders lead.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Read reports into the index; only new and changed files cost time.

    What a manifest.csv beside the files says of them (columns file, region, year, date, speaker,
    title, source) goes before what they say themselves, and the options before that.
    """
    from assistant.cli.console import indexing_progress, print_skipped, print_summary
    from index.build import build
    from index.processes import give_way
    from index.reports.witnesses import Told

    settings = settings_of(data)
    if region:
        codes_of([region])  # fails with a line if it is no place
    told = Told(region=region, year=year, source=source) if region or year or source else None
    give_way()
    with indexing_progress(shown=not as_json and not is_quiet()) as progress:
        summary = build(
            paths or (),
            data=settings.data,
            embedding=settings.embedding,
            database=settings.database,
            chroma=settings.chroma,
            prune=prune,
            progress=progress,
            told=told,
            force=force,
            rehash=rehash,
            follow_links=follow_links,
        )
    if as_json:
        print_json(summary.to_json())
    elif not is_quiet():
        print_summary(summary, looked_in_paths=bool(paths))
    else:
        print_skipped(summary)
    if summary.skipped:
        raise typer.Exit(SKIPPED)
