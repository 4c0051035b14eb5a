"""How well figures are found in reports that no rule was written on: labels by scope.

Reads the labels that `tests/cases/README.md` describes and compares them with what
`index.figures.extraction` finds inside their scopes. A found figure is a label's if region,
indicator, kind, period, value and unit are equal, or one of the values that the label accepts.
Indicators match as in `benchmarks.figures`. An optional label need not be found and is not spurious
where it is; words in place of a number count as targets only. What a figure measures is compared
too, levels, counts, shares and ratios being one class, but is told apart from the score.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from benchmarks.figure_matching import alike, figure_line, find, known, read, same_wording
from index.ingestion.loaders import load
from index.lexicon.indicators import Lexicon, load_lexicon
from index.types import Figure, Span


@dataclass(frozen=True, slots=True)
class Label:
    """A labelled figure: what each field may be, and the clean characters that state it.

    `fields` holds for region, indicator, kind, period, value and unit all right values.
    """

    fields: Mapping[str, tuple[str, ...]]
    measures: tuple[str, ...]
    wording: str
    optional: bool
    place: Span

    def __str__(self) -> str:
        keys = ("indicator", "kind", "period", "value", "unit")
        return " ".join(self.fields[key][0] for key in keys) + self.wording


@dataclass(frozen=True, slots=True)
class FileScore:
    """What was found in the scopes of one file; `measures` are matched but measured otherwise."""

    file: str
    matched: int
    missed: int
    spurious: int
    errors: tuple[tuple[str, str, str], ...]
    measures: tuple[tuple[str, str], ...]

    @property
    def precision(self) -> float:
        """The share of the found figures that are labelled."""
        return self.matched / max(1, self.matched + self.spurious)

    @property
    def recall(self) -> float:
        """The share of the required labels that were found."""
        return self.matched / max(1, self.matched + self.missed)

    @property
    def f1(self) -> float:
        """The harmonic mean of the two."""
        return 2 * self.matched / max(1, 2 * self.matched + self.missed + self.spurious)


def score_scopes(cases: Path, reports: Path) -> list[FileScore]:
    """Score every file that the labels are of, in the order of the labels.

    Args:
        cases: the labels, one JSON object a line.
        reports: the folder that their files are relative to.

    Raises:
        ValueError: a file is not the one that was labelled.
    """
    lines = [json.loads(line) for line in cases.read_text(encoding="utf-8").splitlines()]
    files = dict.fromkeys(line["file"] for line in lines)
    return [_score(reports, [line for line in lines if line["file"] == file]) for file in files]


def in_all(scores: Sequence[FileScore]) -> FileScore:
    """Return the score of all files together."""
    return FileScore(
        "in all",
        sum(score.matched for score in scores),
        sum(score.missed for score in scores),
        sum(score.spurious for score in scores),
        tuple(error for score in scores for error in score.errors),
        tuple(measure for score in scores for measure in score.measures),
    )


def _score(reports: Path, lines: Sequence[dict[str, Any]]) -> FileScore:
    file = lines[0]["file"]
    digest = load(reports / file).sha256
    if digest != lines[0]["sha256"]:
        raise ValueError(f"expected {file} with SHA-256 {lines[0]['sha256']}, found {digest}")
    report = read(reports / file)
    normalized = report.normalized
    labels, scopes = [], []
    for line in lines:
        if line["type"] == "scope":
            scopes.append(normalized.clean_span(Span(*line["scope"])))
        else:
            labels.append(_label(line, normalized.clean_span(Span(line["start"], line["end"]))))
    found = [figure for figure in find(report) if _inside(figure.value_span, scopes)]
    return _compare(file, labels, found, normalized.text)


def _label(line: Mapping[str, Any], place: Span) -> Label:
    accepted = line.get("accept", {})

    def either(key: str) -> tuple[str, ...]:
        return (str(line[key]), *(str(value) for value in accepted.get(key, ())))

    keys = ("region", "indicator", "kind", "period", "value", "unit")
    return Label(
        {key: either(key) for key in keys},
        either("measure"),
        line.get("wording", ""),
        line.get("optional", False),
        place,
    )


def _inside(place: Span, scopes: Sequence[Span]) -> bool:
    return any(scope.start <= place.start < scope.end for scope in scopes)


def _compare(file: str, labels: Sequence[Label], found: Sequence[Figure], text: str) -> FileScore:
    lexicon = load_lexicon()
    left = list(found)
    unmatched, measures = [], []
    matched = 0
    for label in sorted(labels, key=lambda label: label.optional):
        equal = [figure for figure in left if not _differences(label, figure, lexicon)]
        if not equal:
            unmatched.append(label)
            continue
        figure = max(equal, key=lambda figure: _closeness(label, figure))
        left.remove(figure)
        if not label.optional:
            matched += 1
            if not _same_measure(label, figure):
                measures.append((str(label), f"{label.measures[0]} as {figure.measure}"))
    left = [figure for figure in left if figure.value is not None or figure.kind == "target"]
    missed = [label for label in unmatched if not label.optional]
    return FileScore(
        file, matched, len(missed), len(left), tuple(_errors(missed, left, text)), tuple(measures)
    )


def _closeness(label: Label, figure: Figure) -> tuple[bool, bool, bool]:
    return (
        label.fields["indicator"][0] == figure.indicator,
        _overlap(label.place, figure.span),
        _same_measure(label, figure),
    )


def _errors(
    missed: Sequence[Label], spurious: Sequence[Figure], text: str
) -> Iterator[tuple[str, str, str]]:
    """Yield what is wrong, the label and what was found: pairs of one place and value first."""
    lexicon = load_lexicon()
    left = list(spurious)
    for label in missed:
        near = [f for f in left if _overlap(label.place, f.span) and _same_value(label, f)]
        if not near:
            yield "missed", str(label), ""
            continue
        figure = min(near, key=lambda figure: len(_differences(label, figure, lexicon)))
        left.remove(figure)
        yield ", ".join(_differences(label, figure, lexicon)), str(label), figure_line(figure)
    for figure in left:
        yield "spurious", "", f"{figure_line(figure)} < {figure.span.of(text)[-40:]}"


def _differences(label: Label, figure: Figure, lexicon: Lexicon) -> list[str]:
    checks = {
        "region": figure.region.name in label.fields["region"],
        "indicator": _same_name(label, figure, lexicon),
        "kind": figure.kind in label.fields["kind"],
        "period": figure.period in label.fields["period"],
        "value": _same_value(label, figure),
        "unit": figure.value is None or figure.unit in label.fields["unit"],
    }
    return [name for name, same in checks.items() if not same]


def _same_name(label: Label, figure: Figure, lexicon: Lexicon) -> bool:
    for name in label.fields["indicator"]:
        meant = known(name, lexicon)
        if name == figure.indicator or (meant is not None and meant == figure.indicator_id):
            return True
        if figure.indicator_id is not None and meant is not None:
            continue
        if _overlap(label.place, figure.span) and alike(figure, (name,)):
            return True
    return False


def _same_value(label: Label, figure: Figure) -> bool:
    if figure.value is None:
        return bool(label.wording) and same_wording(label.wording, figure.wording or "")
    if figure.upper is not None:
        return f"{figure.value}-{figure.upper}" in label.fields["value"]
    return any(value and _equal(value, figure.value) for value in label.fields["value"])


def _equal(written: str, value: Decimal) -> bool:
    return written.replace(".", "", 1).isdigit() and Decimal(written) == value


_STATES = frozenset({"level", "count", "share", "ratio"})


def _same_measure(label: Label, figure: Figure) -> bool:
    if figure.measure in label.measures:
        return True
    return figure.measure in _STATES and not _STATES.isdisjoint(label.measures)


def _overlap(first: Span, second: Span) -> bool:
    return first.start < second.end and second.start < first.end


def scopes_table(scores: Sequence[FileScore]) -> Iterator[str]:
    """Yield the lines of the tables: a row a file, the errors, what is measured otherwise."""
    yield "| file | matched | missed | spurious | precision | recall | F1 |"
    yield "|---|---:|---:|---:|---:|---:|---:|"
    whole = in_all(scores)
    for score in (*scores, whole):
        rates = f"{score.precision:.3f} | {score.recall:.3f} | {score.f1:.3f}"
        yield f"| {score.file} | {score.matched} | {score.missed} | {score.spurious} | {rates} |"
    yield ""
    yield "| file | wrong | label | found |"
    yield "|---|---|---|---|"
    for score in scores:
        for error in score.errors:
            yield f"| {score.file} | {' | '.join(error)} |"
    yield ""
    yield f"{len(whole.measures)} of the matched are measured otherwise:"
    for label, measured in whole.measures:
        yield f"- {label}: {measured}"
