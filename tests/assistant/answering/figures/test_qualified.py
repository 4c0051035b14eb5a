"""Every word that extraction writes into a qualifier is worded, drawn and judged as what it is."""

from __future__ import annotations

import pytest

from assistant.answering.figures.wording import predicate, value_english, value_words
from assistant.answering.goals.promises import Verdict, judged
from assistant.types import Answer, AnswerFigure
from assistant.web.charts.figure_charts import comparison_chart
from index.lexicon import qualifiers
from tests.assistant.figures import figure


@pytest.mark.parametrize("word", qualifiers.written("before"))
def test_a_word_before_the_value_is_said_there(word: str) -> None:
    stated = figure("80", "亿元", measure="level", qualifier=word)
    assert value_words(stated) == f"{word}80亿元"
    assert value_english(stated).startswith(f"{qualifiers.parted(word).english[0]} 8 billion yuan")


@pytest.mark.parametrize("word", qualifiers.written("after"))
def test_a_word_behind_the_value_is_said_there(word: str) -> None:
    stated = figure("80", "亿元", measure="level", qualifier=word)
    assert value_words(stated) == f"80亿元{word}"
    assert not value_english(stated).startswith("8 billion yuan (")


@pytest.mark.parametrize(
    ("value", "unit", "clause", "expected"),
    [
        ("3000", "人", "培训3000余人", "3000余人"),
        ("20", "万人", "培训20余万人", "20余万人"),
        ("20", "万人", "培训20万余人", "20万余人"),
        ("20", "万人", "", "20余万人"),
        ("5", "亿元", "", "5亿余元"),
        ("30", "公里", "全长30公里余", "30公里余"),
        ("8", "%", "", "8%余"),
    ],
)
def test_a_word_inside_of_an_amount_is_said_there(
    value: str, unit: str, clause: str, expected: str
) -> None:
    stated = figure(value, unit, measure="count", qualifier="余", clause=clause)
    assert predicate(stated) == f"为{expected}"


@pytest.mark.parametrize(
    ("qualifier", "english"),
    [
        ("控制在", "within 3%"),
        ("控制在…以内", "within 3%"),
        ("控制在…左右", "kept at about 3%"),
        ("稳定在", "stable at 3%"),
        ("稳定在…左右", "stable at about 3%"),
        ("保持在…以上", "stable at 3% or more"),
        ("力争…以上", "striving for 3% or more"),
        ("力争突破", "striving for more than 3%"),
        ("不大于", "at most 3%"),
        ("最少", "at least 3%"),
        ("高于全省平均", "3%"),
    ],
)
def test_english_says_each_word_of_a_qualifier(qualifier: str, english: str) -> None:
    own = value_english(figure("3", "%", measure="share", qualifier=qualifier))
    assert own.partition(" (")[0] == english


@pytest.mark.parametrize(
    ("target", "result", "verdict"),
    [
        (("5", "不高于"), ("6", None), "missed"),
        (("5", "不高于"), ("4", None), "met"),
        (("5", "不低于"), ("6", None), "met"),
        (("3", "内"), ("4", None), "missed"),
        (("5", "不多于"), ("4", None), "met"),
        (("5", "以上"), ("5", "不低于"), "met"),
        (("6", "以上"), ("5", "不低于"), None),
        (("6", "以上"), ("5", "不超过"), "missed"),
        (("6", "以上"), ("5", "迈上"), None),
        (("6", "以上"), ("5", "高于全省"), "missed"),
    ],
)
def test_a_promise_is_judged_by_what_its_qualifiers_say(
    target: tuple[str, str], result: tuple[str, str | None], verdict: Verdict | None
) -> None:
    goal = figure(target[0], "%", measure="share", kind="target", qualifier=target[1])
    reached = figure(result[0], "%", measure="share", qualifier=result[1])
    assert judged(goal, reached) == verdict


@pytest.mark.parametrize(
    ("qualifier", "expected"),
    [
        ("控制在…以内", "控制在30天以内"),
        ("内", "30天内"),
        ("及以上", "30天及以上"),
        ("几", "30几天"),
        ("预计…控制在…以内", "预计控制在30天以内"),
    ],
)
def test_a_bar_is_labelled_in_the_reports_words(qualifier: str, expected: str) -> None:
    figures = tuple(
        AnswerFigure(place, "办理时限", "level", "actual", "2024", "30", "天", qualifier)
        for place in ("河北省", "山西省", "山东省")
    )
    chart = comparison_chart(Answer("", "zh-Hans", "", False, None, figures=figures))
    assert f"河北省 {expected};" in chart.partition("src=")[0]
