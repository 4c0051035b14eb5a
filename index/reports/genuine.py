"""Whether a text can be a report: masked templates, novels and falsified years are told apart.

Each is told by a count over the whole text, never by one word. Knows nothing of files.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime

from index.lexicon.numerals import numeral
from index.types import Report

_MASK = r"(?:[XxＸ×]{1,4}(?:\.[XxＸ×]{1,3})?|[*＊]{2,4}|[□○]{1,4}|_{2,})"
_MASKED = re.compile(
    rf"{_MASK}\s*(?=亿|万|[%%]|元|个|名|家|公里|件|项|户|人|位|吨|亩|[省市县区州镇乡村](?!长))"
)
_MASKS = 8
_CHAPTER = re.compile(r"^\s*第[一二三四五六七八九十百千零\d]{1,6}[章回][ \t]*\S", re.MULTILINE)
_TALE = re.compile(
    r"忐忑|心想|暗想|心里|脸色|笑道|说道|问道|点了点头|叹了口气|目光|眼神|微微一笑|本章|作者|书友|月票"
    r"|台下|掌声[^。]{0,6}响|看向|愣了|皱眉|低声"
)
_TALES = 3
_CONGRESS = re.compile(
    r"党的(?P<number>[一二三四五六七八九十]{1,3})大(?:报告|精神|以来|擘画|部署|关于|确定|胜利召开)"
)
_PLAN = re.compile(
    r"“(?P<number>[一二三四五六七八九十]{1,3})五”(?:以来|开局|规划实施|时期[^。,]{0,6}回顾)"
)
_NAMED = 3


def why_not(text: str, report: Report) -> str | None:
    """Return in one line why a text is no report; None where nothing speaks against it.

    Args:
        text: the clean text.
        report: what was read of it.
    """
    masked = len(_MASKED.findall(text))
    if masked >= _MASKS:
        return f"looks like a template: {masked} masked numbers or names"
    if _is_tale(text):
        return "looks like a novel: a chapter's heading and a tale around a report"
    return _falsified(text, report)


def _is_tale(text: str) -> bool:
    """Say whether a chapter's heading stands above, and people act in the text.

    A yearbook has chapters too, but no one in it blushes; a congress held has 掌声.
    """
    chapter = _CHAPTER.search(text, 0, 300)
    tales = len(_TALE.findall(text))
    if chapter is not None and re.match(r"\s*第[^\n]{1,8}[章回]", text[chapter.start() :]):
        return tales >= 1 and not re.search(r"第[一二三四五六七八九十]+节", text[:3_000])
    return tales >= 4 * _TALES


def _falsified(text: str, report: Report) -> str | None:
    """Say why a report cannot be of the year it claims: it knows what was not yet, or is to come.

    Since 1982 the n-th party congress has met in 1922 + 5 n, and the n-th five-year plan, since
    the sixth, has begun in 1951 + 5 n; a report looks forward to either by a year or two.
    """
    year = report.given
    if year is None:
        return None
    if year > datetime.now(tz=UTC).year + 1:
        return f"its year {year} is still to come: was it falsified?"
    for pattern, zero, first, name in (
        (_CONGRESS, 1922, 11, "党的{}大"),
        (_PLAN, 1951, 6, "“{}五”"),
    ):
        written = [found["number"] for found in pattern.finditer(text)]
        numbers = [(numeral(each) or 0, each) for each in written]
        late = [each for each in numbers if zero + 5 * each[0] > year + 1 and each[0] >= first]
        if len(late) >= _NAMED:
            latest, named = max(late)
            begun = zero + 5 * latest
            known = name.format(named)
            return f"its year {year} cannot be: it speaks of {known}, which was in {begun}"
    return None
