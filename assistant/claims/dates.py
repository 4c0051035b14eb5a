"""What else a sentence claims: years, days, goals or results, directions, qualifiers.

Reads folded text in Chinese or English, whoever wrote it. Knows nothing of answers, marks, places
or of whether a claim is true.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from index.lexicon.qualifiers import declines

Stance = Literal["target", "actual"]


@dataclass(frozen=True, slots=True)
class Years:
    """Years named together (2022—2026) at `start` to `end`.

    `is_base` is true of a year that something is counted from: 较2016年, since 2016.
    """

    start: int
    end: int
    years: tuple[int, ...]
    is_base: bool = False


@dataclass(frozen=True, slots=True)
class Date:
    """Months (1—11月) or a day (1月5日) at `start` to `end`, without its year."""

    start: int
    end: int
    months: tuple[int, ...]
    day: int | None = None


# Years and days

_YEAR = r"(?:19|20)\d\d"
_TO = r"\s?[-—–~至到]\s?"
_YEARS = re.compile(
    rf"(?<!\d)(?<!\d[.,])(?P<first>{_YEAR})(?P<mark>年)?"
    rf"(?:{_TO}(?P<last>{_YEAR}|\d\d(?=年))(?!\d))?(?P<end>年)?"
    r"|(?P<han>[一二][零〇○九][零〇○一二三四五六七八九]{2})年"
    r"|(?<!\d)(?<!\d[.,])(?P<short>\d\d)年(?![来间内以期])"
)
_NO_YEAR = re.compile(
    r"\d|[,.]\d|\s?%|\s?[多余]?(?:[十百千万亿]|个|元|人|户|家|件|套|吨|亩|公里|米)"
    r"|\s(?:thousand|[mb]illion|trillion|yuan|people|tonnes|households|percentage|times)\b"
    r"|\s?[÷×−+=≈]"
)
_HAN_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_COUNTED_FROM = re.compile(
    r"(?:[较比与和同跟从自]|\b(?:since|than|from|over|against|compared (?:to|with)))\s?$",
    re.IGNORECASE,
)


def years_in(text: str) -> list[Years]:
    """Read the years that a folded text names."""
    found: list[Years] = []
    for match in _YEARS.finditer(text):
        start, end = match.span()
        if match["han"]:
            years = [int(match["han"].translate(_HAN_DIGITS))]
        elif match["short"]:
            years = [int(match["short"]) + (1900 if int(match["short"]) > 60 else 2000)]
        elif not (match["mark"] or match["end"]) and (
            _NO_YEAR.match(text, end) or re.search(r"[÷×−+=≈]\s?$", text[max(0, start - 2) : start])
        ):
            continue
        else:
            years = [int(match["first"])]
            if last := match["last"]:
                years.append(int(match["first"][:2] + last if len(last) == 2 else last))
        is_base = _COUNTED_FROM.search(text, max(0, start - 16), start) is not None
        found.append(Years(start, end, tuple(years), is_base))
    return found


_REPORT_AFTER = re.compile(r"\s?的?(?:政府)?工作报告|\s?(?:government )?work report", re.IGNORECASE)


def is_report_year(text: str, years: Years) -> bool:
    """Tell whether years say of when a report is: 2023年政府工作报告, 玉门市(2023年)."""
    if _REPORT_AFTER.match(text, years.end):
        return True
    return text[years.start - 1 : years.start] == "(" and text[years.end : years.end + 1] == ")"


_NAME = "January|February|March|April|May|June|July|August|September|October|November|December"
_NAMES = _NAME.split("|")
_DATES = re.compile(
    rf"(?<![\d.])(?P<first>\d{{1,2}})(?:{_TO}(?P<last>\d{{1,2}}))?月(?:份|(?P<day>\d{{1,2}})日)?"
    rf"|(?:\b(?P<day2>\d{{1,2}}) )?\b(?P<name>{_NAME})\b(?:{_TO}(?P<until>{_NAME})\b)?"
    r"(?: (?P<day3>\d{1,2})\b)?"
)


def dates_in(text: str) -> list[Date]:
    """Read the months and days that a folded text names."""
    found: list[Date] = []
    for match in _DATES.finditer(text):
        if match["name"]:
            names = [name for name in (match["name"], match["until"]) if name]
            months = tuple(_NAMES.index(name) + 1 for name in names)
        else:
            months = tuple(int(month) for month in (match["first"], match["last"]) if month)
        day = match["day"] or match["day2"] or match["day3"]
        found.append(Date(*match.span(), months, int(day) if day else None))
    return found


# Goal or result, up or down

_STANCES = re.compile(
    r"(?P<actual>完成[^,。;]{0,6}目标|超额|完成|实际|实现了|达到了|\b(?:results?|actual|actually|achieved|"
    r"reached|completed|realised|realized)\b)"
    r"|(?P<target>目标|预期|计划|力争|争取|确保|定为|将(?!近)|\b(?:targets?|targeted|goals?|aims?|aimed|plans?|"
    r"planned|striving|strives?|intends?|will)\b)",
    re.IGNORECASE,
)


def stances_in(text: str) -> list[tuple[int, Stance]]:
    """Read where a folded text speaks of goals, and where of results."""
    return [
        (match.start(), "actual" if match["actual"] else "target")
        for match in _STANCES.finditer(text)
    ]


_DOWN = "|".join(declines())
_DIRECTIONS = re.compile(
    rf"(?P<down>{_DOWN}|\b(?:declin\w*|decreas\w*|fell|fall\w*|drop\w*|reduc\w*|shrank|down|cut)\b)"
    r"|(?P<up>增长|增加|提高|上升|上涨|增幅|增速|涨幅|提升|增|涨|\b(?:growth|grow\w*|grew|increas\w*|rise|rose|"
    r"rising|up)\b)",
    re.IGNORECASE,
)


def falls(text: str) -> bool | None:
    """Tell whether the last word of direction in a folded text is one of decline; None: none."""
    last = None
    for match in _DIRECTIONS.finditer(text):
        last = match["down"] is not None
    return last


# Qualifiers


@dataclass(frozen=True, slots=True)
class Qualifier:
    """A way of qualifying a value: the Chinese words for it and the English ones."""

    chinese: tuple[str, ...]
    english: tuple[str, ...]


_QUALIFIERS = (
    Qualifier(
        ("预计", "初步统计", "初步核算", "初步"), ("estimate", "expected", "prelimin", "projected")
    ),
    Qualifier(
        ("以上", "不低于", "不少于", "不小于", "至少", "最少"),
        ("or more", "at least", "or above", "no less than", "not less than", "or higher"),
    ),
    Qualifier(
        ("以内", "之内", "以下", "不高于", "不超过", "至多", "最高", "最多", "内"),
        ("at most", "within", "or less", "or below", "no more than", "not more than", "up to",
         "below", "under", "not exceed"),
    ),
    Qualifier(
        ("左右", "上下", "约", "大约"), ("about", "around", "approximately", "roughly", "or so")
    ),
    Qualifier(
        ("突破", "超过", "高于", "大于", "多于", "超", "逾", "多", "余", "几"),
        ("more than", "over", "exceed", "above", "surpass", "top"),
    ),
    Qualifier(("低于", "小于", "少于"), ("less than", "below", "under")),
    Qualifier(("接近", "将近", "近"), ("nearly", "close to", "almost", "near")),
    Qualifier(("力争", "争取", "冲刺"), ("striv", "seek")),
    Qualifier(
        ("控制在", "稳定在", "保持在", "维持在"),
        ("within", "stable", "remain", "at", "around", "maintain"),
    ),
)  # fmt: skip
ESTIMATE = _QUALIFIERS[0]


def qualifiers_of(words: str) -> list[Qualifier]:
    """Return the ways in which a part of a figure's qualifier qualifies, those that are known."""
    rest, found = words, []
    for qualifier in _QUALIFIERS:
        for word in qualifier.chinese:
            if word in rest:
                rest = rest.replace(word, "\0")
                if qualifier not in found:
                    found.append(qualifier)
    return found


