"""Words for a single figure: its value, qualifier and sentence, in Chinese and in English.

The value is given as the source has it; English sets the source's own words beside a converted one.
Knows no marks and no citations.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from assistant.answering.figures.lookup import years_of
from index.lexicon.qualifiers import is_decline, words_of
from index.types import Figure

_AFTER = ("以上", "及以上", "以内", "之内", "以下", "左右", "上下", "内", "多", "余")
"""Qualifiers that stand behind a value; all others stand before it."""


@dataclass(frozen=True, slots=True)
class Qualified:
    """A figure's qualifier, parted by where its words stand.

    `estimate` is 预计 or 初步统计, `decline` the verb of a decline, `before` and `after` what
    stands around the value; each is "" where there is none.
    """

    estimate: str
    decline: str
    before: str
    after: str


def qualified(figure: Figure) -> Qualified:
    """Part a figure's qualifier."""
    estimate = decline = before = after = ""
    for word in words_of(figure.qualifier):
        if word in ("预计", "初步统计", "初步核算", "预计全年"):
            estimate = word
        elif is_decline(word):
            decline = word
        elif word in _AFTER:
            after += word
        else:
            before += word
    return Qualified(estimate, decline, before, after)


def plain(value: Decimal) -> str:
    """Return a number in digits, without an exponent."""
    return format(value, "f")


def value_words(figure: Figure) -> str:
    """Return the value with its unit and qualifiers as Chinese has them: 控制在3%以内."""
    if figure.value is None:
        return figure.wording or ""
    parts = qualified(figure)
    value = plain(figure.value)
    if figure.upper is not None:
        percent = "%" if figure.unit == "%" else ""
        value = f"{value}{percent}—{plain(figure.upper)}"
    return f"{parts.before}{value}{figure.unit}{parts.after}"


def predicate(figure: Figure) -> str:
    """Return what is said of the indicator, in Chinese: 增长8%以上, 为255亿元, 居第1位."""
    parts, value = qualified(figure), value_words(figure)
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

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


def period_english(figure: Figure) -> str:
    """Return the period in English: 2023, 2022–2026, January–November 2021, 5 January 2023."""
    period = figure.period
    if found := re.fullmatch(r"(\d{4})-(\d\d)/\1-(\d\d)", period):
        return f"{_MONTHS[int(found[2]) - 1]}–{_MONTHS[int(found[3]) - 1]} {found[1]}"
    if found := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", period):
        return f"{int(found[3])} {_MONTHS[int(found[2]) - 1]} {found[1]}"
    return period.replace("-", "–")


_BEFORE_ENGLISH = (
    (("不低于", "不少于", "不小于", "至少"), "at least"),
    (("不高于", "不超过", "最高", "最多"), "at most"),
    (("控制在", "稳定在", "保持在"), "within"),
    (("突破", "超过", "超", "逾", "高于", "大于", "多于"), "more than"),
    (("低于", "小于", "少于"), "less than"),
    (("近", "接近", "将近"), "nearly"),
    (("约", "大约"), "about"),
    (("力争", "冲刺"), "striving for"),
)
_AFTER_ENGLISH = (
    (("以上",), "or more"),
    (("以内", "之内", "内", "以下"), "at most"),
    (("左右", "上下"), "about"),
    (("多", "余"), "over"),
)
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
    parts = qualified(figure)
    low = amount_english(figure.value, figure.unit)
    if figure.upper is not None:
        lower, upper = (amount_english(each, figure.unit) for each in (figure.value, figure.upper))
        low = f"{lower.removesuffix('%')}–{upper}"
    before = _english(_BEFORE_ENGLISH, parts.before)
    after = _english(_AFTER_ENGLISH, parts.after)
    if after == "or more":
        words = f"{low} or more"
    else:
        words = " ".join(filter(None, (before or after, low)))
    is_same = words.replace(" ", "") == own
    return words if is_same else f"{words} ({own})"


def _english(table: tuple[tuple[tuple[str, ...], str], ...], word: str) -> str:
    return next((english for words, english in table if any(w in word for w in words)), "")


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
    value, parts = value_english(figure), qualified(figure)
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
