"""Weighs the clauses of reports by how surely each answers a question, with fitted weights.

A clause is told by a dozen features (`FEATURES`); `weights.json` holds what each counts and how
sure one may be of the first, fitted by `python -m benchmarks.clauses` on question sets. Knows
nothing of how an answer is worded, nor of which reports are meant.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from assistant.answering.quotes.asked import Word
from assistant.answering.quotes.clauses import (
    TOUCHED,
    Floats,
    needed,
    said_of,
    word_shares,
)
from assistant.answering.quotes.ranking import priors, similarities
from assistant.types import Question
from index.embedding.embedder import Embedder
from index.lexicon.indicators import Lexicon
from index.structure.statements import Statement, kind_of, years_of
from index.types import Hit

FEATURES = (
    "said", "around", "meaning", "passage", "need", "kind", "year", "indicator", "numbers",
    "enumeration", "heading", "length", "english_said", "english_meaning",
)  # fmt: skip
"""What a clause is told by: the share of the question's words that it says, and that stand around
it; how near it comes in meaning, and its passage in the search; whether it has what is asked for
(1, 0 where nothing certain is, -1), is of its kind and year (the same); whether it names the
indicator; how many numbers it has, or things side by side, where those are asked for; whether it is
a heading; the logarithm of its length; and the first and third once more for English."""

SURENESS = ("lead", "share", "three", "said", "unsaid_names", "need", "kind", "year", "placed")
"""What the first clause is judged by: its score, its share among all that were read and that of the
first three; what it says, the names it leaves out; the features of those names; whether the
question names a place."""

_MOST = 4
"""Numbers, or things side by side, from which more count no more."""
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Weighing:
    """The clauses that were read, the likeliest answer first.

    `sureness` is the probability, 0 to 1, that the first answers the question. `unsaid` are for
    each clause the words of the question that it and what stands around it do not say.
    """

    statements: tuple[Statement, ...]
    scores: tuple[float, ...]
    unsaid: tuple[tuple[Word, ...], ...]
    sureness: float


@dataclass(frozen=True, slots=True)
class Read:
    """What was read for a question: its words, the passages found and the clauses of these."""

    question: Question
    searched: str
    words: Sequence[Word]
    hits: Sequence[Hit]
    statements: Sequence[Statement]


@dataclass(frozen=True, slots=True)
class Told:
    """What tells the clauses read for a question: (clauses, features), in the order of `FEATURES`.

    (words, clauses), from 0 to 1, is how far each clause says each word of the question: in the
    very words (`exact`), in these or by meaning (`own`), or what stands around it (`covered`).
    """

    table: Floats
    exact: Floats
    own: Floats
    covered: Floats


def weigh(read: Read, embedder: Embedder, lexicon: Lexicon) -> Weighing | None:
    """Weigh the clauses read for a question; None where there are none, or no words to go by."""
    if not read.words or not read.statements:
        return None
    told = features(read, embedder, lexicon)
    scores = scores_of(told.table)
    order = np.argsort(-scores, kind="stable")
    left = [
        tuple(
            word
            for word, share in zip(read.words, told.covered[:, at], strict=True)
            if share < TOUCHED
        )
        for at in order
    ]
    judged = sureness_features(read, told, scores)
    fitted = _fitted()["sureness"]
    sureness = 1 / (1 + np.exp(-_linear(judged[None, :], fitted)[0]))
    return Weighing(
        tuple(read.statements[at] for at in order),
        tuple(float(scores[at]) for at in order),
        tuple(left),
        float(sureness),
    )


def scores_of(table: Floats) -> Floats:
    """Return the score of each row of `FEATURES`."""
    return _linear(table, _fitted()["clause"])


def features(read: Read, embedder: Embedder, lexicon: Lexicon) -> Told:
    """Return the features of each clause, and how far each says each word."""
    question, statements = read.question, read.statements
    exact, own, around = said_of(read.words, statements, embedder)
    shares = word_shares(read.words, own)
    covered = np.maximum(own, around)
    said, near = shares @ own, similarities(embedder, read.searched, statements)
    prior = priors(read.hits)
    english = float(question.language == "en")
    columns = {
        "said": said,
        "around": shares @ covered - said,
        "meaning": near,
        "passage": [prior[each.passage.id] for each in statements],
        "need": _need(question, statements),
        "kind": [_agrees({question.kind}, {kind_of(each)}) for each in statements],
        "year": [_agrees(_years(question), set(years_of(each))) for each in statements],
        "indicator": _indicators(question, statements, lexicon),
        "numbers": _counted(question, "number", statements),
        "enumeration": _counted(question, "list", statements),
        "heading": [is_heading(each) for each in statements],
        "length": [np.log(len(each.text)) for each in statements],
        "english_said": said * english,
        "english_meaning": near * english,
    }
    table: Floats = np.array([columns[name] for name in FEATURES], dtype=float).T
    return Told(table, exact, own, covered)


def sureness_features(read: Read, told: Told, scores: Floats) -> Floats:
    """Return what the likeliest clause is judged by, in the order of `SURENESS`."""
    best = int(np.argmax(scores))
    odds = np.exp(scores - scores.max())
    odds /= odds.sum()
    value = dict(zip(FEATURES, told.table[best], strict=True))
    left = told.covered[:, best] < TOUCHED
    named = [word.named or word.figure for word in read.words]
    shares = word_shares(read.words, told.covered)
    return np.array(
        [
            scores[best],
            odds[best],
            np.sort(odds)[-3:].sum(),
            value["said"],
            float(shares[left & np.array(named)].sum()),
            value["need"],
            value["kind"],
            value["year"],
            float(bool(read.question.places)),
        ]
    )


def _years(question: Question) -> set[int]:
    first, last = question.span or (0, -1)
    return {*question.years, *range(first, last + 1)}


def _agrees(asked: set, found: set) -> int:  # type: ignore[type-arg]
    """Return 1 where what is asked for is found, -1 where something else is, 0 where open."""
    asked, found = asked - {None}, found - {None}
    if not asked or not found:
        return 0
    return 1 if asked & found else -1


def _need(question: Question, statements: Sequence[Statement]) -> list[int]:
    need = needed(question)
    if need is None:
        return [0] * len(statements)
    return [1 if need.search(each.text) else -1 for each in statements]


def _indicators(
    question: Question, statements: Sequence[Statement], lexicon: Lexicon
) -> list[float]:
    """Return 1 for a clause that names the first indicator asked for, less for another."""
    asked = [each.id for each in question.indicators] if question.wanted == "number" else []
    if not asked:
        return [0.0] * len(statements)
    named = [_named(each, lexicon) for each in statements]
    return [1.0 if asked[0] in own else 0.8 if own & set(asked) else 0.0 for own in named]


def _named(statement: Statement, lexicon: Lexicon) -> set[str]:
    return {
        indicator.id
        for mention in lexicon.mentions(statement.text)
        for indicator in (mention.candidates if mention.joint else mention.candidates[:1])
    }


def names_one(statement: Statement, question: Question, lexicon: Lexicon) -> bool:
    """Tell whether a clause names an indicator that a question is about."""
    return bool(_named(statement, lexicon) & {each.id for each in question.indicators})


def _counted(question: Question, wanted: str, statements: Sequence[Statement]) -> list[int]:
    if question.wanted != wanted:
        return [0] * len(statements)
    if wanted == "number":
        return [min(_MOST, len(_NUMBER.findall(each.text))) for each in statements]
    return [min(_MOST, each.text.count("、")) for each in statements]


def is_heading(statement: Statement) -> bool:
    """Tell whether a clause is one of the headings above it."""
    return any(statement.text in heading for heading in statement.passage.headings)


def _linear(table: Floats, fitted: dict[str, list[float]]) -> Floats:
    scaled = (table - np.array(fitted["mean"])) / np.array(fitted["deviation"])
    result: Floats = scaled @ np.array(fitted["weights"]) + fitted["bias"][0]
    return result


@cache
def _fitted() -> dict[str, dict[str, list[float]]]:
    path = Path(__file__).with_name("weights.json")
    fitted: dict[str, dict[str, list[float]]] = json.loads(path.read_text(encoding="utf-8"))
    return fitted
