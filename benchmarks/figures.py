"""How well figures are found: `python -m benchmarks.figures [--unseen] GOLD FOLDER`.

Compares what `index.figures.extraction` finds in the reports of FOLDER with a table of labelled
figures, and times it on one core. A found figure is the gold row's if region, kind, period, value
and unit are equal and the indicator matches. Two indicators match if

- their canonical names, or the lexicon's indicators for them, are the same ("strict"), or
- the found one is not in the lexicon, or the lexicon has no indicator of the gold name; the gold
  row's evidence quote overlaps the found span; and the two names, or the found name and the gold
  name as written, share two characters in a row.

Values compare as numbers, Chinese numerals read as such; a row without a number compares its
wording: one holds the other, but for 保持 and the like. Units compare without what stands in
brackets. A region named with the places above it is the place itself. One found figure matches one
row at most.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.figure_matching import (
    Gold,
    figure_line,
    find,
    like_name,
    overlaps,
    read,
    same_name,
    same_unit,
    same_value,
)
from benchmarks.figures_unseen import scopes_table, score_scopes
from index.ingestion.loaders import find_sources
from index.lexicon.indicators import Lexicon, load_lexicon
from index.text.normalization import Normalized, normalize
from index.types import Figure, Span

RUNS = 5


@dataclass(frozen=True, slots=True)
class Score:
    """How many rows were found, how many not, and how many found figures are no row's.

    `strict` counts the rows that were found under the very indicator; `errors` are lines of a table
    (what is wrong, gold, found), and `inexact` found figures whose span does not hold their value.
    """

    matched: int
    missed: int
    spurious: int
    strict: int
    inexact: int
    errors: tuple[tuple[str, str, str], ...]

    @property
    def precision(self) -> float:
        """The share of the found figures that are labelled."""
        return self.matched / max(1, self.matched + self.spurious)

    @property
    def recall(self) -> float:
        """The share of the labelled figures that were found."""
        return self.matched / max(1, self.matched + self.missed)

    @property
    def f1(self) -> float:
        """The harmonic mean of the two."""
        return 2 * self.matched / max(1, 2 * self.matched + self.missed + self.spurious)


def score(gold_path: Path, folder: Path) -> Score:
    """Compare the figures of every report that the table has rows of."""
    with gold_path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    files = sorted({row["file"] for row in rows})
    scores = []
    for file in files:
        report = read(folder / file)
        gold = [_gold(row, report.normalized) for row in rows if row["file"] == file]
        scores.append(compare(gold, find(report), report.normalized.text))
    return Score(
        matched=sum(each.matched for each in scores),
        missed=sum(each.missed for each in scores),
        spurious=sum(each.spurious for each in scores),
        strict=sum(each.strict for each in scores),
        inexact=sum(each.inexact for each in scores),
        errors=tuple(error for each in scores for error in each.errors),
    )


def compare(gold: Sequence[Gold], found: Sequence[Figure], text: str) -> Score:
    """Match found figures with rows: those first that agree in everything."""
    lexicon = load_lexicon()
    left = list(found)
    strict, unmatched, errors = 0, [], []
    matched = 0
    for row in gold:
        equal = [figure for figure in left if not _differences(row, figure, lexicon)]
        equal.sort(key=lambda figure: not same_name(row, figure, lexicon))
        if not equal:
            unmatched.append(row)
            continue
        matched += 1
        strict += same_name(row, equal[0], lexicon)
        left.remove(equal[0])
    spurious = len(left)
    for row in unmatched:
        near = [f for f in left if overlaps(row, f) and same_value(row, f)]
        if near:
            figure = min(near, key=lambda f: len(_differences(row, f, lexicon)))
            left.remove(figure)
            errors.append(
                (", ".join(_differences(row, figure, lexicon)), str(row), figure_line(figure))
            )
        else:
            errors.append(("missed", str(row), ""))
    errors += [("spurious", "", f"{figure_line(f)} < {f.span.of(text)[-40:]}") for f in left]
    inexact = sum(not _holds(figure, text) for figure in found)
    return Score(matched, len(unmatched), spurious, strict, inexact, tuple(errors))


def _holds(figure: Figure, text: str) -> bool:
    """Tell whether a figure's spans hold what it says: its value in digits or numerals."""
    span, place = figure.span, figure.value_span
    if not (span.start <= place.start and place.end <= span.end):
        return False
    written = place.of(text).replace(",", "")
    if figure.value is None:
        return written == figure.wording
    number = re.search(r"-?\d+(?:\.\d+)?", written)  # 108 of 108亿3038万元
    return number is None or str(figure.value).startswith(number[0])


def _gold(row: dict[str, str], normalized: Normalized) -> Gold:
    places = []
    start = normalized.raw.find(row["evidence_quote"])
    while start >= 0:
        raw = Span(start, start + len(row["evidence_quote"]))
        places.append(normalized.clean_span(raw))
        start = normalized.raw.find(row["evidence_quote"], start + 1)
    clean = {key: normalize(value).text if value else "" for key, value in row.items()}
    return Gold(clean, tuple(places))


_HALF = re.compile(r"^(\d{4})上半年$")


def _differences(gold: Gold, figure: Figure, lexicon: Lexicon) -> list[str]:
    row = gold.row
    checks = {
        "region": row["region"].endswith(figure.region.name),
        "indicator": same_name(gold, figure, lexicon) or like_name(gold, figure, lexicon),
        "kind": row["kind"] == figure.kind,
        "period": _HALF.sub(r"\1-01/\1-06", row["period"]) == figure.period,
        "value": same_value(gold, figure),
        "unit": same_unit(gold, figure),
    }
    return [name for name, same in checks.items() if not same]


def speed(paths: Iterable[Path], runs: int = RUNS) -> tuple[int, float]:
    """Return how many clean characters the reports have, and the CPU seconds of the best run."""
    reports = [read(path) for path in paths]
    for report in reports[:1]:
        find(report)  # reads lexicon and gazetteer, once a process
    seconds = []
    for _ in range(runs):
        start = time.process_time()
        for report in reports:
            find(report)
        seconds.append(time.process_time() - start)
    return sum(len(report.normalized.text) for report in reports), min(seconds)


def table(result: Score) -> Iterator[str]:
    """Yield the lines of the summary and of the table of errors."""
    yield f"{result.matched} matched ({result.strict} under the very name), {result.missed} missed"
    yield f"{result.spurious} spurious, {result.inexact} with spans that do not hold the value"
    yield f"precision {result.precision:.3f}  recall {result.recall:.3f}  F1 {result.f1:.3f}"
    yield ""
    yield "| wrong | gold | found |"
    yield "|---|---|---|"
    for error in result.errors:
        yield f"| {' | '.join(error)} |"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print how well and how fast figures are found."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.figures", description=__doc__)
    parser.add_argument("gold", type=Path, help="a table of labelled figures (CSV)")
    parser.add_argument("folder", type=Path, help="the folder with the reports that it labels")
    parser.add_argument(
        "--unseen", action="store_true", help="the labels are by scope (JSON lines, tests/cases)"
    )
    options = parser.parse_args(arguments)
    if options.unseen:
        print("\n".join(scopes_table(score_scopes(options.gold, options.folder))))
        return 0
    print("\n".join(table(score(options.gold, options.folder))))
    characters, seconds = speed(find_sources([options.folder]))
    print(f"\n{characters:,} characters in {seconds:.3f} s: {characters / seconds:,.0f} a second")
    return 0


if __name__ == "__main__":
    sys.exit(main())
