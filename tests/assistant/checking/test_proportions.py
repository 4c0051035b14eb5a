"""Rows of the three industries, and what is said of one of their parts."""

from __future__ import annotations

from decimal import Decimal

from assistant.checking.proportions import Row, asked_in, rows_in, verdict_of
from index.types import Span


def stated(text: str) -> list[Row]:
    return rows_in(text)


def asked(text: str, number: str) -> tuple[Row, int]:
    start = text.index(number)
    found = asked_in(
        text, rows_in(text), Span(start, start + len(number)), Decimal(number.rstrip("%"))
    )
    assert found is not None
    return found


def test_a_row_is_of_industries_and_knows_where_a_change_began() -> None:
    text = "三次产业结构由2010年的12.6:52.5:34.9调整为12.0:48.1:39.9。会议8:30:00开始。"
    assert [(row.parts[0], row.began) for row in rows_in(text)] == [
        (Decimal("12.6"), True),
        (Decimal("12.0"), False),
    ]


def test_the_part_that_differs_is_wrong_and_the_others_are_right() -> None:
    row, at = asked("三次产业比为12.1:48.1:39.9", "12.1")
    reports = stated("三次产业比调整为12.0:48.1:39.9")
    assert verdict_of(row, at, reports) == (False, reports[0])
    assert verdict_of(row, 1, reports) == (True, reports[0])


def test_of_parts_in_another_order_none_is_right() -> None:
    row, _ = asked("三次产业比为48.1:12.0:39.9", "48.1")
    reports = stated("三次产业比调整为12.0:48.1:39.9")
    assert [verdict_of(row, at, reports) for at in range(3)] == [
        (False, reports[0]),
        (False, reports[0]),
        None,
    ]


def test_a_share_told_alone_is_a_part_of_a_row() -> None:
    reports = stated("三次产业比调整为12.0:48.1:39.9")
    assert verdict_of(*asked("二产占比48.1%", "48.1%"), reports) == (True, reports[0])
    assert verdict_of(*asked("第三产业比重为38%", "38%"), reports) == (False, reports[0])
    assert verdict_of(*asked("二产占比48.1%", "48.1%"), []) is None
