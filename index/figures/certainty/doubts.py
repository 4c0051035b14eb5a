"""Which figures may be another's than their subject's: of a plan, of another year, a share of it.

Knows the clause before a number and what the number was read as; not what the report announces.
"""

from __future__ import annotations

import re

from index.figures.measures import FigureContext, Reading
from index.lexicon import qualifiers


def may_be_anothers(context: FigureContext, reading: Reading) -> bool:
    """Tell whether a figure may be of something else than its subject, so that it is unsure."""
    return (
        _is_held_against(context, reading)
        or _is_share_of_a_count(context, reading)
        or _doubles_in_a_year(context, reading)
    )


def _is_held_against(context: FigureContext, reading: Reading) -> bool:
    """Tell whether a figure is what the subject's own is compared with, or the way between the two.

    比目标3000亿元超过500亿元 holds a plan and how far it was passed, 比1997年的202亿元增长68% the
    value of another year, 居第9位,比上年前移3位 a move.
    """
    if reading.measure == "change":
        return False
    if reading.measure == "share" and _OF_A_PLAN.search(context.around):
        return True
    if reading.measure in ("level", "count", "share") and _OTHER_YEARS.search(context.around):
        return True
    return _BESIDE_A_PLAN.search(context.around) is not None


_MOVES = "|".join(
    map(
        qualifiers.pattern_of,
        (*qualifiers.rises(), *qualifiers.declines_written(), *qualifiers.declines_at_end()),
    )
)
_BESIDE_A_PLAN = re.compile(
    r"(?:[比较]|超(?:出|过|额)?了?|[高低多]于|[高低]出)[^,;。\d]{0,14}(?:\d{4}年)?[^,;。\d]{0,8}"
    r"(?:目标|(?<!招生)计划|预算|任务|预期)(?:任务|指标|数|值|要求)?(?:\d[\d.]*[^\d,;。]{1,4})?"
    rf"(?:{_MOVES}|多完成|超[过出额]?|[高多]出?)?了?[约近]?$"
)
_OF_A_PLAN = re.compile(r"(?:预算|计划|目标|任务)(?:数|指标)?的$")
_OTHER_YEARS = re.compile(
    r"[比较](?:上年|去年|[上前]一年|(?:19|20)\d\d年|[一二三四五十\d]+年前|[“”九十一二三四五]+五”?期?末)"
    r"(?:同期)?(?:的|前移|后移|前进|后退|进位)了?[约近]?$"
)


def _doubles_in_a_year(context: FigureContext, reading: Reading) -> bool:
    """Tell whether what doubled is read as doubled in one year, which hardly anything does."""
    is_of_a_year = len(reading.period) == len("2022")
    return context.amount.unit == "番" and is_of_a_year and not _ON_YEAR.search(context.around)


_ON_YEAR = re.compile(r"上年|去年|同比")


def _is_share_of_a_count(context: FigureContext, reading: Reading) -> bool:
    """Tell whether a share is given of what is counted: 城镇新增就业1.81万人,完成率达140%."""
    indicator = context.subject.indicator
    if indicator is None or reading.measure != "share" or context.amount.unit != "%":
        return False
    return "%" not in indicator.units and not _SHARES & set(indicator.measures)


_SHARES = frozenset({"share", "rate", "ratio"})
