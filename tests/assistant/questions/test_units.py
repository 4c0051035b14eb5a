from __future__ import annotations

import pytest

from assistant.questions.units import units_asked


@pytest.mark.parametrize(
    ("question", "unit"),
    [
        ("How many kilometres of road", "公里"),
        ("how many square metres of housing", "平方米"),
        ("How many mu of trees", "公顷"),
        ("How many people", "名"),
        ("How many households", "户"),
    ],
)
def test_a_question_says_in_which_unit_it_asks(question: str, unit: str) -> None:
    assert unit in units_asked(question)


@pytest.mark.parametrize("question", ["How many schools", "How many times", "How much rice"])
def test_a_thing_is_no_unit(question: str) -> None:
    assert units_asked(question) == ()
