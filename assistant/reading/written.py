"""Reads a written query into a typed one: its names found among the places, groups and indicators.

Every fault is named in a line of its own, all of them at once. Knows names, and which places and
years there are reports of; not where the query comes from. Imported where it is used, as the schema
is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.errors import QueryError
from assistant.queries.schema import (
    Names,
    Written,
    WrittenColumn,
    WrittenCondition,
    WrittenFigures,
    WrittenMentions,
    WrittenPlaces,
    WrittenReports,
)
from assistant.queries.types import (
    Column,
    Condition,
    FigureQuery,
    MentionQuery,
    Places,
    ReportQuery,
)
from assistant.questions.understand import fold_question
from assistant.reading.ledger import Ledger
from assistant.reading.place_words import PlaceWords, Reported
from assistant.reading.reading import Reading
from assistant.reading.year_words import likely_kind, newest, newest_each
from index.lexicon.indicators import Indicator, Lexicon
from index.types import Kind, Region

FIRST_YEAR, LAST_YEAR = 1949, 2100
"""The years that a query may name."""
_EACH = 12
"""Up to how many places each one's newest year is meant, as where a question names none."""


def left_out(written: Written, reported: Reported) -> frozenset[str]:
    """Return the codes of the places that a written query leaves out."""
    places = written.places
    reader = _Reader(reported)
    names = places.without if isinstance(places, WrittenPlaces) else []
    found = [reader.named(name, "places.without").regions for name in names]
    return frozenset(region.code for regions in found for region in regions)


def read_written(written: Written, reported: Reported) -> Reading:
    """Return the reading that a written query is: its typed query and what it left open.

    Raises:
        QueryError: it names what is not known, or asks what cannot be; a line for each fault.
    """
    return _Reader(reported).read(written)


