"""Fits the weights by which the clauses of reports are chosen for a question.

`python -m benchmarks.clauses QUESTIONS=INDEX … [--write]` reads question sets with their evidence,
each beside the data folder that its reports are indexed in. Of every question about few places the
clauses found are weighed; those that hold the evidence are right. A linear model is fitted to put
them first, and a second one to tell how sure the first clause is, from the answerable questions and
those that the reports do not answer. Both are judged on each set in turn, fitted on the others, and
with `--write` fitted on all into `assistant/answering/quotes/weights.json`.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.answer import Assistant, open_assistant
from assistant.answering.quotes.answerer import QuoteAnswerer
from assistant.answering.quotes.weighing import (
    FEATURES,
    SURENESS,
    Read,
    Told,
    features,
    sureness_features,
)
from assistant.answering.structure import StructureAnswerer
from assistant.questions.places import Scope
from assistant.questions.understand import understand
from assistant.settings import Settings
from index.structure.statements import Statement
from index.types import Filter, Span

Floats = NDArray[np.float64]

WEIGHTS = Path(__file__).parents[1] / "assistant" / "answering" / "quotes" / "weights.json"
_PENALTY, _OF_SURENESS = 0.01, 0.02
"""How strongly the weights are held down."""
_STEPS, _RATE = 400, 0.06


@dataclass(frozen=True, slots=True)
class Example:
    """A question with the features of its clauses; `right` is 1.0 for those with the evidence."""

    source: str
    read: Read
    told: Told
    right: Floats


def examples(path: Path, data: Path) -> Iterator[Example]:
    """Yield the questions of a set, those over many places aside, with their clauses."""
    assistant = open_assistant(Settings(data=data))
    catalogue = assistant.searcher.catalogue
    quotations = QuoteAnswerer(assistant.searcher, assistant.lexicon)
    structure = StructureAnswerer(assistant.searcher)
    scope = Scope(catalogue.newest(Filter()), assistant.gazetteer, assistant.lexicon)
    for line in path.read_text(encoding="utf-8").splitlines():
        asked = json.loads(line)
        if asked.get("type") == "analysis":
            continue
        question = understand(asked["question"], scope, _turns(asked))
        where = assistant.router.reports_for(question, Filter())
        if where is None:
            continue
        read = quotations.read(question, structure.worded(question, where), where)
        if not read.words or not read.statements:
            continue
        right = _right(asked, read.statements, assistant)
        if asked["answerable"] and not right.any():
            continue
        told = features(read, assistant.searcher.embedder, assistant.lexicon)
        yield Example(path.stem, read, told, right)


def _turns(asked: dict[str, Any]) -> list[str]:
    turns = asked.get("history") or []
    return [each if isinstance(each, str) else each["question"] for each in turns]


def _right(asked: dict[str, Any], statements: Sequence[Statement], assistant: Assistant) -> Floats:
    """Return which statements hold the evidence of a question."""
    right = np.zeros(len(statements))
    if not asked["answerable"]:
        return right
    catalogue = assistant.searcher.catalogue
    known = {report.document: report for report in catalogue.reports(Filter())}
    for quote, document in zip(asked["evidence"], asked["evidence_doc"], strict=False):
        report = known.get(document) or known.get(Path(document).name)
        if report is None:
            continue
        normalized = catalogue.normalized(report.id)
        for match in re.finditer(re.escape(quote), normalized.raw):
            held = normalized.clean_span(Span(*match.span()))
            for at, each in enumerate(statements):
                shared = min(each.span.end, held.end) - max(each.span.start, held.start)
                half = min(len(held), len(each.span)) / 2
                if each.report.id == report.id and shared > 0 and shared >= half:
                    right[at] = 1.0
    return right


def fit_clauses(chosen: Sequence[Example]) -> dict[str, list[float]]:
    """Return the weights that put the right clauses first: a softmax over those of a question."""
    mean, deviation = _scale([each.told.table for each in chosen])
    tables = [(each.told.table - mean) / deviation for each in chosen]
    weights = np.zeros(len(FEATURES))
    moment, square = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, _STEPS + 1):  # Adam
        slope = _PENALTY * weights
        for table, each in zip(tables, chosen, strict=True):
            odds = np.exp(table @ weights - (table @ weights).max())
            odds /= odds.sum()
            wanted = odds * each.right
            slope += table.T @ (odds - wanted / wanted.sum()) / len(chosen)
        moment = 0.9 * moment + 0.1 * slope
        square = 0.99 * square + 0.01 * slope**2
        best = moment / (1 - 0.9**step) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
        weights -= _RATE * best
    return _fitted(mean, deviation, weights, 0.0)


def fit_sureness(rows: Floats, right: Floats) -> dict[str, list[float]]:
    """Return the weights that tell whether the first clause is right: a logistic model."""
    mean, deviation = _scale([rows])
    scaled = np.c_[(rows - mean) / deviation, np.ones(len(rows))]
    weights = np.zeros(scaled.shape[1])
    for _ in range(4000):
        sure = 1 / (1 + np.exp(-scaled @ weights))
        penalty = np.r_[weights[:-1], 0.0]
        weights -= 0.3 * (scaled.T @ (sure - right) / len(right) + _OF_SURENESS * penalty)
    return _fitted(mean, deviation, weights[:-1], float(weights[-1]))


def _scale(tables: Sequence[Floats]) -> tuple[Floats, Floats]:
    rows = np.concatenate(tables)
    return rows.mean(axis=0), rows.std(axis=0) + 1e-6


def _fitted(
    mean: Floats, deviation: Floats, weights: Floats, bias: float
) -> dict[str, list[float]]:
    named = {"mean": mean, "deviation": deviation, "weights": weights, "bias": np.array([bias])}
    return {name: [round(float(each), 5) for each in values] for name, values in named.items()}


def _scores(table: Floats, fitted: dict[str, list[float]]) -> Floats:
    scaled = (table - np.array(fitted["mean"])) / np.array(fitted["deviation"])
    result: Floats = scaled @ np.array(fitted["weights"]) + fitted["bias"][0]
    return result


def _first(each: Example, fitted: dict[str, list[float]]) -> tuple[Floats, float]:
    """Return what the first clause is judged by, and whether it is right."""
    scores = _scores(each.told.table, fitted)
    return sureness_features(each.read, each.told, scores), each.right[int(np.argmax(scores))]


def judged(every: Sequence[Example]) -> Iterator[tuple[str, float, float, bool]]:
    """Yield of each question its set, how sure its first clause is, whether right, and answerable.

    Each set is judged with weights fitted on the others.
    """
    for source in dict.fromkeys(each.source for each in every):
        others = [each for each in every if each.source != source]
        fitted = fit_clauses([each for each in others if each.right.any()])
        known = [_first(each, fitted) for each in others]
        sure = fit_sureness(np.array([row for row, _ in known]), np.array([ok for _, ok in known]))
        for each in (each for each in every if each.source == source):
            row, right = _first(each, fitted)
            yield (
                source,
                float(1 / (1 + np.exp(-_scores(row[None, :], sure)[0]))),
                right,
                bool(each.right.any()),
            )


def main() -> None:
    """Fit and judge the weights, as the module tells."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("sets", nargs="+", metavar="QUESTIONS=INDEX")
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    every = [each for pair in arguments.sets for each in examples(*map(Path, pair.split("=", 1)))]
    rows = list(judged(every))
    answerable = [right for _, _, right, can in rows if can]
    print(
        f"{len(rows)} questions, {len(answerable)} answerable; "
        f"right first: {np.mean(answerable):.3f}"
    )
    print("sure of | told right | told wrong | refused | told though not answerable")
    for least in (0.3, 0.4, 0.5, 0.6, 0.7, 0.8):
        told = [(right, can) for _, sure, right, can in rows if sure >= least]
        of = len(answerable)
        right = sum(ok for ok, can in told if can)
        wrong = sum(1 - ok for ok, can in told if can)
        false = sum(not can for _, can in told) / max(1, len(rows) - of)
        shares = (right / of, wrong / of, 1 - (right + wrong) / of, false)
        print(f"{least} | " + " | ".join(f"{share:.3f}" for share in shares))
    if arguments.write:
        fitted = fit_clauses([each for each in every if each.right.any()])
        known = [_first(each, fitted) for each in every]
        sure = fit_sureness(np.array([row for row, _ in known]), np.array([ok for _, ok in known]))
        print(dict(zip(FEATURES, fitted["weights"], strict=True)))
        print(dict(zip(SURENESS, sure["weights"], strict=True)))
        WEIGHTS.write_text(
            json.dumps({"clause": fitted, "sureness": sure}, indent=1) + "\n", encoding="utf-8"
        )


if __name__ == "__main__":
    main()
