"""Finds what work reports say in a set form: problems, the requirements of a year, their parts.

Knows the stereotyped words that open and close such a piece, and nothing of questions.
"""

from __future__ import annotations

import re

from index.structure.outline import Enumeration
from index.structure.parallelism import parted
from index.text.numbering import NUMERAL
from index.text.scanning import lazily
from index.types import Span

_PROBLEM = r"(?:困难|问题|不足|短板|薄弱环节|挑战|差距)"
_ADMITS = (
    re.compile(rf"[^。\n]*清醒[^。\n]*?{_PROBLEM}[^。:\n]*[。:]"),
    re.compile(rf"[^。\n]*(?:问题说透|看到)[^。\n]*?{_PROBLEM}[^。:\n]*[。:]"),
    re.compile(rf"[^。\n]*(?:还|仍然?|依然)(?:存在|面临|有)[^。\n]*?{_PROBLEM}[^。:\n]*[。:]"),
)
_MAINLY = lazily(r"\s*(?:主要(?:是|表现(?:在|为)|有|体现在)?|具体表现在|一些)?[:,]?")
_TURNS = lazily(
    r"[。;,\n](?=(?:我们(?:一定|将|要|必须|会)|对(?:此|于?这些|上述)|针对|这些(?:问题|困难|都)?,?(?:是|必须|都|有)"
    r"|面对这些|正视|在今后|今后|只要|各位代表|新的一年))"
)
_NUMBERED = lazily(rf"[。;:]{NUMERAL}是[^。;\n]*")
_SCRAP = 4
"""Characters below which a part is no item of its own."""


def problems(text: str) -> Enumeration | None:
    """Return the problems that a report admits, with the words that announce them.

    They are the clauses between semicolons, else sentences, else clauses, up to the words with
    which the report turns to what it will do. None where it announces none, or announces them and
    says nothing more.
    """
    for pattern in _ADMITS:
        for found in pattern.finditer(text):
            items = _items(text, found.end())
            if len(items) >= 2:
                lead = Span(found.start(), found.end() - 1)
                return Enumeration("announced", tuple(items), _short(text, lead), ())
    return None


def _items(text: str, start: int) -> list[Span]:
    mainly = _MAINLY.match(text, start)
    start = mainly.end() if mainly else start
    line = text.find("\n", start)
    end = len(text) if line < 0 else line
    turn = _TURNS.search(text, start, end)
    whole = Span(start, turn.start() if turn else end)
    numbered = [
        Span(found.start() + 1, found.end())
        for found in _NUMBERED.finditer(text, whole.start - 1, whole.end)
    ]
    if len(numbered) >= 2:
        return numbered
    marks = ";" if text.count(";", *_ends(whole)) >= 2 else "。"
    parts = parted(text, whole, marks)
    if len(parts) < 2:
        parts = parted(text, whole, ",")
    return [part for part in parts if len(part) >= _SCRAP]


def _ends(span: Span) -> tuple[int, int]:
    return span.start, span.end


def _short(text: str, lead: Span) -> Span:
    """Return the last clauses of the words that announce, of at most about 40 characters."""
    start = lead.start
    while lead.end - start > 40 and (cut := text.find(",", start, lead.end - 8)) >= 0:
        start = cut + 1
    return Span(start, lead.end)


_REQUIRED = (
    re.compile(
        r"[^。\n]{0,30}(?:总体要求|指导思想|总体思路|总要求)(?:是|为)[:,]?(?P<body>[^\n]*?)[。\n]"
    ),
    re.compile(r"(?:要|必须)?(?P<body>(?:坚持)?以习近平[^。\n]{0,24}为指导[^。\n]{40,})[。\n]"),
)


def requirements(text: str) -> Enumeration | None:
    """Return the sentence with which a report states the overall requirements of the year."""
    for pattern in _REQUIRED:
        found = None
        for found in pattern.finditer(text):
            if "五年" not in found[0][:30]:
                break
        if found is not None:
            body = Span(*found.span("body"))
            lead = Span(found.start(), body.start) if body.start - found.start() > 4 else None
            return Enumeration("announced", (body,), lead, ())
    return None


_PARTS = lazily(r"报告共?分(?:为|成)?(?P<body>[^。:;\n]{6,120}部分)[。\n]")


def parts(text: str) -> Enumeration | None:
    """Return the clause with which news about a report names its parts."""
    found = _PARTS.search(text)
    if found is None:
        return None
    return Enumeration("announced", (Span(found.start(), found.end("body")),), None, ())
