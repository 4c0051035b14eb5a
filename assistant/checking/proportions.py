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
        before = text[max(0, found.start() - _FAR) : found.start()].rpartition("。")[2]
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


def asked_in(
    text: str, rows: Sequence[Row], number: Span, value: Decimal
) -> tuple[Row, int] | None:
    """Return the row of a text that a number is a part of, and which part, if it is one.

    A share that is told alone (二产占比37.8%) is a row of one part.
    """
    for row in rows:
        for at, span in enumerate(row.spans):
            if span.start == number.start:
                return row, at
    found = _SHARE.search(text, max(0, number.start - _FAR), number.start)
    if found is None:
        return None
    return Row((value,), (number,), number, began=False), "一二三".index(found[1])


_SHARE = re.compile(
    r"第?([一二三])次?产业?(?:增加值)?(?:占(?:G|地区)?(?:DP|生产总值|国内生产总值|经济总量)?的?)?"
    r"(?:比[重例]?|份额)(?:为|是|达到?|提高到|上升到|降至|下降到|约)*$"
)


def verdict_of(row: Row, at: int, stated: Sequence[Row]) -> tuple[bool, Row] | None:
    """Return whether a part of a row is right, and the row of reports that says so.

    None where reports have no such row, or several that it is not.

    Args:
        row: the row of a text, or one part of it.
        at: which part is asked about.
        stated: the rows that reports have of the place and year.
    """
    own = row.parts if len(row.parts) == 1 else row.parts[at : at + 1]
    is_whole = len(row.parts) > 1
    for each in stated:
        if each.parts == row.parts or (not is_whole and each.parts[at] == own[0]):
            return True, each
    if len({each.parts for each in stated}) != 1:
        return None
    [only] = stated[:1]
    if own[0] != only.parts[at]:
        return False, only
    right = sum(one == other for one, other in zip(row.parts, only.parts, strict=True))
    return (True, only) if right == _MOST else None


_MOST = 2
"""Parts of three that are the same in two rows that are one but for an error."""
