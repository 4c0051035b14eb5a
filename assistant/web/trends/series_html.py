"""An indicator over years and places as the page shows it: a chart, and a table of its values.

Each value opens its source. What comes from a report is shown as text, never as markup. Knows
nothing of how a figure is chosen for a place and year.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from html import escape

from assistant.panel.types import PanelRow, Side
from assistant.panel.units import plain
from assistant.types import Language
from assistant.web.charts.figure_charts import figure_key, place_name
from assistant.web.charts.svg_charts import Frame
from assistant.web.figures.figures_html import indicator_called, value_name
from assistant.web.texts.loading import figure_texts, trend_texts
from assistant.web.trends.series import Trend, side_of
from assistant.web.trends.series_chart import MOST, series_chart
from index.lexicon.indicators import Lexicon
from index.types import Kind

_WIDTHS = {"wide": 640, "narrow": 340}
"""A chart is drawn for a screen and for a telephone; the style sheet shows one of them."""
_LISTED = 60
"""Places of a table."""


def series_html(trend: Trend | None, kind: Kind, language: Language, lexicon: Lexicon) -> str:
    """Return a trend, `kind` being the side that is shown of several places."""
    texts, figures = trend_texts(language), figure_texts(language)
    if trend is None:
        return f'<p class="empty" role="status">{texts.nothing}</p>'
    title = _title(trend, language, lexicon)
    table = _years(trend, language) if len(trend.places) == 1 else _grid(trend, kind, language)
    chart = _chart(trend, kind, title, language)
    picture = f'<button type="button" class="save" data-save="png">{figures.save_png}</button>'
    return (
        f'<p class="{"spoken" if chart else "tally"}" role="status">{escape(title)}</p>'
        f'<div class="figure-desk"><div class="figure-view">{chart}<div class="actions">'
        f'<button type="button" class="save" data-save="panel">{texts.save_panel}</button>'
        f"{picture if chart else ''}</div>{table}</div>"
        f'<div class="figure-panel"><div class="opened"><p class="empty">{texts.pick}</p></div>'
        "</div></div>"
    )


def _title(trend: Trend, language: Language, lexicon: Lexicon) -> str:
    texts, years = trend_texts(language), trend.years
    span = "–".join(dict.fromkeys(str(year) for year in (years[0], years[-1])))
    return texts.rows.format(
        indicator=indicator_called(trend.rows[0].indicator.id, language, lexicon),
        measure=texts.measures[trend.measure],
        unit=trend.unit or "—",
        places=len(trend.places),
        years=span,
    )


def _chart(trend: Trend, kind: Kind, title: str, language: Language) -> str:
    sides = [side.stated for row in trend.rows for side in (row.target, row.result)]
    given = sorted({each.candidate.report.given or 0 for each in sides if each} or {0})
    note = figure_texts(language).chart_note.format(
        years="–".join(dict.fromkeys((str(given[0]), str(given[-1])))),
        unit=trend.unit,
        date=date.today().isoformat(),
    )
    charts = {
        name: series_chart(trend, kind, Frame(title, width, note), language)
        for name, width in _WIDTHS.items()
    }
    if not any(charts.values()):
        return ""
    more = len(trend.places) - MOST
    rest = figure_texts(language).places_left_out.format(count=more) if more > 0 else ""
    shown = "".join(f'<div class="{name}">{svg}</div>' for name, svg in charts.items())
    return f'<div class="chart">{shown}</div>' + (f'<p class="rules">{rest}</p>' if rest else "")


def _years(trend: Trend, language: Language) -> str:
    """Return the years of one place, target beside result."""
    texts = trend_texts(language)
    columns = (texts.year, texts.target, texts.result, texts.gap)
    rows = "".join(
        f'<tr><th scope="row">{row.year}</th>'
        f'<td data-column="{texts.target}">{_whole(row.target, language)}</td>'
        f'<td data-column="{texts.result}">{_whole(row.result, language)}</td>'
        f'<td data-column="{texts.gap}">{_signed(row.gap)}</td></tr>'
        for row in reversed(trend.rows)
    )
    return _table(columns, rows, "promises series", texts.by_indicator)


def _whole(side: Side, language: Language) -> str:
    """Return a value in its report's words, or why there is none."""
    if side.stated is None:
        return f'<span class="gap">{_missing(side, language)}</span>'
    figure = side.stated.candidate.figure
    return _opener(figure_key(figure), value_name(figure, language), language)


def _missing(side: Side, language: Language) -> str:
    statuses: dict[str, str] = {str(k): v for k, v in trend_texts(language).statuses.items()}
    return statuses.get(side.status, "—")


def _signed(gap: Decimal | None) -> str:
    return "—" if gap is None else f"{plain(gap):+f}".replace("-", "−")


def _grid(trend: Trend, kind: Kind, language: Language) -> str:
    """Return places by years, one side of each."""
    texts = trend_texts(language)
    told = {row.year for row in trend.rows if side_of(row, kind).stated}
    years = sorted(told or trend.years, reverse=True)
    rows = {(row.place.code, row.year): row for row in trend.rows}
    listed = trend.places[:_LISTED]
    body = "".join(
        f'<tr><th scope="row">{escape(place_name(place, language))}</th>'
        + "".join(
            f"<td>{_cell(rows.get((place.code, year)), kind, language)}</td>" for year in years
        )
        + "</tr>"
        for place in listed
    )
    more = len(trend.places) - len(listed)
    note = texts.left_out.format(shown=len(listed), count=more)
    return _table((texts.place, *map(str, years)), body, "grid", texts.by_indicator) + (
        f'<p class="rules">{note}</p>' if more else ""
    )


def _cell(row: PanelRow | None, kind: Kind, language: Language) -> str:
    side = side_of(row, kind) if row is not None else None
    if side is None or side.stated is None:
        title = f' title="{_missing(side, language)}"' if side else ""
        return f'<span class="gap"{title}>–</span>'
    made = side.stated.candidate
    if made.value is None:
        words = made.figure.wording or "…"
    else:
        words = f"{plain(made.value):f}".replace("-", "−")
    return _opener(figure_key(made.figure), words, language, value_name(made.figure, language))


def _opener(key: str, words: str, language: Language, told: str = "") -> str:
    said = f"{told or words}, {figure_texts(language).open_source}"
    return (
        f'<button type="button" data-figure="{key}" aria-label="{escape(said)}">'
        f"{escape(words)}</button>"
    )


def _table(columns: tuple[str, ...], body: str, style: str, name: str) -> str:
    head = "".join(f'<th scope="col">{column}</th>' for column in columns)
    return (
        f'<div class="sheet" tabindex="0" role="region" aria-label="{name}">'
        f'<table class="{style}"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'
    )
