"""A whole conversation of eight turns in a real browser, in Chinese and in English."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from assistant.answer import open_assistant
from assistant.settings import Settings
from assistant.web import chat_html
from assistant.web.app import create_app, start
from tests.assistant.web.conftest import OpenPage

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
"""Gradio's own server raises both; what is ours has tests of its own."""

CHINESE = [
    ("焦作2023年GDP增长目标是多少", ["增长7%"]),
    ("玉门呢?", ["玉门市", "增长8%"]),
    ("玉门2022年GDP是多少", ["255亿元", "4.3%"]),
    ("它2023年八个方面重点工作是哪些", ["坚持项目攻坚不动摇", "坚持民生为本"]),
    ("玉门2015年GDP是多少", ["没有涉及2015年"]),
    ("焦作和玉门2023年GDP增长目标谁高", ["玉门市高于焦作市", "1个百分点"]),
    ("相差多少", ["8% − 7% = 1个百分点"]),
    ("焦作的报告人是谁", ["李亦博"]),
]
ENGLISH = [
    ("what GDP growth did Jiaozuo target", ["growth of 7%"]),
    ("And Yumen?", ["Yumen", "growth of 8%"]),
    ("What was Yumen's GDP in 2022?", ["25.5 billion yuan (255亿元)", "4.3%"]),
    ("What are the eight priorities of its work in 2023?", ["坚持项目攻坚不动摇", "坚持民生为本"]),
    ("What was Yumen's GDP in 2015?", ["do not cover 2015"]),
    (
        "Which has the higher GDP growth target for 2023, Jiaozuo or Yumen?",
        ["Yumen is above Jiaozuo", "1 percentage point"],
    ),
    ("By how much?", ["8% − 7% = 1 percentage point"]),
    ("Who delivered Jiaozuo's report?", ["Li Yibo (李亦博)"]),
]


@pytest.fixture(scope="module")
def url(seeds_index: Path) -> Iterator[str]:
    app = create_app(open_assistant(Settings(data=seeds_index)))
    yield start(app)
    app.close()


@pytest.mark.parametrize(("locale", "turns"), [("zh-CN", CHINESE), ("en-US", ENGLISH)])
def test_a_conversation_of_eight_turns(
    visit: OpenPage, url: str, locale: str, turns: list[tuple[str, list[str]]]
) -> None:
    page = visit(url, locale)
    answers, sections = page.locator("#chat .bot-row"), page.locator("#cards section.turn")
    for number, (question, said) in enumerate(turns, start=1):
        page.fill("#question textarea", question)
        page.press("#question textarea", "Enter")
        expect(answers).to_have_count(number)
        for words in said:
            expect(answers.last).to_contain_text(words)
        expect(sections).to_have_count(number)
        expect(page.locator("#cards section.turn.shown .asked")).to_have_text(question)
    answers.first.locator("a.cite").first.click()
    first = sections.first.locator(".source").first
    expect(first).to_be_visible()
    expect(first.locator('.cleaned mark[data-n="1"]')).to_have_text("地区生产总值增长7%")
    page.reload()
    expect(answers).to_have_count(len(turns))
    expect(answers.last).to_contain_text(turns[-1][1][0])


def test_a_question_sent_while_an_answer_is_written_is_asked_after_it(
    visit: OpenPage, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = threading.Event()

    def slowly(text: str) -> Iterator[int]:
        yield len(text) // 2
        written.wait(120)
        yield len(text)

    monkeypatch.setattr(chat_html, "pieces", slowly)
    page = visit(url, "zh-CN")
    answers, asked = page.locator("#chat .bot-row"), page.locator("#chat .user-row")
    for question, _ in CHINESE[:2]:
        page.fill("#question textarea", question)
        page.press("#question textarea", "Enter")
        expect(answers).to_have_count(1)
    expect(asked).to_have_count(1)
    expect(page.locator("#question textarea")).to_have_value(CHINESE[1][0])
    written.set()
    expect(asked).to_have_count(2)
    expect(answers).to_have_count(2)
    for words in CHINESE[1][1]:
        expect(answers.last).to_contain_text(words)