def has_word(text: str, words: Sequence[str]) -> bool:
    """Tell whether a folded text has one of the words, those in Latin letters as words begin."""
    lowered = text.lower()
    return any(
        re.search(rf"\b{re.escape(word)}", lowered) if word.isascii() else word in lowered
        for word in words
    )


_BESIDE_AFTER = re.compile(
    r"\s?(?:及?以上|以内|之内|以下|左右|上下|or more\b|or less\b|or above\b|or so\b)", re.IGNORECASE
)
_BESIDE_BEFORE = re.compile(
    r"(?:不低于|不少于|不高于|不超过|至少|最多|突破|超过|接近|将近|大?约|近|超|逾"
    r"|\b(?:at least|at most|more than|less than|over|about|around|nearly|almost|within"
    r"|striving for))\s?$",
    re.IGNORECASE,
)


def qualifiers_beside(text: str, start: int, end: int) -> list[Qualifier]:
    """Return the ways in which the words right beside the amount at `start` to `end` qualify it."""
    after = _BESIDE_AFTER.match(text, end)
    before = _BESIDE_BEFORE.search(text, max(0, start - 16), start)
    words = [found[0].strip().lower() for found in (after, before) if found is not None]
    return [
        qualifier
        for qualifier in _QUALIFIERS
        for word in words
        if word in qualifier.english or any(each in word for each in qualifier.chinese)
    ]
