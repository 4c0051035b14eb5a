"""A reason is the clause that gives it: of a shortfall, of a goal; a wrong premise comes first."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.answer import Assistant
from tests.assistant.made_reports import assistant_over

_TEXT = """2024年桂林市人民政府工作报告
——2024年1月18日在桂林市第六届人民代表大会第四次会议上
桂林市市长 张三

各位代表：
一、2023年工作回顾
2023年，全市地区生产总值2435亿元，增长3.3%，固定资产投资下降6.2%。
固定资产投资未达到预期目标，主要是因为房地产投资占比大，受市场调控影响大幅下滑，缺乏重点项目支撑。
全市新建学校12所，培育企业30家。
二、2024年工作安排
主要预期目标是：地区生产总值增长5.5%左右，粮食产量稳定在200万吨以上。
5.5%左右的增长目标与“十四五”规划总体衔接，与发展潜力基本匹配。
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder: Path = tmp_path_factory.mktemp("reasons")
    return assistant_over({"桂林市_2024": _TEXT}, folder)


@pytest.mark.parametrize(
    "question",
    [
        "桂林2023年固定资产投资为什么没达到目标？",
        "桂林2023年固定資產投資為什麼沒達到目標？",
        "Why did fixed-asset investment in Guilin fall short of target in 2023?",
    ],
)
def test_why_a_goal_was_missed_is_told_by_its_reason(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert any("房地产投资占比大" in each.quote for each in answer.citations)


@pytest.mark.parametrize(
    "question",
    ["桂林为什么把2024年增长目标定为5.5%左右？", "桂林為什麼把2024年增長目標定為5.5%左右？"],
)
def test_why_a_goal_is_what_it_is_is_told_by_what_it_suits(
    assistant: Assistant, question: str
) -> None:
    answer = assistant.ask(question)
    assert any("总体衔接" in each.quote for each in answer.citations)


def test_a_wrong_premise_is_told_before_any_reason(assistant: Assistant) -> None:
    answer = assistant.ask("桂林为什么把2024年增长目标定为8%？")
    assert answer.reason == "false_premise"
    assert "5.5%" in answer.text
