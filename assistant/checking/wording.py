"""Texts as runs of letters and numbers, in which the same words are found again.

Knows neither what the words say nor which of two numbers is right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.types import Span

_NUMBER = "#"
_DIGITS = re.compile(
    r"第(?:[一二三四五六七八九十]{1,3}|\d{1,3})(?![一二三四五六七八九十产届次批部季期轮代方条章节])[位名]?"
    r"|首位|(?<!\d)\d+(?:,\d{3})*(?:\.\d+)?"
)
_YEAR = re.compile(r"(?:19|20)\d\d(?=年)")
_LIGHT = re.compile(r"完成|达到?|实现|突破|超过|同比|[比较]上年|[约为了的]")
"""Words that a text may leave out or put in, and say the same."""


@dataclass(frozen=True, slots=True)
class Masked:
    """A text of which only letters are left, a `#` for each number, and where each stood.

    `places` are where the numbers stand in the text, in their order; years are no numbers, and stay
    as they are. Ranks in words (首位, 第二位) are numbers.
    """

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    places: tuple[int, ...]

    def number_at(self, at: int) -> int:
        """Return where in the text the number stands that is the `#` at a character."""
        return self.places[self.text.count(_NUMBER, 0, at)]

    def span_at(self, at: int, length: int) -> Span:
        """Return the characters of the text that a run of the masked one stands for."""
        return Span(self.starts[at], self.ends[at + length - 1])


def mask(text: str) -> Masked:
    """Return a folded text as runs of letters and numbers, without words that say little."""
    letters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    places: list[int] = []
    years = {found.span() for found in _YEAR.finditer(text)}
    numbers = [found for found in _DIGITS.finditer(text) if found.span() not in years]
    spans = {found.start(): found for found in numbers}
    light = {found.start(): found.end() for found in _LIGHT.finditer(text)}
    at = 0
    while at < len(text):
        if at in light:
            at = light[at]
            continue
        found = spans.get(at)
        if found is not None:
            places.append(at)
        if found is not None or text[at].isalnum() or text[at] == "%":
            letters.append(_NUMBER if found else text[at])
            starts.append(at)
            ends.append(found.end() if found else at + 1)
        at = found.end() if found else at + 1
    return Masked("".join(letters), tuple(starts), tuple(ends), tuple(places))


@dataclass(frozen=True, slots=True)
class Run:
    """Words to look for: the number in question is the `#` at `own` of `text`."""

    text: str
    own: int

    @property
    def letters(self) -> int:
        """How many letters it has beside its numbers."""
        return len(self.text) - self.text.count(_NUMBER)

    def found_in(self, masked: Masked) -> Iterator[tuple[Span, int]]:
        """Yield where the run stands in a text, and where the number in question stands there."""
        at = masked.text.find(self.text)
        while at >= 0:
            yield masked.span_at(at, len(self.text)), masked.number_at(at + self.own)
            at = masked.text.find(self.text, at + 1)


_LEAST = 6
"""Letters that a clause needs to be known by its words."""

_LEAST_BEFORE = 8
"""Letters right before a number by which it is known, whatever stands behind it."""

_MOST = 1_000
"""Characters of a clause or sentence that is looked for by its words."""


def runs_around(text: str, number: Span, clause: Span, sentence: Span) -> Iterator[Run]:
    """Yield the words around a number that it is known by, all of its clause or sentence first.

    Args:
        text: the folded text.
        number: the number, its unit included.
        clause: the clause that it stands in.
        sentence: the sentence of the clause.
    """
    for span in (clause, sentence):
        if len(span) > _MOST:
            return
        masked = mask(span.of(text))
        at = number.start - span.start
        own = [each for each in masked.places if at - 1 <= each < at + 24]
        if not own:
            return
        here = masked.starts.index(own[0])
        whole = Run(masked.text, here)
        if whole.letters >= _LEAST:
            yield whole
            break
    yield from _before(text, number, sentence)


def _before(text: str, number: Span, sentence: Span) -> Iterator[Run]:
    """Yield the words right before a number, as many as it is known by."""
    start = max(sentence.start, number.start - _MOST)
    masked = mask(text[start : number.end])
    own = [each for each in masked.places if each >= number.start - start - 1]
    if not own:
        return
    here = masked.starts.index(own[0])
    for at in range(here - 1, -1, -1):
        run = Run(masked.text[at : here + 1], here - at)
        if run.letters >= _LEAST_BEFORE:
            yield run
            return
