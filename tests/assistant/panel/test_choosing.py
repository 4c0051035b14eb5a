"""Which of several figures stands in a cell."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from assistant.panel.choosing import chosen, stretch_of
from assistant.panel.types import Candidate
from index.types import Report, Span
from tests.assistant.figures import figure

REPORT = Report("r", "r.txt", None, None, None, None, None, None, None)
LATER = Report("l", "l.txt", None, None, None, None, None, None, None)
GOALS = Span(0, 3)


def made(value: str, told: int = 2023, report: Report = REPORT, **changes: Any) -> Candidate:  # noqa: ANN401 - any field
    number = figure(value, "%", report_id=report.id, **changes)
    return Candidate(
        number, report, told, "growth", "%", Decimal(value), Decimal(value), Decimal(value)
    )


def stands(*candidates: Candidate) -> str | None:
    best, _ = chosen(candidates, 2023, "地区生产总值")
    return None if best is None else str(best.value)


def test_the_report_of_the_year_goes_before_a_later_one() -> None:
    assert stands(made("5", told=2028, report=LATER), made("6", ordinal=9)) == "6"


def test_the_sentence_of_goals_goes_before_one_in_passing() -> None:
    passing = made("12", kind="target")
    announced = made("6", kind="target", ordinal=40, context=GOALS)
    assert stands(passing, announced) == "6"


def test_what_is_striven_for_stands_beside_the_target() -> None:
    target = made("6", kind="target", context=GOALS, ordinal=1)
    more = made("8", kind="target", context=GOALS, ordinal=2, qualifier="力争")
    assert stands(more, target) == "6"
    assert stretch_of(target, [target, more]) == 8


def test_marks_that_were_passed_go_behind_what_was_reached() -> None:
    passed = made("5000", qualifier="突破", span=Span(4, 30), ordinal=1, measure="level")
    then = made("6000", span=Span(4, 30), ordinal=2, measure="level")
    reached = made("6446.1", span=Span(4, 40), ordinal=3, measure="level")
    assert stands(passed, then, reached) == "6446.1"


def test_the_indicators_own_name_goes_before_another() -> None:
    assert stands(made("9", as_written="经济总量"), made("7", ordinal=5)) == "7"


def test_of_equals_the_first_stands_and_the_others_are_counted() -> None:
    best, others = chosen([made("6", ordinal=1), made("8.5", ordinal=80)], 2023, "地区生产总值")
    assert best is not None
    assert (str(best.value), others) == ("6", 1)


def test_of_several_counts_none_stands() -> None:
    one, other = (made(value, measure="count", ordinal=n) for n, value in enumerate(("44", "10")))
    assert chosen([one, other], 2023, "地区生产总值") == (None, 1)
