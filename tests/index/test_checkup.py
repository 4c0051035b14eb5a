from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from index.checkup import check_up
from tests.index.search.test_searcher import SPOILT, spoil


@pytest.fixture
def data(seeds_index: Path, tmp_path: Path) -> Path:
    return shutil.copytree(seeds_index, tmp_path / "data")


def test_a_whole_index_needs_nothing(data: Path) -> None:
    findings = check_up(data)
    assert [finding.part for finding in findings] == ["catalogue", "lexical index", "vectors"]
    assert not any(finding.remedy for finding in findings)


@pytest.mark.parametrize(("folder", "part"), [("lexical", "lexical index"), ("vectors", "vectors")])
def test_a_changed_byte_of_a_derived_index_is_found(data: Path, folder: str, part: str) -> None:
    spoil(next(path for path in (data / folder).rglob("*") if path.suffix in SPOILT))
    [bad] = [finding for finding in check_up(data) if finding.remedy]
    assert (bad.part, "baogao index" in bad.remedy) == (part, True)


@pytest.mark.parametrize("folder", ["lexical", "vectors"])
def test_a_missing_index_is_named(data: Path, folder: str) -> None:
    shutil.rmtree(data / folder)
    [bad] = [finding for finding in check_up(data) if finding.remedy]
    assert "missing" in bad.says


def test_a_damaged_catalogue_is_a_finding_and_no_error(data: Path) -> None:
    (data / "catalogue.sqlite").write_bytes(b"garbage" * 1000)
    [bad] = check_up(data)
    assert (bad.part, "baogao restore" in bad.remedy) == ("catalogue", True)
