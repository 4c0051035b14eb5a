"""Of which years a figure may be, as done or as a goal: scopes, and the times that set them.

Times named beside a figure (去年, 1—11月, 到2026年) are read against the year in which the report
was given; what headings and opening words say is for `openings`. Knows nothing of numbers with
units or of indicators.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from index.lexicon.numerals import numeral
from index.reports.calendar import Calendar
from index.text.scanning import scan

Stance = Literal["target", "actual"]


@dataclass(frozen=True, slots=True)
class Scope:
    """The years `first` to `last`, told of as done or as goals.

    `months` is the ISO form of a part of the year, and `sure` false where nothing but the place in
    the report says so.
    """

    stance: Stance
    first: int
    last: int
    months: str | None = None
    sure: bool = True

    @property
    def several(self) -> bool:
        """Whether it is several years taken together."""
        return self.first < self.last


# What periods and openings read alike.
FIVE = r"(?<!\d)[五5]"
PAST_YEARS = re.compile(
    r"[过五5这本上的](?:"  # a set comes first: the search passes over all other characters at once
    rf"(?<=过)去的?{FIVE}年|(?<=[五5])(?<!\d[五5])年(?:来(?!最|的?(?:新[高低]|首[次个]))|的?(?:工作)?回顾|间)"
    rf"|(?<=[这本]){FIVE}年|(?<=[本上])届政府(?!.*自身)|(?<=的){FIVE}年[,。])"
)
COMING_YEARS = re.compile(rf"(?:今后|未来|接下来)的?{FIVE}年")
PLAN = re.compile(r"“(?P<plan>九|十|十一|十二|十三|十四|十五)五”")
PLAN_STARTS = {"九": 1996, "十": 2001, "十一": 2006, "十二": 2011, "十三": 2016, "十四": 2021,
                "十五": 2026}  # fmt: skip
YEAR = re.compile(r"([12](?<!\d[12])(?:(?<=1)9|(?<=2)0)\d\d)年")


def of_year(year: int, calendar: Calendar) -> Scope:
    """Return a year as done or as a goal."""
    return Scope("actual" if year <= calendar.done else "target", year, year)


def past_years(calendar: Calendar) -> Scope:
    """Return the five years that ended with the year done."""
    return Scope("actual", calendar.done - 4, calendar.done)


def of_plan(name: str, calendar: Calendar, stance: Stance) -> Scope:
    """Return the years of a plan by its name (十四), those that are over where it goes on."""
    first = PLAN_STARTS[name]
    if first + 4 <= calendar.done:
        stance = "actual"
    elif first >= calendar.ahead:
        stance = "target"
    last = min(first + 4, calendar.done) if stance == "actual" else first + 4
    return Scope(stance, first, max(first, last))


@dataclass(frozen=True, slots=True)
class Time:
    """A time that a sentence names: from `start` to `end` of it, and the scope that it sets."""

    start: int
    end: int
    scope: Scope


_DONE_IN_FIVE = (
    "新增|净增|累计|固定资产|投资|实现|完成|建成|改造|解决|转移|引进|减少|实施|争取|利用|吸[引纳收]"
    "|安排|投入|新建|开工|财政|城镇|农村|增加|脱贫|减贫|培[养训育]|办理|清理|取消|化解|关停|淘汰"
    "|造林|治理|开通|开辟|拆除|扶持|帮助|压减|改扩?建|新改|发放|筹集|转化"
)
"""What 五年 at the head of a clause goes on with where it sums up those that are over."""

_TIME_FIRST = re.compile(
    r"[到至截\d前首近上一两二三四第去今明当过五这经十未“](?<!\d\d)(?=[-—~\d年月至止到三二两四半季一前去五这过后来九十])"
)
_TIME = re.compile(
    r"(?<!\d)(?P<first>(?:19|20)\d\d)年?[-—~至到]{1,2}(?P<last>(?:19|20)\d\d)年(?!度)"
    r"|(?P<by>(?:到|至|截至)?)(?<!\d)(?P<year>(?:19|20)\d\d)年(?P<part>(?:底|末|初)?)"
    r"|(?P<to>(?<=\d年)|(?<!\d))(?P<from>\d{1,2})月?[-—~至到]{1,2}(?P<until>\d{1,2})月"
    r"|(?P<share>(?<![\d二三四])(?:[前首]三季度|前[二两]季度|上半年|一季度|第一季度|前\d{1,2}个月))"
    r"|截[至止]到?(?P<upto>\d{1,2})月(?:底|末|份)?"
    r"|(?P<word>去年|前年|今年|明年|当前)"
    rf"|(?P<past>过去的?{FIVE}年|{FIVE}年来(?!最|[的]?(?:新[高低]|首[次个]))|{FIVE}年累计|(?<!前){FIVE}年(?=翻|增[长加])|(?<![十近连前第几]){FIVE}年(?=共|合计|实际[利使])|这{FIVE}年|{FIVE}年间|经过{FIVE}年)"
    r"|(?P<ten>(?<![一二三四五六七八九])十年(?:来(?!最|的?(?:新[高低]|首[次个]))|间|(?=年均|增|累计|接近|翻)))"
    r"|近(?P<recent>[两二三四])年(?!来?[,。])|(?<![近第十\d])(?P<over>[两二三四])年(?=累计|平均增|年均)"
    rf"|(?P<bare>(?<![^,。;:\s]){FIVE}年(?=(?:{_DONE_IN_FIVE})))"
    rf"|(?P<within>(?:今后|未来)?的?{FIVE}年[之以]?内)"
    rf"|(?P<coming>(?:今后|未来){FIVE}年)"
    r"|“(?P<plan>九|十|十一|十二|十三|十四|十五)五”(?P<where>时期|期间|末|期末|(?=年均))"
)
COMPARES = re.compile(
    r"(?:[较比与同按自从以和]|相比|相当于|是|达到|超过|高于|低于|不低于|延续|结转)[ ]?$"
)
_NOT_TIME = re.compile(
    r"(?:与(?:19|20)\d\d年[^,。;]{0,8}(?:相比|比较)|的?[^\W\d_]?[\d.]+倍|[^,。;、\d]{1,8}的[\d.]+倍|前的|以来|不变价|价格|相比|水平|度?(?:相比|同期)|同期|底?的?[^,。;、\d]{0,6}基础|可比价|基期|版|中国|(?:的)?决算|规划)"
)


_A_SHARE = re.compile(r"的[\d.]+%")


def times(sentence: str, calendar: Calendar) -> list[Time]:
    """Find the times that a sentence names, but for those it only compares with."""
    found: list[Time] = []
    for match in scan(_TIME_FIRST, _TIME, sentence):
        if _NOT_TIME.match(sentence, match.end()):
            continue
        if match["by"] and _A_SHARE.match(sentence, match.end()):
            continue  # 恢复到2019年的75%
        compares = COMPARES.search(sentence, max(0, match.start() - 4), match.start())
        starts = (
            compares and compares[0] == "从" and sentence[match.end() : match.end() + 1] == "的"
        )
        if compares and not (
            match["by"] or match["past"] or match["ten"] or match["first"] or starts
            or (match["plan"] and compares[0].rstrip()[-1] not in "较比于过")
        ):  # fmt: skip
            continue
        if (scope := _scope_of_time(match, found, calendar)) is not None:
            found.append(Time(match.start(), match.end(), scope))
    return found


def _scope_of_time(
    match: re.Match[str], before: Sequence[Time], calendar: Calendar
) -> Scope | None:
    if match["year"]:
        year = int(match["year"])
        return of_year(year, calendar) if 1949 <= year <= calendar.given + 50 else None
    if match["from"] or match["share"] or match["upto"]:
        months = _months(match)
        if months is None:
            return None
        near = before and match.start() - before[-1].end <= 1
        year = before[-1].scope.last if near else _year_of_months(months[1], calendar)
        named = bool(near) or year == calendar.given
        months_of = f"{year}-{months[0]:02d}/{year}-{months[1]:02d}"
        return Scope("actual", year, year, months_of, sure=named)
    if match["word"]:
        offset = {"去年": -1, "前年": -2, "今年": 0, "明年": 1}.get(match["word"])
        return None if offset is None else of_year(calendar.given + offset, calendar)
    if match["past"]:
        return past_years(calendar)
    if match["within"]:
        return Scope("target", calendar.ahead + 4, calendar.ahead + 4)
    if match["bare"]:
        return replace(past_years(calendar), sure=False)
    if match["first"]:
        return _of_years(match, calendar)
    if spelled := match["recent"] or match["over"]:
        years = numeral(spelled) or 1
        return Scope("actual", calendar.done - years + 1, calendar.done, sure=False)
    if match["ten"]:
        return Scope("actual", calendar.done - 9, calendar.done)
    if match["coming"]:
        return Scope("target", calendar.ahead, calendar.ahead + 4)
    scope = of_plan(match["plan"], calendar, "target")
    return replace(scope, first=scope.last) if "末" in match["where"] else scope


def _of_years(match: re.Match[str], calendar: Calendar) -> Scope | None:
    """Return the years from one to another, unless they belong to a title: (2021—2025年)》."""
    text, first, last = match.string, int(match["first"]), int(match["last"])
    title = text.rfind("《", 0, match.start()) > text.rfind("》", 0, match.start())
    if title or text[match.end() : match.end() + 1] == ")" or not first < last <= first + _LONGEST:
        return None
    if text[max(0, match.start() - 1) : match.start()] in ("从", "由", "自"):
        first += 1  # what grew from 2002 to 2006 did so from 2003 on
    return Scope("actual" if last <= calendar.done else "target", first, last)


_LONGEST = 30  # years of any plan


def _year_of_months(last: int, calendar: Calendar) -> int:
    """Return the year of months named without one: that of the session where they are over."""
    over = calendar.day is not None and last < int(calendar.day[5:7])
    return calendar.given if over and calendar.done < calendar.given else calendar.done


def is_over(months: str, calendar: Calendar) -> bool:
    """Tell whether months ("2023-01/2023-06") were over when the report was given."""
    return calendar.day is not None and months[-7:] < calendar.day[:7]


def months_ahead(months: str, calendar: Calendar) -> Scope:
    """Return the scope of goals for months of the year ahead: 确保上半年开工率达到80%."""
    year = calendar.ahead
    ahead = "/".join(f"{year}-{month[-2:]}" for month in months.split("/"))
    return Scope("target", year, year, ahead)


_PARTS = {
    "前三季度": (1, 9),
    "首三季度": (1, 9),
    "前二季度": (1, 6),
    "前两季度": (1, 6),
    "上半年": (1, 6),
    "一季度": (1, 3),
    "第一季度": (1, 3),
}


def _months(match: re.Match[str]) -> tuple[int, int] | None:
    if match["share"]:
        written = match["share"]
        return _PARTS.get(written) or (1, min(12, int(re.sub(r"\D", "", written))))
    if match["upto"]:
        last = int(match["upto"])
        return (1, last) if 1 < last < 12 else None  # to the end of December is the year
    first, last = int(match["from"]), int(match["until"])
    return (first, last) if 1 <= first < last <= 12 else None


def begins_change(text: str, time: Time, place: int) -> bool:
    """Tell whether a time is where a change began that has ended before a place.

    In 从2015年的A提高到B,C the year is that of A alone.
    """
    begins = text[max(0, time.start - 1) : time.start] in ("从", "由", "自")
    stop = min(place, time.end + _CHANGES)
    return begins and _CHANGED.search(text, time.end, stop) is not None


_CHANGES = 120  # characters from where a change began within which it says to what
_CHANGED = re.compile(r"[加长高升大展降少小短升][到至]|[增升降]至")
_BASE_YEAR = re.compile(
    r"[较比]((?:19|20)\d\d)年|[较比] ?“(九|十|十一|十二|十三|十四|十五)五”期?末"
    r"|((?:19|20)\d\d)年的$"
    r"|[与同和跟]((?:19|20)\d\d)年(?:底|末)?相比|在((?:19|20)\d\d)年[^,。;、\d]{0,6}基础上"
)


_BEGAN = re.compile(
    rf"[从由自]((?:19|20)\d\d)年的[^;。]{{1,40}}?(?:{_CHANGED.pattern})[^;。,]{{1,30}}[,、](?!.*(?:同比|比上年))"
)
"""从2015年的A提高到2020年的B,增长C: since when C is."""


def base_year(words: str) -> int | None:
    """Return the earlier year that a growth is measured against: 较2016年增长."""
    found = _BASE_YEAR.search(words) or _BEGAN.search(words)
    if found is None:
        return None
    if found.re is _BEGAN:
        return int(found[1])
    if found[2]:
        return PLAN_STARTS[found[2]] + 4
    return int(found[1] or found[3] or found[4] or found[5])


_COMPARED_WITH = re.compile(r"[与同和跟](?:19|20)\d\d年(?:底|末)?相比(?=[,、])")


def compared_with(text: str, end: int) -> str:
    """Return the words before `end` that compare all that follows with an earlier year, or ""."""
    found = _COMPARED_WITH.search(text, max(0, end - _COMPARES_ON), end)
    return found[0] if found and ";" not in text[found.end() : end] else ""


_COMPARES_ON = 400  # characters over which such words may hold


def period(first: int, last: int) -> str:
    """Write years as a figure has them: "2022", "2018-2022"."""
    return str(last) if first >= last else f"{first}-{last}"
