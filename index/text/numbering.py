"""How headings and items are numbered and marked: each kind of mark, known once.

The marks are those of clean text. They lie in this room since the lines of a text, the lowest that
look at them, are joined by them; `index.structure` tells by them what is a heading and what an item
of a list. Knows nothing of where a mark counts, as at the start of a line or behind a full stop.
"""

from __future__ import annotations

from dataclasses import dataclass

NUMERAL = "[一二三四五六七八九十]{1,3}"
"""A number of parts or items in Chinese, as a regular expression."""

NUMBER = r"\d{1,2}"
"""The same in digits."""


@dataclass(frozen=True, slots=True)
class Numbering:
    """A number between what tells it from any other number, all as regular expressions."""

    before: str
    number: str
    after: str

    @property
    def pattern(self) -> str:
        """The whole mark."""
        return f"{self.before}{self.number}{self.after}"

    def named(self, name: str) -> str:
        """Return the whole mark with its number as the group `name`."""
        return f"{self.before}(?P<{name}>{self.number}){self.after}"


PART = Numbering("第", NUMERAL, "(?:部分|编|章)")
SECTION = Numbering("", NUMERAL, "、")
SUBSECTION = Numbering(r"\(", NUMERAL, r"\)")
ITEM = Numbering("", NUMBER, r"(?:、|\.(?!\d))")
SUBITEM = Numbering(r"\(", NUMBER, r"\)")
CIRCLED = Numbering("", "[①-⑳]", "")
ORDINAL = Numbering("第", NUMERAL, "[,、:]")
SPOKEN = Numbering("", NUMERAL, "(?:是|要(?!素))")
"""一是, 二要; 要素 is a word."""

BRACKETED = "[⑴-⒇]"
"""A number in brackets that is one character."""

DOTS = "●○◎"
DIAMONDS = "◆◇★▲■□"
DASHES = "(?:——|--)"
