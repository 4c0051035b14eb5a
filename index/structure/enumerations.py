"""Finds what a report enumerates: numbered parts, 一是…二是…, bullets, parallel clauses, headings.

Reads the form of clean text alone. Knows nothing of questions and of how a list is worded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from index.lexicon.numerals import numeral
from index.structure.outline import Enumeration, Outline, head
from index.structure.parallelism import clauses, parallel_sentences, topics, words
from index.text.numbering import (
    CIRCLED,
    DASHES,
    DIAMONDS,
    DOTS,
    ITEM,
    ORDINAL,
    PART,
    SECTION,
    SPOKEN,
    SUBITEM,
    SUBSECTION,
)
from index.text.scanning import lazily
from index.types import Passage, Span


def enumerations(text: str, passages: Sequence[Passage]) -> list[Enumeration]:
    """Return the enumerations of a report, those with the plainest form first.

    Args:
        text: the report's clean text.
        passages: the report's passages in their order: what is outside them is repetition.
    """
    outline = Outline(text, passages)
    found = [
        *_ranked(outline),
        *_bulleted(outline),
        *parallel_sentences(outline),
        *topics(outline),
        *clauses(outline),
        *words(outline),
        *_children(outline),
    ]
    kept: dict[tuple[int, int], Enumeration] = {}
    for each in found:
        kept.setdefault((each.items[0].start, len(each.items)), each)
    return list(kept.values())


# Numbered items

_BREAK = r"(?:^|(?<=[\n。!?;:”)]))[ ]?"
_LOOSE = r"(?:^|(?<=[\n。!?;:,”)]))[ ]?"
_RANKED = (
    ("part", _BREAK, PART),
    ("section", _BREAK, SECTION),
    ("subsection", _BREAK, SUBSECTION),
    ("number", _BREAK, ITEM),
    ("subnumber", _BREAK, SUBITEM),
    ("circled", "", CIRCLED),
    ("ordinal", _BREAK, ORDINAL),
    ("spoken", _LOOSE, SPOKEN),
)
_LEVELS = {kind: level for level, (kind, *_) in enumerate(_RANKED)}
_MARKER = lazily(
    "|".join(f"{opens}{numbering.named(kind)}" for kind, opens, numbering in _RANKED),
    re.MULTILINE,
)


@dataclass(slots=True)
class _Chain:
    kind: str
    places: list[tuple[int, int]]
    """Where each item's mark begins and ends."""

    closed: bool = False


def _ranked(outline: Outline) -> Iterator[Enumeration]:
    """Yield runs of items numbered from one on."""
    chains: list[_Chain] = []
    open_: dict[str, _Chain] = {}
    for found in _MARKER.finditer(outline.text):
        kind = str(found.lastgroup)
        if outline.passage(found.end()) is None:
            continue
        start = found.start() + len(found[0]) - len(found[0].lstrip())
        value = _value(found[kind])
        if kind != "circled":
            for other in [each for each in open_ if _LEVELS[each] > _LEVELS[kind]]:
                open_.pop(other).closed = True
        if value == 1:
            if kind in open_:
                open_[kind].closed = True
            open_[kind] = _Chain(kind, [(start, found.end())])
            chains.append(open_[kind])
        elif kind in open_ and value == len(open_[kind].places) + 1:
            open_[kind].places.append((start, found.end()))
    for chain in chains:
        heads = tuple(head(outline.text, *place) for place in chain.places)
        first = heads[0]
        own = first.of(outline.text)
        yield Enumeration(
            form="ranked",
            items=heads,
            lead=outline.lead(first.start),
            headings=outline.headings(first.start, own),
            level=_LEVELS[chain.kind],
            ends_text=not chain.closed,
        )


def _value(written: str) -> int:
    if "①" <= written <= "⑳":
        return ord(written) - ord("①") + 1
    return int(written) if written.isdecimal() else int(numeral(written) or 0)


# Bullets

_BULLET = lazily(rf"{_BREAK}(?P<sign>[{DOTS}{DIAMONDS}•·]|{DASHES})(?=[^\n—-])", re.MULTILINE)
_PLAIN_LINE = lazily(r"\n[^\n。!?;:,]{4,30}(?=\n)")


def _bulleted(outline: Outline) -> Iterator[Enumeration]:
    """Yield runs of items that begin with the same sign, up to a heading of another kind."""
    text = outline.text
    marks = [found for found in _BULLET.finditer(text) if outline.passage(found.end())]
    for _, group in groupby(marks, key=lambda found: found["sign"]):
        for run in _runs(text, list(group)):
            heads = tuple(head(text, found.start("sign"), found.end()) for found in run)
            if len(heads) >= 2:
                first = heads[0]
                yield Enumeration(
                    form="bullets",
                    items=heads,
                    lead=outline.lead(first.start),
                    headings=outline.headings(first.start, first.of(text)),
                )


def _runs(text: str, marks: Sequence[re.Match[str]]) -> Iterator[list[re.Match[str]]]:
    run: list[re.Match[str]] = []
    for found in marks:
        if run:
            line_end = text.find("\n", run[-1].end(), found.start())
            between = text[line_end : found.start()] if line_end >= 0 else ""
            if _MARKER.search(between) or _PLAIN_LINE.search(between):
                yield run
                run = []
        run.append(found)
    yield run


# Headings under one another


def _children(outline: Outline) -> Iterator[Enumeration]:
    """Yield the headings that stand directly under the same heading, or at the top."""
    children: dict[tuple[str, ...], dict[str, Span]] = {}
    for passage in outline.passages:
        for depth, heading in enumerate(passage.headings):
            siblings = children.setdefault(passage.headings[:depth], {})
            if heading in siblings:
                continue
            start = outline.text.find(heading, passage.span.start, passage.span.end)
            if start >= 0:
                siblings[heading] = Span(start, start + len(heading))
    for path, siblings in children.items():
        items = tuple(siblings.values())
        if len(items) >= 2:
            yield Enumeration("headings", items, None, path)
