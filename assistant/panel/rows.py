"""Evaluates a panel query over the catalogue: rows one after the other, a place at a time.

No more than one place's figures are held. Knows nothing of the files that rows are written to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from assistant.answering.figures.export import indicators_named, unknown_indicator
from assistant.panel.cells import Cells, Key, cells_of
from assistant.panel.choosing import chosen, stretch_of
from assistant.panel.types import (
    Candidate,
    Measure,
    PanelQuery,
    PanelRow,
    Side,
    Status,
    Stood,
    Why,
)
from assistant.panel.units import plain
from index import deadline
from index.lexicon.indicators import Indicator, Lexicon
from index.reports.calendar import calendar_of
from index.storage.catalogue import Catalogue
from index.text.normalization import Normalized
from index.types import Filter, Kind, Region

Progress = Callable[[int, int], None]
"""Told after each place how many are done, and of how many."""

_MEASURES: tuple[Measure, ...] = ("growth", "level", "share", "ratio", "change", "words")


def query_of(
    regions: frozenset[str], years: frozenset[int], names: Iterable[str], lexicon: Lexicon
) -> PanelQuery:
    """Return the query of these places, years and indicators, an empty side being open.

    Args:
        regions: administrative codes.
        years: those that figures are of.
        names: of indicators, Chinese or English, short, or ids; a name that may mean several
            stands for all of them.
        lexicon: the indicators that are known.

    Raises:
        SelectionError: a name that the lexicon does not have.
    """
    found: set[str] = set()
    for name in names:
        known = indicators_named(name, lexicon)
        if not known:
            raise unknown_indicator(name, (), lexicon)
        found |= known
    return PanelQuery(regions, years, frozenset(found))


def evaluate(
    query: PanelQuery, catalogue: Catalogue, lexicon: Lexicon, progress: Progress | None = None
) -> Iterator[PanelRow]:
    """Yield every row of `query`, by place, year, indicator and measure.

    Args:
        query: which rows.
        catalogue: what is indexed.
        lexicon: the indicators that a panel has; names that only a report has are not among them.
        progress: is told after each place.
    """
    indicators = {
        each.id: each for each in lexicon.all if not query.indicators or each.id in query.indicators
    }
    codes = sorted(catalogue.newest(Filter(regions=query.regions)))
    for done, code in enumerate(codes, 1):
        deadline.check()
        yield from _rows_of(code, query.years, catalogue, indicators)
        if progress is not None:
            progress(done, len(codes))


def _rows_of(
    code: str,
    years: frozenset[int],
    catalogue: Catalogue,
    indicators: Mapping[str, Indicator],
) -> Iterator[PanelRow]:
    where = Filter(regions=frozenset({code}))
    reports = {report.id: report for report in catalogue.reports(where)}
    figures = catalogue.figures(where, regions=[code], indicators=sorted(indicators))
    if not figures:
        return
    texts = {each: catalogue.normalized(each) for each in {f.report_id for f in figures}}
    ahead = {calendar.ahead for each in reports.values() if (calendar := calendar_of(each))}
    cells = cells_of(
        figures, reports, indicators, {each: text.text for each, text in texts.items()}
    )
    order = {identifier: place for place, identifier in enumerate(indicators)}
    keys = [key for key in cells.rows() if not years or key.year in years]
    keys.sort(
        key=lambda key: (key.year, order[key.indicator], _MEASURES.index(key.measure), key[3])
    )
    drafts = [_draft(key, cells, indicators[key.indicator], ahead) for key in keys]
    stood = _located((each for draft in drafts for each in draft.candidates()), texts)
    for draft in drafts:
        yield draft.row(figures[0].region, indicators[draft.key.indicator], stood)


@dataclass(frozen=True, slots=True)
class _Half:
    """One side of a draft."""

    status: Status
    stands: Candidate | None = None
    others: int = 0
    stretch: Decimal | None = None

    def side(self, stood: Mapping[int, Stood]) -> Side:
        stated = None if self.stands is None else stood[id(self.stands)]
        return Side(self.status, stated, self.others, self.stretch)

    @property
    def value(self) -> Decimal | None:
        return None if self.stands is None else self.stands.value


@dataclass(frozen=True, slots=True)
class _Draft:
    """A row before its clauses are looked up in their reports."""

    key: Key
    target: _Half
    result: _Half
    revision: Decimal | None
    unsure: Candidate | None
    why: Why | None

    def candidates(self) -> Iterator[Candidate]:
        for each in (self.target.stands, self.result.stands, self.unsure):
            if each is not None:
                yield each

    def row(self, place: Region, indicator: Indicator, stood: Mapping[int, Stood]) -> PanelRow:
        return PanelRow(
            place=place,
            year=self.key.year,
            indicator=indicator,
            measure=self.key.measure,
            unit=self.key.unit,
            target=self.target.side(stood),
            result=self.result.side(stood),
            revision=self.revision,
            gap=_less(self.result.value, self.target.value),
            unsure=None if self.unsure is None else stood[id(self.unsure)],
            why=self.why,
        )


def _draft(key: Key, cells: Cells, indicator: Indicator, ahead: set[int]) -> _Draft:
    target = _half(key, "target", cells, indicator, key.year in ahead)
    result = _half(key, "actual", cells, indicator, key.year + 1 in ahead)
    before = _half(key._replace(year=key.year - 1), "target", cells, indicator, known=True)
    kept = list(cells.unsure.get(key, ()))
    for kind, half in (("target", target), ("actual", result)):
        if half.status == "several":
            kept += [("several", each) for each in cells.sure[key, kind]]  # type: ignore[index]
    filled = target.stands is not None and result.stands is not None
    why, unsure = max(kept, key=_first_of_all, default=(None, None))
    if filled:
        why, unsure = None, None
    return _Draft(key, target, result, _less(target.value, before.value), unsure, why)


def _first_of_all(kept: tuple[Why, Candidate]) -> tuple[float, ...]:
    why, each = kept
    return (-float(why in ("unit", "name")), each.figure.certainty, -float(each.figure.ordinal))


def _half(key: Key, kind: Kind, cells: Cells, indicator: Indicator, known: bool) -> _Half:
    candidates = cells.sure.get((key, kind), [])
    if not candidates:
        if key in cells.unsure:
            return _Half("unsure")
        return _Half("not_stated" if known else "no_report")
    stands, others = chosen(candidates, key.year, indicator.zh)
    if stands is None:
        return _Half("several", None, others)
    stretch = stretch_of(stands, candidates) if kind == "target" else None
    return _Half("in_words" if key.measure == "words" else "stated", stands, others, stretch)


def _less(value: Decimal | None, other: Decimal | None) -> Decimal | None:
    return None if value is None or other is None else plain(value - other)


def _located(candidates: Iterable[Candidate], texts: Mapping[str, Normalized]) -> dict[int, Stood]:
    """Return the candidates by identity with their raw clauses."""
    stood: dict[int, Stood] = {}
    for each in candidates:
        text = texts[each.report.id]
        span = text.raw_span(each.figure.span)
        stood[id(each)] = Stood(each, span, span.of(text.raw))
    return stood
