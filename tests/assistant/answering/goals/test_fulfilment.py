"""What became of a year's goals, over made-up reports: each with its result and verdict."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assistant.answer import Assistant, open_assistant
from assistant.settings import Settings
from index.build import build
from tests.assistant.made_reports import write_reports


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder: Path = tmp_path_factory.mktemp("fulfilment")
    write_reports(folder / "reports")
    build([folder / "reports"], data=folder / "data")
    return open_assistant(Settings(data=folder / "data"))


def _lines(assistant: Assistant, question: str) -> list[str]:
    answer = assistant.ask(question)
    assert not answer.abstained
    return re.sub(r"\s*\[\d+\]", "", answer.text).split("\n")


def test_only_the_missed_goals_are_told_where_they_are_asked_for(assistant: Assistant) -> None:
    head, *goals = _lines(assistant, "桂林2021年哪些目标没有完成")
    assert head.startswith("桂林市2021年的9项目标中，没有完成的有1项")
    assert goals == ["1. 一般公共预算收入：目标增长3%，实际下降1.2%，没有完成（低4.2个百分点）"]


def test_every_goal_has_its_verdict(assistant: Assistant) -> None:
    head, *goals = _lines(assistant, "桂林2021年目标完成情况如何")
    assert head.startswith("桂林市2021年的9项目标：")
    assert "城镇新增就业：目标5万人，实际为5.3万人，完成" in "\n".join(goals)
    assert "单位生产总值能耗：目标下降3%，实际下降3.4%，完成" in "\n".join(goals)
    assert "社会消费品零售总额：目标增长7%，实际突破900亿元，不能判断" in "\n".join(goals)


def test_goals_that_are_named_are_told_alone(assistant: Assistant) -> None:
    lines = _lines(assistant, "Did Guilin meet its 2021 targets for budget revenue and new jobs?")
    assert lines[0] == "Guilin's 2 targets for 2021: 1 met, 1 not met, 0 cannot be judged."
