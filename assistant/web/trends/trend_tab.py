"""The tab of trends: words and indicators over years and places, by the queries of the commands.

`baogao trace` and `baogao panel` ask the same. What is shown stands in `trace_html` and
`series_html`; nothing here knows how the page is served.
"""

from __future__ import annotations

import io
import tomllib
from collections import Counter
from collections.abc import Callable, Collection
from contextlib import suppress
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.answering.figures.export import indicators_named
from assistant.limits import ANSWER_SECONDS
from assistant.panel import rows as panel
from assistant.panel.columns import cells
from assistant.panel.types import PanelQuery, PanelRow
from assistant.panel.writers import csv_into
from assistant.queries import traces
from assistant.queries.mentions import finder
from assistant.queries.trace_rows import Rows, csv_of
from assistant.queries.traces import TraceQuery, TraceResult
from assistant.types import Language
from assistant.web.figures.figure_tab import FigureTab, language_in, place_called_by
from assistant.web.figures.figures_html import indicator_called
from assistant.web.texts.loading import figure_texts, trend_texts
from assistant.web.trends.frame_html import frame_html
from assistant.web.trends.series import trend_of, usual_side
from assistant.web.trends.series_html import series_html
from assistant.web.trends.trace_html import trace_html
from assistant.web.trends.wanted import Wanted, wanted_of
from index.deadline import within
from index.errors import OutOfTime
from index.storage.catalogue import Catalogue
from index.storage.figure_table import Selection, indicators_of
from index.types import Kind

if TYPE_CHECKING:
    from assistant.answer import Assistant

_FIRST = 3
"""Places whose indicator is shown first: those with reports of most years."""
_OFFERED = 6
"""Words that are suggested."""
_READ = 40
"""Reports in which these are looked for, the newest."""
_BYTE_ORDER_MARK = "\ufeff"
"""What tells spreadsheet programs that a CSV file is UTF-8."""
_ROWS: dict[str, Rows] = {each: each for each in ("years", "places", "sentences")}


def _in_time(do: Callable[[], dict[str, Any]], language: Language) -> dict[str, Any]:
    try:
        with within(ANSWER_SECONDS):
            return do()
    except OutOfTime:
        return {"problem": trend_texts(language).too_long}


@cache
def _suggested() -> list[str]:
    text = Path(__file__).with_name("suggested.toml").read_text(encoding="utf-8")
    return [str(term) for term in tomllib.loads(text)["terms"]]


