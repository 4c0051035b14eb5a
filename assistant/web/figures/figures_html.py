"""What the figures and promises pages show, as HTML: tables, a source, choices to filter by.

Everything that comes from a report is shown as text, never as markup. Knows nothing of how a page
is served.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from html import escape

from assistant.answering.figures.lookup import Stated
from assistant.answering.figures.wording import (
    period_english,
    period_words,
    predicate,
    predicate_english,
)
from assistant.answering.goals.promises import Promise
from assistant.types import Excerpt, Language, Source
from assistant.web.charts.figure_charts import figure_key, indicator_name, place_name
from assistant.web.figures.fields_html import choice_html, picker_html, years_html
from assistant.web.figures.selecting import PAGE, Chosen
from assistant.web.sources.cards import comma, reader_address
from assistant.web.sources.punctuation import full_width
from assistant.web.texts.loading import figure_texts
from index.lexicon.indicators import Lexicon
from index.storage.figure_table import Order, Selection
from index.text.script import to_traditional
from index.types import Figure

# The frame


def frame_html(language: Language, years: tuple[int, int] | None) -> str:
    """Return the tab without figures in it: what can be chosen, and where they will stand.

    `years` are the first and the last of any figure.
    """
    texts = figure_texts(language)
    return (
        f'<h2 class="spoken">{texts.figures}</h2><form class="filters" onsubmit="return false">'
        f"{picker_html('figures', 'place', texts.region, texts.type_place)}"
        f"{picker_html('figures', 'indicator', texts.indicator, texts.type_indicator)}"
        f"{years_html(language, years)}{choice_html('kind', texts.kind, texts.any)}"
        f"{choice_html('measure', texts.measure, texts.any)}"
        f'<button type="button" class="clear">{texts.clear}</button>'
        f'<p class="problem" role="alert"></p></form>'
        '<div class="figure-desk"><div class="figure-view"><div class="above"></div>'
        '<div class="rows"></div></div><div class="figure-panel"><div class="opened">'
        f'{nothing_open_html(language)}</div><div class="chart"></div></div></div>'
    )


def without(selection: Selection, side: str) -> Selection:
    """Return a selection with one side open: what it could be is counted so."""
    if side == "region":
        return replace(selection, regions=frozenset())
    if side == "indicator":
        return replace(selection, indicators=frozenset())
    if side == "kind":
        return replace(selection, kinds=frozenset())
    return replace(selection, measures=frozenset())


def indicator_called(key: str, language: Language, lexicon: Lexicon) -> str:
    """Return the name of an indicator by its id, or by the name that only reports have."""
    known = next((each for each in lexicon.all if each.id == key), None)
    if known is None:
        return to_traditional(key) if language == "zh-Hant" else key
    if language == "en":
        return known.en[:1].upper() + known.en[1:]
    return to_traditional(known.zh) if language == "zh-Hant" else known.zh


# The table of figures


def table_html(
    stated: Sequence[Stated], language: Language, lexicon: Lexicon, chosen: Chosen
) -> str:
    """Return figures as a table, a row to open each, each column to order them by."""
    texts = figure_texts(language)
    if not stated:
        return f'<p class="empty">{texts.none_fit}</p>'
    columns: tuple[tuple[Order, str], ...] = (
        ("region", texts.region),
        ("indicator", texts.indicator),
        ("period", texts.period),
        ("kind", texts.kind),
        ("value", texts.value),
        ("report", texts.document),
    )
    head = "".join(_column(key, name, chosen) for key, name in columns)
    rows = "".join(_row(each, language, lexicon) for each in stated)
    return (
        f'<div class="sheet" tabindex="0" role="region" aria-label="{texts.figures}">'
        f'<table class="figures"><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _column(key: Order, name: str, chosen: Chosen) -> str:
    here = chosen.order == key != "report"
    sort = ("descending" if chosen.descending else "ascending") if here else "none"
    arrow = ("↓" if chosen.descending else "↑") if here else ""
    style = ' class="file"' if key == "report" else ""
    return (
        f'<th scope="col"{style} aria-sort="{sort}"><button type="button" data-sort="{key}">{name}'
        f'<span aria-hidden="true">{arrow}</span></button></th>'
    )


def _row(stated: Stated, language: Language, lexicon: Lexicon) -> str:
    figure = stated.figure
    return (
        f'<tr data-figure="{figure_key(figure)}">'
        f'<td class="place">{escape(place_name(figure.region, language))}</td>'
        f'<td class="indicator">{escape(indicator_name(figure, language, lexicon))}</td>'
        f'<td class="period">{period_name(figure, language)}</td>'
        f'<td><span class="kind {kind_class(figure)}">{kind_name(figure, language)}</span></td>'
        f'<td class="value">{opener(figure, language)}</td>'
        f'<td class="file">{escape(stated.report.document)}</td></tr>'
    )


def kind_class(figure: Figure) -> str:
    """Return the style of a figure's kind: "unsure" where it is not certain enough."""
    return figure.kind if figure.is_sure else "unsure"


