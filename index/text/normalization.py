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
- a text set in a narrow column, which is known by all its lines;
- a line of which the part inside the span reads as debris by itself, or as a numbered heading that
  a space sets apart;
- a word that `fold_report` converts whole, characters beside a space, or a lost character and what
  stands beside it;
- white space at either end.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from index.text.boilerplate import INLINE, content_end, is_debris
from index.text.folding import IGNORED, LOST, WIDE_SPACES, fold_report
from index.text.offsets import Edit, OffsetMap, apply
from index.text.scanning import scan
from index.types import Span

VERSION = 1
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
    text, offsets = fold_report(raw), OffsetMap.identity(len(raw))
    source = raw
    while True:
        # A join can bring together what an earlier rule reads, so the rules run until nothing
        # changes; that also makes clean text its own normal form.
        inline, first = apply(text, _inline_edits(text, source))
        clean, second = apply(inline, _line_edits(inline))
        if clean == text:
            return Normalized(raw, text, offsets)
        text, source, offsets = clean, clean, second.after(first).after(offsets)


_HAN = r"\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002fa1f"


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
    rf"(?P<gloss>\((?<=[{_HAN}]\(){_GAP}(?:{_SYLLABLE}|de|le|zhe|ge|men|me|ne|zi){_GAP}\))"
    # A byte lost from GBK pairs the rest anew: 保” (B1A3 A1B1) reads as ！ (A3A1). No one writes
    # an exclamation mark before a comma.
    rf"|(?P<shifted>!(?<=[{_HAN}]!)(?={_GAP}[,;、]))"
    rf"|(?P<debris>{INLINE})"
    # Markdown's marks of headings and of emphasis.
    r"|(?P<mark>#{1,6} +|\*\*)"
    rf"|(?P<space>[ {IGNORED}]+)"
)
# Where the fault swallowed the character and its bracket, the gloss is left: 新?lián)、.
_ORPHAN = rf"(?P<orphan>(?:\?|(?<=[{_HAN}])){_SYLLABLE}{_GAP}\)\|?)"

_FIRST = re.compile(rf"[(!\[【#* {IGNORED}]")
_INLINE = re.compile(_RULES)
_INLINE_GLOSSED = re.compile(f"{_ORPHAN}|{_RULES}")
_ANY_TONE = re.compile(f"[{_TONED}]")


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


_FINAL = "。！!？?…"
_OPENING = "“‘「『《〈"
_CLOSING = "”’」』）)》】〉"
_MARKER = (
    r"(?:第?[一二三四五六七八九十]{1,3}(?:、|部分|章)|\([一二三四五六七八九十]{1,3}\)"
    r"|\(?\d{1,2}(?:、|[.)](?!\d))|\(\d{1,2}\)|[①-⑳⑴-⒇●◆■★▲○◎]|——|-)"
)
_SECTION = re.compile(r"[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\)")
_SALUTATION = re.compile(r"各位代表[:!,]")
_IS_HAN = re.compile(rf"[{_HAN}]")
_INDENT = re.compile(rf"[ \u00a0]+[{WIDE_SPACES}]{{2,}}")


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
    if (left_han and right in _OPENING) or (left in _CLOSING and right_han):
        return " "
    if left_han:
        # 2022年02月22日 11:02: the fields of a dateline stand apart.
        return " " if left == "日" and right.isdigit() else ""
    if right_han:
        return " " if left.isdigit() and right in "来编责记作发浏字阅" else ""
    if left.isdigit() and right.isdigit():
        return "" if _spaced_out(text, start, end) else " "
    if right in ",.;:!?)]%、。" or left in "([" or (left == ":" and right.isdigit()):
        return ""
    return " " if left.isascii() and right.isascii() else ""


