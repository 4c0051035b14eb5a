"""What moves between the modules of `assistant`: questions, citations, answers.

`Answer.record()` is the one shape that programs see (`baogao ask --json`). Nothing here knows how
a question was understood or where an answer came from.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import Any, Literal

from index.formats.extract import page_at
from index.lexicon.indicators import Indicator
from index.types import Kind, Region, Report, Span, years_of

Language = Literal["zh-Hans", "zh-Hant", "en"]
"""The language and script of a question, and so of its answer (BCP 47)."""

Reason = Literal[
    "no_report", "not_stated", "no_number", "truncated", "false_premise", "off_topic", "opinion"
]
"""Why an answer abstains: see the answer record in the design."""


Measure = Literal["growth", "level"]
"""Whether a figure is asked for as a change or as an amount."""

Wanted = Literal["number", "list", "who", "when", "where", "text"]
"""What shape of answer a question asks for."""


Operation = Literal[
    "look_up",
    "compare",
    "rank",
    "highest",
    "lowest",
    "threshold",
    "difference",
    "ratio",
    "project",
    "met",
    "share",
    "targets",
]
"""What is to be done with the figures that a question is about."""


Stretch = Literal["past", "coming"]
"""Several years at once: those before a report, or those after it."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit that a question itself states."""

    value: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question understood: what is asked, of which places and periods.

    `folded` is the question in Simplified characters and half-width forms; `subject` is `folded`
    without places, years and the words that only ask. `places` have reports in the index,
    `elsewhere` were named and have none; `within` have none of their own and lie in one of
    `places`, whose reports may speak of them; `spoken_of` adds the places of the turns before.
    `years` are the periods asked about, `report_years` those of the reports that are named.
    `every_place` asks about all places at once, `provinces` about those alone. A side the question
    leaves open is empty or None. `span` is the first and the last year of a plan that is asked
    about as one period (“十四五”期间).

    `topics` are the indicators asked about, each with the alternatives that its words leave open,
    likeliest first. `average` asks for a yearly average, `since` for a change over several years.
    `quantities` are the numbers that the question states; `asserted` is true where it takes them
    for granted, so that they may be wrong, `asks_why` where it wants a reason. `commanded` is true
    of orders to the program.
    """

    text: str
    language: Language
    folded: str
    subject: str
    places: tuple[Region, ...] = ()
    elsewhere: tuple[Region, ...] = ()
    within: tuple[Region, ...] = ()
    spoken_of: tuple[Region, ...] = ()
    every_place: bool = False
    provinces: bool = False
    years: tuple[int, ...] = ()
    report_years: tuple[int, ...] = ()
    span: tuple[int, int] | None = None
    topics: tuple[tuple[Indicator, ...], ...] = ()
    kind: Kind | None = None
    measure: Measure | None = None
    wanted: Wanted = "text"
    operation: Operation = "look_up"
    stretch: Stretch | None = None
    average: bool = False
    since: bool = False
    quantities: tuple[Quantity, ...] = ()
    asserted: bool = False
    asks_why: bool = False
    opinion: bool = False
    commanded: bool = False

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """Every indicator that the question may be about, the likeliest of each topic first."""
        ranked = [topic[0] for topic in self.topics]
        others = [indicator for topic in self.topics for indicator in topic[1:]]
        return tuple(dict.fromkeys([*ranked, *others]))


@dataclass(frozen=True, slots=True)
class Citation:
    """The characters of a source file that a statement stands on.

    `start` and `end` are characters of the decoded file, and `raw[start:end] == quote` always.
    `n` is the number of its mark in the answer's text, from 1. `region` and `year` are None where
    the report's own are not known; `url` is the address that the file was taken from, if known, and
    `page` the page of the file on which the quote begins, None where it has no pages.
    """

    n: int
    document: str
    start: int
    end: int
    quote: str
    title: str | None
    region: str | None
    year: int | None
    url: str | None = None
    page: int | None = None

    @classmethod
    def of(cls, report: Report, span: Span, raw: str, *, n: int = 1) -> Citation:
        """Cite the characters `span` of a report's raw text."""
        return cls(
            n=n,
            document=report.document,
            start=span.start,
            end=span.end,
            quote=span.of(raw),
            title=report.plain_title,
            region=report.place_name,
            year=report.given,
            url=report.url,
            page=page_at(raw, span.start),
        )

    def record(self) -> dict[str, Any]:
        """Return the citation as programs read it; it has `page` only where there are pages."""
        record = asdict(self)
        if self.page is None:
            del record["page"]
        return record


