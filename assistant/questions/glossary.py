"""What English questions call the things of work reports, and what the reports call them.

Reads `glossary.toml` beside this module: words, and offices. Knows no grammar.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

from assistant.types import Question


def glossed(question: Question) -> str:
    """Return the Chinese words for what an English question names, with what it has in Chinese."""
    words = [
        chinese
        for english, chinese in _table()["words"].items()
        if re.search(rf"\b(?:{english})(?!\w)", question.folded, re.IGNORECASE)
    ]
    return " ".join([*words, *re.findall(r"[\u3400-\u9fff]+|\d+(?:\+\w+)*", question.subject)])


def offices_in(words: str) -> list[tuple[str, str]]:
    """Return the offices that Chinese words name, each with its English name, in their order."""
    found = []
    taken: set[int] = set()
    for chinese, english in _table()["offices"].items():
        place = words.find(chinese)
        if place >= 0 and not taken & set(range(place, place + len(chinese))):
            taken.update(range(place, place + len(chinese)))
            found.append((place, chinese, english))
    return [(chinese, english) for _, chinese, english in sorted(found)]


def offices() -> list[str]:
    """Return the Chinese names of the offices, longest first where one holds another."""
    return list(_table()["offices"])


def offices_named(folded: str) -> list[str]:
    """Return the Chinese names of the offices that a question names, in English or in Chinese."""
    chinese = [name for name, _ in offices_in(folded)]
    english = [
        name
        for name, meaning in _table()["offices"].items()
        if re.search(rf"\b{re.escape(meaning)}\b", folded, re.IGNORECASE)
    ]
    called = [
        name
        for words, names in _table()["called"].items()
        if re.search(rf"\b(?:{words})(?!\w)", folded, re.IGNORECASE)
        for name in names.split()
    ]
    return chinese or called or english


@cache
def _table() -> dict[str, dict[str, str]]:
    return tomllib.loads(Path(__file__).with_name("glossary.toml").read_text(encoding="utf-8"))


def chinese_for(english: str) -> list[str]:
    """Return the reports' words for an English term, the likeliest first; none where unknown."""
    term = english.strip().lower()
    for pattern, chinese in _table()["terms"].items():
        if re.fullmatch(rf"(?:the )?(?:{pattern})", term, re.IGNORECASE):
            return chinese.split()
    return []


def meanings(english: str) -> list[str]:
    """Return every Chinese word for an English word or term as a whole; none where unknown."""
    term = english.strip().lower()
    found = [
        chinese
        for part in ("terms", "words", "said")
        for pattern, words in _table()[part].items()
        if re.fullmatch(rf"(?:the )?(?:{pattern})", term, re.IGNORECASE)
        for chinese in words.split()
    ]
    return list(dict.fromkeys(found))
