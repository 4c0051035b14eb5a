"""`baogao figures`: which figures a selection names, and the rows that programs get."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from assistant.answering.figures.export import COLUMNS, FigureRow, to_csv
from assistant.cli.main import app
from assistant.errors import SelectionError
from index.storage.catalogue import Catalogue
from tests.assistant.figures import GOAL

RUNNER = CliRunner()
ROW = FigureRow(
    document="a.txt",
    start=0,
    end=4,
    quote="增长8%",
    region="玉门市",
    indicator="地区生产总值",
    as_written="地区生产总值",
    certainty=1.0,
    **GOAL,
)


def run(data: Path, *arguments: str) -> str:
    result = RUNNER.invoke(app, ["figures", "--data", str(data), *arguments])
    assert result.exit_code == 0, result.output
    return result.output


def records(data: Path, *arguments: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run(data, *arguments, "--format", "json"))
    return found


def test_a_record_has_the_keys_of_the_design_in_their_order(seeds_index: Path) -> None:
    keys = "document start end quote region indicator as_written measure kind period value unit"
    assert list(records(seeds_index)[0]) == [*keys.split(), "qualifier", "certainty", "url"]


def test_every_quote_is_the_very_characters_of_its_file(seeds_index: Path) -> None:
    found = records(seeds_index)
    with Catalogue.open(seeds_index) as catalogue:
        raw = {report.document: catalogue.raw(report.id) for report in catalogue.reports()}
    assert found
    for row in found:
        assert raw[row["document"]][row["start"] : row["end"]] == row["quote"]


def test_a_target_in_words_has_no_value_and_its_wording_as_qualifier(seeds_index: Path) -> None:
    found = records(seeds_index, "--region", "焦作", "--indicator", "进出口", "--kind", "target")
    assert [(row["value"], row["unit"], row["qualifier"]) for row in found] == [
        ("", "", "保持平稳增长")
    ]


def test_a_range_is_written_with_both_its_values(seeds_index: Path) -> None:
    with Catalogue.open(seeds_index) as catalogue:
        figure = catalogue.figures(indicators=["gdp"])[0]
    ranged = replace(figure, value=Decimal("4.5"), upper=Decimal(5))
    assert ranged.value_text == "4.5-5"


@pytest.mark.parametrize("name", ["焦作", "焦作市", "jiaozuo", "Jiao Zuo"])
def test_a_place_is_known_by_any_of_its_names(seeds_index: Path, name: str) -> None:
    found = records(seeds_index, "--region", name)
    assert {row["region"] for row in found} == {"焦作市"}


@pytest.mark.parametrize("name", ["GDP", "地区生产总值", "地區生產總值", "gross domestic product"])
def test_an_indicator_is_known_by_any_of_its_names(seeds_index: Path, name: str) -> None:
    found = records(seeds_index, "--indicator", name)
    assert {row["indicator"] for row in found} == {"地区生产总值"}


def test_an_indicator_outside_the_lexicon_is_known_as_written(seeds_index: Path) -> None:
    with Catalogue.open(seeds_index) as catalogue:
        own = next(f.as_written for f in catalogue.figures() if f.indicator_id is None)
    found = records(seeds_index, "--indicator", own)
    assert own in {row["as_written"] for row in found}


def test_a_year_selects_every_period_that_holds_it(seeds_index: Path) -> None:
    periods = {row["period"] for row in records(seeds_index, "--year", "2021")}
    assert "2021" in periods
    assert any("-" in period for period in periods)
    assert "2023" not in periods


def test_sides_add_up_and_repeat(seeds_index: Path) -> None:
    found = records(
        seeds_index,
        *("--region", "Yumen", "--region", "焦作", "--indicator", "GDP", "--indicator", "CPI"),
        *("--year", "2023", "--kind", "target"),
    )
    named = {(row["region"], row["indicator"]) for row in found}
    assert named == {
        ("玉门市", "地区生产总值"),
        ("焦作市", "地区生产总值"),
        ("焦作市", "居民消费价格"),
    }


def test_csv_has_the_same_rows_as_json(seeds_index: Path) -> None:
    selection = ("--region", "Yumen", "--kind", "target")
    rows = list(csv.DictReader(io.StringIO(run(seeds_index, *selection, "--format", "csv"))))
    expected = [
        {key: "" if value is None else str(value) for key, value in record.items()}
        for record in records(seeds_index, *selection)
    ]
    assert rows == expected


@pytest.mark.parametrize("beginning", ["=", "+", "-", "@", "\t", "\r"])
def test_csv_cells_are_inert_in_a_spreadsheet(beginning: str) -> None:
    text = to_csv([replace(ROW, quote=f"{beginning}1+1", document=f"{beginning}a.txt")])
    header, row = csv.reader(io.StringIO(text, newline=""))
    assert header == list(COLUMNS)
    assert row[COLUMNS.index("quote")] == f"'{beginning}1+1"
    assert row[0] == f"'{beginning}a.txt"


def test_the_table_shows_where_each_figure_stands(seeds_index: Path) -> None:
    output = run(seeds_index, "--region", "Jiaozuo", "--indicator", "GDP", "--kind", "target")
    assert "001_7692730640d39c1c.txt:2266-2289" in output
    assert "7%" in output


def test_nothing_that_fits_is_said_and_is_no_error(seeds_index: Path) -> None:
    assert "No figure fits" in run(seeds_index, "--indicator", "GDP", "--year", "1999")
    assert records(seeds_index, "--indicator", "GDP", "--year", "1999") == []


def test_an_unknown_indicator_is_one_line_that_names_what_is_near(seeds_index: Path) -> None:
    result = RUNNER.invoke(
        app, ["figures", "--data", str(seeds_index), "--indicator", "地区生产总量值"]
    )
    assert isinstance(result.exception, SelectionError)
    message = str(result.exception)
    assert "地区生产总量值" in message
    assert "地区生产总值" in message
    assert "\n" not in message
