from __future__ import annotations

import pytest

from index.errors import SourceError
from index.formats.web_page import read_page
from index.text.front_matter import front_matter
from tests import made_files

TEXT = "\n".join(
    ["——2023年1月13日在焦作市第十四届人民代表大会第一次会议上", "各位代表："]
    + [f"第{n}段，地区生产总值增长{n}%，新增就业{n}万人，城乡居民收入稳步提高。" for n in range(20)]
)


def test_the_text_is_what_the_page_was_made_for() -> None:
    text = read_page(made_files.html(TEXT)).text
    for line in TEXT.split("\n"):
        assert line in text
    for chrome in ("互动交流", "常务会议", "版权所有", "99%", "88%", "分享到"):
        assert chrome not in text


def test_title_address_and_date_stand_above_as_front_matter() -> None:
    found = front_matter(read_page(made_files.html(TEXT, title="焦作市政府工作报告")).text)
    assert found
    assert {key: value for key, (value, _) in found.entries.items()} == {
        "title": "焦作市政府工作报告",
        "url": "http://www.example.gov.cn/art/2023/1/31/art_1.html",
        "published": "2023-01-31",
    }


def test_the_day_of_publication_is_that_of_the_head_and_none_of_the_text() -> None:
    page = made_files.html(TEXT).decode().replace("2023/1/31/", "")
    assert "published" not in read_page(page.encode()).text
    said = page.replace("<title>", '<meta name="PubDate" content="2023-02-01 10:00"><title>')
    assert "published: 2023-02-01\n" in read_page(said.encode()).text


@pytest.mark.parametrize(
    ("declared", "written", "read_as"),
    [
        ("gb2312", "gb18030", "gb18030"),
        ("gbk", "gb18030", "gb18030"),
        ("big5", "big5hkscs", "big5hkscs"),
        ("utf-8", "gb18030", "gb18030"),  # declared wrongly
        ("no-such", "utf-8", "utf-8"),
        ("utf-8", "utf-8", "utf-8"),
    ],
)
def test_a_page_is_decoded_as_it_declares_if_that_holds(
    declared: str, written: str, read_as: str
) -> None:
    page = made_files.html(TEXT).decode().replace('charset="utf-8"', f'charset="{declared}"')
    text = page if written != "big5hkscs" else page.replace("报", "報").replace("长", "長")
    found = read_page(text.encode(written, "xmlcharrefreplace"))
    assert found.encoding == read_as
    assert "万人" in found.text


@pytest.mark.parametrize("page", ["<html></html>", "<html><script>var a = 1;</script></html>"])
def test_a_page_without_text_is_refused(page: str) -> None:
    with pytest.raises(SourceError, match="no text of its own"):
        read_page(page.encode())