def _is_break(text: str, source: str, start: int, end: int) -> bool:
    """A paragraph that the source set apart by spaces alone."""
    left, right = text[start - 1], text[end]
    before = text[start - 2 : start - 1]
    if left in _FINAL or (left in _CLOSING and before and before in _FINAL):
        return (
            not (
                right.isascii() and right.isalnum() and left.isascii() and not _IS_HAN.match(before)
            )
            and right not in _CLOSING
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


# --- between lines ------------------------------------------------------------------------------

_LINES = re.compile(r"[^\n]+")
_HEADED = re.compile(rf"{_MARKER}[^。!?;:\n ]{{2,45}}( )(?=[{_HAN}\d“])")
_STARTS = re.compile(rf"{_MARKER}|各位代表[:!,]")
_LINE_ENDS = "。!?…;:"
_MID_SENTENCE = ",、(《“「"
_NEVER_FIRST = re.compile(r"[,、。;:!?)）》」』”’%的]|[^\W\d一二三四五六七八九十],|\w$")
_COUNTER = re.compile(r"[一二三四五六七八九十][是要]$")
_SIGNED = re.compile(r"[。!?][”’」』]?\([^()]*\)$")


def _line_edits(text: str) -> Iterator[Edit]:
    """Drop debris, join what is wrapped, and leave one break between paragraphs."""
    lines = list(_lines(text))
    threaded = _threaded(text, lines) | _columned(text, lines)
    paragraph, position = "", 0
    for index, (start, end) in enumerate(lines):
        line = text[start:end]
        if not paragraph:
            yield position, start, ""
            paragraph = line
        elif index in threaded or _continues(paragraph, line):
            glue = " " if _is_latin(paragraph[-1]) and _is_latin(line[0]) else ""
            yield position, start, glue
            paragraph += glue + line
        else:
            yield position, start, "\n"
            paragraph = line
        position = end
    yield position, len(text), ""


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalpha()


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of the lines that are content, without space around them."""
    for found in _LINES.finditer(text):
        line = found[0]
        start, end = found.span()
        start += len(line) - len(line.lstrip(" "))
        end -= len(line) - len(line.rstrip(" "))
        line = text[start:end]
        if not line or is_debris(line):
            continue
        end = start + content_end(line)
        while headed := _HEADED.match(text, start, end):
            yield start, headed.start(1)
            start = headed.end(1)
        yield start, end


def _threaded(text: str, lines: list[tuple[int, int]]) -> set[int]:
    """Return the lines that go on with the one before because their neighbours visibly do.

    Converters put each link of a page on a line of its own, so that a sentence falls into short
    lines without a mark. Of a run of lines between blank ones, sentence ends and list items,
    either none goes on or, where one begins or ends in mid-sentence, all do.
    """
    threaded: set[int] = set()
    run: list[int] = []
    evident = False
    for index, (start, end) in enumerate(lines):
        blank = index > 0 and text.count("\n", lines[index - 1][1], start) > 1
        if blank or _STARTS.match(text, start):
            run, evident = [], False
        elif run:
            evident = evident or _NEVER_FIRST.match(text, start, end) is not None
        run.append(index)
        if text[end - 1] in _LINE_ENDS:
            if evident:
                threaded.update(run[1:])
            run, evident = [], False
        elif text[end - 1] in _MID_SENTENCE:
            evident = True
    return threaded


def _columned(text: str, lines: list[tuple[int, int]]) -> set[int]:
    """Return the lines that go on with the one before in a text set in one narrow column.

    Such a text comes from print: half its lines or more are full, and none is much longer. A full
    line without a mark at its end is wrapped; elsewhere a line as short would be a heading.
    """
    lengths = sorted(end - start for start, end in lines)
    if len(lines) < _COLUMN_LINES or lengths[len(lines) * 95 // 100] > _COLUMN_LENGTH:
        return set()
    widths = [len(text[start:end].encode("gbk", "replace")) for start, end in lines]
    width, _ = Counter(widths).most_common(1)[0]
    full = [abs(width - each) <= 3 for each in widths]
    if sum(full) * 2 < len(lines) or width < 30:
        return set()
    return {
        index
        for index, (start, _) in enumerate(lines)
        if index
        and full[index - 1]
        and text[lines[index - 1][1] - 1] not in _LINE_ENDS
        and not _STARTS.match(text, start)
    }


_COLUMN_LINES = 20
_COLUMN_LENGTH = 70


def _continues(paragraph: str, line: str) -> bool:
    """Whether a line goes on with the sentence that the one before it left open."""
    last, first = paragraph[-1], line[0]
    if last in _LINE_ENDS:
        return first in _CLOSING
    if _NEVER_FIRST.match(line):
        return True
    if _STARTS.match(line):
        return False
    if last in _MID_SENTENCE:
        return True
    if last in _CLOSING and (paragraph[-2:-1] in tuple(_FINAL) or _SIGNED.search(paragraph)):
        return False
    if _COUNTER.search(paragraph[-3:]) or (last.isdigit() and _UNIT.match(first)):
        return True
    if len(paragraph) <= _HEADING_LENGTH and "。" not in paragraph:
        return paragraph.count("《") > paragraph.count("》") or paragraph.count(
            "“"
        ) > paragraph.count("”")
    return "," in paragraph or "。" in paragraph or len(paragraph) > 2 * _HEADING_LENGTH


_UNIT = re.compile(r"[年月日亿万元%个]")
_HEADING_LENGTH = 45
"""A heading, a title or a subtitle with its date is not longer; a line wrapped by a page that has
no full stop yet mostly is."""
