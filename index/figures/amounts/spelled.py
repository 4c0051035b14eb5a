"""Amounts written in Chinese numerals or in words: ranks, percentages, 翻番, 一万五千亿元.

Each reader takes what `amounts` found and returns the amount, or None where it only looks like one.
Knows nothing of indicators or periods.
"""

from __future__ import annotations

import re
from decimal import Decimal

from index.figures.amounts.written import Amount, qualified, unit_at
from index.lexicon import qualifiers
from index.lexicon.numerals import DIGITS, NUMERALS, decimal, in_figures
from index.lexicon.units import MEASURE_UNITS
from index.text.scanning import lazily

HAN_NUMBER = f"(?![零〇千])[{NUMERALS}]{{1,9}}"
HAN_POINT = f"(?:点[{DIGITS}]{{1,4}})?"


_RANK_PLACE = lazily(
    r"(?:(?:名次|位次|排名|排位)?(?:稳居|位居|位列|名列|排名|居|列|排|跃居|跃升至?|上升至?|升至|保持|均|继续|持续)*)"
    r"(?P<place>全[国省市区县球州盟]|世界|亚洲|[^\W\d_]{0,6}(?:地区|省份|城市|省市|区县|县市)(?:中)?)?(?:排名|位次)?$"
)
_RANKED = lazily(
    r"(?:[居列位排名前]|全[国省市区县球]|世界|亚洲|保持|跃[居升至]*|上升至|升至|[东中西]部(?:地区|省份)?|[县市区]中?|地区|省份|城市|同类|行业)$"
)
_RANK_NUMBER = lazily(rf"第(\d+|[{NUMERALS}]+)(位|名)?")


def read_rank(text: str, match: re.Match[str]) -> Amount | None:
    """Read 全省第二位 and 居全省第二; 第二产业 is none, and 第一方阵 neither."""
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


def read_percent(text: str, match: re.Match[str]) -> Amount | None:
    """Read 百分之五, 千分之三 and their ranges: 百分之五至六, 百分之二、三."""
    unit = "%" if match["whole"] == "百" else "‰"
    value, end, upper = _value(match["percent"]), match.end(), None
    if value is None:
        return None
    if ranged := _UPPER.match(text, end):
        upper, end = _value(ranged["percent"]), ranged.end()
        if upper is None or ranged["of"] not in (None, match["whole"]):
            return None
    elif (next_to := _NEXT.match(text, end)) and decimal(next_to[1]) == value + 1:
        upper, end = value + 1, next_to.end()
    elif text[end : end + 1] in tuple(f"{NUMERALS}万亿点"):
        return None
    return qualified(text, match.start(), end, value, unit, upper=upper)


_UPPER = lazily(
    rf"(?:至|到|[-—–~]{{1,2}})(?:(?P<of>[百千])分之)?(?P<percent>\d+(?:\.\d+)?|{HAN_NUMBER}{HAN_POINT})"
    rf"(?![{NUMERALS}万亿点年月日个])"
)
_NEXT = lazily(r"、([一二三四五六七八九])(?=[的左以,。;]|$)")


def _value(written: str) -> Decimal | None:
    """Return what digits or numerals stand for: 10.85, 十点八五, and 二七六点七 digit by digit."""
    if written[0].isdigit():
        return Decimal(written)
    if (value := decimal(written)) is not None:
        return value
    digits = in_figures(written.replace("点", "."))
    certain = "." in digits or len(digits) > _DIGIT_BY_DIGIT
    return Decimal(digits) if certain and digits.replace(".", "", 1).isdecimal() else None


_DIGIT_BY_DIGIT = 2  # 三五 is three to five as well


def read_numeral(text: str, match: re.Match[str]) -> Amount | None:
    """Read a measure in Chinese numerals: 五百八十亿元, 一万五千亿元; never 三千亿元产业.

    The unit keeps the last scale, as reports give it: 一万五千亿元 is 15000 亿元.
    """
    written, start = match["numeral"], match.start("numeral")
    unit = unit_at(text, match.end("numeral"))
    points = unit.base.endswith("百分点")
    if len(written) < 2 and not points and not unit.written.startswith(tuple("万亿")):
        return None  # 建一亩成一亩
    if unit.base not in _MEASURED or not _NUMERAL_END.match(text, unit.end):
        return None
    if (parted := _scaled(written)) is None:
        return None
    value, scale = parted
    return qualified(text, start, unit.end, value, scale + unit.written, inner=unit.more)


