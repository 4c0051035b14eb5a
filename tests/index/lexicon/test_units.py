from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.answering.figures.wording import amount_english
from assistant.claims.amounts import amounts_in
from index.lexicon.units import NOUNS, RATES, comparable, convert, share_of_one


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


@pytest.mark.parametrize("unit", NOUNS)
def test_what_is_written_in_english_is_read_back(unit: str) -> None:
    """The writer and the reader of answers have one list, and no code, in common."""
    written = amount_english(Decimal("3000000"), f"万{unit}" if unit not in RATES else unit)
    (amount,) = amounts_in(written)
    assert comparable(amount.unit, unit if unit in RATES else f"万{unit}")


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        ("5", "欧元", "5 euros"),
        ("3", "个月", "3 months"),
        ("1", "人", "1 person"),
        ("2", "亿港元", "200 million Hong Kong dollars"),
        ("3.4", "万吨/日", "34,000 tonnes a day"),
        ("43", "户", "43"),
    ],
)
def test_a_unit_is_named_in_english(value: str, unit: str, expected: str) -> None:
    assert amount_english(Decimal(value), unit) == expected


@pytest.mark.parametrize("unit", ["%", "‰", "成", "倍", "番", "个百分点", "百分点", "个千分点"])
def test_shares_and_changes_are_rates(unit: str) -> None:
    assert unit in RATES


def test_a_rate_is_a_part_of_one() -> None:
    assert share_of_one("个千分点") == Decimal("0.001")
    assert share_of_one("倍") is None
