"""A page over the sample reports for the tests that only read it, served once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from assistant.answer import open_assistant
from assistant.settings import Settings
from assistant.web.app import create_app, start
from tests.windows import Tabs

OpenPage = Callable[..., Page]


@pytest.fixture(scope="package")
def samples(seeds_index: Path) -> Iterator[str]:
    """The address of the page over the sample reports, which no test may change."""
    app = create_app(open_assistant(Settings(data=seeds_index)))
    yield start(app)
    app.close()


@pytest.fixture
def visit(tabs: Tabs) -> OpenPage:
    """Open an address of the page as in a browser of its own, in a language and a width."""

    def visit_page(address: str, *how: Any, **more: Any) -> Page:  # noqa: ANN401 - as `open` has them
        page = tabs.open(address, *how, **more)
        expect(page.locator("#masthead h1")).to_be_visible()
        return page

    return visit_page
