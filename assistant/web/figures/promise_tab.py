"""The tab of promises: what a place set out to reach in a year, and what became of it.

What is shown stands in `figures_html`; nothing here knows how the page is served.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from assistant.answering.figures.lookup import Stated, with_reports
from assistant.answering.goals.promises import Promise, track
from assistant.types import Language
from assistant.web.figures.figure_tab import FigureTab, language_in, place_called_by
from assistant.web.figures.figures_html import (
    promises_frame_html,
    promises_html,
    scoreboard_html,
)
from index.storage.catalogue import Catalogue
from index.storage.figure_table import Selection, announced, page_of_figures
from index.types import Region

if TYPE_CHECKING:
    from assistant.answer import Assistant

_TRIED = 8
"""Of how many places and years with most targets the one with most verdicts is shown first."""
_ALL = 1_000_000

_Announced = Mapping[tuple[str, int], int]


class PromiseTab:
    """What `static/promises.js` calls, over an assistant's index."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._figures = FigureTab(assistant)
        self._announced = lru_cache(1)(self._read_announced)
        self._board = lru_cache(8)(self._tracked_in)

    @property
    def functions(self) -> list[Callable[..., Any]]:
        """The functions by the names that the script calls them by, each with one object."""

        def promises_frame(asked: dict[str, Any]) -> dict[str, Any]:
            return self.frame(language_in(asked))

        def promises(asked: dict[str, Any]) -> dict[str, Any]:
            year = str(asked.get("year", ""))
            wanted = int(year) if year.isdecimal() and len(year) == _YEAR else 0
            return self.place(str(asked.get("place", "")), wanted, language_in(asked))

        def promises_board(asked: dict[str, Any]) -> str:
            year = str(asked.get("year", ""))
            wanted = int(year) if year.isdecimal() and len(year) == _YEAR else 0
            return self.board(wanted, language_in(asked))

        def figure_source(asked: dict[str, Any]) -> str:
            return self._figures.source(str(asked.get("figure", "")), language_in(asked))

        return [promises_frame, promises, promises_board, figure_source]

    @property
    def _catalogue(self) -> Catalogue:
        return self._assistant.searcher.catalogue

    def frame(self, language: Language) -> dict[str, Any]:
        """Return what does not change, the places to choose from, and what is chosen at first."""
        known = self._announced(self._catalogue.generation)
        codes = sorted({code for code, _ in known})
        first = self._first(known)
        return {
            "html": promises_frame_html(language),
            "places": [[code, self._name(code, language)] for code in codes],
            "first": {"place": first[0], "year": str(first[1])} if first else None,
        }

    def place(self, code: str, year: int, language: Language) -> dict[str, Any]:
        """Return the targets of a place and year with their verdicts, and its other years."""
        known = self._announced(self._catalogue.generation)
        years = sorted({of for own, of in known if own == code}, reverse=True)
        if not years:
            return {"html": promises_html([], language, self._assistant.lexicon), "years": []}
        chosen = year if year in years else self._best_year(code, years)
        promises = self._tracked(code, chosen)
        shown = promises_html(promises, language, self._assistant.lexicon)
        return {"html": shown, "years": years, "year": chosen, "name": self._name(code, language)}

    def board(self, year: int, language: Language) -> str:
        """Return what became of the targets of a year in every place."""
        tracked = self._board(self._catalogue.generation, year)
        named = [(code, self._name(code, language), own) for code, own in tracked.items()]
        return scoreboard_html(named, year, language)

    def _read_announced(self, _: int) -> _Announced:
        gazetteer = self._assistant.gazetteer
        found = announced(self._catalogue)
        return {key: count for key, count in found.items() if key[0] in gazetteer}

    def _first(self, known: _Announced) -> tuple[str, int] | None:
        """Return the place and the year with most verdicts, of those with most targets."""
        if not known:
            return None
        given = {pair for pair in self._catalogue.places_and_years() if pair[1]}
        followed = [key for key in known if (key[0], key[1] + 1) in given]
        most = sorted(followed or known, key=lambda key: (-known[key], -key[1]))[:_TRIED]
        return max(most, key=lambda key: self._judged(*key))

    def _judged(self, code: str, year: int) -> int:
        """Return how many targets of a place and year can be judged by results of the year."""
        region = self._assistant.gazetteer.get(code)
        figures = self._catalogue.figures(regions=[code], periods=[str(year)])
        promises = track(with_reports(figures, self._catalogue), region, year)
        return sum(each.verdict in ("met", "missed") for each in promises)

    def _best_year(self, code: str, years: Sequence[int]) -> int:
        """Return the newest year whose results are known, else the newest."""
        given = {year for own, year in self._catalogue.places_and_years() if own == code and year}
        return next((year for year in years if max(given, default=0) > year), years[0])

    def _tracked(self, code: str, year: int) -> list[Promise]:
        figures = self._catalogue.figures(regions=[code])
        region = self._assistant.gazetteer.get(code)
        return track(with_reports(figures, self._catalogue), region, year)

    def _tracked_in(self, _: int, year: int) -> dict[str, list[Promise]]:
        known = self._announced(self._catalogue.generation)
        selection = Selection(years=(year, year), kinds=frozenset({"target", "actual"}))
        of_place: dict[str, list[Stated]] = defaultdict(list)
        found = page_of_figures(self._catalogue, selection, count=_ALL)
        for each in with_reports(found, self._catalogue):
            of_place[each.figure.region.code].append(each)
        regions: dict[str, Region] = {
            code: own[0].figure.region for code, own in of_place.items() if (code, year) in known
        }
        return {code: track(of_place[code], region, year) for code, region in regions.items()}

    def _name(self, code: str, language: Language) -> str:
        return place_called_by(code, self._assistant.gazetteer, language)


_YEAR = 4
