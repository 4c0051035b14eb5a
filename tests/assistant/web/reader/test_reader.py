"""The reader of whole reports in a real browser, over the sample reports."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.assistant.web.conftest import OpenPage

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
"""Gradio's own server raises both; what is ours has tests of its own."""

JIAOZUO = "001_7692730640d39c1c.txt"


def ask(page: Page, question: str) -> None:
    page.fill("#question textarea", question)
    page.press("#question textarea", "Enter")
    expect(page.locator("#cards .shown .source").first).to_be_attached()


@pytest.mark.parametrize(
    ("locale", "read_on", "heading", "kind"),
    [
        ("zh-CN", "阅读全文", "焦作市 · 2023", "目标"),
        ("en-US", "Read on", "Jiaozuo · 2023", "target"),
    ],
)
def test_a_card_is_read_on_in_its_whole_report(
    visit: OpenPage, samples: str, locale: str, read_on: str, heading: str, kind: str
) -> None:
    page = visit(samples, locale)
    ask(page, "列出焦作2023年全部主要预期目标")
    page.locator("#chat a.cite").nth(1).click()
    page.get_by_role("link", name=read_on).first.click()
    reader = page.locator("#reader")
    expect(reader.locator("h2")).to_have_text(heading)
    expect(reader.locator("mark.strong")).to_have_text("常住人口城镇化率提高1个百分点左右")
    expect(reader.locator("mark.strong")).to_be_in_viewport()
    expect(reader.locator("mark")).to_have_count(14)
    reader.locator('.fig.target:text-is("7%")').first.hover()
    expect(page.locator("#figure-tip")).to_contain_text(kind)
    page.keyboard.press("Escape")
    expect(reader).to_be_hidden()
    expect(page.get_by_role("link", name=read_on).first).to_be_focused()


def test_an_address_opens_the_report_at_the_cited_words(visit: OpenPage, samples: str) -> None:
    page = visit(f"{samples}#/report/{JIAOZUO}?at=2266-2289", "zh-CN")
    expect(page.locator("#reader mark.strong")).to_have_text("地区生产总值增长7%")
    assert "?at=2266-2289" in page.url
    page.locator("#reader").get_by_text("原文").click()
    expect(page.locator("#reader mark.strong").last).to_contain_text("7%")
    expect(page.locator("#reader .reader-text")).to_contain_text("地區生產(chǎn)總值")


def test_words_are_found_in_the_text_and_the_outline_leads_to_its_parts(
    visit: OpenPage, samples: str
) -> None:
    page = visit(f"{samples}#/report/000_7cb2c06dccb75afe.txt", "zh-CN")
    search = page.locator("#reader .find input")
    search.fill("八个方面")
    expect(page.locator("#reader .found")).to_have_text("1/1")
    search.fill("没有这样的字")
    expect(page.locator("#reader .found")).to_have_text("0")
    last = page.locator("#reader .outline a").last
    heading = last.inner_text()
    last.click()
    headed = page.locator("#reader .reader-text p", has_text=heading[-6:])
    expect(headed.last).to_be_in_viewport()


def test_a_report_that_is_not_indexed_is_said_to_be_so(visit: OpenPage, samples: str) -> None:
    page = visit(f"{samples}#/report/gone.txt")
    expect(page.locator("#reader h2")).to_contain_text("This report is not indexed")
    expect(page.locator("#reader .find")).to_be_hidden()
    page.get_by_role("link", name="See which reports there are").click()
    expect(page.locator(".reports tbody tr")).to_have_count(5)


def test_the_reader_fits_a_telephone(visit: OpenPage, samples: str) -> None:
    page = visit(f"{samples}#/report/{JIAOZUO}?at=2266-2289", "zh-CN", 390)
    expect(page.locator("#reader mark.strong")).to_be_in_viewport()
    assert page.evaluate("document.querySelector('#reader').scrollWidth") <= 390
