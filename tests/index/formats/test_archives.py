from __future__ import annotations

import os
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest

from index.errors import SourceError
from index.formats import archives
from index.formats.archives import is_there, members, read_bytes, stat_of


def archive(path: Path, files: dict[str, bytes]) -> Path:
    with ZipFile(path, "w", ZIP_DEFLATED) as zipped:
        for name, data in files.items():
            zipped.writestr(name, data)
    return path


def in_gbk(path: Path, name: str, data: bytes) -> Path:
    """Write an archive whose file has its name in GBK, unmarked, as Chinese Windows makes them."""
    stand_in = "x" * len(name.encode("gbk"))
    archive(path, {stand_in: data})
    path.write_bytes(path.read_bytes().replace(stand_in.encode(), name.encode("gbk")))
    return path


def test_files_have_paths_below_the_archive(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.zip", {"县/b.txt": b"two", "a.txt": b"one", "empty/": b""})
    assert members(path) == [path / "a.txt", path / "县" / "b.txt"]
    assert read_bytes(path / "县" / "b.txt", 10) == b"two"
    assert read_bytes(path / "a.txt", 1) == b"on"
    assert stat_of(path / "a.txt") == stat_of(path)
    assert is_there(path / "a.txt")
    assert not is_there(path / "c.txt")


def test_names_in_gbk_are_read(tmp_path: Path) -> None:
    path = in_gbk(tmp_path / "a.zip", "焦作市政府工作报告.txt", b"text")
    assert members(path) == [path / "焦作市政府工作报告.txt"]
    assert read_bytes(path / "焦作市政府工作报告.txt", 10) == b"text"


def test_a_name_does_not_lead_out_of_the_archive(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.zip", {"../../etc/b.txt": b"", "/c.txt": b"", "d\\e.txt": b""})
    names = [member.relative_to(path).as_posix() for member in members(path)]
    assert names == ["c.txt", "d/e.txt", "etc/b.txt"]


def test_a_changed_archive_is_read_again(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.zip", {"a.txt": b"one"})
    assert members(path) == [path / "a.txt"]
    archive(path, {"b.txt": b"another"})
    os.utime(path, ns=(1, 1))
    assert members(path) == [path / "b.txt"]


def test_an_archive_that_holds_too_much_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "LARGEST", 5_000)
    path = archive(tmp_path / "a.zip", {"bomb.txt": bytes(10_000)})
    with pytest.raises(SourceError, match="found 1 and 10,000; unpack"):
        members(path)


def test_an_encrypted_file_is_refused(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.zip", {"a.txt": b"one"})
    data = bytearray(path.read_bytes())
    data[6] |= 1
    data[data.index(b"PK\1\2") + 8] |= 1
    path.write_bytes(data)
    with pytest.raises(SourceError, match="encrypted"):
        read_bytes(path / "a.txt", 10)


def test_a_file_that_was_packed_wrongly_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with ZipFile(path, "w") as zipped:
        zipped.writestr(ZipInfo("a.txt"), b"one and two")
    path.write_bytes(path.read_bytes().replace(b"one", b"eno"))
    with pytest.raises(SourceError, match="damaged"):
        read_bytes(path / "a.txt", 100)
