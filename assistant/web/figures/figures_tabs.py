"""The figures and promises pages: two tabs beside the chat, over the figure table.

What is shown stands in `figures_html` and `figure_charts`, the words in `texts`; nothing here knows
how figures are found.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.answering.figures.export import (
    covering,
    figure_rows,
    of_indicator,
    stated_figures,
    to_csv,
)
from assistant.answering.figures.lookup import Stated
from assistant.answering.figures.promises import track, years_tracked
from assistant.types import Answer, Citation, Language
from assistant.web.charts.figure_charts import figure_chart, figure_key
from assistant.web.figures import figures_html as pages
from assistant.web.texts.loading import figure_texts, language_of
from index.places.gazetteer import Gazetteer
from index.types import Region

if TYPE_CHECKING:
    import gradio as gr

    from assistant.answer import Assistant

_STATIC = Path(__file__).parent.with_name("static")

_WIDTHS = {"wide": 760, "narrow": 360}
"""A chart is drawn for a screen and for a telephone; the style sheet shows one of them."""
_BYTE_ORDER_MARK = "\ufeff"
"""What tells spreadsheet programs that a CSV file is UTF-8."""


def figure_tabs(
    assistant: Assistant, app: gr.Blocks, *, language: gr.State, tag: gr.Textbox
) -> None:
    """Add the tabs of figures and promises to a page; to be called inside its `gr.Tabs`.

    Args:
        assistant: whose index is shown.
        app: the page, whose loading fills the tabs.
        language: the page's language, set by the page.
        tag: what the browser's language tag is handed over in.
    """
    table = _FigureTable(assistant)
    figures = _figures_tab(table, language)
    promises = _promises_tab(table, language)

    def arrive(browser: str) -> dict[Any, Any]:
        spoken = language_of(browser or "")
        return {**figures.arrive(spoken), **promises.arrive(spoken)}

    app.load(arrive, tag, [*figures.parts, *promises.parts], js="() => baogao.language", **_QUIET)


_QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}


@dataclass(slots=True)
class _FigureTable:
    """The figures of an assistant's index, read again when the index has changed."""

    assistant: Assistant
    _generation: int = -1
    _stated: list[Stated] = field(default_factory=list)

    def all(self) -> list[Stated]:
        """Return every figure, those of the newest reports first."""
        catalogue = self.assistant.searcher.catalogue
        if self._generation != catalogue.generation:
            generation, stated = catalogue.generation, stated_figures(catalogue)
            self._stated = sorted(stated, key=_newest_first)
            self._generation = generation
        return self._stated

    def chosen(self, filters: pages.Filters) -> list[Stated]:
        """Return the figures that fit what a reader chose."""
        found = [
            each
            for each in self.all()
            if filters.region in ("", each.figure.region.code)
            and filters.kind in ("", each.figure.kind)
            and filters.measure in ("", each.figure.measure)
        ]
        found = covering(found, [int(filters.year)] if filters.year.isdecimal() else [])
        if filters.indicator:
            found = of_indicator(found, filters.indicator, self.assistant.lexicon)
        return found

    def csv(self, filters: dict[str, str]) -> str:
        """Return the figures that fit as CSV for spreadsheet programs."""
        rows = figure_rows(self.chosen(pages.Filters(**filters)), self.assistant.searcher.catalogue)
        return _BYTE_ORDER_MARK + to_csv(rows)

    def source(self, key: str, language: Language) -> str:
        """Return the source of the figure that a page calls `key`."""
        stated = next((each for each in self.all() if figure_key(each.figure) == key), None)
        if stated is None:  # the index has changed under the page
            return pages.nothing_open_html(language)
        report, figure = stated.report, stated.figure
        text = self.assistant.searcher.catalogue.normalized(report.id)
        citation = Citation.of(report, text.raw_span(figure.span), text.raw)
        (source,) = self.assistant.sources(Answer("", language, "", citations=(citation,)))
        announced = figure.context.of(text.text) if figure.context else ""
        return pages.source_html(stated, source, announced, language)

    def tracked(self) -> dict[str, Region]:
        """Return the places that have announced targets, those with most years first."""
        own = {
            each.figure.region.code: each.figure.region
            for each in self.all()
            if each.figure.context is not None and _is_own(each)
        }
        counts = {code: len(years_tracked(self.all(), own[code])) for code in own}
        ordered = sorted((code for code in own if counts[code]), key=lambda code: -counts[code])
        return {code: own[code] for code in ordered}


