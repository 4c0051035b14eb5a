"""Evaluates trace queries: how words went through the reports, by years, places and sentences.

Every report asked about is read, so that a count is a count. Knows words as they stand, and
nothing of what they mean or of how a trace is told.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.queries.mentions import code_of, finder, reports_of, year_of
from assistant.queries.texts import Texts
from index.storage.catalogue import Catalogue
from index.structure.sentences import sentences
from index.text.script import to_simplified
from index.types import Filter, Report, Span

PER = 10_000
"""Characters that a rate counts mentions in."""


@dataclass(frozen=True, slots=True)
class TraceQuery:
    """Which words are followed, and through which reports; an empty side is open.

    `terms` are words in either script, any of which counts; `regions` are administrative codes of
    the reports' places, `years` those that the reports plan for.
    """

    terms: tuple[str, ...]
    regions: frozenset[str] = frozenset()
    years: frozenset[int] = frozenset()

    @property
    def words(self) -> tuple[str, ...]:
        """The terms as clean texts have them."""
        folded = (to_simplified(" ".join(term.split())) for term in self.terms)
        return tuple(dict.fromkeys(filter(None, folded)))


@dataclass(frozen=True, slots=True)
class TraceYear:
    """The reports of one year: how many, how many of them say a term, and how often.

    `characters` is how long they are together, blanks left out.
    """

    year: int
    reports: int
    mentioning: int
    count: int
    characters: int

    @property
    def rate(self) -> float:
        """Mentions per 10,000 characters."""
        return self.count * PER / self.characters if self.characters else 0.0


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence that says a term: `quote` is characters `span` of the report's raw text.

    `count` is how often it says one.
    """

    report: Report
    span: Span
    quote: str
    count: int


@dataclass(frozen=True, slots=True)
class Adoption:
    """The first report of a place that says a term, with how often all of its reports do.

    `since` is the year of the place's first report that is indexed: a place may have said the term
    before.
    """

    first: Said
    since: int
    count: int


@dataclass(frozen=True, slots=True)
class TraceResult:
    """What a trace evaluates to.

    `years` are all years of reports, in order, also those that say no term; of copies of a report
    one is read. `said` are the sentences by year and day of the report, `adoptions` the places in
    the order in which they took the term up, `never` one report of each place that does not say
    it.
    """

    query: TraceQuery
    years: tuple[TraceYear, ...]
    said: tuple[Said, ...]
    adoptions: tuple[Adoption, ...]
    never: tuple[Report, ...]

    @property
    def count(self) -> int:
        """How often a term is said in all."""
        return sum(year.count for year in self.years)


def evaluate(query: TraceQuery, catalogue: Catalogue, texts: Texts) -> TraceResult:
    """Return where and how often the reports that are asked about say a term."""
    reports = reports_of(catalogue, Filter(regions=query.regions), query.years)
    reports.sort(key=_day_of)
    found, words = finder(query.words), query.words
    said: list[Said] = []
    counts: dict[str, int] = {}
    lengths: dict[str, int] = {}
    for report in reports:
        text = texts.of(report.id, catalogue)
        places = [Span(*match.span()) for match in found.finditer(text)] if words else []
        counts[report.id] = len(places)
        lengths[report.id] = len(text) - sum(map(text.count, (" ", "\n", "\t", "\u3000")))
        said += _sentences(report, text, places, catalogue)
    return TraceResult(
        query,
        tuple(_years(reports, counts, lengths)),
        tuple(said),
        tuple(_adoptions(reports, said, counts)),
        tuple(_never(reports, counts)),
    )


def _day_of(report: Report) -> tuple[int, str, str]:
    """Return what reports are ordered by; one without a day stands before those of its year."""
    return year_of(report), report.date.value if report.date else "", report.document


def _sentences(
    report: Report, text: str, places: Sequence[Span], catalogue: Catalogue
) -> Iterator[Said]:
    """Yield the sentences that hold `places`, each once."""
    if not places:
        return
    raw, offsets = catalogue.texts_of([report.id])[report.id]
    held = Counter(_sentence_of(places, text))
    for clean, count in held.items():
        span = offsets.source_span(clean)
        yield Said(report, span, span.of(raw), count)


def _sentence_of(places: Sequence[Span], text: str) -> Iterator[Span]:
    """Yield the sentence of each place; no sentence goes on in another line, a place may."""
    bounds: list[Span] = []
    end = at = 0
    for place in places:
        if place.end > end:
            start = text.rfind("\n", 0, place.start) + 1
            end = text.find("\n", place.end)
            end = len(text) if end < 0 else end
            found = sentences(text[start:end])
            bounds = [Span(start + each.start, start + each.end) for each in found]
            at = 0
        while at + 1 < len(bounds) and bounds[at].end <= place.start:
            at += 1
        yield bounds[at]


def _years(
    reports: Sequence[Report], counts: dict[str, int], lengths: dict[str, int]
) -> Iterator[TraceYear]:
    by_year: dict[int, list[Report]] = defaultdict(list)
    for report in reports:
        by_year[year_of(report)].append(report)
    for year, own in sorted(by_year.items()):
        said = [counts[report.id] for report in own]
        characters = sum(lengths[report.id] for report in own)
        yield TraceYear(year, len(own), sum(map(bool, said)), sum(said), characters)


def _adoptions(
    reports: Sequence[Report], said: Sequence[Said], counts: dict[str, int]
) -> Iterator[Adoption]:
    totals: dict[str, int] = defaultdict(int)
    since: dict[str, int] = {}
    for report in reports:
        totals[code_of(report)] += counts[report.id]
        since.setdefault(code_of(report), year_of(report))
    met: set[str] = set()
    for each in said:
        code = code_of(each.report)
        if code not in met:
            met.add(code)
            yield Adoption(each, since[code], totals[code])


def _never(reports: Sequence[Report], counts: dict[str, int]) -> Iterator[Report]:
    saying = {code_of(report) for report in reports if counts[report.id]}
    met: set[str] = set()
    for report in reports:
        if code_of(report) not in saying | met:
            met.add(code_of(report))
            yield report
