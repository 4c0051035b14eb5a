"""Conversations, saving, citations and votes in a real browser, over the sample reports."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from assistant.answer import Assistant, open_assistant
from assistant.records.bundle import read_bundle
from assistant.records.conversations import conversation_of
from assistant.records.feedback import Feedback, read_feedback
from assistant.settings import Settings
from assistant.types import Answer, Writing
from assistant.verification.corpora import Corpora
from assistant.verification.files import Files
from assistant.verification.findings import fails
from assistant.verification.verify import verify
from assistant.web.app import create_app, start
from index.build import build
from tests.assistant.web.conftest import OpenPage
from tests.conftest import SEEDS
from tests.windows import new_window

FIRST = "what GDP growth did Jiaozuo target"
SECOND = "And Yumen?"
WIDTH = 1100
"""In a wider window the list of conversations has no button: it is there."""
HARM = '<img src=x onerror="document.title=`harmed`">'

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
"""Gradio's own server raises both; what is ours has tests of its own."""


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("history") / "data"
    build([SEEDS / "reports"], data=folder)
    return folder


@pytest.fixture(scope="module")
def url(data: Path) -> Iterator[str]:
    app = create_app(open_assistant(Settings(data=data)))
    yield start(app)
    app.close()


@pytest.fixture
def opened(visit: OpenPage, url: str) -> OpenPage:
    return partial(visit, url, width=WIDTH)


def ask(page: Page, question: str) -> None:
    """Ask, and wait until the browser has kept the answer."""
    asked = page.locator("#chat .user-row").count() + 1
    page.fill("#question textarea", question)
    page.press("#question textarea", "Enter")
    expect(page.locator("#chat .votes")).to_have_count(asked)
    page.wait_for_function(f"Object.values(localStorage).some({_HAS_TURNS % asked})")


_HAS_TURNS = "text => { try { return JSON.parse(text).turns.length === %d } catch { return false }}"


def kept(page: Page) -> list[dict[str, Any]]:
    texts: list[str] = page.evaluate(
        "Object.keys(localStorage).filter(key => key.startsWith('baogao:conversation:'))"
        ".map(key => localStorage[key])"
    )
    return [json.loads(text) for text in texts]


def rows(page: Page) -> Locator:
    """Open the list of conversations and return its rows."""
    page.click("#conversations-button")
    expect(page.locator("#conversations")).to_be_visible()
    return page.locator("#conversations li")


def answers(page: Page) -> Locator:
    return page.locator("#chat .bot-row")


def test_a_conversation_survives_a_reload_with_its_marks_and_sources(opened: OpenPage) -> None:
    page = opened()
    ask(page, FIRST)
    ask(page, SECOND)
    before = answers(page).all_inner_texts()
    page.reload()
    expect(answers(page)).to_have_count(2)
    assert answers(page).all_inner_texts() == before
    expect(page.locator("#cards .shown .source h3").first).to_contain_text("Yumen")
    page.locator("#chat a.cite").first.click()
    expect(page.locator("#source-1-1 h3")).to_contain_text("Jiaozuo")
    expect(page.locator("#open-title")).to_have_text(FIRST)


def test_an_opened_conversation_goes_on_where_it_was(opened: OpenPage) -> None:
    page = opened()
    ask(page, FIRST)
    page.click("#new-chat")
    expect(answers(page)).to_have_count(0)
    expect(page.locator("#open-title")).to_be_empty()
    rows(page).get_by_role("button", name=FIRST).first.click()
    expect(answers(page)).to_have_count(1)
    ask(page, SECOND)
    expect(answers(page).last).to_contain_text("8%")
    assert [len(each["turns"]) for each in kept(page)] == [2]


def test_a_new_chat_is_another_conversation(opened: OpenPage) -> None:
    page = opened()
    ask(page, FIRST)
    page.click("#new-chat")
    expect(answers(page)).to_have_count(0)
    ask(page, "What was Yumen's GDP in 1999?")
    page.wait_for_function("Object.keys(localStorage).length === 2")
    expect(rows(page)).to_have_count(2)
    expect(page.locator("#conversations li").first).to_contain_text("open now")


def test_conversations_are_private_to_a_browser(
    opened: OpenPage, browser: Browser, url: str
) -> None:
    page = opened()
    ask(page, FIRST)
    another = new_window(browser, viewport={"width": WIDTH, "height": 860})
    other = another.new_page()
    other.goto(url)
    expect(rows(other)).to_have_text("No conversations kept yet.")
    another.close()