@dataclass(frozen=True, slots=True)
class AnswerFigure:
    """A figure that an answer states, with its provenance in the report's own terms.

    `marks` are the numbers of its citations, that of its own clause first; programs do not see it.
    """

    region: str
    indicator: str
    measure: str
    kind: str
    period: str
    value: str
    unit: str
    qualifier: str | None
    marks: tuple[int, ...] = ()

    @property
    def years(self) -> tuple[int, int]:
        """The first and the last year of its period, (0, 0) where it names none."""
        return years_of(self.period)

    @property
    def values(self) -> tuple[Decimal, ...]:
        """Its value, both values of a range ("4.5-5"), none for a figure in words."""
        return tuple(Decimal(value) for value in re.findall(r"^-?[\d.]+|(?<=-)[\d.]+", self.value))

    def record(self) -> dict[str, Any]:
        """Return the figure as programs read it."""
        return {name: value for name, value in asdict(self).items() if name != "marks"}


Fault = Literal[
    "unmarked",
    "unknown_mark",
    "number",
    "figure",
    "place_or_year",
    "tense",
    "negation",
    "unsupported",
    "language",
    "link",
    "unfinished",
]
"""What is wrong with a statement of a chat model's: see `assistant.grounding.statement_lock`."""


@dataclass(frozen=True, slots=True)
class Withheld:
    """A statement that a chat model wrote and that was cut, with what is wrong with it."""

    text: str
    fault: Fault


Grade = Literal["proved", "supported"]
"""How far a statement is borne out: its words are the sources' own, or agree with them."""


@dataclass(frozen=True, slots=True)
class Graded:
    """A statement that a chat model wrote and that stands in the answer, marks and all."""

    text: str
    grade: Grade


@dataclass(frozen=True, slots=True)
class Writing:
    """An answer while a chat model writes it: what has passed the checks, and what has not yet.

    `settled` is the checked statements, marks of their own numbers aside; `draft` the words of the
    one that is being written, unchecked and with every number masked; `cut` how many were cut.
    """

    settled: str
    draft: str
    cut: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer's text with its [n] marks and what they stand on.

    `question` is the question as asked, `reason` is set exactly when `abstained` is true, and an
    abstention may still cite what was found. `graded` are the statements of the text that a chat
    model wrote, `withheld` is what it wrote and the checks cut. `notes` are lines on the files that
    it cites: changed, gone, or said otherwise in a copy. `latency_s` is wall-clock seconds. `query`
    is how a question over many places or years was read, with how complete the answer is (see
    `assistant.queries.records`), None for all others.
    """

    question: str
    language: Language
    text: str
    abstained: bool = False
    reason: Reason | None = None
    citations: tuple[Citation, ...] = ()
    figures: tuple[AnswerFigure, ...] = ()
    withheld: tuple[Withheld, ...] = ()
    notes: tuple[str, ...] = ()
    graded: tuple[Graded, ...] = ()
    latency_s: float = 0.0
    query: dict[str, Any] | None = field(default=None, hash=False)

    def record(self, identifier: str = "") -> dict[str, Any]:
        """Return the answer record that programs read; `identifier` becomes its `id`.

        It has `withheld`, `notes` and `graded` only where there are some, and `query` where there
        is one.
        """
        record = {
            "id": identifier,
            "question": self.question,
            "language": self.language,
            "answer": self.text,
            "abstained": self.abstained,
            "reason": self.reason,
            "citations": [citation.record() for citation in self.citations],
            "figures": [figure.record() for figure in self.figures],
            "latency_s": round(self.latency_s, 4),
        }
        if self.withheld:
            record["withheld"] = [asdict(each) for each in self.withheld]
        if self.notes:
            record["notes"] = list(self.notes)
        if self.graded:
            record["graded"] = [asdict(each) for each in self.graded]
        if self.query is not None:
            record["query"] = self.query
        return record


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A passage of text to be shown, and the span of it to be highlighted."""

    text: str
    mark: Span


Held = Literal["here", "changed", "gone"]
"""Whether the index holds the cited characters: still, no longer in its file, nor the file."""


@dataclass(frozen=True, slots=True)
class Source:
    """A citation in its surroundings, for people: the same passage cleaned and as in the file.

    Where the index no longer `held` it, the excerpts are the quote alone.
    """

    citation: Citation
    headings: tuple[str, ...]
    cleaned: Excerpt
    original: Excerpt
    held: Held = "here"
