"""A panel on the disk: its formats, and what stands beside it."""

from __future__ import annotations

import csv
import hashlib
import importlib.util
import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pandas as pd
import pytest

from assistant.errors import PanelError
from assistant.panel.columns import columns
from assistant.panel.describing import Extent, json_schema, table_schema
from assistant.panel.export import write_panel
from assistant.panel.rows import evaluate
from assistant.panel.types import PanelQuery
from index.lexicon.indicators import load_lexicon
from index.storage.catalogue import Catalogue

Written = Callable[..., Extent]


@pytest.fixture
def written(catalogue: Catalogue, tmp_path: Path) -> Written:
    """Write the whole panel to files of these names."""

    def write(*names: str) -> Extent:
        rows = evaluate(PanelQuery(), catalogue, load_lexicon())
        return write_panel(rows, [tmp_path / name for name in names])

    return write


def read(path: Path) -> Any:  # noqa: ANN401 - any JSON
    return json.loads(path.read_text(encoding="utf-8"))


def test_csv_has_a_row_for_each_key_and_the_columns_in_order(
    written: Written, tmp_path: Path
) -> None:
    extent = written("panel.csv")
    with (tmp_path / "panel.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == [column.name for column in columns()]
    assert len(rows) == extent.rows
    keys = {tuple(row[column.name] for column in columns() if column.key) for row in rows}
    assert len(keys) == len(rows)
    gdp = next(
        r for r in rows if (r["indicator"], r["year"], r["measure"]) == ("gdp", "2021", "growth")
    )
    assert (gdp["target_value"], gdp["target_bound"], gdp["target_constraint"]) == (
        "6.5",
        "about",
        "soft",
    )
    assert (gdp["result_value"], gdp["gap"], gdp["target_quote"]) == (
        "6.4",
        "-0.1",
        "地区生产总值增长6.5%左右",
    )


def test_rows_fit_the_json_schema(written: Written, tmp_path: Path) -> None:
    written("panel.jsonl")
    schema = read(tmp_path / "panel.schema.json")
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    lines = (tmp_path / "panel.jsonl").read_text(encoding="utf-8").splitlines()
    assert lines
    for line in lines:
        validator.validate(json.loads(line))


def test_the_data_package_names_the_files_with_their_sums(written: Written, tmp_path: Path) -> None:
    written("panel.csv", "panel.jsonl")
    package = read(tmp_path / "datapackage.json")
    assert [each["path"] for each in package["resources"]] == ["panel.csv", "panel.jsonl"]
    for resource in package["resources"]:
        data = (tmp_path / resource["path"]).read_bytes()
        assert resource["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
        assert resource["bytes"] == len(data)
    assert package["resources"][0]["schema"] == table_schema()


def test_the_dictionary_tells_of_every_column(written: Written, tmp_path: Path) -> None:
    written("panel.csv")
    text = (tmp_path / "panel.dictionary.md").read_text(encoding="utf-8")
    assert all(f"| `{column.name}` |" in text for column in columns())
    assert "| `gdp` | 地区生产总值 |" in text


def test_stata_has_labels_and_the_same_numbers(written: Written, tmp_path: Path) -> None:
    extent = written("panel.dta")
    with pd.read_stata(tmp_path / "panel.dta", iterator=True) as reader:
        labels, frame = reader.variable_labels(), reader.read()
    assert len(frame) == extent.rows
    assert labels["target_value"].startswith("The target in the row's unit")
    gdp = frame[(frame.indicator == "gdp") & (frame.year == 2021) & (frame.measure == "growth")]
    assert gdp.target_value.tolist() == [6.5]
    assert gdp.place.tolist() == ["桂林市"]
    assert gdp.target_status.tolist() == ["stated"]
    assert all(math.isnan(value) for value in gdp.target_revision)


def test_a_panel_without_rows_is_written_all_the_same(tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("panel.csv", "panel.dta", "panel.jsonl")]
    assert write_panel([], paths).rows == 0
    assert len(pd.read_stata(paths[1])) == 0


@pytest.mark.skipif(importlib.util.find_spec("pyarrow") is None, reason="needs .[parquet]")
def test_parquet_has_the_same_numbers(written: Written, tmp_path: Path) -> None:
    extent = written("panel.parquet")
    frame = pd.read_parquet(tmp_path / "panel.parquet")
    assert len(frame) == extent.rows
    gdp = frame[(frame.indicator == "gdp") & (frame.year == 2021) & (frame.measure == "growth")]
    assert gdp.target_value.tolist() == [6.5]


@pytest.mark.skipif(importlib.util.find_spec("pyarrow") is not None, reason="pyarrow is there")
def test_parquet_without_pyarrow_is_refused_in_one_line(written: Written, tmp_path: Path) -> None:
    with pytest.raises(PanelError, match=r"pip install 'baogao\[parquet\]'"):
        written("panel.parquet")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("names", "why"),
    [
        (("panel.xls",), r"ends in \.csv"),
        (("a.csv", "b.csv"), "two of one"),
        (("none/panel.csv",), "a folder that is there"),
    ],
)
def test_a_file_that_cannot_be_written_is_refused(
    names: tuple[str, ...], why: str, written: Written
) -> None:
    with pytest.raises(PanelError, match=why):
        written(*names)


def test_a_data_package_of_something_else_is_kept(written: Written, tmp_path: Path) -> None:
    (tmp_path / "datapackage.json").write_text('{"name": "mine"}', encoding="utf-8")
    with pytest.raises(PanelError, match="would be lost"):
        written("panel.csv")
    assert read(tmp_path / "datapackage.json") == {"name": "mine"}


def test_a_panel_that_breaks_off_leaves_the_one_before(tmp_path: Path) -> None:
    (tmp_path / "panel.csv").write_text("before", encoding="utf-8")

    def broken() -> Any:  # noqa: ANN401 - rows that never come
        raise RuntimeError
        yield

    with pytest.raises(RuntimeError):
        write_panel(broken(), [tmp_path / "panel.csv"])
    assert [path.name for path in tmp_path.iterdir()] == ["panel.csv"]
    assert (tmp_path / "panel.csv").read_text(encoding="utf-8") == "before"


def test_the_schema_asks_for_every_column() -> None:
    assert json_schema()["required"] == [column.name for column in columns()]
