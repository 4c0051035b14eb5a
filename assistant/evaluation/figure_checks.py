"""What the figures of many reports say against each other, where nobody has labelled any.

A report without a target or a result of its economy, a value outside the usual band of its
indicator, two targets for one thing, a result told otherwise by another report, a level that leaps
from one report to the next and a kind that turns for a figure or two are marks of a misreading, not
proofs of one. Only figures that are sure of their kind are looked at. Knows nothing of files.
"""

from __future__ import annotations

import tomllib
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any, Literal

from index.lexicon.qualifiers import says_decline, senses_of
from index.lexicon.units import comparable, convert
from index.reports.calendar import Calendar, calendar_of
from index.types import Figure, Passage, Report

Check = Literal[
    "not dated", "no target", "no result", "outside the band", "two targets", "told otherwise",
    "leaps", "turns",
]  # fmt: skip
"""What is looked for; see `CHECKS`."""

CHECKS: dict[Check, str] = {
    "not dated": "place or year of the report is not known, so it has no figures",
    "no target": "no target of the gross domestic product for the year ahead",
    "no result": "no result of the gross domestic product of the year done",
    "outside the band": "a value outside the usual band of its indicator",
    "two targets": "two targets of one indicator and period, neither a higher aim (力争)",
    "told otherwise": "a result that another report of the place tells otherwise",
    "leaps": "a level more than three times, or less than a third, of that in the report before",
    "turns": "a kind that turns for at most two figures within a section",
}

_ECONOMY = "gdp"
_REVISED = Decimal("0.08")
"""By how much of it a level may be revised until the next report: a census of the economy does."""
_REVISED_GROWTH = Decimal(1)  # percentage points
_LEAP = 3
_RUN, _BESIDE = 2, 3
"""At most how many figures turn, between at least how many of the other kind on both sides."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found in a report; `text` says of what, with the words of the report."""

    document: str
    check: Check
    text: str


@dataclass(frozen=True, slots=True)
class FigureCheck:
    """What was found in all reports.

    `with_target` and `with_result` count the reports that tell a target and a result of their
    economy, `unsure` the figures that are not sure of their kind.
    """

    reports: int
    with_target: int
    with_result: int
    figures: int
    unsure: int
    findings: tuple[Finding, ...]

    @property
    def counts(self) -> dict[Check, int]:
        """How often each check found something, none left out."""
        found = Counter(finding.check for finding in self.findings)
        return {check: found[check] for check in CHECKS}

    def to_json(self) -> dict[str, Any]:
        """Return all that was found as JSON has it."""
        return {**asdict(self), "counts": self.counts}

    def worst(self, most: int) -> list[tuple[str, list[Finding]]]:
        """Return the reports with the most findings, at most so many, each with its findings."""
        by_report: dict[str, list[Finding]] = defaultdict(list)
        for finding in self.findings:
            by_report[finding.document].append(finding)
        return sorted(by_report.items(), key=lambda item: (-len(item[1]), item[0]))[:most]


@dataclass(slots=True)
class FigureChecker:
    """Takes reports one by one, keeps of each only what is compared with others."""

    reports: int = 0
    with_target: int = 0
    with_result: int = 0
    figures: int = 0
    unsure: int = 0
    findings: list[Finding] = field(default_factory=list)
    results: dict[_Told, list[_Result]] = field(default_factory=lambda: defaultdict(list))

    def add(
        self,
        report: Report,
        figures: Sequence[Figure],
        passages: Sequence[Passage],
        *,
        clean: str = "",
    ) -> None:
        """Check one report.

        Args:
            report: the report.
            figures: all its figures, in reading order.
            passages: all its passages, in order.
            clean: its clean text, to quote from; empty where the figures have their clauses.
        """
        self.reports += 1
        self.figures += len(figures)
        self.unsure += sum(not figure.is_sure for figure in figures)
        calendar = calendar_of(report)
        if report.place is None or calendar is None:
            self.findings.append(Finding(report.document, "not dated", "place or year not known"))
            return
        own = [each for each in figures if each.region.code == report.place.code and each.is_sure]
        found = [
            *self._economy(own, calendar),
            *_outside(own, clean),
            *_two_targets(own, clean),
            *_turns([each for each in figures if each.is_sure], passages, clean),
        ]
        self.findings += [Finding(report.document, check, text) for check, text in found]
        self._keep(report, own, clean)

    def result(self) -> FigureCheck:
        """Return what was found, the reports compared with each other."""
        return FigureCheck(
            reports=self.reports,
            with_target=self.with_target,
            with_result=self.with_result,
            figures=self.figures,
            unsure=self.unsure,
            findings=(*self.findings, *_told_otherwise(self.results), *_leaps(self.results)),
        )

    def _economy(
        self, figures: Iterable[Figure], calendar: Calendar
    ) -> Iterator[tuple[Check, str]]:
        told = [each for each in figures if each.indicator_id == _ECONOMY]
        if any(each.kind == "target" and each.years[1] >= calendar.ahead for each in told):
            self.with_target += 1
        else:
            yield "no target", str(calendar.ahead)
        if any(each.kind != "target" and each.years[1] == calendar.done for each in told):
            self.with_result += 1
        else:
            yield "no result", str(calendar.done)

    def _keep(self, report: Report, figures: Iterable[Figure], clean: str) -> None:
        for figure in figures:
            if figure.kind != "actual" or figure.measure not in ("level", "growth_yoy"):
                continue
            if figure.indicator_id is None or figure.value is None or len(figure.period) != 4:
                continue
            told = _Told(figure.region.code, figure.indicator_id, figure.measure)
            value = -figure.value if _declines(figure) else figure.value
            result = _Result(
                report.document, report.given or 0, int(figure.period), value, figure.unit,
                _quoted(figure, clean),
            )  # fmt: skip
            self.results[told].append(result)


