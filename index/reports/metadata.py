"""What a report says of itself: whose it is, when, where and by whom it was given.

Reads the head and foot of a clean text by the forms that reports and news about them share, and
falls back on the body (which place it names, which year it looks back on) and last on the file
name. Knows nothing of passages or figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from index.lexicon.numerals import DIGITS, in_figures, numeral
from index.places.gazetteer import Gazetteer, Mention
from index.reports.region import find_region
from index.reports.year import Dated, find_year
from index.text.normalization import Normalized
from index.types import Report, Span, Stated

T = TypeVar("T")

_HEAD = 900
_FOOT = 400
_SALUTATION = re.compile(r"各位代表[:!,]|^同志们[:!,]", re.MULTILINE)

_NUMBER = r"[一二三四五六七八九十百\d]{1,4}"
_CONGRESS = re.compile(
    rf"第\s*{_NUMBER}\s*届\s*(?:全国)?\s*人民代表大会\s*第?\s*{_NUMBER}\s*次\s*(?:全体)?\s*会议"
    rf"|(?:第\s*)?{_NUMBER}届人大(?:第\s*)?{_NUMBER}次会议"
)
_OPENS = re.compile(r"[^\n。]{0,40}?(?:开幕|举行|召开|[作做][^\n。]{0,6}报告|提出关于|报告过去)")
"""What follows the session at which a report is given, where the body speaks of it."""
_TO = re.compile(r"(?:向|[本这]次|我们)\s*$")
_UP_TO_SESSION = re.compile(r"\s*(?![\s\d:]*\d:\d)[^\n:]{0,30}\n?[^\n:]{0,30}\s*")
_PAST = re.compile(
    r",?\s*(?:以来|闭幕|确定|批准|精神|的?决议|至今|到|通过|期间|以后|审[议查]|号召)"
)
_SINCE = re.compile(r"(?:从|自(?!治)|根据|按照|完成)[^\n。,]{0,12}$")
_OWN_PLACE = re.compile(r"(?:自治区|[省市区县州旗盟])\s*$")

_DATE = re.compile(
    rf"(?P<year>\d{{4}}|[{DIGITS}]{{4}})"
    r"\s*[年/.-]\s*(?P<month>\d{1,2}|[一二三四五六七八九十]{1,2})"
    r"\s*[月/.-]\s*(?P<day>\d{1,2}|[一二三四五六七八九十]{1,3})\s*日?"
)
_MONTH_DAY = re.compile(r"(?<![\d年])(?P<month>\d{1,2}|元)月(?P<day>\d{1,2})日")
_SESSION_OPENS = re.compile(
    r"[^。]{0,60}?(?:代表大会|人代会|会议|大会)[^。]{0,40}?(?:开幕|召开|举行|隆重|拉开)|[^。]{0,40}?[作做]了?《?政府工作报告"
    r"|[^。]{0,60}?(?:代表大会|人大)[^。]{0,12}?会议"
)
"""What follows the day on which a session opened, where no year stands with it."""
_CLOCK = re.compile(r"\s*\d{1,2}:\d{2}")
_PUBLISHED = re.compile(
    r"(?:发布|发文|成文|更新|印发|刊发|公开|发稿|生成|上传)?(?:时间|日期)[::]?\s*$"
    r"|(?:来源|信息|稿源)[^\n]{0,40}$"
)

_SOURCE = re.compile(
    r"(?:(?:信息|文章|新闻|稿件|内容|数据|文字)?来源|稿源|出处|摘自|转自)\s*[::]\s*"
    r"(?P<source>[^\s()|,。;]{2,30}?)"
    r"(?=\s|$|[()|,。;]|\d{4}[年-]|作者|编辑|责任|记者|发布|时间|日期|浏览|点击|字[号体])"
)

_OFFICE = (
    r"(?:省长|市长|区长|县长|州长|旗长|盟长|自治区主席|政府主席|(?<![会大])主席|总理|行政长官"
    r"|计划委员会主任)"
)
_NAME = (
    r"(?P<name>[\u4e00-\u9fff](?:[\u4e00-\u9fff]{1,3}|[\u4e00-\u9fff]{1,9}·[\u4e00-\u9fff]{1,10}))"
)
_NAME_END = r"(?=\s*(?:$|同志|\)|,|受)|\s*(?:代表|向|作|所作|做|在|于))"
_SPEAKERS = (
    re.compile(rf"{_OFFICE}\s*{_NAME.replace('{1,3}', '{1,3}?')}{_NAME_END}", re.MULTILINE),
    re.compile(
        rf"(?:^|日\s?|,){_NAME.replace('{1,3}', '{1,2}?')}(?:代)?{_OFFICE}\s*(?:在|代表|向|作)"
    ),
    re.compile(rf"日\s+{_NAME}\)"),
    re.compile(rf"(?:会议上?\)?|\d日\)?)\n+{_NAME}\n"),
    re.compile(
        rf"{_OFFICE}\([^()\n]{{2,8}}\)\s*{_NAME.replace('{1,3}', '{1,3}?')}{_NAME_END}",
        re.MULTILINE,
    ),
)
_GIVES = re.compile(
    rf"(?:{_OFFICE})\s*{_NAME.replace('{1,3}', '{1,2}?')}(?:同志)?"
    r"(?:受\S{1,12}委托,?|代表\S{1,20}?,?)?(?:向大会|向会议)?在?[作做]了?\s*《?政府工作报告"
    rf"|(?:^|[。,\n]){_NAME.replace('name', 'leader').replace('{1,3}', '{1,2}?')}(?:代)?{_OFFICE}"
    r"(?:代表\S{1,20}?)?,?向(?:大会|会议)?[作做]"
)
_HEADLINE_GIVES = re.compile(
    rf"(?:^|\s){_NAME.replace('{1,3}', '{1,2}?')}(?:代表\S{{1,12}}?)?[作做]《?政府工作报告"
)

_NO_NAMES = frozenset(["委托", "同志", "代表", "大会", "会议", "报告"])
_REPORT_WORDS = r"政\s*府\s*(?:\d{4}年)?\s*工\s*作\s*报\s*告"
_TITLE = re.compile(rf"^[^\n。]{{0,50}}{_REPORT_WORDS}[^\n。;]{{0,40}}$", re.MULTILINE)
_OTHER_TITLE = re.compile(r"^[^\n。;]{0,50}的?报告(?:\([^()\n]{1,20}\))?$", re.MULTILINE)
_SPEAKER_BEHIND = re.compile(rf"\s+\S*{_OFFICE}\s*\S{{2,10}}$")
_NOT_A_TITLE = re.compile(r"会议上?.{0,30}作.{0,4}政府工作报告|^[-—]|来源[::]")


def describe(
    normalized: Normalized, *, document: str, report_id: str, gazetteer: Gazetteer
) -> Report:
    """Read a report's metadata from its text.

    Args:
        normalized: the report's text.
        document: the file's name; it hints at region, year and title where the text is silent.
        report_id: becomes the report's id.
        gazetteer: the places that the report may be of.

    Returns:
        The report. A value read from the text has its raw span; `inferred` marks one that the
        text does not state outright; one taken from the file name is inferred and has no span.
    """
    text = normalized.text
    head = _head(text)
    mentions = gazetteer.mentions(text)
    session = _find_session(text, head, mentions)
    source = _find_source(text)
    dates = list(_dates(text, head, session))
    given = next((date for date in dates if date.given), None)
    title = _find_title(text, head)
    year = find_year(text, document, given, dates, title)
    region = find_region(
        text,
        document,
        gazetteer,
        [mention for mention in mentions if not (source and mention.span.start in _of(source[1]))],
        head=head,
        session=session[1] if session else None,
    )
    date = given.iso if given else None
    date_span = given.span if given else None
    if given is None and year is not None and (day := _month_day(text, session)) is not None:
        date, date_span = f"{year.value}-{day[0]}", day[1]

    def stated(value: tuple[str, Span] | None) -> Stated[str] | None:
        return Stated(value[0], normalized.raw_span(value[1])) if value else None

    return Report(
        id=report_id,
        document=document,
        title=stated(title) or _title_of_file(document),
        region=_in_raw(normalized, region),
        year=_in_raw(normalized, year),
        date=Stated(date, normalized.raw_span(date_span), inferred=given is None)
        if date and date_span is not None
        else None,
        session=stated(session),
        speaker=stated(_find_speaker(text, head)),
        source=stated(source),
    )


def about(report: Report, gazetteer: Gazetteer) -> str:
    """Return the place and the year of a report in the words that questions use of them.

    The place stands with those around it, and in Latin letters too: "河南省焦作市 Jiaozuo 2023年".
    """
    words = []
    if report.region:
        region = report.region.value
        around = [gazetteer.get(code).name for code in reversed(region.parents)]
        words += ["".join((*around, region.name)), region.english]
    if report.year:
        words.append(f"{report.year.value}年")
    return " ".join(words)


def _of(span: Span) -> range:
    return range(span.start, span.end)


def _in_raw(normalized: Normalized, value: Stated[T] | None) -> Stated[T] | None:
    if value is None or value.span is None:
        return value
    return Stated(value.value, normalized.raw_span(value.span), value.inferred)


def _head(text: str) -> int:
    """Return where the head ends: at the salutation or the first long paragraph."""
    salutation = _SALUTATION.search(text, 0, _HEAD)
    if salutation:
        return salutation.start()
    end = 0
    for line in text[:_HEAD].split("\n"):
        if len(line) > 80:
            break
        end += len(line) + 1
    return min(end, len(text))


def _find_session(text: str, head: int, mentions: Sequence[Mention]) -> tuple[str, Span] | None:
    """Return the session at which the report was given: the head's, or one that opens just now."""
    found = [
        match
        for match in _CONGRESS.finditer(text, 0, _HEAD)
        if not _PAST.match(text, match.end())
        and not _SINCE.search(text[max(0, match.start() - 14) : match.start()])
        and (
            match.end() <= head
            or _OPENS.match(text, match.end())
            or _TO.search(text[max(0, match.start() - 4) : match.start()])
        )
    ]
    if not found:
        return None
    best = max(found, key=lambda match: ("人民代表大会" in match[0], match.end() <= head))
    start = best.start()
    named = [m.span.start for m in mentions if best.start() - 1 <= m.span.end <= best.start()]
    if named:
        start = named[0]
    elif own := _OWN_PLACE.search(text[max(0, start - 4) : start]):
        start -= len(own[0])
    span = Span(start, best.end())
    return "".join(span.of(text).split()), span


