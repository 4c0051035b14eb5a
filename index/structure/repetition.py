"""What stands twice in a clean text: a page often holds its article for the screen and for print.

Compares whole paragraphs; knows nothing of what they say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.types import Span


def repeated_spans(text: str) -> list[Span]:
    """Return the later copies of what stands twice in clean text: runs of paragraphs, or its title.

    Pages often hold the article twice, for screen and for print. A run is a copy if it has
    `_COPY_LENGTH` characters: refrains are shorter. The first paragraph, mostly the title, is
    a copy at any length that is not a mere word.
    """
    lines = [span for span in paragraphs(text) if len(span)]
    first: dict[str, int] = {}
    spans: list[Span] = []
    index = 0
    while index < len(lines):
        origin = first.setdefault(lines[index].of(text), index)
        run = 1
        if origin < index:
            while (
                index + run < len(lines)
                and origin + run < index
                and lines[origin + run].of(text) == lines[index + run].of(text)
            ):
                run += 1
            copy = Span(lines[index].start, lines[index + run - 1].end)
            if len(copy) >= (_TITLE_LENGTH if origin == 0 else _COPY_LENGTH):
                spans.append(copy)
        index += run
    return spans


_COPY_LENGTH = 100
_TITLE_LENGTH = 8


def paragraphs(text: str) -> Iterator[Span]:
    """Yield the paragraphs of clean text, one a line."""
    for found in re.finditer(r"[^\n]+", text):
        yield Span(*found.span())
