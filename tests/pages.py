"""The pages that people read, taken apart: their blocks of code, and the commands they name.

A block runs as a reader would run it, unless `<!-- not run: REASON -->` stands above it. A block of
`text` behind another is what that prints; `…` in it stands for anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGES = sorted(
    [
        *(ROOT / name for name in ("README.md", "README.zh.md", "SECURITY.md", "CONTRIBUTING.md")),
        *(ROOT / "docs").rglob("*.md"),
    ]
)

SERVED = "http://127.0.0.1:7860/"
"""Where pages have the chat served; a block with it needs a server."""

_BLOCK = re.compile(
    r"^(?:<!-- not run: (?P<reason>[^\n]+) -->\n)?```(?P<language>\w*)\n(?P<code>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
_SPAN = re.compile(r"(?<!`)`([^`\n]+(?:\n[^`\n]+)?)`(?!`)")
_PROGRAM = re.compile(r"(?:^|[\s\"'/;&|])baogao +(?P<rest>[^\n#|>&]*)")


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block of a page: what it is written in, and why it is not run, None if it is."""

    page: Path
    line: int
    language: str
    code: str
    reason: str | None
    printed: str | None = None

    @property
    def name(self) -> str:
        """Where it stands, for a reader of test results."""
        return f"{self.page.relative_to(ROOT)}:{self.line}"


def blocks(page: Path) -> list[Block]:
    """Return the blocks of a page in order, each with what a block behind it says it prints."""
    text = page.read_text(encoding="utf-8")
    found: list[Block] = []
    end = 0
    for match in _BLOCK.finditer(text):
        is_output = match["language"] == "text" and found and not text[end : match.start()].strip()
        line = text.count("\n", 0, match.start()) + 1
        if is_output:
            before = found.pop()
            found.append(
                Block(page, before.line, before.language, before.code, before.reason, match["code"])
            )
        else:
            found.append(Block(page, line, match["language"], match["code"], match["reason"]))
        end = match.end()
    return found


def shown() -> list[Block]:
    """Return every block of the README, in each language, and of docs."""
    docs = ROOT / "docs"
    pages = (page for page in PAGES if page.name.startswith("README") or docs in page.parents)
    return [block for page in pages for block in blocks(page)]


def fits(printed: str, shown: str) -> bool:
    """Say whether what was printed is what a page shows, where `…` stands for anything."""
    pattern = ".*?".join(map(re.escape, shown.strip().split("…")))
    return re.fullmatch(pattern, printed.strip(), re.DOTALL) is not None


def named_commands(page: Path) -> Iterator[str]:
    """Yield what stands behind the program's name, wherever a page names a command of it."""
    text = page.read_text(encoding="utf-8")
    for block in blocks(page):
        if block.language in ("sh", "console"):
            yield from (match["rest"].strip() for match in _PROGRAM.finditer(block.code))
    for span in _SPAN.findall(_BLOCK.sub("", text)):
        for match in _PROGRAM.finditer(" ".join(span.split())):
            yield match["rest"].strip()


def named_options(page: Path) -> Iterator[str]:
    """Yield the options that stand alone in a page's running text: `--prune`, `--scope PLACE`."""
    text = _BLOCK.sub("", page.read_text(encoding="utf-8"))
    for span in _SPAN.findall(text):
        if span.startswith("-"):
            yield span.split()[0].split("=")[0]
