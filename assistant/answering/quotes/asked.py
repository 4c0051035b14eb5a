"""The words that an answer has to say: which, how much each counts, and what they are called.

Cuts a question by the pieces of the embedding model, whose weights tell how much a word says, and
reads `asked.toml` and the glossary. Knows nothing of reports.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from assistant.questions.glossary import indicators_in, terms_in
from assistant.types import Question
from index.embedding.embedder import Embedder
from index.lexicon.indicators import Lexicon
from index.types import Span

_LITTLE = 8.0
"""The weight of a piece that says nothing: 的 has 4, 多少 4, 年 7, 群众 11, 超市 19."""
_OF_PAIRS = 13.0
"""The weight of a pair of characters where a model has no pieces."""
_NAMED = 12.0
"""The weight of what is quoted, or named in Latin letters."""
_ONE, _KIND = 0.5, 0.5
"""What a single character counts, and the kind of thing that is asked for (哪家超市)."""
_HAN = re.compile(r"[\u3400-\u9fff]+")


@dataclass(frozen=True, slots=True)
class Word:
    """A word that an answer has to say.

    `called` are the words that say the same, its own among them; `weight` is how much it counts;
    `named` is true of what the question quotes, of names and of numbers: no other word will do.
    `figure` is true of an indicator.
    """

    text: str
    weight: float
    called: tuple[str, ...]
    named: bool = False
    figure: bool = False


def asked_words(
    question: Question, embedder: Embedder, lexicon: Lexicon, names: Sequence[str] = ()
) -> list[Word]:
    """Return the words that an answer to a question has to say, in their order.

    Args:
        question: the question as it was asked.
        embedder: the model that cuts and weighs it.
        lexicon: the indicators' names.
        names: the Chinese names that Latin ones in it are read as.
    """
    subject, found = _indicators(question.subject, lexicon)
    if question.language == "en":
        subject, narrowed = _narrowed(question.subject, subject, embedder)
        found += narrowed
        found += _english(subject, embedder)
        found += (Word(name, _NAMED, (name,), True) for name in names)
    else:
        found += _chinese(subject, question.folded, embedder)
    if question.asks_why:
        found = _to_explain(question, found)
    distinct = {word.text: word for word in found}
    return list(distinct.values())


def _to_explain(question: Question, words: Sequence[Word]) -> list[Word]:
    """Return what a reason has to be given for: not how it went, which the reason's clause shows.

    Of a goal, without its indicator, the goal itself.
    """
    left = [
        word
        for word in words
        if word.figure or not (word.text.isdigit() or _explained().issuperset(word.text.split()))
    ]
    if question.kind == "target" and not any(word.figure for word in left):
        left.append(Word("目标", _NAMED, ("目标",)))
    rates = re.findall(r"\d+(?:\.\d+)?%", question.folded)
    return left + [Word(each, _NAMED, (each,)) for each in rates]


@cache
def _explained() -> frozenset[str]:
    return frozenset((_file()["explained"]["zh"] + _file()["explained"]["en"]).split())


def _indicators(subject: str, lexicon: Lexicon) -> tuple[str, list[Word]]:
    """Return a subject with the indicators that it names blanked, and those as words."""
    found = []
    for mention in indicators_in(subject, lexicon):
        named = (name for each in mention.candidates for name in (each.zh, *each.aliases))
        own = mention.matched if _HAN.search(mention.matched) else mention.candidates[0].zh
        found.append(Word(own, _NAMED, tuple(dict.fromkeys((own, *named))), figure=True))
        subject = _blanked(subject, mention.span)
    return subject, found


def _blanked(text: str, span: Span) -> str:
    return text[: span.start] + " " * len(span) + text[span.end :]


# Chinese


def _chinese(subject: str, folded: str, embedder: Embedder) -> Iterable[Word]:
    quoted = [text.strip() for text in _QUOTED.findall(folded)]
    yield from (Word(text, _NAMED, (text,), True) for text in quoted)
    codes = [text for text in re.findall(_CODE, subject) if text not in " ".join(quoted)]
    yield from (Word(text, _OF_PAIRS - _LITTLE, (text,), True) for text in codes)
    for text in (*quoted, *codes):
        subject = subject.replace(text, " ")
    kinds = " ".join(_KIND_ASKED.findall(folded))
    pieces = embedder.words(subject) or _pairs(subject)
    runs = {text for text, _ in _joined(pieces)} - {text for text, _ in pieces}
    for text, weight in _joined(pieces):
        if text in _asking():
            continue
        share = _ONE if len(text) == 1 and not text.isdigit() else 1.0
        share *= _KIND if text in kinds else 1.0
        weight = max(0.0, weight - _LITTLE) * share
        if weight:
            inner = _called_inside(text) if text in runs else ()
            called = (text, *_called().get(text, ()), *inner)
            yield Word(text, weight, called, text.isdigit())


def _called_inside(run: str) -> tuple[str, ...]:
    """Return what the words inside a run of single characters are called: 国企 of 属国企."""
    pairs = [run[at : at + size] for size in (3, 2) for at in range(len(run) - size + 1)]
    found = [name for pair in pairs for name in _called().get(pair, ())]
    if not found and len(run) == 2:
        found = [name for char in run for name in _called().get(char, ())]
    return tuple(dict.fromkeys(found))


_QUOTED = re.compile('[“‘"「『]([^”’"」』]+)')
_KIND_ASKED = re.compile(
    r"(?:哪|什么|啥)[一二两三四五六七八九十几]?[家个座条位款种所只句支批项类]?([\u4e00-\u9fff]{2,4})"
)


def _pairs(subject: str) -> list[tuple[str, float]]:
    runs = _HAN.findall(subject)
    return [(run[at : at + 2], _OF_PAIRS) for run in runs for at in range(len(run) - 1)]


def _joined(pieces: Iterable[tuple[str, float]]) -> Iterable[tuple[str, float]]:
    """Yield pieces, single characters that stand together as one: 烂 尾 as 烂尾."""
    run: list[tuple[str, float]] = []
    for text, weight in (*pieces, ("", 0.0)):
        if len(text) == 1 and _HAN.fullmatch(text) and text not in _asking():
            run.append((text, weight))
            continue
        if run:
            yield "".join(each for each, _ in run), max(each for _, each in run)
        run = []
        if re.search(r"\w", text):
            yield text, weight


# English


_CODE = (
    r"(?<![A-Za-z])[A-Za-z]{1,3}\d{1,3}(?!\d)"
    r"|(?<!\d)\d{1,2}(?!st|nd|rd|th)[A-Za-z]{1,2}(?![A-Za-z])"
)
"""5A, 5G, G30: a word, though its parts are a number and letters."""
_LATIN = re.compile(rf"{_CODE}|[A-Za-z][A-Za-z'’&-]*[A-Za-z]|\d[\d.,]*%?")


def _english(subject: str, embedder: Embedder) -> Iterable[Word]:
    """Yield the words of English, those that the glossary has as one term together."""
    at = 0
    for term in terms_in(subject):
        yield from _singles(subject[at : term.span.start], embedder)
        at = term.span.end
        text = term.span.of(subject).lower()
        if text not in _asking():
            yield from _weighed(text, term.chinese, embedder)
    yield from _singles(subject[at:], embedder)
    for text in _HAN.findall(subject):
        yield Word(text, _NAMED, (text,), True)


def _narrowed(subject: str, rest: str, embedder: Embedder) -> tuple[str, list[Word]]:
    """Return what is left of a subject, and the words that narrow an indicator in it.

    They are called what the whole is: "medium-sized" of "medium-sized reservoirs" is 中型水库.
    """
    found: list[Word] = []
    for term in terms_in(subject):
        own = term.span.of(rest)
        if own.strip() and own != term.span.of(subject):
            found += _weighed(" ".join(own.lower().split()), term.chinese, embedder)
            rest = _blanked(rest, term.span)
    return rest, found


def _singles(text: str, embedder: Embedder) -> Iterable[Word]:
    for word in _LATIN.findall(text):
        if word.lower() not in _asking():
            yield from _weighed(word.lower(), (), embedder)


def _weighed(text: str, called: tuple[str, ...], embedder: Embedder) -> Iterable[Word]:
    weight = max((each for _, each in embedder.words(text)), default=_OF_PAIRS) - _LITTLE
    if weight > 0:
        yield Word(text, weight, called)


@cache
def _asking() -> frozenset[str]:
    return frozenset((_file()["asking"]["zh"] + _file()["asking"]["en"]).split())


@cache
def _called() -> dict[str, tuple[str, ...]]:
    return {word: tuple(names.split()) for word, names in _file()["called"].items()}


@cache
def _file() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("asked.toml").read_text(encoding="utf-8"))
