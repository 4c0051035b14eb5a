"""Shows progress, summaries and tables on a terminal, with rich. Knows only how things look."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from assistant.answering.figures.export import FigureRow
from assistant.evaluation.figure_checks import CHECKS, FigureCheck
from assistant.records.feedback import Feedback
from assistant.records.printing import printable, printable_lines
from assistant.verification.findings import VERDICTS, Finding, Verdict
from index.build import Progress as Step
from index.build import Summary
from index.formats.recognition import endings
from index.ingestion.copies import Conflict
from index.storage.entries import Copy
from index.types import Hit, Report


@contextmanager
def indexing_progress(*, shown: bool) -> Iterator[Callable[[Step], None] | None]:
    """Show a progress bar on standard error while reports are read; nothing unless `shown`."""
    if not shown:
        yield None
        return
    with _bars() as bars:
        tasks: dict[str, Any] = {}

        def show(step: Step) -> None:
            if step.stage not in tasks:
                tasks[step.stage] = bars.add_task(step.stage, total=step.total)
            bars.update(tasks[step.stage], completed=step.done, total=step.total)

        yield show


@contextmanager
def counting_progress(what: str, *, shown: bool) -> Iterator[Callable[[int, int], None] | None]:
    """Show a bar on standard error that is told how many of `what` are done, and of how many."""
    if not shown:
        yield None
        return
    with _bars() as bars:
        task = bars.add_task(what, total=None)
        yield lambda done, total: bars.update(task, completed=done, total=total)


def _bars() -> Progress:
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    console = Console(stderr=True)  # a file would get an empty line of it
    return Progress(*columns, console=console, transient=True, disable=not console.is_terminal)


def print_summary(summary: Summary, *, looked_in_paths: bool = False) -> None:
    """Print what an indexing run did, the skipped files last.

    With `looked_in_paths` a run that found no file says which would have been read.
    """
    console = Console(soft_wrap=True)
    parts = (
        ("added", summary.added),
        ("changed", summary.changed),
        ("unchanged", summary.unchanged),
        ("duplicate", summary.duplicate),
        ("copy" if summary.copies == 1 else "copies", summary.copies),
        ("removed", summary.removed),
        ("skipped", len(summary.skipped)),
    )
    done = ", ".join(f"{count} {name}" for name, count in parts if count)
    if not done and looked_in_paths:
        done = f"found no file that is read ({', '.join(sorted(endings()))})"
    console.print(f"{done or 'nothing to do'} in {summary.seconds:.1f} s", highlight=False)
    console.print(
        f"The index holds {summary.reports} reports in {summary.passages} passages.",
        highlight=False,
    )
    for kind in summary.passed:
        files = f"{kind.count} {kind.ending or 'without an ending'}"
        line = f"passed over: {files} (as {kind.first}): {kind.reason}"
        console.print(line, style="dim", highlight=False, markup=False)
    print_skipped(summary)


def print_skipped(summary: Summary) -> None:
    """Print the files that were not indexed, or not all of them."""
    console = Console(soft_wrap=True)
    for remark in summary.remarks:
        console.print(f"in part: {remark.reason}", style="yellow", highlight=False, markup=False)
    for skipped in summary.skipped:
        line = f"skipped: {printable(skipped.reason)}"
        console.print(line, style="yellow", highlight=False, markup=False)


def print_reports(reports: Sequence[Report], copies: Sequence[Copy] = ()) -> None:
    """Print a table of reports and what else holds them; an asterisk marks what was inferred."""
    table = Table(box=None, header_style="bold", pad_edge=False)
    for name in ("file", "place", "year", "date", "title", "speaker"):
        table.add_column(name, overflow="fold" if name in ("file", "title") else "ellipsis")
    for report in sorted(reports, key=lambda found: found.document):
        region = report.region
        cells = (
            report.document,
            region.value.name + ("*" if region.inferred else "") if region else "—",
            *map(_stated, (report.year, report.date, report.title, report.speaker)),
        )
        table.add_row(*(Text(printable(cell)) for cell in cells))
    console = Console()
    console.print(table)
    console.print("* inferred: the report does not say so outright", style="dim")
    documents = {report.id: report.document for report in reports}
    for copy in copies:
        if document := documents.get(copy.report_id):
            line = f"{document} is also in {copy.document}{', cut' if copy.is_cut else ''}"
            console.print(line, style="dim", highlight=False, markup=False)


def print_conflicts(conflicts: Sequence[Conflict]) -> None:
    """Print a line for each two files, and two for each figure that they state otherwise."""
    console = Console(soft_wrap=True, highlight=False, markup=False)
    for each in conflicts:
        kind = "a cut copy" if each.copy and each.copy.is_cut else "a copy"
        kind = kind if each.copy else "another report of that place and year"
        told = (
            f"{len(each.differences)} figures differ" if each.differences else "no figure differs"
        )
        console.print(f"{each.document} and {each.other}, {kind}: {told}", style="bold")
        for difference in each.differences:
            of = f"{difference.region} {difference.period} {difference.indicator}"
            console.print(f"  {of} ({difference.kind}, {difference.measure})")
            for name, said in ((each.document, difference.here), (each.other, difference.there)):
                quote = printable(said.quote)
                console.print(f"    {said.value:<10} {name}:{said.start}-{said.end}  {quote}")
    if not conflicts:
        console.print("No report is held by two files.")


_ASKED = {"region": "place"}


def print_doubts(reports: Sequence[Report]) -> None:
    """Print a line for each witness that speaks against what was chosen of a report."""
    console = Console(soft_wrap=True, highlight=False, markup=False)
    for report in sorted(reports, key=lambda found: found.document):
        for doubt in report.doubts:
            field = _ASKED.get(doubt.field, doubt.field)
            taken = f"{doubt.chosen} was taken" if doubt.chosen else "none was taken"
            says = f"{report.document}: {field}: {taken}; {doubt.witness}: {doubt.says}"
            console.print(printable(says))
    if not reports:
        console.print("No doubts: all that is said of the reports agrees.")


def _stated(stated: Any) -> str:  # noqa: ANN401 - a Stated of any value
    if stated is None:
        return "—"
    return f"{stated.value}{'*' if stated.inferred else ''}"


def print_hits(hits: Sequence[Hit]) -> None:
    """Print search hits with the scores of both retrievers."""
    console = Console()
    if not hits:
        console.print("Nothing found.")
    for place, hit in enumerate(hits, 1):
        lexical = "—" if hit.lexical is None else f"{hit.lexical:.2f}"
        dense = "—" if hit.dense is None else f"{hit.dense:.3f}"
        span = hit.passage.raw_span
        console.print(
            f"{place}. {printable(hit.report.document)}:{span.start}-{span.end}"
            f"  score {hit.score:.2f}  BM25 {lexical}  cosine {dense}",
            style="bold",
            highlight=False,
            markup=False,
        )
        if hit.passage.headings:
            headings = printable(" › ".join(hit.passage.headings))
            console.print(headings, style="dim", markup=False)
        console.print(printable_lines(hit.passage.text), markup=False, highlight=False)
        console.print()


_WIDE = 180


def print_figures(rows: Sequence[FigureRow]) -> None:
    """Print a table of figures, each with the characters of its file that state it."""
    console = Console()
    if not console.is_terminal:
        console = Console(width=_WIDE)  # lines of a file need not fit a screen
    if not rows:
        console.print("No figure fits.")
        return
    table = Table(box=None, header_style="bold", pad_edge=False)
    for name in ("place", "indicator", "measure", "kind", "period"):
        table.add_column(name, overflow="fold")
    table.add_column("value", overflow="fold", justify="right")
    table.add_column("stated at", overflow="fold")
    for row in rows:
        amount = f"{row.value}{row.unit}"
        value = " ".join(filter(None, (amount, row.qualifier)))
        source = f"{row.document}:{row.start}-{row.end}"
        cells = (row.region, row.indicator, row.measure, row.kind, row.period, value, source)
        table.add_row(*(Text(printable(cell)) for cell in cells))
    console.print(table)
    console.print(f"{len(rows):,} figures", style="dim", highlight=False)


def print_findings(findings: Sequence[Finding]) -> None:
    """Print one line a finding, and how many there are of each kind."""
    console = Console(soft_wrap=True, highlight=False, markup=False)
    for found in findings:
        line = Text(f"{found.verdict:<13}", _STYLES[found.verdict])
        console.print(line, Text(f" turn {found.turn}  {found.text}"), sep="")
    counts = Counter(found.verdict for found in findings)
    console.print(", ".join(f"{counts[name]} {name}" for name in VERDICTS if counts[name]))


_STYLES: dict[Verdict, str] = {
    "proved": "bold green",
    "supported": "green",
    "not supported": "bold red",
    "right": "green",
    "differs": "bold red",
    "unknown": "yellow",
}


def print_feedback(found: Sequence[Feedback]) -> None:
    """Print a table of votes, oldest first."""
    console = Console()
    if not found:
        console.print("No votes yet: they are given on the page, under each answer.")
        return
    table = Table(box=None, header_style="bold", pad_edge=False)
    for name in ("time", "vote", "question", "reason"):
        table.add_column(name, overflow="fold", no_wrap=name in ("time", "vote"))
    for each in found:
        question = " / ".join((*each.history, each.exchange.question))
        row = (each.time.replace("T", " ")[:16], each.vote, question, each.reason)
        table.add_row(*(Text(printable(cell)) for cell in row))
    console.print(table)


def print_figure_check(check: FigureCheck, worst: int) -> None:
    """Print what the checks of figures counted, then the reports with the most findings."""
    console = Console(soft_wrap=True)
    reports = max(1, check.reports)
    unsure = check.unsure / max(1, check.figures)
    target, result = check.with_target / reports, check.with_result / reports
    for line in (
        f"{check.reports} reports, {check.figures} figures, {unsure:.1%} of them unsure",
        f"{target:.1%} tell a target of their economy, {result:.1%} a result of the year before",
    ):
        console.print(line, highlight=False)
    for name, count in check.counts.items():
        console.print(f"{count:>6}  {CHECKS[name]}", highlight=False)
    for document, findings in check.worst(worst):
        console.print(f"{document}: {len(findings)}", style="bold", highlight=False, markup=False)
        for finding in findings:
            line = f"  {finding.check}: {finding.text}"
            console.print(line, highlight=False, markup=False)
