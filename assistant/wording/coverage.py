"""Says how complete a result is: which places and years state nothing, and which have no report.

Knows names and years; why a cell is empty was decided before.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answering.composer import Composer, years_in_words
from assistant.prompts import phrase
from assistant.queries.types import FigureResult
from index.types import Region

_NAMED = 80
"""Places whose reports say nothing that a line names before it only counts."""
_LISTED, _FEW = 10, 5
"""Places without a report up to which all are named, and how many of more: the answer's record has
every one of them in its coverage."""

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
    named = [(place, year) for place in unknown for year in result.query.years]
    is_of_one = len(result.query.places.regions) == 1 and not unknown
    lines = [
        phrase(key, composer.language, items=_named(gaps, result, shorten, is_of_one=is_of_one))
        for key, gaps, shorten in (
            ("silent", [*coverage.silent, *half], _Shortening(composer, _NAMED, _NAMED)),
            ("without_report", [*coverage.without_report, *named], _absent(composer)),
        )
        if gaps
    ]
    return ["".join(lines) if composer.language != "en" else " ".join(lines)]


@dataclass(frozen=True, slots=True)
class _Shortening:
    """Names places: all where they are at most `most`, else the first `few` and how many."""

    composer: Composer
    most: int
    few: int

    def __call__(self, names: Sequence[str]) -> str:
        if len(names) <= self.most:
            return self.composer.joined(names)
        items = self.composer.joined(names[: self.few])
        return phrase("and_more", self.composer.language, items=items, count=len(names))


def _absent(composer: Composer) -> _Shortening:
    return _Shortening(composer, _LISTED, _FEW)


def absent_names(names: Sequence[str], composer: Composer) -> str:
    """Name what has no report, in a line that stays short."""
    return _absent(composer)(names)


def _named(gaps: _Gaps, result: FigureResult, shorten: _Shortening, *, is_of_one: bool) -> str:
    composer = shorten.composer
    if is_of_one:
        return years_in_words({year for _, year in gaps}, composer.language)
    if len(result.query.years) == 1:
        return shorten([composer.place(place) for place, _ in gaps])
    is_english = composer.language == "en"
    lines = []
    for years, places in _by_years(gaps):
        when = years_in_words(years, composer.language)
        names = shorten([composer.place(place) for place in places])
        lines.append(f"{names} ({when})" if is_english else f"{when}{names}")
    return ("; " if is_english else "；").join(lines)


def _by_years(gaps: _Gaps) -> list[tuple[tuple[int, ...], list[Region]]]:
    """Put the places that miss the same years together; a year at a time where that is shorter."""
    own: dict[Region, list[int]] = defaultdict(list)
    for place, year in gaps:
        own[place].append(year)
    together: dict[tuple[int, ...], list[Region]] = defaultdict(list)
    for place, years in own.items():
        together[tuple(sorted(years))].append(place)
    single = sorted({year for _, year in gaps})
    if len(together) <= len(single):
        return sorted(together.items())
    return [((year,), [place for place, other in gaps if other == year]) for year in single]
