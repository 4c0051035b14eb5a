"""The words that qualify a figure, from `qualifiers.toml`: decline, floor, ceiling, about and more.

Whoever extracts, words, draws, judges or locks a figure asks here, so that all of them agree. Knows
nothing of figures: a qualifier is its words, parted by 、 or, around a value, by ….
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal, get_args

Sense = Literal[
    "estimate", "floor", "ceiling", "about", "over", "under", "nearly", "striving", "reached",
    "limited", "stable",
]  # fmt: skip
"""What a word says of a value: `floor` that it is that or more, `reached` that it crossed that
threshold, `limited` that it is kept in that bound (控制在), `stable` that it is kept (稳定在)."""

Place = Literal["apart", "before", "inside", "after"]
"""Where a word stands: away from the number, before it, between it and its unit, or behind both."""

_KEPT = 4_096
"""Qualifiers whose reading is kept: reports have some hundreds."""


# Up or down


@cache
def declines_written() -> tuple[str, ...]:
    """Return the verbs of a decline that extraction writes into a qualifier."""
    return tuple(_file()["decline"]["written"])


@cache
def declines_at_end() -> tuple[str, ...]:
    """Return the words of a decline that extraction writes where the number follows at once."""
    return tuple(_file()["decline"]["at_end"])


@cache
def rises() -> tuple[str, ...]:
    """Return the words of a rise, the longest first."""
    return _longest_first(_file()["rise"]["read"])


@cache
def declines() -> tuple[str, ...]:
    """Return every word of decline, the longest first."""
    words = _file()["decline"]
    return _longest_first((*words["written"], *words["at_end"]))


def is_decline(word: str) -> bool:
    """Tell whether a part of a figure's qualifier is a word of decline."""
    return word in declines()


def says_decline(qualifier: str | None) -> bool:
    """Tell whether a part of a figure's qualifier is a word of decline: 预计…下降."""
    return any(is_decline(part) for part in words_of(qualifier))


def falls(text: str) -> bool | None:
    """Tell whether the last word of direction in a folded text is one of decline; None: none."""
    last = None
    for match in _directions().finditer(text):
        last = match["down"] is not None
    return last


@cache
def _directions() -> re.Pattern[str]:
    words = _file()
    down, up = ("|".join(map(pattern_of, each)) for each in (declines(), rises()))
    return re.compile(
        rf"(?P<down>{down}|{_either(words['decline']['english'])})"
        rf"|(?P<up>{up}|{_either(words['rise']['english'])})",
        re.IGNORECASE,
    )


# A figure's qualifier


@dataclass(frozen=True, slots=True)
class Qualified:
    """A qualifier, parted by where its words stand around a value; "" where there is none.

    `estimate` is 预计 or 初步统计 and `decline` the verb of a decline; the others are named by
    their place. What is no word of the lexicon (全省, of a rank) stands before.
    """

    estimate: str
    decline: str
    before: str
    inside: str
    after: str

    @property
    def english(self) -> tuple[str, str]:
        """The English before the value and behind it, without that of `estimate` and `decline`."""
        words = (*_parts_of(self.before), self.inside, self.after)
        written = [_written()[word].english for word in words if word in _written()]
        if {"at most", "within"} <= set(written):
            written.remove("at most")  # 控制在3%以内
        elif "within" in written and len(written) > 1:
            written[written.index("within")] = "kept at"  # 控制在3%左右
        elif "at most" in written and "stable at" in written:
            written.remove("stable at")
        behind = "or more" if "or more" in written else ""
        return " ".join(each for each in written if each != behind), behind


def words_of(qualifier: str | None) -> list[str]:
    """Return the words of a figure's qualifier, in their order."""
    return [part for part in re.split(r"[、…]", qualifier or "") if part]


@lru_cache(_KEPT)
def parted(qualifier: str | None) -> Qualified:
    """Part a figure's qualifier."""
    parts = {"apart": "", "before": "", "inside": "", "after": ""}
    decline = ""
    for word in words_of(qualifier):
        if is_decline(word):
            decline = word
        else:
            parts[_written()[word].place if word in _written() else "before"] += word
    return Qualified(parts["apart"], decline, parts["before"], parts["inside"], parts["after"])


@lru_cache(_KEPT)
def senses_of(qualifier: str | None) -> frozenset[Sense]:
    """Return what a figure's qualifier says of its value; 高于全省平均 says nothing of it."""
    return frozenset(
        _written()[word].sense for part in words_of(qualifier) for word in _parts_of(part)
    )


def is_threshold(qualifier: str | None) -> bool:
    """Tell whether a value is one that was passed, not the one reached: 突破4万亿元 of 4.45."""
    parts = parted(qualifier)
    return bool(senses_of(parts.before) & {"over", "reached"})


