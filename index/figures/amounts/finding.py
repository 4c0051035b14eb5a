"""Numbers with their units and qualifiers, as Chinese reports write them.

Finds amounts in clean text: ranges, spelled-out numerals, ranks; and leaves out what only looks
like one: dates, ordinals, names, slogans in quotes. Knows nothing of indicators or periods.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from index.figures.amounts.spelled import (
    HAN_NUMBER,
    HAN_POINT,
    NO_DURATION,
    read_doubling,
    read_numeral,
    read_percent,
    read_rank,
    read_round,
    read_spelled,
    read_times,
    read_years,
)
from index.figures.amounts.written import Amount, Unit, after_words, qualified, unit_at
from index.lexicon import qualifiers
from index.lexicon.numerals import NUMERALS
from index.lexicon.units import MEASURE_UNITS, RATES, SCALES
from index.text.scanning import lazily, scan


def find_amounts(text: str) -> list[Amount]:
    """Find the amounts of a text from left to right; they do not overlap."""
    quoted: list[tuple[int, int]] | None = None
    found: list[Amount] = []
    reached = 0
    for match in scan(_FIRST, _CANDIDATE, text):
        start = match.start()
        if start < reached:
            continue
        if quoted is None:
            quoted = list(_quoted(text))
        while quoted and quoted[0][1] <= start:
            quoted.pop(0)
        if quoted and quoted[0][0] <= start:
            continue
        amount = _READERS[str(match.lastgroup)](text, match)
        if amount is not None:
            found.append(amount)
            reached = amount.end
    return found


_NUMBER = r"\d+(?:,\d{3})*(?:\.\d+)?"
_FIRST = lazily(rf"[第\d翻{NUMERALS}万亿]")
_NO_NUMERAL = f"(?<![个{NUMERALS}万亿点第几数])"
_PASSED = [word for word in qualifiers.written("before") if qualifiers.is_threshold(word)]
_CANDIDATE = lazily(
    rf"(?P<rank>第(?:\d{{1,3}}|{HAN_NUMBER})(?![\d{NUMERALS}届次批期轮个产季条款章部代人])(?:位|名)?)"
    rf"|(?<![\d.A-Za-z+#×*$])(?<!\d,)(?P<number>{_NUMBER})(?![\d+$])"
    rf"|(?P<whole>[百千])分之(?P<percent>\d+(?:\.\d+)?|{HAN_NUMBER}{HAN_POINT})"
    rf"|翻了?(?P<doubling>[一两二三]?)番"
    rf"|(?<=[连长][续达])(?P<years>{HAN_NUMBER})(?=年|个季度|个月)"
    rf"|(?<![{NUMERALS}万亿第几数])(?P<spelled>{HAN_NUMBER})(?=[个大项件条家座所支类部成])(?!个百分点)"
    rf"|(?<![{NUMERALS}万亿第几数])(?P<times>{HAN_NUMBER}{HAN_POINT})(?=倍)"
    rf"|{_NO_NUMERAL}(?P<numeral>[一二三四五六七八九十两][{NUMERALS}万亿]{{0,14}}{HAN_POINT}[万亿]{{0,2}})"
    rf"(?=[多余]?[^\W\d_{NUMERALS}万亿点])"
    rf"|(?:(?<=达到|{'|'.join(w for w in _PASSED if len(w) == 2)})"
    rf"|(?<={'|'.join(w for w in _PASSED if len(w) == 1)}))(?P<round>[百千万亿]{{1,3}})(?=[^\W\d_])"
)

_QUOTED = lazily(r"《[^《》\n]{0,60}》|“[^“”\n]{0,40}”")


def _quoted(text: str) -> Iterator[tuple[int, int]]:
    for found in _QUOTED.finditer(text):
        yield found.span()


_RANGE = lazily(rf"\s?(?:[-—–~至到]|——|--)\s?(?P<upper>{_NUMBER})(?![\d年月日号时点])")
_NOT_AFTER = lazily(
    r"级(?!以上|及以上)|号(?!召)|线(?![上下路性缆索])|制(?![造品药度成作定剂衣糖])|时代|版(?!权)|式|岁以|字(?!号)|维(?![修护稳])|年代|届|时(?!间)|点(?!位)|周年|K"
)
"""What makes of a number and its unit a part of a name: 26兆瓦级, 三层式."""

_ATTRIBUTE = lazily(
    r"(?:(?:以上|以下|以内|左右|及以上)的?|的)(?=[^\W\d_])(?!的|目标|速度|水平|增[长速幅]|比例|比重|标准|规模|任务|分别"
    r"|预期|总体|同比|其中|排|高位|在|中|也|且|并|将|为|是|和)|级"
)
"""Behind a measure it makes it a property of what follows: 5亿元以上项目, 20层以上建筑."""

_OF_SIZE = lazily(
    r"级?(?:[强大]?县(?:\([市区、]+\))?|[强大]?镇|[强大]?乡|村|企业|园区|产业|集群|市场主体)"
    r"(?=[\d,。;、:)(和及与达超突由从增有新总]|$)"
)
"""Behind money it makes a class of it: 财政收入超10亿元县(区), 千亿元产业."""

_HOURS_INSIDE = lazily(r"内|以内|服务|在线|热线|营业|值守|[^,。;]{0,6}圈|不打烊|全天")

_LONGEST = 16  # digits; longer runs are numbers of documents or accounts


def _number(text: str, match: re.Match[str]) -> Amount | None:
    start, end = match.span("number")
    if end - start > _LONGEST or _is_torn(text, start) or text[max(0, start - 1) : start] == "第":
        return None
    if text[end : end + 1] == ":":
        return _ratio(text, match)
    unit, upper = unit_at(text, end), None
    if unit.written in SCALES and (parts := _PARTS.match(text, unit.end)):
        return _in_parts(text, match, unit, parts)
    if unit.base == "年" and not _is_duration(text, start, unit.end):
        return None
    ranged = _RANGE.match(text, unit.end)
    if ranged and not _is_change(text, start):
        second = unit_at(text, ranged.end())
        if not second.written and not unit.base:
            return None
        upper = _decimal(ranged["upper"])
        unit = second if second.written else Unit(unit.written, unit.base, "", ranged.end())
    if not unit.base:
        people = (
            _PEOPLE.match(text, unit.end + len(after_words(text, unit.end)))
            if unit.written[-1:] in ("万", "亿")
            else None
        )
        if people:
            unit = Unit(unit.written + "人", "人", unit.more, unit.end)
        elif not unit.written and (shared := _shared_unit(text, start, unit.end)):
            unit = shared
        elif not _may_stand_bare(text, start, unit.end, unit.written):
            return None
    elif _is_part_of_name(text, unit.end, unit.base):
        return None
    value = _decimal(match["number"])
    if _SIGN.search(text, max(0, start - 2), start):
        if text[start - 1] == "—" or unit.written not in _SIGNED or upper is not None:
            return None  # a dash as well as a sign
        start, value = start - 1, -value
    return qualified(text, start, unit.end, value, unit.written, upper=upper, inner=unit.more)


def _shared_unit(text: str, start: int, end: int) -> Unit | None:
    """Return the unit that the last number of several gives to all: 分别提高3.9和2.2个百分点."""
    chain = _CHAIN.match(text, end)
    if chain is None or _EACH.search(text, max(0, start - _NAMED_EACH), start) is None:
        return None
    unit = unit_at(text, chain.end())
    return Unit(unit.written, unit.base, "", end) if unit.base else None


_CHAIN = lazily(rf"(?:\s?[、和与及]\s?{_NUMBER}){{1,12}}+")
_EACH = lazily(r"分别[^,。;]*$")
_NAMED_EACH = 80

_SIGN = lazily(r"[^\W\d_)][-−–—]$|\)[-−–—]$")
_SIGNED = ("%", "‰", "个百分点", "百分点")


def _is_torn(text: str, start: int) -> bool:
    """Tell whether a number may be the rest of one that print has torn: 12 86亿元, 27—3—47亿元.

    Where that cannot be told, it is no figure.
    """
    before = text[max(0, start - 2) : start]
    if len(before) < 2 or (not before[0].isdigit() and before != ". "):
        return False
    if before == ". ":
        return _ITEM.search(text, max(0, start - 6), start) is None
    return before[1] in " -—–~"


_ITEM = lazily(r"(?:^|[。;:!?\n])\d{1,2}\. $")
"""The number of an item before what it lists: 8. 6张清单."""


def _in_parts(text: str, match: re.Match[str], unit: Unit, parts: re.Match[str]) -> Amount | None:
    """Read a number given scale by scale: 108亿3038万元 is 108.3038亿元."""
    factor = SCALES[unit.written]
    value = _decimal(match["number"])
    below = SCALES.get(parts["scale"], 1)
    last = unit_at(text, parts.end())
    rest = _decimal(parts["number"]) * below
    if not last.base or last.written != last.base or rest >= factor:
        return None
    if _is_part_of_name(text, last.end, last.base):
        return None
    start = match.start("number")
    return qualified(text, start, last.end, value + rest / factor, unit.written + last.base)


_PARTS = lazily(rf"(?:零)?(?P<number>{_NUMBER})(?P<scale>[千百]?万|[万千百]?)(?=[^\W\d_])")


def _ratio(text: str, match: re.Match[str]) -> Amount | None:
    """Read a ratio to one: 城乡居民收入比缩小至2.31:1."""
    start, end = match.span("number")
    if not _TO_ONE.match(text, end) or "比" not in text[max(0, start - _RATIO_NAMED) : start]:
        return None
    return qualified(text, start, end + 2, _decimal(match["number"]), "")


_TO_ONE = lazily(r":1(?![\d:.])")
_RATIO_NAMED = 24  # characters before a ratio that name it


_PEOPLE = lazily(
    r"[^\W\d_]{0,4}(?:儿女|人民|群众|居民|农民|职工|人口|百姓|老百姓|市民|学生|师生|毕业生|党员|干部|农户|牧民|旅客|游客|乡亲|同胞|劳动力|患者|移民|人才)"
)


def _decimal(written: str) -> Decimal:
    return Decimal(written.replace(",", ""))


_DURATION = lazily(r"(?:连续|长达|年限(?:达到?|为|提高到|增加到|至|延长至)?|延长至|缩短至)$")


def _is_duration(text: str, start: int, end: int) -> bool:
    """Tell whether a number with 年 is a length of time that counts, not a date."""
    return bool(
        _DURATION.search(text, max(0, start - 8), start) and not NO_DURATION.match(text, end)
    )


def _is_change(text: str, start: int) -> bool:
    """Tell whether a number is what something changes from: 由43户增至61户."""
    return text[max(0, start - 1) : start] in ("从", "由")


_NAMES_A_RATIO = lazily(
    r"(?:比|比值|指数|系数|之比|倍数)(?:为|达到?|是|缩小|下降|降低|降|降到|缩小到|至|到|控制在)*$"
)


_NEW_VALUE = lazily(r"(?:增加|增长|提高|上升|扩大|增|升|拓展|发展)[到至]$")


def _may_stand_bare(text: str, start: int, end: int, scale: str) -> bool:
    """Tell whether a number counts without a unit: a ratio, or 1000万以上."""
    if text[end : end + 1] in tuple("年月日号时点届:") or (
        text[end : end + 1] in "./-" and end < len(text)
    ):
        return False
    if scale and scale[-1] in "万亿":
        if _HURDLE.match(text, end):
            return True
        if _is_change(text, start) or _NEW_VALUE.search(text, max(0, start - 5), start):
            return True
        return bool(after_words(text, end)) or text[end : end + 1] in ("", ",", "。", ";", "、")
    return bool(_NAMES_A_RATIO.search(text, max(0, start - 12), start))


_HURDLE = lazily(r"(?:大关|台阶|关口|门槛)|[和、]\d+[万亿]")
"""Behind a number with nothing but a scale: 突破500亿大关, 突破2万亿和3万亿."""


def _is_part_of_name(text: str, end: int, base: str) -> bool:
    if _NOT_AFTER.match(text, end):
        return True
    if base in ("小时", "分钟", "天") and _HOURS_INSIDE.match(text, end):
        return True
    if base.endswith("元") and _OF_SIZE.match(text, end):
        return True
    if base in MEASURE_UNITS and base not in RATES:
        return bool(_ATTRIBUTE.match(text, end))
    return False


_READERS = {
    "rank": read_rank,
    "number": _number,
    "percent": read_percent,
    "doubling": read_doubling,
    "years": read_years,
    "spelled": read_spelled,
    "times": read_times,
    "round": read_round,
    "numeral": read_numeral,
}
