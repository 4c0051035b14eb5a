"""The tab of reports: what is indexed, as a table, and what the page may change of it.

What changes the index is refused where the page is served to other machines. Nothing here knows how
a file is read.
"""

from __future__ import annotations

import binascii
import logging
from base64 import b64decode
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from assistant.types import Language
from assistant.web.chat_html import coverage_html
from assistant.web.figures.figure_tab import language_in
from assistant.web.figures.selecting import places_named
from assistant.web.reports.keeping import LARGEST, PROBLEMS, Keeper, Kept
from assistant.web.reports.listing import row_of, rows_of
from assistant.web.reports.refusals import refusal_of
from assistant.web.reports.reports_html import frame_html
from assistant.web.texts.loading import reports_texts
from index.storage.figure_table import Selection, counts_by
from index.types import Report

if TYPE_CHECKING:
    from assistant.answer import Assistant

_log = logging.getLogger(__name__)
_YEARS = range(1949, 2100)


class ReportTab:
    """What `static/reports.js` calls, over an assistant's index."""

    def __init__(self, assistant: Assistant, *, may_change: bool) -> None:
        self._assistant = assistant
        self._may_change = may_change
        self._keeper = Keeper(assistant.searcher.catalogue, assistant.searcher.chroma)

    @property
    def functions(self) -> list[Callable[..., Any]]:
        """The functions by the names that the script calls them by, each with one object."""

        def reports_frame(asked: dict[str, Any]) -> str:
            return frame_html(language_in(asked), LARGEST if self._may_change else 0)

        def reports(asked: dict[str, Any]) -> dict[str, Any]:
            return self.listed(language_in(asked))

        def report_upload(asked: dict[str, Any]) -> dict[str, Any]:
            return self._changed(self._take_in, asked)

        def report_correct(asked: dict[str, Any]) -> dict[str, Any]:
            return self._changed(self._correct, asked)

        def report_remove(asked: dict[str, Any]) -> dict[str, Any]:
            return self._changed(self._remove, asked)

        def report_back(asked: dict[str, Any]) -> dict[str, Any]:
            return self._changed(self._back, asked)

        return [
            *(reports_frame, reports, report_upload),
            *(report_correct, report_remove, report_back),
        ]

    def listed(self, language: Language) -> dict[str, Any]:
        """Return every report as a row, and what the head of the page says of them."""
        catalogue = self._assistant.searcher.catalogue
        return {
            "rows": rows_of(catalogue, language),
            "coverage": coverage_html(self._assistant.reports(), language),
        }

    def _changed(
        self, change: Callable[[dict[str, Any], Language], dict[str, Any]], asked: dict[str, Any]
    ) -> dict[str, Any]:
        """Make a change; whatever goes wrong is one line."""
        language = language_in(asked)
        texts = reports_texts(language)
        if not self._may_change:
            return {"problem": texts.not_here}
        try:
            return change(asked, language)
        except PROBLEMS as error:
            _log.warning("a report was not changed: %s", error)
            reason = texts.gone if isinstance(error, KeyError) else str(error)
            return {"problem": reason}

    def _take_in(self, asked: dict[str, Any], language: Language) -> dict[str, Any]:
        texts, name = reports_texts(language), str(asked.get("name", ""))
        try:
            content = b64decode(str(asked.get("content", "")), validate=True)
        except binascii.Error:
            return {"problem": texts.unreadable}
        kept = self._keeper.take_in(name, content, force=bool(asked.get("force")))
        return self._told(kept, language)

    def _told(self, kept: Kept, language: Language) -> dict[str, Any]:
        texts = reports_texts(language)
        if kept.state == "refused":
            told = refusal_of(kept.reason, language)
            line = texts.refused.format(reason=told.reason)
            return {"state": "refused", "line": line, "anyway": told.may_force}
        row = self._row(kept.report, language) if kept.report else None
        form = texts.added if kept.state == "added" else texts.known
        name = f"{row['place']} {row['year']}".strip() or row["document"] if row else ""
        line = form.format(name=name, count=row["figures"] if row else 0)
        if kept.remark:
            line = f"{line} {kept.remark}"
        unknown = [
            words
            for side, words in (("place", texts.no_place), ("year", texts.no_year))
            if row and not row[side]
        ]
        if unknown:
            what = (", " if language == "en" else "，").join(unknown)
            line = f"{line} {texts.look.format(what=what)}"
        return {"state": kept.state, "line": line, "row": row}

    def _correct(self, asked: dict[str, Any], language: Language) -> dict[str, Any]:
        texts = reports_texts(language)
        place, year = str(asked.get("place", "")).strip(), str(asked.get("year", "")).strip()
        gazetteer = self._assistant.gazetteer
        if place and len(places_named(place, gazetteer, ())) != 1:
            return {"problem": texts.unknown_place.format(name=place)}
        if year and not (year.isdecimal() and len(year) < _DIGITS and int(year) in _YEARS):
            return {"problem": texts.unknown_year.format(name=year)}
        region = gazetteer.resolve(place)[0].name if place else None
        report = self._keeper.correct(str(asked.get("id", "")), region, int(year) if year else None)
        return {"row": self._row(report, language)}

    def _remove(self, asked: dict[str, Any], _: Language) -> dict[str, Any]:
        return {"undo": self._keeper.remove(str(asked.get("id", "")))}

    def _back(self, asked: dict[str, Any], language: Language) -> dict[str, Any]:
        return {"row": self._row(self._keeper.bring_back(str(asked.get("undo", ""))), language)}

    def _row(self, report: Report, language: Language) -> dict[str, Any]:
        catalogue = self._assistant.searcher.catalogue
        counts = counts_by(catalogue, Selection(reports=frozenset({report.id})), "report")
        return row_of(report, counts.get(report.id, 0), language)


_DIGITS = 5
