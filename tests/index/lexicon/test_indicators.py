from __future__ import annotations

import itertools
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from index.lexicon.indicators import (
    Indicator,
    IndicatorMention,
    expand,
    load_lexicon,
    parse_lexicon,
)

CASES = [
    json.loads(line)
    for line in Path(__file__)
    .with_name("indicator_cases.jsonl")
    .read_text(encoding="utf-8")
    .splitlines()
]
INDICATORS = load_lexicon().all
MEASURES = {
    "level",
    "growth_yoy",
    "growth_annual_avg",
    "share",
    "rate",
    "count",
    "ratio",
    "pp_change",
    "decline",
    "rank",
}

LEXICON = """
[indicators.trade.exports]
zh = '出口总额'
en = 'exports'
units = ['亿元']
measures = ['level']
aliases = ['出口额']
alone = ['出口']
en_aliases = []

[[several]]
ids = ['exports']
joint = false
zh = ['{name}']

[unrelated]
zh = []
en = []
"""


def ids(mentions: list[IndicatorMention]) -> list[str]:
    return [indicator.id for mention in mentions for indicator in mention.candidates]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_a_text_mentions_its_indicators(case: dict[str, Any]) -> None:
    mentions = load_lexicon().mentions(case["text"])
    assert ids(mentions) == case["ids"]
    assert any(mention.joint for mention in mentions) == case.get("joint", False)


@pytest.mark.parametrize("indicator", INDICATORS, ids=lambda indicator: indicator.id)
def test_an_indicator_is_found_by_each_of_its_names(indicator: Indicator) -> None:
    names = (indicator.zh, indicator.en, *indicator.aliases, *indicator.en_aliases)
    for name in names:
        mentions = load_lexicon().mentions(name)
        assert [mention.candidates for mention in mentions] == [(indicator,)], name


@pytest.mark.parametrize("indicator", INDICATORS, ids=lambda indicator: indicator.id)
def test_an_indicator_is_described_in_full(indicator: Indicator) -> None:
    assert indicator.zh
    assert indicator.en
    assert indicator.units
    assert indicator.group
    assert set(indicator.measures) <= MEASURES


def test_ids_and_canonical_names_are_unique() -> None:
    for names in (
        [indicator.id for indicator in INDICATORS],
        [indicator.zh for indicator in INDICATORS],
        [indicator.en for indicator in INDICATORS],
    ):
        assert [name for name, count in Counter(names).items() if count > 1] == []


def test_the_lexicon_is_read_once() -> None:
    assert load_lexicon() is load_lexicon()


def test_an_indicator_is_looked_up_by_id() -> None:
    assert load_lexicon().get("gdp").zh == "地区生产总值"
    with pytest.raises(KeyError):
        load_lexicon().get("no such indicator")


def test_a_span_covers_the_matched_characters() -> None:
    text = "预计全年,实现地区生产总值255亿元,增长4.3%;完成工业增加值188.4亿元"
    mentions = load_lexicon().mentions(text)
    assert [mention.span.of(text) for mention in mentions] == ["地区生产总值", "工业增加值"]
    assert [mention.matched for mention in mentions] == ["地区生产总值", "工业增加值"]


def test_a_span_covers_blanks_inside_a_name() -> None:
    text = "全市 PM 2.5 浓度"
    (mention,) = load_lexicon().mentions(text)
    assert mention.span.of(text) == "PM 2.5 浓度"


def test_mentions_do_not_overlap() -> None:
    text = "规模以上工业增加值、固定资产投资、进出口总额和城乡居民人均可支配收入稳步增长"
    mentions = load_lexicon().mentions(text)
    assert all(
        before.span.end <= after.span.start for before, after in itertools.pairwise(mentions)
    )
    assert len(mentions) == 4


def test_a_joint_mention_takes_its_indicators_in_the_order_of_the_text() -> None:
    first, second = (
        load_lexicon().mentions(text)
        for text in ("城镇和农村居民人均可支配收入", "农村和城镇居民人均可支配收入")
    )
    assert ids(first) == ["urban_income", "rural_income"]
    assert ids(second) == ["rural_income", "urban_income"]
    assert first[0].joint
    assert second[0].joint


