"""Reads a question that asks who gave the reports of several years or places.

One report's speaker is told in the report's own words by others. Knows which places have reports.
"""

from __future__ import annotations

from assistant.queries.types import SpeakerQuery
from assistant.reading.ledger import Ledger
from assistant.reading.parts import scope_of
from assistant.reading.place_words import Reported
from index.types import Region


def read_speakers(
    folded: str, reported: Reported
) -> tuple[SpeakerQuery, tuple[str, ...], tuple[Region, ...]] | None:
    """Return the query, the words left over and the places without reports; None: not asked."""
    if not Ledger(folded).take("speaker"):
        return None
    scope = scope_of(Ledger(folded), reported)
    ledger = scope.ledger
    ledger.take("speaker")
    for cue in (
        "times",
        "highest",
        "shape",
        "how_many",
        "speaker_filler",
        "figure_filler",
        "filler",
    ):
        ledger.take(cue)
    places = scope.places.chosen()
    if places is None:
        return None
    years = scope.years.of_reports(places, reported)
    is_several = len(places.regions) > 1 or len(years) > 1 or scope.years.every
    if not is_several:
        return None
    return SpeakerQuery(places, years), tuple(ledger.words()), scope.places.unknown
