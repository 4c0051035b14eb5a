"""One unit an indicator, and what of its figures is no value of a year."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.panel.types import Candidate
from assistant.panel.units import candidate, measure_of, plain
from index.lexicon.indicators import load_lexicon
from index.types import Figure, FigureMeasure, Report
from tests.assistant.figures import figure

LEXICON = load_lexicon()
REPORT = Report("r", "r.txt", None, None, None, None, None, None, None)


def brought(made: Figure, indicator: str = "gdp") -> Candidate | None:
    measure = measure_of(made)
    assert measure is not None
    return candidate(made, REPORT, 2023, measure, LEXICON.get(indicator))


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [("4.45", "万亿元", "44500"), ("44500", "亿元", "44500"), ("3", "万亿", "30000")],
)
def test_amounts_are_brought_to_the_indicators_unit(value: str, unit: str, expected: str) -> None:
    made = brought(figure(value, unit, measure="level"))
    assert made is not None
    assert (made.value, made.unit) == (Decimal(expected), "亿元")


def test_a_decline_is_negative_and_a_range_has_both_ends() -> None:
    fell = brought(figure("3", "%", qualifier="下降"))
    ranged = brought(figure("5", "%", upper=Decimal(6)))
    assert fell is not None
    assert ranged is not None
    assert fell.value == -3
    assert list(map(str, (ranged.value, ranged.low, ranged.high))) == ["5.5", "5", "6"]


@pytest.mark.parametrize(
    ("qualifier", "low", "high"), [("以上", 7, None), ("控制在…以内", None, 7), ("左右", 7, 7)]
)
def test_a_bound_leaves_its_side_open(qualifier: str, low: int | None, high: int | None) -> None:
    made = brought(figure("7", "%", qualifier=qualifier, kind="target"))
    assert made is not None
    assert (made.low, made.high) == (low, high)


def test_growth_in_multiples_counts_only_on_the_year_before() -> None:
    on_the_year = brought(figure("1.2", "倍", clause="进出口总额同比增长1.2倍"))
    since_1949 = brought(figure("215", "倍", clause="地区生产总值增长215倍"))
    assert on_the_year is not None
    assert on_the_year.value == 120
    assert since_1949 is None


def test_a_unit_that_is_none_of_the_indicators_does_not_fit() -> None:
    assert brought(figure("16", "个季度", measure="level")) is None
    assert brought(figure("9.5", "%", measure="share"), "natural_growth") is None


@pytest.mark.parametrize("measure", ["rank", "growth_avg", "growth_cumulative"])
def test_ranks_and_averages_are_no_value_of_a_year(measure: FigureMeasure) -> None:
    assert measure_of(figure("3", "位", measure=measure)) is None


def test_a_bound_alone_makes_no_change() -> None:
    kept = figure("5028", "万亩", measure="change", clause="耕地保有量不少于5028万亩")
    above = figure("12.7", "个百分点", measure="change", qualifier="高于全省")
    assert measure_of(kept) == "level"
    assert measure_of(above) is None


def test_numbers_lose_their_noughts_and_endless_places() -> None:
    assert str(plain(Decimal("7.50"))) == "7.5"
    assert str(plain(Decimal(1) / 3)) == "0.333333"
    assert str(plain(Decimal("100.0"))) == "100"
