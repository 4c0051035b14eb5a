"""What the figures and promises pages show, as HTML: tables, a source, choices to filter by.

Everything that comes from a report is shown as text, never as markup. Knows nothing of how a page
is served.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from html import escape

from assistant.answering.figures.lookup import Stated
from assistant.answering.figures.promises import Promise
from assistant.answering.figures.wording import (
    period_english,
    period_words,
    predicate,
    predicate_english,
)
from assistant.types import Excerpt, Language, Source
from assistant.web.charts.figure_charts import figure_key, indicator_name, place_name
from assistant.web.texts.loading import figure_texts
from index.lexicon.indicators import Lexicon
from index.text.script import to_traditional
from index.types import Figure, Region

_ROWS = 200
"""How many rows a page shows: more are not read, and slow it."""
_INDICATORS = 400
"""How many indicators a list offers; any other can be typed."""

Choice = tuple[str, str]
"""What a list shows, and what it stands for."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What a reader chose; "" leaves a side open.

    `region` is a code, `indicator` an id of the lexicon or a name in any language.
    """

    region: str = ""
    year: str = ""
    indicator: str = ""
    kind: str = ""
    measure: str = ""


# Choices


def places(regions: Iterable[Region], language: Language) -> list[Choice]:
    """Return places by their codes, as the administrative division orders them."""
    known = {region.code: region for region in regions}
    return [(place_name(known[code], language), code) for code in sorted(known)]


def years(stated: Iterable[Stated]) -> list[Choice]:
    """Return the years that begin or end the period of a figure, the newest first."""
    found = {year for each in stated for year in each.figure.years}
    return [(str(year), str(year)) for year in sorted(found, reverse=True)]


def indicators(stated: Iterable[Stated], language: Language, lexicon: Lexicon) -> list[Choice]:
    """Return the indicators that most figures are of, those that the lexicon knows first."""
    counts = Counter(each.figure.indicator_id or each.figure.indicator for each in stated)
    names = {
        each.figure.indicator_id or each.figure.indicator: indicator_name(
            each.figure, language, lexicon
        )
        for each in stated
    }
    known = {indicator.id for indicator in lexicon.all}
    ordered = sorted(counts, key=lambda key: (key not in known, -counts[key], key))
    return [(names[key], key) for key in ordered[:_INDICATORS]]


# The table of figures


def table_html(stated: Sequence[Stated], language: Language, lexicon: Lexicon) -> str:
    """Return figures as a table, a row to open each; only the first of very many."""
    texts = figure_texts(language)
    if not stated:
        return f'<p class="empty">{texts.none_fit}</p>'
    columns = (
        *(texts.region, texts.indicator, texts.period, texts.kind),
        *(texts.value, texts.document),
    )
    head = "".join(f'<th scope="col">{name}</th>' for name in columns)
    rows = "".join(_row(each, language, lexicon) for each in stated[:_ROWS])
    more = len(stated) - _ROWS
    note = f'<p class="more">{texts.more.format(count=f"{more:,}")}</p>' if more > 0 else ""
    return (
        f'<div class="sheet" tabindex="0" role="region" aria-label="{texts.figures}">'
        f'<table class="figures"><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>{note}"
    )


def _row(stated: Stated, language: Language, lexicon: Lexicon) -> str:
    figure = stated.figure
    return (
        f'<tr data-figure="{figure_key(figure)}">'
        f'<td class="place">{escape(place_name(figure.region, language))}</td>'
        f'<td class="indicator">{escape(indicator_name(figure, language, lexicon))}</td>'
        f'<td class="period">{period_name(figure, language)}</td>'
        f'<td><span class="kind {kind_class(figure)}">{kind_name(figure, language)}</span></td>'
        f'<td class="value">{_opener(figure, language)}</td>'
        f'<td class="file">{escape(stated.report.document)}</td></tr>'
    )


def kind_class(figure: Figure) -> str:
    """Return the style of a figure's kind: "unsure" where it is not certain enough."""
    return figure.kind if figure.is_sure else "unsure"


def kind_name(figure: Figure, language: Language) -> str:
    """Name a figure's kind, or that it is not sure."""
    texts = figure_texts(language)
    return texts.kinds[figure.kind] if figure.is_sure else texts.unsure


def _opener(figure: Figure, language: Language) -> str:
    """Return a figure's value as the button that opens its source."""
    said = f"{value_name(figure, language)}, {figure_texts(language).open_source}"
    return (
        f'<button type="button" data-figure="{figure_key(figure)}" aria-label="{escape(said)}">'
        f"{escape(value_name(figure, language))}</button>"
    )


def value_name(figure: Figure, language: Language) -> str:
    """Return what a figure states, with its unit and qualifier: 增长6%左右, 255亿元."""
    if language == "en":
        return predicate_english(figure)
    words = predicate(figure).removeprefix("为")
    return to_traditional(words) if language == "zh-Hant" else words


def period_name(figure: Figure, language: Language) -> str:
    """Return a figure's period."""
    return period_english(figure) if language == "en" else period_words(figure)


