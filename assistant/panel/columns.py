"""The columns of a panel: what each holds, from `columns.toml`, and a row as their cells.

Knows nothing of the formats of files.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Literal

from assistant.panel.types import PanelRow, Side, Stood
from index.lexicon.qualifiers import Sense, senses_of
from index.types import Figure, Region

Cell = str | int | Decimal | None
"""What stands in a column of a row; None where nothing does."""

Type = Literal["string", "integer", "number"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the panel; `columns.toml` tells what the fields mean."""

    name: str
    type: Type
    about: str
    values: Mapping[str, str] = field(default_factory=dict)
    required: bool = False
    key: bool = False
    url: bool = False


def columns() -> tuple[Column, ...]:
    """Return the columns in their order."""
    return _file()[1]


@cache
def names() -> tuple[str, ...]:
    """Return the names of the columns in their order."""
    return tuple(column.name for column in columns())


def scope() -> str:
    """Return what a row is and what is left out, in sentences."""
    return _file()[0]


@cache
def _file() -> tuple[str, tuple[Column, ...]]:
    text = Path(__file__).with_name("columns.toml").read_text(encoding="utf-8")
    read = tomllib.loads(text)
    return " ".join(read["scope"].split()), tuple(Column(**each) for each in read["column"])


def cells(row: PanelRow) -> dict[str, Cell]:
    """Return a row as the cells of `columns`, in their order."""
    stated = row.target.stated
    goal = {} if stated is None else {"target_constraint": constraint(stated.candidate.figure)}
    found: dict[str, Cell] = {
        **_place(row.place),
        "year": row.year,
        "indicator": row.indicator.id,
        "indicator_chinese": row.indicator.zh,
        "indicator_english": row.indicator.en,
        "measure": row.measure,
        "unit": row.unit,
        **_side("target", row.target),
        **goal,
        "target_stretch": row.target.stretch,
        **_side("result", row.result),
        "target_revision": row.revision,
        "gap": row.gap,
        **_unsure(row),
    }
    return {name: found.get(name) for name in names()}


def _place(place: Region) -> dict[str, Cell]:
    above = [*reversed(place.parents), place.code]
    return {
        "place_code": place.code,
        "place": place.name,
        "place_english": place.english,
        "place_level": place.level,
        "province_code": None if place.level == "country" else above[0],
    }


def _side(name: str, side: Side) -> dict[str, Cell]:
    known: dict[str, Cell] = {f"{name}_status": side.status, f"{name}_others": side.others}
    if side.stated is None:
        return known
    made = side.stated.candidate
    figure = made.figure
    return {
        **known,
        f"{name}_value": made.value,
        f"{name}_low": made.low,
        f"{name}_high": made.high,
        f"{name}_bound": bound(figure),
        f"{name}_qualifier": figure.qualifier,
        f"{name}_words": figure.wording,
        f"{name}_name": figure.as_written,
        **_source(name, side.stated),
    }


def _unsure(row: PanelRow) -> dict[str, Cell]:
    if row.unsure is None:
        return {}
    figure = row.unsure.candidate.figure
    return {
        "unsure_why": row.why,
        "unsure_value": row.unsure.candidate.value,
        "unsure_qualifier": figure.qualifier or figure.wording,
        **_source("unsure", row.unsure),
    }


def _source(name: str, stood: Stood) -> dict[str, Cell]:
    return {
        f"{name}_certainty": Decimal(str(round(stood.candidate.figure.certainty, 3))),
        f"{name}_document": stood.candidate.report.document,
        f"{name}_start": stood.span.start,
        f"{name}_end": stood.span.end,
        f"{name}_quote": stood.quote,
        f"{name}_url": stood.candidate.report.url,
    }


_BOUNDS: tuple[tuple[str, frozenset[Sense]], ...] = (
    ("about", frozenset({"about"})),
    ("at_least", frozenset({"floor"})),
    ("at_most", frozenset({"ceiling", "limited"})),
    ("over", frozenset({"over", "reached"})),
    ("under", frozenset({"under", "nearly"})),
)
"""What a figure's words make of its number, the first that they say; 控制在3%左右 is about 3 %."""


def bound(figure: Figure) -> str | None:
    """Return what the words beside a number make of it; None where there is no number."""
    if figure.value is None:
        return None
    if figure.upper is not None:
        return "range"
    said = senses_of(figure.qualifier)
    return next((name for name, senses in _BOUNDS if said & senses), "exact")


_SOFT: frozenset[Sense] = frozenset({"about", "striving", "stable"})


def constraint(figure: Figure) -> str | None:
    """Return whether a goal binds: "hard" or "soft"; None where it has no number."""
    if figure.value is None:
        return None
    is_soft = figure.upper is not None or bool(senses_of(figure.qualifier) & _SOFT)
    return "soft" if is_soft else "hard"
