"""People's names between Chinese characters and pinyin.

Imports pypinyin only when a name has to be read; `surnames.toml` beside this module holds the
surnames that are read otherwise. Knows nothing of reports.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from index.places.pinyin import characters, parted

_FILE: dict[str, Any] = tomllib.loads(
    Path(__file__).with_name("surnames.toml").read_text(encoding="utf-8")
)
_SURNAMES: dict[str, str] = _FILE["readings"]
_DOUBLE: tuple[str, ...] = tuple(_FILE["double"])


def in_pinyin(name: str) -> str:
    """Return a Chinese name as English writes it: 葛巧红 is Ge Qiaohong, 刘 凯 is Liu Kai."""
    name = "".join(name.split())
    if "·" in name:
        return " ".join(_joined(part) for part in name.split("·"))
    cut = 2 if name.startswith(_DOUBLE) and len(name) > 2 else 1
    surname = _SURNAMES.get(name[:cut]) or "".join(map(_reading, name[:cut]))
    return f"{surname.capitalize()} {_joined(name[cut:])}".strip()


def _joined(part: str) -> str:
    return "".join(map(_reading, part)).capitalize()


@cache
def _reading(character: str) -> str:
    from pypinyin import lazy_pinyin

    return str(lazy_pinyin(character)[0]).replace("ü", "v")


_LATIN_NAME = re.compile(r"\b[A-Z][a-z]+(?: [A-Z][a-z]+)?\b")


def latin_names(words: str) -> list[str]:
    """Return the capitalised Latin words that may be names, two that stand together as one."""
    return _LATIN_NAME.findall(words)


def spelled(name: str, text: str) -> list[str]:
    """Return the runs of Chinese characters in `text` that pinyin writes as `name`, each once."""
    wanted = "".join(name.lower().split())
    if len(wanted) < 4:
        return []
    found: dict[str, None] = {}
    for run in re.finditer(r"[\u4e00-\u9fff·]{2,}", text):
        readings = [_reading(character) for character in run[0]]
        for start in range(len(readings)):
            built = ""
            for end in range(start, min(start + 5, len(readings))):
                first = _SURNAMES.get(run[0][end]) if end == start else None
                built += first or readings[end]
                if built == wanted and end > start:
                    found.setdefault(run[0][start : end + 1])
                if not wanted.startswith(built):
                    break
    return list(found)


_PERSON = re.compile(r"\b(?=([A-Z][a-z]+) ([A-Z][a-z]+(?:[-'’][a-z]+)?)\b)")
"""Two capitalised words, each of which may be the first of another two."""


def misnamed(words: str, text: str) -> list[str]:
    """Return the names of people in English words that no run of Chinese `text` is read as.

    A name is taken for one of a person where a capitalised syllable, or the two of a double
    surname, comes before one of one or two syllables.
    """
    double = _double_readings()
    found = []
    for name in _PERSON.finditer(words):
        ways = [
            (*surname, *given)
            for surname in parted(name[1].lower())
            for given in parted(re.sub(r"\W", "", name[2].lower()))
            if len(given) <= 2 and len(surname) <= (2 if name[1].lower() in double else 1)
        ]
        if ways and not any(_occurs(syllables, text) for syllables in ways):
            found.append(f"{name[1]} {name[2]}")
    return found


def _occurs(syllables: tuple[str, ...], text: str) -> bool:
    """Tell whether characters that may be read so stand together."""
    return bool(re.search("".join(f"[{characters()[each]}]" for each in syllables), text))


@cache
def _double_readings() -> frozenset[str]:
    return frozenset("".join(map(_reading, surname)) for surname in _DOUBLE)
