"""English questions about what no indicator stands for, over a report made for the purpose."""

from __future__ import annotations

import pytest

from assistant.answer import Assistant, open_assistant
from assistant.settings import Settings
from index.build import build

TEXT = (
    "焦作市2023年政府工作报告\n各位代表:\n一、2022年工作回顾\n治理入河排污口47个,"
    "治理入海排污口8个,新建中型水库3座。\n二、2023年工作安排\n治理入海排污口12个。\n"
)


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("called")
    (folder / "焦作市2023.txt").write_text(TEXT, encoding="utf-8")
    build([folder], data=folder / "data")
    return open_assistant(Settings(data=folder / "data"))


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("How many sewage outfalls into the sea did Jiaozuo clean up in 2022?", "8"),
        ("How many sewage outfalls into the sea does Jiaozuo plan to clean up in 2023?", "12"),
        ("How many sewage outfalls into rivers did Jiaozuo clean up in 2022?", "47"),
    ],
)
def test_a_figure_is_found_by_what_its_words_are_called(
    assistant: Assistant, question: str, value: str
) -> None:
    assert [figure.value for figure in assistant.ask(question).figures][:1] == [value]


def test_what_no_clause_says_all_of_is_no_figure(assistant: Assistant) -> None:
    answer = assistant.ask("How many sewage outfalls into the sea did Jiaozuo sell in 2022?")
    assert not answer.figures or answer.abstained
