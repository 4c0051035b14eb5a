"""What the reader shows of a report: its text and outline, the figures in it, its years beside it.

The page asks with plain values and gets plain values. Knows nothing of how they are served.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from itertools import takewhile
from typing import Any

from assistant.types import Language
from assistant.web.charts.figure_charts import indicator_name, place_name
from assistant.web.figures.figures_html import kind_class, kind_name, period_name, value_name
from assistant.web.reader.running_text import (
    Cited,
    Heading,
    Underlined,
    outline_html,
    running_html,
)
from assistant.web.sources.punctuation import full_width
from assistant.web.texts.loading import figure_texts, page_texts, reader_texts
from index.lexicon.indicators import Lexicon
from index.reports.witnesses import IS_URL
from index.storage.catalogue import Catalogue
from index.text.normalization import Normalized
from index.types import Figure, Filter, Passage, Report, Span

_MARKS = 200
"""How many citations of an answer are marked."""


def read(
    report: Report,
    catalogue: Catalogue,
    lexicon: Lexicon,
    language: Language,
    *,
    original: bool = False,
    at: Span | None = None,
    marks: Sequence[Span] = (),
) -> dict[str, Any]:
    """Return a report as the page shows it: `head`, `outline` and `text` as HTML, its figures.

    Args:
        report: the report.
        catalogue: what is indexed.
        lexicon: names indicators.
        language: of the page.
        original: shows the file's characters in place of the cleaned text.
        at: the raw characters that the address names.
        marks: raw characters that an answer cites.
    """
    text = catalogue.normalized(report.id)
    passages = catalogue.passages_of(report.id)
    figures = catalogue.figures(Filter(reports=frozenset({report.id})))
    own = text.raw if original else text.text
    headings = list(_outline(passages, original=original))
    cited = [*([Cited(at, strong=True)] if at else []), *map(Cited, marks[:_MARKS])]
    within = [each for each in cited if each.span.end <= len(text.raw)]
    return {
        "id": report.id,
        "head": _head_html(report, catalogue, language),
        "outline": outline_html(headings, reader_texts(language).outline),
        "text": running_html(
            own,
            own if original else full_width(own),
            list(_underlined(figures, text, original=original)),
            [Cited(_shown(each.span, text, original=original), each.strong) for each in within],
            headings,
        ),
        "figures": {str(figure.ordinal): _row(figure, language, lexicon) for figure in figures},
        "name": _name(report, language),
    }


def _shown(raw: Span, text: Normalized, *, original: bool) -> Span:
    return raw if original else text.clean_span(raw)


def _outline(passages: Sequence[Passage], *, original: bool) -> Iterator[Heading]:
    """Yield the headings of passages as each first stands above one."""
    before: tuple[str, ...] = ()
    for passage in passages:
        path = passage.headings
        pairs = zip(before, path, strict=False)
        same = len(list(takewhile(lambda pair: pair[0] == pair[1], pairs)))
        start = (passage.raw_span if original else passage.span).start
        for depth in range(same, len(path)):
            yield Heading(path[depth], depth, start)
        before = path


def _underlined(
    figures: Sequence[Figure], text: Normalized, *, original: bool
) -> Iterator[Underlined]:
    for figure in figures:
        if figure.value_span:
            span = text.raw_span(figure.value_span) if original else figure.value_span
            yield Underlined(span, figure.ordinal, kind_class(figure))


def _row(figure: Figure, language: Language, lexicon: Lexicon) -> dict[str, str]:
    return {
        "indicator": indicator_name(figure, language, lexicon),
        "place": place_name(figure.region, language),
        "period": period_name(figure, language),
        "kind": kind_name(figure, language),
        "style": kind_class(figure),
        "value": value_name(figure, language),
    }


# The head


def _head_html(report: Report, catalogue: Catalogue, language: Language) -> str:
    texts = reader_texts(language)
    said = [
        full_width(report.plain_title or ""),
        report.speaker.value if report.speaker else "",
        report.date.value if report.date else "",
    ]
    source = escape(report.document)
    if report.url and IS_URL.match(report.url):
        address = escape(report.url)
        source = f'<a href="{address}" target="_blank" rel="noopener noreferrer">{source}</a>'
    title, *short = said
    kept = [f"<span>{escape(each)}</span>" for each in short if each]
    about = " · ".join([*([escape(title)] if title else []), *kept, source])
    return (
        f'<h2 id="reader-name">{escape(_name(report, language))}</h2>'
        f'<p class="about">{about}</p>'
        f'<p class="years">{_neighbours(report, catalogue, language)}</p>'
        f'<p class="legend">{_legend(language)}</p>'
        f'<p class="spoken">{texts.how_to_leave}</p>'
    )


def _name(report: Report, language: Language) -> str:
    if report.place is None:
        return report.plain_title or report.document
    name = place_name(report.place, language)
    return f"{name} · {report.given}" if report.given else name


def _neighbours(report: Report, catalogue: Catalogue, language: Language) -> str:
    """Return links to the reports of the same place in the years before and after."""
    if report.place is None or report.given is None:
        return ""
    texts = reader_texts(language)
    years: dict[int, Report] = {}
    for other in catalogue.reports(Filter(regions=frozenset({report.place.code}))):
        if other.given is not None:
            years.setdefault(other.given, other)
    before = max((year for year in years if year < report.given), default=None)
    after = min((year for year in years if year > report.given), default=None)
    links: list[str] = []
    for year, form in ((before, texts.year_before), (after, texts.year_after)):
        if year is not None:
            words = form.format(year=year)
            links.append(f'<a href="#/report/{years[year].id}">{words}</a>')
    return " ".join(links)


def _legend(language: Language) -> str:
    texts = figure_texts(language)
    kinds = [*texts.kinds.items(), ("unsure", texts.unsure)]
    return " ".join(f'<span class="fig {kind}">{name}</span>' for kind, name in kinds)


def reader_html(language: Language) -> str:
    """Return the reader without a report in it."""
    texts, page = reader_texts(language), page_texts(language)
    return (
        '<dialog id="reader" aria-labelledby="reader-name"><div class="reader-head">'
        '<div class="reader-about"></div><div class="reader-tools">'
        f'<form class="find" role="search"><input type="search" aria-label="{texts.find}" '
        f'placeholder="{texts.find}"><span class="found" role="status"></span>'
        f'<button type="button" data-find="-1" aria-label="{texts.find_before}">↑</button>'
        f'<button type="button" data-find="1" aria-label="{texts.find_after}">↓</button></form>'
        f'<div class="switch" role="radiogroup" aria-label="{page.text_shown}">'
        '<label><input type="radio" name="reader-text" value="cleaned" checked>'
        f"<span>{page.cleaned}</span></label>"
        '<label><input type="radio" name="reader-text" value="original">'
        f"<span>{page.original}</span></label></div>"
        f'<button type="button" class="copy-address">{texts.copy_address}</button>'
        f'<button type="button" class="leave" aria-label="{texts.close}" title="{texts.close}">×'
        '</button></div></div><div class="reader-body"><div class="reader-outline"></div>'
        f'<div class="reader-text" lang="zh" tabindex="0" role="region" '
        f'aria-label="{texts.text}"></div></div></dialog>'
    )
