"""Clean text is cut along its headings into passages: the units that are embedded and searched.

A heading is known by its form alone: a number or a bullet, or a short open line above a paragraph.
Nothing here knows what a passage states.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from index.normalize import Normalized
from index.types import Passage, Span

MAX_LENGTH = 400
"""Characters of a passage, but for one that is a single longer sentence or a heading and one."""


def split(normalized: Normalized, report_id: str) -> list[Passage]:
    """Cut a report into passages, in order; together they hold all that is not a repetition."""
    text = normalized.text
    passages: list[Passage] = []
    for span, headings in _pieces(text):
        ordinal = len(passages)
        passages.append(
            Passage(
                id=f"{report_id}-{ordinal:04d}",
                report_id=report_id,
                ordinal=ordinal,
                span=span,
                raw_span=normalized.raw_span(span),
                text=span.of(text),
                headings=headings,
            )
        )
    return passages


def sentences(text: str, *, soft: bool = False) -> list[Span]:
    """Return the spans of the sentences of clean text, with their marks and closing quotes.

    A sentence ends at 。, !, ? or a line break, with `soft` also at a semicolon. A mark inside
    quotes or brackets ends it too, unless the sentence visibly goes on behind them.
    """
    pattern = _SOFT_END if soft else _END
    spans: list[Span] = []
    start = 0
    for found in pattern.finditer(text):
        if text[start : found.end()].strip():
            spans.append(_trimmed(text, start, found.end()))
        start = found.end()
    if text[start:].strip():
        spans.append(_trimmed(text, start, len(text)))
    return spans


def repeated_spans(text: str) -> list[Span]:
    """Return the later copies of what stands twice in clean text: runs of paragraphs, or its title.

    Pages often hold the article twice, for screen and for print. A run is a copy if it has
    `_COPY_LENGTH` characters: refrains are shorter. The first paragraph, mostly the title, is
    a copy at any length that is not a mere word.
    """
    lines = [span for span in _paragraphs(text) if len(span)]
    first: dict[str, int] = {}
    spans: list[Span] = []
    index = 0
    while index < len(lines):
        origin = first.setdefault(lines[index].of(text), index)
        run = 1
        if origin < index:
            while (
                index + run < len(lines)
                and origin + run < index
                and lines[origin + run].of(text) == lines[index + run].of(text)
            ):
                run += 1
            copy = Span(lines[index].start, lines[index + run - 1].end)
            if len(copy) >= (_TITLE_LENGTH if origin == 0 else _COPY_LENGTH):
                spans.append(copy)
        index += run
    return spans


_COPY_LENGTH = 100
_TITLE_LENGTH = 8

_END = re.compile(r"[。!?]+(?:[”’」』)》]+(?![,、;:。的是和与等中]))?(?![”’」』)》!?。])|\n+")
_SOFT_END = re.compile(rf"(?:{_END.pattern})|;")


def _trimmed(text: str, start: int, end: int) -> Span:
    part = text[start:end]
    return Span(start + len(part) - len(part.lstrip()), end - len(part) + len(part.rstrip()))


def _paragraphs(text: str) -> Iterator[Span]:
    for found in re.finditer(r"[^\n]+", text):
        yield Span(*found.span())


# --- headings -----------------------------------------------------------------------------------

_NUMERAL = "[一二三四五六七八九十]{1,3}"
_KINDS = {
    "part": rf"第{_NUMERAL}(?:部分|编|章)[、:. ]?",
    "section": rf"{_NUMERAL}、",
    "subsection": rf"\({_NUMERAL}\)[、.]?",
    "number": r"\d{1,2}(?:、|\.(?!\d))",
    "subnumber": r"\(\d{1,2}\)[、.]?|[⑴-⒇]",
    "circled": r"[①-⑳]",
    "dot": "[●○◎]",
    "diamond": "[◆◇★▲■□]",
    "dash": "(?:——|--)-*",
}
_RANKED = ("part", "section", "subsection", "number", "subnumber", "circled")
_MARKER = re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _KINDS.items()))
_INNER = re.compile(
    rf"(?<=[。!?])(?:[”’)]?)(?={_KINDS['section']}|{_KINDS['subsection']}|\d{{1,2}}[、.](?!\d))"
)

_LEAD = re.compile(r"[^。!?:;\n]{2,60}[。!?:]")
_BYLINE = re.compile(
    r"记者|通讯员|来源|摄$|编辑|作者|日报|政府工作报告|代表大会|\d{4}[-/]\d|日 ?\d"
    r"|[市区县州省长席] [^ ]{2,4}$"
)
_LINE_LENGTH = 45
_OPEN = re.compile(r"[^。!?;,、:”)]$|——$|[^。!?;:][”)]$")


@dataclass(frozen=True, slots=True)
class _Heading:
    """A heading's kind ("plain" without number or bullet), its words and its characters."""

    kind: str
    words: str
    span: Span