def _scaled(written: str) -> tuple[Decimal, str] | None:
    """Part a numeral into a number and the scale it is given in."""
    for scale in ("万亿", "亿", "万"):
        above = written.removesuffix(scale)
        if above and above != written and not (scale == "万" and "亿" in above):
            value = _value(above)
            return None if value is None else (value, scale)
    value = _value(written)
    if value is None:
        return None
    return (value / 10**8, "亿") if "亿" in written else (value, "")


_MEASURED = MEASURE_UNITS - frozenset(
    re.findall(
        r"\S+", "度 里 方 升 成 周 月 日 天 年 岁 瓦 个月 季度 个季度 小时 分钟 工作日 个工作日"
    )
)
_QUALIFIED = "|".join(map(qualifiers.pattern_of, (*qualifiers.written("after"), "多")))
_NUMERAL_END = lazily(
    rf"(?:{_QUALIFIED})?(?:的?(?:大关(?!的)|目标|水平|新?台阶|规模)|[,。;、)(:!]|$|[和与及并]"
    r"|[增减提下上][长加少产高降升]|比[上一]|的速度|发展到|提高到|用于|相当)"
)


def read_doubling(text: str, match: re.Match[str]) -> Amount | None:
    """Read 翻番, 翻两番, 翻了一番."""
    value = decimal(match["doubling"]) if match["doubling"] else Decimal(1)
    assert value is not None
    return qualified(text, match.start(), match.end(), value, "番")


NO_DURATION = lazily(
    r"(?:超过|突破|保持在?|稳定在|稳居|位居|排名|居|增长|下降|达到?|高于|低于)[^,。;、]{0,6}[\d第]|[以之]?[来内后前]|期|规划|行动|代|度|[\-—至到]"
)
"""What follows 年 where it is no length of time."""

_YEARS = lazily(r"年|个季度|个月")


def read_years(text: str, match: re.Match[str]) -> Amount | None:
    """Read how long something has lasted: 连续三年跻身百强."""
    unit = _YEARS.match(text, match.end())
    assert unit is not None
    value = decimal(match["years"])
    if value is None or NO_DURATION.match(text, unit.end()):
        return None
    return qualified(text, match.start(), unit.end(), value, unit[0])


_SPELLED_END = lazily(r"个|大|项|件|条|家|座|所|支|类|成(?=以上|左右|多|[,。;、]|$)|(?=部分)")


def read_spelled(text: str, match: re.Match[str]) -> Amount | None:
    """Read a count of things: 四个部分, 三家企业, 八成以上."""
    unit, value = _SPELLED_END.match(text, match.end()), decimal(match["spelled"])
    if unit is None or value is None:
        return None
    if unit[0] == "成":
        return qualified(text, match.start(), unit.end(), value, "成")
    if unit[0] == "" and value < 2:
        return None
    written = unit[0] if unit[0] not in ("大", "") else "个"
    return qualified(text, match.start(), unit.end(), value, written, form="spelled")


_GROWN = lazily(
    r"(?:[增翻]|增[长加]|提高|扩大|上升|[是为达]|达到|超过?|[近约逾])(?:了|[近约]|超过?)?$"
)


def read_times(text: str, match: re.Match[str]) -> Amount | None:
    """Read 增长两倍; 加倍 and 十倍的努力 are figures of speech."""
    start, value = match.start(), decimal(match["times"])
    if value is None or not _GROWN.search(text, max(0, start - 4), start):
        return None
    return qualified(text, start, match.end() + 1, value, "倍")


_ROUND_END = lazily(r"以上|规模|台阶(?!的)|大关(?!的)|门槛|关口|[,。;、:)]|$")


def read_round(text: str, match: re.Match[str]) -> Amount | None:
    """Read a threshold without a number: 突破万亿元 is one 万亿元."""
    unit = unit_at(text, match.start())
    if not unit.base or not _ROUND_END.match(text, unit.end):
        return None
    return qualified(text, match.start(), unit.end, Decimal(1), unit.written)
