"""Where the sentences of a clean text end. Knows marks and quotes, and nothing of what is said."""

from __future__ import annotations

import re

from index import deadline
from index.text.scanning import scan
from index.types import Span


def sentences(text: str, *, soft: bool = False) -> list[Span]:
    """Return the spans of the sentences of clean text, with their marks and closing quotes.

    A sentence ends at 。, !, ? or a line break, with `soft` also at a semicolon. A mark inside
    quotes or brackets ends it too, unless the sentence visibly goes on behind them.
    """
    deadline.check()
    first, pattern = (_SOFT_FIRST, _SOFT_END) if soft else (_FIRST, _END)
    spans: list[Span] = []
    start = 0
    for end in (*(found.end() for found in scan(first, pattern, text)), len(text)):
        part = text[start:end]
        if words := part.strip():
            begin = start + (0 if part[0] == words[0] else len(part) - len(part.lstrip()))
            spans.append(Span(begin, begin + len(words)))
        start = end
    return spans


_END = re.compile(r"[。!?]+(?:[”’」』)》]+(?![,、;:。的是和与等中]))?(?![”’」』)》!?。])|\n+")
_SOFT_END = re.compile(rf"(?:{_END.pattern})|;")
_FIRST, _SOFT_FIRST = re.compile(r"[。!?\n]"), re.compile(r"[。!?\n;]")
