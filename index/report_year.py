"""In which year a report was given, from its date, its title, its headings or its file name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from index.types import Span, Stated


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


_YEAR = r"(?P<year>(?:19[4-9]|20[0-4])\d|[一二][九〇○零][〇○零一二三四五六七八九]{2})"
_DIGITS = {digit: str(value) for value, digit in enumerate("零一二三四五六七八九")} | {
    "〇": "0",
    "○": "0",
}
_LOOKS_BACK = re.compile(
    rf"{_YEAR}年(?:度)?(?:来|以来)?(?:的)?(?:国内|政府|经济社会发展|主要|全[省市区县州旗国])?"
    r"(?:的)?(?:工作|任务|发展)?(?:情况)?的?(?:回顾|总结|完成情况)"
)
_LOOKS_AHEAD = re.compile(
    rf"(?:做好|搞好|关于|部署|安排|抓好|全面完成|圆满完成)?{_YEAR}年(?:度)?(?:的)?"
    r"(?:政府|全[省市区县州旗国]|经济社会发展|经济和社会发展|国民经济和社会发展|主要|重点|全年)*的?"
    r"(?:工作(?:总体|的总体|安排|任务|重点|部署|思路|要求|目标|建议|打算|计划)"
    r"|重点(?:工作|任务)|主要(?:预期)?目标|总体(?:要求|思路|部署)|预期目标|目标任务|各项(?:工作|目标|任务))"
)
_DO_WELL = re.compile(rf"(?:做好|全面完成|圆满完成|扎实做好){_YEAR}年(?:的|各项|全年|政府|经济)")
_ANY = re.compile(rf"{_YEAR}年")
_IN_TITLE = re.compile(rf"{_YEAR}\s*年?")
_IN_FILE = re.compile(r"(?<![0-9A-Za-z])(?P<year>(?:19[4-9]|20[0-4])\d)(?=年|(?![0-9A-Za-z]))")
_DATE_IN_FILE = re.compile(
    r"(?<!\d)(?P<year>20[0-4]\d)[-_]?(?:0[1-9]|1[0-2])[-_]?(?:[0-2]\d|3[01])(?!\d)"
)
_FAR_AHEAD = re.compile(r"(?:底|前|末|远景|基本实现)")


def find_year(
    text: str,
    document: str,
    given: Dated | None,
    dates: Sequence[Dated],
    title: tuple[str, Span] | None,
) -> Stated[int] | None:
    """Return the year in which a report was given.

    Args:
        text: the clean text.
        document: the file's name.
        given: the date of the giving, where the text has it.
        dates: the dates of head and foot.
        title: the title and its clean span.

    Returns:
        The year with its clean span, or None. The date of the giving and a year in the title state
        it; else it is concluded: the year looked ahead to, or after the one looked back on, but
        never after the text was published; then the file name; then what the text speaks of last.
    """
    if given is not None:
        return Stated(given.year, Span(given.span.start, given.span.start + 4))
    if title is not None and (found := _IN_TITLE.search(text, title[1].start, title[1].end)):
        return Stated(_value(found["year"]), Span(found.start("year"), found.end("year")))
    published = min((date.year for date in dates if date.published), default=None)
    named = _year_of_file(document)
    if spoken := _spoken_of(text):
        year, span = spoken
        if published is not None and published == year - 1:
            return Stated(published, span, inferred=True)
        if named is not None and named == year - 1 and published is None:
            # Given in December, it looks ahead to the year after.
            return Stated(named, None, inferred=True)
        return Stated(year, span, inferred=True)
    if named is not None:
        return Stated(named, None, inferred=True)
    if published is not None:
        span = next(date.span for date in dates if date.published and date.year == published)
        return Stated(published, span, inferred=True)
    return _last_spoken_of(text)


def _year_of_file(document: str) -> int | None:
    for pattern in (_IN_FILE, _DATE_IN_FILE):
        if found := pattern.search(document):
            return int(found["year"])
    return None


def _spoken_of(text: str) -> tuple[int, Span] | None:
    """Return the year that headings and phrases of planning point to most, and where."""
    votes: Counter[int] = Counter()
    first: dict[int, Span] = {}
    for pattern, later, weight in ((_LOOKS_BACK, 1, 3), (_LOOKS_AHEAD, 0, 2), (_DO_WELL, 0, 1)):
        for found in pattern.finditer(text):
            year = _value(found["year"]) + later
            heading = text[found.start() - 1 : found.start()] in ("\n", "、", ")", "")
            votes[year] += weight * (3 if heading else 1)
            first.setdefault(year, Span(found.start("year"), found.end("year")))
    if not votes:
        return None
    year = max(votes, key=lambda y: (votes[y], y))
    return year, first[year]


def _last_spoken_of(text: str) -> Stated[int] | None:
    """Conclude from the latest year named several times, plans for later decades left out."""
    count: Counter[int] = Counter()
    where: dict[int, Span] = {}
    for found in _ANY.finditer(text):
        if not _FAR_AHEAD.match(text, found.end()) and text[found.start() - 1] != "到":
            year = _value(found["year"])
            count[year] += 1
            where.setdefault(year, Span(found.start("year"), found.end("year")))
    often = [year for year, times in count.items() if times >= 3]
    if not often:
        return None
    year = max(often)
    return Stated(year + 1 if _is_past(text, year) else year, where[year], inferred=True)


def _is_past(text: str, year: int) -> bool:
    """Say whether a text speaks of a year as over: most reports look back on the year before."""
    ahead = len(re.findall(rf"{year}年(?:要|将|计划|拟|预期|力争)", text))
    return ahead == 0


def _value(written: str) -> int:
    return int("".join(_DIGITS.get(digit, digit) for digit in written))