def kind_name(figure: Figure, language: Language) -> str:
    """Name a figure's kind, or that it is not sure."""
    texts = figure_texts(language)
    return texts.kinds[figure.kind] if figure.is_sure else texts.unsure


def opener(figure: Figure, language: Language) -> str:
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
    total: int,
    page: int,
    shown: int,
    language: Language,
    *,
    with_chart: bool,
    with_parquet: bool,
) -> str:
    """Return how many figures there are, which are shown, and what saves them.

    Args:
        total: how many figures fit.
        page: the page that is shown, from 0.
        shown: how many figures are on it.
        language: of the page.
        with_chart: whether there is a chart to save.
        with_parquet: whether they can be saved as Parquet.
    """
    texts = figure_texts(language)
    if not total:
        return (
            f'<div class="actions"><span role="status">{texts.count.format(count=0)}</span></div>'
        )
    first = page * PAGE + 1
    span = texts.shown.format(first=f"{first:,}", last=f"{first + shown - 1:,}")
    saving = [("csv", texts.save_csv)]
    saving += [("parquet", texts.save_parquet)] if with_parquet else []
    saving += [("png", texts.save_png)] if with_chart else []
    buttons = "".join(
        f'<button type="button" class="save" data-save="{form}">{name}</button>'
        for form, name in saving
    )
    turning = "".join(
        f'<button type="button" class="turn" data-page="{to}" aria-label="{name}"'
        f"{'' if there else ' disabled'}>{sign}</button>"
        for to, name, sign, there in (
            (page - 1, texts.previous, "‹", page > 0),
            (page + 1, texts.next, "›", first + shown - 1 < total),
        )
    )
    paging = f'<span class="paging">{turning}{span}</span>' if total > PAGE else ""
    return (
        f'<div class="actions"><span role="status">{texts.count.format(count=f"{total:,}")}'
        f"</span>{paging}{buttons}</div>"
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
        '<article class="figure-source" tabindex="-1">'
        f"<h3>{escape(place or citation.document)}</h3>"
        f'<p class="said">{period_name(figure, language)} · '
        f'<span class="kind {kind_class(figure)}">{kind_name(figure, language)}</span> · '
        f"{escape(value_name(figure, language))}</p>"
        f'<p class="path">{escape(path)}</p>{lead}'
        f"<h4>{texts.cleaned}</h4><blockquote>{_marked(_for_the_eye(source.cleaned))}</blockquote>"
        f"<details><summary>{texts.original}</summary>"
        f'<blockquote class="original">{_marked(source.original)}</blockquote></details>'
        f'<footer><a class="read-on" href="{reader_address(citation)}">{texts.read_on}</a>'
        f"<span>{escape(citation.document)}{comma(language)}{characters}</span></footer></article>"
    )


def nothing_open_html(language: Language) -> str:
    """Return what stands where a source will be shown."""
    return f'<p class="empty">{figure_texts(language).pick}</p>'


