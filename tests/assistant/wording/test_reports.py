"""What reports are as such is told: the longest, the parts, whether one is whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.answer import Assistant
from tests.assistant.made_reports import assistant_over

_HEAD = """{year}年桂林市人民政府工作报告{more}
——{year}年1月18日在桂林市第六届人民代表大会第四次会议上
桂林市市长 张三

各位代表：
一、去年工作回顾
全市地区生产总值2435亿元，增长1.3%。
二、今年工作安排
{plan}
"""
_PLAN = "（一）大力发展工业\n抓好重点项目。\n（二）改善民生\n新建两所学校。\n"


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder: Path = tmp_path_factory.mktemp("reports")
    texts = {
        "桂林市_2022": _HEAD.format(year=2022, more="（摘要）", plan="抓好工作"),
        "桂林市_2023": _HEAD.format(year=2023, more="", plan=_PLAN),
        "桂林市_2024": _HEAD.format(year=2024, more="", plan="抓好重点项目。"),
    }
    return assistant_over(texts, folder)


@pytest.mark.parametrize(
    "question",
    ["桂林哪一年的报告最长", "桂林哪一年的報告最長", "Which of Guilin's reports is the longest?"],
)
def test_the_longest_report_is_named_with_all_of_them(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert "2023" in answer.text.splitlines()[0]
    assert all(f"| {year} |" in answer.text for year in (2022, 2023, 2024))


def test_the_parts_of_a_report_are_told_by_their_headings(assistant: Assistant) -> None:
    answer = assistant.ask("桂林2023年的报告分几个部分？各部分讲什么")
    assert "2个一级标题" in answer.text
    quotes = [each.quote for each in answer.citations]
    assert quotes[0].endswith("去年工作回顾")
    assert any("改善民生" in quote for quote in quotes)


def test_a_title_says_that_a_report_is_abridged(assistant: Assistant) -> None:
    text = assistant.ask("桂林2022年的报告是全文还是摘要？").text
    assert "“摘要”" in text
    assert "可能没有编全" in text


def test_where_a_title_does_not_say_it_nothing_is_asserted(assistant: Assistant) -> None:
    text = assistant.ask("Is Guilin's 2024 report the full text or a summary?").text
    assert "does not say" in text
