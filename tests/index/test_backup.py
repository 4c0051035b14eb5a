from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest

from index.backup import back_up, restore
from index.build import build
from index.errors import BackupError, CatalogueError
from index.storage.catalogue import Catalogue
from index.types import Filter


@pytest.fixture
def backup(seeds_index: Path, tmp_path: Path) -> Path:
    path = tmp_path / "baogao.zip"
    assert back_up(seeds_index, path) == 5
    return path


def contents(data: Path) -> object:
    with Catalogue.open(data) as catalogue:
        return catalogue.identity, catalogue.reports(), catalogue.passages_where(Filter())


def test_a_folder_that_does_not_exist_is_named(tmp_path: Path) -> None:
    with pytest.raises(BackupError, match=r"none/a\.zip: its folder does not exist"):
        back_up(tmp_path, tmp_path / "none" / "a.zip")


def test_a_restored_index_is_the_one_that_was_backed_up(
    backup: Path, seeds_index: Path, tmp_path: Path
) -> None:
    assert restore(backup, tmp_path / "again") == 5
    build([], data=tmp_path / "again")
    assert contents(tmp_path / "again") == contents(seeds_index)
    assert not list((tmp_path / "again").glob(".restore*"))


def test_votes_come_along_and_never_in_the_place_of_others(
    seeds_index: Path, tmp_path: Path
) -> None:
    data = shutil.copytree(seeds_index, tmp_path / "data")
    (data / "feedback.jsonl").write_text("{}\n", encoding="utf-8")
    back_up(data, tmp_path / "b.zip")
    restore(tmp_path / "b.zip", tmp_path / "new")
    assert (tmp_path / "new/feedback.jsonl").read_text(encoding="utf-8") == "{}\n"
    (data / "feedback.jsonl").write_text("{}\n{}\n", encoding="utf-8")
    restore(tmp_path / "b.zip", data, replace=True)
    assert (data / "feedback.jsonl").read_text(encoding="utf-8") == "{}\n{}\n"


def test_a_backup_can_be_made_while_a_writer_writes(seeds_index: Path, tmp_path: Path) -> None:
    data = shutil.copytree(seeds_index, tmp_path / "data")
    with Catalogue.open(data, create=True) as writer, writer.together():
        writer.remove(writer.reports()[0].id)
        assert back_up(data, tmp_path / "b.zip") == 5


def test_an_index_that_is_there_is_replaced_only_when_asked_and_then_kept(
    backup: Path, seeds_index: Path, tmp_path: Path
) -> None:
    data = shutil.copytree(seeds_index, tmp_path / "data")
    with pytest.raises(BackupError, match="--replace"):
        restore(backup, data)
    restore(backup, data, replace=True)
    assert (data / "catalogue.sqlite.before-1").exists()


def test_nothing_is_written_over(backup: Path, seeds_index: Path) -> None:
    with pytest.raises(BackupError, match="there already"):
        back_up(seeds_index, backup)


def test_a_damaged_backup_is_refused_and_changes_nothing(backup: Path, tmp_path: Path) -> None:
    content = bytearray(backup.read_bytes())
    content[len(content) // 2] ^= 0xFF
    backup.write_bytes(content)
    with pytest.raises(BackupError):
        restore(backup, tmp_path / "new")
    with pytest.raises(CatalogueError, match="no catalogue"):
        Catalogue.open(tmp_path / "new")


@pytest.mark.parametrize("content", [b"", b"no archive", b"PK\x05\x06" + bytes(18)])
def test_what_is_no_backup_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "b.zip").write_bytes(content)
    with pytest.raises(BackupError, match="no backup"):
        restore(tmp_path / "b.zip", tmp_path / "new")


def test_names_that_no_backup_has_are_not_taken_out_of_it(backup: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(backup, "a") as archive:
        archive.writestr("../evil.txt", "x")
    restore(backup, tmp_path / "new")
    assert not (tmp_path / "evil.txt").exists()
