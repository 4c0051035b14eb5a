"""The command line: parse, call, show. No thinking is done here.

Every other import stands in the command that needs it: `baogao ask` answers within two seconds of
its start.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from assistant.cli.asking import ask
from assistant.cli.checking import check
from assistant.cli.checks import check_figures, feedback, verify
from assistant.cli.indexing import index_command
from assistant.cli.keeping import backup, doctor, restore
from assistant.cli.listing import conflicts, reports
from assistant.cli.options import (
    DataOption,
    JsonOption,
    ModelOption,
    ReadOnlyOption,
    RegionOption,
    YearOption,
    catalogue_of,
    codes_of,
    fail,
    print_json,
    set_talk,
    settings_of,
    write_what_the_console_can,
)
from assistant.cli.querying import query
from assistant.cli.series import panel, trace

if TYPE_CHECKING:
    from assistant.answer import Assistant
    from assistant.settings import Settings

NAME = "baogao"
"""What the program is called, also where Python runs it as a module."""

app = typer.Typer(
    name=NAME,
    help="Ask a folder of Chinese government work reports (政府工作报告).",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

INTERRUPTED = 130
"""Exit status after Ctrl+C, as shells have it."""


def _tell_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"baogao {version('baogao')}")
        raise typer.Exit


@app.callback()
def _options(
    *,
    version: Annotated[
        bool,
        typer.Option("--version", callback=_tell_version, is_eager=True, help="Show the version."),
    ] = False,
    verbose: Annotated[
        bool, typer.Option("-v", "--verbose", help="Log what is done on standard error.")
    ] = False,
    quiet: Annotated[
        bool, typer.Option("-q", "--quiet", help="No progress and no warnings, errors only.")
    ] = False,
) -> None:
    """Take the options that stand before a command."""
    del version  # it has been shown
    set_talk(verbose=verbose, quiet=quiet)


def main() -> None:
    """Run the command line; an expected error is one line on standard error and exit status 1."""
    from assistant.errors import AssistantError
    from index.errors import BaogaoIndexError

    write_what_the_console_can()
    try:
        app(prog_name=NAME)
    except (AssistantError, BaogaoIndexError) as error:
        fail(str(error))
    except OSError as error:
        fail(f"{error.filename or 'file'}: {error.strerror}")
    except KeyboardInterrupt:
        fail("stopped", INTERRUPTED)


def _assistant(
    data: Path | None, model: str | None = None, *, read_only: bool = False
) -> Assistant:
    from assistant.answer import open_assistant

    return open_assistant(settings_of(data, model, read_only=read_only))


app.command("index")(index_command)
app.command()(ask)


@app.command()
def chat(
    data: DataOption = None,
    model: ModelOption = None,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[
        int | None, typer.Option(min=1, max=65535, help="Port; by default the next free one.")
    ] = None,
    browser: Annotated[bool, typer.Option(help="Open the page in the browser.")] = True,
    read_only: ReadOnlyOption = False,
    auth: Annotated[
        Path | None,
        typer.Option(
            "--auth",
            help="Who may see a page that others can reach: a file of name:password lines.",
            show_default=False,
        ),
    ] = None,
    no_auth: Annotated[
        bool, typer.Option("--no-auth", help="Let everyone who reaches the page see it.")
    ] = False,
    name: Annotated[
        list[str] | None,
        typer.Option(
            "--name",
            help="Another name that the page is reached by, such as a proxy's; may be repeated.",
            show_default=False,
        ),
    ] = None,
    root_path: Annotated[
        str | None,
        typer.Option(
            "--root-path",
            help="The path, or the whole address, under which a proxy serves the page.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Open the chat in the browser, and serve the API of other programs beside it.

    Without an index the page takes the first reports in.
    """
    from assistant.web.serving.guard import LOOPBACK
    from assistant.web.serving.readers import read_readers

    if host not in LOOPBACK and auth is None and not no_auth:
        fail(
            f"--host {host} lets other machines in: name the readers with --auth FILE, or let "
            "everyone see the page with --no-auth"
        )
    known = read_readers(auth) if auth else None
    if not read_only:
        _begin(settings_of(data))
    assistant = _assistant(data, model, read_only=read_only)
    assistant.searcher.serve()
    from assistant.web.app import launch

    launch(
        assistant,
        host=host,
        port=port,
        open_browser=browser,
        names=name or (),
        known=known,
        root_path=root_path,
    )


def _begin(settings: Settings) -> None:
    """Make an empty catalogue where there is none."""
    from index.storage.catalogue import Catalogue

    if not Catalogue.is_in(settings.data, settings.database):
        Catalogue.open(settings.data, create=True, database=settings.database).close()


@app.command()
def mcp(
    data: DataOption = None, model: ModelOption = None, read_only: ReadOnlyOption = False
) -> None:
    """Serve the tools of an assistant by MCP on standard input and output."""
    from assistant.doors.mcp_server import serve

    assistant = _assistant(data, model, read_only=read_only)
    assistant.searcher.serve()
    serve(assistant)


