"""Which raw characters each clean character stands for, as runs rather than one number a character.

A map is built from the edits that one pass of rules makes, maps of successive passes are composed,
and the result is small enough to store beside a report. Nothing here knows why an edit was made.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate

from index.types import Span

Edit = tuple[int, int, str]
"""Characters `start` up to `end` of a text and the one character, or none, that replaces them."""

Run = tuple[int, int, int]
"""A run's first target character, its first source character and how many source characters each
of its target characters covers: 1 in a run of untouched text, any number in a run of one."""


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """Where the characters of a target text come from in a source text.

    `target`, `source` and `extent` are parallel, one entry a run (see `Run`); a run ends where the
    next begins, the last at `length`. `source_length` is the length of the source text. Every
    target character has at least one source character and their order is the same in both.
    """

    target: array[int]
    source: array[int]
    extent: array[int]
    length: int
    source_length: int

    @classmethod
    def from_runs(cls, runs: Iterable[Run], length: int, source_length: int) -> OffsetMap:
        """Build a map from runs in order; runs that continue one another become one."""
        target, source, extent = array("I"), array("I"), array("I")
        shift = None
        for first, origin, width in runs:
            if width == 1 and origin - first == shift:
                continue
            target.append(first)
            source.append(origin)
            extent.append(width)
            shift = origin - first if width == 1 else None
        return cls(target, source, extent, length, source_length)

    @classmethod
    def identity(cls, length: int) -> OffsetMap:
        """Return the map of a text onto itself."""
        return cls.from_runs([(0, 0, 1)] if length else [], length, length)

    def source_span(self, span: Span) -> Span:
        """Return the source characters from the first target character's to the last one's.

        An empty span gives the empty span before its character, or at the source's end.
        """
        if span.end > self.length:
            raise IndexError(f"expected a span within {self.length} characters, found {span}")
        if span.start == self.length:
            return Span(self.source_length, self.source_length)
        start = self._source_of(span.start)[0]
        return Span(start, self._source_of(span.end - 1)[1] if len(span) else start)

    def target_span(self, span: Span) -> Span:
        """Return the smallest target span that covers a source one; empty where nothing is left."""
        if span.end > self.source_length:
            raise IndexError(
                f"expected a span within {self.source_length} characters, found {span}"
            )
        start = self._first_ending_after(span.start)
        end = self._first_starting_at(span.end) if len(span) else start
        return Span(start, max(start, end))

    def after(self, inner: OffsetMap) -> OffsetMap:
        """Return this map made to start from the source of `inner`, whose target is its source."""
        runs = self._runs_through(inner)
        return OffsetMap.from_runs(runs, self.length, inner.source_length)

    def to_bytes(self) -> bytes:
        """Return the map as bytes: seven-bit groups of the differences between runs."""
        numbers = [len(self.target), self.length, self.source_length]
        last_target = last_source = 0
        for target, source, extent in zip(self.target, self.source, self.extent, strict=True):
            numbers += (target - last_target, source - last_source, extent)
            last_target, last_source = target, source
        return bytes(_groups(numbers))

    @classmethod
    def from_bytes(cls, data: bytes) -> OffsetMap:
        """Return the map that `to_bytes` wrote."""
        numbers = _numbers(data)
        count, length, source_length = numbers[:3]
        if len(numbers) != 3 + 3 * count:
            raise ValueError(f"expected the numbers of {count} runs, found {len(numbers) - 3}")
        target, source = (array("I", accumulate(numbers[first::3])) for first in (3, 4))
        return cls(target, source, array("I", numbers[5::3]), length, source_length)

    def _source_of(self, index: int) -> tuple[int, int]:
        run = bisect_right(self.target, index) - 1
        start = self.source[run] + index - self.target[run]
        return start, start + self.extent[run]

    def _first_ending_after(self, position: int) -> int:
        """The first target character of which some source character is at `position` or later."""
        run = bisect_right(self.source, position) - 1
        if run < 0:
            return 0
        end = self.target[run + 1] if run + 1 < len(self.target) else self.length
        if self.extent[run] > 1:
            inside = position < self.source[run] + self.extent[run]
            return self.target[run] if inside else end
        return min(end, self.target[run] + position - self.source[run])

    def _first_starting_at(self, position: int) -> int:
        """The first target character whose source characters all lie at `position` or later."""
        run = bisect_right(self.source, position - 1) - 1
        if run < 0:
            return 0
        end = self.target[run + 1] if run + 1 < len(self.target) else self.length
        if self.extent[run] > 1:
            return end
        return min(end, self.target[run] + position - self.source[run])

    def _runs_through(self, inner: OffsetMap) -> Iterator[Run]:
        ends = [*self.target[1:], self.length][: len(self.target)]
        for first, middle, width, end in zip(
            self.target, self.source, self.extent, ends, strict=True
        ):
            if width > 1:
                start, stop = inner._source_of(middle)[0], inner._source_of(middle + width - 1)[1]
                yield first, start, stop - start
                continue
            stop = middle + end - first
            run = bisect_right(inner.target, middle) - 1
            while run < len(inner.target) and inner.target[run] < stop:
                begin = max(middle, inner.target[run])
                origin = inner.source[run] + begin - inner.target[run]
                yield first + begin - middle, origin, inner.extent[run]
                run += 1


def apply(text: str, edits: Iterable[Edit]) -> tuple[str, OffsetMap]:
    """Return `text` with `edits` made, in order and apart, and the map from the result to `text`.

    An edit that replaces covers at least one character; one that covers none is passed over.
    """
    pieces: list[str] = []
    runs: list[Run] = []
    position = length = 0
    for start, end, replacement in edits:
        if start == end:
            continue
        if start > position:
            pieces.append(text[position:start])
            runs.append((length, position, 1))
            length += start - position
        if replacement:
            pieces.append(replacement)
            runs.append((length, start, end - start))
            length += 1
        position = end
    if position < len(text):
        pieces.append(text[position:])
        runs.append((length, position, 1))
        length += len(text) - position
    return "".join(pieces), OffsetMap.from_runs(runs, length, len(text))


def _groups(numbers: Iterable[int]) -> Iterator[int]:
    for number in numbers:
        rest = number
        while rest > 127:
            yield rest & 127 | 128
            rest >>= 7
        yield rest


def _numbers(data: bytes) -> list[int]:
    found: list[int] = []
    number = shift = 0
    for byte in data:
        if byte < 128:
            found.append(number | byte << shift)
            number = shift = 0
        else:
            number |= (byte & 127) << shift
            shift += 7
    return found
