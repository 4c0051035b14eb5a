"""What English questions call the things of work reports, and what the reports call them.

Reads the files of `glossary_fields` beside this module, a file a field, and the offices of
`offices.toml`. A line of a field has English names, written with choices as those of indicators
are ('{cold chain|cold storage} {logistics|}'), and the Chinese words, the likeliest first, those
of the same meaning and no wider one alone. Spelling and plural are folded; a name stands once in
all files. Knows no grammar.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from assistant.questions import cues
from assistant.types import Question
from index.lexicon.indicators import IndicatorMention, Lexicon, english_words, expand
from index.types import Span

_FIELDS = Path(__file__).with_name("glossary_fields")
_ACTIONS = "actions"
"""The file of what is done: words that say how a thing is spoken of, and name none."""


@dataclass(frozen=True, slots=True)
class Term:
    """A run of English that the glossary knows, and what reports call it, the likeliest first.

    `thing` is false of what is only done to a thing, or counted of it.
    """

    span: Span
    chinese: tuple[str, ...]
    thing: bool


@dataclass(frozen=True, slots=True)
class _Entry:
    chinese: tuple[str, ...]
    thing: bool


def terms_in(text: str) -> list[Term]:
    """Return the terms of an English text in their order: each the longest that begins there.

    The words of one are used up: "sewage treatment plant" is no sewage, and nothing is planted.
    """
    if not _ENGLISH.search(text) and _HAN.search(text):
        return []
    words = english_words(text)
    names = tuple(name for name, _, _ in words)
    found = []
    at = 0
    while at < len(words):
        size, entry = _longest(names, at)
        if entry is not None:
            span = Span(words[at][1], words[at + size - 1][2])
            found.append(Term(span, entry.chinese, entry.thing))
        at += size
    return found


_ENGLISH = re.compile(r"[A-Za-z]{4}")
_HAN = re.compile(r"[\u3400-\u9fff]")
"""A Chinese text has English words only where it has more than abbreviations (GDP)."""


def _longest(names: tuple[str, ...], at: int) -> tuple[int, _Entry | None]:
    """Return the longest entry that begins at a word, and how many words it has; 1 for none."""
    for size in range(min(_longest_name(), len(names) - at), 0, -1):
        entry = _entries().get(names[at : at + size])
        if entry is not None:
            return size, entry
    return 1, None


def indicators_in(text: str, lexicon: Lexicon) -> list[IndicatorMention]:
    """Return the indicators that a question names, less those that are but part of a longer term.

    Sewage treatment is an indicator, "sewage treatment plants" are none of it; but "medium-sized
    reservoirs" are reservoirs in Chinese too. Nor is a revenue of telecoms one of the state.
    """
    things = [term for term in terms_in(text) if term.thing]
    return [
        mention
        for mention in lexicon.mentions(text)
        if all(_leaves(term, mention, lexicon) for term in things)
        and not any(_narrows(term, mention, text) for term in things)
    ]


def _leaves(term: Term, mention: IndicatorMention, lexicon: Lexicon) -> bool:
    """Tell whether a term leaves an indicator as it is: no part of it, or meant by it too."""
    inside = term.span.start <= mention.span.start and mention.span.end <= term.span.end
    if not inside or len(mention.span) == len(term.span):
        return True
    meant = [each for word in term.chinese for each in lexicon.mentions(word)]
    return any(
        not each.ambiguous and set(each.candidates) & set(mention.candidates) for each in meant
    )


_EVERYDAY = frozenset({"revenue", "investment", "industry", "profit", "profits"})
"""Names of several indicators that a noun beside them narrows to something else."""
_BETWEEN = re.compile(r"\s*(?:(?:of|from|in)\s+)?(?:the\s+)?")


def _narrows(term: Term, mention: IndicatorMention, text: str) -> bool:
    """Tell whether an everyday word is said of a thing beside it: revenue of telecoms."""
    if mention.matched.lower() not in _EVERYDAY:
        return False
    own = mention.span
    before = text[term.span.end : own.start] if term.span.end <= own.start else None
    behind = text[own.end : term.span.start] if own.end <= term.span.start else None
    is_before = before is not None and not before.strip()
    return is_before or (behind is not None and _BETWEEN.fullmatch(behind) is not None)


def glossed(question: Question) -> str:
    """Return the Chinese words for what an English question names, with what it has in Chinese."""
    words = [word for term in terms_in(question.folded) if term.thing for word in term.chinese]
    return " ".join([*words, *re.findall(r"[\u3400-\u9fff]+|\d+(?:\+\w+)*", question.subject)])


def chinese_for(english: str) -> list[str]:
    """Return the reports' words for an English term, the likeliest first; none where unknown."""
    entry = _entry(english)
    return list(entry.chinese) if entry is not None and entry.thing else []


