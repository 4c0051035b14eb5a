"""Sorts the figures of a place's reports into the cells of its rows: goals, results, unsure ones.

Knows what may stand in a cell, and not which of several does.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from assistant.panel.names import Around, adds, is_named, is_of_a_part, is_of_years
from assistant.panel.types import Candidate, Measure, Why
from assistant.panel.units import as_stated, candidate, measure_of
from index.lexicon.indicators import Indicator
from index.lexicon.measures import SIZES
from index.reports.calendar import Calendar, calendar_of
from index.types import Figure, Kind, Report, Span


class Key(NamedTuple):
    """What makes a row of a place."""

    year: int
    indicator: str
    measure: Measure
    unit: str


@dataclass(frozen=True, slots=True)
class Cells:
    """What may stand in the cells of one place.

    `sure` are figures by row and side; `unsure` those of a row that stand on neither side, each
    with what keeps it from it.
    """

    sure: dict[tuple[Key, Kind], list[Candidate]] = field(default_factory=lambda: defaultdict(list))
    unsure: dict[Key, list[tuple[Why, Candidate]]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def rows(self) -> set[Key]:
        """Return the rows that there is anything of."""
        return {key for key, _ in self.sure} | set(self.unsure)


def cells_of(
    figures: Iterable[Figure],
    reports: Mapping[str, Report],
    indicators: Mapping[str, Indicator],
    texts: Mapping[str, str],
) -> Cells:
    """Sort the figures of a place into its rows.

    Sums over years, parts of a year, goals of a plan for a later year, ranks and averages are no
    figure of a year and are left out.

    Args:
        figures: what the place's reports state of it.
        reports: those reports by their ids.
        indicators: by their ids; what is of another is left out.
        texts: the clean texts of the reports by their ids.
    """
    cells = Cells()
    figures = list(figures)
    of_several = _of_several(figures)
    for figure in figures:
        report = reports[figure.report_id]
        indicator, calendar = indicators.get(figure.indicator_id or ""), calendar_of(report)
        if indicator is None or calendar is None or not _is_of_a_year(figure):
            continue
        if (figure.report_id, figure.value_span) in of_several and figure.measure in SIZES:
            continue
        _sort_in(cells, figure, report, calendar, indicator, texts[report.id])
    return cells


def _of_several(figures: Iterable[Figure]) -> set[tuple[str, Span]]:
    """Return the numbers that stand for several indicators at once: 存贷款余额1351亿元.

    As an amount such a one is their sum or either's; growth (城乡居民收入增长8%) is each one's.
    """
    owners: dict[tuple[str, Span], set[str]] = defaultdict(set)
    for figure in figures:
        owners[figure.report_id, figure.value_span].add(figure.indicator_id or "")
    return {number for number, own in owners.items() if len(own) > 1}


def _is_of_a_year(figure: Figure) -> bool:
    return figure.kind != "cumulative" and len(figure.period) == len("2024")


def _sort_in(
    cells: Cells,
    figure: Figure,
    report: Report,
    calendar: Calendar,
    indicator: Indicator,
    text: str,
) -> None:
    measure, year = measure_of(figure), int(figure.period)
    told = calendar.ahead if figure.kind == "target" else calendar.done
    if measure is None or _is_of_a_plan(figure, told, year):
        return
    around = _around(figure, text)
    if measure == "level" and adds(around.segment, figure, indicator.zh):
        measure = "change"
    made = candidate(figure, report, told, measure, indicator)
    why = _kept_from(figure, told - year, indicator, around)
    if made is None:
        made, why = as_stated(figure, report, told, measure), why or "unit"
    key = Key(year, indicator.id, measure, made.unit)
    if why is not None:
        cells.unsure[key].append((why, made))
    elif figure.kind != "cumulative":
        cells.sure[key, figure.kind].append(made)


def _is_of_a_plan(figure: Figure, told: int, year: int) -> bool:
    """Tell whether a goal is one for a later year than its report plans: that of a plan."""
    return figure.kind == "target" and year > told


def _kept_from(figure: Figure, late: int, indicator: Indicator, around: Around) -> Why | None:
    """Return what keeps a figure from standing as its side.

    Args:
        figure: the figure.
        late: years from the figure's to the one that its report has to tell of.
        indicator: whose column it would stand in.
        around: the words around it.
    """
    if not figure.is_sure or (figure.kind == "target" and _STANDING.match(around.behind)):
        return "kind"
    if late < 0 or (late > 0 and not _BASE.search(around.lead)) or is_of_years(around):
        return "period"
    if not is_named(figure, indicator) or is_of_a_part(around, figure, indicator.zh):
        return "name"
    return None


_BASE = re.compile(r"从|由|自")
"""Words of an earlier year's value that a later report goes out from: 由2010年的840亿元."""
_STANDING = re.compile(r"全部|全面|均|都")
"""Words behind a number that tell of what is there already: 13家三级医院全部建成互联网医院."""
_SENTENCE = re.compile(r"[。!?\n]")
_FAR, _NEAR = 90, 12
"""Characters before a clause in which its sentence is read, and those right before it."""


def _around(figure: Figure, text: str) -> Around:
    start, end = figure.span.start, figure.span.end
    sentence = _SENTENCE.split(text[max(0, start - _FAR) : start])[-1]
    own = text[start : max(start, figure.value_span.start)]
    lead = sentence[-_NEAR:].rpartition(";")[2]
    return Around(sentence, lead + own, text[end : end + 2])
