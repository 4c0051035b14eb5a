"""Words for a single figure: its value, qualifier and sentence, in Chinese and in English.

The value is given as the source has it; English sets the source's own words beside a converted one.
Knows no marks and no citations.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

from index.lexicon import qualifiers
from index.lexicon.numerals import MONTHS
from index.lexicon.units import MAGNITUDES, NOUNS, PER, parted, size_of
from index.types import Figure


def plain(value: Decimal) -> str:
    """Return a number in digits, without an exponent."""
    return format(value, "f")


def rounded(value: Decimal, places: int) -> Decimal:
    """Return a value rounded half up to a number of places, without zeros at its end."""
    near = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return Decimal(plain(near.normalize()))


def value_words(figure: Figure) -> str:
    """Return the value with its unit and qualifiers as Chinese has them: 控制在3%以内."""
    if figure.value is None:
        return figure.wording or ""
    parts = qualifiers.parted(figure.qualifier)
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
    scale, base = parted(unit)
    if f"{value}{inside}" in clause or (not clause and value.endswith("0") and "." not in value):
        return f"{value}{inside}{unit}"
    return f"{value}{scale}{inside}{base}"


def predicate(figure: Figure) -> str:
    """Return what is said of the indicator, in Chinese: 增长8%以上, 为255亿元, 居第1位."""
    parts, value = qualifiers.parted(figure.qualifier), value_words(figure)
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
        first, last = figure.years
        since = f"较{first - 1}年" if last > first else "累计"
        return f"{estimate}{since}{verb}{value}"
    if figure.measure == "change":
        return f"{estimate}{parts.decline or '提高'}{value}"
    if figure.measure == "rank":
        return f"{estimate}居{parts.before}第{plain(figure.value)}{figure.unit}"
    if is_of_each_year(figure):
        return f"{estimate}平均每年{value}"
    if parts.before or estimate or figure.kind == "target":
        return f"{estimate}{value}"
    return f"为{value}"


def is_of_each_year(figure: Figure) -> bool:
    """Tell whether an amount of several years is that of each: 五年城镇新增就业年均46万人以上."""
    first, last = figure.years
    return first < last and re.search(r"年均|每年", figure.clause) is not None


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


def value_english(figure: Figure) -> str:
    """Return the value in English, the source's own words in brackets: 60,000 (6万)."""
    own = value_words(figure)
    if figure.value is None:
        return f"“{own}”"
    parts = qualifiers.parted(figure.qualifier)
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
    scale, base = parted(unit)
    value *= size_of(scale)
    noun, slash, per = base.partition("/")
    one, several = NOUNS.get(noun, ("", ""))
    tail = f" a {PER[per]}" if slash and per in PER else ""
    return " ".join(filter(None, (_rounded(value), one if value == 1 else several))) + tail


def _rounded(value: Decimal) -> str:
    """Return a number as English writes it: 25.5 billion, 60,000, 2.9."""
    for name in ("trillion", "billion", "million"):
        size = size_of(MAGNITUDES[name])
        if abs(value) >= size:
            return f"{plain((value / size).normalize())} {name}"
    whole, _, part = plain(value).partition(".")
    return f"{int(whole):,}" + (f".{part}" if part.strip("0") else "")


def predicate_english(figure: Figure) -> str:
    """Return what is said of the indicator, in English: growth of 8% or more (8%以上)."""
    value, parts = value_english(figure), qualifiers.parted(figure.qualifier)
    estimated = " (estimated)" if parts.estimate else ""
    if figure.value is None:
        return value
    change = "a decline of" if parts.decline else "growth of"
    if figure.measure == "growth_yoy":
        return f"{change} {value}{estimated}"
    if figure.measure == "growth_avg":
        return f"average annual {change.removeprefix('a ')} {value}{estimated}"
    if figure.measure == "growth_cumulative":
        first, last = figure.years
        since = f" since {first - 1}" if last > first else ""
        return f"{change} {value}{since}{estimated}"
    if figure.measure == "change":
        direction = "a decrease of" if parts.decline else "an increase of"
        return f"{direction} {value}{estimated}"
    if figure.measure == "rank":
        return f"rank {plain(figure.value)} ({value_words(figure)}){estimated}"
    if is_of_each_year(figure):
        return f"{value} a year on average{estimated}"
    return f"{value}{estimated}"
