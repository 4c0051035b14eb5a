"""The goals of two years are set side by side: which went up, down, stayed, came and went."""

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
{before}年，全市地区生产总值增长5.1%。
二、{year}年工作安排
今年经济社会发展的主要预期目标是：{goals}。
"""
EARLIER = (
    "地区生产总值增长6%左右，固定资产投资增长8%，进出口总额增长3%，居民消费价格涨幅3%左右，"
    "城镇新增就业5万人"
)
LATER = (
    "地区生产总值增长5.5%左右，固定资产投资增长8%以上，进出口总额增长6%，居民消费价格涨幅3%左右，"
    "粮食总产量300万吨"
)


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder: Path = tmp_path_factory.mktemp("target_changes")
    reports = {
        f"桂林市_{year}": _REPORT.format(year=year, before=year - 1, goals=goals)
        for year, goals in ((2022, EARLIER), (2023, LATER))
    }
    return assistant_over(reports, folder)


@pytest.mark.parametrize(
    "question",
    [
        "桂林2023年的目标比2022年改了什么",
        "桂林2023年的目標和2022年相比有哪些變化",
        "What changed in Guilin's targets between 2022 and 2023?",
    ],
)
def test_each_change_is_told_with_both_years(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    values = {each.value for each in answer.figures}
    assert {"6", "5.5", "3", "8", "5", "300"} <= values
    assert answer.query is not None
    assert answer.query["asks"] == "target_changes"


@pytest.mark.parametrize(
    ("question", "said", "unsaid"),
    [
        ("桂林2023年的目标跟2022年比，哪些往下调了", "地区生产总值", "进出口"),
        ("桂林2022和2023两年的目标，大多没变，哪一项反而调高了", "进出口", "地区生产总值"),
        ("Which of Guilin's 2023 targets were lowered from 2022?", "gross domestic", "imports"),
    ],
)
def test_one_direction_alone_is_told_where_it_is_asked_for(
    assistant: Assistant, question: str, said: str, unsaid: str
) -> None:
    listed = assistant.ask(question).text.partition("\n")[2]
    assert said in listed
    assert unsaid not in listed


def test_a_year_without_goals_is_named(assistant: Assistant) -> None:
    answer = assistant.ask("桂林2023年的目标比2019年改了什么")
    assert "2019" in answer.text
    assert "不能比较" in answer.text


def test_of_several_goals_that_are_named_no_other_is_told(assistant: Assistant) -> None:
    question = "对比桂林2022年和2023年，GDP、进出口总额这两项增速目标，哪一项是往上调的？"
    text = assistant.ask(question).text
    assert "进出口总额" in text
    assert "提高1项，降低1项" in text
    assert "粮食" not in text
