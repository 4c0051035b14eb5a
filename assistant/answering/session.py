"""Answers who, when and where of a session: speaker, chair, date, place, attendance, source.

Reads the clause that says it and, where there is none, the report's own metadata. Knows nothing of
what a report states about its place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from assistant.answering.composer import Composer
from assistant.prompts import phrase
from assistant.questions import cues
from assistant.questions.glossary import offices, offices_in, offices_named
from assistant.questions.person_names import in_pinyin, latin_names, spelled
from assistant.types import Answer, AnswerFigure, Question
from index.storage.catalogue import Catalogue
from index.text.normalization import Normalized
from index.types import Report, Span, Stated

_LONGEST = 110
"""Characters of a quoted clause."""
_REPORTS = 8
"""At how many places such a question is answered one by one."""


@dataclass(frozen=True, slots=True)
class Fact:
    """The words of a report that answer, and the names of people among them that are the answer."""

    span: Span
    names: tuple[str, ...] = ()


Finder = Callable[[Question, Report, Normalized], Fact | None]


def answer_people(
    question: Question, reports: Sequence[Report], catalogue: Catalogue
) -> Answer | None:
    """Answer who, when or where of the sessions at which `reports` were given; None: not asked."""
    finders = _asked(question)
    if not finders or not reports:
        return None
    composer = Composer(question.language, catalogue)
    lines: list[str] = []
    figures: list[AnswerFigure] = []
    for report in reports[:_REPORTS]:
        normalized = catalogue.normalized(report.id)
        facts = [fact for find in finders if (fact := find(question, report, normalized))]
        facts = _distinct(facts)
        if facts:
            lines.append(_line(report, facts, normalized.text, composer))
            absent = _absence(question, report, facts, composer)
            if absent is not None:
                lines.append(absent[0])
                figures += absent[1]
    if not lines:
        silent = _asks_holder(question) or cues.shows("asks_speaker", question.folded)
        return _no_holder(question, reports, composer) if silent else None
    return replace(composer.answer(question, lines), figures=tuple(figures))


def _absence(
    question: Question, report: Report, facts: Sequence[Fact], composer: Composer
) -> tuple[str, list[AnswerFigure]] | None:
    """Say how many deputies did not come, where both numbers stand in what is quoted."""
    if not cues.shows("asks_absence", question.folded):
        return None
    text = composer.catalogue.normalized(report.id).text
    for fact in facts:
        words = fact.span.of(text)
        due, present = _DUE.search(words), _PRESENT.search(words)
        if due and present and int(due[1]) >= int(present[1]):
            mark = composer.cite(report, fact.span)
            values = {"due": due[1], "present": present[1], "mark": mark}
            count = int(due[1]) - int(present[1])
            line = phrase("deputies_absent", composer.language, count=count, **values)
            of_both = zip(
                ("人大代表应到人数", "人大代表实到人数"), (due[1], present[1]), strict=True
            )
            return line, [_counted(report, *each, int(mark.strip("[]"))) for each in of_both]
    return None


def _counted(report: Report, name: str, value: str, mark: int) -> AnswerFigure:
    place, year = report.place_name or "", str(report.given or "")
    return AnswerFigure(place, name, "count", "actual", year, value, "人", None, (mark,))


_DUE = re.compile(r"(?:应到|应出席|共有)[^,;。\d]{0,8}(\d+)[名人]")
_PRESENT = re.compile(r"(?:实到|实际出席|(?<!应)出席)[^,;。\d]{0,8}(\d+)[名人]")


def asks_people(question: Question) -> bool:
    """Tell whether a question asks who, when or where."""
    return bool(_asked(question))


def _asked(question: Question) -> list[Finder]:
    """Return what is to be found, by the cues that the question shows."""
    asked = [find for cue, find in _FINDERS.items() if cues.shows(cue, question.folded)]
    who = question.wanted == "who" or cues.shows("who", question.folded)
    if cues.shows("asks_post", question.folded):
        return [*asked, _post_or_holder]
    if who and not asked and _offices(question):
        return [_holder]
    return asked


def _asks_holder(question: Question) -> bool:
    """Tell whether nothing is asked but who holds an office: no words beside that can answer."""
    find = _asked(question)
    return find in ([_holder], [_post_or_holder]) and bool(_offices(question))


def _offices(question: Question) -> list[str]:
    """Return the offices that a question names; 地区长期 names none."""
    return offices_named(_LASTING.sub("", question.folded))


_LASTING = re.compile(r"长(?=[期远效久江城征足])")


def _no_holder(question: Question, reports: Sequence[Report], composer: Composer) -> Answer:
    read = composer.reports(reports[:_REPORTS])
    words = phrase("not_stated", question.language, reports=read)
    return Answer(question.text, question.language, words, True, "not_stated")


def _distinct(facts: Iterable[Fact]) -> list[Fact]:
    """Drop facts whose words another one has already."""
    kept: list[Fact] = []
    for fact in facts:
        if not any(
            other.span.start <= fact.span.start and fact.span.end <= other.span.end
            for other in kept
        ):
            kept.append(fact)
    return kept


# How it is worded


def _line(report: Report, facts: Sequence[Fact], text: str, composer: Composer) -> str:
    quotations = [_quotation(report, fact, text, composer) for fact in facts]
    joined = ("; " if composer.language == "en" else "；").join(quotations)
    return phrase("statement", composer.language, report=composer.report(report), quotations=joined)


def _quotation(report: Report, fact: Fact, text: str, composer: Composer) -> str:
    words = fact.span.of(text)
    quoted = phrase(
        "quotation",
        composer.language,
        quote=composer.quoted(words),
        mark=composer.cite(report, fact.span),
    )
    if composer.language != "en":
        return quoted
    named = [f"{in_pinyin(name)} ({''.join(name.split())})" for name in fact.names]
    glossed = [english for _, english in offices_in("".join(words.split()))] if named else []
    lead = ", ".join([*named, *glossed[:3]])
    return f"{lead}: {quoted}" if lead else quoted


# Where the words stand


def _clause(text: str, start: int, end: int) -> Span:
    """Return the sentence around a place, its clauses cut away where it is long."""
    first = max(text.rfind(mark, 0, start) for mark in "。!?\n") + 1
    ends = [place for mark in "。!?\n" if (place := text.find(mark, end)) >= 0]
    last = min(ends, default=len(text))
    if last - first > _LONGEST:
        first = max(first, max(text.rfind(mark, 0, start) for mark in ",;:") + 1)
        cuts = [place for mark in ",;" if (place := text.find(mark, end)) >= 0]
        last = min([last, *cuts])
    while first < last and text[first] in " —-":
        first += 1
    while last > first and text[last - 1] in " ,;:":
        last -= 1
    return Span(first, last)


def _line_around(text: str, span: Span) -> Span:
    start = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.end)
    line = Span(start, len(text) if end < 0 else end)
    return line if len(line) <= _LONGEST else _clause(text, span.start, span.end)


def _stated(value: Stated[str] | None, normalized: Normalized) -> Span | None:
    if value is None or value.span is None:
        return None
    span = normalized.clean_span(value.span)
    return span if len(span) else None


def _matching(pattern: str) -> Finder:
    """Return a finder of the sentence that fits a pattern, with the people its groups name."""

    def find(_question: Question, _report: Report, normalized: Normalized) -> Fact | None:
        found = re.search(pattern, normalized.text, re.MULTILINE)
        if found is None:
            return None
        span = _clause(normalized.text, found.start(), found.end())
        return Fact(span, _names(found.groupdict().get("names") or ""))

    return find


def _names(written: str) -> tuple[str, ...]:
    parts = re.split(r"[、,]|(?<=[\u4e00-\u9fff]{2}) (?=[\u4e00-\u9fff]{2})", written.strip())
    return tuple(part.strip() for part in parts if part.strip())


_OFFICE_ENDS = r"长|(?<=书)记|(?<=书 )记|(?<=主)[任席]|(?<=[总经])理|(?<=[委成人党])员|(?<=常)委|由"
"""The last character of the words before a name, which is no surname where it stands so."""
_NAME = rf"(?!{_OFFICE_ENDS})[\u4e00-\u9fff](?: ?[\u4e00-\u9fff]){{1,2}}"
_OPENED = re.compile(
    r"[^。\n]{0,40}第?[一二三四五六七八九十百\d]+届(?:全国)?(?:人民代表大会|人大)第?[一二三四五六七八九十\d]+次(?:全体)?会议"
    r"[^。,;\n]{0,24}(?:开幕|举行|召开)"
)


_HOUR = re.compile(
    r"\d{1,2}(?:[时点](?:\d{1,2}分|半|整)?|:\d{2}),?[^。\n]{0,12}(?:大会|会议|开幕|召开|举行|开始)"
)


def _session(question: Question, report: Report, normalized: Normalized) -> Fact | None:
    """Find when and where the session opened, else the line that names it with its date."""
    text = normalized.text
    if cues.shows("asks_hour", question.folded) and (hour := _HOUR.search(text)):
        return Fact(_clause(text, hour.start(), hour.end()))
    for found in _OPENED.finditer(text):
        if re.search(r"\d+月\d+日", found[0]) and "宣布" not in found[0]:
            return Fact(_clause(text, found.start(), found.end()))
    span = _stated(report.session, normalized)
    dated = _stated(report.date, normalized)
    if span is None:
        span = dated
    if span is None:
        return None
    if dated is not None and 0 <= span.start - dated.end <= 20:
        span = Span(dated.start, span.end)
    line = _line_around(text, span)
    return Fact(line if len(line) <= 60 else span)


def _speaker(_question: Question, report: Report, normalized: Normalized) -> Fact | None:
    span = _stated(report.speaker, normalized)
    if span is None:
        return None
    text = normalized.text
    line = _line_around(text, span)
    if len(line) < 7 and line.start > 1:  # the office stands on the line before
        line = Span(text.rfind("\n", 0, line.start - 1) + 1, line.end)
    return Fact(line, (span.of(text),))


def _published(_question: Question, report: Report, normalized: Normalized) -> Fact | None:
    text = normalized.text
    span = _stated(report.source, normalized)
    if span is not None:
        return Fact(_line_around(text, span))
    found = re.search(r"(?:发布|刊发|发文|成文)(?:时间|日期)[: ]*\d{4}[^\n]{4,20}", text)
    return Fact(Span(*found.span())) if found else None


def _post(question: Question, _report: Report, normalized: Normalized) -> Fact | None:
    """Find the office that stands before a person's name."""
    text = normalized.text
    names = [
        name for latin in latin_names(question.subject) for name in spelled(latin, text)
    ] or _chinese_names(question, text)
    for name in names:
        spaced = r" ?".join(name)
        for found in re.finditer(rf"[\u4e00-\u9fff、]{{2,26}} ?{spaced}", text):
            if offices_in("".join(found[0].split())):
                span = _clause(text, found.start(), found.end())
                return Fact(span if len(span) <= 60 else Span(*found.span()), (name,))
    return None


