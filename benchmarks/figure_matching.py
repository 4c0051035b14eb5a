"""When a found figure is the labelled one: names, values, units and places compared.

Reads a report and finds its figures, as a search for them does, for whoever scores them. Knows
nothing of scores or of how labels are kept, but for the rows of a table (`Gold`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from index.figures.extraction import extract
from index.ingestion.loaders import load
from index.lexicon.indicators import Lexicon, load_lexicon
from index.lexicon.numerals import decimal
from index.places.gazetteer import load_gazetteer
from index.reports.metadata import describe
from index.structure.passages import split
from index.text.normalization import Normalized, normalize
from index.types import Figure, Passage, Report, Span


@dataclass(frozen=True, slots=True)
class Gold:
    """A labelled figure; `places` are where its evidence stands in clean text."""

    row: dict[str, str]
    places: tuple[Span, ...]

    def __str__(self) -> str:
        keys = ("canonical_indicator", "kind", "period", "value", "unit")
        return " ".join(self.row[key] for key in keys)


@dataclass(frozen=True, slots=True)
class Read:
    """A report with all that figures are found in."""

    normalized: Normalized
    report: Report
    passages: list[Passage]


def read(path: Path) -> Read:
    """Read the report in a file."""
    normalized = normalize(load(path).text)
    report = describe(
        normalized, document=path.name, report_id=path.stem, gazetteer=load_gazetteer()
    )
    return Read(normalized, report, split(normalized, path.stem))


def find(report: Read) -> list[Figure]:
    """Find the figures of a report."""
    return extract(
        report.report, report.passages, lexicon=load_lexicon(), gazetteer=load_gazetteer()
    )


def known(name: str, lexicon: Lexicon) -> str | None:
    """Return the id of the one indicator that a name, all of it, stands for."""
    mentions = lexicon.mentions(name)
    whole = [m for m in mentions if m.span == Span(0, len(name)) and len(m.candidates) == 1]
    return whole[0].candidates[0].id if whole else None


def same_name(gold: Gold, figure: Figure, lexicon: Lexicon) -> bool:
    """Tell whether a figure has a row's canonical name, or is of the indicator that it names."""
    name = gold.row["canonical_indicator"]
    meant = known(name, lexicon)
    return name == figure.indicator or (meant is not None and meant == figure.indicator_id)


def like_name(gold: Gold, figure: Figure, lexicon: Lexicon) -> bool:
    """Tell whether a figure that the lexicon cannot compare stands there under a like name."""
    if figure.indicator_id is not None and known(gold.row["canonical_indicator"], lexicon):
        return False
    names = (gold.row["canonical_indicator"], gold.row["indicator_as_written"])
    return overlaps(gold, figure) and alike(figure, names)


def alike(figure: Figure, names: Iterable[str]) -> bool:
    """Tell whether a figure's name shares two characters in a row with one of some names."""
    found = _pairs(figure.indicator + " " + figure.as_written)
    return any(found & _pairs(name) for name in names)


def _pairs(name: str) -> set[str]:
    return {name[i : i + 2] for i in range(len(name) - 1) if not name[i : i + 2].isspace()}


def overlaps(gold: Gold, figure: Figure) -> bool:
    """Tell whether a figure stands where a row's evidence does."""
    return any(
        place.start < figure.span.end and figure.span.start < place.end for place in gold.places
    )


_FILLER = re.compile(r"保持|继续|持续|实现|稳居|位居|名列|居|和|与|,|、| ")


def same_value(gold: Gold, figure: Figure) -> bool:
    """Tell whether values are equal as numbers, or as wordings where there is no number."""
    written = gold.row["value"]
    if figure.upper is not None or _RANGE.fullmatch(written):
        return f"{figure.value}-{figure.upper}" == written
    value = _number(written.removesuffix(":1"))
    if not written and figure.wording:
        return same_wording(gold.row["qualifier"], figure.wording)
    if value is not None and figure.value is not None:
        return value == figure.value
    if value is not None or figure.value is not None or figure.wording is None:
        return False
    return same_wording(written, figure.wording)


_RANGE = re.compile(r"[\d.]+-[\d.]+")


def same_wording(written: str, found: str) -> bool:
    """Tell whether one wording of a target holds the other, but for 保持 and the like."""
    first, second = _FILLER.sub("", written), _FILLER.sub("", found)
    return bool(first and second) and (first in second or second in first)


def _number(written: str) -> Decimal | None:
    try:
        return Decimal(written.replace(",", ""))
    except InvalidOperation:
        numerals = re.fullmatch(r"第?([一二三四五六七八九十两百]+)强?", written)
        return decimal(numerals[1]) if numerals else None


def same_unit(gold: Gold, figure: Figure) -> bool:
    """Tell whether units are equal but for what a row has in brackets."""
    if figure.value is None:
        return True
    return re.sub(r"\(.*\)", "", gold.row["unit"]) == figure.unit


def figure_line(figure: Figure) -> str:
    """Write a found figure in one line."""
    value = figure.wording if figure.value is None else figure.value
    return f"{figure.indicator} {figure.kind} {figure.period} {value} {figure.unit}"
