"""Words for a single figure: its value, qualifier and sentence, in Chinese and in English.

The value is given as the source has it; English sets the source's own words beside a converted one.
Knows no marks and no citations.
"""

from __future__ import annotations

import re
from decimal import Decimal

from assistant.answering.figures.lookup import years_of
from index.lexicon.numerals import MONTHS
from index.lexicon.qualifiers import parted
from index.types import Figure


def plain(value: Decimal) -> str:
    """Return a number in digits, without an exponent."""
    return format(value, "f")


def value_words(figure: Figure) -> str:
    """Return the value with its unit and qualifiers as Chinese has them: 控制在3%以内."""
    if figure.value is None:
        return figure.wording or ""
    parts = parted(figure.qualifier)
    value = plain(figure.value)
    if figure.upper is not None:
        percent = "%" if figure.unit == "%" else ""
        value = f"{value}{percent}—{plain(figure.upper)}"
    measured = with_unit(value, figure.unit, parts.inside, figure.clause)
    return f"{parts.before}{measured}{parts.after}"


def with_unit(value: str, unit: str, inside: str = "", clause: str = "") -> str:
    """Return a number with its unit and the word between them: 3000多人, 5亿余元, 20多万人.

    The word stands where the `clause` has it; where that is not to be told, behind the scale of the
    unit, but behind a round number itself.
    """
    if not inside or f"{unit}{inside}" in clause or unit == "%":
        return f"{value}{unit}{inside}"
    scale = re.match("[十百千万亿]*", unit)
    assert scale is not None
    if f"{value}{inside}" in clause or (not clause and value.endswith("0") and "." not in value):
        return f"{value}{inside}{unit}"
    return f"{value}{scale[0]}{inside}{unit[scale.end() :]}"


def predicate(figure: Figure) -> str:
    """Return what is said of the indicator, in Chinese: 增长8%以上, 为255亿元, 居第1位."""
    parts, value = parted(figure.qualifier), value_words(figure)
    estimate = parts.estimate
    if figure.value is None:
        return value
    if figure.unit == "番":
        return f"{estimate}翻{value}"
    verb = parts.decline or "增长"
    if figure.measure == "growth_yoy":
        return f"{estimate}{verb}{value}"
    if figure.measure == "growth_avg":
        return f"{estimate}年均{verb}{value}"
    if figure.measure == "growth_cumulative":
        first, last = years_of(figure.period)
        since = f"较{first - 1}年" if last > first else "累计"
        return f"{estimate}{since}{verb}{value}"
    if figure.measure == "change":
        return f"{estimate}{parts.decline or '提高'}{value}"
    if figure.measure == "rank":
        return f"{estimate}居{parts.before}第{plain(figure.value)}{figure.unit}"
    if parts.before or estimate or figure.kind == "target":
        return f"{estimate}{value}"
    return f"为{value}"


def period_words(figure: Figure) -> str:
    """Return the period in Chinese: 2023年, 2022—2026年, 2021年1—11月, 2023年1月5日."""
    period = figure.period
    if found := re.fullmatch(r"(\d{4})-(\d\d)/\1-(\d\d)", period):
        return f"{found[1]}年{int(found[2])}—{int(found[3])}月"
    if found := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", period):
        return f"{found[1]}年{int(found[2])}月{int(found[3])}日"
    if found := re.fullmatch(r"(\d{4})-(\d{4})", period):
        return f"{found[1]}—{found[2]}年"
    return f"{period}年"


# English


def period_english(figure: Figure) -> str:
    """Return the period in English: 2023, 2022–2026, January–November 2021, 5 January 2023."""
    period = figure.period
    if found := re.fullmatch(r"(\d{4})-(\d\d)/\1-(\d\d)", period):
        return f"{MONTHS[int(found[2]) - 1]}–{MONTHS[int(found[3]) - 1]} {found[1]}"
    if found := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", period):
        return f"{int(found[3])} {MONTHS[int(found[2]) - 1]} {found[1]}"
    return period.replace("-", "–")


_SCALE = {"十": 10, "百": 100, "千": 1_000, "万": 10_000, "亿": 100_000_000}
_NOUNS = {
    "元": "yuan", "元人民币": "yuan", "美元": "US dollars", "人": "people", "名": "people",
    "人次": "visits", "吨": "tonnes", "斤": "jin",
    "公斤": "kg", "公里": "km", "千米": "km", "平方米": "square metres",
    "平方公里": "square kilometres", "亩": "mu", "公顷": "hectares", "千瓦": "kW",
    "千瓦时": "kWh", "立方米": "cubic metres", "天": "days", "年": "years", "倍": "times",
    "个百分点": "percentage points", "百分点": "percentage points", "标箱": "TEU",
}  # fmt: skip


def value_english(figure: Figure) -> str:
    """Return the value in English, the source's own words in brackets: 60,000 (6万)."""
    own = value_words(figure)
    if figure.value is None:
        return f"“{own}”"
    parts = parted(figure.qualifier)
    low = amount_english(figure.value, figure.unit)
    if figure.upper is not None:
        lower, upper = (amount_english(each, figure.unit) for each in (figure.value, figure.upper))
        low = f"{lower.removesuffix('%')}–{upper}"
    before, behind = parts.english
    words = " ".join(filter(None, (before, low, behind)))
    is_same = words.replace(" ", "") == own
    return words if is_same else f"{words} ({own})"


def amount_english(value: Decimal, unit: str) -> str:
    """Return a value with its unit in English: 255亿元 is 25.5 billion yuan."""
    if unit in ("%", "‰"):
        return f"{plain(value)}{unit}"
    scale, base = re.fullmatch(r"([十百千万亿]*)(.*)", unit).groups()  # type: ignore[union-attr]
    for character in scale:
        value *= _SCALE[character]
    noun, slash, per = base.partition("/")
    noun = _NOUNS.get(noun, "")
    if value == 1:
        noun = noun.removesuffix("s")
    tail = f" a {'year' if per == '年' else 'month'}" if slash and per in ("年", "月") else ""
    return " ".join(filter(None, (_rounded(value), noun))) + tail


def _rounded(value: Decimal) -> str:
    """Return a number as English writes it: 25.5 billion, 60,000, 2.9."""
    for size, name in ((10**12, "trillion"), (10**9, "billion"), (10**6, "million")):
        if abs(value) >= size:
            return f"{plain((value / size).normalize())} {name}"
    whole, _, part = plain(value).partition(".")
    return f"{int(whole):,}" + (f".{part}" if part.strip("0") else "")


def predicate_english(figure: Figure) -> str:
    """Return what is said of the indicator, in English: growth of 8% or more (8%以上)."""
    value, parts = value_english(figure), parted(figure.qualifier)
    estimated = " (estimated)" if parts.estimate else ""
    if figure.value is None:
        return value
    change = "a decline of" if parts.decline else "growth of"
    if figure.measure == "growth_yoy":
        return f"{change} {value}{estimated}"
    if figure.measure == "growth_avg":
        return f"average annual {change.removeprefix('a ')} {value}{estimated}"
    if figure.measure == "growth_cumulative":
        first, last = years_of(figure.period)
        since = f" since {first - 1}" if last > first else ""
        return f"{change} {value}{since}{estimated}"
    if figure.measure == "change":
        direction = "a decrease of" if parts.decline else "an increase of"
        return f"{direction} {value}{estimated}"
    if figure.measure == "rank":
        return f"rank {plain(figure.value)} ({value_words(figure)}){estimated}"
    return f"{value}{estimated}"
