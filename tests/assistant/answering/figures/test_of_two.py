"""Of two years, places or sides figures are set beside those of their like, or nothing is."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.answer import Assistant
from tests.assistant.made_reports import assistant_over

_TEXT = """{year}年{place}人民政府工作报告
——{year}年1月18日在{place}第六届人民代表大会第四次会议上
{place}市长 张三

各位代表：
一、{before}年工作回顾
{done}
二、{year}年工作安排
主要预期目标是：{goal}
"""


def _report(place: str, year: int, done: str, goal: str) -> str:
    return _TEXT.format(place=place, year=year, before=year - 1, done=done, goal=goal)


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder: Path = tmp_path_factory.mktemp("of_two")
    done = "{year}年，全市地区生产总值{value}亿元，增长{rate}%。进出口总额{trade}亿元。"
    goal = "地区生产总值增长{rate}%左右，一般公共预算收入增长{revenue}%。"
    texts = {
        "桂林市_2022": _report(
            "桂林市", 2022, done.format(year=2021, value=2000, rate=6, trade=40),
            goal.format(rate=6, revenue=4),
        ),
        "桂林市_2023": _report(
            "桂林市", 2023, "2022年，全市地区生产总值2100亿元，增长5%。",
            "地区生产总值增长6.5%，进出口总额突破90亿元。",
        ),
        "桂林市_2024": _report(
            "桂林市", 2024, "2023年，全市地区生产总值2300亿元，增长7%。",
            goal.format(rate=7, revenue=5),
        ),
        "柳州市_2024": _report(
            "柳州市", 2024, "2023年，全市地区生产总值3000亿元，增长5%。",
            goal.format(rate=5, revenue=3),
        ),
    }  # fmt: skip
    return assistant_over(texts, folder)


def test_a_goal_of_one_year_is_no_multiple_of_a_result_of_another(assistant: Assistant) -> None:
    answer = assistant.ask("桂林2023年进出口总额是2021年的几倍？")
    assert "2.25" not in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "桂林2021到2023年的GDP总量和增速列一下",
        "桂林2021到2023年的GDP總量和增速列一下",
        "List the amount and growth of Guilin's GDP from 2021 to 2023",
    ],
)
def test_an_amount_and_its_growth_stand_side_by_side(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    stated = {(each.period, each.value) for each in answer.figures}
    assert {("2021", "2000"), ("2021", "6"), ("2023", "2300"), ("2023", "7")} <= stated


def test_each_indicator_is_compared_across_places(assistant: Assistant) -> None:
    text = assistant.ask("桂林和柳州2024年GDP和一般公共预算收入目标增速谁高？").text
    assert all(each in text for each in ("7%", "5%", "3%"))


def test_a_turn_goes_on_with_the_year_and_side_before(assistant: Assistant) -> None:
    history = ["桂林2024年GDP增长目标是多少？"]
    figures = assistant.ask("一般公共预算收入呢，定了多少", history=history).figures
    assert {(each.kind, each.value) for each in figures} == {("target", "5")}


def test_a_place_in_anothers_report_is_not_answered_with_that_ones_figure(
    assistant: Assistant,
) -> None:
    answer = assistant.ask("按桂林2024年报告，阳朔县2023年GDP是多少？")
    assert answer.abstained
    assert "阳朔" in answer.text
