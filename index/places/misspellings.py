"""Names of known places written with one slip. Knows only the places it is given.

`misspellings.toml` beside this module holds the characters that are taken for one another.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from index.places.chinese import FoundName
from index.places.latin import latin_key
from index.places.pinyin import readings
from index.types import Span

_COMMON_WORDS = Path(__file__).parent / "data" / "common_words.txt"
_FILE: dict[str, Any] = tomllib.loads(
    Path(__file__).with_name("misspellings.toml").read_text(encoding="utf-8")
)
_FUNCTION_CHARACTERS = frozenset(_FILE["function_characters"])
_LOOK_ALIKE = tuple(frozenset(group) for group in _FILE["look_alike"])
_SHORTEST_LATIN = 5


@dataclass(frozen=True, slots=True)
class Spelling:
    """How a place is written right: its short name, and that in toneless syllables."""

    code: str
    short: str
    reading: str


def find_misspelt(
    text: str,
    folded: str,
    spellings: Sequence[Spelling],
    *,
    taken: Sequence[Span],
    is_place: Callable[[str], bool],
) -> list[FoundName]:
    """Find slips in a text that `folded` repeats in Simplified characters, in order.

    Args:
        text: the text as written.
        folded: the same, of the same length, in Simplified characters.
        spellings: the places looked for.
        taken: what already names a place exactly and so is left alone.
        is_place: tells whether some writing is the right name of any place.
    """
    free = list(folded)
    for span in taken:
        free[span.start : span.end] = "\0" * len(span)
    open_text = "".join(free)
    found: dict[tuple[int, int], list[str]] = {}
    for spelling in spellings:
        for start, end in _chinese_slips(open_text, spelling, is_place):
            found.setdefault((start, end), []).append(spelling.code)
    for start, end, code in _latin_slips(text, open_text, spellings, is_place):
        found.setdefault((start, end), []).append(code)
    return [FoundName(start, end, tuple(codes)) for (start, end), codes in sorted(found.items())]


def _chinese_slips(
    text: str, spelling: Spelling, is_place: Callable[[str], bool]
) -> Iterator[tuple[int, int]]:
    right = spelling.short
    if len(right) < 2 or right.isascii():
        return
    for start in range(len(text) - len(right) + 1):
        written = text[start : start + len(right)]
        wrong = [i for i, (a, b) in enumerate(zip(written, right, strict=True)) if a != b]
        if len(wrong) != 1 or not "一" <= written[wrong[0]] <= "鿿":
            continue
        at = wrong[0]
        if written[at] in _FUNCTION_CHARACTERS or is_place(written):
            continue
        if not alike(written[at], right[at]):
            continue
        if not _in_common_word(text, start, start + len(right)):
            yield start, start + len(right)


def alike(written: str, right: str) -> bool:
    """Tell whether two characters sound the same, tones apart, or look the same."""
    if any(written in group and right in group for group in _LOOK_ALIKE):
        return True
    return bool(readings(written) & readings(right))


@cache
def _common_words() -> frozenset[str]:
    return frozenset(_COMMON_WORDS.read_text(encoding="utf-8").split())


def _in_common_word(text: str, start: int, end: int) -> bool:
    """Say whether the characters are a common word, or cut through one: 货[运成]本.

    A word that ends where they begin, or begins where they end, speaks for them as a name.
    """
    words = _common_words()
    if text[start:end] in words:
        return True
    cuts_left = start > 0 and text[start - 1 : start + 1] in words
    if cuts_left and text[max(start - 2, 0) : start] not in words:
        return True
    cuts_right = text[end - 1 : end + 1] in words
    return cuts_right and text[end : end + 2] not in words


def _latin_slips(
    text: str, open_text: str, spellings: Sequence[Spelling], is_place: Callable[[str], bool]
) -> Iterator[tuple[int, int, str]]:
    keys = [(latin_key(s.reading), s.code) for s in spellings]
    for word in re.finditer(r"[A-Za-z]+(?:'(?!s\b)[A-Za-z]+)?(?: (?=[a-z]))?", text):
        written = latin_key(word[0])
        if "\0" in open_text[word.start() : word.end()] or is_place(written):
            continue
        for key, code in keys:
            if (
                min(len(key), len(written)) >= _SHORTEST_LATIN
                and key[0] == written[0]
                and _one_edit(written, key)
            ):
                yield word.start(), word.start() + len(word[0].rstrip()), code


def _one_edit(written: str, right: str) -> bool:
    """Say whether one letter missing, added, wrong or swapped with the next parts two words.

    Of words of five letters a wrong one is not enough: too many are words of their own.
    """
    if written == right or abs(len(written) - len(right)) > 1:
        return False
    same = 0
    while same < min(len(written), len(right)) and written[same] == right[same]:
        same += 1
    a, b = written[same:], right[same:]
    if len(a) != len(b):
        return a[1:] == b or a == b[1:]
    if a[2:] == b[2:] and a[:2] == b[1::-1]:
        return True
    return a[1:] == b[1:] and len(right) > _SHORTEST_LATIN
