"""A query and the coverage of its result as programs read them: plain values for JSON.

What is written here `schema` reads.
Knows the fields, not how they were read or evaluated.
"""

from __future__ import annotations

from typing import Any

from assistant.queries.types import (
    Column,
    Coverage,
    FigureQuery,
    MentionQuery,
    Places,
    Query,
    ReportQuery,
)


def record_of(query: Query, coverage: Coverage) -> dict[str, Any]:
    """Return a query with the coverage of its result."""
    if isinstance(query, FigureQuery):
        record = _figures(query)
    elif isinstance(query, MentionQuery):
        record = _mentions(query)
    else:
        record = _reports(query)
    return {**record, "coverage": _coverage(coverage)}


def _figures(query: FigureQuery) -> dict[str, Any]:
    condition = query.condition
    return {
        "asks": "figures",
        "places": _places(query.places),
        "years": list(query.years),
        "columns": [_column(column) for column in query.columns],
        "condition": None
        if condition is None
        else {
            "relation": condition.relation,
            "low": None if condition.low is None else str(condition.low),
            "high": None if condition.high is None else str(condition.high),
            "unit": condition.unit,
            "further": [str(each) for each in condition.further],
        },
        "order": query.order,
        "limit": query.limit,
        "aggregates": list(query.aggregates),
        "trends": list(query.trends),
        "judges": query.judges,
        "newest": bool(query.newest),
    }


def _column(column: Column) -> dict[str, Any]:
    return {
        "indicator": column.topic[0].id,
        "kind": column.kind,
        "measure": column.side,
        "year_shift": column.shift,
        "of": None if column.of is None else column.of.name,
    }


def _mentions(query: MentionQuery) -> dict[str, Any]:
    return {
        "asks": f"mentions_{query.asks}",
        "places": _places(query.places),
        "years": list(query.years),
        "terms": list(query.terms),
        "ranked": query.ranked,
        "newest": bool(query.newest),
    }


def _reports(query: ReportQuery) -> dict[str, Any]:
    record = {"places": _places(query.places), "years": list(query.years)}
    if query.asks == "speakers":
        return {"asks": "speakers", **record}
    return {
        "asks": f"report_{query.asks}",
        **record,
        "order": query.order,
        "newest": bool(query.newest),
    }


def _places(places: Places) -> dict[str, Any]:
    return {"words": places.words, "names": [place.name for place in places.regions]}


def _coverage(coverage: Coverage) -> dict[str, Any]:
    return {
        "asked": coverage.asked,
        "not_stated": [[place.name, year] for place, year in coverage.silent],
        "no_report": [[place.name, year] for place, year in coverage.without_report],
    }