def test_a_conversation_is_renamed_with_the_keyboard_alone(opened: OpenPage) -> None:
    page = opened()
    ask(page, FIRST)
    page.focus("#conversations-button")
    page.keyboard.press("Enter")
    expect(page.locator("#conversations")).to_be_visible()
    for _ in ("search", "title", "rename"):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.type("left alone")
    page.keyboard.press("Escape")
    expect(page.locator("#conversations li .title")).to_have_text(FIRST)
    page.keyboard.press("Enter")
    page.keyboard.type(f"焦作 {HARM}"[:50])
    page.keyboard.press("Enter")
    expect(page.locator("#open-title")).to_contain_text("焦作 <img")
    page.keyboard.press("Escape")
    expect(page.locator("#conversations")).to_be_hidden()
    ask(page, SECOND)
    page.reload()
    expect(page.locator("#open-title")).to_contain_text("焦作 <img")
    assert "harmed" not in page.title()


def test_a_deleted_conversation_comes_back_by_undo(opened: OpenPage) -> None:
    page = opened()
    ask(page, FIRST)
    list_ = rows(page)
    list_.get_by_role("button", name="Delete").press("Enter")
    expect(answers(page)).to_have_count(0)
    assert kept(page) == []
    page.keyboard.press("Enter")  # "Undo" has the focus
    expect(list_.locator(".title")).to_have_text(FIRST)
    assert len(kept(page)) == 1


def test_a_deleted_conversation_stays_away_after_a_reload(opened: OpenPage) -> None:
    page = opened()
    ask(page, FIRST)
    rows(page).get_by_role("button", name="Delete").click()
    expect(answers(page)).to_have_count(0)
    page.reload()
    expect(page.locator("#masthead h1")).to_be_visible()
    expect(rows(page)).to_have_text("No conversations kept yet.")


BROKEN = {
    "baogao:conversation:a": "{",
    "baogao:conversation:b": "null",
    "baogao:conversation:c": '{"id": "other", "title": "t", "turns": []}',
    "baogao:conversation:d": '{"id": "d", "title": 7, "turns": []}',
    "foreign": "{}",
}


def test_what_others_wrote_into_the_store_is_passed_over(opened: OpenPage) -> None:
    page = opened()
    page.evaluate("items => Object.assign(localStorage, items)", BROKEN)
    page.evaluate("sessionStorage['baogao:open'] = 'a'")
    page.reload()
    expect(page.locator("#masthead h1")).to_be_visible()
    ask(page, FIRST)
    expect(rows(page)).to_have_count(1)
    assert page.evaluate("items => Object.keys(items).every(key => key in localStorage)", BROKEN)


@pytest.mark.parametrize(
    "change",
    [
        {"version": 0},
        {"turns": [{"question": HARM, "answer": {"answer": HARM}}]},
        {"turns": [7]},
    ],
)
def test_a_conversation_of_another_form_is_not_opened_and_says_so(
    opened: OpenPage, change: dict[str, Any]
) -> None:
    page = opened()
    ask(page, FIRST)
    (conversation,) = kept(page)
    page.click("#new-chat")
    expect(answers(page)).to_have_count(0)
    page.evaluate(
        "kept => localStorage['baogao:conversation:' + kept.id] = JSON.stringify(kept)",
        {**conversation, **change},
    )
    rows(page).get_by_role("button", name=FIRST).first.click()
    expect(page.locator("#chat-status")).to_contain_text("cannot be read")
    expect(answers(page)).to_have_count(0)
    ask(page, "What was Yumen's GDP in 1999?")
    expect(page.locator("#chat-status")).to_be_empty()
    assert "harmed" not in page.title()


def test_markup_in_what_was_kept_is_shown_as_text(opened: OpenPage) -> None:
    page = opened()
    ask(page, FIRST)
    (conversation,) = kept(page)
    (turn,) = conversation["turns"]
    turn["question"] = turn["answer"]["question"] = conversation["title"] = HARM
    turn["answer"]["answer"] += HARM
    for citation in turn["answer"]["citations"]:
        citation.update(document=HARM, title=HARM, region=HARM, quote=HARM)
    for figure in turn["answer"]["figures"]:
        figure.update(region=HARM, unit=HARM, qualifier=HARM)
    page.evaluate(
        "kept => localStorage['baogao:conversation:' + kept.id] = JSON.stringify(kept)",
        conversation,
    )
    page.reload()
    expect(answers(page)).to_contain_text("<img src=x")
    expect(page.locator("#cards .shown .held").first).to_be_visible()
    assert page.locator("img[src=x]").count() == 0
    assert "harmed" not in page.title()


