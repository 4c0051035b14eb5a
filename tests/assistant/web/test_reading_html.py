"""The quiet lines under an answer: places without a report, and the ways to other tabs."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs

import pytest

from assistant.types import Answer, AnswerFigure
from assistant.web.figures.addresses import MOST_CHOSEN, figures_address, trend_address
from assistant.web.reading_html import absent_html, ways_html
from index.lexicon.indicators import load_lexicon
from tests.assistant.figures import GOAL

HARM = '"><img src=x>'
FIGURES: dict[str, Any] = {
    "asks": "figures",
    "places": {"words": "", "names": ["玉门市", "焦作市"]},
    "years": [2022, 2023],
    "columns": [{"indicator": "gdp", "kind": "target", "measure": "growth", "year_shift": 0}],
}


def answered(query: dict[str, Any] | None = None, *figures: AnswerFigure) -> Answer:
    return Answer("?", "zh-Hans", "", figures=figures, query=query)


def chosen(address: str) -> dict[str, list[str]]:
    path, _, query = address.partition("?")
    assert path == "#/figures"
    return parse_qs(query)


def test_a_table_opens_with_its_places_years_and_kind() -> None:
    assert chosen(figures_address(answered(FIGURES), load_lexicon())) == {
        "place": ["玉门市", "焦作市"],
        "indicator": ["gdp"],
        "from": ["2022"],
        "to": ["2023"],
        "kind": ["target"],
        "measure": ["growth_yoy"],
    }


def test_a_goal_beside_the_result_before_it_opens_both_kinds_and_years() -> None:
    before = {"indicator": "gdp", "kind": "actual", "measure": "growth", "year_shift": -1}
    query = {**FIGURES, "columns": [*FIGURES["columns"], before]}
    found = chosen(figures_address(answered(query), load_lexicon()))
    assert (found["from"], "kind" in found) == (["2021"], False)


def test_figures_of_an_answer_without_a_table_open_too() -> None:
    figures = [
        AnswerFigure(region="玉门市", indicator=name, **GOAL)
        for name in ("地区生产总值", "只此一家的指标")
    ]
    found = chosen(figures_address(answered(None, *figures), load_lexicon()))
    assert found["indicator"] == ["gdp", "只此一家的指标"]
    assert figures_address(answered(None, figures[0]), load_lexicon()) == ""


def test_more_places_than_an_address_holds_are_all() -> None:
    names = [f"地{number}" for number in range(MOST_CHOSEN + 1)]
    query = {**FIGURES, "places": {"words": "各地", "names": names}}
    assert "place" not in chosen(figures_address(answered(query), load_lexicon()))


def test_words_that_were_counted_lead_to_their_trend() -> None:
    query = {"asks": "mentions_who", "places": {"names": ["玉门市"]}, "terms": ["改革"]}
    assert trend_address(answered(query)).startswith("#/trends?term=")
    assert trend_address(answered(FIGURES)) == ""


def test_what_an_old_record_holds_cannot_leave_its_link() -> None:
    html = ways_html(answered({**FIGURES, "places": {"names": [HARM]}}), "en")
    assert "<img" not in html


@pytest.mark.parametrize(("count", "folds"), [(10, False), (11, True)])
def test_many_places_without_a_report_are_folded(count: int, folds: bool) -> None:
    missing = [[f"地{number}{HARM}", 2023] for number in range(count)]
    html = absent_html(answered({**FIGURES, "coverage": {"no_report": missing}}), "zh-Hans")
    assert ("<summary>没有编入相应报告的11个地区</summary>" in html) == folds
    assert (html.count("地") > count) == folds
    assert "<img" not in html
