"""What of a paragraph is a heading, and what the headings after it stand under.

A heading is known by its form alone: a number or a bullet, or a short open line above a paragraph.
Knows nothing of passages and of what a report says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.text.numbering import (
    BRACKETED,
    CIRCLED,
    DASHES,
    DIAMONDS,
    DOTS,
    ITEM,
    PART,
    SECTION,
    SUBITEM,
    SUBSECTION,
)
from index.text.scanning import lazily
from index.types import Span

_KINDS = {
    "part": f"{PART.pattern}[、:. ]?",
    "section": SECTION.pattern,
    "subsection": f"{SUBSECTION.pattern}[、.]?",
    "number": ITEM.pattern,
    "subnumber": f"{SUBITEM.pattern}[、.]?|{BRACKETED}",
    "circled": CIRCLED.pattern,
    "dot": f"[{DOTS}]",
    "diamond": f"[{DIAMONDS}]",
    "dash": f"{DASHES}-*",
}
_RANKED = ("part", "section", "subsection", "number", "subnumber", "circled")
MARKER = lazily("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _KINDS.items()))
"""The number or the bullet that a heading begins with; the group names its kind."""

INNER = lazily(
    rf"(?<=[。!?])(?:[”’)]?)(?={SECTION.pattern}|{_KINDS['subsection']}|{ITEM.pattern}(?!\d))"
)
"""Where a heading begins inside a paragraph."""

_FIGURE = lazily(r"\d(?:%|[亿万]|元|个百分点)")
_APPENDIX = lazily(r"(?:附件?|附录|附表|名词解释)\d{0,2}:?")
_LEAD = lazily(r"[^。!?:;\n]{2,60}[。!?:]")
_BYLINE = lazily(
    r":.|\||记者|通讯员|来源|摄$|编辑|作者|日报|政府工作报告|代表大会|\d{4}[-/]\d|日 ?\d"
    r"|[市区县州省长席] [^ ]{2,4}$"
)
_LINE_LENGTH = 45
_OPEN = lazily(r"[^。!?;,、:”)]$|——$|[^。!?;:][”)]$")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading's kind ("plain" without number or bullet), its words and its characters."""

    kind: str
    words: str
    span: Span


def heading_at(text: str, span: Span, following: str) -> Heading | None:
    """Return the heading that a paragraph, or a part of one, begins with."""
    part = span.of(text)
    marker = MARKER.match(part)
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


def _heading(kind: str, words: str, start: int) -> Heading:
    return Heading(kind, words.strip(" :。;—-"), Span(start, start + len(words)))


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
    below = MARKER.match(following)
    return len(following) > 2 * len(line) or following.endswith("。") or below is not None


def placed(
    path: tuple[Heading, ...], heading: Heading, recent: tuple[str, ...]
) -> tuple[Heading, ...]:
    """Return the path of headings that `heading` ends: what it stands beside or above goes.

    `recent` are the kinds of the two headings before it.
    """
    if heading.kind == "appendix":
        return (heading,)
    below_ranked = len(path) > 1 and path[-2].kind in _RANKED and path[-1].kind == "plain"
    if heading.kind in _RANKED and below_ranked and recent == ("plain", "plain"):
        # Sections without numbers that hold no numbered ones so far are not about to.
        path = path[:-1]
    return (*path[: depth_of(path, heading.kind)], heading)


def depth_of(path: tuple[Heading, ...], kind: str) -> int:
    """How much of the path stands above a heading of this kind."""
    for depth, other in enumerate(path):
        if other.kind == kind or (
            other.kind in _RANKED
            and kind in _RANKED
            and _RANKED.index(other.kind) > _RANKED.index(kind)
        ):
            return depth
    return len(path)