def written(*places: Place) -> tuple[str, ...]:
    """Return the words that extraction finds at these places, the longest first."""
    return _longest_first(word for word, known in _written().items() if known.place in places)


def pattern_of(word: str) -> str:
    """Return a regular expression for a word where it is no part of another: 内, not 内陆."""
    behind, before = _file()["not_behind"].get(word), _file()["not_before"].get(word)
    # The word comes first: a search for expressions that begin with a character passes over others.
    return (
        word + (f"(?<![{behind}]{word})" if behind else "") + (f"(?![{before}])" if before else "")
    )


@dataclass(frozen=True, slots=True)
class _Word:
    """A word that extraction writes: what it says, where it stands, its English."""

    sense: Sense
    place: Place
    english: str


@cache
def _written() -> dict[str, _Word]:
    return {
        word: _Word(sense, place, english)
        for sense in get_args(Sense)
        for place in get_args(Place)
        for english, words in _file()["senses"][sense].get(place, {}).items()
        for word in words
    }


_REACHING = "达到?"
"""What may stand between words that qualify: 力争达到."""


@cache
def _parts_of(part: str) -> tuple[str, ...]:
    """Return the words that a part of a qualifier is made of, none where it holds any other."""
    known = "|".join(_longest_first(_written()))
    if not re.fullmatch(f"(?:{known}|{_REACHING})+", part):
        return ()
    return tuple(re.findall(known, part))


# What a text says


def senses_in(text: str, *, chinese_only: bool = False) -> frozenset[Sense]:
    """Return what words of a folded text, Chinese or English, say of values.

    The longest word wins: 不超过 does not say 超过, nor "no more than" "more than".
    """
    return frozenset(
        sense
        for match in _said().finditer(text)
        if not (chinese_only and match[0].isascii())
        for sense in _senses(match[0].lower())
    )


def senses_beside(text: str, start: int, end: int) -> list[frozenset[Sense]]:
    """Return what each word right beside the amount at `start` to `end` may say of it.

    Words of a goal (力争) or an estimate are left out: they are as often of the whole sentence.
    """
    before = _beside_before().search(text, max(0, start - _LEADS), start)
    after = _beside_after().match(text, end)
    words = [match["word"].lower() for match in (before, after) if match is not None]
    # 3000多人: the word is inside of the amount
    words += [word for word in written("inside") if word in text[start:end]]
    return [_senses(word) for word in words]


_LEADS = 16
"""Characters before an amount in which a word that qualifies it begins."""


@cache
def _said() -> re.Pattern[str]:
    return re.compile(_either(word for words in _said_by().values() for word in words), re.I)


@cache
def _said_by() -> dict[Sense, tuple[str, ...]]:
    """Return every word, Chinese or English, by what it says."""
    return {
        sense: (
            *(word for word, known in _written().items() if known.sense == sense),
            *(word for list_ in ("read", "english", "loose") for word in _listed(sense, list_)),
        )
        for sense in get_args(Sense)
    }


@cache
def _senses(said: str) -> frozenset[Sense]:
    """Return what a word, as it is found in a text in lower case, may say."""
    return frozenset(
        sense for sense, words in _said_by().items() if re.fullmatch(_either(words), said)
    )


_OF_THE_SENTENCE: frozenset[Sense] = frozenset({"estimate", "striving"})


@cache
def _beside_before() -> re.Pattern[str]:
    chinese = [w for w in written("before") if _written()[w].sense not in _OF_THE_SENTENCE]
    english = [word for word in _claims() if not word.startswith("or ")]
    return re.compile(rf"(?P<word>{_either([*chinese, *english])})\s?$", re.I)


@cache
def _beside_after() -> re.Pattern[str]:
    chinese = "|".join(map(pattern_of, written("after")))
    english = [word for word in _claims() if word.startswith("or ")]
    return re.compile(rf"\s?(?P<word>{chinese}|{_either(english)})", re.I)


def _claims() -> list[str]:
    """Return the English words that say something of an amount right beside them."""
    return [
        word
        for sense in get_args(Sense)
        if sense not in _OF_THE_SENTENCE
        for word in _listed(sense, "english")
    ]


# The file


@cache
def _file() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("qualifiers.toml").read_text(encoding="utf-8"))


def _listed(sense: Sense, name: str) -> list[str]:
    words: list[str] = _file()["senses"][sense].get(name, [])
    return words


def _either(words: Iterable[str]) -> str:
    """Return a regular expression for words, Chinese or English, the longest first."""
    return "|".join(
        rf"\b{re.escape(word.removesuffix('*'))}{r'[a-z]*' if word.endswith('*') else ''}\b"
        if word.isascii()
        else word
        for word in _longest_first(words)
    )


def _longest_first(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(dict.fromkeys(words), key=len, reverse=True))
