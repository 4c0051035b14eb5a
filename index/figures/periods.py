"""Of which years a report speaks, and whether as done or as a goal.

Headings, sentences that open a subject (过去五年, 今年主要预期目标是) and times named beside a
figure (去年, 1—11月, 到2026年) are read against the year in which the report was given. Knows
nothing of numbers with units or of indicators.
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


_FIVE = r"(?<!\d)[五5]"
_PAST_YEARS = re.compile(
    rf"过去的?{_FIVE}年|{_FIVE}年来|[这本]{_FIVE}年|{_FIVE}年的?(?:工作)?回顾|[本上]届政府(?!.*自身)|的{_FIVE}年[,。]|{_FIVE}年间"
)
_COMING_YEARS = re.compile(rf"(?:今后|未来|接下来)的?{_FIVE}年")
_PLAN = re.compile(r"“(?P<plan>九|十|十一|十二|十三|十四|十五)五”")
_PLAN_STARTS = {"九": 1996, "十": 2001, "十一": 2006, "十二": 2011, "十三": 2016, "十四": 2021,
                "十五": 2026}  # fmt: skip
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)年")
_DONE_HEADING = re.compile(
    r"回顾|总结|过去|去年|一年来|工作情况|[取所]得.{0,4}成[绩就]|主要成[绩就]"
)
_GOAL_HEADING = re.compile(
    r"任务|目标|安排|部署|总体要求|重点工作|思路|展望|建议|打算|今年|今后|明年|自身建设|下一步|工作重点"
    r"|工作要点|工作举措|工作措施"
)


def scope_of_headings(headings: Sequence[str], calendar: Calendar) -> Scope | None:
    """Return what the headings of a text say of it.

    The outermost that tells anything holds, as the inner ones speak of goals and successes in
    every part; but an inner one that names years goes before it.
    """
    told: Scope | None = None
    for heading in headings:
        if (named := _years_of_heading(heading, calendar)) is not None:
            told = named
        elif told is None:
            told = _stance_of_heading(heading, calendar)
    return told


def tells_of_both(heading: str) -> bool:
    """Tell whether a heading names both what was done and what is to come."""
    years = bool(_PLAN.search(heading) or _PAST_YEARS.search(heading))
    return len(_PLAN.findall(heading)) > 1 or bool(
        (_DONE_HEADING.search(heading) and _GOAL_HEADING.search(heading))
        or (years and _OF_ONE_TOO.search(heading))
    )


_OF_ONE_TOO = re.compile(r"[和及与、](?:19|20)\d\d年|(?:19|20)\d\d年[^,。]{0,4}[和及与、]")
"""In a heading with a plan: it tells of one year too."""


def years_of_inner(headings: Sequence[str], calendar: Calendar) -> Scope | None:
    """Return the years that a heading below the outermost names, the innermost first."""
    told = (_years_of_heading(heading, calendar) for heading in reversed(headings[1:]))
    return next((scope for scope in told if scope is not None), None)


def _years_of_heading(heading: str, calendar: Calendar) -> Scope | None:
    goal, done = bool(_GOAL_HEADING.search(heading)), bool(_DONE_HEADING.search(heading))
    if _COMING_YEARS.search(heading):
        return Scope("target", calendar.ahead, calendar.ahead + 4)
    if _PAST_YEARS.search(heading):
        return _past_years(calendar)
    plan = _PLAN.search(heading)
    if plan and _OF_ONE_TOO.match(heading[plan.end() :].lstrip("时期间规划")):
        return _of_plan(plan["plan"], calendar, "target" if goal else "actual")
    for time in times(heading, calendar):
        if time.scope.months is not None and is_over(time.scope.months, calendar):
            return time.scope
    years = [int(year) for year in _YEAR.findall(heading)]
    if years and not (years[0] == calendar.given and done and not goal):
        return _of_year(years[0], calendar)
    if plan and (goal or done or "时期" in heading):
        return _of_plan(plan["plan"], calendar, "target" if goal else "actual")
    return None


def _stance_of_heading(heading: str, calendar: Calendar) -> Scope | None:
    goal, done = bool(_GOAL_HEADING.search(heading)), bool(_DONE_HEADING.search(heading))
    if done and not goal:
        return Scope("actual", calendar.done, calendar.done)
    if goal and not done and len(heading) <= 24:
        return Scope("target", calendar.ahead, calendar.ahead)
    return None


def _of_year(year: int, calendar: Calendar) -> Scope:
    return Scope("actual" if year <= calendar.done else "target", year, year)


def _past_years(calendar: Calendar) -> Scope:
    return Scope("actual", calendar.done - 4, calendar.done)


def _of_plan(name: str, calendar: Calendar, stance: Stance) -> Scope:
    first = _PLAN_STARTS[name]
    if first + 4 <= calendar.done:
        stance = "actual"
    elif first >= calendar.ahead:
        stance = "target"
    last = min(first + 4, calendar.done) if stance == "actual" else first + 4
    return Scope(stance, first, max(first, last))


_ENDED = re.compile(r"胜利|圆满|收官|[期]?末|时期|期间|(?:规划|计划)?(?:目标|任务)")


def years_ended(sentence: str, calendar: Calendar) -> Scope | None:
    """Return the plan that a sentence tells of as ended with the year done, if it does."""
    for plan in _PLAN.finditer(sentence):
        first = _PLAN_STARTS[plan["plan"]]
        if first + 4 == calendar.done and _ENDED.match(sentence, plan.end()):
            return Scope("actual", first, first + 4)
    return None


def tells_of_several(text: str) -> bool:
    """Tell whether a text names several years looked back on."""
    return _PAST_YEARS.search(text) is not None


def names_value_of_year(sentence: str) -> bool:
    """Tell whether a sentence begins with a year and tells a value of it: 1997年,全省产量达到3亿吨."""
    return _VALUE_OF_YEAR.match(sentence) is not None


_VALUE_OF_YEAR = re.compile(r"[^\w]*到?(?:19|20)\d\d年(?:底|末)?,?[^,。;:\d]{2,30}\d")

_GOAL_LEAD = re.compile(
    r"(?:预期|主要|奋斗|发展|工作|总体|具体|总)目标(?:任务)?(?:建议)?(?:是|为|:|,|安排)|(?:目标|指标)(?:是|为)?:|实现以下[^,。]{0,8}目标"
)
_OPENS_YEAR = re.compile(
    r"(?:^|[,。:!\n ])(?:即将过去的|刚刚过去的|过去的|回首|回望|回顾)?((?:19|20)\d\d)年"
    r"(?=[,:\n]|$|是|很|,?(?:全[市省区县国]|我[市省区县国]|政府|我们|面对|经济))"
)
_ONE_YEAR = re.compile(r"(?:过去|这)的?一年|一年来|一年中")
_WE_WILL = re.compile(
    r"^(?:各位代表[,!:])?今年(?:,|是|我们|政府|的|全|要|经济|发展|工作|我)|^(?:做好|完成)(?:今年|全年)"
)
_OPENS = re.compile("[目指届年“]")
"""Every opening holds one of these characters; most sentences have a scope without any."""

_SPAN = re.compile("时期|期间|以来(?![之的]?[最首少罕新同])")
"""What makes a plan's years those of a sentence, but not 创“九五”以来最好水平."""