def meanings(english: str) -> list[str]:
    """Return every Chinese word for an English word or term as a whole; none where unknown."""
    entry = _entry(english)
    return list(entry.chinese) if entry is not None else []


def _entry(english: str) -> _Entry | None:
    return _entries().get(tuple(name for name, _, _ in english_words(english)))


# Offices


def offices_in(words: str) -> list[tuple[str, str]]:
    """Return the offices that Chinese words name, each with its English name, in their order."""
    found = []
    taken: set[int] = set()
    for chinese, english in _offices()["offices"].items():
        place = words.find(chinese)
        if place >= 0 and not taken & set(range(place, place + len(chinese))):
            taken.update(range(place, place + len(chinese)))
            found.append((place, chinese, english))
    return [(chinese, english) for _, chinese, english in sorted(found)]


def offices() -> list[str]:
    """Return the Chinese names of the offices, longest first where one holds another."""
    return list(_offices()["offices"])


def offices_named(folded: str) -> list[str]:
    """Return the Chinese names of the offices that a question names, in English or in Chinese."""
    chinese = [name for name, _ in offices_in(folded)]
    english = [
        name
        for name, meaning in _offices()["offices"].items()
        if re.search(rf"\b{re.escape(meaning)}\b", folded, re.IGNORECASE)
    ]
    called = [
        name
        for words, names in _offices()["called"].items()
        if re.search(rf"\b(?:{words})(?!\w)", folded, re.IGNORECASE)
        for name in names.split()
    ]
    return chinese or called or english


# The files


_Words = tuple[str, ...]


@cache
def _entries() -> dict[_Words, _Entry]:
    """Return the entry of each name, a name being its words as `english_words` gives them.

    Where nothing else has that name, so is what the subject of a question leaves of it, which is
    without the words that only ask: "nursing rooms mothers babies".
    """
    entries: dict[_Words, _Entry] = {}
    for field, names, chinese in fields():
        entry = _Entry(tuple(chinese.split()), field != _ACTIONS)
        for name in expand(names):
            entries.setdefault(tuple(word for word, _, _ in english_words(name)), entry)
    asking = cues.pattern("asking")
    only_ask = {word for words in entries for word in words if asking.fullmatch(word)}
    for words, entry in list(entries.items()):
        left = tuple(word for word in words if word not in only_ask)
        if 1 < len(left) < len(words):
            entries.setdefault(left, entry)
    return entries


@cache
def _longest_name() -> int:
    return max(map(len, _entries()))


def fields() -> Iterator[tuple[str, str, str]]:
    """Yield the lines of the glossary: the field, the English names and the Chinese words."""
    for path in sorted(_FIELDS.glob("*.toml")):
        for names, chinese in tomllib.loads(path.read_text(encoding="utf-8")).items():
            yield path.stem, names, chinese


@cache
def _offices() -> dict[str, dict[str, str]]:
    return tomllib.loads(Path(__file__).with_name("offices.toml").read_text(encoding="utf-8"))
