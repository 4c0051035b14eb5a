"""Evaluates mention queries: which reports say a term, how often, and where first.

Every report asked about is read, so that a count is a count. Knows words as they stand, and
nothing of what they mean.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.queries.texts import Texts
from assistant.queries.types import Coverage, Mention, MentionQuery, MentionResult
from index.reports.calendar import calendar_of
from index.storage.catalogue import Catalogue
from index.types import Filter, Report, Span


def evaluate(
    query: MentionQuery, catalogue: Catalogue, given: Filter, texts: Texts
) -> MentionResult:
    """Return every report of `query`'s places and years with how often it says a term."""
    codes = frozenset(place.code for place in query.places.regions)
    years = frozenset(query.years)
    if given.years:
        years = years & given.years if years else given.years
    where = Filter(regions=codes, years=years, reports=given.reports)
    reports = one_each(catalogue.reports(where))
    found = finder(query.terms)
    mentions = []
    for report in reports:
        text = texts.of(report.id, catalogue)
        places = [match.span() for match in found.finditer(text)]
        first = Span(*places[0]) if places else None
        mentions.append(Mention(report, len(places), first))
    known = {(code_of(each.report), year_of(each.report)) for each in mentions}
    wanted = [(place, year) for place in query.places.regions for year in query.years if codes]
    missing = tuple(pair for pair in wanted if (pair[0].code, pair[1]) not in known)
    mentions.sort(key=lambda each: (year_of(each.report), code_of(each.report)))
    return MentionResult(
        query, tuple(mentions), Coverage(len(wanted) or len(mentions), (), missing)
    )


def finder(terms: Sequence[str]) -> re.Pattern[str]:
    """Return what finds a term in a clean text, also across a line's end.

    A term in Latin letters or digits is found as a word: AI not in Shanghai.
    """
    longest = sorted(terms, key=len, reverse=True)
    return re.compile("|".join(map(_pattern, longest)), re.IGNORECASE)


def _pattern(term: str) -> str:
    pattern = r"\s?".join(map(re.escape, term))
    before = "(?<![a-z0-9])" if term[:1].isascii() and term[:1].isalnum() else ""
    behind = "(?![a-z0-9])" if term[-1:].isascii() and term[-1:].isalnum() else ""
    return before + pattern + behind


def one_each(reports: Sequence[Report]) -> list[Report]:
    """Return one report a place and year that it plans for: of copies the first."""
    kept: dict[tuple[str, int, int], Report] = {}
    for report in reports:
        calendar = calendar_of(report)
        ahead = calendar.ahead if calendar else 0
        kept.setdefault((code_of(report), year_of(report), ahead), report)
    return list(kept.values())


def code_of(report: Report) -> str:
    """Return the code of a report's place, its document where the place is not known."""
    return report.region.value.code if report.region else report.document


def year_of(report: Report) -> int:
    """Return the year in which a report was given, 0 where it is not known."""
    return report.given or 0
