"""What can be asked of the catalogue as data: queries, and the results that they evaluate to.

A query is what a question means once it is read; a result is rows of cells with their coverage.
Nothing here knows how a question is worded, nor how a result is told.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from index.lexicon.indicators import Indicator
from index.types import Figure, Kind, Region, Report, Span

Relation = Literal["above", "at_least", "below", "at_most", "between", "equal", "unequal", "ranged"]
"""How a figure stands to a number; `ranged` asks for figures that are a range."""

Aggregate = Literal["count", "sum", "mean", "median", "highest", "lowest", "share"]
"""What is made of a column: how many, their sum, mean or median, or what part fits a condition."""

Truth = Literal["yes", "no", "unknown"]
"""Whether a condition holds: of 7%以上 nobody can tell whether it is above 8 %."""

Side = Literal["growth", "level"]
"""Whether a change or an amount of the indicator is meant."""


Trend = Literal["highest", "lowest", "raised", "lowered", "held", "step", "multiple", "passed"]
"""What is asked of a run of years: its ends, the years above or below the year before, the runs of
one value, the largest step, how many times the first the last is, when the numbers of the condition
were first reached."""


@dataclass(frozen=True, slots=True)
class Places:
    """Whose figures or words are asked for.

    `regions` is every place that is meant, in the order to be told. `words` is what the question
    calls them together (长三角, 各省), "" where each is named.
    """

    regions: tuple[Region, ...]
    words: str = ""


def _pairs(
    places: Places, years: tuple[int, ...], newest: tuple[tuple[str, int], ...]
) -> list[tuple[Region, int]]:
    """Return each place with the one year that is asked of it, or else with every year."""
    if newest:
        own = dict(newest)
        return [(place, own[place.code]) for place in places.regions if place.code in own]
    return [(place, year) for place in places.regions for year in years]


@dataclass(frozen=True, slots=True)
class Column:
    """A figure that is asked of each place and year.

    `topic` are the indicators that may be meant, likeliest first. `shift` moves the year: the
    result of the year before a target has -1. `of` is another place whose figure it is for all
    rows: the national target, beside each province's.
    """

    topic: tuple[Indicator, ...]
    kind: Kind
    side: Side | None = None
    shift: int = 0
    of: Region | None = None


@dataclass(frozen=True, slots=True)
class Condition:
    """What the figures of the first column have to fulfil.

    `low` and `high` are in `unit`; `high` is set for `between` alone, and neither where the
    condition compares with the second column. `further` are more numbers that a run of years may
    have passed after `low`.
    """

    relation: Relation
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str = ""
    further: tuple[Decimal, ...] = ()


@dataclass(frozen=True, slots=True)
class FigureQuery:
    """Figures of places and years as a table.

    `years` are those asked about, in order. With a `condition` only rows that fulfil it are told,
    with an `order` they are ranked, `limit` is how many ranks are asked for. `newest` holds, by the
    places' codes, the one year that is asked of each, where each one's newest is meant. `trends`
    are asked of a run of years; with `judges` the second column's results are held against the
    first one's goals.
    """

    places: Places
    years: tuple[int, ...]
    columns: tuple[Column, ...]
    condition: Condition | None = None
    order: Literal["highest", "lowest"] | None = None
    limit: int | None = None
    aggregates: tuple[Aggregate, ...] = ()
    newest: tuple[tuple[str, int], ...] = ()
    trends: tuple[Trend, ...] = ()
    judges: bool = False

    def pairs(self) -> list[tuple[Region, int]]:
        """Return the places and years that are asked for, in order."""
        return _pairs(self.places, self.years, self.newest)


@dataclass(frozen=True, slots=True)
class StatedFigure:
    """A figure and the report that states it."""

    figure: Figure
    report: Report


Gap = Literal["no_report", "not_stated"]
"""Why a cell is empty: no report that would state it is indexed, or it does not."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure asked for, or why there is none."""

    stated: StatedFigure | None
    gap: Gap | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one place and year, a cell for each column; `truth` is the condition's."""

    place: Region
    year: int
    cells: tuple[Cell, ...]
    truth: Truth = "yes"


@dataclass(frozen=True, slots=True)
class Summary:
    """What is made of a column: `value` in `unit`, over `operands`, of which some are bounds only.

    `value` is None where units do not agree or nothing is there.
    """

    aggregate: Aggregate
    value: Decimal | None
    unit: str
    operands: tuple[StatedFigure, ...]
    of: int = 0


@dataclass(frozen=True, slots=True)
class Coverage:
    """How complete a result is: rows asked for, and which state nothing or have no report."""

    asked: int
    silent: tuple[tuple[Region, int], ...]
    without_report: tuple[tuple[Region, int], ...]


@dataclass(frozen=True, slots=True)
class FigureResult:
    """What a figure query evaluates to: every row that has its first cell, in the order asked."""

    query: FigureQuery
    rows: tuple[Row, ...]
    summaries: tuple[Summary, ...]
    coverage: Coverage


Mentioning = Literal[
    "who", "who_not", "years", "years_not", "whether", "count", "first", "last", "says"
]
"""What is asked of a term: which places or years say it or do not, whether, how often, when, or in
which words."""


@dataclass(frozen=True, slots=True)
class MentionQuery:
    """Which reports say a term.

    `terms` are words of the reports, any of which counts. `years` are those of the reports, empty
    for all. `ranked` asks for the counts in descending order. `newest` holds, by the places' codes,
    the one year that is asked of each, where each one's newest is meant.
    """

    terms: tuple[str, ...]
    places: Places
    years: tuple[int, ...]
    asks: Mentioning
    ranked: bool = False
    newest: tuple[tuple[str, int], ...] = ()

    def pairs(self) -> list[tuple[Region, int]]:
        """Return the places and years that are asked for, in order; none where all years are."""
        return _pairs(self.places, self.years, self.newest)


@dataclass(frozen=True, slots=True)
class Mention:
    """How often a report says a term, and where first, as a span of its clean text."""

    report: Report
    count: int
    first: Span | None


@dataclass(frozen=True, slots=True)
class MentionResult:
    """What a mention query evaluates to: every report that was read, by year and place."""

    query: MentionQuery
    mentions: tuple[Mention, ...]
    coverage: Coverage


ReportFact = Literal["speakers", "lengths", "outlines", "extents"]
"""What is asked of reports: who gave them, how long they are, their parts, whether all is there."""


@dataclass(frozen=True, slots=True)
class ReportQuery:
    """What the reports of some places and years are; `years` are the reports', empty for all.

    With an `order` they are ranked by length. `newest` holds, by the places' codes, the one year
    that is asked of each, where each one's newest is meant.
    """

    places: Places
    years: tuple[int, ...]
    asks: ReportFact = "speakers"
    order: Literal["highest", "lowest"] | None = None
    newest: tuple[tuple[str, int], ...] = ()

    def pairs(self) -> list[tuple[Region, int]]:
        """Return the places and years that are asked for, in order; none where all years are."""
        return _pairs(self.places, self.years, self.newest)


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """A report, how many characters of its clean text are no blanks, and its headings.

    Each heading has its depth, 1 or 2, and where it stands in the clean text; `stated` is where the
    text itself says which parts it has.
    """

    report: Report
    length: int = 0
    parts: tuple[tuple[int, Span], ...] = ()
    stated: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportResult:
    """What a report query evaluates to: every report that was looked at, in the order asked."""

    query: ReportQuery
    facts: tuple[ReportFacts, ...]
    coverage: Coverage


Query = FigureQuery | MentionQuery | ReportQuery
