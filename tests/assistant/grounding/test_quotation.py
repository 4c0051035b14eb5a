"""A statement is a quotation where it is the cited words to the character, and nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.grounding.quotation import is_quotation
from assistant.types import Answer, Citation, Language

QUOTE = "地区生产总值增长7%，固定资产投资增长8%。"


def answer(language: Language = "zh-Hans", quote: str = QUOTE) -> Answer:
    cited = Citation(1, "a.txt", 0, len(quote), quote, None, None, None, None)
    other = replace(cited, n=2, quote="城镇新增就业5万人。")
    return Answer("?", language, "", False, None, (cited, other))


@pytest.mark.parametrize(
    "statement",
    [
        QUOTE + " [1]",
        f"“{QUOTE}” [1]",
        f"“{QUOTE}”[1]",
        QUOTE.replace("，", "，\n ") + "[1]",
    ],
)
def test_the_cited_words_are_a_quotation(statement: str) -> None:
    assert is_quotation(statement, answer())


@pytest.mark.parametrize(
    "statement",
    [
        QUOTE,  # cites nothing
        QUOTE + "[2]",  # another's words
        QUOTE + "[1][2]",  # of both
        QUOTE + "[3]",  # of none
        QUOTE.replace("7", "9") + "[1]",
        QUOTE.replace("增长7%", "不增长7%") + "[1]",
        QUOTE[:-2] + "[1]",  # less than the whole
        f"市长说“{QUOTE}” [1]",
        f"“{QUOTE}”和更多 [1]",
        "[1]",
        "“” [1]",
    ],
)
def test_anything_else_is_none(statement: str) -> None:
    assert not is_quotation(statement, answer())


def test_traditional_characters_are_those_of_a_traditional_answer_alone() -> None:
    traditional = "地區生產總值增長7%，固定資產投資增長8%。[1]"
    assert is_quotation(traditional, answer("zh-Hant"))
    assert not is_quotation(traditional, answer("zh-Hans"))