def _dates(text: str, head: int, session: tuple[str, Span] | None) -> Iterator[Dated]:
    """Yield the full dates of head and foot: of the giving, of the publishing, and others."""
    foot = max(head, len(text) - _FOOT)
    title_end = text.find("\n")
    for found in [*_DATE.finditer(text, 0, max(head, 1)), *_DATE.finditer(text, foot)]:
        iso = _iso(found)
        if iso is None:
            continue
        before = text[max(0, found.start() - 40) : found.start()].rpartition("\n")[2]
        at_session = (
            session is not None
            and found.end() <= session[1].start
            and _UP_TO_SESSION.fullmatch(text, found.end(), session[1].start) is not None
        )
        published = not at_session and bool(
            _CLOCK.match(text, found.end())
            or _PUBLISHED.search(before)
            or re.match(r"\s*(?:来源|稿源|发布|作者|编辑)", text[found.end() : found.end() + 8])
        )
        behind = text[found.end() : found.end() + 120]
        in_title = found.start() < title_end and text[found.start() - 1 : found.start()] == "("
        spoken = bool(re.match(r"\s*\S{0,20}?(?:在|于).{0,40}会议", behind))
        alone = text[:head][found.end() : found.end() + 2] in ("", "\n", ")", ")\n")
        given = (
            not published and found.start() < head and (at_session or in_title or spoken or alone)
        )
        yield Dated(iso, Span(found.start(), found.end()), given, published)


