"""Says how complete a result is: which places and years state nothing, and which have no report.

Knows names and years; why a cell is empty was decided before.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answering.composer import Composer, years_in_words
from assistant.prompts import phrase
from assistant.queries.types import FigureResult
from index.types import Region

_NAMED = 80
"""Places that a line names before it only counts."""

_Gaps = Sequence[tuple[Region, int]]


def missing(result: FigureResult, unknown: Sequence[Region], composer: Composer) -> list[str]:
    """Return a paragraph that names what a result has no figure for; none where it has them all.

    Args:
        result: what was evaluated.
        unknown: places that were asked about and that no report is of.
        composer: names the places in the language of the answer.
    """
    coverage = result.coverage
    half = [(row.place, row.year) for row in result.rows if row.cells[0].stated is None]
    named = [(place, result.query.years[0]) for place in unknown]
    is_of_one = len(result.query.places.regions) == 1 and not unknown
    lines = [
        phrase(key, composer.language, items=_named(gaps, result, composer, is_of_one=is_of_one))
        for key, gaps in (
            ("silent", [*coverage.silent, *half]),
            ("without_report", [*coverage.without_report, *named]),
        )
        if gaps
    ]
    return ["".join(lines) if composer.language != "en" else " ".join(lines)]


def _named(gaps: _Gaps, result: FigureResult, composer: Composer, *, is_of_one: bool) -> str:
    if is_of_one:
        return years_in_words({year for _, year in gaps}, composer.language)
    if len(result.query.years) == 1:
        return _first([composer.place(place) for place, _ in gaps], composer)
    is_english = composer.language == "en"
    lines = []
    for year in sorted({year for _, year in gaps}):
        names = _first([composer.place(place) for place, own in gaps if own == year], composer)
        lines.append(f"{year}: {names}" if is_english else f"{year}年{names}")
    return ("; " if is_english else "；").join(lines)


def _first(names: Sequence[str], composer: Composer) -> str:
    if len(names) <= _NAMED:
        return composer.joined(names)
    items = composer.joined(names[:_NAMED])
    return phrase("and_more", composer.language, items=items, count=len(names))
