"""The figures of one sentence, as a passage of a report that is known by a few fields."""

from __future__ import annotations

from index.figures.extraction import extract
from index.lexicon.indicators import load_lexicon
from index.places.gazetteer import load_gazetteer
from index.types import Figure, Passage, Report, Span, Stated


def figures_of(
    text: str,
    *,
    year: int | None = 2023,
    date: str | None = None,
    headings: list[str] | None = None,
    region: str = "焦作市",
) -> list[Figure]:
    """Return the figures that `text` states under `headings` in a report of `region`."""
    gazetteer = load_gazetteer()
    report = Report(
        id="r",
        document="report.txt",
        title=None,
        region=Stated(gazetteer.resolve(region)[0], None),
        year=Stated(year, None) if year else None,
        date=Stated(date, None) if date else None,
        session=None,
        speaker=None,
        source=None,
    )
    span = Span(0, len(text))
    passage = Passage("r-0000", "r", 0, span, span, text, tuple(headings or ()))
    return extract(report, [passage], lexicon=load_lexicon(), gazetteer=gazetteer)
