"""The dates of a report: full ones in head and foot, and the day of the session in sentences.

Knows the session, where it was found, and no other metadata.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.lexicon.numerals import DIGITS, in_figures, numeral
from index.types import Span


@dataclass(frozen=True, slots=True)
class Dated:
    """A full date in a text: ISO 8601, where, and whether of the giving or the publishing."""

    iso: str
    span: Span
    given: bool
    published: bool

    @property
    def year(self) -> int:
        """The year of the date."""
        return int(self.iso[:4])


@dataclass(frozen=True, slots=True)
class Day:
    """The day of a session, without its year, and where a text has it."""

    month: int
    day: int
    span: Span

    @property
    def closing(self) -> bool:
        """Whether a session on that day plans the next year."""
        return self.month >= 11

    def iso(self, year: int) -> str:
        """Return the day in a year, ISO 8601."""
        return f"{year:04d}-{self.month:02d}-{self.day:02d}"


_OPENING = 1_500
_FOOT = 400
_DATE = re.compile(
    rf"(?P<year>\d{{4}}|[{DIGITS}]{{4}})"
    r"\s*[年/.-]\s*(?P<month>\d{1,2}|[一二三四五六七八九十]{1,2})"
    r"\s*[月/.-]\s*(?P<day>\d{1,2}|[一二三四五六七八九十]{1,3})\s*日?"
)
_MONTH_DAY = re.compile(
    r"(?<![\d年至])(?P<month>元|\d{1,2}|十?[一二三四五六七八九十])月"
    r"(?P<day>\d{1,2}|[二三]?十?[一二三四五六七八九十])日"
)
_CLOCK = re.compile(r"\s*\d{1,2}:\d{2}")
_PUBLISHED = re.compile(
    r"(?:发布|发文|成文|更新|印发|刊发|公开|发稿|生成|上传)?(?:时间|日期)[::]?\s*$"
    r"|(?:来源|信息|稿源)[^\n]{0,40}$"
)
_UP_TO_SESSION = re.compile(r"\s*(?![\s\d:]*\d:\d)[^\n:]{0,30}\n?[^\n:]{0,30}\s*")
_HELD = re.compile(
    r"(?!日?(?:至|—|-|到|以来|前|起施行))[^。]{0,110}?"
    r"(?:人民代表大会|人大[^。,]{0,6}会议|届[^。,]{0,14}次[^。,]{0,4}会议"
    r"|政府工作报告|大会(?:隆重)?开幕)"
)
_HELD_THEN = re.compile(r"开幕|召开|举行|参加|出席|听取|报告|在[^。]{0,12}$")
_NOT_THE_DAY = re.compile(r"(?:截至|截止|自|从|定于|将于|发布|来源|日期|时间)[::]?\s*$")


def full_dates(text: str, head: int, session: Span | None) -> Iterator[Dated]:
    """Yield the full dates of head and foot: of the giving, of the publishing, and others."""
    foot = max(head, len(text) - _FOOT)
    title_end = text.find("\n")
    for found in [*_DATE.finditer(text, 0, max(head, 1)), *_DATE.finditer(text, foot)]:
        iso = _iso(found)
        if iso is None:
            continue
        before = text[max(0, found.start() - 40) : found.start()].rpartition("\n")[2]
        at_session = (
            session is not None
            and found.end() <= session.start
            and _UP_TO_SESSION.fullmatch(text, found.end(), session.start) is not None
        )
        published = not at_session and bool(
            _CLOCK.match(text, found.end())
            or _PUBLISHED.search(before)
            or re.match(r"\s*(?:来源|稿源|发布|作者|编辑)", text[found.end() : found.end() + 8])
        )
        behind = text[found.end() : found.end() + 120]
        in_title = found.start() < title_end and text[found.start() - 1 : found.start()] == "("
        spoken = bool(re.match(r"\s*\S{0,20}?(?:在|于).{0,40}会议", behind))
        alone = text[:head][found.end() : found.end() + 2] in ("", "\n", ")", ")\n")
        given = (
            not published and found.start() < head and (at_session or in_title or spoken or alone)
        )
        yield Dated(iso, Span(found.start(), found.end()), given, published)


def spoken_date(text: str) -> Dated | None:
    """Return the full date of a sentence about the session: 2022年1月20日,某县…会议开幕."""
    for found in _DATE.finditer(text, 0, _OPENING):
        iso = _iso(found)
        if iso is not None and "日" in found[0] and _is_of_session(text, found):
            return Dated(iso, Span(found.start(), found.end()), given=True, published=False)
    return None


def day_of_session(text: str) -> Day | None:
    """Return month and day of a sentence about the session: 1月5日,某市…会议开幕."""
    for found in _MONTH_DAY.finditer(text, 0, _OPENING):
        month = 1 if found["month"] == "元" else _value(found["month"])
        day = _value(found["day"])
        if 1 <= month <= 12 and 1 <= day <= 31 and _is_of_session(text, found):
            return Day(month, day, Span(found.start(), found.end()))
    return None


def date_in(written: str) -> tuple[str, Span] | None:
    """Return the first full date of a title or a cell, ISO 8601, and where it is there."""
    for found in _DATE.finditer(written):
        if (iso := _iso(found)) is not None:
            return iso, Span(found.start(), found.end())
    return None


def _is_of_session(text: str, found: re.Match[str]) -> bool:
    if _NOT_THE_DAY.search(text[max(0, found.start() - 8) : found.start()]):
        return False
    held = _HELD.match(text, found.end(), found.end() + 140)
    if held is None:
        return False
    around = held[0] + text[held.end() : held.end() + 40].partition("。")[0]
    return _HELD_THEN.search(around) is not None


def _iso(found: re.Match[str]) -> str | None:
    year, month, day = (_value(found[part]) for part in ("year", "month", "day"))
    if not (1949 <= year <= 2100 and 1 <= month <= 12 and 1 <= day <= 31):
        return None
    return f"{year:04d}-{month:02d}-{day:02d}"


def _value(written: str) -> int:
    """Return the number that digits or Chinese numerals, or a year's four, stand for; else 0."""
    figures = in_figures(written)
    return int(figures) if figures.isdecimal() else numeral(written) or 0
