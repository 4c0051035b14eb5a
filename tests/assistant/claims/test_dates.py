from __future__ import annotations

from typing import Any

import pytest

from assistant.claims.dates import dates_in, is_report_year, years_in
from tests.case_files import cases_beside, ids_of

CASES = cases_beside(__file__, "dates.jsonl")


def cases_with(key: str) -> list[dict[str, Any]]:
    return [case for case in CASES if key in case]


@pytest.mark.parametrize("case", cases_with("years"), ids=ids_of)
def test_a_sentence_names_its_years(case: dict[str, Any]) -> None:
    found = years_in(case["text"])
    assert [list(years.years) for years in found] == case["years"]
    if "base" in case:
        assert [years.is_base for years in found] == [case["base"]]


@pytest.mark.parametrize("case", cases_with("dates"), ids=ids_of)
def test_a_sentence_names_months_and_days(case: dict[str, Any]) -> None:
    found = dates_in(case["text"])
    assert [[list(date.months), date.day] for date in found] == case["dates"]


@pytest.mark.parametrize("case", cases_with("report"), ids=ids_of)
def test_a_year_says_when_a_report_is_or_of_what_it_tells(case: dict[str, Any]) -> None:
    found = years_in(case["text"])
    assert {is_report_year(case["text"], years) for years in found} == {case["report"]}