_OPENING = 60  # characters of a sentence within which it may open a subject


def scope_of_opening(sentence: str, current: Scope | None, calendar: Calendar) -> Scope | None:
    """Return the scope that a sentence opens for itself and those after it, None if it does not."""
    if not _OPENS.search(sentence[:160]):
        return None
    opening = sentence[:_OPENING]
    if _GOAL_LEAD.search(sentence[:160]):
        return _goal_scope(sentence, current, calendar)
    if _COMING_YEARS.search(opening):
        return Scope("target", calendar.ahead, calendar.ahead + 4)
    if current is None or current.stance == "actual" or not current.sure:
        if past := _PAST_YEARS.search(opening):
            year = _OPENS_YEAR.search(opening, 0, past.start())
            if year is not None:  # 2003年是本届政府任期的第一年
                return _of_year(int(year[1]), calendar)
            return _past_years(calendar)
        plan = _PLAN.search(opening)
        if plan and _COMPARES.search(opening, max(0, plan.start() - 4), plan.start()):
            plan = None
        if plan and (since := _SPAN.match(opening, plan.end())):
            scope = _of_plan(plan["plan"], calendar, "actual")
            ends = since[0] != "以来" or scope.first > calendar.done
            return scope if ends else replace(scope, last=calendar.done)
        if _ONE_YEAR.search(opening):
            return Scope("actual", calendar.done, calendar.done)
    if opens := _OPENS_YEAR.search(opening):
        return _of_year(int(opens[1]), calendar)
    if calendar.ahead == calendar.given and _WE_WILL.search(opening):
        return Scope("target", calendar.ahead, calendar.ahead)
    return None


def announces_goal(sentence: str) -> bool:
    """Tell whether a sentence announces goals: 主要预期目标是."""
    return bool(_GOAL_LEAD.search(sentence[:160]))


