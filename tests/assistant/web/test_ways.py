"""The ways through the page in a real browser, in Chinese and in English: each is gone once."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.assistant.web.conftest import OpenPage

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
"""Gradio's own server raises both; what is ours has tests of its own."""

COMPARISON = {
    "zh-CN": "比较玉门、焦作、猇亭2023年GDP增长目标",
    "en-US": "Compare the 2023 GDP growth targets of Yumen, Jiaozuo and Xiaoting District",
}
BOTH = pytest.mark.parametrize("locale", COMPARISON)


def ask(page: Page, question: str) -> None:
    answers = page.locator("#chat .votes")
    before = answers.count()
    expect(page.locator("#question .submit-button")).to_be_visible()
    page.fill("#question textarea", question)
    page.press("#question textarea", "Enter")
    expect(answers).to_have_count(before + 1)


@BOTH
def test_an_answers_figures_open_in_their_tab_and_back_leads_to_the_answer(
    visit: OpenPage, samples: str, locale: str
) -> None:
    page = visit(samples, locale)
    ask(page, COMPARISON[locale])
    page.locator("#chat .ways a").first.click()
    rows = page.locator("#figures-tab tr[data-figure]")
    expect(rows).to_have_count(3)
    expect(page.locator('[data-side="place"] .chip').locator("visible=true")).to_have_count(3)
    expect(page.locator('#figures-tab [name="kind"]')).to_have_value("target")
    assert "place=410802" not in page.url
    assert "place=410800" in page.url
    assert "from=2023" in page.url
    page.locator("#figures-tab .to-answer").click()
    expect(page.locator("#chat .bot-row").last).to_be_in_viewport()
    assert "#" not in page.url
    page.go_forward()
    expect(rows.first).to_be_visible()


@BOTH
def test_words_that_an_answer_counted_are_followed_over_the_years(
    visit: OpenPage, samples: str, locale: str
) -> None:
    page = visit(samples, locale)
    ask(page, {"zh-CN": "哪些地方提到乡村振兴", "en-US": "Which places mention 乡村振兴?"}[locale])
    page.locator("#chat .ways a").last.click()
    expect(page.locator("table.trace-places")).to_contain_text("乡村振兴")
    expect(page.locator("#trends-tab .to-answer")).to_be_visible()


@pytest.mark.parametrize(
    ("locale", "chosen", "heading"),
    [
        ("zh-CN", "en", "Ask the government work reports"),
        ("en-US", "zh-Hant", "政府工作報告問答"),
    ],
)
def test_language_and_colours_are_chosen_in_the_head_and_kept(
    visit: OpenPage, samples: str, locale: str, chosen: str, heading: str
) -> None:
    page = visit(samples, locale)
    page.locator('#masthead [data-theme="dark"]').click()
    expect(page.locator("body.dark")).to_be_attached()
    page.locator(f'#masthead [data-language="{chosen}"]').click()
    expect(page.locator("#masthead h1")).to_have_text(heading)
    page.reload()
    expect(page.locator("#masthead h1")).to_have_text(heading)
    expect(page.locator("body.dark")).to_be_attached()
    assert page.locator("html").get_attribute("lang") == chosen


@pytest.mark.parametrize(
    ("locale", "said"), [("zh-CN", "连不上程序"), ("en-US", "The program cannot be reached")]
)
def test_a_server_that_is_gone_is_said_and_the_question_is_kept(
    visit: OpenPage, samples: str, locale: str, said: str
) -> None:
    page = visit(samples, locale)
    expect(page.locator("#offered button").first).to_be_visible()
    page.locator("#question textarea").press_sequentially(COMPARISON[locale][:20])
    page.route("**/gradio_api/**", lambda route: route.abort())
    page.press("#question textarea", "Enter")
    expect(page.get_by_text(said).first).to_be_visible()
    page.unroute("**/gradio_api/**")
    page.reload()
    expect(page.locator("#question textarea")).to_have_value(COMPARISON[locale][:20])


@BOTH
def test_a_conversation_begins_each_question_at_the_top_and_gives_its_answers_away(
    visit: OpenPage, samples: str, locale: str
) -> None:
    page = visit(samples, locale)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(page, COMPARISON[locale])
    ask(page, COMPARISON[locale].replace("2023", "2022"))
    last = page.locator("#chat .user-row").last
    expect(last).to_be_in_viewport()
    expect(page.locator("#chat .bot-row").last.locator("p").first).to_be_in_viewport()
    page.locator("#chat .act.again").first.click()
    expect(page.locator("#question textarea")).to_have_value(COMPARISON[locale])
    page.locator("#chat .act.copy").first.click()
    copied = "navigator.clipboard.readText().then(text => text.includes('001_7692730640d39c1c'))"
    page.wait_for_function(copied)
    with page.expect_download() as started:
        page.locator("#chat .act.csv").first.click()
    rows = csv.reader(io.StringIO(Path(started.value.path()).read_text("utf-8-sig")))
    assert len([row for row in rows if row]) == 4
