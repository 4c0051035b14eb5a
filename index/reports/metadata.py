"""What is known of a report: whose it is, when, where and by whom it was given.

Every witness is heard (front matter, title, session, sentences, the names of the file and of its
folders, what a person told) and weighed; those that speak against the choice are kept as doubts.
Knows nothing of passages or figures.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from index.places.gazetteer import COUNTRY, Gazetteer, Mention
from index.reports.dates import Dated, Day, date_in, day_of_session, full_dates, spoken_date
from index.reports.region import from_name, from_text, kind_of, town_of_text
from index.reports.speaker import find_speaker, is_name, speaker_of_title
from index.reports.titles import find_title
from index.reports.witnesses import IS_URL, Around, Choice, Told, Witness, doubts, weigh
from index.reports.year import said_by_name, said_by_text, said_by_title
from index.text.folding import fold_report
from index.text.normalization import Normalized
from index.types import Doubt, Region, Report, Span, Stated

T = TypeVar("T")

_HEAD = 900
_FOOT = 400
_SALUTATION = re.compile(r"各位代表[:!,]|^同志们[:!,]|^各位\S{2,4}[、,]?同志们[:!,]", re.MULTILINE)

_NUMBER = r"[一二三四五六七八九十百\d]{1,4}"
_CONGRESS = re.compile(
    rf"第\s*{_NUMBER}\s*届\s*(?:全国)?\s*人民代表大会\s*第?\s*{_NUMBER}\s*次\s*(?:全体)?\s*会议"
    rf"|(?:第\s*)?{_NUMBER}届人大(?:第\s*)?{_NUMBER}次会议"
)
_OPENS = re.compile(r"[^\n。]{0,40}?(?:开幕|举行|召开|[作做][^\n。]{0,6}报告|提出关于|报告过去)")
"""What follows the session at which a report is given, where the body speaks of it."""
_TO = re.compile(r"(?:向|[本这]次|我们)\s*$")
_PAST = re.compile(
    r",?\s*(?:以来|闭幕|确定|批准|精神|的?决议|至今|到|通过|期间|以后|审[议查]|号召)"
)
_SINCE = re.compile(r"(?:从|自(?!治)|根据|按照|完成)[^\n。,]{0,12}$")
_OWN_PLACE = re.compile(r"(?:自治区|[省市区县州旗盟])\s*$")

_SOURCE = re.compile(
    r"(?:(?:信息|文章|新闻|稿件|内容|数据|文字)?来源|稿源|出处|摘自|转自)\s*[::]\s*"
    r"(?P<source>[^\s()|,。;]{2,30}?)"
    r"(?=\s|$|[()|,。;]|\d{4}[年-]|作者|编辑|责任|记者|发布|时间|日期|浏览|点击|字[号体])"
)


@dataclass(frozen=True, slots=True)
class _Reading:
    """A clean text with what stands around it and what was found in it first."""

    text: str
    head: int
    around: Around
    gazetteer: Gazetteer
    mentions: Sequence[Mention]
    session: tuple[str, Span] | None
    title: tuple[str, Span] | None
    front_title: str | None
    source: tuple[str, Span] | None


def describe(
    normalized: Normalized,
    *,
    document: str,
    report_id: str,
    gazetteer: Gazetteer,
    path: Path | None = None,
    told: Told | None = None,
) -> Report:
    """Weigh what is said of a report, in its text and around it.

    Args:
        normalized: the report's text.
        document: the file's name as citations give it.
        report_id: becomes the report's id.
        gazetteer: the places that the report may be of.
        path: the file, whose folders may tell the place or the year; None for those of `document`.
        told: what a person says of it, which goes before all else.

    Returns:
        The report. A value read from the text has its raw span; `inferred` marks one that is not
        stated outright; one taken from a name has no span.
    """
    text = normalized.text
    around = Around.of(normalized.raw, document, path, told)
    reading = _read(text, around, gazetteer)
    region = _region(reading)
    dates = list(full_dates(text, reading.head, reading.session[1] if reading.session else None))
    given = next((date for date in dates if date.given), None) or spoken_date(text)
    day = None if given else day_of_session(text)
    closing = given.iso[5:7] in ("11", "12") if given else bool(day and day.closing)
    year = weigh(
        _years(reading, given, day, dates),
        # Of a report given at the end of a year, title and names often tell the year it plans.
        agrees=lambda said, value: said == value or (closing and said == value + 1),
    )
    date, date_doubts = _date(reading, year, given, day, dates)
    speaker, speaker_doubts = _speaker(reading)
    addresses = (around.told.source, around.front_value("url", "source", "link", "来源", "链接"))
    urls = [each for each in addresses if each and IS_URL.match(each)]
    named = [each for each in addresses if each and not IS_URL.match(each)]

    def in_raw(value: Stated[T] | None) -> Stated[T] | None:
        if value is None or value.span is None:
            return value
        return Stated(value.value, normalized.raw_span(value.span), value.inferred)

    def stated(value: tuple[str, Span] | None) -> Stated[str] | None:
        return in_raw(Stated(*value)) if value else None

    return Report(
        id=report_id,
        document=document,
        title=_title(reading, stated(reading.title), document),
        region=in_raw(_chosen(region)),
        year=in_raw(_chosen(year)),
        date=in_raw(date),
        session=stated(reading.session),
        speaker=in_raw(speaker),
        source=stated(reading.source) or (Stated(named[0], None) if named else None),
        url=urls[0] if urls else None,
        doubts=(
            *doubts("region", region, lambda each: each.name),
            *doubts("year", year),
            *date_doubts,
            *speaker_doubts,
        ),
    )


def _read(text: str, around: Around, gazetteer: Gazetteer) -> _Reading:
    head = _head(text)
    mentions = gazetteer.mentions(text)
    source = _find_source(text)
    own = _of(source[1]) if source else range(0)  # a newspaper's place is not the report's
    if kind_of(text) in ("州", "自治州"):  # 全州 is the whole prefecture there, and no county
        mentions = [mention for mention in mentions if mention.matched != "全州"]
    front = around.told.title or around.front_value("title", "标题")
    return _Reading(
        text,
        head,
        around,
        gazetteer,
        [mention for mention in mentions if mention.span.start not in own],
        _find_session(text, head, mentions),
        find_title(text, head),
        " ".join(fold_report(front).split()) if front else None,
        source,
    )


# --- whose --------------------------------------------------------------------------------------


def _region(reading: _Reading) -> Choice[Region] | None:
    gazetteer, around, mentions = reading.gazetteer, reading.around, reading.mentions
    session = reading.session[1] if reading.session else None
    title = reading.title[1] if reading.title else None
    witnesses: list[Witness[Region]] = []
    if around.told.region:
        witnesses += from_name(around.told.who, around.told.region, gazetteer, 30, mentions)
    witnesses += from_text(
        reading.text, gazetteer, mentions, head=reading.head, session=session, title=title
    )
    if reading.front_title:
        witnesses += from_name("front matter", reading.front_title, gazetteer, 3, mentions)
    names = [("file name", Path(around.file).stem, 2.0)]
    names += [("folder", folder, 3.0 - rank) for rank, folder in enumerate(around.folders)]
    for who, name, weight in names:
        witnesses += from_name(who, name, gazetteer, weight, mentions)

    def supports(said: Region, value: Region) -> float:
        if said.code == value.code:
            return 1
        # Who names the place around it speaks for it as well, but less.
        return 0.4 if said.code != COUNTRY and gazetteer.contains(said.code, value.code) else 0

    def agrees(said: Region, value: Region) -> bool:
        return said.code == value.code or (
            said.code != COUNTRY and gazetteer.contains(said.code, value.code)
        )

    choice = weigh(witnesses, supports=supports, agrees=agrees)
    town = town_of_text(reading.text, reading.head, choice.value if choice else None, gazetteer)
    if town is not None and not around.told.region:
        return Choice(town.value, town, ())
    return choice


def _chosen(choice: Choice[T] | None) -> Stated[T] | None:
    if choice is None:
        return None
    best = choice.best
    return Stated(choice.value, best.span, inferred=not best.outright)


# --- when ---------------------------------------------------------------------------------------


def _years(
    reading: _Reading, given: Dated | None, day: Day | None, dates: Sequence[Dated]
) -> list[Witness[int]]:
    """Return what is said of the year in which the report was given."""
    around = reading.around
    witnesses: list[Witness[int]] = []
    if around.told.year:
        witnesses.append(Witness(around.told.who, around.told.year, 30))
    if given is not None:
        at = Span(given.span.start, given.span.start + 4)
        witnesses.append(Witness("date", given.year, 6, at, outright=True))
    for written, who in (
        (around.told.date, around.told.who),
        (_front_date(reading), "front matter"),
    ):
        if written:
            witnesses.append(Witness(who, int(written[:4]), 4))
    published = min((date.year for date in dates if date.published), default=None)
    names = [("file name", around.file), *(("folder", each) for each in around.folders)]
    named = [each for who, name in names for each in said_by_name(who, name, None)]
    early = given.iso[5:7] in ("11", "12") if given else bool(day and day.closing)
    for said in said_by_text(reading.text):
        year = said.value
        at_year_end = early or published == year - 1
        at_year_end |= published is None and given is None and year - 1 in [n.value for n in named]
        if at_year_end and (given is None or given.year == year - 1):
            year -= 1  # given in December, it looks ahead to the year after
        witnesses.append(Witness(said.who, year, said.weight, said.span))
    planned = witnesses[0].value if witnesses else None
    if reading.title:
        witnesses += said_by_title("title", reading.title[0], reading.title[1])
    if reading.front_title:
        witnesses += said_by_title("front matter", reading.front_title, None)
    if published is not None:
        span = next(date.span for date in dates if date.published and date.year == published)
        # A page may be published years later, and never before.
        witnesses.append(Witness("publishing", published, 1.5, span))
    for who, name in names:
        witnesses += said_by_name(who, name, planned if early else None)
    return witnesses


def _front_date(reading: _Reading) -> str | None:
    """Return the date of the giving that front matter's title holds in brackets: (2016年1月6日)."""
    found = date_in(reading.front_title or "")
    return found[0] if found else None


