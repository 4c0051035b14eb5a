"""Restates a reading that leans on the turn before as a question that stands by itself.

Of one place and year only: what is wider is told as a table. Knows how a question is worded.
"""

from __future__ import annotations

import re

from assistant.queries.types import Column, FigureQuery
from assistant.reading.reading import Reading
from assistant.types import Language


def restated(reading: Reading, language: Language) -> str | None:
    """Return the question that a followed reading means; None where it is none of one figure."""
    query = reading.query
    if not isinstance(query, FigureQuery) or not reading.is_followed or not reading.is_small:
        return None
    places, years, columns = query.places.regions, query.years, query.columns
    if len(places) != 1 or len(years) != 1 or query.condition or query.order or query.aggregates:
        return None
    if len(columns) == 1:
        return (
            _asked(places[0].english, years[0], columns[0])
            if language == "en"
            else (f"{places[0].name}{_figure(years[0], columns[0])}是多少")
        )
    if len(columns) == 2 and columns[0].topic == columns[1].topic and language != "en":
        one, other = (_figure(years[0], column) for column in columns)
        return f"{places[0].name}{one}比{other}高多少"
    return None


def why_of(text: str, before: Reading | None) -> str | None:
    """Return why something is so as a question that names what the turn before was about."""
    query = before.query if before is not None else None
    if not isinstance(query, FigureQuery) or not re.search(r"[\u3400-\u9fff]", text):
        return None
    places, years = query.places.regions, query.years
    if len(places) != 1 or len(years) != 1:
        return None
    return f"{places[0].name}{years[0]}年{query.columns[0].topic[0].zh}{text}"


def _figure(year: int, column: Column) -> str:
    """Name a column's figure of a year: 2023年固定资产投资增速目标."""
    kind = "目标" if column.kind == "target" else "实际"
    side = "增速" if column.side == "growth" else ""
    return f"{year + column.shift}年{column.topic[0].zh}{side}{kind}"


def _asked(place: str, year: int, column: Column) -> str:
    kind = "target" if column.kind == "target" else "actual"
    side = " growth" if column.side == "growth" else ""
    return f"What was the {kind} {column.topic[0].en}{side} of {place} in {year}?"
