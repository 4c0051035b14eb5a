"""The commands that look back: `baogao verify`, `baogao feedback` and `baogao check-figures`.

Parse, call, show, as in `cli`, which takes them in. No thinking is done here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.options import (
    DataOption,
    JsonOption,
    catalogue_of,
    fail,
    print_json,
    settings_of,
)

if TYPE_CHECKING:
    from assistant.settings import Settings
    from assistant.verification.corpora import Corpora

FAILS, UNREADABLE = 1, 2
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
    as_json: JsonOption = False,
) -> None:
    """Check an evidence bundle against the reports that it cites, one line a finding.

    Each statement is proved, supported or not supported. Exit status: 0 every one is proved or
    supported, 1 one is not or something differs, 2 the bundle or the files cannot be read.
    """
    from assistant.cli.console import print_findings
    from assistant.errors import BundleError
    from assistant.records.bundle import read_bundle
    from assistant.verification.findings import fails
    from assistant.verification.verify import verify as check
    from index.errors import BaogaoIndexError

    try:
        read = read_bundle(bundle)
        with _corpora(settings_of(data), folders or ()) as corpora:
            findings = check(read, corpora)
    except (BundleError, BaogaoIndexError) as error:
        fail(str(error), UNREADABLE)
    failed = fails(findings)
    if as_json:
        print_json({"holds": not failed, "findings": [each.record() for each in findings]})
    else:
        print_findings(findings)
    if failed:
        raise typer.Exit(FAILS)


def _corpora(settings: Settings, folders: Sequence[Path]) -> Corpora:
    """Open the index, which need not be there where folders are named, and find their files."""
    from assistant.answer import open_assistant
    from assistant.verification.corpora import Corpora
    from assistant.verification.files import Files
    from index.errors import CatalogueError

    bare = replace(settings, model=None)
    try:
        at_hand = open_assistant(bare)
    except CatalogueError:
        if not folders:
            raise
        at_hand = None  # the folders were named; an index is not needed beside them
    return Corpora(Files.among(folders), bare, at_hand)


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

    found, problems = read_feedback(settings_of(data).data)
    if questions is not None and found:
        # Nothing becomes gold that the index does not hold.
        found, others = borne_out(found, catalogue_of(data))
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

    if paths:
        check = check_files(paths, skipped=lambda why: typer.echo(f"skipped: {why}", err=True))
    else:
        check = check_catalogue(catalogue_of(data))
    if as_json:
        print_json(check.to_json())
    else:
        print_figure_check(check, worst)
