from __future__ import annotations

from typing import Any

import pytest

from assistant.claims.number_words import unheld, values_in
from tests.case_files import cases_beside, ids_of

CASES = cases_beside(__file__, "number_words.jsonl")


@pytest.mark.parametrize(
    "case",
    [case for case in CASES if "unheld" in case],
    ids=lambda case: f"{case['text']} < {case['evidence']}",
)
def test_number_words_are_borne_out_by_the_cited_words(case: dict[str, Any]) -> None:
    evidence = case["evidence"]
    assert unheld(case["text"], (), evidence, values_in(evidence)) == case["unheld"]


@pytest.mark.parametrize("case", [case for case in CASES if "values" in case], ids=ids_of)
def test_whole_numbers_are_read_however_written(case: dict[str, Any]) -> None:
    assert sorted(values_in(case["evidence"])) == case["values"]
