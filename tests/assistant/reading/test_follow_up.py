"""A turn changes the query before it: places, years, figures, or a narrower set."""

from __future__ import annotations

import pytest

from assistant.queries.types import FigureQuery, MentionQuery
from assistant.questions.understand import fold_question
from assistant.reading.follow_up import follow
from assistant.reading.reading import Reading, read
from index.places.gazetteer import load_gazetteer
from tests.assistant.reading.test_reading import REPORTED

FOUND = [load_gazetteer().get(code) for code in ("150000", "420000", "500000")]
"""What the turn before told of: 内蒙古, 湖北, 重庆."""


def _followed(first: str, then: str) -> Reading | None:
    before = read(fold_question(first), REPORTED)
    assert before is not None
    return follow(fold_question(then), before, FOUND, REPORTED)


def _figures(first: str, then: str) -> FigureQuery:
    reading = _followed(first, then)
    assert reading is not None
    assert isinstance(reading.query, FigureQuery)
    return reading.query


ABOVE = "2025年GDP目标高于5.5%的省有哪些"


def test_a_group_takes_the_place_of_the_places() -> None:
    query = _figures(ABOVE, "长三角呢")
    assert query.places.words == "长三角"
    assert query.condition is not None


def test_what_points_back_means_the_places_that_were_found() -> None:
    query = _figures(ABOVE, "这里面哪些是西部的")
    assert [place.name for place in query.places.regions] == ["内蒙古自治区", "重庆市"]
    assert query.condition is None


def test_another_kind_and_year_of_the_places_found() -> None:
    query = _figures(ABOVE, "它们2024年实际增速呢")
    assert [place.name for place in query.places.regions] == ["内蒙古自治区", "湖北省", "重庆市"]
    assert (query.years, query.columns[0].kind) == ((2024,), "actual")


def test_another_indicator_is_asked_of_the_same_places() -> None:
    query = _figures("Rank the eastern provinces by 2025 GDP target", "And fiscal revenue?")
    assert query.columns[0].topic[0].id == "budget_revenue"
    assert (query.places.words, query.order) == ("eastern provinces", "highest")


def test_an_aggregate_is_made_of_what_fits() -> None:
    query = _figures(ABOVE, "平均多少")
    assert query.aggregates == ("mean",)
    assert query.condition is not None


def test_only_narrows_the_places() -> None:
    reading = _followed("2025年各省报告里“低空经济”出现次数排名", "只看东部的")
    assert reading is not None
    assert reading.query.places.words == "东部"


def test_another_word_is_sought_in_the_same_reports() -> None:
    reading = _followed("2025年各省报告里“低空经济”出现次数排名", "银发经济呢")
    assert reading is not None
    assert isinstance(reading.query, MentionQuery)
    assert reading.query.terms == ("银发经济",)


@pytest.mark.parametrize("turn", ["湖北省的报告人是谁", "湖北2025年GDP目标是多少"])
def test_a_question_of_its_own_is_no_other_word(turn: str) -> None:
    assert _followed("2025年各省报告里“低空经济”出现次数排名", turn) is None


@pytest.mark.parametrize(
    "turn", ["湖北2025年有哪些主要预期目标", "What were the main targets of Hubei for 2025?"]
)
def test_all_goals_of_a_place_are_not_those_of_the_indicator_before(turn: str) -> None:
    assert _followed(ABOVE, turn) is None


@pytest.mark.parametrize("turn", ["你好", "火星呢", "为什么", "谁作的报告"])
def test_a_turn_that_is_not_understood_changes_nothing(turn: str) -> None:
    assert _followed(ABOVE, turn) is None


def test_a_question_of_its_own_is_no_term() -> None:
    assert _followed("2025年哪些省提到低空经济", "宁波2025年的报告人是谁") is None


@pytest.mark.parametrize("then", ["这四年里哪年最低？四个数再给我列一遍", "這四年裡哪年最低"])
def test_those_years_are_the_ones_before(then: str) -> None:
    query = _figures("上海2021到2024年GDP增速逐年是多少", then)
    assert query.years == (2021, 2022, 2023, 2024)
    assert query.trends == ("lowest",)


def test_what_came_of_a_goal_is_held_against_it() -> None:
    query = _figures("上海2021到2024年GDP增速目标逐年是多少", "那最后做到多少，差了几个点？")
    assert [column.kind for column in query.columns] == ["target", "actual"]
    assert query.judges
