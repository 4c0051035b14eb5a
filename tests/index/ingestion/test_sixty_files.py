"""A folder as people keep them: sixty files, of which each is indexed or told by one line."""

from __future__ import annotations

import json
import os
import random
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import opencc
import pytest

from index.build import Summary, build
from index.errors import SourceError
from index.ingestion.loaders import find_sources, load
from index.storage.catalogue import Catalogue
from tests import made_files
from tests.made_files import write

PLACES = (
    *("焦作市", "新乡市", "安阳市", "濮阳市", "许昌市", "漯河市", "南阳市", "商丘市", "信阳市"),
    *("周口市", "驻马店市", "洛阳市", "平顶山市", "鹤壁市", "开封市", "唐山市", "保定市", "邯郸市"),
)


def report(number: int) -> str:
    return (
        f"{PLACES[number]}人民政府工作报告\n各位代表：\n一、2022年工作回顾\n"
        f"2022年，全市地区生产总值完成{number + 100}亿元，增长{number + 1}%。"
        "一般公共预算收入增长5%，城镇新增就业3万人，城乡居民收入稳步提高，社会大局保持稳定。\n"
        f"二、2023年主要目标\n2023年，{PLACES[number]}地区生产总值增长{number + 2}%左右。\n"
    )


def zipped(files: dict[str, bytes]) -> bytes:
    written = BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return written.getvalue()


def zipped_in_gbk(name: str, data: bytes) -> bytes:
    stand_in = "x" * len(name.encode("gbk"))
    return zipped({stand_in: data}).replace(stand_in.encode(), name.encode("gbk"))


def good() -> dict[str, bytes]:
    text = report
    front = "---\ntitle: 政府工作报告\nsource: http://www.example.gov.cn/1.html\n---\n\n"
    traditional = opencc.OpenCC("s2t").convert(text(3))
    return {
        "utf8.txt": text(0).encode(),
        "gb18030.txt": text(1).encode("gb18030"),
        "utf16.txt": text(2).encode("utf-16"),
        "big5.txt": traditional.encode("big5hkscs", "ignore"),
        "crlf.txt": text(4).replace("\n", "\r\n").encode(),
        "front.md": (front + text(5)).encode(),
        "page.html": made_files.html(text(6)),
        "page.htm": made_files.html(text(7), charset="gb18030"),
        "deep/er/est/doc.docx": made_files.docx(text(8)),
        "print.pdf": made_files.pdf(text(9)),
        "print-named.txt": made_files.pdf(text(10)),
        "page-named.pdf": made_files.html(text(11)),
        "doc-named.md": made_files.docx(text(12)),
        "of-windows.zip": zipped_in_gbk("鹤壁市报告.txt", text(13).encode("gbk")),
        "mixed.zip": zipped(
            {"县/a.txt": text(14).encode(), "b.docx": made_files.docx(text(15)), "c.css": b"x"}
        ),
        "UPPER.TXT": text(16).encode(),
        "doc-named.zip": made_files.docx(text(17)),
    }


def bad() -> dict[str, bytes]:
    """Return the files that are skipped, each for another reason."""
    word, print_ = made_files.docx(report(0)), made_files.pdf(report(0))
    old_word = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)
    masked = "某某市人民政府工作报告\n" + "地区生产总值完成XX亿元，增长X%。\n" * 9
    encrypted = bytearray(zipped({"a.txt": b"one"}))
    encrypted[6] |= 1
    encrypted[encrypted.index(b"PK\1\2") + 8] |= 1
    bomb = zipped({f"{n}.txt": bytes(21_000_000) for n in range(2)})
    return {
        "scan.pdf": made_files.scan(2),
        "locked.pdf": made_files.pdf(report(0), password="secret"),  # noqa: S106
        "cut.pdf": print_[:500],
        "only-mark.pdf": b"%PDF-1.7\n",
        "empty.pdf": b"",
        "text-named.pdf": report(0).encode(),
        "cut.docx": word[:-300],
        "empty.docx": b"",
        "text-named.docx": report(0).encode(),
        "old-named.docx": old_word,
        "locked.docx": old_word + "EncryptedPackage".encode("utf-16-le"),
        "table-named.docx": zipped({"xl/workbook.xml": b"x"}),
        "slides-named.docx": zipped({"ppt/presentation.xml": b"x"}),
        "odt-named.docx": zipped({"mimetype": b"x", "content.xml": b"x"}),
        "picture-named.docx": bytes.fromhex("ffd8ffe0") + bytes(200),
        "no-words.docx": made_files.docx(""),
        "empty.txt": b"",
        "blank.txt": "　\r\n \n".encode(),
        "binary.txt": bytes(range(256)) * 20,
        "broken.txt": report(0).encode() + b"\xff\xff",
        "rtf-named.txt": b"{\\rtf1\\ansi report}",
        "gzip-named.txt": bytes.fromhex("1f8b0800") + bytes(50),
        "template.txt": masked.encode(),
        "empty.md": b"",
        "empty.html": b"",
        "scripts.html": b"<html><script>var report = 1;</script></html>",
        "broken.html": b"<html><body>" + b"\xff\xfe\xfd" * 50,
        "empty.zip": zipped({}),
        "none.zip": b"",
        "damaged.zip": zipped({"a.txt": b"one"})[:-10],
        "matryoshka.zip/inner.zip": zipped({"inner.zip": zipped({"a.txt": report(0).encode()})}),
        "locked.zip/a.txt": bytes(encrypted),
        "bomb.zip/0.txt": bomb,
        "bomb.zip/1.txt": bomb,
    }


