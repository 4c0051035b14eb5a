"""What else a sentence claims: years, days, goals or results.

Reads folded text in Chinese or English, whoever wrote it. Knows nothing of answers, marks, places
or of whether a claim is true.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from index.lexicon.numerals import DIGITS, MONTHS, in_figures
from index.text.scanning import lazily

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
_YEARS = lazily(
    rf"(?<!\d)(?<!\d[.,])(?P<first>{_YEAR})(?P<mark>年)?"
    rf"(?:{_TO}(?P<last>{_YEAR}|\d\d(?=年))(?!\d))?(?P<end>年)?"
    rf"|(?P<han>[一二][零〇○九][{DIGITS}]{{2}})年"
    r"|(?<!\d)(?<!\d[.,])(?<![连持]续)(?<![近约历满])(?P<short>\d\d)年(?![来间内以期])"
)
_NO_YEAR = lazily(
    r"\d|[,.]\d|\s?%|\s?[多余]?(?:[十百千万亿]|个|元|人|户|家|件|套|吨|亩|公里|米)"
    r"|\s(?:thousand|[mb]illion|trillion|yuan|people|tonnes|households|percentage|times)\b"
    r"|\s?[÷×−+=≈]"
)
_COUNTED_FROM = lazily(
    r"(?:[较比与和同跟从自]|\b(?:since|than|from|over|against|compared (?:to|with)))\s?$",
    re.IGNORECASE,
)


def years_in(text: str) -> list[Years]:
    """Read the years that a folded text names."""
    found: list[Years] = []
    for match in _YEARS.finditer(text):
        start, end = match.span()
        if match["han"]:
            years = [int(in_figures(match["han"]))]
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


_LISTED = rf"{_YEAR}(?:{_TO}{_YEAR})?"
_LISTED_BEFORE = lazily(rf"\((?:{_LISTED}[,、] ?)*$")
_LISTED_AFTER = lazily(rf"(?:[,、] ?{_LISTED})*年?\)")
_REPORT_AFTER = lazily(r"\s?的?(?:政府)?工作报告|\s?(?:government )?work report", re.IGNORECASE)


def is_report_year(text: str, years: Years) -> bool:
    """Tell whether years are those of reports: 2023年政府工作报告, 玉门市(2023年), (2019, 2021)."""
    if _REPORT_AFTER.match(text, years.end):
        return True
    opens, closes = _LISTED_BEFORE.search(text[: years.start]), _LISTED_AFTER.match(text, years.end)
    return opens is not None and closes is not None


_NAME = "|".join(MONTHS)
_DATES = lazily(
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
            months = tuple(MONTHS.index(name) + 1 for name in names)
        else:
            months = tuple(int(month) for month in (match["first"], match["last"]) if month)
        day = match["day"] or match["day2"] or match["day3"]
        found.append(Date(*match.span(), months, int(day) if day else None))
    return found


# Goal or result

_STANCES = lazily(
    r"(?P<actual>完成[^,。;]{0,6}目标|超额|完成|实际|实现了|达到了|\b(?:results?|actual|actually|achieved|"
    r"reached|completed|realised|realized)\b)"
    r"|(?P<target>目标|预期|计划|力争|争取|确保|定为|将(?!近)|\b(?:targets?|targeted|targeting|goals?|aims?|aimed|aiming|plans?|"
    r"planned|striving|strives?|intends?|will)\b)",
    re.IGNORECASE,
)


def stances_in(text: str) -> list[tuple[int, Stance]]:
    """Read where a folded text speaks of goals, and where of results."""
    return [
        (match.start(), "actual" if match["actual"] else "target")
        for match in _STANCES.finditer(text)
    ]
