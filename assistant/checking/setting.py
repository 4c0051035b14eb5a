"""What a whole text is of: the place and year that one tells of it, or that it says itself.

Knows neither its numbers nor what reports say of them.
"""

from __future__ import annotations

from assistant.checking.types import Setting
from assistant.errors import SelectionError
from index.places.gazetteer import Gazetteer
from index.reports.metadata import describe
from index.text.folding import fold_claim
from index.text.normalization import normalize
from index.types import Region


def setting_of(
    text: str, name: str, region: str | None, year: int | None, gazetteer: Gazetteer
) -> tuple[Setting, bool]:
    """Return the place and year of a text, and whether it is a report.

    Args:
        text: any text.
        name: of its file, which may say its place and year.
        region: the place that is told of it, None for what it says itself.
        year: the year that is told of it, as `region`.
        gazetteer: the places that are known.

    Raises:
        SelectionError: `region` is no place in China.
    """
    report = describe(normalize(text), document=name, report_id="", gazetteer=gazetteer)
    places = tuple(gazetteer.resolve(region)) if region else ()
    if region and not places:
        raise SelectionError(f"expected a place in China, found {region!r}")
    own = _first_within(report.place, normalize(text).text, gazetteer) if report.place else ()
    is_report = bool(report.session or (report.title and "工作报告" in report.title.value))
    # What is no report names years that need not be its own.
    return Setting(places or own, year or (report.given if is_report else None)), is_report


def _first_within(place: Region, text: str, gazetteer: Gazetteer) -> tuple[Region, ...]:
    """Return the first place that a text names, where it lies within the one it seems to be of.

    A news item of a city may name its province more often.
    """
    first = next(iter(gazetteer.mentions(fold_claim(text))), None)
    if first is None:
        return (place,)
    inner = tuple(each for each in first.candidates if place.code in each.parents)
    return inner or (place,)
