from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from index.build import build
from index.errors import CatalogueError
from index.storage.catalogue import Catalogue
from index.storage.soundness import is_checked
from index.types import Filter

COLUMNS = [
    ("reports", "description", "replace(description, '市', '县')"),
    ("reports", "ahead", "ahead + 1"),
    ("texts", "raw", "zeroblob(length(raw))"),
    ("texts", "offsets", "x'00'"),
    ("passages", "content", "zeroblob(length(content))"),
    ("figures", "record", "replace(record, '7', '8')"),
    ("figures", "kind", "'actual'"),
    ("named_years", "year", "year + 100"),
]


@pytest.fixture
def data(seeds_index: Path, tmp_path: Path) -> Path:
    """An index of the sample reports, to be damaged."""
    return shutil.copytree(seeds_index, tmp_path / "data")


def execute(data: Path, statement: str, *values: object) -> None:
    with closing(sqlite3.connect(data / "catalogue.sqlite")) as database, database:
        database.execute(statement, values)


def first_report(data: Path) -> tuple[str, str]:
    with Catalogue.open(data) as catalogue:
        report = catalogue.reports()[0]
    return report.id, report.document


@pytest.mark.parametrize(("table", "column", "value"), COLUMNS, ids=lambda each: str(each))
def test_a_report_any_of_whose_rows_is_damaged_is_left_out_and_named(
    data: Path, table: str, column: str, value: str
) -> None:
    report_id, document = first_report(data)
    key = "id" if table == "reports" else "report_id"
    statement = f"UPDATE {table} SET {column} = {value} WHERE {key} = ?"  # noqa: S608 - our own
    execute(data, statement, report_id)
    with Catalogue.open(data) as catalogue:
        assert catalogue.damage.documents == [document]
        assert document not in {report.document for report in catalogue.reports()}
        assert catalogue.passages_of(report_id) == []
        assert catalogue.figures(Filter(reports=frozenset({report_id}))) == []
        assert catalogue.count_reports() == 4
        with pytest.raises(KeyError):
            catalogue.raw(report_id)


@pytest.mark.parametrize("table", ["passages", "figures", "named_years", "texts"])
def test_rows_that_have_gone_are_damage_too(data: Path, table: str) -> None:
    report_id, document = first_report(data)
    execute(
        data,
        f"DELETE FROM {table} WHERE rowid = "  # noqa: S608
        f"(SELECT min(rowid) FROM {table} WHERE report_id = ?)"
        if table != "named_years"
        else "DELETE FROM named_years WHERE report_id = ?",
        report_id,
    )
    with Catalogue.open(data) as catalogue:
        assert catalogue.damage.documents == [document]


def test_a_change_that_keeps_size_and_time_is_found_by_a_whole_check(data: Path) -> None:
    report_id, document = first_report(data)
    path = data / "catalogue.sqlite"
    with Catalogue.open(data) as catalogue:
        state = path.stat()
        execute(data, "UPDATE reports SET encoding = 'utf-9' WHERE id = ?", report_id)
        os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))
        catalogue.look_at_damage(wholly=True)
        assert catalogue.damage.documents == [document]


def test_damage_beyond_single_reports_is_refused(data: Path) -> None:
    path = data / "catalogue.sqlite"
    content = bytearray(path.read_bytes())
    content[4096 * 3 : 4096 * 5] = bytes(4096 * 2)
    path.write_bytes(content)
    with pytest.raises(CatalogueError, match=r"baogao restore|move it away"):
        Catalogue.open(data).reports()


def test_a_whole_catalogue_is_checked_once(data: Path) -> None:
    path = data / "catalogue.sqlite"
    assert not is_checked(path)  # it was copied
    Catalogue.open(data).close()
    assert is_checked(path)
    os.utime(path)
    assert not is_checked(path)


def test_indexing_leaves_a_checked_catalogue(data: Path) -> None:
    build([], data=data)
    assert is_checked(data / "catalogue.sqlite")


@pytest.mark.parametrize("is_there", [True, False], ids=["its file", "its stored text"])
def test_indexing_reads_a_damaged_report_again_from(
    tmp_path: Path, seeds: list[Path], is_there: bool
) -> None:
    data, folder = tmp_path / "data", tmp_path / "reports"
    folder.mkdir()
    for seed in seeds[:2]:
        shutil.copy(seed, folder)
    build([folder], data=data)
    with Catalogue.open(data) as catalogue:
        before = catalogue.reports(), catalogue.passages_where(Filter()), catalogue.figures()
    report_id, document = first_report(data)
    execute(data, "DELETE FROM figures WHERE report_id = ?", report_id)
    if not is_there:
        (folder / document).unlink()
    build([], data=data)
    with Catalogue.open(data) as catalogue:
        assert not catalogue.damage.reports
        after = catalogue.reports(), catalogue.passages_where(Filter()), catalogue.figures()
    assert after == before


def test_a_damaged_report_that_is_nowhere_else_is_named_and_taken_out(
    tmp_path: Path, seeds: list[Path]
) -> None:
    data, folder = tmp_path / "data", tmp_path / "reports"
    folder.mkdir()
    for seed in seeds[:2]:
        shutil.copy(seed, folder)
    build([folder], data=data)
    report_id, document = first_report(data)
    execute(data, "UPDATE texts SET raw = x'00' WHERE report_id = ?", report_id)
    (folder / document).unlink()
    summary = build([], data=data)
    assert [document in skipped.reason for skipped in summary.skipped] == [True]
    assert summary.reports == 1


def test_a_catalogue_without_checksums_is_read_and_given_them_by_indexing(data: Path) -> None:
    execute(data, "DROP TABLE seals")
    execute(data, "UPDATE meta SET value = '5' WHERE key = 'schema'")
    with Catalogue.open(data) as catalogue:
        assert (catalogue.count_reports(), catalogue.has_seals()) == (5, False)
    build([], data=data)
    with Catalogue.open(data) as catalogue:
        assert (catalogue.count_reports(), catalogue.has_seals()) == (5, True)
    execute(data, "DELETE FROM texts")
    with Catalogue.open(data) as catalogue:
        assert len(catalogue.damage.documents) == 5


def test_the_files_of_a_catalogue_of_an_older_version_are_read_again(
    tmp_path: Path, seeds: list[Path]
) -> None:
    data, folder = tmp_path / "data", tmp_path / "reports"
    folder.mkdir()
    for seed in seeds[:2]:
        shutil.copy(seed, folder)
    build([folder], data=data)
    execute(data, "UPDATE meta SET value = '3' WHERE key = 'schema'")
    (folder / seeds[0].name).unlink()
    with pytest.raises(CatalogueError, match="`baogao index` reads its files again"):
        Catalogue.open(data)
    summary = build([], data=data)
    assert (summary.added, summary.reports) == (1, 1)
    assert [seeds[0].name in skipped.reason for skipped in summary.skipped] == [True]
    assert (data / "catalogue.sqlite.v3").exists()
