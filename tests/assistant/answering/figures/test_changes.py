"""From what to what something changed, a share of amounts, and a report's own footnote marks."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assistant.answer import Assistant
from tests.assistant.made_reports import assistant_over

TEXT = """2022年桂林市人民政府工作报告
——2022年1月18日在桂林市第六届人民代表大会第二次会议上
桂林市市长 张三

各位代表：
一、2021年工作回顾
2021年，全市地区生产总值2311亿元，增长6.4%，第二产业增加值700亿元，增长9%。\
每万人发明专利拥有量从2016年的4.39件增至2021年的9.40件。
果断采取“五停一关［5］”等应急措施。
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder: Path = tmp_path_factory.mktemp("changes")
    return assistant_over({"桂林市_2022": TEXT}, folder)


def _text(assistant: Assistant, question: str) -> str:
    return re.sub(r"\\s*\\[\\d+\\]", "", assistant.ask(question).text)


def test_both_ends_of_a_change_are_told(assistant: Assistant) -> None:
    text = _text(assistant, "桂林每万人发明专利从多少件增加到多少件")
    assert "9.40件" in text
    assert "4.39件" in text


def test_a_share_is_taken_of_amounts_and_never_of_growth(assistant: Assistant) -> None:
    text = _text(assistant, "桂林2021年第二产业占GDP大概百分之几?")
    assert "700" in text
    assert "6.4%" not in text


def test_a_footnote_mark_of_the_report_is_no_citation(assistant: Assistant) -> None:
    answer = assistant.ask("桂林采取了“五停一关”什么措施")
    assert "五停一关［5］" in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "桂林每万人发明专利增加了多少件",
        "桂林每萬人發明專利增加了多少件",
        "By how much did Guilin's invention patents per 10,000 people rise?",
    ],
)
def test_what_a_figure_changed_by_is_calculated_from_both_ends(
    assistant: Assistant, question: str
) -> None:
    text = _text(assistant, question)
    assert "5.01" in text
    assert "4.39" in text


def test_a_growth_that_is_stated_is_no_change_in_amount(assistant: Assistant) -> None:
    assert "6.4%" in _text(assistant, "桂林2021年GDP增长了多少")


@pytest.mark.parametrize(
    "question", ["桂林2016年每万人发明专利有多少件", "桂林2016年每萬人發明專利有多少件"]
)
def test_a_year_that_a_later_report_looks_back_on_is_answered(
    assistant: Assistant, question: str
) -> None:
    answer = assistant.ask(question)
    assert not answer.abstained
    assert "4.39件" in answer.text
