"""What no report states is calculated from figures told in one breath, with the formula shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.answer import Assistant
from tests.assistant.made_reports import assistant_over

TEXT = """2023年桂林市人民政府工作报告
——2023年1月18日在桂林市第六届人民代表大会第四次会议上
桂林市市长 张三

今天的大会应到代表168名，请假21名，实到代表147名，符合法定人数。

各位代表：
一、2022年工作回顾
2022年，全市空气优良天数236天，同比增加9天。
过去五年，农村居民人均可支配收入由13347元增加到16487元，城镇居民人均可支配收入由25996元增加到37097元。
化解政府性债务4.75亿元，完成年度任务的115%。
全市固定资产投资五年累计完成192.94亿元。
二、2023年工作安排
今年老旧小区改造61个。
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder: Path = tmp_path_factory.mktemp("reckoning")
    return assistant_over({"桂林市_2023": TEXT}, folder)


@pytest.mark.parametrize(
    ("question", "formula"),
    [
        ("桂林2021年空气优良天数是多少天？", "236天 − 9天 = 227天"),
        ("桂林2022年空氣優良天數236天，那2021年是幾天？", "236天 − 9天 = 227天"),
        ("How many days with good air quality did Guilin have in 2021?", "= 227 days"),
        ("桂林那次人代会代表出席率是多少", "147名 ÷ 168名 = 87.5%"),
        ("桂林人代會代表到會率多少", "147名 ÷ 168名 = 87.5%"),
        ("桂林2022年化债4.75亿，年度任务原定多少？", "4.75亿元 ÷ 115% ≈ 4.13亿元"),
    ],
)
def test_what_follows_from_two_figures_is_shown_as_a_formula(
    assistant: Assistant, question: str, formula: str
) -> None:
    answer = assistant.ask(question)
    assert formula in answer.text
    assert not answer.abstained


def test_what_is_calculated_cites_its_operands(assistant: Assistant) -> None:
    answer = assistant.ask("桂林2021年空气优良天数是多少天？")
    quotes = " ".join(citation.quote for citation in answer.citations)
    assert "236天" in quotes
    assert "增加9天" in quotes


def test_a_change_asked_for_of_one_indicator_is_not_taken_of_its_neighbour(
    assistant: Assistant,
) -> None:
    text = assistant.ask("桂林农村居民人均可支配收入涨了多少块钱？").text
    assert "16487元 − 13347元 = 3140元" in text
    assert "37097" not in text.split("\n\n")[0]


def test_nothing_is_calculated_where_no_change_is_told(assistant: Assistant) -> None:
    answer = assistant.ask("桂林2021年固定资产投资是多少？")
    assert "=" not in answer.text
    assert "≈" not in answer.text


def test_a_goal_of_the_next_year_is_no_base_to_calculate_from(assistant: Assistant) -> None:
    answer = assistant.ask("桂林2022年老旧小区改造多少个？")
    assert "=" not in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "桂林空气优良天数是多少天？",
        "桂林2022年空气优良天数是多少天？",
        "How many days with good air quality did Guilin have?",
    ],
)
def test_the_year_before_is_told_only_where_it_is_asked_for(
    assistant: Assistant, question: str
) -> None:
    assert "227" not in assistant.ask(question).text
