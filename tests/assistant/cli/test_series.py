"""`baogao panel` and `baogao trace` over the sample reports."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

from typer.testing import CliRunner

from assistant.cli.main import app
from assistant.errors import PanelError

RUNNER = CliRunner()


def run(*arguments: str | Path) -> tuple[int, str]:
    result = RUNNER.invoke(app, [str(argument) for argument in arguments])
    return result.exit_code, result.output


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_panel_writes_the_data_and_what_describes_it(seeds_index: Path, tmp_path: Path) -> None:
    status, output = run("panel", tmp_path / "panel.csv", "--data", seeds_index)
    assert status == 0
    assert "5 places" in output
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "datapackage.json",
        "panel.csv",
        "panel.dictionary.md",
        "panel.schema.json",
    ]


def test_panel_takes_places_years_and_indicators(seeds_index: Path, tmp_path: Path) -> None:
    status, _ = run(
        *("panel", tmp_path / "panel.csv", "--data", seeds_index),
        *("--region", "Jiaozuo", "--year", "2023", "--indicator", "GDP"),
    )
    assert status == 0
    found = {(r["place"], r["year"], r["indicator"]) for r in rows(tmp_path / "panel.csv")}
    assert found == {("焦作市", "2023", "gdp")}


def test_panel_prints_its_extent_for_programs(seeds_index: Path, tmp_path: Path) -> None:
    status, output = run("panel", tmp_path / "p.jsonl", "--data", seeds_index, "--json")
    assert (status, json.loads(output)["places"]) == (0, 5)


def test_panel_refuses_a_format_before_it_reads(tmp_path: Path) -> None:
    result = RUNNER.invoke(app, ["panel", str(tmp_path / "panel.xls")])
    assert isinstance(result.exception, PanelError)


def test_trace_prints_years_places_and_sentences(seeds_index: Path) -> None:
    status, output = run("trace", "乡村振兴", "--data", seeds_index)
    assert status == 0
    assert "per 10,000 characters" in output
    assert "first: " in output
    assert ".txt:" in output


def test_trace_prints_json_whose_quotes_have_their_places(seeds_index: Path) -> None:
    status, output = run("trace", "乡村振兴", "--data", seeds_index, "--format", "json")
    record = json.loads(output)
    assert status == 0
    assert record["count"] == sum(year["count"] for year in record["years"])
    assert {"document", "start", "end", "quote"} <= set(record["first"])


def test_trace_prints_csv_of_each_kind_of_row(seeds_index: Path) -> None:
    for kind, column in (("years", "per_10000"), ("places", "order"), ("sentences", "quote")):
        arguments = ("trace", "乡村振兴", "--data", seeds_index, "--format", "csv", "--rows", kind)
        status, output = run(*arguments)
        assert status == 0
        assert all(row[column] for row in csv.DictReader(io.StringIO(output)))


def test_trace_says_where_nobody_says_it(seeds_index: Path) -> None:
    status, output = run("trace", "元宇宙大会", "--data", seeds_index)
    assert (status, "no report of 5 reports says it" in output) == (0, True)


def test_trace_draws_its_years(seeds_index: Path, tmp_path: Path) -> None:
    status, _ = run("trace", "乡村振兴", "--data", seeds_index, "--chart", tmp_path / "t.svg")
    assert status == 0
    svg = (tmp_path / "t.svg").read_text(encoding="utf-8")
    assert svg.startswith("<svg ")
    assert ">2023</text>" in svg
    assert ">乡村振兴, 2022–2023</text>" in svg


def test_trace_of_blanks_is_refused(seeds_index: Path) -> None:
    status, output = run("trace", "  ", "--data", seeds_index)
    assert (status, "found blanks" in output) == (2, True)
