from __future__ import annotations

from typing import Any

import pytest

from index.figures.amounts.finding import find_amounts
from index.figures.amounts.written import Amount
from tests.case_files import cases_beside, ids_of


def as_case(text: str, amount: Amount) -> dict[str, str]:
    """Write an amount as the cases do: what it leaves open, they do not name."""
    fields = {
        "written": text[amount.start : amount.end],
        "value": str(amount.value),
        "upper": "" if amount.upper is None else str(amount.upper),
        "form": "" if amount.form == "number" else amount.form,
        "before": amount.before,
        "after": amount.after,
    }
    return {"unit": amount.unit} | {name: value for name, value in fields.items() if value}


@pytest.mark.parametrize("case", cases_beside(__file__, "amounts.jsonl"), ids=ids_of)
def test_a_clause_holds_its_amounts(case: dict[str, Any]) -> None:
    text = case["text"]
    assert [as_case(text, amount) for amount in find_amounts(text)] == case["amounts"]
