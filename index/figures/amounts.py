"""Numbers with their units and qualifiers, as Chinese reports write them.

Finds amounts in clean text: ranges, spelled-out numerals, ranks; and leaves out what only looks
like one: dates, ordinals, names, slogans in quotes. Knows nothing of indicators or periods.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from index.lexicon import qualifiers
from index.lexicon.numerals import DIGITS, NUMERALS, decimal
from index.lexicon.units import CLASSIFIERS, MEASURE_UNITS, RATES, SCALES
from index.text.scanning import scan

Form = Literal["number", "rank", "spelled"]


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its unit: the characters `start` to `end`.

    `reach_start` and `reach_end` take in the qualifiers written beside it, which are `before` and
    `after` ("" for none); before a rank stands among whom it is one (全省). `form` is "rank" for
    第二位 and "spelled" for a count in Chinese numerals, a figure only before something countable.
    """

    start: int
    end: int
    value: Decimal
    upper: Decimal | None
    unit: str
    form: Form
    before: str
    after: str
    reach_start: int
    reach_end: int


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
_HAN_NUMBER = f"(?![零〇千])[{NUMERALS}]{{1,9}}"
_FIRST = re.compile(rf"[第\d翻{NUMERALS}万亿]")
_PASSED = [word for word in qualifiers.written("before") if qualifiers.is_threshold(word)]
_CANDIDATE = re.compile(
    rf"(?P<rank>第(?:\d{{1,3}}|{_HAN_NUMBER})(?![\d{NUMERALS}届次批期轮个产季条款章部代人])(?:位|名)?)"
    rf"|(?<![\d.A-Za-z+#×*])(?<!\d,)(?P<number>{_NUMBER})(?![\d+])"
    rf"|百分之(?P<percent>\d+(?:\.\d+)?|{_HAN_NUMBER}(?:点[{DIGITS}]{{1,4}})?)"
    rf"|翻(?P<doubling>[一两二三]?)番"
    rf"|(?<=[连长][续达])(?P<years>{_HAN_NUMBER})(?=年|个季度|个月)"
    rf"|(?<![{NUMERALS}万亿第几数])(?P<spelled>{_HAN_NUMBER})(?=[个大项件条家座所支类部成])"
    rf"|(?<![{NUMERALS}万亿第几数])(?P<times>{_HAN_NUMBER})(?=倍)"
    rf"|(?:(?<=达到|{'|'.join(w for w in _PASSED if len(w) == 2)})"
    rf"|(?<={'|'.join(w for w in _PASSED if len(w) == 1)}))(?P<round>[百千万亿]{{1,3}})(?=[^\W\d_])"
)

_QUOTED = re.compile(r"《[^《》\n]{0,60}》|“[^“”\n]{0,40}”")


def _quoted(text: str) -> Iterator[tuple[int, int]]:
    for found in _QUOTED.finditer(text):
        yield found.span()


def _alternatives(units: frozenset[str]) -> str:
    return "|".join(map(re.escape, sorted(units, key=len, reverse=True)))


_BASE = _alternatives(
    (MEASURE_UNITS | CLASSIFIERS)
    - {"人", "月", "日", "年", "P", "里", "度", "方", "成", "周", "升", "瓦"}
)
_LATIN_END = r"(?![A-Za-z0-9])"
_SCALE = f"[{''.join(SCALES)}]"
_MORE = f"[{''.join(qualifiers.written('inside'))}]"
_UNIT = re.compile(
    rf"\s?(?P<more>{_MORE})?(?P<scale>{_SCALE}{{0,4}}?)(?P<more2>{_MORE})?\s?"
    rf"(?P<base>{_BASE}|P(?:Flops)?{_LATIN_END}|度(?=电|[,。;、]|$)|年|人(?![口才]))"
    rf"(?P<per>/{_SCALE}{{0,4}}?(?:{_BASE}|人|年|月|日|升)(?!\d))?"
    rf"|\s?(?P<bare_more>{_MORE})?(?P<bare>{_SCALE}{{0,4}})(?P<bare_more2>{_MORE})?"
)
_RANGE = re.compile(rf"\s?(?:[-—–~至到]|——|--)\s?(?P<upper>{_NUMBER})(?![\d年月日号时点])")
_NOT_AFTER = re.compile(
    r"级(?!以上|及以上)|号(?!召)|线(?![上下路性缆索])|制(?![造品药度成作定剂衣糖])|时代|版(?!权)|式|岁以|字(?!号)|维(?![修护稳])|年代|届|时(?!间)|点(?!位)|周年|K"
)
"""What makes of a number and its unit a part of a name: 26兆瓦级, 三层式."""

