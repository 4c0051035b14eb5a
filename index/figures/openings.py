"""What headings, opening words and the wording of a text say of its years: done, or a goal.

Reads 过去五年, 今年主要预期目标是 and the like against the year in which the report was given.
Times beside a figure are for `periods`. Knows nothing of numbers with units or of indicators.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.figures.periods import (
    COMING_YEARS,
    COMPARES,
    PAST_YEARS,
    PLAN,
    PLAN_STARTS,
    YEAR,
    Scope,
    is_over,
    of_plan,
    of_year,
    past_years,
    times,
)
from index.reports.calendar import Calendar

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
    years = bool(PLAN.search(heading) or PAST_YEARS.search(heading))
    return len(PLAN.findall(heading)) > 1 or bool(
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
    if COMING_YEARS.search(heading):
        return Scope("target", calendar.ahead, calendar.ahead + 4)
    if PAST_YEARS.search(heading):
        return past_years(calendar)
    plan = PLAN.search(heading)
    if plan and _OF_ONE_TOO.match(heading[plan.end() :].lstrip("时期间规划")):
        return of_plan(plan["plan"], calendar, "target" if goal else "actual")
    for time in times(heading, calendar):
        if time.scope.months is not None and is_over(time.scope.months, calendar):
            return time.scope
    years = [int(year) for year in YEAR.findall(heading)]
    if years and not (years[0] == calendar.given and done and not goal):
        return of_year(years[0], calendar)
    if plan and (goal or done or "时期" in heading):
        return of_plan(plan["plan"], calendar, "target" if goal else "actual")
    return None


def _stance_of_heading(heading: str, calendar: Calendar) -> Scope | None:
    goal, done = bool(_GOAL_HEADING.search(heading)), bool(_DONE_HEADING.search(heading))
    if done and not goal:
        return Scope("actual", calendar.done, calendar.done)
    if goal and not done and len(heading) <= 24:
        return Scope("target", calendar.ahead, calendar.ahead)
    return None


_ENDED = re.compile(r"胜利|圆满|收官|[期]?末|时期|期间|(?:规划|计划)?(?:目标|任务)")


def years_ended(sentence: str, calendar: Calendar) -> Scope | None:
    """Return the plan that a sentence tells of as ended with the year done, if it does."""
    if calendar.done % 5:  # a plan ends in 2020 or 2025
        return None
    for plan in PLAN.finditer(sentence):
        first = PLAN_STARTS[plan["plan"]]
        if first + 4 == calendar.done and _ENDED.match(sentence, plan.end()):
            return Scope("actual", first, first + 4)
    return None


def tells_of_several(text: str) -> bool:
    """Tell whether a text names several years looked back on."""
    return PAST_YEARS.search(text) is not None


def names_value_of_year(sentence: str) -> bool:
    """Tell whether a sentence begins with a year and tells a value of it: 1997年,产量达到3亿吨."""
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

_LEADS = 160  # characters of a sentence within which it may announce goals
_OPENING = 60  # … and open a subject


def scope_of_opening(sentence: str, current: Scope | None, calendar: Calendar) -> Scope | None:
    """Return the scope that a sentence opens for itself and those after it, None if it does not."""
    if not _OPENS.search(sentence, 0, _LEADS):
        return None
    opening = sentence[:_OPENING]
    if announces_goal(sentence):
        return _goal_scope(sentence, current, calendar)
    if COMING_YEARS.search(opening):
        return Scope("target", calendar.ahead, calendar.ahead + 4)
    if current is None or current.stance == "actual" or not current.sure:
        if past := PAST_YEARS.search(opening):
            year = _OPENS_YEAR.search(opening, 0, past.start())
            if year is not None:  # 2003年是本届政府任期的第一年
                return of_year(int(year[1]), calendar)
            return past_years(calendar)
        plan = PLAN.search(opening)
        if plan and COMPARES.search(opening, max(0, plan.start() - 4), plan.start()):
            plan = None
        if plan and (since := _SPAN.match(opening, plan.end())):
            scope = of_plan(plan["plan"], calendar, "actual")
            ends = since[0] != "以来" or scope.first > calendar.done
            return scope if ends else replace(scope, last=calendar.done)
        if _ONE_YEAR.search(opening):
            return Scope("actual", calendar.done, calendar.done)
    if opens := _OPENS_YEAR.search(opening):
        return of_year(int(opens[1]), calendar)
    if calendar.ahead == calendar.given and _WE_WILL.search(opening):
        return Scope("target", calendar.ahead, calendar.ahead)
    return None


def announces_goal(sentence: str) -> bool:
    """Tell whether a sentence announces goals: 主要预期目标是."""
    return "标" in sentence and _GOAL_LEAD.search(sentence, 0, _LEADS) is not None


def _goal_scope(sentence: str, current: Scope | None, calendar: Calendar) -> Scope | None:
    lead = _GOAL_LEAD.search(sentence)
    head = sentence[: lead.end()] if lead else sentence
    if COMING_YEARS.search(head):
        return Scope("target", calendar.ahead, calendar.ahead + 4)
    if years := [int(year) for year in YEAR.findall(head) if int(year) >= calendar.ahead]:
        if years[-1] > calendar.ahead + 1:
            return Scope("target", calendar.ahead, years[-1])
        return Scope("target", years[-1], years[-1])
    if (plan := PLAN.search(head)) and not re.search("今年|本年|全年", head):
        scope = of_plan(plan["plan"], calendar, "target")
        return scope if scope.stance == "target" else None
    if not head.endswith(":") and (current is None or current.stance == "actual"):
        return None
    annual = "今年" in head or (_EXPECTED.search(head) and _OF_YEAR.search(sentence))
    if current and current.stance == "target" and not annual:
        return current
    return Scope("target", calendar.ahead, calendar.ahead)


_EXPECTED = re.compile(r"预期目标|调控")
_OF_YEAR = re.compile(r"^(?!.*年均).*?增长\d")
"""Growth of one year: what is expected of several is told by its average (年均增长)."""

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