def _heading_at(text: str, span: Span, following: str) -> _Heading | None:
    """Return the heading that a paragraph, or a part of one, begins with."""
    part = span.of(text)
    marker = _MARKER.match(part)
    if marker is None:
        if _is_plain_heading(part, following):
            return _heading("plain", part, span.start)
        return None
    kind = str(marker.lastgroup)
    lead = _LEAD.match(part, marker.end())
    end = lead.end() if lead else len(part)
    alone = end >= len(part)
    if lead is None and (len(part) > _LINE_LENGTH or part[-1] in "。;,"):
        return None
    words = part[marker.end() : end]
    if alone and lead and (kind not in _RANKED[:3] or end > _LINE_LENGTH):
        return None  # an item of a list that is one sentence
    if kind == "dash" and (alone or re.search(r"\d", words)):
        return None  # an item of a list, or a subtitle with its date
    if lead and part[end - 1] == ":" and not alone:
        return None
    return _heading(kind, part[:end], span.start)


def _heading(kind: str, words: str, start: int) -> _Heading:
    return _Heading(kind, words.strip(" :。;—-"), Span(start, start + len(words)))


def _is_plain_heading(line: str, following: str) -> bool:
    if len(line) > _LINE_LENGTH or not _OPEN.search(line) or _BYLINE.search(line):
        return False
    if following.startswith("各位代表") and len(following) < 8:
        return False
    below = _MARKER.match(following)
    return len(following) > 2 * len(line) or following.endswith("。") or below is not None


def _place(path: list[_Heading], heading: _Heading) -> list[_Heading]:
    """Return the path of headings that `heading` ends: what it stands beside or above goes."""
    for depth, other in enumerate(path):
        if other.kind == heading.kind or (
            other.kind in _RANKED
            and heading.kind in _RANKED
            and _RANKED.index(other.kind) > _RANKED.index(heading.kind)
        ):
            return [*path[:depth], heading]
    return [*path, heading]


# --- sections -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Section:
    """The headings that stand together at a section's start, the path there, and what follows."""

    start: int
    path: tuple[_Heading, ...]
    body: tuple[Span, ...]


def _sections(text: str) -> Iterator[_Section]:
    path: list[_Heading] = []
    body: list[Span] = []
    start: int | None = None
    for part, following, ends in _parts(text):
        heading = _heading_at(text, part, following)
        if heading is not None:
            placed = _place(path, heading)
            if body or (start is not None and len(placed) <= len(path)):
                yield _Section(part.start if start is None else start, tuple(path), tuple(body))
                start = None
            path, body = placed, []
            start = heading.span.start if start is None else start
            part = Span(heading.span.end, part.end)
        if len(part):
            start = part.start if start is None else start
            body.append(part)
        if ends and path and path[-1].kind == "dash":
            yield _Section(part.start if start is None else start, tuple(path), tuple(body))
            path, body, start = path[:-1], [], None
    if start is not None:
        yield _Section(start, tuple(path), tuple(body))


def _parts(text: str) -> Iterator[tuple[Span, str, bool]]:
    """Yield paragraphs cut where a heading stands inside them, each with the paragraph below.

    The last value is whether the part ends its paragraph.
    """
    copies = repeated_spans(text)
    spans = [
        span
        for span in _paragraphs(text)
        if not any(copy.start <= span.start < copy.end for copy in copies)
    ]
    for index, span in enumerate(spans):
        following = spans[index + 1].of(text) if index + 1 < len(spans) else ""
        cuts = [span.start + found.end() for found in _INNER.finditer(span.of(text))]
        edges = [span.start, *cuts, span.end]
        for start, end in pairwise(edges):
            yield Span(start, end), following, end == span.end


def _pieces(text: str) -> Iterator[tuple[Span, tuple[str, ...]]]:
    for section in _sections(text):
        headings = tuple(heading.words for heading in section.path)
        units = [
            Span(body.start + sentence.start, body.start + sentence.end)
            for body in section.body
            for sentence in sentences(body.of(text))
        ]
        if not units:
            yield Span(section.start, section.path[-1].span.end), headings
            continue
        for span in _packed(section.start, units):
            yield span, headings


def _packed(start: int, units: list[Span]) -> Iterator[Span]:
    """Fill passages with whole sentences, about evenly, so that no section ends in a scrap."""
    total = units[-1].end - start
    target = total / math.ceil(total / MAX_LENGTH)
    end = start
    for unit in units:
        if end > start and (unit.end - start > MAX_LENGTH or end - start >= target):
            if end > start:
                yield Span(start, end)
            start = unit.start
        end = unit.end
    yield Span(start, end)
