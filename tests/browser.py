"""Find a Chromium for the browser tests, or install one: `python -m tests.browser`.

Knows nothing of the pages under test. `find_chromium` looks only; running the module installs.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FONTS = "fonts-noto-cjk"
"""Debian's package of Chinese fonts, without which screenshots show empty boxes."""


def find_chromium() -> Path | None:
    """Return the browser's program: `$CHROMIUM`, one on the path, or Playwright's own download."""
    named = os.environ.get("CHROMIUM")
    if named:
        return Path(named)
    for name in NAMES:
        found = shutil.which(name)
        if found:
            return Path(found)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        own = Path(playwright.chromium.executable_path)
    return own if own.exists() else None


def install() -> None:
    """Install Debian's Chromium when that is possible, else Playwright's."""
    if shutil.which("apt-get") and os.geteuid() == 0:
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-qq"], check=True, env=quiet)
        subprocess.run(
            ["apt-get", "install", "-y", "-qq", "chromium", FONTS], check=True, env=quiet
        )
    else:
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=True)


if __name__ == "__main__":
    if find_chromium() is None:
        install()
    found = find_chromium()
    sys.stdout.write(f"browser for the tests: {found}\n")
    sys.exit(0 if found else "no Chromium found: install one, or name it in CHROMIUM")
