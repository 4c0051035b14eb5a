from __future__ import annotations

from typing import Any

import pytest

from index.figures.periods import Scope
from index.figures.qualitative import announces_goals, find_wordings
from tests.case_files import cases_beside, ids_of

CASES = cases_beside(__file__, "qualitative.jsonl")


def cases_with(key: str) -> list[dict[str, Any]]:
    return [case for case in CASES if key in case]


@pytest.mark.parametrize("case", cases_with("text"), ids=ids_of)
def test_words_stand_in_place_of_a_value(case: dict[str, Any]) -> None:
    text, scope = case["text"], Scope(case["stance"], 2023, 2023)
    found = find_wordings(text, scope, announced=case["announced"], numbers=case["numbers"])
    assert [span.of(text) for span in found] == case["wordings"]


@pytest.mark.parametrize("case", cases_with("sentence"), ids=ids_of)
def test_a_sentence_does_no_more_than_announce_goals(case: dict[str, Any]) -> None:
    assert announces_goals(case["sentence"]) is case["announces"]
