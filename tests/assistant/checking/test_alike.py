"""What reports say of things that are called alike, which can only speak against a number."""

from __future__ import annotations

import pytest

from assistant.checking.alike import against, items_of
from assistant.checking.reading.said import said_of
from assistant.claims.amounts import amounts_in

REPORT = (
    "新引进企业150家、增长10.8%。电商网络交易额845亿元、增长15%。一般公共预算收入增长25.1%,增速位居全区首位。"
    "65个省级、643个市级重点项目分别完成投资180亿元、530亿元。空气优良天数超过98%。"
)


def spoken_against(text: str, number: int = -1) -> list[str]:
    amounts = amounts_in(text)
    said = said_of(text, amounts)
    found = against(amounts[number], said[number], frozenset(), items_of(REPORT))
    return [str(each.amount.value) for each in found]


@pytest.mark.parametrize(
    ("text", "against_it"),
    [
        ("电商网络交易规模854亿元", ["845"]),
        ("电商网络交易规模845亿元,增速为18%", ["15"]),
        ("电商网络交易规模845亿元", []),
        ("一般公共预算收入增长25.1%,增速居全区第二位", ["1"]),
        ("一般公共预算收入增长25.1%,增速居全国第二位", []),  # among others
        ("跨境电商出口额854亿元", []),
        ("交易额854亿元", []),  # too short a name
    ],
)
def test_what_is_called_alike_speaks_against_another_number(
    text: str, against_it: list[str]
) -> None:
    assert spoken_against(text) == against_it
