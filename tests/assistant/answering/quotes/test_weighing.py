"""What nothing else answers is quoted where a clause surely says it, and not where it may not."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.answer import Assistant
from tests.assistant.made_reports import assistant_over

TEXT = """七台河市2022年政府工作报告
——2022年1月18日在七台河市第十二届人民代表大会第二次会议上
七台河市市长 张三

各位代表：
一、2021年工作回顾
2021年，全市地区生产总值231亿元，增长6.4%。二产比重下降1.4个百分点，三次产业比重为13.2：46.8：40.0。
打击非法捕捞7起，涉案渔获537公斤，收缴禁用渔具42套。
新建社区食堂12个，老年人助餐点覆盖率达到65%。
二、2022年工作安排
今年主要预期目标是：地区生产总值增长7%左右。新建社区食堂20个。
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder: Path = tmp_path_factory.mktemp("weighing")
    return assistant_over({"七台河市_2022": TEXT}, folder)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("七台河2021年查了几起非法捕捞,收缴了多少渔具", ("7起", "42套")),
        ("七臺河2021年查了幾起非法捕撈,收繳了多少漁具", ("7起", "42套")),
        ("七台河的三次产业比重", ("13.2:46.8:40.0",)),
        ("七台河2021年老年人助餐点覆盖率", ("65%",)),
    ],
)
def test_a_clause_that_says_it_is_quoted(
    assistant: Assistant, question: str, said: tuple[str, ...]
) -> None:
    answer = assistant.ask(question)
    assert not answer.abstained
    assert all(words in answer.text for words in said)


@pytest.mark.parametrize(
    "question",
    [
        "七台河2021年查了几起走私案",
        "七台河2019年新建了多少社区食堂",
        "七台河市市长多大年纪",
        "How old is the mayor of Qitaihe?",
        "七台河2021年出口到巴西多少辆汽车",
    ],
)
def test_what_no_clause_says_is_refused(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).abstained


def test_a_goal_does_not_answer_what_was_done(assistant: Assistant) -> None:
    answer = assistant.ask("七台河2021年新建了多少个社区食堂")
    assert "12个" in answer.text
    assert "20个" not in answer.text


def test_the_tasks_of_a_year_are_not_those_of_another(assistant: Assistant) -> None:
    assert "2022年工作安排" not in assistant.ask("七台河2019年重点工作").text


def test_growth_of_what_is_not_named_is_not_that_of_gdp(assistant: Assistant) -> None:
    answer = assistant.ask("What did Qitaihe spend on moon bases in 2021 and how fast did it grow?")
    assert "6.4%" not in answer.text