_ATTRIBUTE = re.compile(
    r"(?:(?:以上|以下|以内|左右|及以上)的?|的)(?=[^\W\d_])(?!的|目标|速度|水平|增[长速幅]|比例|比重|标准|规模|任务|分别"
    r"|预期|总体|同比|其中|排|高位|在|中|也|且|并|将|为|是|和)|级"
)
"""Behind a measure it makes it a property of what follows: 5亿元以上项目, 20层以上建筑."""

_HOURS_INSIDE = re.compile(r"内|以内|服务|在线|热线|营业|值守|[^,。;]{0,6}圈|不打烊|全天")

_BEFORE = re.compile(
    rf"(?:{'|'.join(map(qualifiers.pattern_of, qualifiers.written('before')))}"
    r"|力争(?:达到|突破|超过)|达到?(?:近|约|超过?))$"
)
_AFTER = re.compile(
    rf"\s?(?:{'|'.join(map(qualifiers.pattern_of, (*qualifiers.written('after'), '多')))})"
)
_ALSO = re.compile(r"\([^\W\d_]{1,2}\)")
"""Another unit in brackets behind the unit: 14.2万台(套)."""

_LEADS = 8  # the longest of the words before an amount


def _after(text: str, end: int) -> str:
    found = _AFTER.match(text, end)
    return found[0] if found else ""


def _qualified(
    text: str,
    start: int,
    end: int,
    value: Decimal,
    unit: str,
    *,
    upper: Decimal | None = None,
    form: Form = "number",
    inner: str = "",
) -> Amount:
    before = ""
    reach_start, reach_end = start, end
    if found := _BEFORE.search(text, max(0, start - _LEADS), start):
        before, reach_start = found[0], found.start()
        before = re.sub(r"^达到?", "", before)
    after = inner
    if also := _ALSO.match(text, end):
        reach_end = also.end()
    if found := _AFTER.match(text, reach_end):
        after, reach_end = found[0].strip(), found.end()
    return Amount(start, end, value, upper, unit, form, before, after, reach_start, reach_end)


_LONGEST = 16  # digits; longer runs are numbers of documents or accounts


def _number(text: str, match: re.Match[str]) -> Amount | None:
    start, end = match.span("number")
    if end - start > _LONGEST:
        return None
    unit, upper = _unit(text, end), None
    if unit.base == "年" and not _is_duration(text, start, unit.end):
        return None
    ranged = _RANGE.match(text, unit.end)
    if ranged and not _is_change(text, start):
        second = _unit(text, ranged.end())
        if not second.written and not unit.base:
            return None
        upper = _decimal(ranged["upper"])
        unit = second if second.written else _Unit(unit.written, unit.base, "", ranged.end())
    if not unit.base:
        people = (
            _PEOPLE.match(text, unit.end + len(_after(text, unit.end)))
            if unit.written[-1:] in ("万", "亿")
            else None
        )
        if people:
            unit = _Unit(unit.written + "人", "人", unit.more, unit.end)
        elif not _may_stand_bare(text, start, unit.end, unit.written):
            return None
    elif _is_part_of_name(text, unit.end, unit.base):
        return None
    value = _decimal(match["number"])
    return _qualified(text, start, unit.end, value, unit.written, upper=upper, inner=unit.more)


