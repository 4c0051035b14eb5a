"""Words around a name that only compare it, or say under which circumstances: 高于全省, 扣除…后.

What a percentage is taken of, what a value is held against and what a growth is told without are
no part of the name that a figure is given of. Knows nothing of the lexicon.
"""

from __future__ import annotations

import re

from index.figures.subjects.noun_phrases import is_name, trimmed


def named_part(text: str, start: int, end: int, unit: str) -> tuple[int, int]:
    """Return the stretch before an amount of `unit` without such words."""
    if (of := _OF_WHAT.search(text, max(start, end - 18), end)) or (
        unit == "倍" and (of := _TIMES_WHAT.search(text, max(start, end - 40), end))
    ):
        end = of.start()
    elif (than := _THAN.search(text, max(start, end - 24), end)) or (
        than := OVER_PLAN.search(text, max(start, end - 24), end)
    ):
        end = than.start()
    if opening := _CIRCUMSTANCE_FIRST.match(text, start, end):
        start = opening.end()
    if (told := _CIRCUMSTANCE.search(text, start + 2, end)) and not is_name(
        text[slice(*trimmed(text, told.end(), end))]
    ):
        end = told.start()
    return start, end


_TIMES_WHAT = re.compile(
    r"[是为](?:(?:19|20)\d\d年(?:[到至—-](?:19|20)\d\d年)?)?[^,。;、\d]{0,24}的$"
)
OVER_PLAN = re.compile(
    r"(?:高于|低于|超出?|超过|超额完成|塌|欠|差|落后于?|未达|好于|优于)[^,。;、\d]{0,8}"
    r"(?:目标|任务|计划|预期|进度)(?:要求)?(?:任务)?$"
)
"""Before points it compares with what was planned; before anything else it is no figure's name."""
_THAN = re.compile(
    r"(?:增速|增幅|涨幅)?(?:分别)?[高低快慢]于(?:全[国省市区]|国家|上年|去年|年初|预期|[^,。;、\d]{1,4}平均)[^,。;、\d]{0,8}$"
)
_OF_WHAT = re.compile(r"(?:占到?|超过|相当于|达到?|完成|是|为)[^,。;、\d]{2,14}的$")
"""What a percentage is taken of, which is not what it is given of: 超过农民收入的10%."""
_LEFT_OUT = (
    r"(?:剔除|扣除|扣减|还原)(?:[^,。;]{1,16}?(?:因素(?:的?影响)?后?|影响后?|后)"
    r"|[^,。;、\d]{0,10}(?:退税|减税|降费|减免|价格|物价|汇率|基数|政策|划转|上划|营改增)(?:上涨|变化|变动)?)"
)
"""What a growth is told without: 扣除留抵退税因素后, 剔除物价上涨因素."""
_CIRCUMSTANCE = re.compile(rf"在[^,。;]{{2,20}}(?:情况|基础|背景|前提|条件)[下上]|{_LEFT_OUT}")
_CIRCUMSTANCE_FIRST = re.compile(rf"[^\w“《]*(?:如|若)?(?:{_LEFT_OUT}),?")