def test_a_source_that_the_index_no_longer_holds_is_shown_as_it_was_cited(opened: OpenPage) -> None:
    page = opened()
    ask(page, FIRST)
    (conversation,) = kept(page)
    gone, changed = conversation["turns"][0]["answer"]["citations"]
    gone["document"] = "gone.txt"
    changed["quote"] = "别的字句"
    page.evaluate(
        "kept => localStorage['baogao:conversation:' + kept.id] = JSON.stringify(kept)",
        conversation,
    )
    page.reload()
    cards = page.locator("#cards .shown .source")
    expect(cards.nth(0).locator(".held")).to_contain_text("no longer holds this file")
    expect(cards.nth(0).locator(".cleaned mark")).to_have_text("地区生产总值增长7%")
    expect(cards.nth(1).locator(".held")).to_contain_text("has changed")
    expect(cards.nth(1).locator(".cleaned mark")).to_have_text("别的字句")


def test_the_store_is_bounded_and_drops_the_oldest(opened: OpenPage) -> None:
    page = opened()
    page.evaluate(
        """for (let n = 0; n < 60; n += 1) {
          const updated = `2020-01-01T00:00:${String(n).padStart(2, "0")}Z`;
          const kept = { version: 1, id: `old${n}`, title: `old ${n}`, updated, turns: [] };
          localStorage[`baogao:conversation:old${n}`] = JSON.stringify(kept);
        }"""
    )
    ask(page, FIRST)
    titles = {each["title"] for each in kept(page)}
    assert titles == {FIRST, *(f"old {n}" for n in range(11, 60))}


def test_a_browser_that_keeps_nothing_says_so_and_still_answers(browser: Browser, url: str) -> None:
    made = new_window(browser)
    made.add_init_script("Storage.prototype.setItem = () => { throw new Error('full') }")
    page = made.new_page()
    page.goto(url)
    page.fill("#question textarea", FIRST)
    page.press("#question textarea", "Enter")
    expect(answers(page)).to_contain_text("7%")
    expect(page.locator("#chat-status")).to_contain_text("did not keep the conversation")
    expect(page.locator("#saving-button")).to_be_enabled()
    made.close()


def saved(page: Page, kind: str) -> Path:
    expect(page.locator("#saving-button")).to_be_enabled()
    page.click("#saving-button")
    choice = page.locator("#saving").get_by_role("button", name=kind)
    expect(choice).to_be_visible()
    with page.expect_download() as started:
        choice.click()
    assert started.value.suggested_filename.startswith("what GDP growth")
    return Path(started.value.path())


def test_a_conversation_is_saved_as_markdown_with_its_sources(opened: OpenPage) -> None:
    page = opened()
    ask(page, FIRST)
    ask(page, SECOND)
    text = saved(page, "Markdown").read_text("utf-8")
    assert text.count("\n## ") == 2
    assert "[1]" in text
    assert "地区生产总值增长8%" in text
    assert "characters 1285–1295" in text


def test_the_evidence_that_the_page_saves_is_verified(opened: OpenPage, tmp_path: Path) -> None:
    page = opened()
    ask(page, FIRST)
    ask(page, SECOND)
    expect(page.locator("#question .submit-button")).to_be_visible()  # nothing is under way
    bundle = read_bundle(saved(page, "Evidence"))
    with Corpora(Files.among([SEEDS / "reports"]), Settings(data=tmp_path)) as corpora:
        findings = verify(bundle, corpora)
    assert {finding.turn for finding in findings} == {0, 1, 2}
    assert not fails(findings)
    assert "proved" in {finding.verdict for finding in findings}


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ("Plain text", "characters 2266–2289"),
        ("GB/T 7714", "[R]. 焦作市: 焦作市人民政府, 2023."),
        ("BibTeX", "@techreport{baogao-001-7692730640d39c1c-2266,"),
    ],
)
def test_a_citation_is_copied_and_the_page_says_so(opened: OpenPage, form: str, words: str) -> None:
    page = opened()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(page, FIRST)
    menu = page.locator("#source-1-1 .citing")
    menu.locator("summary").press("Enter")
    menu.get_by_role("button", name=form).press("Enter")
    expect(menu.locator(".said")).to_have_text(f"Copied · {form}")
    assert words in page.evaluate("navigator.clipboard.readText()")


