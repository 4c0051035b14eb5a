"""Clean text is cut along its headings into passages: the units that are embedded and searched.

Nothing here knows what a passage states, nor how a heading is told from other words.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from index.structure.headings import INNER, MARKER, Heading, depth_of, heading_at, placed
from index.structure.repetition import paragraphs, repeated_spans
from index.structure.sentences import sentences
from index.text.normalization import Normalized
from index.types import Passage, Span

MAX_LENGTH = 400
"""Characters of a passage, but for one that is a single longer sentence or a heading and one."""

_LONGEST = 3 * MAX_LENGTH
"""Characters of any passage. Of 90,000 in 1,477 reports the longest has 805; what is longer is no
sentence, and is cut where it can best be."""

_CUTS = re.compile(r"[;,、:\n ]")


def split(normalized: Normalized, report_id: str, about: str = "") -> list[Passage]:
    """Cut a report into passages, in order; together they hold all that is not a repetition.

    Args:
        normalized: The report's text.
        report_id: The report's id, with which those of the passages begin.
        about: What every passage is about: the report's place and year.
    """
    text = normalized.text
    passages: list[Passage] = []
    for span, headings in _bounded(text, _pieces(text)):
        ordinal = len(passages)
        passages.append(
            Passage(
                id=f"{report_id}-{ordinal:04d}",
                report_id=report_id,
                ordinal=ordinal,
                span=span,
                raw_span=normalized.raw_span(span),
                text=span.of(text),
                headings=headings,
                about=about,
            )
        )
    return passages


def searched_text(passage: Passage) -> str:
    """Return what is embedded and indexed of a passage: whose it is, its headings and its text."""
    above = [heading for heading in passage.headings if not passage.text.startswith(heading)]
    return "\n".join((*filter(None, [passage.about]), *above, passage.text))


# --- sections -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Part:
    """A paragraph, or what of it stands under one of the headings inside it.

    `scope` says that its heading holds for the paragraph only, and `last` that it ends it.
    """

    span: Span
    heading: Heading | None
    scope: bool
    last: bool


@dataclass(slots=True)
class _Section:
    """The path of headings, where the ones that stand at its start begin, and what follows them."""

    path: tuple[Heading, ...]
    start: int
    body: list[Span]


def _sections(text: str) -> list[_Section]:
    sections: list[_Section] = []
    end = 0
    for part, path in _outlined(text):
        body = part.span
        if part.heading is not None:
            body = Span(part.heading.span.end, part.span.end)
        own = [body] if body.of(text).strip() else []
        previous = sections[-1] if sections else None
        goes_on = previous is not None and (
            previous.path == path
            if part.heading is None
            else not previous.body and previous.path == path[:-1] != ()
        )
        beside = not text[end : part.span.start].strip()  # no repetition was left out between
        end = part.span.end
        if previous is not None and goes_on and beside:
            previous.path = path
            previous.body += own
        else:
            sections.append(_Section(path, part.span.start, own))
    return sections


def _outlined(text: str) -> Iterator[tuple[_Part, tuple[Heading, ...]]]:
    """Yield every part with the path of headings that it stands under, its own included."""
    path: tuple[Heading, ...] = ()
    recent: tuple[str, ...] = ()
    for part in _parts(text):
        if part.heading is not None:
            path = placed(path, part.heading, recent)
            recent = (*recent[-1:], part.heading.kind)
        elif marker := MARKER.match(text, part.span.start, part.span.end):
            # An item of a list that is numbered as the headings are ends the section before it.
            path = path[: depth_of(path, str(marker.lastgroup))]
        yield part, path
        if part.last and part.scope:
            path = path[:-1]


def _parts(text: str) -> list[_Part]:
    copies = repeated_spans(text)
    starts = [copy.start for copy in copies]

    def is_copy(span: Span) -> bool:
        before = bisect_right(starts, span.start)
        return bool(before) and span.start < copies[before - 1].end

    spans = [span for span in paragraphs(text) if not is_copy(span)]
    parts: list[_Part] = []
    for index, span in enumerate(spans):
        following = spans[index + 1].of(text) if index + 1 < len(spans) else ""
        cuts = [span.start + found.end() for found in INNER.finditer(span.of(text))]
        for start, end in pairwise([span.start, *cuts, span.end]):
            part = Span(start, end)
            heading = heading_at(text, part, following)
            scope = heading is not None and (heading.kind == "dash" or bool(cuts))
            parts.append(_Part(part, heading, scope, end == span.end))
    if sum(_is_plain(part) for part in parts) < 2:
        # No report has one section; such a line is the page's, or a title.
        parts = [replace(part, heading=None) if _is_plain(part) else part for part in parts]
    return parts


def _is_plain(part: _Part) -> bool:
    return part.heading is not None and part.heading.kind == "plain"


# --- passages -----------------------------------------------------------------------------------


def _pieces(text: str) -> Iterator[_Piece]:
    for section in _sections(text):
        headings = tuple(heading.words for heading in section.path)
        units = [unit for body in section.body for unit in _units(text, body)]
        if not units:
            yield Span(section.start, section.path[-1].span.end), headings
            continue
        yield from ((span, headings) for span in _packed(section.start, units))


_Piece = tuple[Span, tuple[str, ...]]


def _bounded(text: str, pieces: Iterable[_Piece]) -> Iterator[_Piece]:
    """Cut the pieces that are longer than any passage, best behind a mark."""
    for span, headings in pieces:
        start = span.start
        most = MAX_LENGTH if len(span) > _LONGEST else _LONGEST
        while span.end - start > most:
            found = [each.end() for each in _CUTS.finditer(text, start + 1, start + MAX_LENGTH)]
            end = found[-1] if found else start + MAX_LENGTH
            yield Span(start, end), headings
            start = end
        yield Span(start, span.end), headings


def _units(text: str, body: Span) -> list[Span]:
    """Return the sentences of a paragraph; one that only tells the topic stays with the next."""
    units: list[Span] = []
    topic = False
    for index, sentence in enumerate(sentences(body.of(text))):
        start, end = body.start + sentence.start, body.start + sentence.end
        if topic and end - units[-1].start <= MAX_LENGTH // 2:
            units[-1] = Span(units[-1].start, end)
            topic = False
        else:
            units.append(Span(start, end))
            topic = index == 0 or len(sentence) <= _TOPIC_LENGTH
    return units


_TOPIC_LENGTH = 20


def _packed(start: int, units: list[Span]) -> list[Span]:
    """Fill passages with whole sentences, about evenly, so that no section ends in a scrap."""
    total = units[-1].end - start
    count = math.ceil(total / MAX_LENGTH)
    passages = _filled(start, units, total / count)
    return passages if len(passages) == count else _filled(start, units, total / len(passages))


def _filled(start: int, units: list[Span], target: float) -> list[Span]:
    passages: list[Span] = []
    end = start
    for unit in units:
        length, longer = end - start, unit.end - start
        if length and (longer > MAX_LENGTH or longer - target > target - length):
            passages.append(Span(start, end))
            start = unit.start
        end = unit.end
    return [*passages, Span(start, end)]
