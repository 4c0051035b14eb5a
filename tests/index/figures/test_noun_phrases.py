from __future__ import annotations

from typing import Any

import pytest

from index.figures.subjects.noun_phrases import following_name, is_name, own_name
from tests.case_files import cases_beside, ids_of

CASES = cases_beside(__file__, "noun_phrases.jsonl")


def cases_with(key: str) -> list[dict[str, Any]]:
    return [case for case in CASES if key in case]


@pytest.mark.parametrize("case", cases_with("before"), ids=ids_of)
def test_a_name_stands_before_an_amount(case: dict[str, Any]) -> None:
    text = case["text"]
    place = own_name(text, 0, text.index(case["before"]))
    assert (text[slice(*place)] if place else None) == case["name"]


@pytest.mark.parametrize("case", cases_with("behind"), ids=ids_of)
def test_a_noun_stands_behind_a_count(case: dict[str, Any]) -> None:
    text, amount = case["text"], case["behind"]
    place = following_name(text, text.index(amount) + len(amount), len(text))
    assert (text[slice(*place)] if place else None) == case["name"]


@pytest.mark.parametrize("case", cases_with("words"), ids=ids_of)
def test_words_are_a_noun_or_mere_verbs(case: dict[str, Any]) -> None:
    assert is_name(case["words"]) is case["is_name"]
