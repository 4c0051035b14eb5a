"""Clauses are chosen by the words of a question that they say; others stay refused."""

from __future__ import annotations

import pytest

from assistant.answer import Assistant
from tests.assistant.made_reports import assistant_over

TEXT = (
    "兰州市2024年政府工作报告\n各位代表:\n一、2023年工作回顾\n"
    "城市更新加快推进。备受关注的双子大厦完成拆除,烂尾近20年的历史遗留问题得以解决。\n"
    "组织1.2万艘渔船进港避风,紧急转移安置群众8万人。\n"
    "固定资产投资增速未达到预期目标,主要是受房地产市场调控影响,房地产投资大幅下滑。\n"
    "老街保护条例颁布实施。\n二、2024年重点工作\n推广兴旺来经验,打造消费新场景。\n"
)


@pytest.fixture(scope="module")
def lanzhou(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("lanzhou")
    return assistant_over({"兰州市2024.txt": TEXT}, folder)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("兰州那个烂尾了快20年的大楼叫啥名", "双子大厦"),
        ("兰州转移安置了多少群众 多少条船进港避风", "8万人"),
        ("兰州的报告要推广哪家超市的经验", "兴旺来"),
        ("兰州固定资产投资为啥没达到预期", "房地产市场调控"),
        ("Why did Lanzhou's fixed-asset investment miss its target?", "房地产市场调控"),
    ],
)
def test_the_clause_that_says_it_is_quoted(lanzhou: Assistant, question: str, words: str) -> None:
    answer = lanzhou.ask(question)
    assert not answer.abstained
    assert words in answer.text


@pytest.mark.parametrize(
    "question",
    ["兰州老街保护要花多少钱", "兰州为什么要取消固定资产投资的目标", "兰州从哪一年起取消中考"],
)
def test_what_no_clause_says_stays_refused(lanzhou: Assistant, question: str) -> None:
    assert lanzhou.ask(question).abstained
