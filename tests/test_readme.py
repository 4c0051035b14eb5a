"""What the README and the page of the panel show of Python runs as it stands there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

README = Path(__file__).parent.parent / "README.md"
BLOCKS = re.findall(r"^```python\n(.*?)^```", README.read_text(encoding="utf-8"), re.M | re.S)


def test_the_retriever_of_the_readme_finds_passages_of_its_year(
    seeds_index: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (block,) = (block for block in BLOCKS if "ReportRetriever" in block)
    monkeypatch.setenv("BAOGAO_DATA", str(seeds_index))

    exec(compile(block, "README.md", "exec"), {})  # noqa: S102 - it is our own page

    lines = capsys.readouterr().out.splitlines()
    reports = [line for line in lines if re.match(r"\S+[市区县省] 2023 ", line)]
    places = [line for line in lines if re.match(r"\S+\.txt \d+ \d+ \d+\.\d+$", line)]
    assert (len(reports), len(places)) == (3, 3)
    assert sum("固定资产投资" in line for line in lines) >= 2


def test_the_calls_of_the_readme_answer_and_list_figures(
    seeds_index: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (block,) = (block for block in BLOCKS if "import baogao" in block)
    monkeypatch.setenv("BAOGAO_DATA", str(seeds_index))

    exec(compile(block, "README.md", "exec"), {})  # noqa: S102 - it is our own page

    out = capsys.readouterr().out
    assert "玉门市 地区生产总值 target 2023 8 %\n" in out
    assert "地区生产总值 7 % None\n" in out


def test_the_queries_of_the_panel_page_tell_rows_and_years(
    seeds_index: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = (README.parent / "docs" / "panel.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"^```python\n(.*?)^```", page, re.M | re.S)
    monkeypatch.setenv("BAOGAO_DATA", str(seeds_index))

    exec(compile(block, "panel.md", "exec"), {})  # noqa: S102 - it is our own page

    lines = capsys.readouterr().out.splitlines()
    assert any(re.match(r"\S+ 2022 growth \S+ \S+ \S+$", line) for line in lines)
    assert any(re.match(r"2023 [1-9]\d* \d+\.\d+$", line) for line in lines)
