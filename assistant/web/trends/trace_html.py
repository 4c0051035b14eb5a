"""A trace as the page shows it: what it comes to, its years, and the places in their order.

Every sentence leads to its report. What comes from a report is shown as text, never as markup.
Knows nothing of how a trace is evaluated.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from html import escape
from urllib.parse import quote

from assistant.queries.mentions import finder, year_of
from assistant.queries.trace_rows import place_of
from assistant.queries.traces import Said, TraceResult
from assistant.types import Language
from assistant.web.charts.figure_charts import place_name
from assistant.web.sources.punctuation import full_width
from assistant.web.texts.loading import figure_texts, trend_texts
from assistant.web.trends.trace_chart import in_script, trace_chart
from index.text.normalization import normalize
from index.types import Report

_WIDTHS = {"wide": 640, "narrow": 340}
"""A chart is drawn for a screen and for a telephone; the style sheet shows one of them."""
_BEFORE = 4
"""Years before the first mention that are drawn."""
_ROOM = 80
"""Characters of a sentence that are shown."""
_LEAD = 24
"""Of these, characters before the word that is followed."""
_SENTENCES = 40
"""Sentences that are listed; all of them are in the file that is saved."""


def trace_html(result: TraceResult, language: Language) -> str:
    """Return a trace: what it comes to, its first and last mention, a chart, years and places."""
    texts = trend_texts(language)
    reports = sum(year.reports for year in result.years)
    values = {"reports": f"{reports:,}", "words": escape(_words(result, language))}
    if not result.said:
        return f'<p class="empty" role="status">{texts.not_said.format(**values)}</p>'
    saying = sum(year.mentioning for year in result.years)
    told = texts.told.format(saying=f"{saying:,}", count=f"{result.count:,}", **values)
    ends = ((texts.first, result.said[0]), (texts.last, result.said[-1]))
    mentions = "".join(
        f"<div><dt>{name}</dt><dd>{_named(each, language)} {_sentence(each, result)}</dd></div>"
        for name, each in ends
    )
    chart = _chart(result, language)
    return (
        f'<p class="tally" role="status">{told}</p><dl class="ends">{mentions}</dl>'
        f'<div class="figure-desk"><div class="figure-view">{chart}'
        f"{_saving(language, with_chart=bool(chart))}"
        f"<h3>{texts.by_place}</h3>{_places(result, language)}{_never(result, language)}"
        f'{_sentences(result, language)}</div><div class="figure-panel figure-view">'
        f"<h3>{texts.by_year}</h3>{_years(result, language)}</div></div>"
    )


def _words(result: TraceResult, language: Language) -> str:
    said = [in_script(each, language) for each in result.query.words]
    if language == "en":
        return " or ".join(f"“{each}”" for each in said)
    marks = "「{}」" if language == "zh-Hant" else "“{}”"
    return "或".join(marks.format(each) for each in said)


def _chart(result: TraceResult, language: Language) -> str:
    known = [year.year for year in result.years if year.year]
    since = year_of(result.said[0].report) - _BEFORE
    drawn = [year for year in known if year >= since]
    if len(drawn) < 2:
        return ""
    note = figure_texts(language).chart_note.format(
        years=f"{drawn[0]}–{drawn[-1]}",
        unit=trend_texts(language).per_10000,
        date=date.today().isoformat(),
    )
    charts = {
        name: trace_chart(result, language, since=since, width=width, note=note)
        for name, width in _WIDTHS.items()
    }
    shown = "".join(f'<div class="{name}">{svg}</div>' for name, svg in charts.items())
    return f'<div class="chart">{shown}</div>'


def _saving(language: Language, *, with_chart: bool) -> str:
    texts = trend_texts(language)
    forms = (
        *((("png", figure_texts(language).save_png),) if with_chart else ()),
        ("places", texts.save_places),
        ("years", texts.save_years),
        ("sentences", texts.save_sentences),
    )
    buttons = "".join(
        f'<button type="button" class="save" data-save="{form}">{name}</button>'
        for form, name in forms
    )
    return f'<div class="actions">{buttons}</div>'


def _years(result: TraceResult, language: Language) -> str:
    """Return the years as a table, those before the first mention as one line."""
    texts, most = trend_texts(language), max(year.rate for year in result.years)
    since = year_of(result.said[0].report)
    before = [year for year in result.years if 0 < year.year < since]
    rows = [
        (
            str(each.year or "—"),
            f"{each.reports:,}",
            f"{each.mentioning:,}",
            f"{each.count:,}",
            f'<span class="bar" style="--of:{each.rate / most:.3f}">{each.rate:.2f}</span>',
        )
        for each in result.years
        if each not in before
    ]
    columns = (texts.year, texts.reports, texts.saying, texts.times, texts.per_10000)
    line = ""
    if before:
        span = "–".join(dict.fromkeys(str(each.year) for each in (before[0], before[-1])))
        count = f"{sum(each.reports for each in before):,}"
        line = f'<p class="rules">{texts.before.format(years=span, reports=count)}</p>'
    return _table(columns, rows, "trace-years", texts.by_year) + line


def _places(result: TraceResult, language: Language) -> str:
    texts = trend_texts(language)
    rows = [
        (
            str(order),
            escape(place_called(each.first.report, language)),
            _day(each.first.report),
            f"{each.count:,}",
            str(each.since or "—"),
            _sentence(each.first, result),
        )
        for order, each in enumerate(result.adoptions, 1)
    ]
    columns = ("", texts.place, texts.when, texts.total, texts.since, texts.sentence)
    return _table(columns, rows, "trace-places", texts.by_place)


def _never(result: TraceResult, language: Language) -> str:
    if not result.never:
        return ""
    names = ("、" if language != "en" else ", ").join(
        escape(place_called(each, language)) for each in result.never
    )
    title = trend_texts(language).never.format(count=len(result.never))
    return f'<details class="never"><summary>{title}</summary><p>{names}</p></details>'


def _sentences(result: TraceResult, language: Language) -> str:
    rows = "".join(
        f"<li>{_named(each, language)} {_sentence(each, result)}</li>"
        for each in result.said[:_SENTENCES]
    )
    title = trend_texts(language).sentences.format(count=f"{len(result.said):,}")
    more = "<li>…</li>" if len(result.said) > _SENTENCES else ""
    return f'<details class="sentences"><summary>{title}</summary><ol>{rows}{more}</ol></details>'


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]], style: str, name: str) -> str:
    """Return a table; the cells are HTML already."""
    head = "".join(f'<th scope="col">{column}</th>' for column in columns if column)
    head = ("<td></td>" if not columns[0] else "") + head
    body = "".join(
        "<tr>"
        + "".join(
            f'<td data-column="{column}">{cell}</td>'
            for column, cell in zip(columns, row, strict=True)
        )
        + "</tr>"
        for row in rows
    )
    return (
        f'<div class="sheet" tabindex="0" role="region" aria-label="{name}">'
        f'<table class="{style}"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'
    )


def _named(said: Said, language: Language) -> str:
    """Name the place and the year of a sentence."""
    return f"<strong>{escape(place_called(said.report, language))} {_year(said.report)}</strong>"


def _sentence(said: Said, result: TraceResult) -> str:
    """Return a sentence around the word, which is marked, as the link to its place."""
    text = full_width(" ".join(normalize(said.quote).text.split()))
    match = finder(result.query.words).search(text)
    start, end = match.span() if match else (0, 0)
    first = max(0, start - _LEAD)
    last = max(end, first + _ROOM)
    before = ("…" if first else "") + escape(text[first:start])
    behind = escape(text[end:last]) + ("…" if last < len(text) else "")
    to = f"#/report/{quote(said.report.id, safe='')}?at={said.span.start}-{said.span.end}"
    return f'<a href="{to}">{before}<mark>{escape(text[start:end])}</mark>{behind}</a>'


def place_called(report: Report, language: Language) -> str:
    """Name a report's place in the page's language, the report where its place is not known."""
    return place_name(report.place, language) if report.place else place_of(report)


def _day(report: Report) -> str:
    return report.date.value if report.date else _year(report)


def _year(report: Report) -> str:
    return str(year_of(report) or "—")
