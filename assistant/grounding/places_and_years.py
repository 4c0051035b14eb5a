"""Whether the places, reports and years that a statement names are those it may name.

A statement with marks may name what its citations are of, one without what the answer's are of; an
abstention also what was asked and what is indexed. Knows nothing of amounts but the count of
reports.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.claims.amounts import Amount
from assistant.claims.dates import Years, is_report_year
from assistant.claims.types import Claim, Evidence, Place
from assistant.questions.understand import fold_question
from assistant.questions.years import years_in
from assistant.types import Answer
from index.places.gazetteer import Gazetteer
from index.types import Report

Given = tuple[str, int | None]
"""The name of the place of a report, and its year if that is known."""


def given_by(reports: Sequence[Report]) -> list[Given]:
    """Return the place and the year of those of the reports whose place is known."""
    return [(report.region.value.name, report.given) for report in reports if report.region]


@dataclass(frozen=True)
class Known:
    """What an answer's own words may name: what was asked, and the reports that are indexed."""

    answer: Answer
    indexed: Callable[[], Sequence[Given]]
    gazetteer: Gazetteer
    asked: tuple[str, ...]

    @cached_property
    def reports(self) -> Sequence[Given]:
        """The place and the year of every indexed report whose place is known."""
        return self.indexed()

    @cached_property
    def regions(self) -> frozenset[str]:
        """The names of the places that have reports."""
        return frozenset(region for region, _ in self.reports)

    @cached_property
    def asked_places(self) -> frozenset[str]:
        """The names of the places that were asked about."""
        return frozenset(
            region.name
            for text in self.asked
            for mention in self.gazetteer.mentions(fold_question(text))
            for region in mention.candidates
        )

    @cached_property
    def asked_years(self) -> frozenset[int]:
        """The years that were asked about, this and last year being those of any report."""
        now = {year for _, year in self.reports} | {None}
        found = [years_in(fold_question(text), year)[0] for text in self.asked for year in now]
        return frozenset(year for years in found for year in years)

    def is_count(self, statement: Claim, amount: Amount) -> bool:
        """Tell whether an amount counts places or reports, and there are as many."""
        before, after = statement.text[: amount.start], statement.text[amount.end :]
        counts = _COUNT_BEFORE.search(before) or _COUNT_AFTER.match(after)
        plain = amount.unit in ("", "个", "份") and amount.value == int(amount.value)
        return bool(counts) and plain and amount.value <= max(len(self.reports), 1)


_COUNT_BEFORE = re.compile(r"(?:[等共前]|\bfirst )\s?$")
_COUNT_AFTER = re.compile(r"\s?(?:地方?|份|places|reports|in all)")


def is_known(statement: Claim, cited: Sequence[Evidence], known: Known) -> bool:
    """Tell whether a statement names only places, reports and years that it may name."""
    return all(_place_is_known(place, statement, cited, known) for place in statement.places) and (
        all(_years_are_known(years, statement, cited, known) for years in statement.years)
    )


def _place_is_known(
    place: Place, statement: Claim, cited: Sequence[Evidence], known: Known
) -> bool:
    own = {figure.region for each in cited for figure in each.figures}
    if not known.answer.abstained and _SILENT.search(statement.text) and not statement.marks:
        return bool(place.names & known.regions) and not place.names & own
    own |= {each.region for each in cited if each.region}
    if place.names & own or any(place.is_named_in(each.dense) for each in cited):
        return True
    if statement.marks or not all(known.is_count(statement, a) for a in statement.amounts):
        return False
    if known.answer.abstained and place.names & known.asked_places:
        return True
    return not _is_claim(statement) and bool(place.names & known.regions)


_NOTHING = re.compile(
    r"没有|未|另见|不|现有|已编入|\bnot?\b|\balso used\b|\bIndexed are\b", re.IGNORECASE
)


_SILENT = re.compile(r"没有说明|\bNot stated\b")


def _is_claim(statement: Claim) -> bool:
    """Tell whether a statement says something of its places beyond that nothing is stated."""
    return not (_NOTHING.search(statement.text) or _lists_reports(statement))


def _lists_reports(statement: Claim) -> bool:
    return any(is_report_year(statement.text, years) for years in statement.years)


def _years_are_known(
    years: Years, statement: Claim, cited: Sequence[Evidence], known: Known
) -> bool:
    if is_report_year(statement.text, years):
        return _is_report(years, statement, cited, known)
    allowed: set[int] = set()
    for each in cited:
        for figure in each.figures:
            allowed |= set(figure.years)
            allowed |= {figure.years[0] - 1} if years.is_base else set()
    if statement.formulas or set(years.years) <= allowed:
        return True  # the years of a formula are the lock's to judge
    quoted = all(any(f"{year}年" in each.dense for each in cited) for year in years.years)
    every = all if statement.marks else any
    about = bool(cited) and every(set(years.years) <= each.about() for each in cited)
    if (quoted and cited) or about:
        return True
    return not statement.marks and known.answer.abstained and set(years.years) <= known.asked_years


def _is_report(years: Years, statement: Claim, cited: Sequence[Evidence], known: Known) -> bool:
    """Tell whether the place named before years has reports of them, cited or indexed."""
    before = [place for place in statement.places if place.end <= years.start]
    reports = [(each.region, each.year) for each in cited] if statement.marks else known.reports
    names = before[-1].names if before else None
    given = {year for region, year in reports if names is None or region in names}
    return given >= set(years.years)
