"""Which figures are not told for sure, as they may be of other years or of a part."""

from __future__ import annotations

from typing import Any

import pytest

from tests.case_files import cases_beside
from tests.index.figures.sentences import figures_of


@pytest.mark.parametrize(
    "case", cases_beside(__file__, "doubts.jsonl"), ids=lambda case: str(case["why"])
)
def test_what_may_be_of_something_else_is_not_sure(case: dict[str, Any]) -> None:
    options = {key: case[key] for key in ("year", "headings") if key in case}
    found = figures_of(case["text"], **options)
    sure = {str(figure.value): figure.is_sure for figure in found}
    assert {value: sure.get(value) for value in case["sure"]} == case["sure"]
