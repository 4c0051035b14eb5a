"""The commands that look back: `baogao verify`, `baogao feedback` and `baogao check-figures`.

Parse, call, show, as in `cli`, which takes them in. No thinking is done here.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.options import DataOption, JsonOption, fail, print_json, settings_of

DIFFERS, UNREADABLE = 1, 2
"""Exit statuses of `verify`."""


def verify(
    bundle: Annotated[Path, typer.Argument(help="An evidence bundle.")],
    folders: Annotated[
        list[Path] | None,
        typer.Argument(
            help="Files or folders to look in, in place of the index.", show_default=False
        ),
    ] = None,
    data: DataOption = None,
) -> None:
    """Check an evidence bundle against the files that it cites, one line a finding.

    Exit status: 0 all is right, 1 something differs, 2 the bundle or the files cannot be read.
    """
    from assistant.cli.console import print_findings
    from assistant.errors import BundleError
    from assistant.records.bundle import read_bundle
    from assistant.records.verify import Files
    from assistant.records.verify import verify as check
    from index.errors import BaogaoIndexError, CatalogueError
    from index.storage.catalogue import Catalogue

    try:
        read = read_bundle(bundle)
        try:
            catalogue = Catalogue.open(settings_of(data).data)
        except CatalogueError:
            if not folders:
                raise
            catalogue = None  # the folders were named; an index is not needed beside them
        reports = catalogue.reports if catalogue else list
        files = Files.among(folders or (), None if folders else catalogue)
        findings = check(read, files, reports)
    except (BundleError, BaogaoIndexError) as error:
        fail(str(error), UNREADABLE)
    print_findings(findings)
    if any(finding.verdict == "differs" for finding in findings):
        raise typer.Exit(DIFFERS)


def feedback(
    data: DataOption = None,
    questions: Annotated[
        Path | None,
        typer.Option(
            "--questions",
            help="Write the votes as a question set here; what an editor has to answer first "
            "goes to a .review file beside it.",
            show_default=False,
        ),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """List the votes given on the page, and make a question set of them."""
    from assistant.cli.console import print_feedback
    from assistant.evaluation.from_feedback import write_questions
    from assistant.records.feedback import borne_out, read_feedback
    from index.storage.catalogue import Catalogue

    found, problems = read_feedback(settings_of(data).data)
    if questions is not None and found:
        # Nothing becomes gold that the index does not hold.
        found, others = borne_out(found, Catalogue.open(settings_of(data).data))
        problems += others
    for problem in problems:
        typer.echo(f"baogao: {problem}; the line is passed over", err=True)
    if questions is not None:
        written = write_questions(found, questions)
        for file, count in written:
            typer.echo(f"{file}: {count} questions")
        if not written:
            print_feedback(found)
    elif as_json:
        print_json([each.record() for each in found])
    else:
        print_feedback(found)


def check_figures(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            help="Report files, or folders of them; else the index.", show_default=False
        ),
    ] = None,
    data: DataOption = None,
    worst: Annotated[int, typer.Option(min=0, help="How many reports are named.")] = 20,
    as_json: JsonOption = False,
) -> None:
    """Check the figures of reports against each other; nothing has to be labelled or indexed.

    What it finds are marks of a misreading, each to be looked at, and not errors for certain.
    """
    from assistant.cli.console import print_figure_check
    from assistant.evaluation.checked_reports import check_catalogue, check_files
    from index.storage.catalogue import Catalogue

    if paths:
        check = check_files(paths, skipped=lambda why: typer.echo(f"skipped: {why}", err=True))
    else:
        check = check_catalogue(Catalogue.open(settings_of(data).data))
    if as_json:
        print_json(check.to_json())
    else:
        print_figure_check(check, worst)
