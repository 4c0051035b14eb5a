"""The written form of a query, as files, programs and chat models give it: one JSON Schema.

Knows which fields there are and what values they take, also that a record of `records` is one; not
which places and indicators there are, nor which reports. Imported where it is used: pydantic takes
time to load.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from assistant.errors import QueryError
from assistant.queries.types import Aggregate, Mentioning, Relation, ReportFact, Side, Trend
from index.types import Kind

_LONGEST = 50_000
"""Characters up to which the JSON of a query is read."""

Name = Annotated[str, Field(min_length=1, max_length=60)]
Names = Annotated[list[Name], Field(max_length=3_500)]
Years = Annotated[
    list[int | Annotated[str, Field(max_length=12)]],
    Field(
        max_length=200,
        description='Years (2024), ranges ("2020-2024"), "newest" (of each place) or "all".',
    ),
]
_Number = Annotated[Decimal, Field(allow_inf_nan=False, max_digits=24)]


class _Written(BaseModel):
    model_config = ConfigDict(
        extra="forbid", frozen=True, str_strip_whitespace=True, populate_by_name=True
    )


class WrittenPlaces(_Written):
    """Places by name, group or level."""

    names: Names = Field(
        description="Names (宁波市, Ningbo), codes, groups (长三角), levels (各省, 江苏各市)."
    )
    words: Annotated[str, Field(max_length=60)] = Field(
        "", description="What they are called together, where they are all of a group or level."
    )
    without: Names = Field([], description="Places, groups or levels that are left out.")


class WrittenColumn(_Written):
    """A figure that is asked of each place and year."""

    indicator: Name = Field(description="An id (gdp) or a name, Chinese or English.")
    kind: Kind | None = Field(None, description="A goal or a result; null: what is likely.")
    measure: Side | None = Field(None, description="A change or an amount; null: what most state.")
    year_shift: Annotated[int, Field(ge=-20, le=20)] = Field(
        0, description="-1: the figure of the year before."
    )
    of: Name | None = Field(None, description="Another place whose figure it is in every row.")


class WrittenCondition(_Written):
    """What the figures of the first column have to fulfil."""

    relation: Relation
    low: _Number | None = Field(
        None, description="The number, the lower one of `between`; null: the second column's."
    )
    high: _Number | None = Field(None, description="The higher number of `between`.")
    unit: Annotated[str, Field(max_length=12)] = Field("", description='"%", 亿元, 万人 …')
    further: Annotated[list[_Number], Field(max_length=8)] = Field(
        [], description="More numbers, of the trend `passed`."
    )


class _OfPlaces(_Written):
    places: WrittenPlaces | Names = Field(
        description="Place names, groups and levels, or an object that can leave some out."
    )
    years: Years = []
    coverage: dict[str, Any] | None = Field(
        None, description="How complete an answer was; not read."
    )


class WrittenFigures(_OfPlaces):
    """Figures of places and years as a table. Either `columns`, or `indicators` and the rest."""

    asks: Literal["figures"]
    columns: Annotated[list[WrittenColumn], Field(max_length=12)] = []
    indicators: Annotated[list[Name], Field(max_length=12)] = []
    kind: Kind | Literal["both"] | None = Field(
        None, description="Of `indicators`; both: the goal and the result side by side."
    )
    measure: Side | None = Field(None, description="Of `indicators`.")
    condition: WrittenCondition | None = None
    order: Literal["highest", "lowest"] | None = Field(None, description="Which end comes first.")
    limit: Annotated[int, Field(ge=1, le=5_000)] | None = Field(
        None, description="How many ranks of `order` are told."
    )
    aggregates: Annotated[list[Aggregate], Field(max_length=7)] = []
    trends: Annotated[list[Trend], Field(max_length=8)] = Field(
        [], description="What is asked of a run of years of one place."
    )
    judges: bool = Field(
        default=False, description="Whether results (second column) reached goals (first column)."
    )
    newest: bool = Field(default=False, description="Of each place its newest year alone.")


class WrittenMentions(_OfPlaces):
    """Which reports say a term, how often, when first, or in which words; years are theirs."""

    asks: Literal[
        "mentions_who", "mentions_who_not", "mentions_years", "mentions_years_not",
        "mentions_whether", "mentions_count", "mentions_first", "mentions_last", "mentions_says",
    ]  # fmt: skip
    terms: Annotated[list[Name], Field(min_length=1, max_length=10)] = Field(
        description="Words as the reports have them, in Chinese; any of them counts."
    )
    ranked: bool = Field(default=False, description="Counts in descending order.")
    newest: bool = Field(default=False, description="Of each place its newest report alone.")

    @property
    def what(self) -> Mentioning:
        """What is asked of the term."""
        return next(w for w in get_args(Mentioning) if self.asks == f"mentions_{w}")


class WrittenSpeakers(_OfPlaces):
    """Who gave the reports of places and years; years are the reports'."""

    asks: Literal["speakers"]


