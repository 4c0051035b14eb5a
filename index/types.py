"""What moves between the modules of `index`: reports, passages, hits and the spans they stand on.

Every record is frozen. Offsets are characters, never bytes; spans are half open. Nothing here
knows how a record was read, stored or found.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Generic, Literal, TypeVar

T = TypeVar("T")

Kind = Literal["target", "actual"]
"""Whether a figure was set as a goal or reported as reached."""

FigureKind = Literal["target", "actual", "cumulative"]
"""Whether a figure was set as a goal, reported for one period, or for several years together.

Of several years are sums, averages and changes over them: 年均增长5%, 累计完成, 稳定在550亿斤.
"""

FigureMeasure = Literal[
    "level",
    "growth_yoy",
    "growth_avg",
    "growth_cumulative",
    "change",
    "share",
    "count",
    "ratio",
    "rank",
    "qualitative",
]
"""What a figure measures of its indicator; see `index.figures.extraction`."""

SURE = 0.8
"""The certainty from which a figure's kind may be asserted.

On the labelled tables (606 figures of three samples, eight provincial reports and six scraped
pages) no kind above it was wrong; of the figures of whole reports some 1 % lie below.
"""

Level = Literal["country", "province", "prefecture", "county", "township"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """The characters `start` up to, not including, `end` of some text."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"expected 0 <= start <= end, found {self.start}, {self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def __bool__(self) -> bool:
        """Be true, also where no character is covered: `if span` asks whether there is a span."""
        return True

    def of(self, text: str) -> str:
        """Return the characters of `text` that this span covers."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Region:
    """A place of China's administrative division.

    `code` is the six-digit code of GB/T 2260 ("410800"; the country is "100000"), `name` the full
    name ("焦作市"), `english` the usual English one ("Jiaozuo"), `parents` the codes above it,
    nearest first, the country left out. A town, a street or a zone has no code of its own: its is
    the code of the place around it, if that is known, and its name ("330483/凤鸣街道").
    """

    code: str
    name: str
    english: str
    level: Level
    parents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stated(Generic[T]):
    """A value of a report's metadata and the raw characters it was read from.

    `inferred` is true where the report does not state the value outright and it was concluded
    from the text; `span` then covers what it was concluded from, or is None.
    """

    value: T
    span: Span | None
    inferred: bool = False


DoubtField = Literal["region", "year", "date", "speaker", "title"]


@dataclass(frozen=True, slots=True)
class Doubt:
    """A witness that speaks against what was chosen of a report.

    `field` is the attribute in question, `witness` who speaks ("file name", "session"), `says` what
    it says and `chosen` what was taken instead, "" where nothing was.
    """

    field: DoubtField
    witness: str
    says: str
    chosen: str


@dataclass(frozen=True, slots=True)
class Report:
    """A source file and what is known of it; an attribute that was not found is None.

    `id` is derived from the file's bytes, so the same file under another name is the same report.
    `document` is the file's name as citations give it, `date` is ISO 8601 (possibly only a year
    and month). `year` is the year in which the report was given: of one given in December 2022,
    which plans 2023 and may lie in a file named 2023, it is 2022 (`index.reports.calendar` tells
    the year planned for). `url` is the address it was taken from; `doubts` are the witnesses that
    speak against its place, year, date, speaker or title. `told` is what a person said of it.
    """

    id: str
    document: str
    title: Stated[str] | None
    region: Stated[Region] | None
    year: Stated[int] | None
    date: Stated[str] | None
    session: Stated[str] | None
    speaker: Stated[str] | None
    source: Stated[str] | None
    url: str | None = None
    doubts: tuple[Doubt, ...] = ()
    told: tuple[tuple[str, str], ...] = ()

    @property
    def plain_title(self) -> str | None:
        """Its title, without where it stands."""
        return self.title.value if self.title else None

    @property
    def place(self) -> Region | None:
        """The place it is of, without where it is named."""
        return self.region.value if self.region else None

    @property
    def place_name(self) -> str | None:
        """The full name of the place it is of."""
        return self.region.value.name if self.region else None

    @property
    def given(self) -> int | None:
        """The year in which it was given, without where it is named."""
        return self.year.value if self.year else None


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of sentences under one heading: the unit that is embedded and searched.

    `text` is `span` of the report's clean text and begins with its own heading where the passage
    is the first under it; `raw_span` is the same run in the raw text; `headings` is the path of
    headings above it, outermost first, its own included. `about` names the place and the year of
    its report as questions do: the passage itself seldom says them.
    """

    id: str
    report_id: str
    ordinal: int
    span: Span
    raw_span: Span
    text: str
    headings: tuple[str, ...]
    about: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that a report states, with all that is needed to quote it.

    `indicator` is the canonical Chinese name, `indicator_id` its id in the lexicon, or None where
    the name is only the report's own. `as_written` is the name as the text has it. `period` is a
    year ("2022"), years ("2018-2022"), months ("2021-01/2021-11") or a day ("2023-01-05").
    `value` is in `unit` as the text has both; `upper` is the second value of a range. A target in
    words (平稳增长) has no value and keeps its `wording`. `qualifier` is as written (以上, 左右).

    `span` covers the clause that states the figure, its indicator included, `value_span` the
    number with its unit, and `context` the words that say whose period and kind it is where they
    stand elsewhere (主要预期目标是); all are spans of the report's clean text. `clause` holds the
    characters of `span` in a figure that comes from the catalogue. `certainty` is how sure it is,
    from 0 to 1, that the figure is of its kind, a goal or a result.
    """

    report_id: str
    ordinal: int
    region: Region
    indicator: str
    indicator_id: str | None
    as_written: str
    measure: FigureMeasure
    kind: FigureKind
    period: str
    value: Decimal | None
    upper: Decimal | None
    unit: str
    qualifier: str | None
    wording: str | None
    span: Span
    value_span: Span
    context: Span | None
    clause: str = ""
    certainty: float = 1.0

    @property
    def is_sure(self) -> bool:
        """Whether the figure may be told as a goal or a result, and not only quoted."""
        return self.certainty >= SURE

    @property
    def years(self) -> tuple[int, int]:
        """The first and the last year of its period."""
        return years_of(self.period)

    @property
    def value_text(self) -> str:
        """Its value in digits, a range as "4.5-5", "" for a figure in words."""
        if self.value is None:
            return ""
        return f"{self.value:f}" if self.upper is None else f"{self.value:f}-{self.upper:f}"


def years_of(period: str) -> tuple[int, int]:
    """Return the first and the last year of a figure's period, (0, 0) where it names none."""
    years = [int(year) for year in re.findall(r"(?:19|20)\d\d", period)]
    return (years[0], years[-1]) if years else (0, 0)


@dataclass(frozen=True, slots=True)
class Filter:
    """Which reports a search may look at; an empty set leaves that side open.

    `regions` are administrative codes: a report fits whose own region has one of them.
    """

    regions: frozenset[str] = frozenset()
    years: frozenset[int] = frozenset()
    reports: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.regions or self.years or self.reports)


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that a search found, best first by `score`.

    `lexical` is its BM25 score and `dense` its cosine similarity, None where that retriever did not
    return it; `score` mixes the two standardized.
    """

    passage: Passage
    report: Report
    score: float
    lexical: float | None
    dense: float | None
