"""The evaluation as people and programs read it: terminal tables, Markdown, JSON.

One list of tables is laid out once, in texts, and then drawn for a terminal or for a page. The
latencies are all that varies between two runs. Nothing here computes a measure.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from itertools import accumulate
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from assistant.evaluation.harness import Evaluation
from assistant.evaluation.measures import Score, Summary
from assistant.evaluation.questions import EvalQuestion

NOTHING = "–"

Groups = Sequence[tuple[str, Summary]]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as texts.

    `wide` is true where its cells hold sentences, not numbers; `sections` are the rows after which
    another kind of group begins.
    """

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    wide: bool = False
    sections: frozenset[int] = frozenset()


def print_report(evaluation: Evaluation, console: Console) -> None:
    """Print the tables and notes to `console`; they fit a terminal of 100 columns."""
    for grid in grids(evaluation):
        console.print(_drawn(grid))
    for note in notes(evaluation):
        console.print(Text(note))


def markdown(evaluation: Evaluation) -> str:
    """Return the tables and notes as Markdown."""
    parts = [_markdown_table(grid) for grid in grids(evaluation)]
    return "\n".join([*parts, *(f"- {_escaped(note)}" for note in notes(evaluation))]) + "\n"


def as_json(evaluation: Evaluation) -> dict[str, Any]:
    """Return the measures and the score of each question, ready for `json.dumps`."""
    return {
        "overall": _rounded(asdict(evaluation.overall)),
        "by_type": {name: _rounded(asdict(one)) for name, one in evaluation.by_type},
        "by_language": {name: _rounded(asdict(one)) for name, one in evaluation.by_language},
        "refusal_reasons": dict(evaluation.refusal_reasons),
        "false_refusal_reasons": dict(evaluation.false_refusal_reasons),
        "unlocated_evidence": [asdict(evidence) for evidence in evaluation.unlocated],
        "questions": [_rounded(asdict(score)) for score in evaluation.scores],
    }


def grids(evaluation: Evaluation) -> tuple[Grid, ...]:
    """Lay out the tables: answers, retrieval where it was measured, what went wrong if anything."""
    kinds = (evaluation.by_type, evaluation.by_language, (("all", evaluation.overall),))
    laid = [_answers(kinds)]
    if evaluation.overall.ranked:
        laid.append(_retrieval(kinds))
    faults = tuple(
        (score.id, _asked(outcome.question), _printable("; ".join(_faults(score))))
        for score, outcome in zip(evaluation.scores, evaluation.outcomes, strict=True)
        if _faults(score)
    )
    if faults:
        laid.append(Grid("Faults", ("id", "question", "what is wrong"), faults, wide=True))
    return tuple(laid)


def notes(evaluation: Evaluation) -> tuple[str, ...]:
    """Return the lines under the tables: the result in a sentence, reasons, quotes not found."""
    overall = evaluation.overall
    result = (
        f"{overall.correct} of {overall.n} correct ({overall.correct / overall.n:.1%}), "
        f"{overall.strict} without a distractor ({overall.strict / overall.n:.1%}), "
        f"{overall.too_long} too long, {overall.errors} crashed or missing."
    )
    lines = [result]
    if evaluation.refusal_reasons:
        lines.append(f"Reasons where there is no answer: {_counts(evaluation.refusal_reasons)}.")
    if evaluation.false_refusal_reasons:
        lines.append(f"Reasons of false refusals: {_counts(evaluation.false_refusal_reasons)}.")
    lines += [
        f"Gold quote not found in {one.document}: {' '.join(one.quote.split())}"
        for one in evaluation.unlocated
    ]
    return tuple(lines)


def _answers(kinds: Sequence[Groups]) -> Grid:
    header = (
        *("group", "n", "correct", "strict", "refused", "false refusal"),
        *("cited exactly", "cited prec.", "cited recall", "p50 s", "p95 s", "errors"),
    )
    rows = [[_answers_row(name, one) for name, one in groups] for groups in kinds]
    return _sectioned("Answers", header, rows)


