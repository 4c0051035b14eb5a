from __future__ import annotations

from typing import Any

import pytest

from index.figures.amounts.finding import find_amounts
from index.figures.amounts.written import Amount
from index.figures.clauses import clauses, ends_change, grouped
from tests.case_files import cases_beside, ids_of

CASES = cases_beside(__file__, "clauses.jsonl")


def cases_with(key: str) -> list[dict[str, Any]]:
    return [case for case in CASES if key in case]


def written(text: str, amount: Amount) -> str:
    return text[amount.start : amount.end]


@pytest.mark.parametrize("case", cases_with("clauses"), ids=ids_of)
def test_a_sentence_has_its_clauses(case: dict[str, Any]) -> None:
    text = case["text"]
    assert [text[clause.start : clause.end] for clause in clauses(text)] == case["clauses"]


@pytest.mark.parametrize("case", cases_with("groups"), ids=ids_of)
def test_amounts_that_are_joined_are_said_together(case: dict[str, Any]) -> None:
    text = case["text"]
    groups = grouped(text, find_amounts(text))
    assert [[written(text, amount) for amount in group] for group in groups] == case["groups"]


@pytest.mark.parametrize("case", cases_with("change"), ids=ids_of)
def test_two_amounts_are_the_ends_of_a_change_or_are_not(case: dict[str, Any]) -> None:
    text = case["text"]
    amounts = {written(text, amount): amount for amount in find_amounts(text)}
    first, second = (amounts[words] for words in case["change"])
    assert ends_change(text, [first], [second]) is case["ends"]
