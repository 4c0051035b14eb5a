"""What sentences leave out, and where the characters of the sentence went."""

from __future__ import annotations

import pytest

from assistant.checking.reading.expanding import expanded
from index.lexicon.indicators import load_lexicon
from index.types import Span

INCOME = "城镇居民人均可支配收入21283元,"


@pytest.mark.parametrize(
    ("sentence", "whole"),
    [
        (f"{INCOME}农村为10535元", f"{INCOME}农村居民人均可支配收入为10535元"),
        ("农村为10535元", "农村为10535元"),  # nothing says that it is income
        ("原煤产量1.68亿吨,发电量2600亿千瓦时,后者增长9.8%",
         "原煤产量1.68亿吨,发电量2600亿千瓦时,发电量增长9.8%"),
        ("工业投资、技改投资增速依次为12%、13.6%", "工业投资、技改投资分别增长12%、13.6%"),
        ("社零32亿元,涨了10%,物价上涨2%", "社会消费品零售总额32亿元,增长10%,物价上涨2%"),
        ("Rural residents earned 26,700 yuan", "Rural per capita disposable income of 26,700 yuan"),
    ],
)  # fmt: skip
def test_what_is_left_out_is_put_in(sentence: str, whole: str) -> None:
    assert expanded(sentence, "", load_lexicon()).text == whole


def test_the_sentence_before_says_whose_income_it_is() -> None:
    assert "农村居民人均可支配收入增长8%" in expanded("农村增长8%", INCOME, load_lexicon()).text


def test_a_number_is_found_again_in_the_sentence() -> None:
    sentence = f"{INCOME}农村为10535元,社零32亿元"
    whole = expanded(sentence, "", load_lexicon())
    for number in ("21283元", "10535元", "32亿元"):
        start = whole.text.index(number)
        assert whole.back(Span(start, start + len(number))).of(sentence) == number