def _chinese_names(question: Question, text: str) -> list[str]:
    """Return the runs of the question, longest first, before which the report has an office."""
    runs = re.findall(r"[\u4e00-\u9fff]{2,}", cues.without("asks_post", question.subject))
    pieces = {
        run[start : start + size]
        for run in runs
        for size in (4, 3, 2)
        for start in range(len(run) - size + 1)
    }
    return sorted(
        (piece for piece in pieces if piece in text and not offices_in(piece)),
        key=lambda piece: (-len(piece), piece),
    )


def _holder(question: Question, report: Report, normalized: Normalized) -> Fact | None:
    """Find who holds the office that the question names."""
    text = normalized.text
    for office in _offices(question):
        acting = "" if office.startswith(("代", "副", "常务")) else "(?:代)?"
        pattern = (
            rf"(?<!副){acting}{office}[ \n]*(?P<name>{_NAME})"
            r"(?=主持|代表|[作做]|受|在|宣布|[,、。\n)]|$|同志|出席|讲话|向|参加|指出|强调)"
        )
        if office not in offices():
            continue
        for found in re.finditer(pattern, text):
            span = _clause(text, found.start(), found.end())
            return Fact(span, (found["name"],))
    if re.search(r"长|总理|主席|mayor|governor|head|premier", question.folded, re.IGNORECASE):
        fact = _speaker(question, report, normalized)
        if fact is not None and set(_offices(question)) & {
            chinese for chinese, _ in offices_in("".join(fact.span.of(text).split()))
        }:
            return fact
    return None


