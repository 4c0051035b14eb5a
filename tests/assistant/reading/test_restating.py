"""A follow-up of one place and year as a question that stands alone."""

from __future__ import annotations

import pytest

from assistant.questions.understand import fold_question
from assistant.reading.reading import Reading, read
from assistant.reading.restating import restated, why_of
from tests.assistant.reading.test_reading import REPORTED


def _read(question: str) -> Reading:
    reading = read(fold_question(question), REPORTED)
    assert reading is not None
    return reading


def test_why_asks_about_the_place_year_and_indicator_of_the_turn_before() -> None:
    alone = why_of("为什么没达到目标", _read("湖北省2024年GDP实际增速是多少"))
    assert alone is not None
    assert alone.startswith("湖北省2024年")
    assert alone.endswith("为什么没达到目标")


@pytest.mark.parametrize("before", ["2024年GDP目标高于5.5%的省有哪些", "湖北和湖南2024年GDP目标"])
def test_why_of_many_places_is_not_narrowed_to_one(before: str) -> None:
    assert why_of("为什么", _read(before)) is None


def test_why_without_a_turn_before_stays_as_asked() -> None:
    assert why_of("为什么没达到目标", None) is None


def test_what_is_wider_than_one_place_and_year_is_told_as_a_table() -> None:
    assert restated(_read("湖北和湖南2024年GDP目标"), "zh-Hans") is None