def _is_own(stated: Stated) -> bool:
    """Tell whether a figure is of the report's own place."""
    region = stated.report.region
    return region is not None and region.value.code == stated.figure.region.code


def _newest_first(stated: Stated) -> tuple[int, str, int]:
    year = stated.report.given or 0
    return -year, stated.report.document, stated.figure.ordinal


@dataclass(frozen=True, slots=True)
class _Tab:
    """A tab's parts that change with the language, and what gives them their first content."""

    parts: Sequence[Any]
    arrive: Any


def _opening(**more: Any) -> gr.HTML:  # noqa: ANN401 - Gradio's own arguments
    """Return HTML whose rows and buttons tell the server which figure was clicked."""
    import gradio as gr

    script = (_STATIC / "figures.js").read_text(encoding="utf-8")
    return gr.HTML(js_on_load=script, elem_classes="figure-view", **more)


def _source_panel() -> gr.HTML:
    import gradio as gr

    follow = (
        "watch('value', () => { const mark = element.querySelector('mark');"
        " if (!mark) return; mark.scrollIntoView({block: 'center'});"
        " if (innerWidth < 900) element.scrollIntoView({block: 'start'}); })"
    )
    return gr.HTML(elem_classes="figure-panel", js_on_load=follow)


def _figures_tab(table: _FigureTable, language: gr.State) -> _Tab:
    import gradio as gr

    lexicon = table.assistant.lexicon
    with gr.Tab("Figures", id="figures", elem_classes="figures-tab") as tab:
        with gr.Row(elem_classes="filters"):
            region = gr.Dropdown([], min_width=130)
            year = gr.Dropdown([], min_width=110)
            indicator = gr.Dropdown([], min_width=200, scale=2, allow_custom_value=True)
            kind = gr.Dropdown([], min_width=110)
            measure = gr.Dropdown([], min_width=130)
        choosers = [region, year, indicator, kind, measure]
        with gr.Row(elem_classes="figure-desk"):
            view = _opening(server_functions=[_exporter(table)])
            panel = _source_panel()

    def show(spoken: Language, *chosen: str | None) -> str:
        filters = pages.Filters(*(each or "" for each in chosen))
        found = table.chosen(filters)
        charts = {
            name: figure_chart(found, spoken, lexicon, width=width)
            for name, width in _WIDTHS.items()
        }
        drawn = "".join(f'<div class="{name}">{svg}</div>' for name, svg in charts.items() if svg)
        hint = f'<p class="empty">{figure_texts(spoken).chart_hint}</p>'
        return (
            f'<div class="chart">{drawn or hint}</div>'
            + pages.actions_html(found, filters, spoken, with_chart=bool(drawn))
            + pages.table_html(found, spoken, lexicon)
        )

    def narrow(spoken: Language, place: str | None, current: str | None) -> Any:  # noqa: ANN401
        stated = table.chosen(pages.Filters(region=place or ""))
        offered = pages.indicators(stated, spoken, lexicon)
        return gr.update(choices=[(figure_texts(spoken).any, ""), *offered], value=current)

    def arrive(spoken: Language) -> dict[Any, Any]:
        texts, stated = figure_texts(spoken), table.all()
        offered = pages.indicators(stated, spoken, lexicon)
        # The page opens on the default indicator, where there are figures of it.
        first = lexicon.default.id if lexicon.default.id in {key for _, key in offered} else ""
        lists: dict[Any, tuple[str, Sequence[tuple[str, str]]]] = {
            region: (texts.region, pages.places((s.figure.region for s in stated), spoken)),
            year: (texts.year, pages.years(stated)),
            indicator: (texts.indicator, offered),
            kind: (texts.kind, [(name, key) for key, name in texts.kinds.items()]),
            measure: (texts.measure, [(name, key) for key, name in texts.measures.items()]),
        }
        return {
            tab: gr.update(label=texts.figures),
            view: show(spoken, "", "", first),
            panel: pages.nothing_open_html(spoken),
            **{
                chooser: gr.update(
                    label=label,
                    choices=[(texts.any, ""), *choices],
                    value=first if chooser is indicator else "",
                )
                for chooser, (label, choices) in lists.items()
            },
        }

    for chooser in choosers:
        chooser.input(show, [language, *choosers], view, **_QUIET)
    region.input(narrow, [language, region, indicator], indicator, **_QUIET)
    view.select(_opener(table), language, panel, **_QUIET)
    return _Tab([tab, view, panel, *choosers], arrive)


