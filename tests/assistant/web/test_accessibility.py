"""The page for everyone: what axe finds in each tab, and the whole way by the keyboard alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.assistant.web.conftest import OpenPage

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
"""Gradio's own server raises both; what is ours has tests of its own."""

SHOWN = {
    "figures": "#figures-tab tr[data-figure]",
    "promises": "#promises-tab .promises tbody tr",
    "trends": "#trends-tab .trend tbody tr",
    "reports": "#reports-tab .reports tbody tr",
}
"""What stands in each tab once it is there."""
COMPARISON = {
    "zh-CN": "比较各地2023年GDP增长目标",
    "zh-TW": "比較各地2023年GDP增長目標",
    "en-US": "Compare the GDP growth targets for 2023",
}


COLOURS = "zh-CN"
"""Where colours are looked at, light and dark ones: they are the same in every language."""


def violations(page: Page, locale: str) -> list[str]:
    """What axe finds wrong, a line each: all its rules in light colours, contrast in dark ones."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    options = {"rules": {"color-contrast": {"enabled": locale == COLOURS}}}
    found = axe.run(page, options=options).response["violations"]
    if locale == COLOURS:
        page.emulate_media(color_scheme="dark")
        expect(page.locator("body.dark")).to_be_attached()
        found += axe.run(page, options={"runOnly": ["color-contrast"]}).response["violations"]
        page.emulate_media(color_scheme="light")
    return [f"{each['id']}: {node['html'][:120]}" for each in found for node in each["nodes"]]


def ask(page: Page, question: str) -> None:
    page.fill("#question textarea", question)
    page.press("#question textarea", "Enter")
    expect(page.locator("#cards .shown .source").first).to_be_attached()
    expect(page.locator("#following button").first).to_be_visible()


@pytest.mark.parametrize("locale", COMPARISON)
def test_axe_finds_nothing(visit: OpenPage, samples: str, locale: str) -> None:
    page = visit(samples, locale, width=1440)
    page.add_style_tag(content="* { transition: none !important }")  # colours change at once
    found = violations(page, locale)
    ask(page, COMPARISON[locale])
    page.locator("#chat a.cite").first.click()
    found += violations(page, locale)
    page.locator(".source.opened a.read-on").click()
    expect(page.locator("#reader mark.strong").first).to_be_visible()
    found += violations(page, locale)
    page.keyboard.press("Escape")
    for tab, rows in SHOWN.items():
        page.locator(f"#{tab}-tab-button").click()
        expect(page.locator(rows).first).to_be_visible()
        found += violations(page, locale)
    page.goto(f"{samples}#/trends?term=乡村振兴")
    expect(page.locator("table.trace-places")).to_be_visible()
    found += violations(page, locale)
    assert found == []


@pytest.mark.parametrize(
    ("locale", "question"),
    [
        ("zh-CN", "焦作2023年GDP增长目标是多少"),
        ("en-US", "what GDP growth did Jiaozuo target"),
    ],
)
def test_a_question_is_asked_read_and_saved_by_the_keyboard_alone(
    visit: OpenPage, samples: str, tmp_path: Path, locale: str, question: str
) -> None:
    page = visit(samples, locale)
    expect(page.locator("#question textarea")).to_be_focused()
    page.keyboard.type(question)
    page.keyboard.press("Enter")
    mark = page.locator("#chat a.cite").first
    expect(mark).to_be_visible()
    tab_to(page, mark, "Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".source.opened")).to_be_focused()
    read_on = page.locator(".source.opened a.read-on")
    tab_to(page, read_on)
    page.keyboard.press("Enter")
    expect(page.locator("#reader mark.strong").first).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(read_on).to_be_focused()
    page.keyboard.press("Escape")
    expect(mark).to_be_focused()
    tab_to(page, page.locator("#saving-button"), "Shift+Tab")
    page.keyboard.press("Enter")
    tab_to(page, page.locator('#saving [data-save="markdown"]'))
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    download.value.save_as(tmp_path / "saved.md")
    assert question in (tmp_path / "saved.md").read_text("utf-8")


def tab_to(page: Page, wanted: Locator, key: str = "Tab", most: int = 40) -> None:
    """Press `key` until `wanted` has the focus."""
    for _ in range(most):
        if wanted.evaluate("(each) => each === document.activeElement"):
            return
        page.keyboard.press(key)
    raise AssertionError(f"{wanted} is not reached with {key}")