def _post_or_holder(question: Question, report: Report, normalized: Normalized) -> Fact | None:
    fact = _post(question, report, normalized)
    if fact is None and _offices(question):
        fact = _holder(question, report, normalized)
    return fact


def _seated(question: Question, _report: Report, normalized: Normalized) -> Fact | None:
    """Find who sat where or attended without a vote, by the words of the question."""
    text = normalized.text
    for word in ("执行主席", "前排", "列席", "主席台"):
        if word in question.folded or cues.shows(f"seats_{_SEATS[word]}", question.folded):
            for found in re.finditer(rf"{word}[^。\n]*", text):
                span = _clause(text, found.start(), found.start() + len(word))
                if len(span) > 12:
                    return Fact(Span(span.start, min(span.end, span.start + 200)))
    return None


_SEATS = {"执行主席": "chairs", "前排": "front", "列席": "guests", "主席台": "stage"}

_FINDERS: dict[str, Finder] = {
    "asks_session": _session,
    "asks_speaker": _speaker,
    "asks_chair": _matching(rf"(?P<names>{_NAME}) ?主持(?:大会|会议|召开|了|[,。])"),
    "asks_opener": _matching(rf"(?:(?P<names>{_NAME}) ?(?:主持大会并)?宣布)[^。\n]{{0,80}}开幕"),
    "asks_attendance": _matching(
        r"(?:应到|共有|应出席|出席|实到)[^。,;\n]{0,8}代表[^。,;\n]{0,6}\d+[名人]|(?:应到|实到)[^。\n]{0,6}\d+[名人]"
    ),
    "asks_form": _matching(r"以[^。\n]{2,24}(?:形式|方式)(?:召开|举行)"),
    "asks_source": _published,
    "asks_editor": _matching(rf"\(?(?:责任编辑|责编|编辑)[: ]+(?P<names>{_NAME})\)?"),
    "asks_reporter": _matching(
        rf"\(?(?:本报)?(?:通讯员|记者)[: ]?(?P<names>{_NAME}(?:[、 ]{_NAME})*) ?\)?(?=$|\n)"
    ),
    "asks_photographer": _matching(
        rf"(?:记者|摄影)[: ]*(?P<names>{_NAME}(?:[、 ]{_NAME})*) ?摄|摄影[: ]+{_NAME}"
    ),
    "asks_seats": _seated,
}
