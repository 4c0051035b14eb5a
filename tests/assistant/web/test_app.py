"""The web chat in a real browser, over the sample reports and one that was made to do harm."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from assistant.answer import open_assistant
from assistant.errors import ServerError
from assistant.settings import Settings
from assistant.web.app import create_app, start
from index.build import build
from tests.assistant.web.conftest import OpenPage
from tests.conftest import SEEDS
from tests.windows import new_window

QUESTION = "what GDP growth did Jiaozuo target"
HARM = '<img src=x onerror="document.title=`harmed`">'

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
"""Gradio's own server raises both; what is ours has tests of its own."""


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("web")
    harmful = folder / "harmful.txt"
    harmful.write_text(
        f"玉门市政府工作报告\n——2019年1月8日在玉门市人民代表大会上\n河东工程{HARM}已经完成。\n",
        "utf-8",
    )
    build([SEEDS / "reports", harmful], data=folder / "data")
    app = create_app(open_assistant(Settings(data=folder / "data")))
    yield start(app)
    app.close()


@pytest.fixture
def opened(visit: OpenPage, url: str) -> OpenPage:
    return partial(visit, url)


def ask(page: Page, question: str) -> None:
    answers = page.locator("#chat .bot-row")
    before = answers.count()
    page.fill("#question textarea", question)
    page.press("#question textarea", "Enter")
    expect(answers).to_have_count(before + 1)


def shown_marks(page: Page, kind: str) -> list[str]:
    return page.locator(f"#cards .shown .{kind} mark").all_inner_texts()


def test_an_answer_stands_beside_its_sources_with_the_clause_highlighted(
    opened: OpenPage,
) -> None:
    page = opened()
    ask(page, QUESTION)
    expect(page.locator("#chat .bot-row").last).to_contain_text("7%")
    expect(page.locator("#cards .shown .source").first).to_be_visible()
    assert "地区生产总值增长7%" in shown_marks(page, "cleaned")


def test_the_button_to_ask_is_there_after_every_answer(opened: OpenPage) -> None:
    page = opened()
    for year in range(2016, 2021):
        ask(page, f"What was Yumen's GDP in {year}?")
        expect(page.locator("#question .submit-button")).to_be_visible()
        expect(page.locator("#question .stop-button")).to_have_count(0)


def test_the_switch_shows_the_text_as_it_is_in_the_file(opened: OpenPage) -> None:
    page = opened()
    ask(page, QUESTION)
    page.locator("#show-original").check(force=True)
    expect(page.locator("#cards .shown .source .original").first).to_be_visible()
    expect(page.locator("#cards .shown .source .cleaned").first).to_be_hidden()
    assert "地區生產(chǎn)總值增長(cháng)7%" in shown_marks(page, "original")


