"""The commands that list what is indexed, what is doubted of it, and which files say it otherwise.

No thinking is done here.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli.options import DataOption, JsonOption, catalogue_of, print_json

if TYPE_CHECKING:
    from index.ingestion.copies import Conflict


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

    catalogue = catalogue_of(data)
    found = catalogue.reports()
    if doubts:
        found = [report for report in found if report.doubts]
    if as_json:
        print_json([asdict(report) for report in found])
    elif doubts:
        print_doubts(found)
    else:
        print_reports(found, catalogue.sources.copies())


def conflicts(data: DataOption = None, as_json: JsonOption = False) -> None:
    """List the files that hold one report twice, and the figures that they state otherwise.

    Two reports of one place and year that are no copies are listed where their figures differ.
    """
    from assistant.cli.console import print_conflicts
    from index.ingestion.copies import conflicts as find

    found = find(catalogue_of(data))
    if as_json:
        print_json([conflict_record(each) for each in found])
    else:
        print_conflicts(found)


def conflict_record(conflict: Conflict) -> dict[str, Any]:
    """Return a conflict as a record for programs."""
    copy = conflict.copy
    return {
        "document": conflict.document,
        "other": conflict.other,
        "is_copy": copy is not None,
        "is_cut": bool(copy and copy.is_cut),
        "share": copy.share if copy else None,
        "differences": [asdict(each) for each in conflict.differences],
    }
