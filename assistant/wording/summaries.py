"""Says what was made of a column: mean, median, sum, share, and how they changed between two years.

Each is shown with what it was calculated from. Knows nothing of tables.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from assistant.answering.figures.wording import amount_english, plain, rounded
from assistant.prompts import phrase
from assistant.queries.figures import middle
from assistant.queries.types import FigureResult, Row, Summary
from assistant.types import Language
from assistant.wording.values import first_of, is_bound
from index.lexicon.units import comparable, convert
from index.types import Region


def summed(result: FigureResult, language: Language, quoted: Callable[[str], str]) -> list[str]:
    """Say what was made of the first column, a line each, with what it was made of."""
    lines = []
    if len(result.query.years) == 2 and len(result.query.places.regions) > 1:
        return _changes(result, language)
    bounds = 0
    for summary in result.summaries:
        lines.append(_one_made(summary, language, quoted))
        if summary.aggregate in ("mean", "median", "sum") and summary.value is not None:
            bounds = sum(is_bound(each.figure) for each in summary.operands)
    if bounds:
        lines.append(phrase("bounds_taken", language, count=bounds))
    return lines


def _one_made(summary: Summary, language: Language, quoted: Callable[[str], str]) -> str:
    if summary.value is None:
        return phrase("made_nothing", language)
    if summary.aggregate == "count":
        return phrase("made_count", language, value=plain(summary.value))
    if summary.aggregate == "share":
        count = summary.of
        share = rounded(summary.value / count * 100, 1) if count else Decimal(0)
        return phrase(
            "made_share",
            language,
            value=f"{plain(share)}%",
            fits=plain(summary.value),
            count=count,
        )
    value = rounded(summary.value, 2)
    written = f"{plain(value)}{summary.unit}"
    if language == "en":
        written = amount_english(value, summary.unit)
    values: dict[str, object] = {"value": quoted(written)}
    if summary.aggregate == "mean":
        total = sum(
            (
                convert(number, each.figure.unit, summary.unit)
                for each in summary.operands
                if (number := middle(each.figure)) is not None
            ),
            Decimal(0),
        )
        values |= {"sum": plain(total), "equals": "=" if value == summary.value else "≈"}
    return phrase(f"made_{summary.aggregate}", language, count=len(summary.operands), **values)


def _changes(result: FigureResult, language: Language) -> list[str]:
    """Say what a mean or median is in each of two years, over the places that state both."""
    earlier, later = result.query.years
    by_place: dict[Region, dict[int, Row]] = {}
    for row in result.rows:
        if row.cells[0].stated is not None and middle(row.cells[0].stated.figure) is not None:
            by_place.setdefault(row.place, {})[row.year] = row
    both = [years for years in by_place.values() if len(years) == 2]
    lines = []
    for summary in result.summaries:
        if summary.aggregate not in ("mean", "median", "sum") or not both or not summary.unit:
            continue
        unit = summary.unit
        made = [
            _aggregated(summary.aggregate, [_in(years[year], unit) for years in both])
            for year in (earlier, later)
        ]
        difference = made[1] - made[0]
        points = "个百分点" if unit == "%" else unit
        direction = "up" if difference > 0 else "down" if difference < 0 else "same"
        one, two = (plain(rounded(each, 2)) for each in made)
        lines.append(
            phrase(
                "made_change",
                language,
                later=later,
                earlier=earlier,
                direction=phrase(f"direction_{direction}", language),
                value=f"{plain(rounded(abs(difference), 2))}{points}",
                formula=f"{two}{unit} − {one}{unit}, n = {len(both)}",
            )
        )
    return lines


def _in(row: Row, unit: str) -> Decimal:
    figure = first_of(row).figure
    number = middle(figure)
    assert number is not None
    return convert(number, figure.unit, unit) if comparable(figure.unit, unit) else number


def _aggregated(aggregate: str, values: Sequence[Decimal]) -> Decimal:
    ordered = sorted(values)
    if aggregate == "sum":
        return sum(ordered, Decimal(0))
    if aggregate == "mean":
        return sum(ordered, Decimal(0)) / len(ordered)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2
