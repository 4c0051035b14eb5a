"""Which lines of a text are content, and which go on with the one before.

Web pages, converters and print cut paragraphs into lines; here they become one line each again.
Reads folded text in which the rules within a line have run. Knows nothing of what a report, a
heading or a sentence is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from index.text.boilerplate import content_end, is_debris
from index.text.numbering import (
    BRACKETED,
    CIRCLED,
    DIAMONDS,
    DOTS,
    NUMBER,
    NUMERAL,
    SUBITEM,
    SUBSECTION,
)
from index.text.offsets import Edit
from index.text.page_furniture import is_page_number, running_heads
from index.text.scanning import lazily

HAN = r"\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002fa1f"
FINAL = "。！!？?…"
CLOSING = "”’」』）)》】〉"
# A line may be ranked and bulleted otherwise than a heading: 1), -. ◇ and □ (`LOST`) begin none.
_MARKER = (
    rf"(?:第?{NUMERAL}(?:、|部分|章)|{SUBSECTION.pattern}"
    rf"|\(?{NUMBER}(?:、|[.)](?!\d))|{SUBITEM.pattern}|{CIRCLED.pattern}|{BRACKETED}"
    rf"|[{DOTS}{re.sub('[◇□]', '', DIAMONDS)}]|——|-)"
)
_LINES = lazily(r"[^\n]+")
_HEADED = lazily(rf"{_MARKER}[^。!?;:\n ]{{2,45}}( )(?=[{HAN}\d“])")
_STARTS = lazily(rf"{_MARKER}|各位代表[:!,]")
_LINE_ENDS = "。!?…;:"
_MID_SENTENCE = ",、(《“「"
_NEVER_FIRST = lazily(r"[,、。;:!?)）》」』”’%的]|[^\W\d一二三四五六七八九十],|\w$")
_RATE_FIRST = lazily(r"(?:同比|比上年)?(?:增长|下降|上升|提高)[约近]?\d")
_COUNTER = lazily(r"[一二三四五六七八九十][是要]$")
_SIGNED = lazily(r"[。!?][”’」』]?\([^()]*\)$")


def line_edits(text: str) -> Iterator[Edit]:
    """Drop debris, join what is wrapped, and leave one break between paragraphs."""
    lines = list(_lines(text))
    turned = _turned(text, lines)
    threaded = _threaded(text, lines) | _columned(text, lines) | turned
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


def _turned(text: str, lines: list[tuple[int, int]]) -> set[int]:
    """Return the lines that go on with a number which a page's end has torn: 27, page 3, 47亿元."""
    return {
        index
        for index in range(1, len(lines))
        if text[lines[index - 1][1] - 1].isdigit()
        and text[lines[index][0]].isdigit()
        and any(
            is_page_number(line.strip())
            for line in text[lines[index - 1][1] : lines[index][0]].split("\n")
        )
    }


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalpha()


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of the lines that are content, without space around them."""
    stripped = [line.strip(" ") for line in _LINES.findall(text)]
    heads = running_heads(stripped)
    for found in _LINES.finditer(text):
        line = found[0]
        start, end = found.span()
        start += len(line) - len(line.lstrip(" "))
        end -= len(line) - len(line.rstrip(" "))
        line = text[start:end]
        if not line or is_debris(line) or is_page_number(line) or line in heads:
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
                headed = len(run) > 1 and _is_section(text[slice(*lines[run[0]])])
                threaded.update(run[2:] if headed else run[1:])
            run, evident = [], False
        elif text[end - 1] in _MID_SENTENCE:
            evident = True
    return threaded


def _is_section(line: str) -> bool:
    """Whether a line is the heading of a section, which the next one does not go on with."""
    return _SECTION.match(line) is not None and len(line) <= _HEADING_LENGTH and "," not in line


_SECTION = lazily(r"[一二三四五六七八九十]{1,3}、[^。;:]+$")


def _columned(text: str, lines: list[tuple[int, int]]) -> set[int]:
    """Return the lines that go on with the one before in a text set in one narrow column.

    Such a text comes from print: half its lines or more are full, or a third where nearly all
    end in mid-sentence, and none is much longer. A full line without a mark at its end is wrapped;
    elsewhere a line as short would be a heading.
    """
    lengths = sorted(end - start for start, end in lines)
    if len(lines) < _COLUMN_LINES or lengths[len(lines) * 95 // 100] > _COLUMN_LENGTH:
        return set()
    widths = [_width(text[start:end]) for start, end in lines]
    width, _ = Counter(widths).most_common(1)[0]
    full = [abs(width - each) <= 4 for each in widths]
    if width < 30 or sum(full) * (2 if not _is_cut(text, lines, full) else 3) < len(lines):
        return set()
    return {
        index
        for index, (start, _) in enumerate(lines)
        if index
        and full[index - 1]
        and text[lines[index - 1][1] - 1] not in _LINE_ENDS
        and not _STARTS.match(text, start)
    }


def _width(line: str) -> int:
    """Return how wide a line was set; folding has made its marks narrow."""
    return len(line.encode("gbk", "replace")) + len(_NARROWED.findall(line))


_NARROWED = lazily("[,:;!?()]")


def _is_cut(text: str, lines: list[tuple[int, int]], full: list[bool]) -> bool:
    """Whether nearly all full lines end in mid-sentence, as only lines of a column do."""
    ends = [
        text[end - 1] not in _LINE_ENDS
        for (_, end), is_full in zip(lines, full, strict=True)
        if is_full
    ]
    return sum(ends) * 5 >= len(ends) * 4


_COLUMN_LINES = 20
_COLUMN_LENGTH = 70


def _continues(paragraph: str, line: str) -> bool:
    """Whether a line goes on with the sentence that the one before it left open."""
    last, first = paragraph[-1], line[0]
    if last in _LINE_ENDS:
        return first in CLOSING
    if _NEVER_FIRST.match(line) or (last not in _LINE_ENDS and _RATE_FIRST.match(line)):
        return True
    if _STARTS.match(line):
        return False
    if last in _MID_SENTENCE:
        return True
    if last in CLOSING and (paragraph[-2:-1] in tuple(FINAL) or _SIGNED.search(paragraph)):
        return False
    if _COUNTER.search(paragraph[-3:]) or (last.isdigit() and _UNIT.match(first)):
        return True
    if len(paragraph) <= _HEADING_LENGTH and "。" not in paragraph:
        return paragraph.count("《") > paragraph.count("》") or paragraph.count(
            "“"
        ) > paragraph.count("”")
    return "," in paragraph or "。" in paragraph or len(paragraph) > 2 * _HEADING_LENGTH


_UNIT = lazily(r"[年月日亿万元%个]")
_HEADING_LENGTH = 45
"""A heading, a title or a subtitle with its date is not longer; a line wrapped by a page that has
no full stop yet mostly is."""