def _date(
    reading: _Reading,
    year: Choice[int] | None,
    given: Dated | None,
    day: Day | None,
    dates: Sequence[Dated],
) -> tuple[Stated[str] | None, tuple[Doubt, ...]]:
    """Return the day of the giving; one in another year than the text speaks of is a doubt."""
    told, front = reading.around.told, _front_date(reading)
    against: list[Doubt] = []
    found: Stated[str] | None = None
    if given is not None:
        found = Stated(given.iso, given.span)
    elif front is not None:
        found = Stated(front, None)
    elif day is not None and year is not None:
        found = Stated(day.iso(year.value), day.span, inferred=True)
        later = [each for each in dates if each.published and each.year == year.value]
        if later and min(each.iso for each in later) < found.value:
            against.append(Doubt("date", "publishing", later[0].iso, ""))
            found = None
    if found is not None and year is not None and found.value[:4] != str(year.value):
        against.append(Doubt("date", "date", found.value, ""))
        found = None
    if found is not None and front is not None and front != found.value:
        against.append(Doubt("date", "front matter", front, found.value))
    if told.date and date_in(told.date):
        said = date_in(told.date)
        if said and found is not None and said[0] != found.value:
            against.append(Doubt("date", "text", found.value, said[0]))
        found = Stated(said[0], None) if said else found
    return found, tuple(against)


