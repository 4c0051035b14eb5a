"""The form in which an answer and a gold pattern are compared, and where a pattern stands in it.

Folding takes out [n] marks, spaces and thousands separators, applies NFKC, folds case and turns
every character into its Simplified form. It remembers where a space or a mark stood, so that
"2022 7%" still holds "7%" and "by the government" does not hold "over". Nothing here knows what
an answer or a question is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

import opencc

from index.types import Span

_MARK = re.compile(r"\[(\d+)\]")
_GROUPED = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?!,?\d)")
_LATIN = re.compile(r"[a-z\u00df-\u024f\u1e00-\u1eff]")


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded `text`, and the indices in it before which a space or a mark was taken out."""

    text: str
    breaks: frozenset[int] = frozenset()

    def joined(self, index: int) -> str:
        """Return the character at `index`, or "" where something was taken out before it."""
        return "" if index in self.breaks else self.text[index : index + 1]


def marks(text: str) -> frozenset[int]:
    """Return the numbers of the [n] marks in `text`."""
    return frozenset(int(number) for number in _MARK.findall(text))


def without_marks(text: str) -> str:
    """Return `text` with a space for each [n] mark."""
    return _MARK.sub(" ", text)


def fold(text: str) -> Folded:
    """Return the folded form of an answer or of a pattern."""
    # Only the ASCII comma groups digits: the full-width one parts two numbers of a sentence.
    text = _GROUPED.sub(lambda grouped: grouped[0].replace(",", ""), without_marks(text))
    # NFKC makes a digit of "①" or "²", which must not join a number beside it.
    text = "".join(f" {char} " if unicodedata.category(char) == "No" else char for char in text)
    words = [_simplified(word) for word in unicodedata.normalize("NFKC", text).casefold().split()]
    return Folded("".join(words), frozenset(accumulate(map(len, words[:-1]))))


def occurrences(pattern: str, text: Folded) -> Iterator[Span]:
    """Yield where `pattern` stands in `text`, folded itself.

    A pattern that begins or ends in a number never covers a part of a longer number, and one that
    begins with a Latin letter stands at the start of a word; it may end within one.
    """
    needle = fold(pattern).text
    start = text.text.find(needle) if needle else -1
    while start >= 0:
        end = start + len(needle)
        if not (_continues_before(needle, text, start) or _continues_after(needle, text, end)):
            yield Span(start, end)
        start = text.text.find(needle, start + 1)


def holds(text: Folded, pattern: str) -> bool:
    """Return whether `pattern` stands in `text`."""
    return next(occurrences(pattern, text), None) is not None


def _continues_before(needle: str, text: Folded, start: int) -> bool:
    if start == 0 or start in text.breaks:
        return False
    before = text.text[start - 1]
    if needle[0].isdecimal():
        point = before == "." and start - 1 not in text.breaks
        return before.isdecimal() or (point and text.text[start - 2 : start - 1].isdecimal())
    return bool(_LATIN.match(needle[0]) and _LATIN.match(before))


def _continues_after(needle: str, text: Folded, end: int) -> bool:
    after = text.joined(end)
    if needle[-1].isdecimal():
        return after.isdecimal() or (after == "." and text.joined(end + 1).isdecimal())
    # "6万" is another number than "6万亿" or "6万5000", but the same in "6万千瓦".
    if needle[-1] in "万亿" and any(char.isdecimal() for char in needle):
        return after.isdecimal() or (needle[-1] == "万" and after == "亿")
    return False


def _simplified(text: str) -> str:
    return "".join(map(_simplified_character, text))


@cache
def _simplified_character(char: str) -> str:
    # One by one: with its neighbours, a character may fold otherwise in a pattern than in a text.
    simplified: str = _converter().convert(char)
    return simplified


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")