class WrittenReports(_OfPlaces):
    """How long reports are, in which parts they are, and whether all is there; years are theirs."""

    asks: Literal["report_lengths", "report_outlines", "report_extents"]
    order: Literal["highest", "lowest"] | None = Field(
        None, description="Of lengths: the longest or the shortest first."
    )
    newest: bool = Field(default=False, description="Of each place its newest report alone.")

    @property
    def what(self) -> ReportFact:
        """What is asked of the reports."""
        return next(each for each in get_args(ReportFact) if self.asks == f"report_{each}")


Written = WrittenFigures | WrittenMentions | WrittenSpeakers | WrittenReports
WrittenQuery = Annotated[Written, Field(discriminator="asks")]


Part = Literal[
    "places", "years", "indicators", "kind", "measure", "condition", "order", "limit",
    "aggregates", "trends", "judges", "terms", "asks", "asking",
]  # fmt: skip
"""A part of a query that words of a question say; `asking` where they only ask."""


class WrittenWords(_Written):
    """Words of a question, exactly as it has them, and which part of the query says them."""

    words: Annotated[str, Field(min_length=1, max_length=40)]
    part: Part


class WrittenReading(_Written):
    """How a question is read: as a query, null where it asks for none of them."""

    query: WrittenQuery | None
    words: Annotated[list[WrittenWords], Field(max_length=40)] = []


def query_schema() -> dict[str, Any]:
    """Return the JSON Schema of a query."""
    title = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "BaogaoQuery"}
    return title | _adapter().json_schema()


def parse_query(written: str | Mapping[str, Any]) -> Written:
    """Return a query that is written as JSON or as what JSON stands for.

    Raises:
        QueryError: it is no JSON, or not of the schema; a line for each fault.
    """
    value = value_of(written) if isinstance(written, str) else written
    try:
        return _adapter().validate_python(value)
    except ValidationError as error:
        raise QueryError("\n".join(_faults(error))) from None


def reading_schema() -> dict[str, Any]:
    """Return the JSON Schema of a reading, as a chat model is given it."""
    title = {"title": "Reading", "description": "How a question is read."}
    return WrittenReading.model_json_schema() | title


def parse_reading(written: str) -> WrittenReading:
    """Return a reading that is written as JSON.

    Raises:
        QueryError: it is no JSON, or not of the schema; a line for each fault.
    """
    try:
        return WrittenReading.model_validate(value_of(written))
    except ValidationError as error:
        raise QueryError("\n".join(_faults(error))) from None


def value_of(written: str) -> Any:  # noqa: ANN401 - whatever JSON holds
    """Return what a JSON text stands for.

    Raises:
        QueryError: it is too long, no JSON, or nested too deep.
    """
    if len(written) > _LONGEST:
        raise QueryError(f"expected at most {_LONGEST:,} characters, found {len(written):,}")
    try:
        return json.loads(written, parse_constant=_no_number)
    except RecursionError:
        raise QueryError("expected the JSON of a query, found brackets nested too deep") from None
    except ValueError as error:
        raise QueryError(f"expected the JSON of a query: {error}") from None


def _no_number(written: str) -> None:
    raise ValueError(f"{written} is no number")


def _adapter() -> TypeAdapter[Written]:
    return TypeAdapter(WrittenQuery)


def _faults(error: ValidationError) -> list[str]:
    """Return a line for each fault: where, what was expected, what was found."""
    lines = []
    for each in error.errors(include_url=False, include_context=False):
        where = ".".join(str(part) for part in each["loc"] if part not in _KINDS) or "query"
        found = repr(each["input"])
        found = found if len(found) <= 60 else found[:59] + "…"
        message = " ".join(each["msg"].split())
        lines.append(f"{where}: {message}, found {found}")
    return list(dict.fromkeys(lines))[:_MOST]


_MOST = 20
"""Faults that are named before the rest is left for the next time."""
_KINDS = frozenset({
    "figures", "speakers", "WrittenPlaces", *(f"mentions_{each}" for each in get_args(Mentioning)),
    *(f"report_{each}" for each in get_args(ReportFact)),
    "list[constrained-str]", "int", "constrained-str",
})  # fmt: skip
"""What pydantic names on the way to a fault besides the fields."""