def _iso(found: re.Match[str]) -> str | None:
    year, month, day = (_value(found[part]) for part in ("year", "month", "day"))
    if not (1949 <= year <= 2100 and 1 <= month <= 12 and 1 <= day <= 31):
        return None
    return f"{year:04d}-{month:02d}-{day:02d}"


def _value(written: str) -> int:
    """Return the number that digits or Chinese numerals, or a year's four, stand for; else 0."""
    figures = in_figures(written)
    return int(figures) if figures.isdecimal() else numeral(written) or 0


def _month_day(text: str, session: tuple[str, Span] | None) -> tuple[str, Span] | None:
    """Return month and day of a sentence about the session: 1月5日,某市…会议开幕."""
    if session is not None:
        line = text.rfind("\n", 0, session[1].start) + 1
        for found in _MONTH_DAY.finditer(text, line, session[1].start):
            if (day := _day_of(found)) is not None:
                return day
    for found in _MONTH_DAY.finditer(text, 0, _OPENING):
        if _SESSION_OPENS.match(text, found.end()) and (day := _day_of(found)) is not None:
            return day
    return None


_OPENING = 1200
"""Characters within which news of a session says when it opened."""


def _day_of(found: re.Match[str]) -> tuple[str, Span] | None:
    month, day = 1 if found["month"] == "元" else int(found["month"]), int(found["day"])
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return f"{month:02d}-{day:02d}", Span(found.start(), found.end())


