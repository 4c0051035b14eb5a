"""An answer that leaves a part of a question unsaid is completed, or gives way to what says it."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.answer import Assistant
from tests.assistant.made_reports import assistant_over

TEXT = """2023年桂林市人民政府工作报告
——2023年1月18日在桂林市第六届人民代表大会第四次会议上
桂林市市长 张三

各位代表：
一、2022年工作回顾
2022年，全市地区生产总值2435亿元，增长1.3%，服务贸易增长10%。
国务院副总理李四亲临我市视察指导工作，极大地鼓舞了全市人民。
总投资82亿元的抽水蓄能电站项目顺利拿到“路条”，前期工作取得决定性成果。
二、2023年工作安排
（八）提升普通公路安全水平，实施农村公路安全生命防护工程8000公里，改造普通公路危桥200座。
（九）实施农村危房改造8600套。
高质量办好第48届世界技能大赛。
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder: Path = tmp_path_factory.mktemp("completing")
    return assistant_over({"桂林市_2023": TEXT}, folder)


@pytest.mark.parametrize(
    "question",
    [
        "2022年哪位中央领导来桂林视察了？当年拿到“路条”的那个项目总投资多少",
        "2022年哪位中央領導來桂林視察了？當年拿到「路條」的那個項目總投資多少",
    ],
)
def test_the_second_thing_that_is_asked_is_quoted_too(assistant: Assistant, question: str) -> None:
    quotes = " ".join(citation.quote for citation in assistant.ask(question).citations)
    assert "李四" in quotes
    assert "82亿元" in quotes


def test_clauses_that_say_all_of_it_are_the_answer(assistant: Assistant) -> None:
    text = assistant.ask("桂林2023年农村公路安全生命防护工程做多少公里？危桥改造几座？").text
    assert "8000公里" in text
    assert "200座" in text
    assert "8600" not in text


def test_an_answer_that_says_what_was_asked_stays_as_it_is(assistant: Assistant) -> None:
    answer = assistant.ask("桂林2022年地区生产总值增长多少？")
    assert "1.3%" in answer.text
    assert "\n\n" not in answer.text


_YEARLY = """{year}年桂林市人民政府工作报告
——{year}年1月18日在桂林市第六届人民代表大会第四次会议上
桂林市市长 张三

各位代表：
一、工作回顾
过去一年，七个水源地水质稳定达到地表水三类。漓江全流域水质连续{count}年保持二类。
二、工作安排
今年要抓好漓江、湘江等重点流域水污染防治。
"""


def test_of_the_reports_of_several_years_each_is_quoted(tmp_path: Path) -> None:
    reports = {
        f"桂林市_{year}": _YEARLY.format(year=year, count=year - 2018)
        for year in (2022, 2023, 2024)
    }
    answer = assistant_over(reports, tmp_path).ask(
        "桂林2022、2023、2024年的报告分别说漓江全流域水质连续几年保持二类？"
    )
    said = [each.quote for each in answer.citations]
    assert all(f"连续{count}年" in quote for count, quote in zip((4, 5, 6), said, strict=True))
