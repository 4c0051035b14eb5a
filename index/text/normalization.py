"""Raw text becomes clean text, with a map from every clean character back to the raw ones.

Clean text has one script (Simplified), one width, one kind of space and one paragraph a line; what
a web page or a converter added is gone, and what an encoding fault destroyed is marked, never
guessed. Nothing here knows what a report, a heading or a sentence is.

Rules look no further than they must, so that a part of a text normalizes as it does in the whole:
for a clean span, `normalize(raw_span.of(raw)).text` is that span of the clean text. The exceptions
are spans whose ends cut what a rule reads together:

- a line that a page broke in mid-sentence, by a line break or an indent: its rest may read as a
  heading, or a heading's rest as a broken line. Spans that hold no break, and spans of whole clean
  paragraphs, are not concerned;
- a text set in a narrow column, with running heads, or with letters hung on its lines, which are
  known by all its lines;
- a line of which the part inside the span reads as debris by itself, or as a numbered heading that
  a space sets apart;
- a word that `fold_report` converts whole, characters beside a space, or a lost character and what
  stands beside it;
- white space at either end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.text.boilerplate import INLINE
from index.text.folding import IGNORED, LOST, WIDE_SPACES, fold_report
from index.text.front_matter import front_matter
from index.text.lines import CLOSING, FINAL, HAN, line_edits
from index.text.numbering import SECTION, SUBSECTION
from index.text.offsets import Edit, OffsetMap, apply
from index.text.page_furniture import INLINE_NUMBER, inserted_tail
from index.text.scanning import lazily, scan
from index.types import Span

VERSION = 3
"""Raised when the clean text of any file changes, so that what was built on it is built anew."""


@dataclass(frozen=True, slots=True)
class Normalized:
    """A raw text, its clean text and the map between them."""

    raw: str
    text: str
    offsets: OffsetMap

    def raw_span(self, clean: Span) -> Span:
        """Return the raw characters from the first clean character's to the last one's.

        What was taken out between them is inside, what was taken out after the last is not.
        """
        return self.offsets.source_span(clean)

    def clean_span(self, raw: Span) -> Span:
        """Return the smallest clean span that covers a raw one; empty where nothing is left."""
        return self.offsets.target_span(raw)


def normalize(raw: str) -> Normalized:
    """Return the clean text of `raw` and the way back."""
    folded = fold_report(raw)
    text, offsets = apply(folded, _inserted_edits(folded))
    source = raw if text == folded else text
    while True:
        # A join can bring together what an earlier rule reads, so the rules run until nothing
        # changes; that also makes clean text its own normal form.
        inline, first = apply(text, _inline_edits(text, source))
        clean, second = apply(inline, line_edits(inline))
        if clean == text:
            return Normalized(raw, text, offsets)
        text, source, offsets = clean, clean, second.after(first).after(offsets)


_BOLD_HEADING = lazily(
    r"^\*\*(?=[^*\n。]{2,40}\*\*)[^*\n]+(?P<behind>\*\*[ \u3000]+)(?=[^\s*])", re.MULTILINE
)
"""A heading set in bold that stands in one line with its paragraph: **一、回顾** 预计2003年…"""


def _inserted_edits(text: str) -> list[Edit]:
    """Take out front matter and what hangs on lines; end the line of a heading set in bold."""
    edits: list[Edit] = []
    start = 0
    if (above := front_matter(text)) is not None:
        start = above.span.end
        edits.append((0, start, ""))
    if "**" in text:
        edits += [(*found.span("behind"), "\n") for found in _BOLD_HEADING.finditer(text, start)]
    if (inserted := inserted_tail(text)) is not None:
        edits += [(*found.span(), "") for found in inserted.finditer(text, start)]
    return sorted(edits)


# --- within a line ------------------------------------------------------------------------------

_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹ"
_SYLLABLE = (
    rf"(?:[zcs]h|[bpmfdtnlgɡkhjqxrzcsyw])?(?=[a-zü]*[{_TONED}])"
    rf"[aeiouün{_TONED}]{{1,4}}(?:n?[gɡ]|n|r)?"
)
_GAP = rf"[\s{IGNORED}]*"

# Alternatives begin with a character of few kinds, and look behind it only then: the scan of a
# text without any is several times as fast.
_RULES = (
    # A pinyin gloss behind its character, as some mirrors of pages insert: 會(huì )議. Brackets
    # around anything but a toned syllable, or a particle without tone, are the text's own.
    rf"(?P<gloss>\((?<=[{HAN}]\(){_GAP}(?:{_SYLLABLE}|de|le|zhe|ge|men|me|ne|zi){_GAP}\))"
    # A byte lost from GBK pairs the rest anew: 保” (B1A3 A1B1) reads as ！ (A3A1). No one writes
    # an exclamation mark before a comma.
    rf"|(?P<shifted>!(?<=[{HAN}]!)(?={_GAP}[,;、]))"
    rf"|(?P<debris>{INLINE}|{INLINE_NUMBER})"
    # Markdown's marks of headings and of emphasis.
    r"|(?P<mark>#{1,6} +|\*\*)"
    rf"|(?P<space>[ {IGNORED}]+)"
)
# Where the fault swallowed the character and its bracket, the gloss is left: 新?lián)、.
_ORPHAN = rf"(?P<orphan>(?:\?|(?<=[{HAN}])){_SYLLABLE}{_GAP}\)\|?)"

_FIRST = lazily(rf"[(!\[【#* {IGNORED}—–-]")
_INLINE = lazily(_RULES)
_INLINE_GLOSSED = lazily(f"{_ORPHAN}|{_RULES}")
_ANY_TONE = lazily(f"[{_TONED}]")


def _inline_edits(text: str, source: str) -> Iterator[Edit]:
    glossed = _ANY_TONE.search(text) is not None
    for found in _INLINE_GLOSSED.finditer(text) if glossed else scan(_FIRST, _INLINE, text):
        start, end = found.span()
        match found.lastgroup:
            case "orphan" | "shifted":
                yield start, end, LOST
            case "mark" if text[start] == "#" and start and text[start - 1] != "\n":
                continue
            case "space":
                replacement = _space(text, source, start, end)
                if replacement != text[start:end]:
                    yield start, end, replacement
            case _:
                yield start, end, ""


_OPENING = "“‘「『《〈"
_SECTION = lazily(f"{SECTION.pattern}|{SUBSECTION.pattern}")
_SALUTATION = lazily(r"各位代表[:!,]")
_IS_HAN = lazily(rf"[{HAN}]")
_INDENT = lazily(rf"[ \u00a0]+[{WIDE_SPACES}]{{2,}}")


def _space(text: str, source: str, start: int, end: int) -> str:
    """Decide what a run of spaces and invisible characters becomes."""
    left = text[start - 1] if start else "\n"
    right = text[end] if end < len(text) else "\n"
    if " " not in text[start:end]:
        return ""
    if left == "\n" or right == "\n":
        return ""
    if _is_break(text, source, start, end):
        return "\n"
    left_han, right_han = _IS_HAN.match(left), _IS_HAN.match(right)
    if left_han and right_han:
        return "" if _spaced_out(text, start, end) else " "
    if (left_han and right in _OPENING) or (left in CLOSING and right_han):
        return " "
    if left_han:
        # 2022年02月22日 11:02: the fields of a dateline stand apart.
        return " " if left == "日" and right.isdigit() else ""
    if right_han:
        return " " if left.isdigit() and right in "来编责记作发浏字阅" else ""
    if left.isdigit() and right.isdigit():
        return "" if _spaced_out(text, start, end) else " "
    if left == "." and right.isdigit() and _is_decimal(text, start, end):
        return ""
    if right in ",.;:!?)]%、。" or left in "([" or (left == ":" and right.isdigit()):
        return ""
    return " " if left.isascii() and right.isascii() else ""


def _is_break(text: str, source: str, start: int, end: int) -> bool:
    """A paragraph that the source set apart by spaces alone."""
    left, right = text[start - 1], text[end]
    before = text[start - 2 : start - 1]
    if left in FINAL or (left in CLOSING and before and before in FINAL):
        return (
            not (
                right.isascii() and right.isalnum() and left.isascii() and not _IS_HAN.match(before)
            )
            and right not in CLOSING
        )
    return (
        _SALUTATION.match(text, end) is not None
        or _SALUTATION.match(text, start - 5) is not None
        or _SECTION.match(text, end) is not None
        or _INDENT.fullmatch(source, start, end) is not None
    )


def _spaced_out(text: str, start: int, end: int) -> bool:
    """A title or a name set with spaces: 政 府 工 作 报 告, 刘 凯, 张 天喜; or digits: 1 9 9 3."""
    if text[end].isdigit():
        single_left = start < 2 or text[start - 2] not in "0123456789.,"
        return single_left and not text[end + 1 : end + 2].isdigit()
    single_left = start < 2 or not text[start - 2].isalnum()
    return single_left and not (
        end + 2 < len(text) and text[end + 1].isalnum() and text[end + 2].isalnum()
    )


_WHOLE = lazily(rf"(?:[{HAN}]|(?<=[\d%])[、:,] ?)\d{{1,6}}\.$")
_PART = lazily(r"\d{1,4}(?![\d.]|\s?[年月日号])")
_REACH = 10


def _is_decimal(text: str, start: int, end: int) -> bool:
    """A number torn behind its point, 35. 2微克; never an item's number before what it lists."""
    whole = _WHOLE.search(text, max(0, start - _REACH), start)
    return whole is not None and _PART.match(text, end) is not None