def _goal_scope(sentence: str, current: Scope | None, calendar: Calendar) -> Scope | None:
    lead = _GOAL_LEAD.search(sentence)
    head = sentence[: lead.end()] if lead else sentence
    if _COMING_YEARS.search(head):
        return Scope("target", calendar.ahead, calendar.ahead + 4)
    if years := [int(year) for year in _YEAR.findall(head) if int(year) >= calendar.ahead]:
        if years[-1] > calendar.ahead + 1:
            return Scope("target", calendar.ahead, years[-1])
        return Scope("target", years[-1], years[-1])
    if (plan := _PLAN.search(head)) and not re.search("今年|本年|全年", head):
        scope = _of_plan(plan["plan"], calendar, "target")
        return scope if scope.stance == "target" else None
    if not head.endswith(":") and (current is None or current.stance == "actual"):
        return None
    if current and current.stance == "target" and "今年" not in head:
        return current
    return Scope("target", calendar.ahead, calendar.ahead)


_DONE_WORDS = re.compile(
    r"同比|完成了|实现了|达到了|成功|荣获|获评|获批|入选|位居|排名|顺利|圆满|已|通车|投运|降至|增至|[实兑]现了|了[\u4e00-\u9fff]|全年[^目,。]{0,12}\d|了[,。;]|初步"
)
_GOAL_WORDS = re.compile(
    r"力争|确保|将(?!近)|必须|要(?!素|求|点|地|害|闻|务|件)|计划|年内|今年|争取|打造|加快推进"
)


def scope_of_wording(text: str, calendar: Calendar) -> Scope | None:
    """Return what the wording of a passage without a telling heading suggests, if it is clear."""
    done, goal = len(_DONE_WORDS.findall(text)), len(_GOAL_WORDS.findall(text))
    if done > 2 * goal:
        return Scope("actual", calendar.done, calendar.done, sure=False)
    if goal > 2 * done:
        return Scope("target", calendar.ahead, calendar.ahead, sure=False)
    return None


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

_TIME_FIRST = re.compile(r"[到至截\d前首近上一两二三四第去今明当过五这经十未“]")
_TIME = re.compile(
    r"(?<!\d)(?P<first>(?:19|20)\d\d)年?[-—~至到]{1,2}(?P<last>(?:19|20)\d\d)年(?!度)"
    r"|(?P<by>(?:到|至|截至)?)(?<!\d)(?P<year>(?:19|20)\d\d)年(?P<part>(?:底|末|初)?)"
    r"|(?P<to>(?<=\d年)|(?<!\d))(?P<from>\d{1,2})月?[-—~至到]{1,2}(?P<until>\d{1,2})月"
    r"|(?P<share>(?<![\d二三四])(?:[前首]三季度|前[二两]季度|上半年|一季度|第一季度|前\d{1,2}个月))"
    r"|截[至止]到?(?P<upto>\d{1,2})月(?:底|末|份)?"
    r"|(?P<word>去年|前年|今年|明年|当前)"
    rf"|(?P<past>过去的?{_FIVE}年|{_FIVE}年来|{_FIVE}年累计|(?<!前){_FIVE}年(?=翻|增[长加])|(?<![十近连前第几]){_FIVE}年(?=共|合计|实际[利使])|这{_FIVE}年|{_FIVE}年间|经过{_FIVE}年)"
    r"|(?P<ten>(?<![一二三四五六七八九])十年(?:来|间|(?=年均|增|累计|接近|翻)))"
    r"|近(?P<recent>[两二三四])年(?!来?[,。])|(?<![近第十\d])(?P<over>[两二三四])年(?=累计|平均增|年均)"
    rf"|(?P<bare>(?<![^,。;:\s]){_FIVE}年(?=(?:{_DONE_IN_FIVE})))"
    rf"|(?P<within>(?:今后|未来)?的?{_FIVE}年[之以]?内)"
    rf"|(?P<coming>(?:今后|未来){_FIVE}年)"
    r"|“(?P<plan>九|十|十一|十二|十三|十四|十五)五”(?P<where>时期|期间|末|期末|(?=年均))"
)
_COMPARES = re.compile(
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
        compares = _COMPARES.search(sentence, max(0, match.start() - 4), match.start())
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
        return _of_year(year, calendar) if 1949 <= year <= calendar.given + 50 else None
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
        return None if offset is None else _of_year(calendar.given + offset, calendar)
    if match["past"]:
        return _past_years(calendar)
    if match["within"]:
        return Scope("target", calendar.ahead + 4, calendar.ahead + 4)
    if match["bare"]:
        return replace(_past_years(calendar), sure=False)
    if match["first"]:
        return _of_years(match, calendar)
    if spelled := match["recent"] or match["over"]:
        years = numeral(spelled) or 1
        return Scope("actual", calendar.done - years + 1, calendar.done, sure=False)
    if match["ten"]:
        return Scope("actual", calendar.done - 9, calendar.done)
    if match["coming"]:
        return Scope("target", calendar.ahead, calendar.ahead + 4)
    scope = _of_plan(match["plan"], calendar, "target")
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
        return _PLAN_STARTS[found[2]] + 4
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
