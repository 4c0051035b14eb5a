"""The table of figures over the sample reports: the database selects what Python would."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from index.build import build
from index.storage.catalogue import Catalogue
from index.storage.figure_table import (
    Order,
    Selection,
    announced,
    count_figures,
    counts_by,
    figure_of,
    first_and_last_year,
    indicators_of,
    page_of_figures,
)
from index.types import Figure
from tests.conftest import SEEDS


@pytest.fixture(scope="module", params=["file", "server"])
def catalogue(
    request: pytest.FixtureRequest, seeds_index: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Catalogue]:
    data, database = seeds_index, None
    if request.param == "server":
        database = request.getfixturevalue("postgresql_server").new_database()
        data = tmp_path_factory.mktemp("served")
        build([SEEDS / "reports"], data=data, database=database)
    with Catalogue.open(data, database=database) as opened:
        yield opened


def keys(figures: list[Figure]) -> list[tuple[str, int]]:
    return [(figure.report_id, figure.ordinal) for figure in figures]


@pytest.mark.parametrize(
    "selection",
    [
        Selection(),
        Selection(indicators=frozenset({"gdp"})),
        Selection(regions=frozenset({"410800", "620981"}), kinds=frozenset({"target"})),
        Selection(years=(2021, 2022), measures=frozenset({"growth_yoy"})),
    ],
)
def test_what_is_selected_is_what_a_look_at_every_figure_selects(
    catalogue: Catalogue, selection: Selection
) -> None:
    first, last = selection.years or (0, 9999)
    expected = [
        figure
        for figure in catalogue.figures()
        if figure.region.code in (selection.regions or {figure.region.code})
        and figure.kind in (selection.kinds or {figure.kind})
        and figure.measure in (selection.measures or {figure.measure})
        and {figure.indicator_id, figure.indicator} & (selection.indicators or {figure.indicator})
        and figure.years[0] <= last
        and figure.years[1] >= first
    ]
    found = page_of_figures(catalogue, selection, count=10_000)
    assert sorted(keys(found)) == sorted(keys(expected))
    assert count_figures(catalogue, selection) == len(expected)
    assert sum(counts_by(catalogue, selection, "region").values()) == len(expected)
    assert sum(each.count for each in indicators_of(catalogue, selection, most=9999)) == len(
        expected
    )


def test_pages_follow_each_other(catalogue: Catalogue) -> None:
    whole = keys(page_of_figures(catalogue, Selection(), count=60))
    pages = [page_of_figures(catalogue, Selection(), first=at, count=20) for at in (0, 20, 40)]
    assert [key for page in pages for key in keys(page)] == whole


SIDES: dict[Order, Callable[[Figure], tuple[object, ...]]] = {
    "region": lambda figure: (figure.region.code,),
    "period": lambda figure: (figure.period,),
    "kind": lambda figure: (figure.kind,),
    "value": lambda figure: (figure.value is None, figure.unit, figure.value),
}


@pytest.mark.parametrize("order", ["region", "period", "kind", "value"])
def test_an_order_can_be_turned_round(catalogue: Catalogue, order: Order) -> None:
    growth = Selection(measures=frozenset({"growth_yoy"}))
    up, down = (
        [
            SIDES[order](figure)
            for figure in page_of_figures(
                catalogue, growth, order=order, descending=descending, count=10_000
            )
            if figure.value is not None
        ]
        for descending in (False, True)
    )
    assert len(set(up)) > 1
    assert up == sorted(up)
    assert down == sorted(down, reverse=True)


def test_a_figure_is_found_by_its_number(catalogue: Catalogue) -> None:
    some = catalogue.figures()[7]
    assert figure_of(catalogue, some.report_id, some.ordinal) == some
    assert figure_of(catalogue, some.report_id, 99_999) is None


def test_places_have_announced_targets_for_years(catalogue: Catalogue) -> None:
    assert announced(catalogue)["410800", 2023] > 5
    years = first_and_last_year(catalogue)
    assert years is not None
    assert years[0] < 2021 < years[1]


def test_a_part_of_a_name_finds_indicators(catalogue: Catalogue) -> None:
    found = indicators_of(catalogue, Selection(), part="投资")
    assert found
    assert all("投资" in each.name for each in found)
