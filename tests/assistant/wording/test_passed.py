"""When an amount was first reached is told from all years, those without a figure said."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.answer import Assistant
from tests.assistant.made_reports import assistant_over

_REPORT = """{year}年桂林市人民政府工作报告
——{year}年1月18日在桂林市第六届人民代表大会第四次会议上
桂林市市长 张三

各位代表：
一、{before}年工作回顾
{before}年，全市地区生产总值{amount}，城镇居民人均可支配收入40000元，农村居民人均可支配收入18000元。\
粮食生产实现“{harvests}连丰”。
二、{year}年工作安排
粮食总产稳定在20万吨以上。
"""
_AMOUNTS = {2018: "1890亿元", 2019: "2105亿元", 2020: "2130亿元", 2022: "3012亿元"}
_HARVESTS = {2018: "十五", 2019: "十六", 2020: "十七", 2022: "十九"}


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder: Path = tmp_path_factory.mktemp("passed")
    texts = {
        f"桂林市_{before + 1}": _REPORT.format(
            year=before + 1, before=before, amount=amount, harvests=_HARVESTS[before]
        )
        for before, amount in _AMOUNTS.items()
    }
    return assistant_over(texts, folder)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("桂林GDP哪一年突破两千亿", ["首次达到2000亿元：2019年，2105亿元", "2018年为1890亿元"]),
        ("桂林GDP是哪一年破兩千億", ["首次達到2000億元：2019年，2105億元"]),
        (
            "When did Guilin's GDP first exceed 200 billion yuan?",
            ["First at 200 billion yuan: 2019, 210.5 billion yuan"],
        ),
    ],
)
def test_the_first_year_is_told_with_the_one_before(
    assistant: Assistant, question: str, said: list[str]
) -> None:
    text = assistant.ask(question).text
    assert all(words in text for words in said), text


def test_each_of_several_amounts_has_its_year_and_missing_years_are_said(
    assistant: Assistant,
) -> None:
    text = assistant.ask("桂林GDP哪一年破两千亿、哪一年破三千亿，各是多少").text
    assert "首次达到2000亿元：2019年" in text
    assert "有数据的年份中首次达到3000亿元：2022年，3012亿元" in text
    assert "之前有数据的最近一年是2020年" in text
    assert "2021年" in text.splitlines()[-1]


def test_an_amount_that_no_year_reached_is_said_so(assistant: Assistant) -> None:
    text = assistant.ask("桂林GDP哪一年突破五千亿").text
    assert "没有一年确定达到5000亿元" in text


def test_of_the_earliest_year_none_can_be_called_the_first(assistant: Assistant) -> None:
    text = assistant.ask("桂林GDP哪一年突破一千亿").text
    assert "不能确定首次是哪一年" in text


@pytest.mark.parametrize(
    ("question", "earlier"),
    [
        ("桂林2022年城镇居民人均可支配收入比农村高多少元", []),
        ("跟农村差多少元？", ["桂林2022年城镇居民人均可支配收入是多少"]),
        ("跟農村差多少元？", ["桂林2022年城鎮居民人均可支配收入是多少"]),
        (
            "By how much did Guilin's urban income per head exceed its rural income in 2022?",
            [],
        ),
    ],
)
def test_a_twin_is_subtracted(assistant: Assistant, question: str, earlier: list[str]) -> None:
    text = assistant.ask(question, history=earlier).text
    assert "22000元" in text or "22,000 yuan" in text, text


@pytest.mark.parametrize(
    "question",
    [
        "桂林2018、2019、2020、2022这几年粮食分别是几连丰",
        "桂林2018、2019、2020、2022這幾年糧食分別是幾連豐",
    ],
)
def test_what_each_of_several_years_says_is_quoted(assistant: Assistant, question: str) -> None:
    quotes = " ".join(citation.quote for citation in assistant.ask(question).citations)
    assert all(f"{each}连丰" in quotes for each in _HARVESTS.values()), quotes
