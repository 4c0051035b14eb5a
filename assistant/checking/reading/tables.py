"""The cells of a table in Markdown, each as the words it says with its header and its row's name.

Knows which of the two names the indicator, and nothing of what is counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from index.lexicon.indicators import Lexicon
from index.places.gazetteer import Gazetteer


@dataclass(frozen=True, slots=True)
class Cell:
    """The characters `start` to `end` of a row, and `words`, in which they begin at `given`."""

    start: int
    end: int
    words: str
    given: int


def is_row(line: str) -> bool:
    """Tell whether a line is a row of a table."""
    return len(line) > 2 and line[0] == "|" and line[-1] == "|"


@dataclass(slots=True)
class Table:
    """A table that is read row by row, the first of them its header."""

    gazetteer: Gazetteer
    lexicon: Lexicon
    header: list[str] | None = field(default=None)

    def cells(self, row: str) -> Iterator[Cell]:
        """Yield the cells of the next row that may hold numbers: none of the header, or a rule."""
        parts = [(found.start(), found[0]) for found in _CELL.finditer(row)]
        texts = [text.strip() for _, text in parts]
        if self.header is None:
            self.header = self._whole(texts)
            return
        if all(_RULE.fullmatch(text) for text in texts):
            return
        of_row = self._unit_of_row(texts)
        for (start, part), text, head in zip(parts[1:], texts[1:], self.header[1:], strict=False):
            if text:
                begin = start + len(part) - len(part.lstrip())
                before = self._before(texts[0], head)
                bare = not _UNIT_AT_END.search(text)
                unit = (of_row or _unit_of(texts[0], head)) if bare else ""
                yield Cell(begin, begin + len(text), f"{before}{text}{unit}", len(before))

    def _whole(self, heads: list[str]) -> list[str]:
        """Return a header in which 增速 alone is that of what stands before it."""
        whole: list[str] = []
        of = ""
        for head in heads:
            grows = _GROWS.fullmatch(head) or _AVERAGED.fullmatch(head)
            whole.append(f"{of}{head}" if grows else head)
            if not grows:
                of = _UNIT.sub("", head) if self._says_what(head) else ""
        return whole

    def _says_what(self, head: str) -> bool:
        """Say whether a head names an indicator, or a year whose growth may stand next to it."""
        return bool(self.lexicon.mentions(head) or _YEAR.search(head))

    def _unit_of_row(self, texts: list[str]) -> str:
        """Return what a row says in a column of units, "" where the table has none."""
        pairs = zip(texts, self.header or [], strict=False)
        return next((text for text, head in pairs if _UNITS.fullmatch(head)), "")

    def _before(self, name: str, head: str) -> str:
        """Return what is read before a cell, the part that names the indicator next to it."""
        corner = f"{self.header[0]} " if self.header and _YEAR.search(self.header[0]) else ""
        name, head = (_UNIT.sub("", each) for each in (name, head))
        if self.lexicon.mentions(name) and not self.lexicon.mentions(head):
            grows = _AVERAGED.search(head) or _GROWS.search(head)
            rest = head.replace(grows[0], " ") if grows else head
            return f"{corner}{rest},{name}{grows[0] if grows else ' '}"
        return f"{corner}{name} {head} "


_CELL = re.compile(r"(?<=\|)[^|]*(?=\|)")
_RULE = re.compile(r":?-{1,}:?|")
_YEAR = re.compile(r"(?:19|20)\d\d")
_UNITS = re.compile(r"(?:计量)?单位|units?", re.IGNORECASE)
_GROWS = re.compile(
    r"同比增长率?|同比增速|增长率|增速|增幅|增长|\bgrowth(?: rate)?\b", re.IGNORECASE
)
_AVERAGED = re.compile(r"年均(?:增长率?|增速|增幅)")
_UNIT_AT_END = re.compile(r"[^\d.,\s]$")
_UNIT = re.compile(r"\(([^()\d]*[元%人户吨里亩米家个]|yuan|%|[a-z]+illion yuan)\)", re.IGNORECASE)


def _unit_of(name: str, head: str) -> str:
    """Return the unit that a header or a row's name has in brackets, "" for none."""
    found = _UNIT.search(head) or _UNIT.search(name)
    if found is None:
        return ""
    return f" {found[1]}" if found[1].isascii() and found[1] != "%" else found[1]
