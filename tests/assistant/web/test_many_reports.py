"""The tabs and the reader over an index of many reports, where one is named."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from assistant.answer import open_assistant
from assistant.settings import Settings
from assistant.web.app import create_app, start
from tests.assistant.web.conftest import OpenPage

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
"""Gradio's own server raises both; what is ours has tests of its own."""

SHOWN = {
    "figures": "#figures-tab tr[data-figure]",
    "promises": "#promises-tab .scores tbody tr",
    "trends": "#trends-tab .trend tbody tr",
    "reports": "#reports-tab .reports tbody tr",
}


@pytest.fixture(scope="module")
def many() -> Iterator[str]:
    """The address of the page over many reports."""
    folder = os.environ.get("BAOGAO_MANY")
    if not folder:
        pytest.skip("BAOGAO_MANY names no index of many reports (`baogao index` makes one)")
    assistant = open_assistant(Settings(data=Path(folder), read_only=True))
    app = create_app(assistant)
    yield start(app)
    app.close()


@pytest.mark.parametrize("locale", ["zh-CN", "en-US"])
def test_every_tab_is_filled(visit: OpenPage, many: str, locale: str) -> None:
    page = visit(many, locale, width=1440)
    for tab, rows in SHOWN.items():
        page.locator(f"#{tab}-tab-button").click()
        expect(page.locator(rows).first).to_be_visible()


def test_the_report_with_most_figures_is_opened(visit: OpenPage, many: str) -> None:
    page = visit(f"{many}#/reports", "zh-CN", width=1440)
    page.get_by_role("button", name="数据", exact=True).click()
    page.locator("#reports-tab .reports tbody .title a").first.click()
    expect(page.locator("#reader .reader-text p").first).to_be_visible()
