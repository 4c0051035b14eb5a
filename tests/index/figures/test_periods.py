from __future__ import annotations

from typing import Any

import pytest

from index.figures.openings import scope_of_headings, scope_of_opening
from index.figures.periods import Scope, base_year, times
from index.reports.calendar import Calendar, calendar_of
from index.types import Report, Stated
from tests.case_files import cases_beside, ids_of

CASES = cases_beside(__file__, "periods.jsonl")


def calendar(case: dict[str, Any]) -> Calendar:
    date = case.get("date")
    found = calendar_of(
        Report(
            id="r",
            document="report.txt",
            title=None,
            region=None,
            year=Stated(case["year"], None),
            date=Stated(date, None) if date else None,
            session=None,
            speaker=None,
            source=None,
        )
    )
    assert found is not None
    return found


def as_case(scope: Scope | None) -> dict[str, Any] | None:
    if scope is None:
        return None
    years = {"stance": scope.stance, "first": scope.first, "last": scope.last}
    return years | ({"months": scope.months} if scope.months else {})


def cases_with(key: str) -> list[dict[str, Any]]:
    return [case for case in CASES if key in case]


@pytest.mark.parametrize(
    "case", cases_with("headings"), ids=lambda case: "/".join(case["headings"])
)
def test_headings_say_of_when_and_whether_as_goals(case: dict[str, Any]) -> None:
    assert as_case(scope_of_headings(case["headings"], calendar(case))) == case["scope"]


@pytest.mark.parametrize("case", cases_with("opening"), ids=ids_of)
def test_a_sentence_opens_a_time(case: dict[str, Any]) -> None:
    current = Scope(**case["current"]) if "current" in case else None
    assert as_case(scope_of_opening(case["opening"], current, calendar(case))) == case["scope"]


@pytest.mark.parametrize("case", cases_with("sentence"), ids=ids_of)
def test_a_sentence_names_times_but_for_those_it_compares_with(case: dict[str, Any]) -> None:
    sentence = case["sentence"]
    found = [
        {"written": sentence[time.start : time.end], **(as_case(time.scope) or {})}
        for time in times(sentence, calendar(case))
    ]
    assert found == case["times"]


@pytest.mark.parametrize("case", cases_with("words"), ids=ids_of)
def test_words_name_the_year_that_is_measured_against(case: dict[str, Any]) -> None:
    assert base_year(case["words"]) == case["base"]
