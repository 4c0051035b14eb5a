"""Evaluates mention queries: which reports say a term, how often, and where first.

Every report asked about is read, so that a count is a count. Knows words as they stand, and
nothing of what they mean.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from assistant.queries.texts import Texts
from assistant.queries.types import Coverage, Mention, MentionQuery, MentionResult
from index import deadline
from index.reports.calendar import calendar_of
from index.storage.catalogue import Catalogue
from index.types import Filter, Report, Span


def evaluate(
    query: MentionQuery, catalogue: Catalogue, given: Filter, texts: Texts
) -> MentionResult:
    """Return every report of `query`'s places and years with how often it says a term."""
    codes = frozenset(place.code for place in query.places.regions)
    reports = reports_of(catalogue, replace(given, regions=codes), query.years)
    if query.newest:
        asked = set(query.newest)
        reports = [each for each in reports if (code_of(each), year_of(each)) in asked]
    found = finder(query.terms)
    mentions = []
    for report in reports:
        deadline.check()
        text = texts.of(report.id, catalogue)
        places = [match.span() for match in found.finditer(text)]
        first = Span(*places[0]) if places else None
        mentions.append(Mention(report, len(places), first))
    known = {pair for each in mentions for pair in years_told(each.report)}
    wanted = query.pairs()
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


def reports_of(catalogue: Catalogue, where: Filter, years: Collection[int]) -> list[Report]:
    """Return one report a place and year that it plans for: of copies the first.

    Args:
        catalogue: where the reports are.
        where: which of them may be read; its years are those in which they were given.
        years: the years that they plan for, or where a place has no report that does, those in
            which they were given; empty: all.
    """
    near = frozenset(year - earlier for year in years for earlier in (0, 1))
    if near and where.years:
        near &= where.years
        if not near:
            return []
    kept: dict[tuple[str, int], Report] = {}
    for report in catalogue.reports(replace(where, years=near or where.years)):
        kept.setdefault((code_of(report), year_of(report)), report)
    if not years:
        return list(kept.values())
    planned = {key for key in kept if key[1] in years}
    return [
        report
        for key, report in kept.items()
        if key in planned
        or (report.given in years and (code_of(report), report.given) not in planned)
    ]


def code_of(report: Report) -> str:
    """Return the code of a report's place, its document where the place is not known."""
    return report.region.value.code if report.region else report.document


def years_told(report: Report) -> set[tuple[str, int]]:
    """Return a report's place with each of the years that it may be asked by."""
    return {(code_of(report), year) for year in (year_of(report), report.given or 0)}


def year_of(report: Report) -> int:
    """Return the year that a report is named by, 0 where it is not known.

    It is the one that it plans for: a report of December 2022 is that of 2023.
    """
    calendar = calendar_of(report)
    return calendar.ahead if calendar else 0
