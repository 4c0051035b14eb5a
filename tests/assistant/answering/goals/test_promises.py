"""What became of targets: verdicts on a made series of three reports and on single figures."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from assistant.answering.figures.export import stated_figures
from assistant.answering.figures.lookup import Stated
from assistant.answering.goals.promises import Promise, track, years_tracked
from index.build import build
from index.places.gazetteer import load_gazetteer
from index.storage.catalogue import Catalogue
from tests.assistant.made_reports import write_reports

PLACE = load_gazetteer().get("450300")


@pytest.fixture(scope="module")
def stated(tmp_path_factory: pytest.TempPathFactory) -> list[Stated]:
    folder = tmp_path_factory.mktemp("made")
    write_reports(folder / "reports")
    build([folder / "reports"], data=folder / "data")
    with Catalogue.open(folder / "data") as catalogue:
        return stated_figures(catalogue)


def promise(stated: list[Stated], indicator: str, year: int = 2021) -> Promise:
    (found,) = (
        each for each in track(stated, PLACE, year) if each.target.figure.indicator_id == indicator
    )
    return found


@pytest.mark.parametrize(
    ("indicator", "verdict", "reason"),
    [
        ("gdp", "met", None),  # 6.4 is about 6.5
        ("budget_revenue", "missed", None),  # it fell
        ("fai", "met", None),
        ("new_urban_jobs", "met", None),
        ("registered_unemployment", "met", None),  # a ceiling
        ("cpi", "met", None),  # a ceiling without saying so
        ("energy_intensity", "met", None),  # it fell by more
        ("retail_sales", "not_comparable", "other_measure"),
        ("resident_income", "not_comparable", "in_words"),
    ],
)
def test_a_target_is_held_against_what_the_next_report_says(
    stated: list[Stated], indicator: str, verdict: str, reason: str | None
) -> None:
    found = promise(stated, indicator)
    assert (found.verdict, found.reason) == (verdict, reason)
    assert found.target.report.document == "桂林市_2021.txt"
    assert found.result is not None
    assert found.result.report.document == "桂林市_2022.txt"


def test_a_target_without_leeway_is_missed_by_a_tenth(stated: list[Stated]) -> None:
    assert promise(stated, "gdp", 2022).verdict == "missed"


def test_a_ceiling_is_missed_from_above(stated: list[Stated]) -> None:
    assert promise(stated, "registered_unemployment", 2022).verdict == "missed"


def test_a_target_that_the_next_report_passes_over_is_not_reported(stated: list[Stated]) -> None:
    found = promise(stated, "grain_output", 2022)
    assert (found.result, found.verdict, found.reason) == (None, "not_reported", None)


def test_a_target_of_the_newest_report_waits_for_the_next(stated: list[Stated]) -> None:
    found = promise(stated, "gdp", 2023)
    assert (found.verdict, found.reason) == ("not_reported", "no_later_report")


def test_the_years_with_targets_come_newest_first(stated: list[Stated]) -> None:
    assert years_tracked(stated, PLACE) == [2023, 2022, 2021]


def test_promises_keep_the_order_of_the_report(stated: list[Stated]) -> None:
    spans = [each.target.figure.span for each in track(stated, PLACE, 2021)]
    assert spans == sorted(spans)


def test_another_place_has_made_no_promise(stated: list[Stated]) -> None:
    assert track(stated, load_gazetteer().get("410800"), 2021) == []


def judged(
    stated: list[Stated],
    *,
    target: tuple[str, str | None],
    result: tuple[str, str | None],
    indicator: str = "gdp",
    upper: str | None = None,
) -> str:
    """Return the verdict on a target and a result with these values and qualifiers."""
    pair = promise(stated, "gdp")
    assert pair.result is not None
    goal = replace(
        pair.target.figure,
        indicator_id=indicator,
        value=Decimal(target[0]),
        upper=Decimal(upper) if upper else None,
        qualifier=target[1],
    )
    reached = replace(
        pair.result.figure, indicator_id=indicator, value=Decimal(result[0]), qualifier=result[1]
    )
    both = [replace(pair.target, figure=goal), replace(pair.result, figure=reached)]
    (found,) = track(both, PLACE, 2021)
    return found.verdict


@pytest.mark.parametrize(
    ("target", "result", "verdict"),
    [
        (("6", None), ("6", None), "met"),
        (("6", "以上"), ("5.9", None), "missed"),
        (("6", "左右"), ("5.9", None), "met"),
        (("6", "左右"), ("5.8", None), "missed"),
        (("6", "以内"), ("6.1", None), "missed"),
        (("6", "以内"), ("5", None), "met"),
        (("6", None), ("6", "以上"), "met"),
        (("6", None), ("5", "以上"), "not_comparable"),
        (("6", None), ("6", "近"), "not_comparable"),
        (("6", None), ("6", "左右"), "not_comparable"),
        (("6", "左右"), ("6", "左右"), "met"),
        (("6", None), ("9", "近"), "met"),
        (("3", "下降"), ("3.2", "下降"), "missed"),
        (("3", "下降…以内"), ("2.8", "下降"), "met"),
        (("3", None), ("1", "下降"), "missed"),
    ],
)
def test_qualifiers_decide_what_is_met(
    stated: list[Stated],
    target: tuple[str, str | None],
    result: tuple[str, str | None],
    verdict: str,
) -> None:
    assert judged(stated, target=target, result=result) == verdict


@pytest.mark.parametrize(
    ("target", "result", "verdict"),
    [
        (("3", "下降"), ("3.2", "下降"), "met"),
        (("3", "下降…以上"), ("2.9", "下降"), "missed"),
        (("3", "下降…左右"), ("2.95", "下降"), "met"),
        (("3", "下降"), ("1", None), "missed"),
    ],
)
def test_a_decline_that_is_wanted_is_met_by_falling_further(
    stated: list[Stated],
    target: tuple[str, str | None],
    result: tuple[str, str | None],
    verdict: str,
) -> None:
    assert judged(stated, target=target, result=result, indicator="energy_intensity") == verdict


def test_a_range_is_met_from_its_lower_end(stated: list[Stated]) -> None:
    assert judged(stated, target=("6", None), upper="6.5", result=("6.1", None)) == "met"
    assert judged(stated, target=("6", None), upper="6.5", result=("5.9", None)) == "missed"