@dataclass(frozen=True, slots=True)
class _Told:
    """What results of several reports are told of."""

    region: str
    indicator: str
    measure: str


@dataclass(frozen=True, slots=True)
class _Result:
    """One of them: by which report, given when, of which year."""

    document: str
    given: int
    year: int
    value: Decimal
    unit: str
    text: str


def _outside(figures: Iterable[Figure], clean: str) -> Iterator[tuple[Check, str]]:
    for figure in figures:
        band = _bands().get(f"{figure.indicator_id}.{figure.measure}")
        if band is None or figure.value is None:
            continue
        low, high = band.get(figure.region.level) or (band.get("low"), band.get("high"))
        if low is None or high is None or not comparable(figure.unit, band["unit"]):
            continue
        value = convert(-figure.value if _declines(figure) else figure.value, figure.unit,
                        band["unit"])  # fmt: skip
        if not Decimal(str(low)) <= value <= Decimal(str(high)):
            yield "outside the band", _line(figure, clean)


def _two_targets(figures: Iterable[Figure], clean: str) -> Iterator[tuple[Check, str]]:
    targets: dict[tuple[str | None, str, str, str], list[Figure]] = defaultdict(list)
    for figure in figures:
        if figure.kind != "target" or figure.indicator_id is None or figure.value is None:
            continue
        if figure.measure not in ("level", "growth_yoy") or figure.upper is not None:
            continue
        if "striving" in senses_of(figure.qualifier) or "争取" in _quoted(figure, clean):
            continue
        key = (figure.indicator_id, figure.measure, figure.period, figure.unit)
        targets[key].append(figure)
    for several in targets.values():
        first = several[0]
        other = next((each for each in several if each.value != first.value), None)
        if other is not None:
            yield "two targets", f"{_line(first, clean)} | {_line(other, clean)}"


def _turns(
    figures: Sequence[Figure], passages: Sequence[Passage], clean: str
) -> Iterator[tuple[Check, str]]:
    begins = [passage.span.start for passage in passages]

    def section(figure: Figure) -> tuple[str, ...]:
        at = bisect_right(begins, figure.span.start) - 1
        return passages[at].headings if at >= 0 else ()

    for _, inside in groupby(figures, section):
        runs = [list(run) for _, run in groupby(inside, lambda each: each.kind == "target")]
        for before, run, after in zip(runs, runs[1:], runs[2:], strict=False):
            if len(run) <= _RUN and min(len(before), len(after)) >= _BESIDE:
                yield "turns", _line(run[0], clean)


def _told_otherwise(results: dict[_Told, list[_Result]]) -> Iterator[Finding]:
    for told, several in results.items():
        by_year: dict[int, list[_Result]] = defaultdict(list)
        for each in several:
            by_year[each.year].append(each)
        for same in by_year.values():
            last = max(same, key=lambda each: each.given)
            others = [each for each in same if each.document != last.document]
            if not others or any(not _differs(last, each, told.measure) for each in others):
                continue
            other = others[0]
            text = f"{told.indicator} {last.year}: {last.text} | {other.document}: {other.text}"
            yield Finding(last.document, "told otherwise", text)


def _differs(one: _Result, other: _Result, measure: str) -> bool:
    if not comparable(one.unit, other.unit):
        return False
    value = convert(other.value, other.unit, one.unit)
    if measure == "growth_yoy":
        return abs(one.value - value) > _REVISED_GROWTH
    return abs(one.value - value) > _REVISED * max(abs(one.value), abs(value))


def _leaps(results: dict[_Told, list[_Result]]) -> Iterator[Finding]:
    for told, several in results.items():
        if told.measure != "level":
            continue
        # What is told first of a year in a report is the whole; parts of it may follow.
        own: dict[int, _Result] = {}
        for each in several:
            if each.year in (each.given, each.given - 1):
                own.setdefault(each.year, each)
        for year, later in own.items():
            before = own.get(year - 1)
            if before is None or not comparable(later.unit, before.unit) or not before.value:
                continue
            ratio = later.value / convert(before.value, before.unit, later.unit)
            if not Decimal(1) / _LEAP <= ratio <= _LEAP:
                text = f"{told.indicator}: {later.text} | {before.document}: {before.text}"
                yield Finding(later.document, "leaps", text)


def _declines(figure: Figure) -> bool:
    return "growth" in figure.measure and says_decline(figure.qualifier)


def _line(figure: Figure, clean: str) -> str:
    value = figure.value_text or figure.wording
    return (
        f"{figure.indicator} {figure.kind} {figure.period} {value}{figure.unit}"
        f" < {_quoted(figure, clean)}"
    )


def _quoted(figure: Figure, clean: str) -> str:
    return " ".join((figure.clause or figure.span.of(clean)).split())[-60:]


@cache
def _bands() -> dict[str, dict[str, Any]]:
    path = Path(__file__).with_name("bands.toml")
    with path.open("rb") as file:
        data = tomllib.load(file)
    return {f"{name}.{measure}": band for name, of in data.items() for measure, band in of.items()}
