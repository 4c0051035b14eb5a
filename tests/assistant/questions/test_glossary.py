from __future__ import annotations

from collections import defaultdict

import pytest

from assistant.questions.glossary import chinese_for, fields, indicators_in, meanings, terms_in
from index.lexicon.indicators import english_words, expand, load_lexicon


def test_a_name_stands_in_the_glossary_once() -> None:
    readings = defaultdict(set)
    for _, names, chinese in fields():
        for name in expand(names):
            readings[tuple(word for word, _, _ in english_words(name))].add(chinese)
    assert not [name for name, chinese in readings.items() if len(chinese) > 1 or not name]


@pytest.mark.parametrize(
    ("text", "chinese"),
    [
        ("sewage treatment plants built", ["污水处理厂", "建成"]),
        ("a treatment of sewage", ["污水"]),
        ("nursing rooms for mothers and babies", ["母婴室"]),
        ("nursing rooms mothers babies", ["母婴室"]),
        ("neighbourhoods and neighborhoods", ["社区", "社区"]),
        ("urbanisation, urbanization", ["城镇化", "城镇化"]),
        ("the farmers' cooperatives", ["合作社"]),
    ],
)
def test_the_longest_term_uses_its_words_up(text: str, chinese: list[str]) -> None:
    assert [term.chinese[0] for term in terms_in(text)] == chinese


def test_what_is_only_done_is_no_term_to_count() -> None:
    assert "新建" in meanings("built")
    assert chinese_for("built") == []
    assert chinese_for("the charging piles")[0] == "充电桩"


@pytest.mark.parametrize(
    ("text", "identifiers"),
    [
        ("sewage treatment", ["sewage_rate"]),
        ("sewage treatment plants", []),
        ("medium-sized reservoirs", ["reservoirs"]),
        ("cross-border e-commerce parks", []),
        ("revenue in the year", ["budget_revenue"]),
        ("revenue of the internet of things", []),
    ],
)
def test_a_longer_term_decides_whether_an_indicator_is_named(
    text: str, identifiers: list[str]
) -> None:
    found = indicators_in(text, load_lexicon())
    assert [mention.candidates[0].id for mention in found] == identifiers
