"""The command that answers questions: `baogao ask`. No thinking is done here."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from assistant.cli.options import (
    DataOption,
    JsonOption,
    ModelOption,
    ReadOnlyOption,
    RegionOption,
    YearOption,
    codes_of,
    fail,
    print_answer,
    print_json,
    print_notes,
    settings_of,
)

if TYPE_CHECKING:
    from assistant.answer import Assistant
    from assistant.records.citation_formats import CitationForm
    from assistant.types import Answer
    from index.storage.catalogue import Catalogue

_log = logging.getLogger(__name__)

ABSTAINED = 1
"""Exit status of `ask --strict` where an answer abstains."""


def ask(
    question: Annotated[
        str | None,
        typer.Argument(
            help="In Chinese (either script) or English; - reads questions from standard input, "
            "one a line.",
            show_default=False,
        ),
    ] = None,
    file: Annotated[
        Path | None,
        typer.Option("--from", help="Ask the questions of a file, one a line.", show_default=False),
    ] = None,
    data: DataOption = None,
    model: ModelOption = None,
    region: RegionOption = None,
    year: YearOption = None,
    scope: Annotated[
        list[str] | None,
        typer.Option(
            "--scope",
            help="Only the report of this place given in this year, as place:year; may be "
            "repeated.",
            show_default=False,
        ),
    ] = None,
    cite: Annotated[
        Literal["plain", "gbt7714", "bibtex"] | None,
        typer.Option(help="How the citations are printed.", show_default=False),
    ] = None,
    bundle: Annotated[
        Path | None,
        typer.Option(
            "--bundle",
            help="Write an evidence bundle here, for `baogao verify`.",
            show_default=False,
        ),
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit with status 1 where an answer abstains.")
    ] = False,
    read_only: ReadOnlyOption = False,
    as_json: JsonOption = False,
) -> None:
    """Answer a question, with citations.

    Several questions are answered each for itself, in order; as JSON, a record a line.
    """
    from assistant.answer import open_assistant
    from assistant.limits import check_question

    if cite and as_json:
        raise typer.BadParameter("expected --json or --cite, found both: JSON has one form")
    questions = _questions(question, file)
    if bundle is not None and len(questions) > 1:
        raise typer.BadParameter(f"expected one question for a bundle, found {len(questions)}")
    regions, years = codes_of(region), frozenset(year or ())
    for asked in questions:
        check_question(asked)
    abstained = False
    opened = open_assistant(settings_of(data, model, read_only=read_only))
    with opened.at_one_state() as assistant:
        reports = _scoped(scope or (), assistant.searcher.catalogue)
        for asked in questions:
            answer = assistant.ask(asked, regions=regions, years=years, reports=reports)
            abstained |= answer.abstained
            _log.info("answered in %.3f s", answer.latency_s)
            _show(answer, assistant, cite, as_json=as_json, is_one=len(questions) == 1)
            if bundle is not None:
                from assistant.records.bundle import write_bundle
                from index.types import Filter

                limits = Filter(regions=regions, years=years, reports=reports)
                write_bundle(bundle, answer, assistant.searcher.catalogue, limits)
    if strict and abstained:
        raise typer.Exit(ABSTAINED)


def _questions(question: str | None, file: Path | None) -> list[str]:
    """Return the questions to be asked; ends the program where there are none."""
    if (question is None) == (file is None):
        raise typer.BadParameter("expected a question, - or --from FILE; see `baogao ask --help`")
    if question is not None and question != "-":
        try:
            question.encode()
        except UnicodeEncodeError:
            raise typer.BadParameter("expected the question in UTF-8, found other bytes") from None
        if not question.strip():
            raise typer.BadParameter("expected a question, found blanks")
        return [question]
    return _written_in(file)


def _written_in(file: Path | None) -> list[str]:
    """Return the questions of a file, or of standard input; ends the program without any."""
    from index.errors import SourceError
    from index.formats.decoding import decode
    from index.formats.recognition import format_of

    name = "standard input" if file is None else str(file)
    given = sys.stdin.buffer.read() if file is None else file.read_bytes()
    if format_of(given) is not None:
        fail(f"{name}: expected plain text, a question a line; found another format: copy them out")
    try:
        text, _ = decode(given)
    except SourceError as error:
        fail(f"{name}: {error}")
    questions = [line.strip() for line in text.splitlines() if line.strip()]
    if not questions:
        fail(f"{name}: expected questions, one a line, found none")
    return questions


def _scoped(scopes: Sequence[str], catalogue: Catalogue) -> frozenset[str]:
    """Return the ids of the reports that scopes name; none where there are no scopes."""
    from index.types import Filter

    found: set[str] = set()
    for scope in scopes:
        place, _, year = scope.replace("：", ":").rpartition(":")
        if not place or not year.isdecimal():
            raise typer.BadParameter(f"expected --scope as place:year, found {scope!r}")
        where = Filter(regions=codes_of([place]), years=frozenset({int(year)}))
        ids = catalogue.report_ids(where)
        if not ids:
            fail(f"--scope: no report of {place} given in {year} is indexed; see `baogao reports`")
        found.update(ids)
    return frozenset(found)


def _show(
    answer: Answer,
    assistant: Assistant,
    cite: CitationForm | None,
    *,
    as_json: bool,
    is_one: bool,
) -> None:
    if as_json:
        if is_one:
            print_json(answer.record())
        else:
            typer.echo(json.dumps(answer.record(), ensure_ascii=False))
        return
    if not is_one:
        typer.echo(f"# {answer.question}\n")
    if cite:
        _print_cited(answer, cite, assistant)
    else:
        print_answer(answer)
    if not is_one:
        typer.echo()


def _print_cited(answer: Answer, form: CitationForm, assistant: Assistant) -> None:
    from assistant.records.citation_formats import formatted
    from assistant.records.conversations import documents_of

    documents = documents_of(answer, assistant.searcher.catalogue)
    by_name = {document.document: document for document in documents}
    typer.echo(answer.text)
    for citation in answer.citations:
        typer.echo()
        typer.echo(formatted(citation, by_name[citation.document], form, answer.language))
    print_notes(answer)
