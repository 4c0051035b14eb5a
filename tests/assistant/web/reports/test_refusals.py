"""Why a file is not taken in is told in the page's language, as the index says it today."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.web.reports.refusals import refusal_of
from index.errors import SourceError
from index.ingestion.loaders import load

FILES = {
    "报告.pdf": (b"%PDF-1.4 broken", "PDF 已损坏"),
    "没有字.txt": (b" ", "没有文字"),
    "表.zip": (b"PK\x03\x04" + b"\0" * 200, "ZIP 文件是空的或已损坏"),
    "文字.docx": ("今年地区生产总值增长6%。".encode(), "内容不是 DOCX"),
    "旧.doc": (bytes.fromhex("d0cf11e0a1b11ae1"), "不是报告的文本"),
    "照片.heic": (b"\0\1\2\3", "不读这种文件"),
    "乱.txt": (b"\0\1\2\3" * 50, "编码读不出来"),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_cannot_be_read_is_told_so_and_not_offered_again(
    tmp_path: Path, name: str
) -> None:
    content, told = FILES[name]
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(SourceError) as error:
        load(path)
    said = str(error.value).removeprefix(f"{path}: ")
    refusal = refusal_of(said, "zh-Hans")
    assert told in refusal.reason
    assert not refusal.may_force
    assert refusal_of(said, "en").reason == said


def test_what_looks_like_no_report_may_be_taken_in_all_the_same() -> None:
    said = "its year 2090 is still to come: was it falsified?"
    refusal = refusal_of(said, "zh-Hant")
    assert refusal.reason == "2090年還沒有到，像是改過年份。"
    assert refusal.may_force


def test_what_has_no_words_here_is_shown_as_it_was_said() -> None:
    assert refusal_of("something new", "zh-Hans").reason == "something new"
