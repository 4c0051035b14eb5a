"""What people say of files: the manifest beside them and the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.errors import SourceError
from index.ingestion.manifest import pairs_of, told_from, told_of
from index.reports.witnesses import Told


def test_the_command_line_goes_before_the_manifest(tmp_path: Path) -> None:
    rows = "file,region,year,source\na.txt,池州市,2016,https://a.gov.cn\n"
    (tmp_path / "manifest.csv").write_text(rows, encoding="utf-8")
    assert told_of(tmp_path / "b.txt") is None
    said = told_of(tmp_path / "a.txt", Told(year=2017))
    assert said == Told(region="池州市", year=2017, source="https://a.gov.cn")
    assert told_from(pairs_of(said)) == said


def test_a_manifest_that_cannot_be_read_says_so(tmp_path: Path) -> None:
    (tmp_path / "manifest.csv").write_text("name\na.txt\n", encoding="utf-8")
    with pytest.raises(SourceError, match="a column 'file'"):
        told_of(tmp_path / "a.txt")
