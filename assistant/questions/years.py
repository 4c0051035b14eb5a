"""Finds the years that a question names, in digits, Chinese numerals or as this and last year.

Knows the calendar words of both languages; what "this year" is, the caller says. A range stands for
every year of it only where the question asks for each year (历年, yearly); else for its two ends.
"""

from __future__ import annotations

import re

from index.lexicon.numerals import CARDINALS, DIGITS, NUMERALS, in_figures, numeral
from index.types import Span

_YEAR = re.compile(
    r"(?<![\d.])((?:19|20)\d\d)(?![\d.]|万|亿|元|人|个|户|家|件)年?度?"
    rf"|([12][{DIGITS}]{{3}})年"
    rf"|([一二][〇零○九][{DIGITS}]{{2}})年"
    r"|(?<![\d.])(\d\d)年(?!来|间|内|以|期|前|后|禁|免|攻坚|行动|度?第)"
)
_RELATIVE = (
    (re.compile(r"今年|本年|当年|\b(?:this|current) year\b", re.I), 0),
    (re.compile(r"(?<!过)去年|(?<!以)上年|上一年|\b(?:last|previous) year\b", re.I), -1),
    (re.compile(r"(?<![目当此以之])前年", re.I), -2),
    (re.compile(r"(?<![说证表声])明年|(?<![年以近未])来年|下一年|\bnext year\b", re.I), 1),
)
_BASE = re.compile(r"(?:[和与同跟较比]|从|\b(?:than|compared (?:to|with)|since|from))\s*$", re.I)
_BASE_AFTER = re.compile(r"\s*(?:年?度?相?比|年?以来)")
_EACH_YEAR = re.compile(
    r"历年|每年|逐年|各年|每一年|\b(?:(?:each|every)(?: of the)? years?|year by year|yearly)\b",
    re.I,
)
_AVERAGE = re.compile(r"平均|年均|均增|\baverage", re.I)
_BETWEEN = re.compile(
    r"年?度?(?:底|末|初)?\s*(?:到|至|[-–—―~～]{1,2}|\b(?:to|through|until|till|and)\b)\s*", re.I
)
_LONGEST_RANGE = 30
_DURATION = re.compile(
    r"(?:近|过去|这|未来|今后|前|后|最近|快|约|大约|大概|了|超|超过|已|已经|达|长达|满|整整|不到|不止|有|历时|连续)$"
)


def years_in(folded: str, this_year: int | None) -> tuple[tuple[int, ...], list[Span]]:
    """Return the years a question asks about and where it names years.

    The year that a growth is counted from (和2016年比, since 2016) is named, not asked about.
    """
    years: list[int] = []
    spans: list[Span] = []
    each = _EACH_YEAR.search(folded) is not None and _AVERAGE.search(folded) is None
    ended = 0
    for match in _YEAR.finditer(folded):
        full, mixed, chinese, short = match.groups()
        before = folded[: match.start()]
        if short and _DURATION.search(before):
            continue
        spans.append(Span(*match.span()))
        if SET_FOR.match(folded, match.start()):
            continue
        if _BASE.search(before) and _BASE_AFTER.match(folded, match.end()):
            continue
        if short:
            year = int(short) + (1900 if int(short) > 60 else 2000)
        else:
            year = int(in_figures(full or mixed or chinese))
        if each and years and _BETWEEN.fullmatch(folded[ended : match.start()]):
            years.extend(_inside(years[-1], year))
        years.append(year)
        ended = match.end()
    for pattern, distance in _RELATIVE:
        for match in pattern.finditer(folded):
            if this_year is not None:
                years.append(this_year + distance)
            spans.append(Span(*match.span()))
    end, spans_of_end = plan_end_in(folded)
    if end is not None:
        years.append(end)
    return tuple(dict.fromkeys(years)), [*spans, *spans_of_end]


