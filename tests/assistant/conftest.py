"""A real browser for the tests of the page, started once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser import find_chromium
from tests.windows import Tabs, Windows


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """A headless Chromium; a test that needs one fails plainly where there is none."""
    program = find_chromium()
    assert program, "no Chromium for the browser tests: run `python -m tests.browser`"
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=str(program), args=["--no-sandbox"])
        yield launched
        launched.close()


@pytest.fixture(scope="package")
def windows(browser: Browser) -> Windows:
    """The browser's windows, which one test after the other has."""
    return Windows(browser)


@pytest.fixture
def tabs(windows: Windows) -> Iterator[Tabs]:
    """Pages for one test, in windows that hold nothing of the tests before."""
    with windows.lent() as lent:
        yield lent