def test_votes_are_noted_with_their_reason_and_shown_again(opened: OpenPage, data: Path) -> None:
    page = opened()
    ask(page, FIRST)
    ask(page, SECOND)
    up = page.get_by_role("button", name="Helpful", exact=True)
    down = page.get_by_role("button", name="Not helpful", exact=True)
    down.last.click()
    page.get_by_role("textbox", name="What was good or wrong?").fill(f"year {HARM}")
    page.keyboard.press("Enter")
    expect(page.locator("#chat .reason")).to_have_text("Noted in the data folder of this machine.")
    up.first.press("Enter")
    expect(up.first).to_have_attribute("aria-pressed", "true")
    (conversation,) = kept(page)

    def noted_here() -> list[Feedback]:
        return [each for each in read_feedback(data)[0] if conversation["id"] in each.about]

    noted = noted_here()
    assert [(each.vote, each.reason) for each in noted] == [("down", f"year {HARM}"), ("up", "")]
    assert noted[0].history == (FIRST,)
    again = conversation_of(conversation)
    assert noted[0].exchange == again.exchanges[1]
    page.reload()
    expect(down.last).to_have_attribute("aria-pressed", "true")
    down.last.click()
    expect(down.last).to_have_attribute("aria-pressed", "false")
    assert [each.vote for each in noted_here()] == ["up"]


@pytest.mark.parametrize(
    ("locale", "button", "nothing", "save"),
    [
        ("zh-CN", "历史对话", "还没有保存的对话。", "导出"),
        ("zh-TW", "歷史對話", "還沒有儲存的對話。", "匯出"),
        ("en-US", "Conversations", "No conversations kept yet.", "Save"),
    ],
)
def test_the_bar_speaks_the_browsers_language(
    opened: OpenPage, locale: str, button: str, nothing: str, save: str
) -> None:
    page = opened(locale)
    expect(page.locator("#conversations-button")).to_have_text(button)
    expect(page.locator("#saving-button")).to_have_text(save)
    expect(rows(page)).to_have_text(nothing)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_narrow_window_holds_the_bar_the_menus_and_the_votes(
    opened: OpenPage, scheme: str
) -> None:
    page = opened("zh-CN", width=390, color_scheme=scheme)
    ask(page, "玉门2023年八个方面重点工作是哪些")
    page.locator("#chat .vote.up").click()
    expect(page.locator("#chat .reason input")).to_be_visible()
    for menu in ("conversations", "saving"):
        page.click(f"#{menu}-button")
        box = page.locator(f"#{menu}").bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
        page.keyboard.press("Escape")
    page.locator("#chat a.cite").first.click()
    page.locator("#cards .citing summary").first.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


class Waiting(Assistant):
    """Answers when it is let go on."""

    def stream(self, question: str, **given: Any) -> Iterator[Writing | Answer]:  # noqa: ANN401
        if question == SECOND:
            assert LET_GO.wait(120)
        yield from super().stream(question, **given)


LET_GO = Event()


def test_an_answer_that_comes_late_does_not_enter_a_conversation_opened_since(
    visit: OpenPage, data: Path
) -> None:
    whole = open_assistant(Settings(data=data))
    app = create_app(Waiting(whole.searcher, whole.gazetteer, whole.lexicon))
    page = visit(start(app), width=WIDTH)
    ask(page, FIRST)
    page.click("#new-chat")
    expect(answers(page)).to_have_count(0)
    page.fill("#question textarea", SECOND)
    page.press("#question textarea", "Enter")
    expect(page.locator("#chat .user-row")).to_contain_text(SECOND)
    with page.expect_response(re.compile("/reset$")):  # the answer has come, and was not taken
        rows(page).get_by_role("button", name=FIRST).first.click()
        expect(answers(page)).to_contain_text("7%")
        LET_GO.set()
    ask(page, "What was Yumen's GDP in 1999?")
    assert [len(each["turns"]) for each in kept(page)] == [2]
    expect(page.locator("#chat .user-row")).to_have_count(2)
    app.close()


def test_a_long_name_of_a_file_is_cut_and_safe(opened: OpenPage) -> None:
    page = opened()
    ask(page, "焦作/玉门:GDP*目标?" + "很长" * 60)
    page.click("#saving-button")
    with page.expect_download() as started:
        page.locator("#saving [data-save=markdown]").click()
    name = started.value.suggested_filename
    assert name.endswith(".md")
    assert not re.search(r'[\\/:*?"<>|]', name)
