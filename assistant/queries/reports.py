"""Evaluates report queries: which reports there are, who gave them, how long they are, their parts.

Knows reports as wholes, and nothing of what they say.
"""

from __future__ import annotations

from dataclasses import replace

from assistant.queries.mentions import code_of, reports_of, year_of, years_told
from assistant.queries.texts import Texts
from assistant.queries.types import Coverage, ReportFacts, ReportQuery, ReportResult
from index import deadline
from index.storage.catalogue import Catalogue
from index.structure.stock_passages import parts
from index.types import Filter, Passage, Report, Span


def evaluate(query: ReportQuery, catalogue: Catalogue, given: Filter, texts: Texts) -> ReportResult:
    """Return what is asked of the reports of `query`'s places and years, and which have none."""
    codes = frozenset(place.code for place in query.places.regions)
    found = reports_of(catalogue, replace(given, regions=codes), query.years)
    if query.newest:
        asked = set(query.newest)
        found = [each for each in found if (code_of(each), year_of(each)) in asked]
    facts = [_facts(query, report, catalogue, texts) for report in found]
    facts.sort(key=lambda each: (code_of(each.report), year_of(each.report)))
    if query.order is not None:
        facts.sort(key=lambda each: each.length, reverse=query.order == "highest")
    known = {pair for report in found for pair in years_told(report)}
    wanted = query.pairs()
    missing = tuple(pair for pair in wanted if (pair[0].code, pair[1]) not in known)
    coverage = Coverage(len(wanted) or len(facts), (), missing)
    return ReportResult(query, tuple(facts), coverage)


def _facts(query: ReportQuery, report: Report, catalogue: Catalogue, texts: Texts) -> ReportFacts:
    deadline.check()
    if query.asks == "speakers":
        return ReportFacts(report)
    text = texts.of(report.id, catalogue)
    length = sum(not character.isspace() for character in text)
    if query.asks != "outlines":
        return ReportFacts(report, length)
    said = parts(text)
    stated = tuple(said.items) if said else ()
    return ReportFacts(report, length, _headings(text, catalogue.passages_of(report.id)), stated)


_SCRAP = 4
"""Characters below which a heading says nothing: 一."""


def _headings(text: str, passages: list[Passage]) -> tuple[tuple[int, Span], ...]:
    """Return the headings of a report and of its parts, by depth, where each first stands."""
    found: dict[tuple[str, ...], tuple[int, Span]] = {}
    for passage in passages:
        for depth, heading in enumerate(passage.headings[:2], start=1):
            path = passage.headings[:depth]
            at = text.find(heading, passage.span.start, passage.span.end)
            if path not in found and len(heading) >= _SCRAP and at >= 0:
                found[path] = depth, Span(at, at + len(heading))
    return tuple(found.values())