class TrendTab:
    """What `static/trends.js` calls, over an assistant's index."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._figures = FigureTab(assistant)
        self._traces = lru_cache(2)(self._traced)
        self._panels = lru_cache(4)(self._rows)
        self._suggestions = lru_cache(1)(self._said)
        self._stated = lru_cache(1)(self._read_stated)

    @property
    def functions(self) -> list[Callable[..., Any]]:
        """The functions by the names that the script calls them by, each with one object."""

        def trends_frame(asked: dict[str, Any]) -> dict[str, Any]:
            return self.frame(language_in(asked))

        def trends(asked: dict[str, Any]) -> dict[str, Any]:
            language = language_in(asked)
            return _in_time(lambda: self.shown(self._wanted(asked), language), language)

        def trends_named(asked: dict[str, Any]) -> dict[str, Any]:
            side, name = str(asked.get("side")), str(asked.get("name", ""))[:120]
            return self.named(side, name, language_in(asked))

        def trends_file(asked: dict[str, Any]) -> dict[str, Any]:
            form = str(asked.get("form", ""))
            return _in_time(lambda: self.file(self._wanted(asked), form), language_in(asked))

        def trends_suggested(_: dict[str, Any]) -> list[str]:
            return self._suggestions(self._catalogue.generation)

        def trends_ahead(_: dict[str, Any]) -> bool:
            return self.read_ahead()

        def figure_source(asked: dict[str, Any]) -> str:
            return self._figures.source(str(asked.get("figure", "")), language_in(asked))

        return [
            *(trends_frame, trends, trends_named, trends_file),
            *(trends_suggested, trends_ahead, figure_source),
        ]

    @property
    def _catalogue(self) -> Catalogue:
        return self._assistant.searcher.catalogue

    def frame(self, language: Language) -> dict[str, Any]:
        """Return what does not change, what can be chosen, and what is chosen at first."""
        catalogue, lexicon = self._catalogue, self._assistant.lexicon
        stated = self._stated(catalogue.generation)
        given = set(catalogue.places_and_years())
        years = Counter(code for code, _ in given)
        span = sorted(year for _, year in given if year)
        first = sorted(years, key=lambda code: (-years[code], code))[:_FIRST]
        default = lexicon.default.id
        return {
            "html": frame_html(language, (span[0], span[-1]) if span else None),
            "places": [[code, self._place(code, language)] for code in sorted(years)],
            "indicators": [[key, indicator_called(key, language, lexicon)] for key in stated],
            "first": {"indicator": default if default in stated else "", "place": first},
        }

    def shown(self, wanted: Wanted, language: Language) -> dict[str, Any]:
        """Return a trend as HTML, and the names of what is chosen."""
        generation, lexicon = self._catalogue.generation, self._assistant.lexicon
        measures: list[list[str]] = []
        kind: Kind = "actual"
        if wanted.terms:
            html = trace_html(self._traces(generation, wanted.trace), language)
        elif wanted.indicator:
            trend = trend_of(self._panels(generation, wanted.panel), wanted.measure)
            kind = wanted.kind or (usual_side(trend) if trend else kind)
            html = series_html(trend, kind, language, lexicon)
            names = trend_texts(language).measures
            counts = trend.measures if trend else {}
            measures = [[key, f"{names[key]} ({count})"] for key, count in counts.items()]
            measures.sort(key=lambda each: each[0] != (trend and trend.measure))
        else:
            html = ""
        return {
            "html": html,
            "place": [[code, self._place(code, language)] for code in sorted(wanted.regions)],
            "indicator": indicator_called(wanted.indicator, language, lexicon),
            "measures": measures,
            "kind": kind,
        }

    def read_ahead(self) -> bool:
        """Read the reports while words are typed, so that these are followed at once; whether."""
        with suppress(OutOfTime), within(ANSWER_SECONDS), self._assistant.at_one_state() as now:
            catalogue = now.searcher.catalogue
            now.texts.ahead([each.id for each in catalogue.reports()], catalogue)
            return True
        return False

    def named(self, side: str, name: str, language: Language) -> dict[str, Any]:
        """Return what a name means that was typed, or why nothing."""
        if side == "place":
            return self._figures.named(side, name, language)
        found = indicators_named(name, self._assistant.lexicon)
        ordered = [each.id for each in self._assistant.lexicon.all if each.id in found]
        if not ordered:
            return {"problem": figure_texts(language).unknown.format(name=name)}
        return {"keys": ordered[:1]}

    def file(self, wanted: Wanted, form: str) -> dict[str, Any]:
        """Return a trend as CSV: the panel's rows, or a trace's years, places or sentences."""
        generation = self._catalogue.generation
        if form in _ROWS:
            text = csv_of(self._traces(generation, wanted.trace), _ROWS[form])
        else:
            out = io.StringIO()
            write = csv_into(out)
            for row in self._panels(generation, wanted.panel):
                write(cells(row))
            text = out.getvalue()
        return {"text": _BYTE_ORDER_MARK + text}

    def _wanted(self, asked: dict[str, Any]) -> Wanted:
        return wanted_of(asked, self._assistant.gazetteer, self._known)

    def _traced(self, _: int, query: TraceQuery) -> TraceResult:
        with self._assistant.at_one_state() as now:
            return traces.evaluate(query, now.searcher.catalogue, now.texts)

    def _rows(self, _: int, query: PanelQuery) -> tuple[PanelRow, ...]:
        with self._assistant.at_one_state() as now:
            return tuple(panel.evaluate(query, now.searcher.catalogue, now.lexicon))

    def _read_stated(self, _: int) -> list[str]:
        """Return the ids of the indicators that any figure is of, the most frequent first."""
        known = {each.id for each in self._assistant.lexicon.all}
        found = indicators_of(self._catalogue, Selection())
        return [each.key for each in found if each.key in known]

    def _said(self, _: int) -> list[str]:
        """Return those of the suggested words that one of the newest reports says."""
        reports = sorted(self._catalogue.reports(), key=lambda each: -(each.given or 0))[:_READ]
        texts = [self._assistant.texts.of(each.id, self._catalogue) for each in reports]
        terms = [term for term in _suggested() if any(map(finder((term,)).search, texts))]
        return terms[:_OFFERED]

    def _known(self) -> Collection[str]:
        return {code for code, _ in self._catalogue.places_and_years()}

    def _place(self, code: str, language: Language) -> str:
        return place_called_by(code, self._assistant.gazetteer, language)
