"""What the three industries are to each other (12.0:48.1:39.9), in a text and in reports.

Such a row is one statement: a part of it is right where reports have a row that is the same but for
the parts that are wrong. Knows texts, and not which reports are asked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from index.types import Span


@dataclass(frozen=True, slots=True)
class Row:
    """Three parts of a whole at `span` of a text; `began` says that it is where a change began."""

    parts: tuple[Decimal, ...]
    spans: tuple[Span, ...]
    span: Span
    began: bool


def rows_in(text: str) -> list[Row]:
    """Return the rows of a folded text that are of the three industries."""
    rows = []
    for found in _ROW.finditer(text):
        before = text[max(0, found.start() - _FAR) : found.start()]
        if _OF_INDUSTRIES.search(before):
            parts = tuple(Decimal(each) for each in found.groups())
            spans = tuple(Span(*found.span(at)) for at in (1, 2, 3))
            began = _BEGAN.search(before) is not None
            rows.append(Row(parts, spans, Span(*found.span()), began))
    return rows


_FAR = 60
_PART = r"(\d{1,2}(?:\.\d+)?)%?"
_ROW = re.compile(rf"(?<![\d.:∶]){_PART}\s?[:∶]\s?{_PART}\s?[:∶]\s?{_PART}(?![\d:∶])")
_OF_INDUSTRIES = re.compile(r"三次产业|三产|一二三产|产业(?:结构|比)|\bindustr", re.IGNORECASE)
_BEGAN = re.compile(r"(?:[由从]|\bfrom)[^,;。]{0,12}$")


def verdict_of(row: Row, at: int, stated: Sequence[Row]) -> tuple[bool, Row] | None:
    """Return whether a part of a row is right, and the row of reports that says so.

    None where reports have no such row, or several that it is not.

    Args:
        row: the row of a text.
        at: which part is asked about.
        stated: the rows that reports have of the place and year.
    """
    for each in stated:
        if each.parts == row.parts:
            return True, each
    if len({each.parts for each in stated}) != 1:
        return None
    [only] = stated[:1]
    right = sum(one == other for one, other in zip(row.parts, only.parts, strict=True))
    if row.parts[at] != only.parts[at]:
        return False, only
    return (True, only) if right == _MOST else None


_MOST = 2
"""Parts of three that are the same in two rows that are one but for an error."""


def part_asked(name: str) -> int | None:
    """Return which of the three industries a name is of, None where it is of none."""
    found = _WHICH.search(name)
    return "一二三".index(found[1]) if found else None


_WHICH = re.compile(r"第?([一二三])(?:次?产业?|产)")
