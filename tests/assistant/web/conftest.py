"""A page over the sample reports for the tests that only read it, served once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from assistant.answer import open_assistant
from assistant.settings import Settings
from assistant.web.app import create_app, start

OpenPage = Callable[..., Page]

expect.set_options(timeout=20_000)
"""What is waited for comes in a second; a busy machine may take longer."""


@pytest.fixture(scope="package")
def samples(seeds_index: Path) -> Iterator[str]:
    """The address of the page over the sample reports, which no test may change."""
    app = create_app(open_assistant(Settings(data=seeds_index)))
    yield start(app)
    app.close()


@pytest.fixture
def visit(browser: Browser) -> Iterator[OpenPage]:
    """Open an address of the page in a browser of its own, in a language and a width."""
    contexts = []

    def visit_page(
        address: str,
        locale: str = "en-US",
        width: int = 1280,
        **more: Any,  # noqa: ANN401 - Playwright's own
    ) -> Page:
        context = browser.new_context(
            locale=locale, viewport={"width": width, "height": 860}, **more
        )
        contexts.append(context)
        page = context.new_page()
        page.goto(address)
        expect(page.locator("#masthead h1")).to_be_visible()
        return page

    yield visit_page
    for context in contexts:
        context.close()
