"""Units of figures, from `units.toml`: what each measures, conversion, and their English.

A unit is a scale (万), a base (元), possibly per something else (万元/人). Conversion is for
comparing only; a figure keeps the unit that its report states. Nothing here knows of figures.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

_FILE: dict[str, Any] = tomllib.loads(
    Path(__file__).with_name("units.toml").read_text(encoding="utf-8")
)

SCALES: dict[str, int] = _FILE["scales"]
"""How many each scale before a unit is."""

_MEASURES: dict[str, dict[str, str]] = _FILE["measures"]

MEASURE_UNITS = frozenset(
    unit
    for dimension, units in _MEASURES.items()
    if dimension not in _FILE["kinds"]["counts"]
    for unit in units
)
"""Base units that measure; the others count."""

RATES = frozenset(unit for dimension in _FILE["kinds"]["rates"] for unit in _MEASURES[dimension])
"""Units of a share or a change, and of no thing."""

CLASSIFIERS = frozenset(_FILE["classifiers"]["words"].split())
"""Measure words that count things."""

MAGNITUDES = {
    english: scale for scale, written in _FILE["magnitudes"].items() for english in written
}
"""Scale by the English word or abbreviation for it: billion is 十亿."""


def size_of(scale: str) -> int:
    """Return how many a scale, or several in a row, is: 十亿 is 1,000,000,000."""
    size = 1
    for character in scale:
        size *= SCALES[character]
    return size


def parted(unit: str) -> tuple[str, str]:
    """Part a unit into its scale and the rest: 万亿, 元; 万, 千瓦."""
    scale = _SCALED.match(unit).group()  # type: ignore[union-attr]
    for end in range(len(scale) + 1):
        if unit[end:].partition("/")[0] in _FACTORS:
            return unit[:end], unit[end:]
    return scale, unit[len(scale) :]


def share_of_one(unit: str) -> Decimal | None:
    """Return which part of one a rate is of: 0.01 for % and for 个百分点; None for other units."""
    dimension, factor = _FACTORS.get(unit, ("", Decimal(1)))
    return factor / 100 if dimension in ("percent", "percentage point") else None


# English

NOUNS: dict[str, tuple[str, str]] = {
    unit: (known["nouns"][0], known["nouns"][1])
    for own, known in _FILE["english"].items()
    if "nouns" in known
    for unit in (own, *known.get("same", ()))
}
"""The English for a base unit, of one and of several."""

UNITS_IN_ENGLISH: dict[str, str] = {
    word.lower(): unit
    for unit, known in _FILE["english"].items()
    for word in (*known.get("nouns", ()), *known.get("read", ()))
}
"""The base unit that an English word in lower case stands for; a blank may be a hyphen."""

PER: dict[str, str] = _FILE["per"]
"""The English for what a unit is counted by: 年 in 万吨/年 is "year"."""


@dataclass(frozen=True, slots=True)
class _Unit:
    """What a unit measures, per what, and how many of the dimension's own unit it is."""

    dimension: str
    per: str | None
    factor: Decimal


def comparable(unit: str, other: str) -> bool:
    """Tell whether figures in the two units can be compared after conversion."""
    first, second = _parsed(unit), _parsed(other)
    return (first.dimension, first.per) == (second.dimension, second.per)


def convert(value: Decimal, unit: str, to: str) -> Decimal:
    """Return how many `to` are `value` of `unit`: `convert(Decimal(2), "万亿元", "亿元")` is 20000.

    Raises:
        ValueError: the units measure different things.
    """
    if not comparable(unit, to):
        raise ValueError(f"expected two units of one dimension, found {unit!r} and {to!r}")
    converted = value * _parsed(unit).factor / _parsed(to).factor
    return converted.quantize(Decimal(1)) if converted == converted.to_integral() else converted


_FACTORS = {
    unit: (dimension, Decimal(factor))
    for dimension, units in _MEASURES.items()
    for unit, factor in units.items()
}

_SCALED = re.compile(f"[{''.join(SCALES)}]*")


@cache
def _parsed(unit: str) -> _Unit:
    above, _, below = unit.partition("/")
    dimension, factor = _single(above)
    if not below:
        return _Unit(dimension, None, factor)
    per, divisor = _single(below)
    return _Unit(dimension, per, factor / divisor)


def _single(unit: str) -> tuple[str, Decimal]:
    if unit in _FACTORS:
        return _FACTORS[unit]
    scale, base = parted(unit)
    dimension, base_factor = _FACTORS.get(base, (base, Decimal(1)))
    return dimension, size_of(scale) * base_factor
