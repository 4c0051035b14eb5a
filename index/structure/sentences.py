"""Where the sentences of a clean text end. Knows marks and quotes, and nothing of what is said."""

from __future__ import annotations

import re

from index import deadline
from index.types import Span


def sentences(text: str, *, soft: bool = False) -> list[Span]:
    """Return the spans of the sentences of clean text, with their marks and closing quotes.

    A sentence ends at 。, !, ? or a line break, with `soft` also at a semicolon. A mark inside
    quotes or brackets ends it too, unless the sentence visibly goes on behind them.
    """
    deadline.check()
    ends = (_SOFT_END if soft else _END).finditer(text)
    spans: list[Span] = []
    start = 0
    for end in (*(found.end() for found in ends), len(text)):
        part = text[start:end]
        if words := part.strip():
            begin = start + (0 if part[0] == words[0] else len(part) - len(part.lstrip()))
            spans.append(Span(begin, begin + len(words)))
        start = end
    return spans


# Each begins with a set: the search passes over all other characters at once.
_BEHIND_MARK = r"[。!?]*(?:[”’」』)》]+(?![,、;:。的是和与等中]))?(?![”’」』)》!?。])"
_END = re.compile(rf"[。!?\n](?:(?<=\n)\n*|(?<!\n){_BEHIND_MARK})")
_SOFT_END = re.compile(rf"[。!?\n;](?:(?<=\n)\n*|(?<=;)|(?<![\n;]){_BEHIND_MARK})")
