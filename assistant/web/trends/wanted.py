"""What a reader wants to follow in the tab of trends, checked: words or an indicator.

It comes from an address and so from anyone: what cannot be read is left out. Knows nothing of how a
trend is evaluated or shown.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any, get_args

from assistant.panel.types import Measure, PanelQuery
from assistant.queries.traces import TraceQuery
from assistant.web.figures.selecting import chosen_of, with_codes
from index.places.gazetteer import Gazetteer
from index.types import Kind

_TERMS = 8
_LONGEST = 60
"""How many words are followed at once, and how long they are, at most."""
_YEARS = (1949, 2100)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is followed: `terms`, or where there are none `indicator`, an id; "" for neither.

    `regions` are codes and `years` those asked for, empty for all; `measure` is "" where the reader
    did not choose one. `kind` is the side that is shown of several places, None for the usual one.
    """

    terms: tuple[str, ...]
    indicator: str
    regions: frozenset[str]
    years: frozenset[int]
    measure: Measure | None
    kind: Kind | None

    @property
    def trace(self) -> TraceQuery:
        """The query of its words."""
        return TraceQuery(self.terms, self.regions, self.years)

    @property
    def panel(self) -> PanelQuery:
        """The query of its indicator."""
        return PanelQuery(self.regions, self.years, frozenset({self.indicator}))


def wanted_of(
    asked: dict[str, Any], gazetteer: Gazetteer, known: Callable[[], Collection[str]]
) -> Wanted:
    """Return what a reader wants, as far as it can be read.

    Args:
        asked: what the address holds.
        gazetteer: knows the places that an address has by name.
        known: gives the places to which a name that several have is taken to refer.
    """
    chosen = chosen_of(asked)
    selection, given = chosen.selection, asked.get("term")
    said = given if isinstance(given, list) else []
    terms = [each[:_LONGEST] for each in said if isinstance(each, str)]
    measures: dict[str, Measure] = {each: each for each in get_args(Measure)}
    kinds: dict[str, Kind] = {"target": "target", "actual": "actual"}
    return Wanted(
        terms=tuple(filter(str.strip, terms[:_TERMS])),
        indicator=str(asked.get("indicator") or ""),
        regions=with_codes(selection.regions, gazetteer, known),
        years=_years(selection.years),
        measure=measures.get(str(asked.get("measure"))),
        kind=kinds.get(str(asked.get("kind"))),
    )


def _years(span: tuple[int, int] | None) -> frozenset[int]:
    if span is None:
        return frozenset()
    first, last = max(span[0], _YEARS[0]), min(span[1], _YEARS[1])
    return frozenset(range(first, last + 1))
