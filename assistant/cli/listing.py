"""The command that lists what is indexed, and what is doubted of it. No thinking is done here."""

from __future__ import annotations

from typing import Annotated

import typer

from assistant.cli.options import DataOption, JsonOption, print_json, settings_of


def reports(
    data: DataOption = None,
    doubts: Annotated[
        bool,
        typer.Option("--doubts", help="Only what speaks against a report's place, year, …"),
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """List what is indexed."""
    from assistant.cli.console import print_doubts, print_reports
    from index.storage.catalogue import Catalogue

    catalogue = Catalogue.open(settings_of(data).data)
    found = catalogue.reports()
    if doubts:
        found = [report for report in found if report.doubts]
    if as_json:
        from dataclasses import asdict

        print_json([asdict(report) for report in found])
    elif doubts:
        print_doubts(found)
    else:
        print_reports(found)
