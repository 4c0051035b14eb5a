"""What the page's reader asks for, checked and answered.

What comes from a browser may be anything. Knows nothing of how a report is shown.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from assistant.types import Language
from assistant.web.reader.reader import read, reader_html
from assistant.web.texts.loading import language_of, reader_texts
from index.types import Report, Span

if TYPE_CHECKING:
    from assistant.answer import Assistant

_SPAN = re.compile(r"(\d{1,9})-(\d{1,9})", re.ASCII)


def reader_functions(assistant: Assistant) -> list[Callable[..., Any]]:
    """Return the functions that `static/reader.js` calls by their names, each with one object."""

    def reader(asked: dict[str, Any]) -> str:
        return reader_html(_language(asked))

    def report(asked: dict[str, Any]) -> dict[str, Any]:
        language, catalogue = _language(asked), assistant.searcher.catalogue
        found = _report(assistant, str(asked.get("report", "")))
        if found is None:
            texts = reader_texts(language)
            return {"problem": texts.not_indexed, "way": texts.to_list}
        given = asked.get("marks")
        marks = [span for each in given if (span := _span(each))] if isinstance(given, list) else []
        return read(
            found,
            catalogue,
            assistant.lexicon,
            language,
            original=asked.get("form") == "original",
            at=_span(asked.get("at")),
            marks=marks,
        )

    return [reader, report]


def _language(asked: dict[str, Any]) -> Language:
    return language_of(str(asked.get("language", "")))


def _report(assistant: Assistant, name: str) -> Report | None:
    """Return the report of an id, or that citations name so."""
    catalogue = assistant.searcher.catalogue
    for find in (catalogue.report, catalogue.report_of):
        try:
            return find(name)
        except KeyError:
            continue
    return None


def _span(given: object) -> Span | None:
    found = _SPAN.fullmatch(str(given))
    if found is None or int(found[1]) >= int(found[2]):
        return None
    return Span(int(found[1]), int(found[2]))