@dataclass(frozen=True, slots=True)
class _Unit:
    """A unit as written, its base, the 多 or 余 before it, and where it ends."""

    written: str
    base: str
    more: str
    end: int


_PEOPLE = re.compile(
    r"[^\W\d_]{0,4}(?:儿女|人民|群众|居民|农民|职工|人口|百姓|老百姓|市民|学生|师生|毕业生|党员|干部|农户|牧民|旅客|游客|乡亲|同胞|劳动力|患者|移民|人才)"
)


def _unit(text: str, start: int) -> _Unit:
    found = _UNIT.match(text, start)
    assert found is not None
    if found["base"]:
        written = f"{found['scale']}{found['base']}{found['per'] or ''}"
        return _Unit(written, found["base"], found["more"] or found["more2"] or "", found.end())
    more = found["bare_more"] or found["bare_more2"] or ""
    end = found.end() if found["bare"] or more else start
    return _Unit(found["bare"], "", more, end)


def _decimal(written: str) -> Decimal:
    return Decimal(written.replace(",", ""))


_DURATION = re.compile(r"(?:连续|长达|年限(?:达到?|为|提高到|增加到|至|延长至)?|延长至|缩短至)$")
_NO_DURATION = re.compile(
    r"(?:超过|突破|保持在?|稳定在|稳居|位居|排名|居|增长|下降|达到?|高于|低于)[^,。;、]{0,6}[\d第]|[以之]?[来内后前]|期|规划|行动|代|度|[\-—至到]"
)


def _is_duration(text: str, start: int, end: int) -> bool:
    """Tell whether a number with 年 is a length of time that counts, not a date."""
    return bool(
        _DURATION.search(text, max(0, start - 8), start) and not _NO_DURATION.match(text, end)
    )


def _is_change(text: str, start: int) -> bool:
    """Tell whether a number is what something changes from: 由43户增至61户."""
    return text[max(0, start - 1) : start] in ("从", "由")


_NAMES_A_RATIO = re.compile(
    r"(?:比|比值|指数|系数|之比|倍数)(?:为|达到?|是|缩小|下降|降低|降|降到|缩小到|至|到|控制在)*$"
)


_NEW_VALUE = re.compile(r"(?:增加|增长|提高|上升|扩大|增|升|拓展|发展)[到至]$")


def _may_stand_bare(text: str, start: int, end: int, scale: str) -> bool:
    """Tell whether a number counts without a unit: a ratio, or 1000万以上."""
    if text[end : end + 1] in tuple("年月日号时点届:") or (
        text[end : end + 1] in "./-" and end < len(text)
    ):
        return False
    if scale and scale[-1] in "万亿":
        if _is_change(text, start) or _NEW_VALUE.search(text, max(0, start - 5), start):
            return True
        return bool(_AFTER.match(text, end)) or text[end : end + 1] in ("", ",", "。", ";", "、")
    return bool(_NAMES_A_RATIO.search(text, max(0, start - 12), start))


def _is_part_of_name(text: str, end: int, base: str) -> bool:
    if _NOT_AFTER.match(text, end):
        return True
    if base in ("小时", "分钟", "天") and _HOURS_INSIDE.match(text, end):
        return True
    if base in MEASURE_UNITS and base not in RATES:
        return bool(_ATTRIBUTE.match(text, end))
    return False


_RANK_PLACE = re.compile(
    r"(?:(?:名次|位次|排名|排位)?(?:稳居|位居|位列|名列|排名|居|列|排|跃居|跃升至?|上升至?|升至|保持|均|继续|持续)*)"
    r"(?P<place>全[国省市区县球州盟]|世界|亚洲|[^\W\d_]{0,6}(?:地区|省份|城市|省市|区县|县市)(?:中)?)?(?:排名|位次)?$"
)
_RANKED = re.compile(
    r"(?:[居列位排名前]|全[国省市区县球]|世界|亚洲|保持|跃[居升至]*|上升至|升至|[东中西]部(?:地区|省份)?|[县市区]中?|地区|省份|城市|同类|行业)$"
)
_RANK_NUMBER = re.compile(rf"第(\d+|[{NUMERALS}]+)(位|名)?")