def actions_html(
    stated: Sequence[Stated], filters: Filters, language: Language, *, with_chart: bool
) -> str:
    """Return how many figures there are, and what saves them."""
    texts = figure_texts(language)
    chosen = escape(json.dumps(asdict(filters), ensure_ascii=False))
    png = (
        f'<button type="button" class="save" data-png>{texts.save_png}</button>'
        if with_chart
        else ""
    )
    return (
        f'<div class="actions"><span role="status">{texts.count.format(count=f"{len(stated):,}")}'
        f"</span>{png}"
        f'<button type="button" class="save" data-csv="{chosen}">{texts.save_csv}</button></div>'
    )


# A figure's source


def source_html(stated: Stated, source: Source, announced: str, language: Language) -> str:
    """Return the passage that states a figure, cleaned and as in the file, its clause marked.

    Args:
        stated: the figure.
        source: its clause in its surroundings.
        announced: the words that say whose period and kind it is, "" where it needs none.
        language: of the page.
    """
    texts = figure_texts(language)
    citation, figure = source.citation, stated.figure
    region = stated.report.region
    named = place_name(region.value, language) if region else None
    place = " · ".join(str(part) for part in (named, citation.year) if part)
    characters = texts.characters.format(start=f"{citation.start:,}", end=f"{citation.end:,}")
    path = " › ".join(source.headings)
    lead = (
        f'<p class="announced">{texts.announced}<q>{escape(announced)}</q></p>' if announced else ""
    )
    return (
        f'<article class="figure-source"><h3>{escape(place or citation.document)}</h3>'
        f'<p class="said">{period_name(figure, language)} · '
        f'<span class="kind {kind_class(figure)}">{kind_name(figure, language)}</span> · '
        f"{escape(value_name(figure, language))}</p>"
        f'<p class="path">{escape(path)}</p>{lead}'
        f"<h4>{texts.cleaned}</h4><blockquote>{_marked(source.cleaned)}</blockquote>"
        f"<details><summary>{texts.original}</summary>"
        f'<blockquote class="original">{_marked(source.original)}</blockquote></details>'
        f"<footer>{escape(citation.document)}, {characters}</footer></article>"
    )


def nothing_open_html(language: Language) -> str:
    """Return what stands where a source will be shown."""
    return f'<p class="empty">{figure_texts(language).pick}</p>'


def _marked(excerpt: Excerpt) -> str:
    text, mark = excerpt.text, excerpt.mark
    return (
        f"{escape(text[: mark.start])}<mark>{escape(mark.of(text))}</mark>"
        f"{escape(text[mark.end :])}"
    )


# Promises

_SIGNS = {"met": "✓", "missed": "✗", "not_comparable": "≠", "not_reported": "–"}


def promises_html(promises: Sequence[Promise], language: Language, lexicon: Lexicon) -> str:
    """Return targets beside their results, each to be opened, with a verdict in words."""
    texts = figure_texts(language)
    if not promises:
        return f'<p class="empty">{texts.no_targets}</p>'
    columns = (texts.indicator, texts.target, texts.result, texts.verdict)
    head = "".join(f'<th scope="col">{name}</th>' for name in columns)
    rows = "".join(_promise(each, language, lexicon) for each in promises)
    return (
        f'<p class="tally" role="status">{_tally(promises, language)}</p>'
        f'<div class="sheet" tabindex="0" role="region" aria-label="{texts.promises}">'
        f'<table class="promises"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>'
        f'<p class="rules">{texts.rules}</p>'
    )


def _tally(promises: Sequence[Promise], language: Language) -> str:
    texts = figure_texts(language)
    counts = Counter(each.verdict for each in promises)
    verdicts = (", " if language == "en" else "，").join(
        f'<span class="verdict {verdict}">{_SIGNS[verdict]} {name} {counts[verdict]}</span>'
        for verdict, name in texts.verdicts.items()
        if counts[verdict]
    )
    return texts.tally.format(count=len(promises), verdicts=verdicts)


def _promise(promise: Promise, language: Language, lexicon: Lexicon) -> str:
    texts, target = figure_texts(language), promise.target.figure
    name = indicator_name(target, language, lexicon)
    reason = f"<small>{texts.reasons[promise.reason]}</small>" if promise.reason else ""
    result = _opener(promise.result.figure, language) if promise.result else "—"
    others = "".join(
        "<small>"
        + escape(
            texts.elsewhere.format(
                value=value_name(other.figure, language), document=other.report.document
            )
        )
        + "</small>"
        for other in promise.conflicting
    )
    return (
        f'<tr><th scope="row">{escape(name)}</th>'
        f'<td data-column="{texts.target}">{_opener(target, language)}</td>'
        f'<td data-column="{texts.result}">{result}{others}</td>'
        f'<td data-column="{texts.verdict}"><span class="verdict {promise.verdict}">'
        f"{_SIGNS[promise.verdict]} {texts.verdicts[promise.verdict]}</span>{reason}</td></tr>"
    )
