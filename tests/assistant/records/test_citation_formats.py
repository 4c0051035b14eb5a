from __future__ import annotations

import re

import pytest

from assistant.records.citation_formats import FORMS, formatted
from assistant.records.conversations import Document
from assistant.types import Citation

CITATION = Citation(
    n=2,
    document="焦作_2023.txt",
    start=2266,
    end=2289,
    quote="地区生产总值\n增长7%",
    title="焦作市政府工作报告",
    region="焦作市",
    year=2023,
)
DOCUMENT = Document(
    document="焦作_2023.txt",
    sha256="0" * 64,
    title="焦作市政府工作报告",
    region="焦作市",
    year=2023,
    date="2023-01-04",
    session="焦作市第十四届人民代表大会第一次会议",
    speaker="李亦博",
)
NOTHING_KNOWN = Citation(1, "a.txt", 0, 2, "甲乙", None, None, None)


def test_gbt7714_is_author_title_kind_place_publisher_and_year_with_the_quote_in_a_note() -> None:
    assert formatted(CITATION, DOCUMENT, "gbt7714", "zh-Hans") == (
        "[2] 李亦博. 焦作市政府工作报告[R]. 焦作市: 焦作市人民政府, 2023. "
        "引文：“地区生产总值 增长7%”"
        "（焦作市第十四届人民代表大会第一次会议，2023年1月4日，文件焦作_2023.txt，第2266—2289字）"
    )


def test_bibtex_escapes_what_tex_would_read() -> None:
    harmful = Citation(1, "a_b.txt", 0, 9, r"50% \& {x} $#~^", "T_1", "焦作市", 2023)
    entry = formatted(harmful, Document("a_b.txt"), "bibtex", "en")
    assert entry.startswith("@techreport{baogao-a-b-0,\n  author = {{焦作市人民政府}},\n")
    assert r"title = {{T\_1}}" in entry
    assert (
        r"“50\% \textbackslash{}\& \{x\} \$\#\textasciitilde{}\textasciicircum{}”; a\_b.txt"
    ) in entry
    unescaped = re.sub(r"\\[{}]", "", entry)
    assert unescaped.count("{") == unescaped.count("}")


def test_a_bibtex_key_is_ascii_and_differs_between_chinese_names() -> None:
    def key(name: str) -> str:
        citation = Citation(1, name, 5, 7, "甲乙", None, "焦作市", 2023)
        return formatted(citation, Document(name), "bibtex", "en").split("{")[1].split(",")[0]

    assert key("焦作_2023.txt").isascii()
    assert key("焦作_2023.txt") != key("玉门_2023.txt")


def test_a_month_stands_in_bibtex_without_braces() -> None:
    assert "  month = jan,\n" in formatted(CITATION, DOCUMENT, "bibtex", "zh-Hans")


def test_the_plain_form_speaks_the_language_of_the_reader() -> None:
    assert formatted(CITATION, DOCUMENT, "plain", "zh-Hans") == (
        "焦作市人民政府 李亦博，《焦作市政府工作报告》，焦作市第十四届人民代表大会第一次会议，"
        "2023年1月4日：“地区生产总值 增长7%”（文件焦作_2023.txt，第2266—2289字）。"
    )
    assert "characters 2266–2289" in formatted(CITATION, DOCUMENT, "plain", "en")
    assert "檔案" in formatted(CITATION, DOCUMENT, "plain", "zh-Hant")


@pytest.mark.parametrize("form", FORMS)
def test_what_is_not_known_is_left_out(form: str) -> None:
    (chosen,) = (each for each in FORMS if each == form)
    written = formatted(NOTHING_KNOWN, Document("a.txt"), chosen, "zh-Hans")
    assert "None" not in written
    assert "人民政府" not in written
    assert "[政府工作报告]" in written
    assert "author" not in written


def test_the_countrys_report_is_the_state_councils() -> None:
    citation = Citation(1, "a.txt", 0, 2, "甲乙", "政府工作报告", "中国", 2024)
    written = formatted(citation, Document("a.txt", speaker="李强"), "gbt7714", "zh-Hans")
    assert written.startswith("[1] 李强. 政府工作报告[R]. 国务院, 2024. ")
