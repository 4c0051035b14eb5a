"""In which year a report was given, from its date, its title, its headings or its file name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.lexicon.numerals import DIGITS, in_figures, numeral
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


_YEAR = rf"(?P<year>(?:19[4-9]|20[0-4])\d|[一二][九〇○零][{DIGITS}]{{2}})"
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
_THE_YEAR_IS = re.compile(rf"{_YEAR}年,?是[^。\n]{{2,60}}年[。,](?=[^\n]{{0,80}}今年)")
_REPORT_OF = re.compile(r"\s*年?度?[^\n:,。]{0,14}政府\s*工作\s*报告")
"""What makes the year of a title that of its report; else a page of the next year looks back."""
_LOOKED_BACK_ON = re.compile(rf"(?:回首|回望|回眸){_YEAR}年?")
_TO_DO = re.compile(rf"(?:看|聚焦|部署|展望){_YEAR}年?(?:怎么干|如何干|怎样干|干什么|,我们将)")
_TOLD_BACK = re.compile(rf"(?:回顾|总结)(?:和总结)?了?{_YEAR}年")
_TOLD_AHEAD = re.compile(rf"(?:对|部署了?|提出了?){_YEAR}年的?(?:重点|各项|政府)?(?:工作|目标)")
_NUMERAL = r"(?P<number>[一二三四五六七八九十]{1,3})"
_PLAN_REVIEWED = re.compile(rf"“{_NUMERAL}五”(?:时期|期间)[^\n。]{{0,30}}回顾")
_PLAN_BEGINS = re.compile(
    rf"(?:今年|{_YEAR}年),?是“{_NUMERAL}五”[^。,]{{0,10}}(?:开局|起步|第一|头一)"
)
_PLAN_ENDS = re.compile(
    rf"(?:今年|{_YEAR}年),?是“{_NUMERAL}五”[^。,]{{0,10}}(?:收官|收尾|最后一|决胜)"
)
_AFTER_PARTY_CONGRESS = re.compile(rf"今年,?是[^。,]{{0,10}}党的{_NUMERAL}大(?:精神)?的?开局")
_NATIONAL_SESSION = re.compile(
    rf"第{_NUMERAL}届全国人民代表大会第(?P<session>[一二三四五])次会议(?P<after>以来的五年)?"
)
_ANY = re.compile(rf"{_YEAR}年")
_IN_TITLE = re.compile(rf"{_YEAR}\s*年?")
_IN_FILE = re.compile(r"(?<![0-9A-Za-z])(?P<year>(?:19[4-9]|20[0-4])\d)(?=年|(?![0-9A-Za-z]))")
_DATE_IN_FILE = re.compile(
    r"(?<!\d)(?P<year>20[0-4]\d)[-_]?(?:0[1-9]|1[0-2])[-_]?(?:[0-2]\d|3[01])(?!\d)"
)
_OPENING = 700
_SHORT = 1500
"""Characters of a page up to which a year that is named once tells of when it is."""
_GIVEN_AT = re.compile(r"[向在]\s*$")
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
    published = min((date.year for date in dates if date.published), default=None)
    if title is not None and (found := _IN_TITLE.search(text, title[1].start, title[1].end)):
        named_so = _REPORT_OF.match(text, found.end("year")) is not None
        if named_so or published != _value(found["year"]) + 1:
            return Stated(_value(found["year"]), Span(found.start("year"), found.end("year")))
    named = _year_of_file(document)
    if spoken := _spoken_of(text):
        year, span = spoken
        if published is not None and published == year - 1:
            return Stated(published, span, inferred=True)
        if published is not None and published == year + 1 and _is_early(dates):
            # Published in the first months of a year, it looks back on the one before.
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


def _is_early(dates: Sequence[Dated]) -> bool:
    """Tell whether the first date of publishing lies in the months in which sessions are held."""
    first = min((date.iso for date in dates if date.published), default="")
    return first[5:7] in ("01", "02", "03")


def _year_of_file(document: str) -> int | None:
    for pattern in (_IN_FILE, _DATE_IN_FILE):
        if found := pattern.search(document):
            return int(found["year"])
    return None


def _spoken_of(text: str) -> tuple[int, Span] | None:
    """Return the year that headings and phrases of planning point to most, and where."""
    votes: Counter[int] = Counter()
    first: dict[int, Span] = {}
    for year, weight, found in _hints(text):
        heading = text[found.start() - 1 : found.start()] in ("\n", "、", ")", "")
        votes[year] += weight * (3 if heading else 1)
        first.setdefault(year, Span(found.start(), found.end()))
    if not votes:
        return None
    year = max(votes, key=lambda y: (votes[y], y))
    return year, first[year]


def _hints(text: str) -> Iterator[tuple[int, int, re.Match[str]]]:
    """Yield years that a text may have been given in, how much each counts, and its place."""
    for pattern, later, weight in (
        (_LOOKS_BACK, 1, 3),
        (_LOOKS_AHEAD, 0, 2),
        (_THE_YEAR_IS, 0, 2),
        (_TOLD_BACK, 1, 3),
        (_LOOKED_BACK_ON, 1, 2),
        (_TO_DO, 0, 1),
        (_TOLD_AHEAD, 0, 1),
        (_DO_WELL, 0, 1),
    ):
        for found in pattern.finditer(text):
            yield _value(found["year"]) + later, weight, found
    # The first five-year plan began in 1953, and since the sixth each covers 1951 + 5 n to
    # 1955 + 5 n; since 1982 a party congress has met in 1922 + 5 n.
    for pattern, zero in (
        (_PLAN_REVIEWED, 1956),
        (_PLAN_BEGINS, 1951),
        (_PLAN_ENDS, 1955),
        (_AFTER_PARTY_CONGRESS, 1923),
    ):
        for found in pattern.finditer(text):
            if (number := numeral(found["number"])) is not None:
                yield zero + 5 * number, 2, found
    # The fifth National People's Congress first met in 1978; one meets each year, for five years.
    for found in _NATIONAL_SESSION.finditer(text, 0, _OPENING):
        congress, session = numeral(found["number"]) or 0, numeral(found["session"]) or 0
        if congress >= 5 and (found["after"] or _GIVEN_AT.search(text[: found.start()])):
            year = 1978 + 5 * (congress - 5) + session - 1
            yield year + (5 if found["after"] else 0), 3, found


def _last_spoken_of(text: str) -> Stated[int] | None:
    """Conclude from the latest year named several times, plans for later decades left out."""
    count: Counter[int] = Counter()
    where: dict[int, Span] = {}
    for found in _ANY.finditer(text):
        if not _FAR_AHEAD.match(text, found.end()):
            year = _value(found["year"])
            # A year "up to" which something rises is as often a goal as a result.
            count[year] += 1 if text[found.start() - 1 : found.start()] == "到" else 2
            where.setdefault(year, Span(found.start("year"), found.end("year")))
    fewest = 4 if len(text) > _SHORT else 2
    often = [year for year, times in count.items() if times >= fewest]
    if not often:
        return None
    year = max(often)
    return Stated(year + 1 if _is_past(text, year) else year, where[year], inferred=True)


def _is_past(text: str, year: int) -> bool:
    """Say whether a text speaks of a year as over: most reports look back on the year before."""
    ahead = len(re.findall(rf"{year}年(?:要|将|计划|拟|预期|力争)", text))
    return ahead == 0


def _value(written: str) -> int:
    return int(in_figures(written))
