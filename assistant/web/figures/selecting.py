"""What a reader chose in the tab of figures, checked, and what names typed there mean.

It comes from an address and so from anyone: what cannot be read is left out. Knows nothing of how
figures are shown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from assistant.answering.figures.export import indicators_named
from assistant.web.figures.addresses import MOST_CHOSEN
from index.lexicon.indicators import Lexicon
from index.places.gazetteer import Gazetteer
from index.places.groups import groups_in
from index.storage.catalogue import Catalogue
from index.storage.figure_table import Order, Selection, indicators_of
from index.text.script import to_simplified
from index.types import FigureKind, FigureMeasure

PAGE = 100
"""Rows of a page."""
_OFFERED = 60
"""How many indicators a part of a name stands for at most."""
_YEAR = re.compile(r"(19|20)\d\d", re.ASCII)
_NUMBER = re.compile(r"\d{1,6}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which figures are shown, in which order, and which page of them, from 0."""

    selection: Selection
    order: Order
    descending: bool
    page: int


def chosen_of(asked: dict[str, Any]) -> Chosen:
    """Return what a reader chose, as far as it can be read."""
    first, last = (_year(asked.get(side)) for side in ("from", "to"))
    years = (first or 0, last or 9999) if first or last else None
    kind, measure = str(asked.get("kind", "")), str(asked.get("measure", ""))
    orders: dict[str, Order] = {each: each for each in get_args(Order)}
    page = str(asked.get("page", ""))
    return Chosen(
        Selection(
            regions=_texts(asked.get("place")),
            indicators=_texts(asked.get("indicator")),
            years=years,
            kinds=frozenset({kind} & set(get_args(FigureKind))),
            measures=frozenset({measure} & set(get_args(FigureMeasure))),
        ),
        orders.get(str(asked.get("sort")), "report"),
        bool(asked.get("desc")),
        int(page) if _NUMBER.fullmatch(page) else 0,
    )


def _texts(given: object) -> frozenset[str]:
    if not isinstance(given, list):
        return frozenset()
    return frozenset(each[:120] for each in given[:MOST_CHOSEN] if isinstance(each, str) and each)


def _year(given: object) -> int | None:
    text = str(given)
    return int(text) if _YEAR.fullmatch(text) else None


def with_codes(
    names: Collection[str], gazetteer: Gazetteer, known: Callable[[], Collection[str]]
) -> frozenset[str]:
    """Return the codes of places that an address has by code or by name; unknown names stay.

    `known` gives the places to which a name that several have is taken to refer.
    """
    codes = {each for each in names if _CODE.match(each)}
    if len(codes) == len(names):
        return frozenset(codes)
    preferred = known()
    for name in set(names) - codes:
        codes.update(places_named(name, gazetteer, preferred) or [name])
    return frozenset(codes)


_CODE = re.compile(r"\d{6}", re.ASCII)


def places_named(name: str, gazetteer: Gazetteer, known: Collection[str]) -> Sequence[str]:
    """Return the codes of the places that a name means, those of a group (长三角) too.

    Of places of one name those `known` to have figures are meant.
    """
    found = [region.code for region in gazetteer.resolve(name, prefer=known)]
    if found:
        return [code for code in found if code in known] or found[:1]
    text = to_simplified(name.strip())
    return [code for each in groups_in(text) if each.matched == text for code in each.codes]


def indicators_called(name: str, lexicon: Lexicon, catalogue: Catalogue) -> Sequence[str]:
    """Return the ids, or else the reports' own names, of the indicators that a name means.

    Where neither the lexicon nor a report has just that one, it is taken for a part of such a name.
    """
    if known := sorted(indicators_named(name, lexicon)):
        return known
    part = to_simplified(name.strip())
    if not part:
        return []
    found = indicators_of(catalogue, Selection(), part=part, most=_OFFERED)
    exact = [each.key for each in found if part in (each.key, each.name)]
    return exact or [each.key for each in found]
