"""Answers what a whole report says, what work it sets or what it looks back on: by its headings.

Takes on only questions that name no subject of their own. Knows how reports call their sections.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Literal

from assistant.answering.lists.ranking import COUNTED, asked_count
from assistant.questions import cues
from assistant.types import Question
from index.structure.enumerations import enumerations
from index.structure.outline import Enumeration
from index.structure.sentences import sentences
from index.text.scanning import lazily
from index.types import Passage, Span

Part = Literal["whole", "tasks", "past"]

_TASKS = lazily(
    r"(?:工作|主要|重点|目标|政府|总体).{0,6}任务|重点工作|工作(?:安排|部署|的?建议)|的工作$|关于.{4,8}工作$"
)
_PAST = lazily(r"回顾|过去.{1,4}年|成就|成绩")
_OTHER = lazily(r"自身建设|附件|名词解释|注释")
_FEWEST = 4
"""Headings from which a section is told by them."""
_SCRAP = 4
"""Characters below which a heading says nothing: 一."""
_LONGEST = 1_000
"""Characters up to which the headings of a whole report are told with those under them."""

_WORDS = lazily(
    r"政府|国务院|工作|报告|讲|说|写|谈|包括|包含|任务|今年|去年|全年|过去|[五一]年来|主要|重点|重大|成绩|成就|进展|取得|回顾|总结|内容|方面"
    r"|部署|安排|提出|确定|明确|做了|完成|这份|全文|整[个份]|一下|请|[项点了的年个是有和与对在中为把将要及些,.?!]"
)
_ENGLISH = lazily(
    r"\b(?:report|work|government|national|main|key|major|priorit(?:y|ies)|points?|tasks?|areas?|year|contents?"
    r"|chinas?|achievements?|accomplishments?|achieve|accomplish|review|past|last|set|sets|out|s)\b",
    re.IGNORECASE,
)


def asked_part(question: Question) -> Part | None:
    """Return which part of a report a question asks for as a whole; None where it names a subject.

    The count that it may state is none of its subject.
    """
    folded = question.folded
    if question.wanted in ("who", "when", "where", "number"):
        return None
    part: Part | None = None
    if cues.shows("main_tasks", folded):
        part = "tasks"
    elif cues.shows("looks_back", folded) and re.search("成绩|成就|工作|achiev|accompl", folded):
        part = "past"
    elif cues.shows("overview", folded):
        part = "whole"
    rest = cues.without("overview", cues.without("main_tasks", question.subject))
    rest = COUNTED.sub("", rest)
    rest = _ENGLISH.sub(" ", rest) if question.language == "en" else _WORDS.sub("", rest)
    return part if not re.search(r"[\w]", rest) else None


def headings_of(
    question: Question, part: Part, text: str, passages: Sequence[Passage]
) -> Enumeration | None:
    """Return the headings that tell a part of a report; None where it has too few of them."""
    paths = _paths(text, passages)
    if part == "whole":
        return _whole(paths)
    wanted, other = (_TASKS, _PAST) if part == "tasks" else (_PAST, _TASKS)
    count = asked_count(question.folded)
    sections = [
        (path[0], span)
        for path, span in paths.items()
        if len(path) == 1 and wanted.search(path[0]) and not _OTHER.search(path[0])
    ]
    sections = [each for each in sections if part == "past" or not other.search(each[0])]
    for told in (_under, _numbered, _said) if part == "past" else (_under, _numbered):
        for heading, span in sections:
            items = told(heading, paths, text, passages)
            if len(items) >= _FEWEST and count in (None, len(items)):
                return Enumeration("headings", tuple(items), span, ())
    return None


def _under(
    heading: str, paths: Mapping[tuple[str, ...], Span], _text: str, _passages: Sequence[Passage]
) -> Sequence[Span]:
    """Return the headings that stand right under one at the top."""
    return [span for path, span in paths.items() if len(path) == 2 and path[0] == heading]


def _numbered(
    heading: str, _paths: Mapping[tuple[str, ...], Span], text: str, passages: Sequence[Passage]
) -> Sequence[Span]:
    """Return the longest run of numbered items that stands right under a heading."""
    runs = [
        each.items
        for each in enumerations(text, passages)
        if each.form in ("ranked", "bullets") and each.headings[-1:] == (heading,)
    ]
    return max(runs, key=len, default=())


_FIRST = 6
"""How many sentences of a section tell it where it has no headings."""
_SAYS = 16
"""Characters from which a sentence says something."""


def _said(
    heading: str, _paths: Mapping[tuple[str, ...], Span], _text: str, passages: Sequence[Passage]
) -> Sequence[Span]:
    """Return the first sentences of a section that say something."""
    said = [
        Span(sentence.start + passage.span.start, sentence.end + passage.span.start)
        for passage in passages
        if passage.headings[:1] == (heading,)
        for sentence in sentences(passage.text)
        if len(sentence) >= _SAYS and heading not in sentence.of(passage.text)
    ]
    return said[:_FIRST]


_STATED = lazily(r"[^。!?\n]*任务(?:,?就?是|:)[^。!?\n]{8,}")


def stated_tasks(text: str) -> Enumeration | None:
    """Return the first sentence that says what the task of a time is."""
    found = _STATED.search(text)
    if found is None:
        return None
    start = found.start() + len(found[0]) - len(found[0].lstrip(" ”"))
    return Enumeration("announced", (Span(start, found.end()),), None, ())


def _whole(paths: Mapping[tuple[str, ...], Span]) -> Enumeration | None:
    tops = [span for path, span in paths.items() if len(path) == 1]
    told = [span for path, span in paths.items() if len(path) <= 2]
    if len(told) < _FEWEST:
        return None
    items = told if sum(map(len, told)) <= _LONGEST or len(tops) < _FEWEST - 1 else tops
    return Enumeration("headings", tuple(items), None, ())


def _paths(text: str, passages: Sequence[Passage]) -> dict[tuple[str, ...], Span]:
    """Return the headings of a report in their order, each by its path, where it first stands."""
    paths: dict[tuple[str, ...], Span] = {}
    for passage in passages:
        for depth, heading in enumerate(passage.headings, start=1):
            path = passage.headings[:depth]
            if path in paths or len(heading) < _SCRAP or _OTHER.fullmatch(heading.strip(":")):
                continue
            start = text.find(heading, passage.span.start, passage.span.end)
            if start >= 0:
                paths[path] = Span(start, start + len(heading))
    return paths