app.command()(query)
app.command()(reports)
app.command()(conflicts)


@app.command()
def search(
    query: Annotated[str, typer.Argument(help="Words to look for, in any language.")],
    data: DataOption = None,
    region: RegionOption = None,
    year: YearOption = None,
    top: Annotated[int, typer.Option(help="How many passages.")] = 10,
    read_only: ReadOnlyOption = False,
    as_json: JsonOption = False,
) -> None:
    """Show the passages that a search finds, with the scores of both retrievers."""
    from assistant.cli.console import print_hits
    from assistant.doors.records import hit_record
    from index.search.searcher import open_searcher
    from index.types import Filter

    settings = settings_of(data, read_only=read_only)
    where = Filter(regions=codes_of(region), years=frozenset(year or ()))
    searcher = open_searcher(
        settings.data,
        settings.embedding,
        settings.reranker,
        read_only=settings.read_only,
        database=settings.database,
        chroma=settings.chroma,
    )
    hits = searcher.search(query, where=where, top=top)
    if as_json:
        print_json([hit_record(hit) for hit in hits])
    else:
        print_hits(hits)


@app.command()
def figures(
    data: DataOption = None,
    region: Annotated[
        list[str] | None,
        typer.Option(
            "--region", help="Only figures of this place; may be repeated.", show_default=False
        ),
    ] = None,
    year: Annotated[
        list[int] | None,
        typer.Option(
            "--year", help="Only periods that hold this year; may be repeated.", show_default=False
        ),
    ] = None,
    indicator: Annotated[
        list[str] | None,
        typer.Option(
            "--indicator",
            help="Only this indicator: Chinese or English, short or as a report has it; "
            "may be repeated.",
            show_default=False,
        ),
    ] = None,
    kind: Annotated[
        Literal["target", "actual", "cumulative"] | None,
        typer.Option(
            help="Goals, results of one period, or totals over several years.", show_default=False
        ),
    ] = None,
    form: Annotated[
        Literal["table", "csv", "json"], typer.Option("--format", help="How to print.")
    ] = "table",
) -> None:
    """List the figures that the reports state, each with where it stands in its file.

    CSV is UTF-8 without a byte order mark, as programs want it.
    """
    from assistant.answering.figures.export import figure_rows, select_figures, to_csv, to_records
    from assistant.cli.console import print_figures
    from index.lexicon.indicators import load_lexicon

    catalogue = catalogue_of(data)
    found = select_figures(
        catalogue,
        load_lexicon(),
        regions=codes_of(region),
        years=frozenset(year or ()),
        indicators=indicator or (),
        kinds=(kind,) if kind else (),
    )
    rows = figure_rows(found, catalogue)
    if form == "json":
        print_json(to_records(rows))
    elif form == "csv":
        typer.echo(to_csv(rows), nl=False)
    else:
        print_figures(rows)


@app.command()
def evaluate(
    questions: Annotated[Path, typer.Argument(help="A question set, JSON Lines.")],
    data: DataOption = None,
    model: ModelOption = None,
    answers: Annotated[
        Path | None, typer.Option("--answers", help="Write every answer record here.")
    ] = None,
    markdown: Annotated[bool, typer.Option("--markdown", help="Print Markdown tables.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Run a question set and print how well it was answered."""
    from rich.console import Console

    from assistant.evaluation import harness, report
    from assistant.evaluation.questions import load_questions
    from assistant.evaluation.records import write_answers

    asked = load_questions(questions)
    assistant = _assistant(data, model)
    evaluation = harness.evaluate(
        asked,
        ask=lambda question, history: assistant.ask(question, history=history),
        raw_of=assistant.raw_of,
        retrieve=lambda question, history: assistant.retrieve(question, history=history),
    )
    if answers is not None:
        write_answers(evaluation.outcomes, answers)
    if as_json:
        print_json(report.as_json(evaluation))
    elif markdown:
        typer.echo(report.markdown(evaluation))
    else:
        report.print_report(evaluation, Console())


app.command()(panel)
app.command()(trace)
app.command()(verify)
app.command()(check)
app.command()(feedback)
app.command("check-figures")(check_figures)
app.command()(doctor)
app.command()(backup)
app.command()(restore)


@app.command("train-embedding")
def train_embedding(
    data: Annotated[Path, typer.Option("--data", help="Folder of training corpora.")],
    out: Annotated[Path, typer.Option("--out", help="Folder to write the model to.")],
    reports: Annotated[
        Path | None,
        typer.Option("--reports", help="Folder of reports to learn from as text without labels."),
    ] = None,
    seed: Annotated[int, typer.Option(help="Seed of every random choice.")] = 0,
) -> None:
    """Train the bundled bilingual embedding model."""
    from index.embedding.training.train import train

    typer.echo(train(data, out, reports=reports, seed=seed))
