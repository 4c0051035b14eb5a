from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.types import AnswerFigure, Citation
from index.types import Report, Span, Stated
from tests.assistant.figures import YUMEN, figure


@pytest.mark.parametrize(
    ("period", "years"),
    [
        ("2023", (2023, 2023)),
        ("2022-2026", (2022, 2026)),
        ("2021-01/2021-11", (2021, 2021)),
        ("2023-01-05", (2023, 2023)),
        ("", (0, 0)),
    ],
)
def test_a_figure_has_the_years_of_its_period(period: str, years: tuple[int, int]) -> None:
    assert figure("8", "%", period=period).years == years
    assert AnswerFigure("玉门市", "", "level", "actual", period, "8", "%", None).years == years


@pytest.mark.parametrize(
    ("written", "values"), [("8", ["8"]), ("4.5-5", ["4.5", "5"]), ("-3.2", ["-3.2"]), ("", [])]
)
def test_the_values_of_a_range_are_both_read(written: str, values: list[str]) -> None:
    own = AnswerFigure("玉门市", "", "level", "actual", "2023", written, "%", None)
    assert own.values == tuple(map(Decimal, values))


def test_a_citation_is_made_of_a_report_and_a_span() -> None:
    nothing = (None, None, None, None)
    report = Report("r", "a.txt", None, Stated(YUMEN, None), Stated(2023, None), *nothing)
    citation = Citation.of(report, Span(1, 3), "一二三四", n=2)
    assert (citation.n, citation.quote, citation.title) == (2, "二三", None)
    assert (citation.region, citation.year) == ("玉门市", 2023)
