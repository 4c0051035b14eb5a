"""Hears every sentence of a report on whether it tells of a goal, and whether a scope is believed.

Brings what headings and opening words say together with the wording of sentences, which `stance`
weighs. Knows nothing of numbers with units.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.figures.openings import (
    announces_goal,
    scope_of_headings,
    scope_of_opening,
    tells_of_both,
)
from index.figures.periods import Scope
from index.figures.stance import Witness, goals
from index.reports.calendar import Calendar
from index.types import Passage, Span

_DIGIT = re.compile(r"\d")
_BARE_YEAR = re.compile(r"(?:[\u4e00-\u9fff]{0,4})((?:19|20)\d\d)年[:：]?")
_HEADING = 2.0
"""Log-odds that a heading of goals, or of results, gives the sentences under it."""
_LEAD, _OPENED = 4.0, 2.0
"""Log-odds that words announcing goals, or naming a year to open with, give their sentence."""
_LISTED = 3.5
"""Log-odds for a goal of what is listed behind words announcing goals, in their paragraph."""
_RECALLED = 9.0
"""Log-odds against a goal of what goes on from 过去一年 in its paragraph."""
_RECALLS = re.compile(
    r"\W{0,2}(?:各位代表[,!:])?(?:过去的?一年|一年来|去年|回顾[过去]去?)(?!的?(?:基础|同期))"
)
_LOOKS_AHEAD = re.compile(
    r"今年|明年|新的一年|必须|我们要|(?:^|[,;])(?:要|将)|目标|拟|计划|安排|力争|确保|争取"
)
_IN_CHARGE = re.compile(r"(?:牵头|责任|承办|配合)(?:单位|部门)")
"""Who a task is for: results have no such note."""
_AGAINST, _AGAINST_OPENING = 0.7, 0.9
"""From which probability of the other kind the scope that holds is not believed."""


def weigh(
    passages: Sequence[tuple[Passage, Sequence[Span]]], calendar: Calendar
) -> dict[int, float]:
    """Return how likely each sentence with a number tells of a goal, by where it begins.

    Args:
        passages: those of one report, in order, with the sentences of each.
        calendar: the years as the report sees them.
    """
    starts: list[int] = []
    witnesses: list[Witness] = []
    part: tuple[str, ...] | None = None
    headed = told = 0.0
    headings: tuple[str, ...] = ()
    for passage, sentences in passages:
        if headings != passage.headings:
            headings, told = passage.headings, _told_by_headings(passage.headings, calendar)
        if part != passage.headings[:1]:
            headed = 0.0
        listed = recalled = False
        for span in sentences:
            sentence = span.of(passage.text)
            goes_on = _goes_on(passage.text, span)
            listed = listed and goes_on
            recalled = _recalls(sentence, recalled=recalled and goes_on)
            if not _DIGIT.search(sentence):
                listed = listed or announces_goal(sentence)
                continue
            year = _BARE_YEAR.fullmatch(sentence.strip())
            if year is not None:  # a line that heads what follows
                headed = -_HEADING if int(year[1]) <= calendar.done else _HEADING
            opened = headed + _told_by_opening(sentence, calendar) + (_LISTED if listed else 0.0)
            opened -= _RECALLED if recalled else 0.0
            listed = listed or announces_goal(sentence)
            begins = part != passage.headings[:1] or year is not None
            witnesses.append(Witness(sentence, told + opened, begins))
            part = passage.headings[:1]
            starts.append(passage.span.start + span.start)
    return dict(zip(starts, goals(witnesses), strict=True))


def _recalls(sentence: str, *, recalled: bool) -> bool:
    """Tell whether a sentence looks back: 过去一年 opens it, or one that it goes on from."""
    if _RECALLS.match(sentence):
        return True
    return recalled and not _LOOKS_AHEAD.search(sentence)


def _goes_on(text: str, span: Span) -> bool:
    """Tell whether a sentence stands in the paragraph of the one before, or in a list below it."""
    begin = span.start + len(text[span.start : span.end]) - len(span.of(text).lstrip())
    return "\n" not in text[max(0, span.start - 1) : begin] or bool(_ITEM.match(text, begin))


_ITEM = re.compile(r"[—●◆■·•-]|[(]?[\d一二三四五六七八九十]{1,2}[)、.]")


def believed(scope: Scope | None, goal: float, calendar: Calendar, *, opens: bool) -> Scope:
    """Return the scope of a sentence: that which holds, unless all else speaks against it."""
    done, ahead = calendar.done, calendar.ahead
    if scope is None:
        scope = Scope("actual", done, done, sure=False)
    limit = _AGAINST_OPENING if opens else _AGAINST
    if scope.stance == "target" and goal < 1 - limit:
        return Scope("actual", done, done, sure=False)
    if scope.stance == "actual" and goal > limit:
        return Scope("target", ahead, ahead, sure=False)
    return scope


def _told_by_headings(headings: Sequence[str], calendar: Calendar) -> float:
    if not headings or tells_of_both(headings[0]):
        return 0.0
    scope = scope_of_headings(headings, calendar)
    return 0.0 if scope is None else _HEADING if scope.stance == "target" else -_HEADING


def _told_by_opening(sentence: str, calendar: Calendar) -> float:
    if announces_goal(sentence):
        return _LEAD
    if _IN_CHARGE.search(sentence):
        return _OPENED
    opened = scope_of_opening(sentence, None, calendar)
    return 0.0 if opened is None else _OPENED if opened.stance == "target" else -_OPENED
