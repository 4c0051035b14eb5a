from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from index.figures.amounts.finding import find_amounts
from index.lexicon import qualifiers


def test_no_chinese_word_stands_twice() -> None:
    path = Path(qualifiers.__file__).with_name("qualifiers.toml")
    words = tomllib.loads(path.read_text(encoding="utf-8"))
    listed = [*words["decline"]["written"], *words["decline"]["at_end"], *words["rise"]["read"]]
    for sense in words["senses"].values():
        listed += sense.get("read", [])
        listed += [
            word
            for place in ("apart", "before", "inside", "after")
            for own in sense.get(place, {}).values()
            for word in own
        ]
    assert len(listed) == len(set(listed))


@pytest.mark.parametrize(
    ("qualifier", "expected"),
    [
        ("下降", True),
        ("预计…降低", True),
        ("预计、下降…左右", True),
        ("以上", False),
        (None, False),
    ],
)
def test_a_decline_is_told_wherever_its_word_stands(qualifier: str | None, expected: bool) -> None:
    assert qualifiers.says_decline(qualifier) is expected


@pytest.mark.parametrize("word", qualifiers.written("before"))
def test_a_word_before_a_value_is_extracted(word: str) -> None:
    (amount,) = find_amounts(f"达到{word}80亿元")
    assert amount.before == word


@pytest.mark.parametrize("word", qualifiers.written("after"))
def test_a_word_behind_a_value_is_extracted(word: str) -> None:
    (amount,) = find_amounts(f"达到80亿元{word}")
    assert amount.after == word


@pytest.mark.parametrize("word", qualifiers.written("inside"))
def test_a_word_between_a_number_and_its_unit_is_extracted(word: str) -> None:
    for written in (f"达到80{word}亿元", f"达到80亿{word}元"):
        (amount,) = find_amounts(written)
        assert (amount.after, amount.unit) == (word, "亿元")


@pytest.mark.parametrize(
    ("qualifier", "senses"),
    [
        (None, set()),
        ("不低于", {"floor"}),
        ("不超过", {"ceiling"}),
        ("不大于", {"ceiling"}),
        ("预计…控制在…以内", {"estimate", "limited", "ceiling"}),
        ("力争突破", {"striving", "over"}),
        ("力争达到", {"striving"}),
        ("下降…左右", {"about"}),
        ("高于全省平均", set()),
        ("全省", set()),
    ],
)
def test_a_qualifier_says_what_its_whole_words_say(qualifier: str | None, senses: set[str]) -> None:
    assert qualifiers.senses_of(qualifier) == senses


@pytest.mark.parametrize(
    ("text", "senses"),
    [
        ("不超过5%", {"ceiling"}),
        ("超过5%", {"over"}),
        ("no more than 5%", {"ceiling"}),
        ("more than 5%", {"over"}),
        ("not exceeding 5%", {"ceiling"}),
        ("exceeded 5%", {"over"}),
        ("attained 5% overall", set()),
    ],
)
def test_the_longest_word_of_a_text_counts(text: str, senses: set[str]) -> None:
    assert senses == qualifiers.senses_in(text) - {"reached"}


@pytest.mark.parametrize(
    ("text", "amount", "expected"),
    [
        ("增速低于8%", "8%", ["under"]),
        ("共3000多人", "3000多人", ["over"]),
        ("3个内陆港", "3个", []),
        ("3个工作日内办结", "3个工作日", ["ceiling"]),
        ("力争8%", "8%", []),
        ("overall 8% or more", "8%", ["floor"]),
    ],
)
def test_a_word_beside_an_amount_says_something_of_it(
    text: str, amount: str, expected: list[str]
) -> None:
    start = text.index(amount)
    found = qualifiers.senses_beside(text, start, start + len(amount))
    assert [sense for senses in found for sense in senses] == expected
