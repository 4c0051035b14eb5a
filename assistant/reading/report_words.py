"""Reads a question about reports as such: who gave them, how long they are, in which parts.

One report's speaker is told in the report's own words by others. Knows which places have reports.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from assistant.queries.types import Places, ReportFact, ReportQuery
from assistant.reading.ledger import Ledger
from assistant.reading.parts import Scope, scope_of
from assistant.reading.place_words import Reported
from assistant.reading.year_words import newest_each
from index.types import Region

_CUES: dict[ReportFact, str] = {
    "speakers": "speaker",
    "lengths": "report_length",
    "outlines": "report_outline",
    "extents": "report_extent",
}
_FEW = 4
"""Of how many reports the parts are told."""
_FILLERS = (
    "times", "highest", "lowest", "shape", "how_many", "speaker_filler", "figure_filler", "filler",
)  # fmt: skip


def read_reports(
    folded: str, reported: Reported
) -> tuple[ReportQuery, tuple[str, ...], tuple[Region, ...]] | None:
    """Return the query, the words left over and the places without reports; None: not asked."""
    looked_at = Ledger(folded)
    asks = next((fact for fact, cue in _CUES.items() if looked_at.shows(cue)), None)
    if asks is None:
        return None
    order = _order(Ledger(folded)) if asks == "lengths" else None
    ledger = Ledger(folded)
    if asks != "speakers":  # 哪一年的国务院报告最长: the words belong to both
        ledger.take(_CUES[asks])
    scope = scope_of(ledger, reported)
    ledger.take(_CUES[asks])
    for cue in _FILLERS:
        ledger.take(cue)
    places = scope.places.chosen()
    if places is None:
        return None
    years, own = _years(scope, places, reported, asks)
    several = len(places.regions) > 1 or len(years) > 1 or scope.years.every
    if asks == "speakers" and not several:
        return None
    if asks == "outlines" and len(places.regions) * max(1, len(years)) > _FEW:
        return None
    query = ReportQuery(places, tuple(years), asks, order, own)
    return query, tuple(ledger.words()), scope.places.unknown


def _order(ledger: Ledger) -> Literal["highest", "lowest"] | None:
    if ledger.shows("report_longest"):
        return "highest"
    return "lowest" if ledger.shows("report_shortest") else None


def _years(
    scope: Scope, places: Places, reported: Reported, asks: ReportFact
) -> tuple[Sequence[int], tuple[tuple[str, int], ...]]:
    """Return the years of the reports; where none is named, of what is no run each one's newest."""
    years = scope.years.of_reports(places, reported)
    if asks == "speakers" or scope.years.says_any or scope.years.every:
        return years, ()
    if asks == "lengths" and len(places.regions) == 1:
        return (), ()
    own = newest_each(places, reported, "target")
    return tuple(sorted({year for _, year in own})), own
