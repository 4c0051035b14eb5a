"""The reports of an index as rows of a table, and what is doubted of each, in words.

Knows nothing of how they are changed or shown.
"""

from __future__ import annotations

from typing import Any

from assistant.types import Language
from assistant.web.charts.figure_charts import place_name
from assistant.web.sources.punctuation import full_width
from assistant.web.texts.loading import reports_texts
from index.reports.witnesses import IS_URL
from index.storage.catalogue import Catalogue
from index.storage.figure_table import Selection, counts_by
from index.text.script import to_traditional
from index.types import Report


def rows_of(catalogue: Catalogue, language: Language) -> list[dict[str, Any]]:
    """Return a row for each report, the newest first, with plain values."""
    counts = counts_by(catalogue, Selection(), "report")
    reports = sorted(
        catalogue.reports(),
        key=lambda each: (
            -(each.given or 0),
            each.place.code if each.place else "~",
            each.document,
        ),
    )
    return [row_of(report, counts.get(report.id, 0), language) for report in reports]


def row_of(report: Report, figures: int, language: Language) -> dict[str, Any]:
    """Return the row of a report that states so many figures."""
    return {
        "id": report.id,
        "code": report.place.code if report.place else "",
        "place": place_name(report.place, language) if report.place else "",
        "place_zh": report.place_name or "",
        "year": report.given or "",
        "title": full_width(report.plain_title or ""),
        "speaker": report.speaker.value if report.speaker else "",
        "date": report.date.value if report.date else "",
        "figures": figures,
        "document": report.document,
        "url": report.url if report.url and IS_URL.match(report.url) else "",
        "doubts": doubts_of(report, language),
        "told": sorted({who for who, _ in report.told}),
    }


def doubts_of(report: Report, language: Language) -> list[str]:
    """Return what speaks against what was read of a report, and what could not be read of it."""
    texts = reports_texts(language)
    witnesses: dict[str, str] = {str(key): name for key, name in texts.witnesses.items()}
    doubts = [
        texts.doubt.format(
            field=texts.fields[doubt.field],
            witness=witnesses.get(doubt.witness, doubt.witness),
            says=_in_script(doubt.says, language),
            chosen=_in_script(doubt.chosen or "—", language),
        )
        for doubt in report.doubts
    ]
    if report.place is None:
        doubts.append(texts.no_place)
    if report.given is None:
        doubts.append(texts.no_year)
    return doubts


def _in_script(words: str, language: Language) -> str:
    return to_traditional(words) if language == "zh-Hant" else words
