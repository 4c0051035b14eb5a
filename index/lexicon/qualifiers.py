"""The words that qualify a figure, from `qualifiers.toml`: today those of decline.

Whoever extracts, words, draws, judges or locks a figure asks here, so that all of them agree. Knows
nothing of figures: a qualifier is its words, parted by 、 or, around a value, by ….
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path


@cache
def declines_written() -> tuple[str, ...]:
    """Return the verbs of a decline that extraction writes into a qualifier."""
    return tuple(_words()["decline"]["written"])


@cache
def declines() -> tuple[str, ...]:
    """Return every word of decline, the longest first."""
    words = _words()["decline"]
    return tuple(sorted((*words["written"], *words["read"]), key=len, reverse=True))


def is_decline(word: str) -> bool:
    """Tell whether a part of a figure's qualifier is a word of decline."""
    return word in declines()


def says_decline(qualifier: str | None) -> bool:
    """Tell whether a part of a figure's qualifier is a word of decline: 预计…下降."""
    return any(is_decline(part) for part in words_of(qualifier))


def words_of(qualifier: str | None) -> list[str]:
    """Return the words of a figure's qualifier, in their order."""
    return [part for part in re.split(r"[、…]", qualifier or "") if part]


def _words() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(Path(__file__).with_name("qualifiers.toml").read_text(encoding="utf-8"))
