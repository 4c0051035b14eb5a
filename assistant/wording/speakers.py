"""Tells the result of a speaker query: a table of who gave each report, and who gave the most.

Knows how things are said; which reports were looked at was decided before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from assistant.answering.composer import Composer, years_in_words
from assistant.prompts import phrase
from assistant.queries.mentions import code_of, year_of
from assistant.queries.types import ReportResult
from assistant.questions.person_names import in_pinyin
from assistant.types import Answer, Question
from index.types import Report


def tell(question: Question, result: ReportResult, composer: Composer) -> Answer | None:
    """Return the answer that a speaker result makes; None where no report names who gave it."""
    reports = [each.report for each in result.facts]
    names = {report.id: _name(report) for report in reports}
    named = [report for report in reports if names[report.id]]
    if not named:
        return None
    several = len({code_of(report) for report in reports}) > 1
    lines = [_most(named, names, composer), _table(named, composer, several=several)]
    if not several:
        silent = [year_of(report) for report in reports if not names[report.id]]
        missing = [year for _, year in result.coverage.without_report]
        lines += [_years("silent", silent, composer), _years("without_report", missing, composer)]
    return composer.answer(question, [line for line in lines if line])


def _table(reports: Sequence[Report], composer: Composer, *, several: bool) -> str:
    heads = phrase("speakers_heads", composer.language).split("|")[0 if several else 1 :]
    rows = [heads]
    for report in reports:
        cells = [str(year_of(report)), _cited(report, composer)]
        rows.append([composer.place_of(report), *cells] if several else cells)
    lines = ["| " + " | ".join(cells) + " |" for cells in rows]
    return "\n".join([lines[0], "|" + "---|" * len(heads), *lines[1:]])


def _years(key: str, years: Sequence[int], composer: Composer) -> str:
    if not years:
        return ""
    return phrase(key, composer.language, items=years_in_words(set(years), composer.language))


def _name(report: Report) -> str:
    """Return who gave a report, "" where no words of it can be cited for that."""
    if report.speaker is None or report.speaker.span is None:
        return ""
    return "".join(report.speaker.value.split())


def _shown(name: str, composer: Composer) -> str:
    return f"{in_pinyin(name)} ({name})" if composer.language == "en" else composer.quoted(name)


def _cited(report: Report, composer: Composer) -> str:
    """Return who gave a report with the mark of the words that say so."""
    shown = _shown(_name(report), composer)
    assert report.speaker is not None
    assert report.speaker.span is not None
    span = composer.catalogue.normalized(report.id).clean_span(report.speaker.span)
    return f"{shown} {composer.cite(report, span)}" if len(span) else shown


def _most(named: Sequence[Report], names: dict[str, str], composer: Composer) -> str:
    """Say how many reports each gave, those who gave the most first."""
    counts = Counter((code_of(report), names[report.id]) for report in named)
    if len(counts) < 2 or max(counts.values()) < 2:
        return ""
    items = [
        phrase("speaker_count", composer.language, name=_shown(name, composer), count=count)
        for (_, name), count in counts.most_common()
    ]
    return phrase("speakers_most", composer.language, items=composer.joined(items))