def test_a_passage_has_one_card_with_all_its_marks_and_a_click_shows_which(
    opened: OpenPage,
) -> None:
    page = opened("zh-CN")
    ask(page, "列出焦作2023年全部主要预期目标")
    marks = page.locator("#chat a.cite")
    expect(marks).to_have_count(13)
    card = page.locator("#cards .shown .source")
    expect(card).to_have_count(1)
    marks.last.click()
    expect(card).to_have_class("source opened")
    strong = card.locator(".cleaned mark.strong")
    expect(strong.first).to_have_text("今年经济社会发展的主要预期目标是")
    expect(strong.last).to_contain_text("单位生产总值能耗")
    expect(card.locator(".at:visible")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(marks.last).to_be_focused()


def test_a_mark_tells_its_clause_before_it_is_followed(opened: OpenPage) -> None:
    page = opened()
    ask(page, QUESTION)
    page.locator("#chat a.cite").first.hover()
    expect(page.locator("#clause-tip")).to_have_text("地区生产总值增长7%")


def test_on_a_telephone_the_sources_are_a_sheet_that_closes_to_its_mark(opened: OpenPage) -> None:
    page = opened("zh-CN", width=390)
    ask(page, QUESTION)
    expect(page.locator("#sources")).to_be_hidden()
    mark = page.locator("#chat a.cite").first
    mark.click()
    expect(page.locator("#cards .shown .source").first).to_be_in_viewport()
    page.get_by_role("button", name="回到答案").click()
    expect(page.locator("#sources")).to_be_hidden()
    expect(mark).to_be_focused()


def test_a_mark_of_an_earlier_answer_still_opens_its_own_source(opened: OpenPage) -> None:
    page = opened()
    ask(page, QUESTION)
    ask(page, "And Yumen?")
    expect(page.locator("#cards .shown .source h3").first).to_contain_text("Yumen")
    page.locator("#chat a.cite").first.click()
    expect(page.locator("#source-1-1")).to_be_visible()
    expect(page.locator("#source-1-1 h3")).to_contain_text("Jiaozuo")


@pytest.mark.parametrize(
    ("locale", "heading"),
    [
        ("en-US", "Ask the government work reports"),
        ("zh-CN", "政府工作报告问答"),
        ("zh-TW", "政府工作報告問答"),
    ],
)
def test_the_page_speaks_the_browsers_language(opened: OpenPage, locale: str, heading: str) -> None:
    expect(opened(locale).locator("#masthead h1")).to_have_text(heading)


def test_an_abstention_is_shown_as_one(opened: OpenPage) -> None:
    page = opened()
    ask(page, "What was Yumen's GDP in 1999?")
    expect(page.locator("#chat .abstention")).to_contain_text("Not answered by the reports")


def test_markup_in_a_question_is_shown_as_text(opened: OpenPage) -> None:
    page = opened()
    ask(page, f"{HARM}<b>bold</b>")
    expect(page.locator("#chat .user-row").last).to_contain_text("<b>bold</b>")
    assert page.locator("#chat img[src=x]").count() == 0
    assert page.title() != "harmed"


def test_markup_in_a_report_is_shown_as_text(opened: OpenPage) -> None:
    page = opened("zh-CN")
    ask(page, "玉门的河东工程完成了吗")
    expect(page.locator("#cards .shown .source").first).to_contain_text("河东工程<img")
    assert page.locator("#cards img, #chat img[src=x]").count() == 0
    assert page.title() != "harmed"


def test_no_request_leaves_the_machine(browser: Browser, url: str) -> None:
    context = new_window(browser)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(url)
    expect(page.locator("#masthead h1")).to_be_visible()
    ask(page, QUESTION)
    context.close()
    assert asked
    assert [each for each in asked if not each.startswith((url, "data:", "blob:"))] == []


@pytest.mark.parametrize("width", [390, 1024])
def test_a_narrow_window_is_not_scrolled_sideways(opened: OpenPage, width: int) -> None:
    page = opened("zh-CN", width=width)
    ask(page, "焦作、猇亭、玉门三地固定资产投资目标增速比较")
    expect(page.locator("#cards .shown .source").first).to_be_attached()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_new_chat_begins_empty(opened: OpenPage) -> None:
    page = opened()
    ask(page, QUESTION)
    page.click("#new-chat")
    expect(page.locator("#chat .bot-row")).to_have_count(0)
    expect(page.locator("#offered button").first).to_be_visible()


def test_an_example_is_asked_with_a_click(opened: OpenPage) -> None:
    page = opened()
    example = page.locator("#offered button").first
    asked = example.inner_text()
    example.click()
    expect(page.locator("#chat .user-row").last).to_contain_text(asked)
    expect(page.locator("#chat .bot-row a.cite").first).to_be_visible()


def test_a_port_that_is_taken_is_one_clear_line(seeds_index: Path, url: str) -> None:
    port = int(url.rstrip("/").rsplit(":", 1)[1])
    app = create_app(open_assistant(Settings(data=seeds_index)))
    with pytest.raises(ServerError, match=f"127.0.0.1:{port} not to be had"):
        start(app, port=port)
