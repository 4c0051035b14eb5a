"""Evaluates speaker queries: which reports there are of places and years, one of each.

Knows reports, and nothing of what they say.
"""

from __future__ import annotations

from dataclasses import replace

from assistant.queries.mentions import code_of, reports_of, year_of, years_told
from assistant.queries.types import Coverage, SpeakerQuery, SpeakerResult
from index.storage.catalogue import Catalogue
from index.types import Filter


def evaluate(query: SpeakerQuery, catalogue: Catalogue, given: Filter) -> SpeakerResult:
    """Return the reports of `query`'s places and years, and which of these have none."""
    codes = frozenset(place.code for place in query.places.regions)
    found = reports_of(catalogue, replace(given, regions=codes), query.years)
    reports = sorted(found, key=lambda report: (code_of(report), year_of(report)))
    known = {pair for report in reports for pair in years_told(report)}
    wanted = [(place, year) for place in query.places.regions for year in query.years]
    missing = tuple(pair for pair in wanted if (pair[0].code, pair[1]) not in known)
    coverage = Coverage(len(wanted) or len(reports), (), missing)
    return SpeakerResult(query, tuple(reports), coverage)
