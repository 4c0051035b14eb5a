"""The value of a figure or of a row, as a table has it and as it is ranked or calculated with.

Knows one figure at a time; what is told of many is decided elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from assistant.answering.figures.wording import (
    predicate,
    predicate_english,
    value_english,
    value_words,
)
from assistant.queries.conditions import interval
from assistant.queries.figures import middle, number_in_base
from assistant.queries.types import Row, StatedFigure
from assistant.types import Language
from index.lexicon.measures import is_downward
from index.lexicon.units import comparable, convert
from index.types import Figure


def value_of(figure: Figure, language: Language, quoted: Callable[[str], str]) -> str:
    """Return a figure's value for a table: with its qualifiers, a decline with its verb."""
    declines = is_downward(figure.measure, figure.qualifier)
    if language == "en":
        return predicate_english(figure) if declines else value_english(figure)
    return quoted(predicate(figure) if declines else value_words(figure))


def first_of(row: Row) -> StatedFigure:
    """Return the figure in a row's first cell, which has to have one."""
    stated = row.cells[0].stated
    assert stated is not None
    return stated


def rank_of(row: Row) -> Decimal:
    """Return the number by which a row is ranked; one without a number comes last."""
    number = number_in_base(first_of(row).figure)
    return Decimal("-Infinity") if number is None else number


def is_bound(figure: Figure) -> bool:
    """Tell whether a figure is a floor, a ceiling, a range or an approximation."""
    own = interval(figure)
    return own is not None and not own.is_point


def in_unit(row: Row, unit: str) -> Decimal | None:
    """Return a row's number in a unit; None where it has none or the units do not compare."""
    figure = first_of(row).figure
    number = middle(figure)
    if number is None or not comparable(figure.unit, unit):
        return None
    return convert(number, figure.unit, unit)
