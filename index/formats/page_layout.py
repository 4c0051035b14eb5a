"""The lines of printed pages become paragraphs: what is wrapped is joined, heads and feet go.

Where a line stands on its page tells what only print knows: an indent or a gap begins a paragraph,
and what stands on page after page at one height is a running head. Knows no file format.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from index.formats.extract import PAGE_TURN
from index.text.page_furniture import is_page_number


@dataclass(frozen=True, slots=True)
class Line:
    """A line of print: its text, its edges and the size of its characters, in points from below."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    size: float


def text_of_pages(pages: Sequence[Sequence[Line]]) -> str:
    """Return the text of pages, a line a paragraph, with `PAGE_TURN` where a page turns."""
    lines = [line for page in pages for line in page]
    if not lines:
        return ""
    setting = _Setting.of(lines)
    text: list[str] = []
    before: Line | None = None
    left = 0.0
    for number, page in enumerate(pages):
        turn = PAGE_TURN if number else ""
        if not page:
            text.append(turn)
            continue
        left_before, left = left, _left(page, setting)
        for index, line in enumerate(page):
            turned = turn if index == 0 else ""
            if before is None:
                text.append(turned + line.text)
            elif setting.goes_on(before, line, left_before if turned else left, left):
                text.append(turned + _glue(before.text, line.text) + line.text)
            else:
                text.append("\n" + turned + line.text)
            before = line
    return "".join(text) + "\n"


@dataclass(frozen=True, slots=True)
class _Setting:
    """How a text is set: its lines' usual width and step, and what begins its paragraphs.

    `width`, `step` (from line to line) and `left` (where lines begin) are in points. `indents` says
    whether paragraphs begin with an indent, `gaps` whether they stand apart.
    """

    width: float
    step: float
    left: float
    indents: bool
    gaps: bool

    @classmethod
    def of(cls, lines: Sequence[Line]) -> _Setting:
        widths = sorted(line.right - line.left for line in lines)
        width = widths[int(len(widths) * 0.9) - 1] if len(widths) > 1 else widths[0]
        steps = [
            upper.bottom - lower.bottom
            for upper, lower in pairwise(lines)
            if 0 < upper.bottom - lower.bottom < 4 * lower.size
        ]
        step = median(steps) if steps else 0.0
        wide = [line for line in lines if line.right - line.left > 0.7 * width]
        left = min((line.left for line in wide), default=0.0)
        indented = [line for line in wide if (line.left - left) / line.size > _INDENT]
        gaps = [each for each in steps if each > _GAP * step]
        return cls(width, step, left, len(indented) > len(wide) / 20, len(gaps) > len(steps) / 20)

    def goes_on(self, before: Line, line: Line, left_before: float, left: float) -> bool:
        """Say whether a line goes on with the paragraph of the one before it.

        Args:
            before: the line before it, maybe on another page.
            line: the line.
            left_before: where lines begin on the page of `before`.
            left: where they begin on the page of `line`.
        """
        if line.left - left > _INDENT * line.size:
            return False
        if abs(line.size - before.size) > 0.2 * before.size:
            return False
        on_one_page = line.bottom < before.bottom
        if on_one_page and self.step and before.bottom - line.bottom > _GAP * self.step:
            return False
        short_by = (left_before + self.width - before.right) / before.size
        if self.indents or (self.gaps and on_one_page):
            return short_by < _LONGEST_WORD
        return short_by < _RAGGED and before.text[-1] not in "。！？!?"


_INDENT = 0.9
"""Characters; a line that begins further to the right begins a paragraph, or is centred."""

_GAP = 1.4
"""Steps from line to line; a wider one parts paragraphs."""

_LONGEST_WORD = 12.0
_RAGGED = 2.5
"""Characters by which a full line may fall short: a number or a word that did not fit stands in
the next. Where paragraphs have no indent, shortness alone tells their ends."""


def _left(page: Sequence[Line], setting: _Setting) -> float:
    """Return where the lines of a page begin; those of left and right pages may differ."""
    wide = [line.left for line in page if line.right - line.left > 0.5 * setting.width]
    return min(wide) if len(wide) > _FEW else setting.left


_FEW = 3  # lines of a page that may all be indented


def _glue(before: str, text: str) -> str:
    """Return what stands between a line's end and the next: Latin words are parted by spaces."""
    latin = [character.isascii() and character.isalnum() for character in (before[-1], text[0])]
    words = before[-1].isalpha() or text[0].isalpha()
    return " " if all(latin) and words else ""


# --- heads and feet -----------------------------------------------------------------------------


def without_furniture(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """Return the pages without running heads, feet and page numbers."""
    rims = [list(_rim(page)) for page in pages]
    often = Counter(key for rim in rims for key in {_key(line) for line in rim})
    least = max(_OFTEN, _SHARE * len(pages))
    furniture = {key for key, count in often.items() if count >= least}
    kept = []
    for page, rim in zip(pages, rims, strict=True):
        gone = [
            line
            for line in rim
            if _is_number(line, page)
            or (_key(line) in furniture and line.text[-1] not in _SENTENCE_GOES_ON)
        ]
        kept.append([line for line in page if line not in gone])
    return kept


_OFTEN = 3
_SHARE = 0.3
"""The least number and part of pages on which a head stands; left and right pages may differ."""

_RIM_LINES = 2
_SENTENCE_GOES_ON = "。；，、;,"


def _rim(page: Sequence[Line]) -> Iterator[Line]:
    """Yield the lines at the top and at the foot of a page."""
    by_height = sorted(page, key=lambda line: -line.top)
    yield from by_height[:_RIM_LINES]
    yield from by_height[_RIM_LINES:][-_RIM_LINES:]


def _key(line: Line) -> tuple[str, int]:
    """Return what running heads have in common: their words, numbers aside, and their height."""
    return re.sub(r"\d+", "#", "".join(line.text.split())), round(line.bottom / 6)


_PLAIN_NUMBER = re.compile(r"[-—–·.\s]*(?:\d{1,4}|[ivxlc]{1,6})(?:\s*/\s*\d{1,4})?[-—–·.\s]*", re.I)


def _is_number(line: Line, page: Sequence[Line]) -> bool:
    """Say whether a line is a page's number: the outermost one, and nothing else."""
    if not (is_page_number(line.text) or _PLAIN_NUMBER.fullmatch(line.text)):
        return False
    return line.bottom == min(each.bottom for each in page) or line.top == max(
        each.top for each in page
    )
