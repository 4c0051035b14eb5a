"""What a formula counts is told from the report's notes first, and never by chance."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.answer import Assistant
from tests.assistant.made_reports import assistant_over

REPORT = """2024年兰州市政府工作报告
——2024年1月8日在兰州市第十七届人民代表大会第四次会议上
各位代表:
一、2024年重点工作
新获批1所独立办学机构、新筹建1个办学项目。扎实推进“两新”[1]政策落地，加大“两非两资”[2]处置力度。
引进CRO[3]企业。抓好优质企业、优质项目的引进。
名词解释
[1]两新：
大规模设备更新和消费品以旧换新。
[3]“CRO”：合同研究组织。即通过合同形式提供服务的科学机构。
[2]两非两资：
非主业、非优势、低效资产、无效资产。
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder: Path = tmp_path_factory.mktemp("formulas")
    return assistant_over({"兰州市_2024": REPORT}, folder)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("兰州的“两新”指什么", "大规模设备更新和消费品以旧换新"),
        ("蘭州說的「兩非兩資」是指什麼", "低效資產、無效資產"),
        ("兰州报告里的“CRO”是什么意思", "即通过合同形式"),
        ("What does “两新” mean in Lanzhou's report?", "大规模设备更新和消费品以旧换新"),
    ],
)
def test_the_notes_of_a_report_say_what_a_formula_counts(
    assistant: Assistant, question: str, said: str
) -> None:
    text = assistant.ask(question).text
    assert said in text
    assert "新筹建" not in text


def test_two_things_that_bear_a_character_by_chance_are_not_the_pair(
    assistant: Assistant,
) -> None:
    answer = assistant.ask("兰州的“两优”指什么")
    assert "优质企业" not in answer.text or answer.abstained