# --- by whom ------------------------------------------------------------------------------------


def _speaker(reading: _Reading) -> tuple[Stated[str] | None, tuple[Doubt, ...]]:
    around = reading.around
    witnesses: list[Witness[str]] = []
    if around.told.speaker:
        witnesses.append(Witness(around.told.who, around.told.speaker, 30))
    if found := find_speaker(reading.text, reading.head):
        witnesses.append(Witness("text", found[0], 4, found[1], outright=True))
    if reading.front_title and (name := speaker_of_title(reading.front_title)):
        witnesses.append(Witness("front matter", name, 3))
    author = around.front_value("speaker", "author", "作者", "报告人")
    if author and is_name(author) and len(author) <= 12:
        witnesses.append(Witness("front matter", author, 1))
    choice = weigh(witnesses)
    return _chosen(choice), doubts("speaker", choice)


# --- its name -----------------------------------------------------------------------------------


def _title(reading: _Reading, own: Stated[str] | None, document: str) -> Stated[str] | None:
    if reading.front_title:
        return Stated(reading.front_title, None)
    return own or _title_of_file(document)


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


def _find_source(text: str) -> tuple[str, Span] | None:
    for start, end in ((0, _HEAD), (max(0, len(text) - _FOOT), len(text))):
        if found := _SOURCE.search(text, start, end):
            return found["source"], Span(found.start("source"), found.end("source"))
    return None


def _title_of_file(document: str) -> Stated[str] | None:
    stem = Path(document).stem
    if "报告" not in stem and "報告" not in stem:
        return None
    return Stated(stem.strip("_ -"), None, inferred=True)