@pytest.mark.parametrize(
    ("word", "usual"),
    [
        ("收入", "resident_income"),
        ("失业率", "surveyed_unemployment"),
        ("投资", "fai"),
        ("工业", "industrial_va_above"),
        ("industry", "industrial_va_above"),
        ("revenue", "budget_revenue"),
        ("income", "resident_income"),
        ("investment", "fai"),
        ("unemployment", "surveyed_unemployment"),
    ],
)
def test_an_everyday_word_is_ambiguous_with_the_usual_reading_first(word: str, usual: str) -> None:
    (mention,) = load_lexicon().mentions(word)
    assert mention.ambiguous
    assert mention.candidates[0].id == usual


@pytest.mark.parametrize("text", ["工业园区建设", "投资者", "出口企业", "贸易战", "粮食安全"])
def test_a_bare_word_before_another_noun_is_no_mention(text: str) -> None:
    assert load_lexicon().mentions(text) == []


@pytest.mark.parametrize(
    "text", ["工业增长多少", "那工业呢", "投资目标", "出口2万亿元", "粮食是多少"]
)
def test_a_bare_word_that_stands_alone_is_a_mention(text: str) -> None:
    assert len(load_lexicon().mentions(text)) == 1


def test_what_a_share_is_taken_of_is_not_mentioned() -> None:
    mentions = load_lexicon().mentions("海洋生产总值占地区生产总值比重达到20%")
    assert ids(mentions) == ["marine_gdp"]


def test_a_denominator_word_alone_does_not_hide_an_indicator() -> None:
    assert ids(load_lexicon().mentions("居民收入增长与经济增长基本同步")) == [
        "resident_income",
        "gdp",
    ]


@pytest.mark.parametrize("text", ["GDPR rules", "a cpio archive", "exporters", "unexported goods"])
def test_an_english_name_inside_a_word_is_no_mention(text: str) -> None:
    assert load_lexicon().mentions(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Urban Surveyed Unemployment Rate",
        "surveyed urban unemployment rates",
        "the surveyed jobless rate",
    ],
)
def test_case_number_and_articles_do_not_matter_in_english(text: str) -> None:
    assert ids(load_lexicon().mentions(text)) == ["surveyed_unemployment"]


def test_imports_and_exports_together_are_the_total() -> None:
    assert ids(load_lexicon().mentions("imports and exports")) == ["trade_total"]
    assert ids(load_lexicon().mentions("exports rose, imports fell")) == ["exports", "imports"]


def test_branches_of_the_economy_are_no_indicator() -> None:
    assert load_lexicon().mentions("Which industries will be built up?") == []


def test_english_names_are_found_within_chinese_text() -> None:
    assert ids(load_lexicon().mentions("玉门GDP增长目标和CPI目标")) == ["gdp", "cpi"]


def test_full_width_letters_and_brackets_are_read_as_ascii() -> None:
    assert ids(load_lexicon().mentions("ＧＤＰ增长5%")) == ["gdp"]


def test_a_name_with_choices_is_written_out() -> None:
    assert expand("{城镇|城市}居民{人均|}收入") == (
        "城镇居民人均收入",
        "城镇居民收入",
        "城市居民人均收入",
        "城市居民收入",
    )


def test_a_name_with_two_readings_is_refused() -> None:
    with pytest.raises(ValueError, match="出口额"):
        parse_lexicon(LEXICON.format(name="出口额"))


def test_a_name_listed_twice_with_one_reading_is_accepted() -> None:
    lexicon = parse_lexicon(LEXICON.format(name="出口"))
    assert ids(lexicon.mentions("出口增长5%")) == ["exports"]


def test_a_text_without_indicators_mentions_none() -> None:
    assert load_lexicon().mentions("各位代表，现在我代表市人民政府向大会报告工作") == []
    assert load_lexicon().mentions("Who will win the next World Cup?") == []
    assert load_lexicon().mentions("") == []
