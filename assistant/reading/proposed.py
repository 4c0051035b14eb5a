"""Judges a proposed reading of a question: it may only say what the question says.

Each place, year, indicator and number of the proposed query has to be found in the question, or in
the turns before it, by our own readers; each that they find in the question has to be in the query.
What our readers leave over counts as said only where the proposal quotes it for a part of the query
that they did not find. Knows queries and words; not who proposes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from assistant.claims.number_words import values_in
from assistant.errors import QueryError
from assistant.queries.schema import WrittenReading
from assistant.queries.types import (
    Column,
    Condition,
    FigureQuery,
    MentionQuery,
    Query,
)
from assistant.questions.glossary import chinese_for
from assistant.questions.understand import fold_question
from assistant.reading.ledger import Ledger
from assistant.reading.parts import Asked, Scope, asked_of, relation_of, scope_of
from assistant.reading.place_words import Reported
from assistant.reading.quantities import quantity
from assistant.reading.reading import Reading
from assistant.reading.written import left_out, read_written
from index.lexicon.indicators import Indicator
from index.lexicon.units import comparable, convert
from index.types import Span

_NEGATED = re.compile(r"[没未不非除无]|\b(?:not|no|never|without|except|excluding|nor)\b|n't", re.I)
_EITHER = re.compile(r"或|任[一何]|\bor\b|\bany\b|\beither\b", re.I)
_AMOUNT = re.compile(
    r"(?<![\d.])\d[\d,]*(?:\.\d+)?\s?(?:%|(?:万亿|亿|万|千|百)?(?:美元|元|人次|人|吨|户|家|个|公里|亩)?"
    r"(?:million|billion|trillion)?(?: yuan)?)",
    re.I,
)


def judged(proposed: WrittenReading, turns: Sequence[str], reported: Reported) -> Reading | None:
    """Return a proposed reading as one of ours, None where it says what the question does not.

    Args:
        proposed: the reading.
        turns: the turns of the conversation, folded, the question last.
        reported: what there are reports of.
    """
    if proposed.query is None or not turns:
        return None
    try:
        reading = read_written(proposed.query, reported)
        excluded = left_out(proposed.query, reported)
    except QueryError:
        return None
    names_years = any(each not in ("all", "newest") for each in proposed.query.years)
    judge = _Judge(reading.query, excluded, [_Turn(turn, reported) for turn in turns])
    if judge.last.scope.years.says_any and not proposed.query.years:
        return None
    is_said = (
        judge.says_its_places()
        and judge.says_its_years(names_years=names_years)
        and judge.says_its_subject()
    )
    if not is_said:
        return None
    quotes = [(fold_question(each.words), each.part) for each in proposed.words]
    left = judge.left(quotes)
    if left is None:
        return None
    named = {place.code for place in reading.query.places.regions}
    unknown = tuple(each for each in judge.last.scope.places.unknown if each.code not in named)
    return replace(reading, left=left, unknown=unknown)


class _Turn:
    """What our own readers find in one turn."""

    def __init__(self, folded: str, reported: Reported) -> None:
        self.folded, self.reported = folded, reported
        self.topics = reported.lexicon.mentions(folded)
        self.scope: Scope = scope_of(Ledger(folded), reported)
        self.asked: Asked = asked_of(self.scope)
        places = self.scope.places
        self.named = {place.code for place in (*places.named, *places.unknown)}
        self.grouped = {code for found in places.groups for code in found.codes}
        chosen = places.chosen(by_default=False)
        self.chosen = {place.code for place in chosen.regions} if chosen else set()
        self.excluded = {place.code for place in places.excluded}

    @property
    def places(self) -> set[str]:
        """The codes of every place that is said."""
        return self.named | self.grouped | self.chosen | self.excluded

    @property
    def indicators(self) -> set[Indicator]:
        """Every indicator that may be meant."""
        return {each for topic in self.topics for each in topic.candidates}

    def amounts(self) -> list[tuple[Decimal, str]]:
        """Return the numbers that are said, but years, each with its unit."""
        found = [quantity(match[0]) for match in _AMOUNT.finditer(self.folded)]
        return [
            (value, unit)
            for value, unit in found
            if value is not None and not (unit == "" and 1949 <= value <= 2100)
        ]


class _Judge:
    """Holds one query to the turns of a conversation."""

    def __init__(self, query: Query, excluded: frozenset[str], turns: Sequence[_Turn]) -> None:
        self.excluded = excluded
        self.query, self.turns, self.last = query, turns, turns[-1]
        self.columns: tuple[Column, ...] = query.columns if isinstance(query, FigureQuery) else ()

    # Places and years

    def says_its_places(self) -> bool:
        """Tell whether the places of the query are those that are said."""
        asked = {place.code for place in self.query.places.regions}
        of = {column.of.code for column in self.columns if column.of is not None}
        last = self.last
        said = set().union(*(turn.places for turn in self.turns))
        default = None if said else last.scope.places.chosen()
        said |= {place.code for place in default.regions} if default else set()
        if self.last.chosen and not self._leans():
            said = last.places
        named = set().union(*(t.named | t.grouped | t.excluded for t in self.turns))
        if not (asked <= said and self.excluded | of <= named) or last.excluded & asked:
            return False
        used = asked | self.excluded | of | last.excluded
        around = {code for place in self.query.places.regions for code in place.parents}
        around |= {"100000"} if len(asked) > 1 else set()
        if not last.named <= used | around or not last.grouped <= used:
            return False
        if last.scope.places.level is not None and not last.named & asked:
            return last.chosen <= used
        return True

    def _leans(self) -> bool:
        return any(Ledger(self.last.folded).shows(cue) for cue in ("those", "instead"))

    def says_its_years(self, *, names_years: bool) -> bool:
        """Tell whether the years of the query are those that are said."""
        if self.last.scope.years.says_any:
            own = self._years_of(self.last)
            years = set(self.query.years)
            shifted = {
                year + column.shift for year in years for column in self.columns if column.shift
            }
            return years <= own <= years | shifted if own else not names_years
        if not names_years:
            return True
        before = set().union(*(self._years_of(turn) for turn in self.turns[:-1]), set())
        return set(self.query.years) <= before

    def _years_of(self, turn: _Turn) -> set[int]:
        places, years = self.query.places, turn.scope.years
        if isinstance(self.query, FigureQuery):
            kind = self.query.columns[0].kind
            return set(years.chosen(places, turn.reported, kind))
        return set(years.of_reports(places, turn.reported))

    # What is asked of them

    def says_its_subject(self) -> bool:
        """Tell whether indicators, terms, numbers and what is made of them are those said."""
        query = self.query
        if isinstance(query, FigureQuery):
            return (
                self._says_indicators()
                and self._says_kinds()
                and self._says_other_years(query)
                and self._says_numbers(query)
                and self._keeps_operations(query)
            )
        if isinstance(query, MentionQuery):
            return self._says_terms(query)
        return not (self.last.topics or self.last.amounts())

    def _says_indicators(self) -> bool:
        asked = [set(column.topic) for column in self.columns]
        own = [set(topic.candidates) for topic in self.last.topics]
        said = set().union(*(turn.indicators for turn in self.turns))
        if not all(any(topic & each for each in asked) for topic in own):
            return False
        default = self.last.reported.lexicon.default
        means_default = not said and bool(self.last.asked.kind or self.last.asked.side)
        said |= {default} if means_default else set()
        return all(topic & said for topic in asked)

    def _says_kinds(self) -> bool:
        kinds = {column.kind for column in self.columns}
        asked = self.last.asked
        if asked.both or self.last.scope.than is not None:
            return kinds == {"target", "actual"} or self.last.scope.than is not None
        if asked.side is not None and asked.side not in {
            c.side or asked.side for c in self.columns
        }:
            return False
        return asked.kind is None or asked.kind in kinds

    def _says_other_years(self, query: FigureQuery) -> bool:
        """Tell whether columns of other years are said, or are what the first is held against."""
        compares = query.condition is not None and query.condition.low is None
        said = set().union(*(set(turn.scope.years.named) for turn in self.turns))
        return compares or all(
            year + column.shift in said
            for column in query.columns
            if column.shift
            for year in query.years
        )

    def _says_numbers(self, query: FigureQuery) -> bool:
        condition = query.condition
        ends = [each for each in (condition.low, condition.high) if each] if condition else []
        unit = condition.unit if condition else ""
        said = [amount for turn in self.turns for amount in turn.amounts()]
        if not all(any(_is_same(end, unit, amount) for amount in said) for end in ends):
            return False
        counts = {Decimal(query.limit or 0), Decimal(len(query.places.regions))}
        counts.add(Decimal(len(query.years)))
        if query.limit not in (None, 1, *values_in(self.last.folded)):
            return False
        return all(
            any(_is_same(end, unit, amount) for end in ends) or amount[0] in counts
            for amount in self.last.amounts()
        )

    def _keeps_operations(self, query: FigureQuery) -> bool:
        """Tell whether everything that our readers found is still asked."""
        asked, scope = self.last.asked, self.last.scope
        condition = query.condition
        if scope.condition is not None and not _is_as(condition, scope.condition):
            return False
        if scope.than is not None and (
            condition is None or condition.low is not None
            or condition.relation != relation_of(scope.than)
        ):  # fmt: skip
            return False
        if asked.judges and not (query.judges or (condition is not None and condition.low is None)):
            return False
        if asked.order is not None and asked.order not in (query.order, *query.trends):
            return False
        trends = {*query.trends, *(("raised", "lowered") if condition is not None else ())}
        return set(asked.aggregates) <= set(query.aggregates) and set(asked.trends) <= trends

    def _says_terms(self, query: MentionQuery) -> bool:
        said = " ".join(turn.folded for turn in self.turns)
        translated = {word for run in re.findall(r"[A-Za-z][A-Za-z -]+", said) for word in _zh(run)}
        if not all(fold_question(term) in said or term in translated for term in query.terms):
            return False
        are_alternatives = len(query.terms) == 1 or _EITHER.search(self.last.folded) is not None
        if not (are_alternatives or translated.issuperset(query.terms)):
            return False  # any of the terms counts: 同时提到 wants both
        terms = " ".join(fold_question(term) for term in query.terms)
        if any(topic.matched not in terms for topic in self.last.topics):
            return False
        without = self.last.folded
        for term in query.terms:
            without = without.replace(fold_question(term), " ")
        is_negated = _NEGATED.search(re.sub("有没有|是不是|是否", "", without)) is not None
        return query.asks == "whether" or is_negated == query.asks.endswith("_not")

    # What is left over

    def left(self, quotes: Sequence[tuple[str, str]]) -> tuple[str, ...] | None:
        """Return the words that no part says; None where a part of the query is not said at all."""
        ledger = self.last.scope.ledger
        added = self._added()
        explained: set[str] = set()
        for quote, part in quotes:
            start = ledger.folded.find(quote)
            if start < 0 or part not in added or len(quote) > _LONGEST:
                continue
            explained.add(part)
            ledger.use(part, Span(start, start + len(quote)))
        if not added - {"terms", "asks"} <= explained:
            return None
        if isinstance(self.query, MentionQuery):
            for term in self.query.terms:
                for match in re.finditer(re.escape(fold_question(term)), ledger.folded):
                    ledger.use("terms", Span(*match.span()))
        words = tuple(ledger.words())
        return None if any(_NEGATED.search(word) for word in words) else words

    def _added(self) -> set[str]:
        """Return the parts of the query that our own readers did not find in the question."""
        query, asked, scope = self.query, self.last.asked, self.last.scope
        places = {"places"} if self.excluded - self.last.excluded else set()
        if not isinstance(query, FigureQuery):
            return places | {"asks", "terms"}
        found = {
            "condition": scope.condition is not None or scope.than is not None,
            "order": asked.order is not None,
            "limit": asked.limit is not None,
            "aggregates": bool(asked.aggregates),
            "trends": bool(asked.trends),
            "judges": asked.judges or asked.both,
        }
        is_asked = {
            "condition": query.condition is not None,
            "order": query.order is not None,
            "limit": query.limit not in (None, 1),
            "aggregates": bool(query.aggregates),
            "trends": bool(query.trends),
            "judges": query.judges,
        }
        return places | {part for part, asks in is_asked.items() if asks and not found[part]}


_LONGEST = 24
"""Characters up to which one part of a query may be said in a question."""


def _is_same(end: Decimal, unit: str, amount: tuple[Decimal, str]) -> bool:
    value, own = amount
    if not own:
        return end == value
    return bool(unit) and comparable(own, unit) and convert(value, own, unit) == end


def _is_as(condition: Condition | None, own: Condition) -> bool:
    if condition is None or condition.relation != own.relation:
        return False
    return own.low is None or (condition.low, condition.high) == (own.low, own.high)


def _zh(run: str) -> list[str]:
    """Return the Chinese of every run of up to three English words."""
    words = run.split()
    runs = [*words, *map(" ".join, pairwise(words))]
    runs += [" ".join(three) for three in zip(words, words[1:], words[2:], strict=False)]
    return [zh for each in runs for zh in chinese_for(each)]
