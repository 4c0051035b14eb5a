"""Addresses that lead from an answer to a tab: what it is about, as the tab's filters.

Places are named in them as the answer names them: the tab finds which are meant. Knows the answer's
record and what a tab reads from its address, nothing of how either is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from assistant.types import Answer
from index.lexicon.indicators import Lexicon
from index.lexicon.measures import CHANGES

MOST_CHOSEN = 400
"""How many places or indicators an address names at most: with more it is of all."""

_Pairs = list[tuple[str, str]]


def figures_address(answer: Answer, lexicon: Lexicon) -> str:
    """Return where the figures of an answer stand as a table of figures; "" where it has none."""
    query = answer.query or {}
    if query.get("asks") == "figures":
        pairs = _of_query(query)
    elif len(answer.figures) > 1:
        pairs = _of_figures(answer, lexicon)
    else:
        return ""
    return f"#/figures?{urlencode(pairs)}"


def trend_address(answer: Answer) -> str:
    """Return where the words that an answer counted are followed over the years; "" for others."""
    query = answer.query or {}
    if not str(query.get("asks", "")).startswith("mentions_"):
        return ""
    pairs = [("term", str(term)) for term in query.get("terms") or ()]
    return f"#/trends?{urlencode([*pairs, *_places(query)])}" if pairs else ""


def _of_query(query: Mapping[str, Any]) -> _Pairs:
    columns = [each for each in query.get("columns") or () if isinstance(each, Mapping)]
    shifts = [int(each.get("year_shift") or 0) for each in columns]
    years = [int(year) + shift for year in query.get("years") or () for shift in shifts or [0]]
    of = [str(each["of"]) for each in columns if each.get("of")]
    grows = bool(columns) and all(each.get("measure") == "growth" for each in columns)
    places = _places(query)
    return [
        *places,
        *(("place", name) for name in of if places),
        *_each("indicator", (str(each.get("indicator")) for each in columns)),
        *_span(years),
        *_one("kind", (str(each.get("kind")) for each in columns)),
        *([("measure", "growth_yoy")] if grows else []),
    ]


def _places(query: Mapping[str, Any]) -> _Pairs:
    places = query.get("places")
    names = places.get("names") if isinstance(places, Mapping) else ()
    return _each("place", map(str, names or ()))


def _of_figures(answer: Answer, lexicon: Lexicon) -> _Pairs:
    ids = {each.zh: each.id for each in lexicon.all}
    figures = answer.figures
    measures = {each.measure for each in figures}
    return [
        *_each("place", (each.region for each in figures)),
        *_each("indicator", (ids.get(each.indicator, each.indicator) for each in figures)),
        *_span([year for each in figures for year in each.years if year]),
        *_one("kind", (each.kind for each in figures)),
        *(_one("measure", measures) if measures <= CHANGES else []),
    ]


def _each(side: str, names: Iterable[str]) -> _Pairs:
    found = list(dict.fromkeys(filter(None, names)))
    return [(side, name) for name in found] if len(found) <= MOST_CHOSEN else []


def _one(side: str, values: Iterable[str]) -> _Pairs:
    """Return a side of which one value can be chosen; it stays open where there are several."""
    found = set(values)
    return [(side, found.pop())] if len(found) == 1 else []


def _span(years: Sequence[int]) -> _Pairs:
    return [("from", str(min(years))), ("to", str(max(years)))] if years else []
