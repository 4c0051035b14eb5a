"""Several files about one place and year: agreeing values are one figure, others a conflict."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.answer import Assistant, open_assistant
from assistant.settings import Settings
from index.build import build

REPORT = """{place}政府工作报告
——2024年1月10日在{place}第十届人民代表大会第三次会议上
一、2023年工作回顾
过去一年,地区生产总值完成{value}亿元,增长6.1%。
二、2024年主要预期目标
2024年主要预期目标是:地区生产总值增长{target}%。
"""


def assistant_over(folder: Path, **targets: str) -> Assistant:
    reports = folder / "reports"
    reports.mkdir()
    for name, target in targets.items():
        text = REPORT.format(place="焦作市", value="2300", target=target) + f"来源:{name}\n"
        (reports / f"{name}.txt").write_text(text, encoding="utf-8")
    build([reports], data=folder / "data")
    return open_assistant(Settings(data=folder / "data"))


def test_the_same_value_from_two_files_is_one_figure_with_both_cited(tmp_path: Path) -> None:
    answer = assistant_over(tmp_path, first="7", second="7").ask("焦作2024年GDP增长目标是多少")
    assert answer.text.count("增长7%") == 1
    assert {citation.document for citation in answer.citations} == {"first.txt", "second.txt"}


def test_different_values_from_two_files_are_both_said(tmp_path: Path) -> None:
    answer = assistant_over(tmp_path, first="7", second="8").ask("焦作2024年GDP增长目标是多少")
    assert "增长7%" in answer.text
    assert "增长8%" in answer.text
    assert "另一份来源" in answer.text


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("焦作2024年GDP目标比2023年实际增速高几个百分点", "7% − 6.1% = 0.9个百分点"),
        ("焦作为什么把2024年GDP目标定为12%", "与报告不符"),
        ("焦作为什么把2024年GDP目标定为7%", "没有说明原因"),
    ],
)
def test_what_a_question_takes_for_granted_is_checked(
    tmp_path: Path, question: str, words: str
) -> None:
    assert words in assistant_over(tmp_path, first="7").ask(question).text
