from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.answering.lists.ranking import asked_count
from assistant.claims.dates import years_in
from assistant.claims.number_words import unheld, values_in
from index.figures.amounts.finding import find_amounts
from index.lexicon.numerals import ORDINALS, decimal, in_figures, numeral


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("零", 0),
        ("〇", 0),
        ("七", 7),
        ("十", 10),
        ("十二", 12),
        ("二十三", 23),
        ("一百一十", 110),
        ("一百零五", 105),
        ("一百〇五", 105),
        ("两百", 200),
        ("百", 100),
        ("一千二百", 1200),
        ("一千零二十", 1020),
        ("三万", 30_000),
        ("三万五千", 35_000),
        ("两亿", 200_000_000),
    ],
)
def test_a_number_written_out_is_read(written: str, value: int) -> None:
    assert numeral(written) == value


@pytest.mark.parametrize(
    "written", ["", "三五", "十四五", "二三十", "二〇二二", "二百五", "十十", "abc", "零零"]
)
def test_what_is_not_one_number_is_none(written: str) -> None:
    assert numeral(written) is None


def test_figures_keep_their_places() -> None:
    assert in_figures("二○二二年,两个一百年") == "2022年,两个1百年"


@pytest.mark.parametrize(
    ("written", "value"),
    [("七点五", "7.5"), ("十", "10"), ("三点〇五", "3.05"), ("三五点一", None)],
)
def test_a_decimal_is_read(written: str, value: str | None) -> None:
    assert decimal(written) == (Decimal(value) if value else None)


def test_ordinals_are_spelled() -> None:
    assert list(ORDINALS)[:5] == ["first", "second", "third", "fourth", "fifth"]
    assert (ORDINALS["eighth"], ORDINALS["ninth"], ORDINALS["twelfth"]) == (8, 9, 12)
    assert ORDINALS["twentieth"] == 20


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("引进三五家企业", None),
        ("新建七八个园区", None),
        ("实施十四五大项目", None),
        ("占百分之三五", None),
        ("一万二百个", None),
        ("建成一千二百个园区", "1200"),
        ("建成一百零五个园区", "105"),
        ("增长百分之一百零五", "105"),
        ("增长百分之十二点〇五", "12.05"),
        ("投用十二个园区", "12"),
    ],
)
def test_extraction_reads_one_number_or_none(text: str, value: str | None) -> None:
    assert [str(amount.value) for amount in find_amounts(text)] == ([value] if value else [])


@pytest.mark.parametrize(
    ("word", "evidence", "holds"),
    [
        ("the twelfth", "第十二位", True),
        ("the twelfth", "第十位", False),
        ("seventeen", "十七个", True),
        ("三万", "3万户", False),
        ("三万", "30000户", True),
    ],
)
def test_number_words_of_an_answer_are_held_to_its_evidence(
    word: str, evidence: str, holds: bool
) -> None:
    assert (unheld(word, (), evidence, values_in(evidence)) == []) is holds


def test_a_question_may_spell_how_many_items_it_wants() -> None:
    assert asked_count("What are the fifteen key tasks?") == 15


def test_a_year_with_a_ring_for_zero_is_read() -> None:
    assert years_in("二○二二年")[0].years == (2022,)