class _Reader:
    """Reads one query and gathers its faults."""

    def __init__(self, reported: Reported) -> None:
        self.reported = reported
        self.faults: list[str] = []

    def read(self, written: Written) -> Reading:
        places = self._places(written.places)
        if isinstance(written, WrittenFigures):
            reading = self._figures(written, places)
        else:
            years = self._years_of_reports(written, places)
            is_newest = isinstance(written, WrittenMentions | WrittenReports) and written.newest
            own = newest_each(places, self.reported, "target") if is_newest else ()
            years = tuple(sorted({year for _, year in own})) or years
            if isinstance(written, WrittenMentions):
                terms = tuple(dict.fromkeys(written.terms))
                asks, ranked = written.what, written.ranked
                reading = Reading(MentionQuery(terms, places, years, asks, ranked, own))
            elif isinstance(written, WrittenReports):
                query = ReportQuery(places, years, written.what, written.order, own)
                reading = Reading(query)
            else:
                reading = Reading(ReportQuery(places, years))
        if self.faults:
            raise QueryError("\n".join(self.faults))
        return reading

    def _fault(self, where: str, expected: str, found: object) -> None:
        self.faults.append(f"{where}: expected {expected}, found {found!r}")

    # Places

    def _places(self, written: WrittenPlaces | Names) -> Places:
        names = written if isinstance(written, list) else written.names
        where = "places" if isinstance(written, list) else "places.names"
        words: list[str] = []
        regions: list[Region] = []
        for at, name in enumerate(names):
            found = self.named(name, f"{where}.{at}")
            words += [found.words] if found.words else []
            regions += found.regions
        if isinstance(written, WrittenPlaces):
            left: set[Region] = set()
            for at, name in enumerate(written.without):
                left.update(self.named(name, f"places.without.{at}").regions)
            regions = [each for each in regions if each not in left]
            together = self._together(written.words, regions)
            words += [together] if together and not words else []
        if not regions and not self.faults:
            self._fault(where, "at least one place, group or level", list(names))
        return Places(tuple(dict.fromkeys(regions)), "、".join(dict.fromkeys(words)))

    def named(self, name: str, where: str) -> Places:
        """Return the places that a name, a code, a group or a level means."""
        gazetteer = self.reported.gazetteer
        if re.fullmatch(r"\d{6}(?:\d{3})*", name) and name in gazetteer:
            return Places((gazetteer.get(name),))
        found = gazetteer.resolve(name, prefer=self.reported.ahead)
        if found:
            known = [each for each in found if each.code in self.reported.ahead] or found[:1]
            if len(known) > 1 and known[0].level == known[1].level:
                codes = ", ".join(f"{each.code} {each.name}" for each in known[:6])
                self._fault(where, f"one place, by its code ({codes})", name)
            return Places(tuple(known[:1]))
        ledger = Ledger(fold_question(name))
        chosen = PlaceWords(ledger, self.reported).chosen(by_default=False)
        if chosen is None or ledger.words():
            self._fault(where, "a place in China, a group (长三角) or a level (各省)", name)
            return Places(())
        return chosen

    def _together(self, words: str, regions: Sequence[Region]) -> str:
        """Return what a record calls its places together, where the words mean just them."""
        if not words:
            return ""
        chosen = PlaceWords(Ledger(fold_question(words)), self.reported).chosen(by_default=False)
        is_same = chosen is not None and chosen.words and set(regions) <= set(chosen.regions)
        return words if is_same else ""

    # Years

    def _years(self, written: Sequence[int | str], known: Sequence[int]) -> tuple[int, ...]:
        """Return the years that are written; "all" are those from the first to the last known."""
        years: list[int] = []
        for at, each in enumerate(written):
            if each == "all":
                years += range(known[0], known[-1] + 1) if known else ()
            elif each != "newest":
                years += self._range(str(each), f"years.{at}")
        return tuple(sorted(set(years)))

    def _range(self, written: str, where: str) -> Sequence[int]:
        match = re.fullmatch(r"(\d{4})年?(?:\s?[-—–~到至]\s?(\d{4})年?)?", written.strip())
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
        if FIRST_YEAR <= first <= last <= LAST_YEAR:
            return range(first, last + 1)
        expected = f'a year from {FIRST_YEAR} to {LAST_YEAR}, "2020-2024", "newest" or "all"'
        self._fault(where, expected, written)
        return ()

    def _ahead(self, places: Places) -> list[int]:
        ahead = self.reported.ahead
        return sorted({year for place in places.regions for year in ahead.get(place.code, ())})

    def _years_of_reports(self, written: Written, places: Places) -> tuple[int, ...]:
        if "all" in written.years or not written.years:
            return ()
        years = self._years(written.years, self._ahead(places))
        if "newest" in written.years and not years:
            return (newest(places, self.reported, "target"),)
        return years

    # Figures

    def _figures(self, written: WrittenFigures, places: Places) -> Reading:
        assumed: list[str] = []
        first = written.columns[0].kind if written.columns else written.kind
        kind: Kind | None = "target" if first == "both" else first
        ahead = self._ahead(places)
        shift = -1 if kind == "actual" else 0
        is_newest = written.newest or not written.years or list(written.years) == ["newest"]
        years = () if is_newest else self._years(written.years, [year + shift for year in ahead])
        if kind is None:
            kind = likely_kind(places, years, self.reported)
            assumed.append("kind")
        own: tuple[tuple[str, int], ...] = ()
        if not years:
            own = newest_each(places, self.reported, kind)
            years = tuple(sorted({year for _, year in own}))
            if len(years) < 2 or (len(own) > _EACH and not written.newest):
                own, years = (), (newest(places, self.reported, kind),)
            if not (written.years or written.newest):
                assumed.append("years" if own else "year")
        columns = self._columns(written, kind)
        query = FigureQuery(
            places=places,
            years=years,
            columns=columns,
            condition=_condition(written.condition),
            order=written.order,
            limit=written.limit,
            aggregates=tuple(dict.fromkeys(written.aggregates)),
            newest=own,
            trends=tuple(dict.fromkeys(written.trends)),
            judges=written.judges or written.kind == "both",
        )
        self._check(query)
        return Reading(query, assumed=tuple(assumed))

    def _columns(self, written: WrittenFigures, kind: Kind) -> tuple[Column, ...]:
        if bool(written.columns) == bool(written.indicators):
            self._fault("query", "either columns or indicators", "both or neither")
            return ()
        if written.columns:
            return tuple(
                self._column(column, f"columns.{at}", kind)
                for at, column in enumerate(written.columns)
            )
        columns: list[Column] = []
        for at, name in enumerate(written.indicators):
            topic = self._topic(name, f"indicators.{at}")
            columns.append(Column(topic, kind, written.measure))
        if written.kind != "both":
            return tuple(columns)
        if len(columns) > 1:
            self._fault("indicators", 'one indicator where kind is "both"', written.indicators)
        return (columns[0], replace(columns[0], kind="actual"))

    def _column(self, column: WrittenColumn, where: str, kind: Kind) -> Column:
        topic = self._topic(column.indicator, f"{where}.indicator")
        of = None
        if column.of is not None:
            found = self.named(column.of, f"{where}.of").regions
            of = found[0] if found else None
        return Column(topic, column.kind or kind, column.measure, column.year_shift, of)

    def _topic(self, name: str, where: str) -> tuple[Indicator, ...]:
        topic = topic_of(name, self.reported.lexicon)
        if not topic:
            self._fault(where, "an indicator by its id (gdp) or its name (地区生产总值)", name)
        return topic

    def _check(self, query: FigureQuery) -> None:
        """Name what asks of a table what it cannot have."""
        condition, columns = query.condition, query.columns
        if condition is not None:
            self._check_condition(condition, columns)
        if query.judges and [column.kind for column in columns] != ["target", "actual"]:
            self._fault("judges", "a column of goals, then one of results", len(columns))
        if query.limit is not None and query.order is None:
            self._fault("limit", "an order that it is the limit of", query.limit)
        if "share" in query.aggregates and condition is None:
            self._fault("aggregates", "a condition that the share fulfils", "share")
        several = len(query.places.regions) > 1 and len(query.years) > 1 and not query.newest
        if several and query.aggregates and query.condition is None:
            changes = len(query.years) == 2 and {*query.aggregates} <= {"mean", "median", "sum"}
            if not changes:
                self._fault("aggregates", "one year or one place", list(query.aggregates))
        if query.trends and (len(query.places.regions) != 1 or len(query.years) < 2):
            self._fault("trends", "one place and several years", list(query.trends))
        counts = condition if condition and condition.relation == "at_least" else None
        if "passed" in query.trends and (counts is None or counts.low is None):
            self._fault("trends", "a condition at_least with a number for passed", "passed")
        if condition is not None and condition.further and "passed" not in query.trends:
            self._fault("condition.further", "nothing but with the trend passed", len(query.trends))
        if query.newest and columns and any(column.shift for column in columns):
            self._fault("newest", "years where a column has a year_shift", query.newest[0][1])

    def _check_condition(self, condition: Condition, columns: Sequence[Column]) -> None:
        low, high = condition.low, condition.high
        if condition.relation == "ranged":
            if low is not None or high is not None:
                self._fault("condition", "no number beside ranged", str(low or high))
        elif condition.relation == "between":
            if low is None or high is None or low > high:
                self._fault("condition", "low and high, in order", [str(low), str(high)])
        elif high is not None:
            self._fault("condition.high", "nothing but with between", str(high))
        elif low is None and len(columns) != 2:
            self._fault("condition", "a number in low, or two columns", len(columns))


def _condition(written: WrittenCondition | None) -> Condition | None:
    if written is None:
        return None
    further = tuple(written.further)
    return Condition(written.relation, written.low, written.high, written.unit, further)


def topic_of(name: str, lexicon: Lexicon) -> tuple[Indicator, ...]:
    """Return the indicators that an id or a whole name may mean, likeliest first; () for none."""
    by_id = {indicator.id: indicator for indicator in lexicon.all}
    if name in by_id:
        return (by_id[name],)
    folded = fold_question(name).strip()
    mentions = lexicon.mentions(folded)
    if len(mentions) != 1 or mentions[0].joint or len(mentions[0].span) < len(folded):
        return ()
    return mentions[0].candidates