def _promises_tab(table: _FigureTable, language: gr.State) -> _Tab:
    import gradio as gr

    lexicon, gazetteer = table.assistant.lexicon, table.assistant.gazetteer
    with gr.Tab("Promises", id="promises", elem_classes="figures-tab") as tab:
        with gr.Row(elem_classes="filters"):
            place = gr.Dropdown([], min_width=160)
            year = gr.Dropdown([], min_width=120)
        with gr.Row(elem_classes="figure-desk"):
            view = _opening()
            panel = _source_panel()

    def show(spoken: Language, code: str | None, chosen: str | None) -> str:
        region = _region(code, gazetteer)
        promises = track(table.all(), region, int(chosen)) if region and chosen else []
        return pages.promises_html(promises, spoken, lexicon)

    def choose(spoken: Language, code: str | None) -> dict[Any, Any]:
        region = _region(code, gazetteer)
        offered = years_tracked(table.all(), region) if region else []
        first = str(_first_year(table, region, offered)) if region and offered else None
        return {
            year: gr.update(choices=[str(each) for each in offered], value=first),
            view: show(spoken, code, first),
        }

    def arrive(spoken: Language) -> dict[Any, Any]:
        texts, tracked = figure_texts(spoken), table.tracked()
        first = next(iter(tracked), None)
        chosen = choose(spoken, first)
        chosen[year]["label"] = texts.year
        return {
            tab: gr.update(label=texts.promises),
            panel: pages.nothing_open_html(spoken),
            place: gr.update(
                label=texts.region, choices=pages.places(tracked.values(), spoken), value=first
            ),
            **chosen,
        }

    place.input(choose, [language, place], [year, view], **_QUIET)
    year.input(show, [language, place, year], view, **_QUIET)
    view.select(_opener(table), language, panel, **_QUIET)
    return _Tab([tab, view, panel, place, year], arrive)


def _region(code: str | None, gazetteer: Gazetteer) -> Region | None:
    return gazetteer.get(code) if code and code in gazetteer else None


def _first_year(table: _FigureTable, region: Region, offered: Sequence[int]) -> int:
    """Return the newest year whose results are known, else the newest."""
    reports = {
        each.report.year.value
        for each in table.all()
        if each.report.year and _is_own(each) and each.figure.region.code == region.code
    }
    return next((year for year in offered if max(reports) > year), offered[0])


def _exporter(table: _FigureTable) -> Any:  # noqa: ANN401 - a function that Gradio calls by name
    def figures_csv(filters: dict[str, str]) -> str:
        return table.csv(filters)

    return figures_csv


def _opener(table: _FigureTable) -> Any:  # noqa: ANN401 - a function whose signature Gradio reads
    import gradio as gr

    def open_figure(spoken: Language, event: gr.EventData) -> str:
        return table.source(event.figure, spoken)

    # Gradio finds the event by its annotation, which is a string here and names a local import.
    open_figure.__annotations__["event"] = gr.EventData
    return open_figure
