"""Windows of a browser that tests share, and the pages that each test opens in them.

A window takes the browser as long as a page in it, so one of each kind stays open. Knows nothing
of the pages under test.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, expect

WITHIN = 60_000
"""Milliseconds that a busy machine has for what takes a second by itself; none is lost waiting."""

expect.set_options(timeout=WITHIN)


def new_window(browser: Browser, locale: str = "en-US", **more: Any) -> BrowserContext:  # noqa: ANN401 - Playwright's own
    """Return a window that shares nothing with any other."""
    context = browser.new_context(locale=locale, **more)
    context.set_default_timeout(WITHIN)
    return context


class Windows:
    """The windows of a browser by what they were asked to be."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._open: dict[str, tuple[BrowserContext, CDPSession]] = {}

    @contextmanager
    def lent(self) -> Iterator[Tabs]:
        """Lend the windows to one test; its pages, and all that they kept, are gone afterwards."""
        tabs = Tabs(self)
        yield tabs
        tabs.close()

    def window(self, locale: str, more: dict[str, Any]) -> tuple[BrowserContext, CDPSession]:
        """Return the window of a kind, and what clears it."""
        kind = repr((locale, sorted(more.items())))
        if kind not in self._open:
            context = new_window(self._browser, locale, **more)
            # A page that stays keeps the window open.
            self._open[kind] = context, context.new_cdp_session(context.new_page())
        return self._open[kind]


class Tabs:
    """The pages that one test has opened."""

    def __init__(self, windows: Windows) -> None:
        self._windows = windows
        self._opened: list[tuple[Page, CDPSession, str]] = []

    def open(
        self,
        address: str,
        locale: str = "en-US",
        width: int = 1280,
        **more: Any,  # noqa: ANN401 - Playwright's own
    ) -> Page:
        """Open an address in a page of its own that finds nothing kept."""
        context, clearing = self._windows.window(locale, more)
        page = context.new_page()
        page.set_viewport_size({"width": width, "height": 860})
        self._opened.append((page, clearing, address))
        page.goto(address)
        return page

    def close(self) -> None:
        """Close the pages, and clear what they kept."""
        for page, _, _ in self._opened:
            page.close()
        for page, clearing, address in self._opened:
            at = urlsplit(address)
            clearing.send(
                "Storage.clearDataForOrigin",
                {"origin": f"{at.scheme}://{at.netloc}", "storageTypes": "all"},
            )
            page.context.clear_cookies()
            page.context.clear_permissions()