def _find_source(text: str) -> tuple[str, Span] | None:
    for start, end in ((0, _HEAD), (max(0, len(text) - _FOOT), len(text))):
        if found := _SOURCE.search(text, start, end):
            return found["source"], Span(found.start("source"), found.end("source"))
    return None


def _find_speaker(text: str, head: int) -> tuple[str, Span] | None:
    searches = [(pattern, 0, head) for pattern in _SPEAKERS]
    searches += [(_GIVES, 0, len(text)), (_HEADLINE_GIVES, 0, head)]
    for pattern, start, end in searches:
        for found in pattern.finditer(text, start, end):
            which = "name" if found["name"] else "leader"
            name = "".join(found[which].split())
            if name not in _NO_NAMES:
                return name, Span(found.start(which), found.end(which))
    return None


def _find_title(text: str, head: int) -> tuple[str, Span] | None:
    """Return the line that names the report, else the headline above news about it."""
    joined = re.match(rf"[^\n。]{{0,30}}{_REPORT_WORDS}(?=\n)", text)
    if joined:
        return _title(text, Span(joined.start(), joined.end()))
    for pattern in (_TITLE, _OTHER_TITLE):
        for found in pattern.finditer(text, 0, head):
            if not _NOT_A_TITLE.search(found[0]):
                return _title(text, Span(found.start(), found.end()))
    first = text.partition("\n")[0]
    headline = 8 <= len(first) <= 60 and head > len(first) and not re.search(r"[。:]", first)
    if headline and "届" in first and not re.search(r"^[-—(\d]|会议上$", first):
        return _title(text, Span(0, len(first)))
    return None


def _title(text: str, span: Span) -> tuple[str, Span]:
    if behind := _SPEAKER_BEHIND.search(span.of(text)):
        span = Span(span.start, span.start + behind.start())
    return re.sub(r"\s*\n\s*", "", span.of(text)), span


def _title_of_file(document: str) -> Stated[str] | None:
    stem = Path(document).stem
    if "报告" not in stem and "報告" not in stem:
        return None
    return Stated(stem.strip("_ -"), None, inferred=True)
