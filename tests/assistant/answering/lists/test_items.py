"""One item of a numbered list is told by its place; a place beyond its end is not made up."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.answer import Assistant
from tests.assistant.made_reports import assistant_over

_TEXT = """2024年桂林市人民政府工作报告
——2024年1月18日在桂林市第六届人民代表大会第四次会议上
桂林市市长 张三

各位代表：
一、2023年工作回顾
2023年，全市地区生产总值2435亿元，增长3.3%。
二、2024年工作安排
今年要重点抓好四个方面工作：
一是全力稳定经济增长。扩大有效投资。
二是坚定推进工业振兴。培育产业集群。
三是做强旅游服务产业。办好旅游大会。
四是切实改善民生福祉。新建学校两所。
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder: Path = tmp_path_factory.mktemp("items")
    return assistant_over({"桂林市_2024": _TEXT}, folder)


@pytest.mark.parametrize(
    "question",
    [
        "桂林2024年四个方面重点工作里，第三项是什么？",
        "桂林2024年四個方面重點工作裡，第三項是什麼？",
        "What is the third of the four key areas of work in Guilin's 2024 report?",
    ],
)
def test_the_item_at_a_place_is_quoted_alone(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    quotes = " ".join(each.quote for each in answer.citations)
    assert "做强旅游服务产业" in quotes
    assert "工业振兴" not in quotes


def test_no_other_item_is_quoted_for_a_place_that_the_list_does_not_have(
    assistant: Assistant,
) -> None:
    answer = assistant.ask("桂林2024年四个方面重点工作里，第七项是什么？")
    told = [
        each for each in ("稳定经济", "工业振兴", "旅游服务", "民生福祉") if each in answer.text
    ]
    assert len(told) in (0, 4)  # none of them, or the four that there are
