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
from assistant.cli.listing import conflicts, reports
from assistant.cli.options import (
    DataOption,
    JsonOption,
    ModelOption,
    RegionOption,
    YearOption,
    codes_of,
    fail,
    is_quiet,
    print_json,
    set_talk,
    settings_of,
    write_what_the_console_can,
)
from assistant.cli.querying import query
from assistant.cli.series import panel, trace

if TYPE_CHECKING:
    from assistant.answer import Assistant

app = typer.Typer(
    name="baogao",
    help="Ask a folder of Chinese government work reports (政府工作报告).",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

SKIPPED = 3
"""Exit status of `index` when it left files out; the others are indexed."""

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
        app()
    except (AssistantError, BaogaoIndexError) as error:
        fail(str(error))
    except OSError as error:
        fail(f"{error.filename or 'file'}: {error.strerror}")
    except KeyboardInterrupt:
        fail("stopped", INTERRUPTED)


def _assistant(data: Path | None, model: str | None) -> Assistant:
    from assistant.answer import open_assistant

    return open_assistant(settings_of(data, model))


@app.command("index")
def index_command(
    paths: Annotated[list[Path], typer.Argument(help="Report files, or folders of them.")],
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
    as_json: JsonOption = False,
) -> None:
    """Read reports into the index; only new and changed files cost time.

    What a manifest.csv beside the files says of them (columns file, region, year, date, speaker,
    title, source) goes before what they say themselves, and the options before that.
    """
    from assistant.cli.console import indexing_progress, print_skipped, print_summary
    from index.build import build
    from index.reports.witnesses import Told

    settings = settings_of(data)
    if region:
        codes_of([region])  # fails with a line if it is no place
    told = Told(region=region, year=year, source=source) if region or year or source else None
    with indexing_progress(shown=not as_json and not is_quiet()) as progress:
        summary = build(
            paths,
            data=settings.data,
            embedding=settings.embedding,
            prune=prune,
            progress=progress,
            told=told,
            force=force,
        )
    if as_json:
        print_json(summary.to_json())
    elif not is_quiet():
        print_summary(summary)
    else:
        print_skipped(summary)
    if summary.skipped:
        raise typer.Exit(SKIPPED)


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
) -> None:
    """Open the chat in the browser; without an index it takes the first reports in."""
    from index.storage.catalogue import Catalogue

    folder = settings_of(data).data
    if not Catalogue.is_in(folder):
        Catalogue.open(folder, create=True).close()
    assistant = _assistant(data, model)
    from assistant.web.app import launch

    launch(assistant, host=host, port=port, open_browser=browser)


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
    as_json: JsonOption = False,
) -> None:
    """Show the passages that a search finds, with the scores of both retrievers."""
    from assistant.cli.console import hit_record, print_hits
    from index.search.searcher import open_searcher
    from index.types import Filter

    settings = settings_of(data)
    where = Filter(regions=codes_of(region), years=frozenset(year or ()))
    hits = open_searcher(settings.data, settings.embedding, settings.reranker).search(
        query, where=where, top=top
    )
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
    from index.storage.catalogue import Catalogue

    catalogue = Catalogue.open(settings_of(data).data)
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
