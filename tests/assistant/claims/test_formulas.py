from __future__ import annotations

from typing import Any

import pytest

from assistant.claims.amounts import amounts_in
from assistant.claims.formulas import formulas_in
from tests.case_files import cases_beside, ids_of


@pytest.mark.parametrize("case", cases_beside(__file__, "formulas.jsonl"), ids=ids_of)
def test_a_formula_is_read_and_calculated_again(case: dict[str, Any]) -> None:
    text = case["text"]
    found = [
        {
            "right": formula.is_right(),
            "form": formula.form,
            "exact": formula.exact,
            "operands": [str(operand.value) for operand in formula.operands],
        }
        for formula in formulas_in(text, amounts_in(text))
    ]
    expected = {key: value for key, value in case.items() if key != "text"}
    assert found == ([expected] if expected else [])
