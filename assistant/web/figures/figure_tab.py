"""The tab of figures: what it asks for, selected and paged by the catalogue, told as plain values.

What is shown stands in `figures_html` and `charts`; nothing here knows how the page is served.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from assistant.answering.figures.export import figure_rows, to_csv
from assistant.answering.figures.lookup import Stated, with_reports
from assistant.types import Answer, Citation, Language
from assistant.web.charts.figure_charts import figure_chart, place_name
from assistant.web.figures import figures_html as html
from assistant.web.figures.parquet import to_parquet
from assistant.web.figures.selecting import (
    PAGE,
    Chosen,
    chosen_of,
    indicators_called,
    places_named,
    with_codes,
)
from assistant.web.texts.loading import figure_texts, language_of
from index.places.gazetteer import Gazetteer
from index.storage.catalogue import Catalogue
from index.storage.figure_table import (
    Selection,
    count_figures,
    counts_by,
    figure_of,
    first_and_last_year,
    indicators_of,
    page_of_figures,
)

if TYPE_CHECKING:
    from assistant.answer import Assistant

_DRAWN = 8_000
"""From how many figures on none are drawn: they are of many things."""
_SAVED = 20_000
"""How many figures are saved to a file at once; more are for the command line."""
_WIDTHS = {"wide": 560, "narrow": 340}
"""A chart is drawn for a screen and for a telephone; the style sheet shows one of them."""
_BYTE_ORDER_MARK = "\ufeff"
"""What tells spreadsheet programs that a CSV file is UTF-8."""


class FigureTab:
    """What `static/figures.js` calls, over an assistant's index."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._facets = lru_cache(64)(self._counted)

    @property
    def functions(self) -> list[Callable[..., Any]]:
        """The functions by the names that the script calls them by, each with one object."""

        def figures_frame(asked: dict[str, Any]) -> dict[str, Any]:
            return self.frame(language_in(asked))

        def figures(asked: dict[str, Any]) -> dict[str, Any]:
            return self.page(self._chosen(asked), language_in(asked))

        def figures_chart(asked: dict[str, Any]) -> str:
            return self.chart(self._chosen(asked), language_in(asked))

        def figures_facets(asked: dict[str, Any]) -> dict[str, Any]:
            return self.facets(self._chosen(asked).selection, language_in(asked))

        def figures_named(asked: dict[str, Any]) -> dict[str, Any]:
            side, name = str(asked.get("side")), str(asked.get("name", ""))[:120]
            return self.named(side, name, language_in(asked))

        def figure_source(asked: dict[str, Any]) -> str:
            return self.source(str(asked.get("figure", "")), language_in(asked))

        def figures_file(asked: dict[str, Any]) -> dict[str, Any]:
            form = str(asked.get("form", "csv"))
            return self.file(self._chosen(asked), form, language_in(asked))

        return [
            *(figures_frame, figures, figures_chart, figures_facets),
            *(figures_named, figure_source, figures_file),
        ]

    @property
    def _catalogue(self) -> Catalogue:
        return self._assistant.searcher.catalogue

    def _chosen(self, asked: dict[str, Any]) -> Chosen:
        """Return what a reader chose, places that an address has by name with their codes."""
        chosen = chosen_of(asked)
        regions = with_codes(chosen.selection.regions, self._assistant.gazetteer, self._known)
        return replace(chosen, selection=replace(chosen.selection, regions=regions))

    def _known(self) -> dict[str, int]:
        return counts_by(self._catalogue, Selection(), "region")

    def frame(self, language: Language) -> dict[str, Any]:
        """Return what does not change with what is chosen, and what is chosen at first."""
        default = self._assistant.lexicon.default.id
        has_default = count_figures(self._catalogue, Selection(indicators=frozenset({default})))
        return {
            "html": html.frame_html(language, first_and_last_year(self._catalogue)),
            "first": {"indicator": [default] if has_default else []},
        }

    def page(self, chosen: Chosen, language: Language) -> dict[str, Any]:
        """Return a page of the table, its chart, and the names of what is chosen."""
        total = count_figures(self._catalogue, chosen.selection)
        page = min(chosen.page, max(total - 1, 0) // PAGE)
        found = page_of_figures(
            self._catalogue,
            chosen.selection,
            order=chosen.order,
            descending=chosen.descending,
            first=page * PAGE,
            count=PAGE,
        )
        lexicon = self._assistant.lexicon
        table = html.table_html(with_reports(found, self._catalogue), language, lexicon, chosen)
        drawable = bool(chosen.selection.indicators) and 1 < total <= _DRAWN
        return {
            "count": total,
            "actions": html.actions_html(
                total,
                page,
                len(found),
                language,
                with_chart=drawable,
                with_parquet=find_spec("pyarrow") is not None,
            ),
            "table": table,
            "drawable": drawable,
            "page": page,
            "names": {
                "place": [[code, self._place(code, language)] for code in _sorted(chosen, "place")],
                "indicator": [
                    [key, html.indicator_called(key, language, lexicon)]
                    for key in _sorted(chosen, "indicator")
                ],
                **_sides(chosen, language),
            },
        }

    def chart(self, chosen: Chosen, language: Language) -> str:
        """Return the chart of all figures that are meant, for two widths; "" where none is."""
        figures = page_of_figures(self._catalogue, chosen.selection, count=_DRAWN)
        stated, lexicon = with_reports(figures, self._catalogue), self._assistant.lexicon
        charts = {
            name: figure_chart(stated, language, lexicon, width=width)
            for name, width in _WIDTHS.items()
        }
        return "".join(f'<div class="{name}">{svg}</div>' for name, svg in charts.items() if svg)

    def facets(self, selection: Selection, language: Language) -> dict[str, Any]:
        """Return what else can be chosen on each side, with how many figures there would be."""
        counted = self._facets(self._catalogue.generation, selection, language)
        return dict(counted)

    def _counted(self, _: int, selection: Selection, language: Language) -> dict[str, Any]:
        catalogue, lexicon = self._catalogue, self._assistant.lexicon
        texts = figure_texts(language)
        without = {
            side: html.without(selection, side)
            for side in ("region", "indicator", "kind", "measure")
        }
        places = counts_by(catalogue, without["region"], "region")
        indicators = indicators_of(catalogue, without["indicator"])
        kinds = counts_by(catalogue, without["kind"], "kind")
        measures = counts_by(catalogue, without["measure"], "measure")
        return {
            "place": [[code, self._place(code, language), places[code]] for code in sorted(places)],
            "indicator": [
                [each.key, html.indicator_called(each.key, language, lexicon), each.count]
                for each in indicators
            ],
            "kind": [[key, name, kinds.get(key, 0)] for key, name in texts.kinds.items()],
            "measure": [[key, name, measures.get(key, 0)] for key, name in texts.measures.items()],
        }

    def named(self, side: str, name: str, language: Language) -> dict[str, Any]:
        """Return what a name means that was typed, or why nothing."""
        if side == "place":
            found = places_named(name, self._assistant.gazetteer, self._known())
        else:
            found = indicators_called(name, self._assistant.lexicon, self._catalogue)
        if found:
            return {"keys": list(found)}
        texts = figure_texts(language)
        form = texts.unknown_place if side == "place" else texts.unknown
        return {"problem": form.format(name=name)}

    def source(self, key: str, language: Language) -> str:
        """Return the source of the figure that a page calls `key`."""
        report_id, _, ordinal = key.rpartition(":")
        number = int(ordinal) if ordinal.isdecimal() and len(ordinal) < _DIGITS else -1
        figure = figure_of(self._catalogue, report_id, number)
        if figure is None:  # the index has changed under the page
            return html.nothing_open_html(language)
        report = self._catalogue.report(report_id)
        text = self._catalogue.normalized(report_id)
        citation = Citation.of(report, text.raw_span(figure.span), text.raw)
        (source,) = self._assistant.sources(Answer("", language, "", citations=(citation,)))
        announced = figure.context.of(text.text) if figure.context else ""
        return html.source_html(Stated(figure, report), source, announced, language)

    def file(self, chosen: Chosen, form: str, language: Language) -> dict[str, Any]:
        """Return what is shown, all pages of it, as CSV or, in base 64, as Parquet."""
        total = count_figures(self._catalogue, chosen.selection)
        if total > _SAVED:
            most = figure_texts(language).too_many.format(most=f"{_SAVED:,}")
            return {"problem": most}
        figures = page_of_figures(
            self._catalogue,
            chosen.selection,
            order=chosen.order,
            descending=chosen.descending,
            count=_SAVED,
        )
        rows = figure_rows(with_reports(figures, self._catalogue), self._catalogue)
        if form == "parquet":
            return {"base64": b64encode(to_parquet(rows)).decode()}
        return {"text": _BYTE_ORDER_MARK + to_csv(rows)}

    def _place(self, code: str, language: Language) -> str:
        return place_called_by(code, self._assistant.gazetteer, language)


_DIGITS = 7


def place_called_by(code: str, gazetteer: Gazetteer, language: Language) -> str:
    """Return a place's name; a town's or a zone's, which has no code of its own, is in its code."""
    if code in gazetteer:
        return place_name(gazetteer.get(code), language)
    return code.rpartition("/")[2]


def _sides(chosen: Chosen, language: Language) -> dict[str, str]:
    """Return the names of the kind and the measure that are chosen, "" where none is."""
    texts, selection = figure_texts(language), chosen.selection
    kinds: dict[str, str] = {str(key): name for key, name in texts.kinds.items()}
    measures: dict[str, str] = {str(key): name for key, name in texts.measures.items()}
    return {
        "kind": "".join(kinds[key] for key in selection.kinds),
        "measure": "".join(measures[key] for key in selection.measures),
    }


def _sorted(chosen: Chosen, side: str) -> list[str]:
    selection = chosen.selection
    return sorted(selection.regions if side == "place" else selection.indicators)


def language_in(asked: dict[str, Any]) -> Language:
    """Return the page's language, which every call names."""
    return language_of(str(asked.get("language", "")))
