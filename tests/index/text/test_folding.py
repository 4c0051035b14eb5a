from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.folding import (
    LOST,
    fold_claim,
    fold_indicator,
    fold_place,
    fold_report,
    fold_search,
    fold_typed,
)

CHARACTERS = "".join(map(chr, [*range(0xD800), *range(0xE001, 0x20000)]))


def test_folding_a_report_keeps_the_length_and_is_done_once() -> None:
    folded = fold_report(CHARACTERS)
    assert len(folded) == len(CHARACTERS)
    assert fold_report(folded) == folded


@pytest.mark.parametrize("fold", [fold_claim, fold_indicator, fold_place, fold_report])
@given(
    text=st.text(st.sampled_from(["計", "畫", "薴", "乾", "隆", "Ａ", "ﬁ", "\r", "\n", "㎡", "，"]))
)
def test_what_finds_spans_keeps_the_length(fold: Callable[[str], str], text: str) -> None:
    assert len(fold(text)) == len(text)


@pytest.mark.parametrize(
    ("fold", "text", "expected"),
    [
        (fold_search, "ＧＤＰ增長４．３％ １㎡", "GDP增长4.3% 1m2"),
        (fold_search, "\ud800增", "?增"),
        (fold_typed, " 焦作　ＧＤＰ \n 增長 ", "焦作 GDP 增长"),
        (fold_claim, "增長４．３％，㎡　。", "增长4.3%,㎡ 。"),
        (fold_place, "蘇州Ａ", "苏州Ａ"),
        (fold_indicator, "ＧＤＰ「增長」", 'gdp"增長"'),
        (fold_report, "增長\u200d４％\ufffd", f"增长\u200b4%{LOST}"),
    ],
)
def test_each_purpose_folds_what_it_needs(
    fold: Callable[[str], str], text: str, expected: str
) -> None:
    assert fold(text) == expected


def test_radicals_that_browsers_print_are_the_characters_they_look_like() -> None:
    assert fold_report("⽣产总值增⻓6%，居⺠收⼊、⻓江⻛光、⻄部⻋⻔") == (
        "生产总值增长6%,居民收入、长江风光、西部车门"
    )
