"""Every year that a question names is answered, or it is said why not; a plan's end is a year."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.answer import Assistant
from tests.assistant.made_reports import assistant_over

_2021 = """2021年桂林市人民政府工作报告
——2021年1月18日在桂林市第六届人民代表大会第一次会议上
桂林市市长 张三

各位代表：
一、2020年工作回顾
2020年，全市地区生产总值2130亿元。
二、“十四五”时期主要目标
到2025年，地区生产总值达到3000亿元以上，常住人口城镇化率达到65%左右。
三、2021年工作安排
主要预期目标是：地区生产总值增长7%。
"""
_2026 = """2026年桂林市人民政府工作报告
——2026年1月18日在桂林市第七届人民代表大会第一次会议上
桂林市副市长李四受委托作了关于代表建议办理情况的工作报告。
桂林市市长张三代表市人民政府向大会作政府工作报告。
各位代表：
一、2025年工作回顾
2025年，全市地区生产总值2750亿元，完成固定资产投资863亿元，其中民间投资比重达52.2%。
二、2026年工作安排
主要预期目标是：地区生产总值增长5%。
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder: Path = tmp_path_factory.mktemp("years_named")
    return assistant_over({"桂林市_2021": _2021, "桂林市_2026": _2026}, folder)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("桂林2015年和2021年的GDP增长目标各是多少", ["没有编入桂林市2015年", "增长7%"]),
        ("桂林2015年和2021年的GDP增長目標各是多少", ["沒有編入桂林市2015年", "增長7%"]),
        (
            "What GDP growth did Guilin target for 2015 and 2021?",
            ["No government work report of Guilin for 2015", "growth of 7%"],
        ),
    ],
)
def test_a_year_without_a_report_is_named_beside_the_other(
    assistant: Assistant, question: str, said: list[str]
) -> None:
    text = assistant.ask(question).text
    assert all(words in text for words in said), text


@pytest.mark.parametrize(
    "question",
    [
        "桂林“十四五”末常住人口城镇化率目标是多少",
        "桂林十四五期末常住人口城镇化率想达到多少",
        "桂林「十四五」末常住人口城鎮化率目標是多少",
    ],
)
def test_the_end_of_a_plan_is_its_last_year(assistant: Assistant, question: str) -> None:
    text = assistant.ask(question).text
    assert "2025年" in text
    assert "65%左右" in text


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("桂林2021年提出到2025年地区生产总值达到多少亿", "3000亿元以上"),
        ("桂林2021年说到2025年生产总值要到多少亿？后来做到没有", "低250亿元"),
    ],
)
def test_a_goal_set_for_a_later_year_is_that_years(
    assistant: Assistant, question: str, said: str
) -> None:
    assert said in assistant.ask(question).text


@pytest.mark.parametrize(
    "question",
    [
        "桂林2025年固定资产投资中民间投资占多少",
        "桂林2025年固定資產投資中民間投資佔多少",
        "What share of fixed-asset investment in Guilin in 2025 was private?",
    ],
)
def test_the_whole_is_no_answer_to_what_part_it_is(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert "52.2%" in answer.text or answer.abstained, answer.text


def test_who_gave_the_report_is_told_where_the_report_is_named(assistant: Assistant) -> None:
    text = assistant.ask("桂林第七届人代会第一次会议上是谁作的政府工作报告").text
    assert "张三" in text
    assert "李四" not in text


@pytest.mark.parametrize(
    "question",
    ["桂林2026年新建商品住宅的价格涨幅目标是几%", "桂林2026年新建商品住宅的價格漲幅目標是幾%"],
)
def test_a_number_of_something_else_is_not_quoted(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.abstained, answer.text
