from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from index.build import Summary, build
from index.errors import SourceError
from index.ingestion.loaders import load
from index.ingestion.walking import check_name, shown, walk
from index.storage.catalogue import Catalogue

GOOD = "焦作市政府工作报告\n一、目标\n2023年地区生产总值增长7%左右。\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one good report, to which something bad is added."""
    place = tmp_path / "reports"
    place.mkdir()
    (place / "z_good.txt").write_text(GOOD, encoding="utf-8")
    return place


def indexed(
    folder: Path, *, rehash: bool = False, follow_links: bool = False
) -> tuple[Summary, list[str]]:
    """Index a folder; return what was done and the documents, the good one left out."""
    data = folder.with_name("data")
    summary = build([folder], data=data, rehash=rehash, follow_links=follow_links)
    with Catalogue.open(data) as catalogue:
        documents = [report.document for report in catalogue.reports()]
    assert "z_good.txt" in documents
    return summary, [document for document in documents if document != "z_good.txt"]


def found_in(folder: Path, refused: list[str]) -> list[Path]:
    return list(
        walk(
            folder,
            is_hidden=lambda name: name.startswith("."),
            is_wanted=lambda path: path.suffix == ".txt",
            refused=lambda _, why: refused.append(str(why)),
        )
    )


def test_folders_a_thousand_deep_are_named_and_the_others_read(folder: Path) -> None:
    here = Path.cwd()
    try:
        os.chdir(folder)
        for _ in range(1_000):  # by steps, as the whole path is longer than a call may name
            Path("d").mkdir()
            os.chdir("d")
        Path("deep.txt").write_text(GOOD + "深。", encoding="utf-8")
        os.chdir(here)
        summary, others = indexed(folder)
    finally:
        os.chdir(here)
        # Python's own way to remove a folder calls itself once for each.
        subprocess.run(["rm", "-rf", str(folder / "d")], check=True)
    assert (others, ["100 folders" in each.reason for each in summary.skipped]) == ([], [True])


def test_a_folder_that_cannot_be_read_is_named(folder: Path) -> None:
    refused: list[str] = []
    gone = folder / "gone"
    assert found_in(folder, refused)
    gone.symlink_to(folder / "nowhere")
    assert (found_in(gone, refused), refused) == ([gone], [])
    if os.geteuid():  # whom nothing is forbidden reads it
        (folder / "closed").mkdir(mode=0)
        summary, _ = indexed(folder)
        assert any("closed: cannot be read" in each.reason for each in summary.skipped)


def test_links_are_not_followed_unless_asked(folder: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "passwd.txt").write_text(GOOD + "秘密。", encoding="utf-8")
    (folder / "passwd.txt").symlink_to(secret / "passwd.txt")
    (folder / "out").symlink_to(secret)
    (folder / "round").symlink_to(folder)
    summary, others = indexed(folder)
    assert others == []
    assert sorted(Path(each.path).name for each in summary.skipped) == [
        "out",
        "passwd.txt",
        "round",
    ]
    assert all("--follow-links" in each.reason for each in summary.skipped)
    summary, others = indexed(folder, follow_links=True)
    assert (len(others), summary.skipped) == (1, ())


@pytest.mark.parametrize("seconds", [2**34, -(2**33)])
def test_a_file_of_any_date_is_read_once(folder: Path, seconds: int) -> None:
    file = folder / "a.txt"
    file.write_text(GOOD + "甲。", encoding="utf-8")
    try:
        os.utime(file, (seconds, seconds))
    except OSError:
        pytest.skip("the file system has no such dates")
    assert indexed(folder)[1] == ["a.txt"]
    assert indexed(folder)[0].unchanged == 2


@pytest.mark.parametrize(
    "name", ["a\n[9] b.txt", "\x1b[31mred.txt", "\u202etxt.exe.txt", "\u2028.txt"]
)
def test_a_name_that_forges_lines_is_refused_and_shown_harmlessly(folder: Path, name: str) -> None:
    (folder / name).write_text(GOOD + "乙。", encoding="utf-8")
    summary, others = indexed(folder)
    assert others == []
    [skipped] = summary.skipped
    assert "rename it" in skipped.reason
    assert all(char.isprintable() for char in skipped.reason + skipped.path)


def test_a_name_with_markup_is_a_name(folder: Path) -> None:
    (folder / "[").mkdir()
    (folder / "[/bold]{x}%s.txt").write_text(GOOD + "丙。", encoding="utf-8")
    assert indexed(folder)[1] == ["[/bold]{x}%s.txt"]


def test_a_name_in_no_encoding_is_refused() -> None:
    path = Path(os.fsdecode(b"/reports/\xff.txt"))
    with pytest.raises(SourceError, match="UTF-8"):
        check_name(path)
    assert shown(path).encode()


def test_a_change_of_equal_size_and_time_is_read_when_asked(folder: Path) -> None:
    file = folder / "a.txt"
    file.write_text(GOOD + "丁。", encoding="utf-8")
    indexed(folder)
    state = file.stat()
    file.write_text(GOOD + "戊。", encoding="utf-8")
    os.utime(file, ns=(state.st_atime_ns, state.st_mtime_ns))
    assert indexed(folder)[0].changed == 0
    assert indexed(folder, rehash=True)[0].changed == 1


@pytest.mark.parametrize("encoding", ["utf-32", "utf-32-le", "utf-32-be"])
def test_utf_32_is_not_taken_for_utf_16(folder: Path, encoding: str) -> None:
    file = folder / "a.txt"
    file.write_bytes(GOOD.encode(encoding))
    assert load(file).text == GOOD


def test_a_file_that_cannot_be_read_takes_none_along(folder: Path) -> None:
    (folder / "a.txt").write_bytes(bytes(range(256)) * 9)
    (folder / "b.txt").symlink_to(folder / "nowhere")
    (folder / "c.txt").mkdir()
    os.mkfifo(folder / "d.txt")
    summary, others = indexed(folder)
    assert others == []
    assert [Path(each.path).name for each in summary.skipped] == ["b.txt", "a.txt"]