def _answers_row(name: str, one: Summary) -> tuple[str, ...]:
    return (
        name,
        str(one.n),
        f"{one.correct / one.n:.1%}",
        f"{one.strict / one.n:.1%}",
        _of(one.refused, one.unanswerable),
        _of(one.false_refusals, one.answerable),
        _share(one.citations_exact),
        _share(one.citation_precision),
        _share(one.citation_recall),
        f"{one.latency_p50_s:.3f}",
        f"{one.latency_p95_s:.3f}",
        str(one.errors),
    )


def _retrieval(kinds: Sequence[Groups]) -> Grid:
    header = ("group", "n", "hit@1", "hit@5", "nDCG@10")
    rows = [
        [
            (name, str(one.ranked), *map(_share, (one.hit_at_1, one.hit_at_5, one.ndcg_at_10)))
            for name, one in groups
            if one.ranked
        ]
        for groups in kinds
    ]
    return _sectioned("Retrieval of the gold quotes", header, rows)


def _sectioned(
    title: str, header: tuple[str, ...], sections: Sequence[Sequence[tuple[str, ...]]]
) -> Grid:
    ends = accumulate(len(rows) for rows in sections[:-1])
    return Grid(
        title=title,
        header=header,
        rows=tuple(row for rows in sections for row in rows),
        sections=frozenset(end - 1 for end in ends),
    )


def _asked(question: EvalQuestion) -> str:
    return _printable(" → ".join((*question.history, question.question)))


def _printable(text: str) -> str:
    # Questions and messages come from outside: no escape sequence may reach the terminal.
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


def _faults(score: Score) -> list[str]:
    faults = [score.error] if score.error is not None else []
    if not score.answerable and not score.abstained:
        faults.append("answered, should abstain")
    if score.false_refusal:
        faults.append(f"refused ({score.reason})")
    elif score.answerable and score.missing:
        faults.append(f"lacks {', '.join(score.missing)}")
    if score.distractors:
        faults.append(f"holds {', '.join(score.distractors)}")
    if score.answerable and score.too_long:
        faults.append("too long")
    if score.citations_exact is False:
        faults.append("citations not exact")
    return faults


def _of(count: int, total: int) -> str:
    return f"{count}/{total}" if total else NOTHING


def _share(value: float | None) -> str:
    return NOTHING if value is None else f"{value:.3f}"


def _counts(counts: Iterable[tuple[str, int]]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counts)


def _drawn(grid: Grid) -> Table:
    table = Table(
        title=grid.title,
        title_justify="left",
        box=box.SIMPLE_HEAD,
        pad_edge=False,
        padding=(0, 1, 0, 0) if grid.wide else 0,
    )
    for column, name in enumerate(grid.header):
        # A heading of two words stands on two lines, so that the column is as wide as its numbers.
        heading = name if grid.wide else name.replace(" ", "\n")
        left = grid.wide or column == 0
        table.add_column(Text(heading), justify="left" if left else "right", no_wrap=not grid.wide)
    for index, row in enumerate(grid.rows):
        table.add_row(*map(Text, row), end_section=index in grid.sections)
    return table


def _markdown_table(grid: Grid) -> str:
    rule = ["---" if grid.wide or column == 0 else "---:" for column in range(len(grid.header))]
    lines = [_markdown_row(grid.header), _markdown_row(rule), *map(_markdown_row, grid.rows)]
    return "\n".join([f"**{grid.title}**", "", *lines, ""])


def _markdown_row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(map(_escaped, cells))} |"


def _escaped(text: str) -> str:
    for special in "\\|<*`[":
        text = text.replace(special, "\\" + special)
    return " ".join(text.split())


def _rounded(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: _round(value) for name, value in fields.items()}


def _round(value: Any) -> Any:  # noqa: ANN401 - any field of a score
    if isinstance(value, dict):
        return _rounded(value)
    return round(value, 4) if isinstance(value, float) else value
