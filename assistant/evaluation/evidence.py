"""Where gold quotes stand in the raw files, and how much of them other spans cover.

Offsets are characters of the raw file. Nothing here knows whether a span was cited or retrieved.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from assistant.evaluation.questions import Evidence
from index.errors import BaogaoIndexError
from index.types import Span

RawOf = Callable[[str], str]
"""The raw text of a document by its name; it raises one of `UNREADABLE` where there is none."""

UNREADABLE = (LookupError, OSError, BaogaoIndexError)

COVERED = 0.5
"""The share of a gold quote's characters that spans must hold to cover it.

Half, because the annotators' quotes and the sentences that an answer cites begin and end at
different commas; less would let a neighbouring figure count.
"""

Located = tuple[str, Span]
"""A document's name and a span of its raw text."""


@dataclass(frozen=True, slots=True)
class Gold:
    """A gold quote and every place where it stands; none where the file does not hold it."""

    evidence: Evidence
    spans: tuple[Span, ...]


def locate(evidence: Evidence, raw_of: RawOf) -> Gold:
    """Return every place of a quote: a report may hold its own body twice.

    Where the quote does not stand exactly so, it is looked for with its white space disregarded.
    """
    try:
        raw = raw_of(evidence.document)
    except UNREADABLE:
        return Gold(evidence, ())
    characters = "".join(evidence.quote.split())
    spans = _matches(re.escape(evidence.quote), raw)
    return Gold(evidence, spans or _matches(r"\s*".join(map(re.escape, characters)), raw))


def _matches(pattern: str, raw: str) -> tuple[Span, ...]:
    return tuple(Span(*match.span()) for match in re.finditer(pattern, raw))


def covers(spans: Iterable[Located], gold: Gold) -> bool:
    """Return whether `spans` together hold enough (`COVERED`) of one occurrence of the quote."""
    own = [span for document, span in spans if document == gold.evidence.document]
    return any(_held(own, place) >= COVERED * len(place) for place in gold.spans)


def _held(spans: Iterable[Span], place: Span) -> int:
    held = {i for span in spans for i in range(*_shared(span, place))}
    return len(held)


def overlaps(located: Located, gold: Gold) -> bool:
    """Return whether a span holds a character of an occurrence of the quote."""
    document, span = located
    if document != gold.evidence.document:
        return False
    return any(start < end for start, end in (_shared(span, place) for place in gold.spans))


def _shared(one: Span, other: Span) -> tuple[int, int]:
    return max(one.start, other.start), min(one.end, other.end)
