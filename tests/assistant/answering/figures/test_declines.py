from __future__ import annotations

import re

import pytest

from assistant.answering.figures.wording import predicate, predicate_english
from assistant.answering.goals.promises import declines
from assistant.types import Answer, AnswerFigure
from assistant.web.charts.figure_charts import comparison_chart
from index.lexicon.qualifiers import declines_at_end, declines_written, falls
from tests.assistant.figures import figure

WRITTEN = (*declines_written(), *declines_at_end())
"""The words of a decline that extraction writes into a figure's qualifier."""


@pytest.mark.parametrize("word", WRITTEN)
def test_a_decline_is_worded_judged_and_locked_as_one(word: str) -> None:
    stated = figure("48.2", "%", qualifier=word)
    assert predicate(stated) == f"{word}48.2%"
    assert predicate_english(stated) == "a decline of 48.2%"
    assert declines(stated)
    assert falls(f"三公经费{word}") is True


def of_place(region: str, value: str, qualifier: str | None) -> AnswerFigure:
    return AnswerFigure(region, "单位能耗", "growth_yoy", "actual", "2024", value, "%", qualifier)


@pytest.mark.parametrize("qualifier", [*WRITTEN, "预计…下降", "预计、降低"])
def test_a_decline_is_drawn_below_a_rise(qualifier: str) -> None:
    figures = (
        of_place("山西省", "5.1", qualifier),
        of_place("河北省", "3.2", None),
        of_place("山东省", "6.9", "下降"),
    )
    chart = comparison_chart(Answer("", "zh-Hans", "", False, None, figures=figures))
    assert re.findall("河北省|山西省|山东省", chart.partition("src=")[0]) == [
        "河北省",
        "山西省",
        "山东省",
    ]


def test_a_fall_in_points_is_drawn_below_a_rise_as_well() -> None:
    figures = tuple(
        AnswerFigure(place, "失业率", "change", "actual", "2024", value, "个百分点", qualifier)
        for place, value, qualifier in (
            ("河北省", "0.2", None),
            ("山西省", "0.5", "下降"),
            ("山东省", "0.3", "降低"),
        )
    )
    chart = comparison_chart(Answer("", "zh-Hans", "", False, None, figures=figures))
    assert re.findall("河北省|山西省|山东省", chart.partition("src=")[0]) == [
        "河北省",
        "山东省",
        "山西省",
    ]