def _for_the_eye(excerpt: Excerpt) -> Excerpt:
    return Excerpt(full_width(excerpt.text), excerpt.mark)


def _marked(excerpt: Excerpt) -> str:
    text, mark = excerpt.text, excerpt.mark
    return (
        f"{escape(text[: mark.start])}<mark>{escape(mark.of(text))}</mark>"
        f"{escape(text[mark.end :])}"
    )


# Promises


def promises_frame_html(language: Language) -> str:
    """Return the tab of promises without any: what can be chosen, and where they will stand."""
    texts = figure_texts(language)
    return (
        f'<h2 class="spoken">{texts.promises}</h2><form class="filters" onsubmit="return false">'
        f'<div class="picker single"><label>{texts.region}<input list="offered-promises" '
        f'autocomplete="off" placeholder="{texts.type_place}"></label>'
        f'<datalist id="offered-promises"></datalist></div>'
        f'<label>{texts.year}<select name="year" aria-label="{texts.year}"></select></label>'
        f'<p class="problem" role="alert"></p></form>'
        '<div class="figure-desk"><div class="figure-view"><div class="rows"></div>'
        '</div><div class="figure-panel"><div class="opened">'
        f"{nothing_open_html(language)}</div>"
        f'<details class="board figure-view"><summary>{texts.scoreboard}</summary><div></div>'
        "</details></div></div>"
    )


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
    result = opener(promise.result.figure, language) if promise.result else "—"
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
        f'<td data-column="{texts.target}">{opener(target, language)}</td>'
        f'<td data-column="{texts.result}">{result}{others}</td>'
        f'<td data-column="{texts.verdict}"><span class="verdict {promise.verdict}">'
        f"{_SIGNS[promise.verdict]} {texts.verdicts[promise.verdict]}</span>{reason}</td></tr>"
    )


def scoreboard_html(
    places: Sequence[tuple[str, str, Sequence[Promise]]], year: int, language: Language
) -> str:
    """Return what became of a year's targets in every place, the best kept first.

    Args:
        places: code, name and promises of each.
        year: the year that the targets were set for.
        language: of the page.
    """
    texts = figure_texts(language)
    if not places:
        return f'<p class="empty">{texts.no_targets}</p>'
    columns = (texts.region, texts.target, *texts.verdicts.values(), texts.met_share)
    head = "".join(f'<th scope="col">{name}</th>' for name in columns)
    ordered = sorted(places, key=lambda each: (*_standing(each[2]), each[0]))
    rows = "".join(_score(*each, year, language) for each in ordered)
    title = texts.scoreboard_of.format(year=year)
    return (
        f'<div class="sheet" tabindex="0" role="region" aria-label="{title}">'
        f'<table class="scores"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>'
    )


def _standing(promises: Sequence[Promise]) -> tuple[bool, float, int]:
    """Return what places are ordered by: those of which more than a few targets can be judged."""
    met, judged = _judged(promises)
    return judged < _A_FEW, -met / judged if judged else 1.0, -judged


_A_FEW = 3


def _judged(promises: Sequence[Promise]) -> tuple[int, int]:
    """Return how many targets were met, and how many can be judged."""
    met = sum(each.verdict == "met" for each in promises)
    return met, met + sum(each.verdict == "missed" for each in promises)


def _score(code: str, name: str, promises: Sequence[Promise], year: int, language: Language) -> str:
    counts = Counter(each.verdict for each in promises)
    verdicts = figure_texts(language).verdicts
    cells = "".join(f"<td>{counts[verdict]}</td>" for verdict in verdicts)
    met, judged = _judged(promises)
    shown = f"{met / judged:.0%}" if judged else "—"
    return (
        f'<tr><th scope="row"><a href="#/promises?place={escape(code)}&amp;year={year}">'
        f"{escape(name)}</a></th><td>{len(promises)}</td>{cells}<td>{shown}</td></tr>"
    )
