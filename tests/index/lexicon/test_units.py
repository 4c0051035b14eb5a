from __future__ import annotations

from decimal import Decimal

import pytest

from index.lexicon.units import comparable, convert


@pytest.mark.parametrize(
    ("value", "unit", "to", "expected"),
    [
        ("2.3", "万亿元", "亿元", "23000"),
        ("5846", "万元", "亿元", "0.5846"),
        ("48132", "元", "万元", "4.8132"),
        ("1.3", "万亿斤", "亿吨", "6.5"),
        ("57.6", "亿斤", "万吨", "288"),
        ("12", "万户", "户", "120000"),
        ("0.5", "%", "‰", "5"),
        ("7", "成", "%", "70"),
        ("425.8", "万千瓦", "亿千瓦", "0.04258"),
        ("1", "平方公里", "公顷", "100"),
        ("2000", "元/月", "元/年", "24000"),
        ("16.8", "万元/人", "元/人", "168000"),
        ("3", "公里", "米", "3000"),
    ],
)
def test_a_value_converts_within_its_dimension(
    value: str, unit: str, to: str, expected: str
) -> None:
    assert convert(Decimal(value), unit, to) == Decimal(expected)


def test_conversion_of_a_whole_number_shows_no_exponent() -> None:
    assert str(convert(Decimal("2"), "万亿元", "亿元")) == "20000"


@pytest.mark.parametrize(
    ("unit", "other"),
    [
        ("亿元", "亿美元"),
        ("%", "个百分点"),
        ("元/月", "元"),
        ("万人", "万人次"),
        ("公里", "平方公里"),
        ("件", "亩"),
    ],
)
def test_units_of_different_things_are_not_comparable(unit: str, other: str) -> None:
    assert not comparable(unit, other)


def test_a_unit_that_is_not_listed_compares_with_itself_at_any_scale() -> None:
    assert convert(Decimal("3"), "亿重量箱", "万重量箱") == Decimal("30000")


def test_converting_between_dimensions_is_refused() -> None:
    with pytest.raises(ValueError, match="亿元"):
        convert(Decimal(1), "亿元", "公里")
