from __future__ import annotations

import pytest

from index.reports.calendar import Calendar, calendar_of
from index.types import Report, Stated


def given(year: int | None, date: str | None) -> Report:
    return Report(
        id="r",
        document="a.txt",
        title=None,
        region=None,
        year=None if year is None else Stated(year, None),
        date=None if date is None else Stated(date, None),
        session=None,
        speaker=None,
        source=None,
    )


@pytest.mark.parametrize(
    ("date", "done", "day"),
    [
        ("2023-01-15", 2022, "2023-01-15"),
        ("2023-10-31", 2022, "2023-10-31"),
        ("2023-11-01", 2023, "2023-11-01"),
        ("2023-12", 2023, None),
        ("2023", 2022, None),
        (None, 2022, None),
    ],
)
def test_a_report_of_november_or_december_closes_its_own_year(
    date: str | None, done: int, day: str | None
) -> None:
    assert calendar_of(given(2023, date)) == Calendar(2023, done, done + 1, day)


def test_a_report_of_no_known_year_has_no_calendar() -> None:
    assert calendar_of(given(None, "2023-12-01")) is None