PASSED = ("old.doc", "photo.JPG", "photo2.jpg", "table.xlsx", "pack.rar", "读我", "page.css")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    top = tmp_path_factory.mktemp("sixty") / "reports"
    for name, data in (good() | bad()).items():
        outer = name if ".zip/" not in name else name.split("/", maxsplit=1)[0]
        write(top / outer, data)
    for name in PASSED:
        write(top / name, b"\0")
    for name in ("huge.txt", "huge.pdf"):
        with (top / name).open("wb") as file:
            file.truncate(200_000_000)
    (top / "dangling.txt").symlink_to(top / "nowhere")
    write(top / "~$doc.docx", b"lock")
    return top


@pytest.fixture(scope="module")
def summary(folder: Path) -> Summary:
    return build([folder], data=folder.parent / "data", processes=1)


def test_the_good_ones_are_indexed_each_with_its_place_and_figures(
    folder: Path, summary: Summary
) -> None:
    with Catalogue.open(folder.parent / "data") as catalogue:
        reports = catalogue.reports()
        placed = {report.place_name for report in reports}
        figures = catalogue.figures(kinds=["target"])
    assert summary.added == len(reports) == len(good()) + 1
    assert placed == set(PLACES)
    assert {figure.region.name for figure in figures} == placed


def test_each_bad_one_gives_one_clear_line(folder: Path, summary: Summary) -> None:
    told = {Path(each.path).relative_to(folder).as_posix(): each for each in summary.skipped}
    assert sorted(told) == sorted([*bad(), "huge.txt", "huge.pdf", "dangling.txt"])
    for name, each in told.items():
        assert name in each.reason
        assert "\n" not in each.reason
        assert ";" in each.reason or "No such file" in each.reason, each.reason
    json.dumps(summary.to_json()).encode()


def test_what_is_passed_over_is_told_once_a_kind(summary: Summary) -> None:
    counts = {kind.ending: kind.count for kind in summary.passed}
    assert counts == {".doc": 1, ".jpg": 2, ".xlsx": 1, ".rar": 1, "": 1, ".css": 2}
    by_ending = {kind.ending: kind.reason for kind in summary.passed}
    assert by_ending[".doc"] == "old Word or WPS documents: save them as .docx"


def test_a_second_run_reads_nothing_again(folder: Path, summary: Summary) -> None:
    again = build([folder], data=folder.parent / "data", processes=1)
    assert (again.added, again.changed, again.unchanged) == (0, 0, summary.added)


def test_a_file_in_an_archive_goes_with_it(tmp_path: Path) -> None:
    archive = write(tmp_path / "a.zip", zipped({"a.txt": report(0).encode(), "b.txt": b""}))
    data = tmp_path / "data"
    assert build([archive], data=data).added == 1
    with Catalogue.open(data) as catalogue:
        assert [each.document for each in catalogue.reports()] == ["a.zip/a.txt"]
    archive.write_bytes(zipped({"c.txt": report(1).encode()}))
    os.utime(archive, ns=(1, 1))
    renewed = build([archive], data=data, prune=True)
    assert (renewed.added, renewed.removed) == (1, 1)
    with Catalogue.open(data) as catalogue:
        assert [each.document for each in catalogue.reports()] == ["a.zip/c.txt"]


@pytest.mark.parametrize("name", ["a.pdf", "a.docx", "a.html", "a.zip"])
def test_whatever_is_damaged_in_a_file_is_told_in_one_line(name: str, tmp_path: Path) -> None:
    whole = {
        "a.pdf": made_files.pdf(report(0)),
        "a.docx": made_files.docx(report(0)),
        "a.html": made_files.html(report(0)),
        "a.zip": zipped({"a.txt": report(0).encode(), "b.docx": made_files.docx(report(1))}),
    }[name]
    rng = random.Random(name)  # noqa: S311 - no secret
    for _ in range(60):
        data = bytearray(whole)
        for _ in range(rng.choice([1, 3, 30])):
            data[rng.randrange(len(data))] = rng.randrange(256)
        write(tmp_path / name, bytes(data))
        for source in find_sources([tmp_path / name]):
            try:
                assert load(source).text
            except SourceError as error:
                assert "\n" not in str(error)  # noqa: PT017 - either may be
