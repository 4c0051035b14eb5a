"""What an enumeration is, and where in a report it stands: the headings and words before a place.

Knows no form of enumeration; those are in `enumerations` and `parallels`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from index.types import Passage, Span


@dataclass(frozen=True, slots=True)
class Enumeration:
    """A run of items that a report sets side by side.

    `items` are the spans of their heads in the report's clean text, marks and numbers included;
    `lead` is the span of the words that announce them, None where nothing does; `headings` is the
    path of headings around them, outermost first. `form` is "ranked" (numbered), "bullets",
    "parallel" (sentences that open alike), "topics" (the first sentences of paragraphs),
    "announced" (clauses behind a colon), "clauses", "words" or "headings"; `level` is the rank of
    numbered items, 0 the highest. `ends_text` is true where nothing that could close the
    enumeration follows it.
    """

    form: str
    items: tuple[Span, ...]
    lead: Span | None
    headings: tuple[str, ...]
    level: int = 0
    ends_text: bool = False


class Outline:
    """A clean text with its passages, by place."""

    def __init__(self, text: str, passages: Sequence[Passage]) -> None:
        self.text = text
        self.passages = sorted(passages, key=lambda each: each.span.start)
        self._starts = [each.span.start for each in self.passages]

    def passage(self, place: int) -> Passage | None:
        """Return the passage that holds a place; None where the text repeats itself."""
        found = bisect_right(self._starts, place) - 1
        return (
            self.passages[found] if found >= 0 and place < self.passages[found].span.end else None
        )

    def headings(self, place: int, own: str = "") -> tuple[str, ...]:
        """Return the headings around a place, up to the one that begins as `own` does."""
        passage = self.passage(place)
        path = passage.headings if passage else ()
        bare = own.strip(" :。;—-")
        for depth, heading in enumerate(path):
            if bare and (heading.startswith(bare[:12]) or bare.startswith(heading[:12])):
                return path[:depth]
        return path

    def lead(self, place: int) -> Span | None:
        """Return the words just before a place that can announce what stands there."""
        end = place
        while end and self.text[end - 1] in " \n—-":
            end -= 1
        if end and self.text[end - 1] == ",":
            return None
        start = end - 1
        while start > 0 and (self.text[start - 1] not in "。!?\n" or start == end):
            start -= 1
        start = max(start, 0)
        if end - start > LEAD:
            cut = max(self.text.rfind(mark, start, end - 8) for mark in ",;")
            start = max(cut + 1, end - LEAD)
        span = Span(start, end) if end > start else None
        if span is None or not re.search(r"[\u4e00-\u9fff]{3}", span.of(self.text)):
            return None
        return span


LEAD = 70
"""Characters up to which the words that announce an enumeration are kept."""


_HEAD_END = re.compile(r"[。!?;\n]|(?<=[\u4e00-\u9fff”]):(?=.)")
LONGEST_HEAD = 64


def head(text: str, start: int, after: int) -> Span:
    """Return the head of an item that begins at `start`, its mark ending at `after`.

    That is its first sentence, or the first clause where the sentence is long.
    """
    found = _HEAD_END.search(text, after)
    end = found.start() if found else len(text)
    if end - start > LONGEST_HEAD:
        cut = text.find(",", after + 4, start + LONGEST_HEAD)
        end = cut if cut > 0 else min(end, start + 2 * LONGEST_HEAD)
    while end > after and text[end - 1] in " ,、:—-":
        end -= 1
    return Span(start, max(end, after))
