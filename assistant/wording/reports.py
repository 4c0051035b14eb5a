"""Tells the result of a report query: how long reports are, their parts, whether all is there.

Who gave them is told by `speakers`. Knows how things are said; which reports were looked at was
decided before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering.composer import Composer
from assistant.prompts import phrase
from assistant.queries.mentions import code_of, year_of
from assistant.queries.types import ReportFacts, ReportResult
from assistant.types import Answer, Question
from assistant.wording import speakers
from index.types import Report, Span


def tell(question: Question, result: ReportResult, composer: Composer) -> Answer | None:
    """Return the answer that a report result makes; None where there is nothing to tell."""
    if result.query.asks == "speakers":
        return speakers.tell(question, result, composer)
    if not result.facts:
        return None
    if result.query.asks == "lengths":
        lines = _lengths(result, composer)
    elif result.query.asks == "outlines":
        lines = [_outline(each, composer) for each in result.facts]
    else:
        lines = [_extent(each, composer) for each in result.facts]
    lines.append(_missing(result, composer))
    return composer.answer(question, [line for line in lines if line])


def _mark(report: Report, composer: Composer) -> str:
    """Cite a report by its title, or by its first line where that does not hold the title."""
    normalized = composer.catalogue.normalized(report.id)
    if report.title is not None and report.title.span is not None:
        span = normalized.clean_span(report.title.span)
        if len(span):
            return composer.cite(report, span)
    first = re.search(r"\S[^\n]{0,40}", normalized.text)
    return composer.cite(report, Span(*first.span())) if first else ""


# How long


_SHOWN = 40
"""Reports that a table names before it only counts."""


def _lengths(result: ReportResult, composer: Composer) -> list[str]:
    facts, order, language = result.facts, result.query.order, composer.language
    note = phrase("length_note", language)
    if len(facts) == 1:
        return [_length(facts[0], composer) + note]
    lines = []
    if order is not None:
        end = [each for each in facts if each.length == facts[0].length]
        names = composer.joined([composer.report(each.report) for each in end])
        key = "report_longest" if order == "highest" else "report_shortest"
        marks = "".join(_mark(each.report, composer) for each in end)
        length = f"{facts[0].length:,}"
        lines.append(phrase(key, language, reports=names, length=length, mark=marks) + note)
    heads = phrase("length_heads", language).split("|")
    rows = ["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads)]
    for each in facts[:_SHOWN]:
        length = f"{each.length:,} {_mark(each.report, composer)}"
        rows.append(
            f"| {composer.place_of(each.report)} | {year_of(each.report) or ''} | {length} |"
        )
    lines.append("\n".join(rows))
    if len(facts) > _SHOWN:
        lines.append(phrase("first_of", language, shown=_SHOWN, count=len(facts)))
    return lines


def _length(facts: ReportFacts, composer: Composer) -> str:
    return phrase(
        "report_length",
        composer.language,
        report=composer.report(facts.report),
        length=f"{facts.length:,}",
        mark=_mark(facts.report, composer),
    )


# In which parts


def _outline(facts: ReportFacts, composer: Composer) -> str:
    name, language = composer.report(facts.report), composer.language
    tops = [span for depth, span in facts.parts if depth == 1]
    if not (tops or facts.stated):
        mark = _mark(facts.report, composer)
        return phrase("report_without_parts", language, report=name, mark=mark)
    text = composer.catalogue.normalized(facts.report.id).text
    if facts.stated:
        quotes = [
            f"“{composer.quoted(span.of(text))}”{composer.cite(facts.report, span)}"
            for span in facts.stated
        ]
        return phrase("statement", language, report=name, quotations=composer.joined(quotes))
    lines = [phrase("report_parts", language, report=name, count=len(tops))]
    number = 0
    for depth, span in facts.parts:
        heading = f"{composer.quoted(span.of(text))} {composer.cite(facts.report, span)}"
        number += depth == 1
        lines.append(f"{number}. {heading}" if depth == 1 else f"   - {heading}")
    return "\n".join(lines)


# Whether all is there


_ABRIDGED = re.compile(r"摘要|摘登|摘编|节选|节录|要点|删节")
_WHOLE = re.compile(r"全文|实录")
_ENDS = re.compile(r"[。!?;”」』)）…\]]\s*$")


def _extent(facts: ReportFacts, composer: Composer) -> str:
    title = facts.report.plain_title or ""
    abridged, whole = _ABRIDGED.search(title), _WHOLE.search(title)
    said = abridged or whole
    key = "report_abridged" if abridged else "report_whole" if whole else "report_extent_open"
    named = {"word": composer.quoted(said[0])} if said else {}
    words = phrase(
        key,
        composer.language,
        report=composer.report(facts.report),
        mark=_mark(facts.report, composer),
        length=f"{facts.length:,}",
        **named,
    )
    text = composer.catalogue.normalized(facts.report.id).text
    return words if _ENDS.search(text) else words + phrase("report_cut", composer.language)


# What is missing


def _missing(result: ReportResult, composer: Composer) -> str:
    gaps = result.coverage.without_report
    if not gaps:
        return ""
    names = [composer.place(place) for place, _ in gaps]
    several = len({code_of(each.report) for each in result.facts}) > 1
    items: Sequence[str] = names if several else [str(year) for _, year in gaps]
    joined = composer.joined(list(dict.fromkeys(items)))
    return phrase("without_report", composer.language, items=joined)