def _rank(text: str, match: re.Match[str]) -> Amount | None:
    start, end = match.span("rank")
    written = _RANK_NUMBER.match(text, start, end)
    if written is None or text[max(0, start - 2) : start] in ("放在", "摆在", "作为", "列为"):
        return None
    number = written[1]
    if not written[2]:
        if text[end : end + 2] in ("方阵", "梯队") or text[end : end + 1] == "一":
            return None
        if not _RANKED.search(text, max(0, start - 8), start):
            return None
        if text[end : end + 1] not in ("", ",", "。", ";", "、", "!", "和", "(", "的", ")"):
            return None
    value = Decimal(number) if number.isdigit() else decimal(number)
    if value is None:
        return None
    place = _RANK_PLACE.search(text, max(0, start - 12), start)
    among, reach = "", start
    if place:
        among, reach = place["place"] or "", place.start()
    return Amount(start, end, value, None, written[2] or "位", "rank", among, "", reach, end)


def _percent(text: str, match: re.Match[str]) -> Amount | None:
    written = match["percent"]
    value = Decimal(written) if written[0].isdigit() else decimal(written)
    if value is None:
        return None
    return _qualified(text, match.start(), match.end(), value, "%")


def _doubling(text: str, match: re.Match[str]) -> Amount | None:
    value = decimal(match["doubling"]) if match["doubling"] else Decimal(1)
    assert value is not None
    return _qualified(text, match.start(), match.end(), value, "番")


_YEARS = re.compile(r"年|个季度|个月")


def _years(text: str, match: re.Match[str]) -> Amount | None:
    unit = _YEARS.match(text, match.end())
    assert unit is not None
    value = decimal(match["years"])
    if value is None or _NO_DURATION.match(text, unit.end()):
        return None
    return _qualified(text, match.start(), unit.end(), value, unit[0])


_SPELLED_END = re.compile(r"个|大|项|件|条|家|座|所|支|类|成(?=以上|左右|多|[,。;、]|$)|(?=部分)")


def _spelled(text: str, match: re.Match[str]) -> Amount | None:
    unit, value = _SPELLED_END.match(text, match.end()), decimal(match["spelled"])
    if unit is None or value is None:
        return None
    if unit[0] == "成":
        return _qualified(text, match.start(), unit.end(), value, "成")
    if unit[0] == "" and value < 2:
        return None
    written = unit[0] if unit[0] not in ("大", "") else "个"
    return _qualified(text, match.start(), unit.end(), value, written, form="spelled")


_GROWN = re.compile(
    r"(?:[增翻]|增[长加]|提高|扩大|上升|[是为达]|达到|超过?|[近约逾])(?:了|[近约]|超过?)?$"
)


def _times(text: str, match: re.Match[str]) -> Amount | None:
    """Read 增长两倍; 加倍 and 十倍的努力 are figures of speech."""
    start, value = match.start(), decimal(match["times"])
    if value is None or not _GROWN.search(text, max(0, start - 4), start):
        return None
    return _qualified(text, start, match.end() + 1, value, "倍")


_ROUND_END = re.compile(r"以上|规模|台阶|大关|门槛|关口|[,。;、:)]|$")


def _round(text: str, match: re.Match[str]) -> Amount | None:
    """Read a threshold without a number: 突破万亿元 is one 万亿元."""
    unit = _unit(text, match.start())
    if not unit.base or not _ROUND_END.match(text, unit.end):
        return None
    return _qualified(text, match.start(), unit.end, Decimal(1), unit.written)


_READERS = {
    "rank": _rank,
    "number": _number,
    "percent": _percent,
    "doubling": _doubling,
    "years": _years,
    "spelled": _spelled,
    "times": _times,
    "round": _round,
}
