"""Rows of a panel over three reports of one place."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from assistant.errors import SelectionError
from assistant.panel.columns import cells
from assistant.panel.rows import evaluate, query_of
from assistant.panel.types import PanelQuery, PanelRow
from index.lexicon.indicators import load_lexicon
from index.storage.catalogue import Catalogue

LEXICON = load_lexicon()


def rows(catalogue: Catalogue, *indicators: str, years: Sequence[int] = ()) -> list[PanelRow]:
    query = PanelQuery(years=frozenset(years), indicators=frozenset(indicators))
    return list(evaluate(query, catalogue, LEXICON))


def test_target_and_result_of_a_year_stand_side_by_side(catalogue: Catalogue) -> None:
    (row,) = (each for each in rows(catalogue, "gdp", years=[2021]) if each.measure == "growth")
    assert (row.place.name, row.unit) == ("桂林市", "%")
    assert (str(row.target.value), str(row.result.value)) == ("6.5", "6.4")
    assert str(row.gap) == "-0.1"
    assert row.target.stated is not None
    assert row.target.stated.candidate.figure.qualifier == "左右"


def test_growth_and_amount_are_rows_of_their_own(catalogue: Catalogue) -> None:
    measures = {row.measure: row for row in rows(catalogue, "gdp", years=[2021])}
    assert set(measures) == {"growth", "level"}
    assert str(measures["level"].result.value) == "2311"
    assert measures["level"].target.status == "not_stated"


def test_a_target_is_held_against_the_one_of_the_year_before(catalogue: Catalogue) -> None:
    growth = {row.year: row for row in rows(catalogue, "gdp") if row.measure == "growth"}
    assert str(growth[2023].revision) == "-0.5"
    assert growth[2021].revision is None
    assert growth[2022].revision == 0


def test_an_empty_side_says_why(catalogue: Catalogue) -> None:
    growth = {row.year: row for row in rows(catalogue, "gdp") if row.measure == "growth"}
    assert growth[2020].target.status == "no_report"
    assert growth[2023].result.status == "no_report"


def test_a_decline_is_negative_on_both_sides(catalogue: Catalogue) -> None:
    (row,) = rows(catalogue, "energy_intensity", years=[2021])
    assert (str(row.target.value), str(row.result.value)) == ("-3", "-3.4")


def test_goals_in_words_have_no_number(catalogue: Catalogue) -> None:
    row = next(
        each for each in rows(catalogue, "resident_income", years=[2021]) if each.measure == "words"
    )
    assert row.target.status == "in_words"
    assert cells(row)["target_words"] == "与经济增长同步"
    assert cells(row)["target_value"] is None


def test_quotes_are_the_characters_of_the_file(catalogue: Catalogue) -> None:
    reports = {report.document: report.id for report in catalogue.reports()}
    for row in rows(catalogue):
        for side in (row.target.stated, row.result.stated, row.unsure):
            if side is not None:
                raw = catalogue.raw(reports[side.candidate.report.document])
                assert raw[side.span.start : side.span.end] == side.quote


def test_progress_is_told_by_place(catalogue: Catalogue) -> None:
    told: list[tuple[int, int]] = []
    list(evaluate(PanelQuery(), catalogue, LEXICON, lambda *done: told.append(done)))
    assert told == [(1, 1)]


def test_an_indicator_has_many_names() -> None:
    query = query_of(frozenset(), frozenset(), ["GDP", "CPI"], LEXICON)
    assert query.indicators == {"gdp", "cpi"}
    with pytest.raises(SelectionError, match="found '幸福指数'"):
        query_of(frozenset(), frozenset(), ["幸福指数"], LEXICON)
