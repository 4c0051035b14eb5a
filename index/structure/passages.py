"""Clean text is cut along its headings into passages: the units that are embedded and searched.

A heading is known by its form alone: a number or a bullet, or a short open line above a paragraph.
Nothing here knows what a passage states.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from index.text.normalization import Normalized
from index.text.scanning import scan
from index.types import Passage, Span

MAX_LENGTH = 400
"""Characters of a passage, but for one that is a single longer sentence or a heading and one."""


def split(normalized: Normalized, report_id: str, about: str = "") -> list[Passage]:
    """Cut a report into passages, in order; together they hold all that is not a repetition.

    Args:
        normalized: The report's text.
        report_id: The report's id, with which those of the passages begin.
        about: What every passage is about: the report's place and year.
    """
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
                about=about,
            )
        )
    return passages


def sentences(text: str, *, soft: bool = False) -> list[Span]:
    """Return the spans of the sentences of clean text, with their marks and closing quotes.

    A sentence ends at 。, !, ? or a line break, with `soft` also at a semicolon. A mark inside
    quotes or brackets ends it too, unless the sentence visibly goes on behind them.
    """
    first, pattern = (_SOFT_FIRST, _SOFT_END) if soft else (_FIRST, _END)
    spans: list[Span] = []
    start = 0
    for end in (*(found.end() for found in scan(first, pattern, text)), len(text)):
        part = text[start:end]
        if words := part.strip():
            begin = start + (0 if part[0] == words[0] else len(part) - len(part.lstrip()))
            spans.append(Span(begin, begin + len(words)))
        start = end
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
_FIRST, _SOFT_FIRST = re.compile(r"[。!?\n]"), re.compile(r"[。!?\n;]")


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

_FIGURE = re.compile(r"\d(?:%|[亿万]|元|个百分点)")
_APPENDIX = re.compile(r"(?:附件?|附录|附表|名词解释)\d{0,2}:?")

_LEAD = re.compile(r"[^。!?:;\n]{2,60}[。!?:]")
_BYLINE = re.compile(
    r":.|\||记者|通讯员|来源|摄$|编辑|作者|日报|政府工作报告|代表大会|\d{4}[-/]\d|日 ?\d"
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
            return _heading("appendix" if _APPENDIX.fullmatch(part) else "plain", part, span.start)
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
    if kind not in _RANKED[:3] and lead is None and _FIGURE.search(words):
        return None  # an item of a list without a mark at its end
    if kind == "dash" and (alone or re.search(r"\d", words)):
        return None  # an item of a list, or a subtitle with its date
    if lead and part[end - 1] == ":" and not alone:
        return None
    return _heading(kind, part[:end], span.start)


def _heading(kind: str, words: str, start: int) -> _Heading:
    return _Heading(kind, words.strip(" :。;—-"), Span(start, start + len(words)))


def _is_plain_heading(line: str, following: str) -> bool:
    if (
        len(line) > _LINE_LENGTH
        or _FIGURE.search(line)
        or not _OPEN.search(line)
        or _BYLINE.search(line)
    ):
        return False
    if following.startswith("各位代表") and len(following) < 8:
        return False
    below = _MARKER.match(following)
    return len(following) > 2 * len(line) or following.endswith("。") or below is not None


def _place(
    path: tuple[_Heading, ...], heading: _Heading, recent: tuple[str, ...]
) -> tuple[_Heading, ...]:
    """Return the path of headings that `heading` ends: what it stands beside or above goes.

    `recent` are the kinds of the two headings before it.
    """
    if heading.kind == "appendix":
        return (heading,)
    below_ranked = len(path) > 1 and path[-2].kind in _RANKED and path[-1].kind == "plain"
    if heading.kind in _RANKED and below_ranked and recent == ("plain", "plain"):
        # Sections without numbers that hold no numbered ones so far are not about to.
        path = path[:-1]
    return (*path[: _depth(path, heading.kind)], heading)


def _depth(path: tuple[_Heading, ...], kind: str) -> int:
    """How much of the path stands above a heading of this kind."""
    for depth, other in enumerate(path):
        if other.kind == kind or (
            other.kind in _RANKED
            and kind in _RANKED
            and _RANKED.index(other.kind) > _RANKED.index(kind)
        ):
            return depth
    return len(path)


# --- sections -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Part:
    """A paragraph, or what of it stands under one of the headings inside it.

    `scope` says that its heading holds for the paragraph only, and `last` that it ends it.
    """

    span: Span
    heading: _Heading | None
    scope: bool
    last: bool


@dataclass(frozen=True, slots=True)
class _Section:
    """The path of headings, where the ones that stand at its start begin, and what follows them."""

    path: tuple[_Heading, ...]
    start: int
    body: tuple[Span, ...]


def _sections(text: str) -> list[_Section]:
    sections: list[_Section] = []
    end = 0
    for part, path in _outlined(text):
        body = part.span
        if part.heading is not None:
            body = Span(part.heading.span.end, part.span.end)
        bodies = (body,) if body.of(text).strip() else ()
        previous = sections[-1] if sections else None
        goes_on = previous is not None and (
            previous.path == path
            if part.heading is None
            else not previous.body and previous.path == path[:-1] != ()
        )
        beside = not text[end : part.span.start].strip()  # no repetition was left out between
        end = part.span.end
        if previous is not None and goes_on and beside:
            sections[-1] = _Section(path, previous.start, previous.body + bodies)
        else:
            sections.append(_Section(path, part.span.start, bodies))
    return sections


def _outlined(text: str) -> Iterator[tuple[_Part, tuple[_Heading, ...]]]:
    """Yield every part with the path of headings that it stands under, its own included."""
    path: tuple[_Heading, ...] = ()
    recent: tuple[str, ...] = ()
    for part in _parts(text):
        if part.heading is not None:
            path = _place(path, part.heading, recent)
            recent = (*recent[-1:], part.heading.kind)
        elif marker := _MARKER.match(text, part.span.start, part.span.end):
            # An item of a list that is numbered as the headings are ends the section before it.
            path = path[: _depth(path, str(marker.lastgroup))]
        yield part, path
        if part.last and part.scope:
            path = path[:-1]


def _parts(text: str) -> list[_Part]:
    copies = repeated_spans(text)
    spans = [
        span
        for span in _paragraphs(text)
        if not any(copy.start <= span.start < copy.end for copy in copies)
    ]
    parts: list[_Part] = []
    for index, span in enumerate(spans):
        following = spans[index + 1].of(text) if index + 1 < len(spans) else ""
        cuts = [span.start + found.end() for found in _INNER.finditer(span.of(text))]
        for start, end in pairwise([span.start, *cuts, span.end]):
            part = Span(start, end)
            heading = _heading_at(text, part, following)
            scope = heading is not None and (heading.kind == "dash" or bool(cuts))
            parts.append(_Part(part, heading, scope, end == span.end))
    if sum(_is_plain(part) for part in parts) < 2:
        # No report has one section; such a line is the page's, or a title.
        parts = [replace(part, heading=None) if _is_plain(part) else part for part in parts]
    return parts


def _is_plain(part: _Part) -> bool:
    return part.heading is not None and part.heading.kind == "plain"


# --- passages -----------------------------------------------------------------------------------


def _pieces(text: str) -> Iterator[tuple[Span, tuple[str, ...]]]:
    for section in _sections(text):
        headings = tuple(heading.words for heading in section.path)
        units = [unit for body in section.body for unit in _units(text, body)]
        if not units:
            yield Span(section.start, section.path[-1].span.end), headings
            continue
        yield from ((span, headings) for span in _packed(section.start, units))


def _units(text: str, body: Span) -> list[Span]:
    """Return the sentences of a paragraph; one that only tells the topic stays with the next."""
    units: list[Span] = []
    topic = False
    for index, sentence in enumerate(sentences(body.of(text))):
        start, end = body.start + sentence.start, body.start + sentence.end
        if topic and end - units[-1].start <= MAX_LENGTH // 2:
            units[-1] = Span(units[-1].start, end)
            topic = False
        else:
            units.append(Span(start, end))
            topic = index == 0 or len(sentence) <= _TOPIC_LENGTH
    return units


_TOPIC_LENGTH = 20


def _packed(start: int, units: list[Span]) -> list[Span]:
    """Fill passages with whole sentences, about evenly, so that no section ends in a scrap."""
    total = units[-1].end - start
    count = math.ceil(total / MAX_LENGTH)
    passages = _filled(start, units, total / count)
    return passages if len(passages) == count else _filled(start, units, total / len(passages))


def _filled(start: int, units: list[Span], target: float) -> list[Span]:
    passages: list[Span] = []
    end = start
    for unit in units:
        length, longer = end - start, unit.end - start
        if length and (longer > MAX_LENGTH or longer - target > target - length):
            passages.append(Span(start, end))
            start = unit.start
        end = unit.end
    return [*passages, Span(start, end)]
