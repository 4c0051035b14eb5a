from __future__ import annotations

from typing import Any

import pytest

from assistant.answering.figures.wording import (
    period_english,
    period_words,
    predicate,
    predicate_english,
)
from tests.assistant.figures import figure

CASES: list[tuple[str | None, str, dict[str, Any], str, str]] = [
    ("8", "%", {}, "增长8%", "growth of 8%"),
    ("8", "%", {"qualifier": "以上"}, "增长8%以上", "growth of 8% or more (8%以上)"),
    ("4.3", "%", {"qualifier": "预计"}, "预计增长4.3%", "growth of 4.3% (estimated)"),
    ("9.6", "%", {"qualifier": "下降"}, "下降9.6%", "a decline of 9.6%"),
    ("2", "%", {"qualifier": "下降…左右"}, "下降2%左右", "a decline of about 2% (2%左右)"),
    (
        *("12", "%", {"measure": "growth_avg", "qualifier": "以上", "period": "2022-2026"}),
        *("年均增长12%以上", "average annual growth of 12% or more (12%以上)"),
    ),
    (
        *("50.2", "%", {"measure": "growth_cumulative", "period": "2017-2021"}),
        *("较2016年增长50.2%", "growth of 50.2% since 2016"),
    ),
    ("2.9", "倍", {}, "增长2.9倍", "growth of 2.9 times (2.9倍)"),
    ("255", "亿元", {"measure": "level"}, "为255亿元", "25.5 billion yuan (255亿元)"),
    (
        *("35", "亿元", {"measure": "level", "qualifier": "突破", "kind": "target"}),
        *("突破35亿元", "more than 3.5 billion yuan (突破35亿元)"),
    ),
    (
        *("6", "万人", {"measure": "count", "qualifier": "以上", "kind": "target"}),
        *("6万人以上", "60,000 people or more (6万人以上)"),
    ),
    (
        *("3", "%", {"measure": "share", "qualifier": "控制在…以内", "kind": "target"}),
        *("控制在3%以内", "within 3% (控制在3%以内)"),
    ),
    (
        *("1", "个百分点", {"measure": "change", "qualifier": "左右", "kind": "target"}),
        *("提高1个百分点左右", "an increase of about 1 percentage point (1个百分点左右)"),
    ),
    ("73", "位", {"measure": "rank"}, "居第73位", "rank 73 (73位)"),
    (None, "", {"measure": "qualitative", "wording": "平稳增长"}, "平稳增长", "“平稳增长”"),
    ("71", "个", {"measure": "count"}, "为71个", "71 (71个)"),
    ("5.3", "万座", {"measure": "count"}, "为5.3万座", "53,000 (5.3万座)"),
    ("2.67", "万元", {"measure": "level"}, "为2.67万元", "26,700 yuan (2.67万元)"),
    ("80", "万吨/年", {"measure": "level"}, "为80万吨/年", "800,000 tonnes a year (80万吨/年)"),
]


@pytest.mark.parametrize(("value", "unit", "changes", "chinese", "english"), CASES)
def test_a_figure_is_said_with_its_unit_and_qualifier(
    value: str | None, unit: str, changes: dict[str, Any], chinese: str, english: str
) -> None:
    said = figure(value, unit, **changes)
    assert predicate(said) == chinese
    assert predicate_english(said) == english


def test_a_range_keeps_both_values() -> None:
    said = figure("4.5", "%", upper=figure("5", "%").value)
    assert predicate(said) == "增长4.5%—5%"
    assert predicate_english(said) == "growth of 4.5–5% (4.5%—5%)"


@pytest.mark.parametrize(
    ("period", "chinese", "english"),
    [
        ("2023", "2023年", "2023"),
        ("2022-2026", "2022—2026年", "2022–2026"),
        ("2021-01/2021-11", "2021年1—11月", "January–November 2021"),
        ("2023-01-05", "2023年1月5日", "5 January 2023"),
    ],
)
def test_a_period_is_said_in_both_languages(period: str, chinese: str, english: str) -> None:
    said = figure("8", "%", period=period)
    assert (period_words(said), period_english(said)) == (chinese, english)