_PLAN = re.compile(
    r"[“\"]?(?P<zh>十[一二三四五]|[九十])五[”\"]?(?:规划)?(?:期间|时期|以来|期内|五年|这五年)"
    r"|\b(?P<en>9|1[0-5])th five[- ]year plan\b",
    re.IGNORECASE,
)
_FIRST_PLAN = 1951
"""Since the sixth each five-year plan covers 1951 + 5 n to 1955 + 5 n."""


def plan_in(folded: str) -> tuple[tuple[int, int] | None, list[Span]]:
    """Return the first and last year of the five-year plan that a question asks about as one."""
    found = _PLAN.search(folded)
    if found is None:
        return None, []
    number = int(found["en"]) if found["en"] else numeral(found["zh"])
    if number is None:
        return None, []
    first = _FIRST_PLAN + 5 * number
    return (first, first + 4), [Span(*found.span())]


SET_FOR = re.compile(
    r"(?:19|20)\d\d年(?:的?(?:政府)?(?:工作)?报告)?[里中上]?(?:说|提出?|定下?|计划|规划|承诺|要求)[过了的要]{0,2}"
    r"到(?P<for>(?:19|20)\d\d)年"
)
"""A goal that a report of one year sets for a later one: 2016年提出到2020年."""


def plan_end_in(folded: str) -> tuple[int | None, list[Span]]:
    """Return the last year of a five-year plan whose end is named (“十五五”末), and where."""
    found = _PLAN_END.search(folded)
    number = numeral(found["zh"]) if found else None
    if found is None or number is None:
        return None, []
    return _FIRST_PLAN + 5 * number + 4, [Span(*found.span())]


_PLAN_END = re.compile(r"[“\"]?(?P<zh>十[一二三四五]|[九十])五[”\"]?(?:规划)?时?期?末[期年]?")


_EARLIER = re.compile(
    rf"(?P<zh>[{NUMERALS}]|\d{{1,2}})年(?:之?前|以前)"
    rf"|\b(?P<en>\d{{1,2}}|a|{'|'.join(CARDINALS)}) years? (?:earlier|before|ago|previously)",
    re.IGNORECASE,
)


def years_earlier(folded: str) -> int | None:
    """Return by how many years a turn goes back from the one before it: 五年前呢."""
    found = _EARLIER.search(folded)
    if found is None:
        return None
    written = (found["zh"] or found["en"]).lower()
    if written.isdigit():
        return int(written)
    return 1 if written == "a" else CARDINALS.get(written) or numeral(written)


_REPORT = re.compile(
    r"((?:(?:19|20)\d\d年?度?[和与、及,])*(?:19|20)\d\d)年?度?的?[^\s,。?!;:的\d]{0,12}?报告"
    r"|\b((?:(?:19|20)\d\d(?:,? and |, ))*(?:19|20)\d\d)(?: (?!reports?\b)[a-z]+){0,3} reports?\b"
    r"|\breports? (?:of|for|from|in) ((?:(?:19|20)\d\d(?:,? and |, ))*(?:19|20)\d\d)\b",
    re.IGNORECASE,
)


def report_years_in(folded: str) -> tuple[int, ...]:
    """Return the years of the reports that a question names: 2024 of "2024年政府工作报告"."""
    named = " ".join("".join(filter(None, groups)) for groups in _REPORT.findall(folded))
    if several := _SEVERAL_REPORTS.search(folded):
        named += f" {several[1]}"
    return tuple(dict.fromkeys(map(int, re.findall(r"\d{4}", named))))


_SEVERAL_REPORTS = re.compile(
    r"((?:(?:19|20)\d\d年?[和与、及,/ ]*)+)[这那][几一二两三四五六七八九十\d]{1,2}[份个年]的?"
    r"(?:政府)?(?:工作)?报告"
)
"""2019、2021、2022这几份报告 names each."""


def _inside(first: int, last: int) -> range:
    """Return the years between two, none where they are no range that a question could mean."""
    return range(first + 1, last if last - first <= _LONGEST_RANGE else first)
