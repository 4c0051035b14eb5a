from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from assistant.claims.amounts import amounts_in, same_value
from index.text.folding import fold_claim
from tests.case_files import cases_beside, ids_of

CASES = cases_beside(__file__, "amounts.jsonl")


@pytest.mark.parametrize("case", [case for case in CASES if "text" in case], ids=ids_of)
def test_an_answer_holds_its_amounts(case: dict[str, Any]) -> None:
    text = fold_claim(case["text"])
    assert text == case.get("folded", case["text"])
    dates = [(text.index(date), text.index(date) + len(date)) for date in case.get("dates", ())]
    found = [
        (text[amount.start : amount.end], amount.value, amount.unit, amount.upper)
        for amount in amounts_in(text, dates)
    ]
    assert found == [
        (
            amount["written"],
            Decimal(amount["value"]),
            amount["unit"],
            Decimal(amount["upper"]) if "upper" in amount else None,
        )
        for amount in case["amounts"]
    ]


@pytest.mark.parametrize("case", [case for case in CASES if "same" in case], ids=str)
def test_two_amounts_are_one_or_are_not(case: dict[str, Any]) -> None:
    (value, unit), (other, other_unit) = case["first"], case["second"]
    for one, another in (
        ((Decimal(value), unit), (Decimal(other), other_unit)),
        ((Decimal(other), other_unit), (Decimal(value), unit)),
    ):
        assert same_value(*one, *another) is case["same"]
