"""Chooses the clauses of reports that say what a question asks, by a score.

A clause counts by the words of the question that it says, or that its heading and its sentence say
around it, and by whether it has what is asked for: a number, a sum of money, a date, a reason.
Knows nothing of how an answer is worded, nor of which reports are meant.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.answering.quotes.asked import Word
from assistant.queries.mentions import years_told
from assistant.questions.units import units_asked
from assistant.types import Question
from index.embedding.embedder import Embedder
from index.structure.statements import Statement, kind_of, years_of
from index.text.scanning import lazily
from index.types import Report

Floats = NDArray[np.float64]

_LONGEST = 160
"""Characters of a sentence that is one clause; a longer one is cut."""
_MEANT, _OF_MEANT = 0.5, 0.3
"""The cosine from which a word of a clause means one of the question, and what it counts more."""
_AROUND = 0.6
"""What a word counts that stands around a clause and not in it."""
TOUCHED = 0.3
"""What a word has to count at least to be said at all."""
_COMMON = 0.35
"""What a word counts at least that every clause has."""
_HAS_IT, _LACKS_IT = 0.15, -0.3
"""What it adds to have what is asked for, and to lack it."""
_OTHER_KIND, _OTHER_YEAR = -0.25, -0.1
"""What it adds to be about a goal where a result is asked for, or about another year."""
_GAIN, _FAR_GAIN = 0.15, 0.3
"""The share of the question from which one more clause of a passage, or of another, is quoted."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The clauses chosen for a question, best first.

    `covered` is the share, 0 to 1, of the question's words that they say, by weight; `missing` are
    the words that they do not, each with its share; `fits` tells whether one has what is asked for.
    """

    statements: tuple[Statement, ...]
    covered: float
    missing: tuple[tuple[Word, float], ...]
    fits: bool


def choose(
    question: Question,
    words: Sequence[Word],
    statements: Sequence[Statement],
    embedder: Embedder,
    *,
    most: int,
) -> Choice | None:
    """Return the best clauses for the words of a question; None where there are none.

    Args:
        question: as it was asked.
        words: what `asked_words` found in it.
        statements: the clauses that are read.
        embedder: the model that compares words by meaning.
        most: how many clauses are chosen at most.
    """
    if not words or not statements:
        return None
    exact, own, around = said_of(words, statements, embedder)
    weights = word_shares(words, own)
    need = needed(question)
    has = np.array([need is None or bool(need.search(each.text)) for each in statements])
    scores = weights @ np.maximum(own, _AROUND * around)
    scores += np.where(has, _HAS_IT if need else 0.0, _LACKS_IT)
    names = _NAMES.search(question.folded)
    scores += [_time_match(question, each) for each in statements]
    if names:
        scores += [_SIDE_BY_SIDE * _sets_beside(words, each.text) for each in statements]
    scores -= [_length(each) for each in statements]
    best = int(np.argmax(scores))
    picked = [best]
    said = np.maximum(own[:, best], _AROUND * around[:, best])
    while len(picked) < most:
        gains = weights @ np.maximum(exact - said[:, None], 0.0)
        near = np.array([_is_near(statements[best], each) for each in statements])
        total = gains + 0.1 * near + 0.3 * scores
        gains[picked] = 0.0
        gains[[not fits_time(question, each) for each in statements]] = 0.0
        gains[[each.report.id != statements[best].report.id for each in statements]] = 0.0
        total[gains < np.where(near, _GAIN, _FAR_GAIN)] = -1.0
        then = int(np.argmax(total))
        if total[then] < 0:
            break
        picked.append(then)
        said = np.maximum(said, own[:, then])
    missing = tuple(
        (word, float(weight))
        for word, weight, share in zip(words, weights, said, strict=True)
        if share < TOUCHED
    )
    chosen = tuple(statements[at] for at in picked)
    return Choice(chosen, float(weights @ said), missing, bool(has[picked].any()))


_NAMES = lazily(r"哪些|还有谁|[有是]谁|哪[几两二三四五六七八九十]|\bwhich\b|\bwhat are\b")
_SIDE_BY_SIDE = 0.15
"""What it adds to set things side by side, where several are asked for."""


def _sets_beside(words: Sequence[Word], text: str) -> bool:
    return any(f"{name}、" in text or f"、{name}" in text for word in words for name in word.called)


def _is_near(one: Statement, other: Statement) -> bool:
    return one.passage.id == other.passage.id


def _length(statement: Statement) -> float:
    """Return what is taken off for the length of a clause, and for one that is but a word."""
    size = len(statement.text)
    return _SCRAP if size < _SHORTEST else _OF_LENGTH * size


_SHORTEST, _SCRAP, _OF_LENGTH = 8, 0.15, 0.0004


# What is asked for


_NUMBER = r"(?:\d[\d.,]*[多余]?|[一二三四五六七八九十百两]+)"
_MONEY = lazily(rf"{_NUMBER}[十百千万亿]*元")
_ANY = lazily(rf"{_NUMBER}[多余]?[十百千万亿]*(?![\d.,年月日号届时点第])[\u4e00-\u9fff%‰]")
_REASON = lazily(
    r"因为|由于|原因|受[^,。]{2,30}影响|主要是|考虑到|既是.{2,40}需要|缘于|之所以|致使|造成|导致|制约|拖累"
)
_BASIS = lazily(
    rf"{_REASON.pattern}|[衔对]接|吻合|匹配|兼顾|统筹|综合考虑|体现|符合|有利于|[切现]实可行|留有余地"
)
"""The same, or what a goal is set to suit."""
_DATE = lazily(r"\d{4}年|\d月|\d日|年[底初末内中]|月[底初]|[上下]半年|季度|[去今明上]年|\d时")
_RANK = lazily(
    r"第[\d一二三四五六七八九十]+|[居列位]\D{0,8}\d+位|排名|首位|前[\d一二三四五六七八九十]+"
)
_RANKS = lazily(r"第几|排名|位次|名次|排第|\brank(?:ed|s)?\b")
_AGES = lazily(r"几岁|多大(?:年纪|岁数|年龄)|\bhow old\b", re.IGNORECASE)
_AGE = lazily(r"\d岁|年龄|出生")
_COSTS = lazily(
    r"多少钱|(?:投资|资金|经费|投入|费用|造价)[^,。]{0,6}(?:多少|几)|\b(?:cost|spend|spent)\b"
)
_IN_MONEY = lazily(r"(?:多少|几)[十百千万亿]*美?元")
_GIVES = lazily(r"[谁位个长人][^,。?]{0,4}[作做读][的了]?[^,。?]{0,3}政府工作报告|报告人")
_GIVEN = lazily(r"政府工作报告")
_HOW_MANY = lazily(
    r"(?:多少|几)万?(?:([件个座处所家人名位条艘只项套户亩吨])|公里)?|how (?:many|much)"
)
_ALIKE = ("人名位", "个座处所家条项件", "艘条只", "套户")
"""Measure words that count the same things."""


def needed(question: Question) -> re.Pattern[str] | None:
    """Return what a clause has to have to answer a question; None for one of words alone."""
    if question.asks_why:
        is_set = question.kind == "target" and question.operation != "met"
        return _BASIS if is_set else _REASON
    if _COSTS.search(question.folded) or _IN_MONEY.search(question.folded):
        return _MONEY
    if question.wanted == "who" and _GIVES.search(question.folded):
        return _GIVEN
    if _RANKS.search(question.folded):
        return _RANK
    if _AGES.search(question.folded):
        return _AGE
    if question.wanted == "when":
        return _DATE
    asked = _HOW_MANY.search(question.folded)
    if asked and asked[1]:
        units = "".join(each for each in _ALIKE if asked[1] in each) or asked[1]
        return re.compile(rf"{_NUMBER}[多余]?[十百千万亿]*[{units}]")
    if counted := units_asked(question.folded):
        return re.compile(rf"{_NUMBER}[多余]?[十百千万亿]*(?:{'|'.join(counted)})")
    return _ANY if asked or question.wanted == "number" else None


def has_needed(question: Question, statement: Statement) -> bool:
    """Tell whether a clause has what it has to have to answer a question."""
    need = needed(question)
    return need is None or need.search(statement.text) is not None


def is_of_years(report: Report, question: Question, latest: int = 1) -> bool:
    """Tell whether a report is of the years that a question of named places names, if any.

    What was done in a year stands in the report of the next: `latest` is by how many years a
    report may be later.
    """
    named = {*question.years, *question.report_years}
    if not named or not question.places:
        return True
    return bool(
        {year + later for year in named for later in range(latest + 1)}
        & {year for _, year in years_told(report)}
    )


def fits_time(question: Question, statement: Statement) -> bool:
    """Tell whether a clause can be of the years, and of the goal or result, that are asked for."""
    kind = kind_of(statement)
    if question.kind and kind and kind != question.kind:
        return False
    years = years_of(statement)
    asked = set(question.span or ()) | set(question.years)
    if question.report_years:  # what a report of 2022 tells as done is of 2021
        asked |= {year - 1 for year in question.report_years}
    return not years or not asked or bool(years & asked)


def _time_match(question: Question, statement: Statement) -> float:
    score = 0.0
    kind = kind_of(statement)
    if question.kind and kind and kind != question.kind:
        score += _OTHER_KIND
    told = question.wanted in ("number", "when") and question.years
    years = years_of(statement) if told else frozenset()
    if years:
        score += 0.1 if years & set(question.years) else _OTHER_YEAR
    return score


# What is said


def word_shares(words: Sequence[Word], own: Floats) -> Floats:
    """Return the share of each word: more for one that few clauses have."""
    counts = (own >= _AROUND).sum(axis=1)
    size = own.shape[1]
    rare = np.log1p(size / (1 + counts)) / math.log1p(size)
    weights = np.array([word.weight for word in words]) * (_COMMON + (1 - _COMMON) * rare)
    shares: Floats = weights / weights.sum()
    return shares


def said_of(
    words: Sequence[Word], statements: Sequence[Statement], embedder: Embedder
) -> tuple[Floats, Floats, Floats]:
    """Return how far each clause says each word: (words, clauses).

    In the very words, in these or by meaning, and around it.
    """
    texts = [each.text for each in statements]
    contexts = [_context(each) for each in statements]
    exact, around = _exact(words, texts), _exact(words, contexts)
    own = exact.copy()
    if embedder.fast:
        open_ = [at for at, word in enumerate(words) if not word.named and not word.figure]
        meant = _meant([words[at] for at in open_], texts, embedder)
        own[open_] = np.maximum(own[open_], meant)
    return exact, own, around


def _context(statement: Statement) -> str:
    start = statement.sentence.start - statement.passage.span.start
    before = statement.passage.text[max(0, start - 60) : start]
    return " ".join((*statement.passage.headings[-2:], statement.sentence_text, before))


def _exact(words: Sequence[Word], texts: Sequence[str]) -> Floats:
    return np.array([[_share(word, text) for text in texts] for word in words])


def _share(word: Word, text: str) -> float:
    """Return whether a text has a word, or the share of the pairs of a long one."""
    if any(name in text for name in word.called):
        return 1.0
    if len(word.text) < 3 or word.text.isascii():
        return 0.0
    pairs = [word.text[at : at + 2] for at in range(len(word.text) - 1)]
    return 0.7 * sum(pair in text for pair in pairs) / len(pairs)


def _meant(words: Sequence[Word], texts: Sequence[str], embedder: Embedder) -> Floats:
    """Return how near the nearest piece of each text comes to each word in meaning."""
    near = np.zeros((len(words), len(texts)))
    pieces = embedder.pieces(texts)
    if pieces is None or not words:
        return near
    filled = [at for at, each in enumerate(pieces) if len(each)]
    flat = np.concatenate([pieces[at] for at in filled])
    sizes = np.array([len(pieces[at]) for at in filled])
    every, places = np.unique(flat, return_inverse=True)
    cosines = embedder.embed([word.text for word in words]) @ embedder.directions(every).T
    near[:, filled] = np.maximum.reduceat(cosines[:, places], np.cumsum(sizes) - sizes, axis=1)
    return np.where(near >= _MEANT, np.minimum(near + _OF_MEANT, 1.0), 0.0)
