"""In which year a report was given: what its date, title, sentences and file name say of it.

The year is that of the session, never the one planned for: `index.reports.calendar` tells that.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from index.lexicon.numerals import DIGITS, in_figures, numeral
from index.reports.witnesses import Witness
from index.text.scanning import scan
from index.types import Span

# The first character stands before all else that a pattern asks for: so its search passes over
# others at once.
_BEHIND_FIRST = rf"(?:(?<=1)9[4-9]\d|(?<=2)0[0-4]\d|(?<=[一二])[九〇○零][{DIGITS}]{{2}})"
_YEAR = rf"(?P<year>[12一二]{_BEHIND_FIRST})"
_THIS_YEAR = rf"[今12一二](?:(?<=今)|{_BEHIND_FIRST})年"
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
_AHEAD_FIRST = re.compile(r"[做搞关部安抓全圆12一二](?=[好于署排面满90九〇○零])")
_DO_WELL = re.compile(rf"(?:做好|全面完成|圆满完成|扎实做好){_YEAR}年(?:的|各项|全年|政府|经济)")
_THE_YEAR_IS = re.compile(rf"{_YEAR}年,?是[^。\n]{{2,60}}年[。,](?=[^\n]{{0,80}}今年)")
_TOLD_BACK = re.compile(rf"(?:回顾|总结)(?:和总结)?了?{_YEAR}年")
_TOLD_AHEAD = re.compile(rf"(?:对|部署了?|提出了?){_YEAR}年的?(?:重点|各项|政府)?(?:工作|目标)")
_NUMERAL = r"(?P<number>[一二三四五六七八九十]{1,3})"
_PLAN_REVIEWED = re.compile(rf"“{_NUMERAL}五”(?:时期|期间)[^\n。]{{0,30}}回顾")
_PLAN_BEGINS = re.compile(rf"{_THIS_YEAR},?是“{_NUMERAL}五”[^。,]{{0,10}}(?:开局|起步|第一|头一)")
_PLAN_ENDS = re.compile(rf"{_THIS_YEAR},?是“{_NUMERAL}五”[^。,]{{0,10}}(?:收官|收尾|最后一|决胜)")
_AFTER_PARTY_CONGRESS = re.compile(rf"今年,?是[^。,]{{0,10}}党的{_NUMERAL}大(?:精神)?的?开局")
_NATIONAL_SESSION = re.compile(
    rf"第{_NUMERAL}届全国人民代表大会第(?P<session>[一二三四五])次会议(?P<after>以来的五年)?"
)
_JUST_OVER = re.compile(
    rf"(?:回首|回望|回眸|刚刚过去的|过去的(?<!刚刚过去的)|走过){_YEAR}(?:年|\n|,)(?!以来|的五年)"
)
_LOOKED_AT = re.compile(rf"(?:展望|迈向|聚焦|看){_YEAR}年?")
_GOALS_ARE = re.compile(rf"{_YEAR}年,?[^。,\n]{{0,20}}(?:预期|发展|奋斗)?目标(?:是|为|:)")
_ENDED = re.compile(rf"{_YEAR}年[^。\n]{{0,16}}标志着“{_NUMERAL}五”[^。,]{{0,6}}(?:收官|完成|结束)")
_ANY = re.compile(rf"{_YEAR}年")
_IN_TITLE = re.compile(rf"(?<!\d){_YEAR}(?!\d)\s*年?")
_OVER = re.compile(r"[^\n]{0,24}(?:完成|实现|达到|突破|回顾|成绩单|收官)")
_IN_FILE = re.compile(r"(?<![0-9A-Za-z])(?P<year>(?:19[4-9]|20[0-4])\d)(?=年|(?![0-9A-Za-z]))")
_DATE_IN_FILE = re.compile(
    r"(?<!\d)(?P<year>20[0-4]\d)[-_]?(?:0[1-9]|1[0-2])[-_]?(?:[0-2]\d|3[01])(?!\d)"
)
_OPENING = 700
_SHORT = 1500
"""Characters of a page up to which a year that is named twice tells of when it is."""
_GIVEN_AT = re.compile(r"[向在]\s*$")
_FAR_AHEAD = re.compile(r"(?:底|前|末|远景|基本实现)")


def said_by_title(who: str, title: str, span: Span | None) -> list[Witness[int]]:
    """Return the year that a title names; one that it looks back on is the year before."""
    found = _IN_TITLE.search(title)
    if found is None:
        return []
    year = _value(found["year"])
    at = None
    if span is not None and len(span) == len(title):
        at = Span(span.start + found.start("year"), span.start + found.end("year"))
    if _OVER.match(title, found.end()):
        return [Witness(who, year + 1, 1.5, at)]
    return [Witness(who, year, 4, at, outright=at is not None)]


def said_by_name(who: str, name: str, planned: int | None) -> list[Witness[int]]:
    """Return the year that a file's or a folder's name holds.

    Such a year is as often the one planned for: where the report was given at the end of the
    year before, which `planned` then is not, it speaks for that.
    """
    for pattern in (_IN_FILE, _DATE_IN_FILE):
        if found := pattern.search(name):
            year = int(found["year"])
            return [Witness(who, planned if planned == year - 1 else year, 3)]
    return []


def said_by_text(text: str) -> list[Witness[int]]:
    """Return the year that headings and phrases of planning point to, or that is named last."""
    if spoken := _spoken_of(text):
        year, span, votes = spoken
        return [Witness("sentences", year, 1.5 + min(2.5, votes / 6), span)]
    last = _last_spoken_of(text)
    return [last] if last else []


def _spoken_of(text: str) -> tuple[int, Span, int] | None:
    """Return the year that headings and phrases of planning point to most, where, and how much."""
    votes: Counter[int] = Counter()
    first: dict[int, Span] = {}
    for year, weight, found in _hints(text):
        heading = text[found.start() - 1 : found.start()] in ("\n", "、", ")", "")
        votes[year] += weight * (3 if heading else 1)
        first.setdefault(year, Span(found.start(), found.end()))
    if not votes:
        return None
    year = max(votes, key=lambda y: (votes[y], y))
    return year, first[year], votes[year]


def _hints(text: str) -> Iterator[tuple[int, int, re.Match[str]]]:
    """Yield years that a text may have been given in, how much each counts, and its place."""
    for hints, later, weight in (
        (_LOOKS_BACK.finditer(text), 1, 3),
        (scan(_AHEAD_FIRST, _LOOKS_AHEAD, text), 0, 2),
        (_THE_YEAR_IS.finditer(text), 0, 2),
        (_TOLD_BACK.finditer(text), 1, 3),
        (_TOLD_AHEAD.finditer(text), 0, 1),
        (_DO_WELL.finditer(text), 0, 1),
        (_JUST_OVER.finditer(text), 1, 2),
        (_LOOKED_AT.finditer(text), 0, 1),
        (_GOALS_ARE.finditer(text), 0, 2),
        (_ENDED.finditer(text), 1, 1),
    ):
        for found in hints:
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


def _last_spoken_of(text: str) -> Witness[int] | None:
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
    return Witness("sentences", year + 1 if _is_past(text, year) else year, 1, where[year])


def _is_past(text: str, year: int) -> bool:
    """Say whether a text speaks of a year as over: most reports look back on the year before."""
    ahead = len(re.findall(rf"{year}年(?:要|将|计划|拟|预期|力争)", text))
    return ahead == 0


def _value(written: str) -> int:
    return int(in_figures(written))
