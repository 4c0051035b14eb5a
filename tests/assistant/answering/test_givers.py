"""A report may be named by who gave it; one of another year is not taken for theirs."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.answer import Assistant
from tests.assistant.made_reports import assistant_over

_TEXT = """{year}年{place}人民政府工作报告
——{year}年1月18日在{place}第六届人民代表大会第四次会议上
{place}市长 {name}

各位代表：
一、去年工作回顾
全市经济平稳增长。
二、今年工作安排
主要预期目标是：地区生产总值增长{rate}%。
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder: Path = tmp_path_factory.mktemp("givers")
    given = (
        ("桂林市", 2022, "李四海", 6),
        ("桂林市", 2023, "张三丰", 7),
        ("柳州市", 2023, "王五岳", 8),
    )
    texts = {
        f"{place}_{year}": _TEXT.format(place=place, year=year, name=name, rate=rate)
        for place, year, name, rate in given
    }
    return assistant_over(texts, folder)


@pytest.mark.parametrize(
    "question", ["张三丰2023年报告的GDP增长目标是多少？", "張三丰2023年報告的GDP增長目標是多少？"]
)
def test_the_report_is_that_which_the_person_gave(assistant: Assistant, question: str) -> None:
    figures = assistant.ask(question).figures
    assert {(each.region, each.value) for each in figures} == {("桂林市", "7")}


def test_a_report_of_another_year_is_not_theirs(assistant: Assistant) -> None:
    answer = assistant.ask("李四海2023年报告的GDP增长目标是多少？")
    assert answer.abstained
    assert "桂林市（2022年）" in answer.text
    assert not answer.figures
