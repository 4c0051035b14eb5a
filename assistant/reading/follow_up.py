"""Reads a turn that changes the query before it: other places, years or figures, or a narrower set.

Knows what was asked before as a query, not as words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import get_args

from assistant.queries.types import (
    Column,
    FigureQuery,
    Mentioning,
    MentionQuery,
    Places,
    ReportQuery,
)
from assistant.questions import cues
from assistant.reading.ledger import Ledger
from assistant.reading.parts import Asked, Scope, asked_of, scope_of
from assistant.reading.place_words import Reported
from assistant.reading.reading import Reading, terms_of, trends_of
from index.types import Kind, Region


def follow(
    folded: str, before: Reading, found: Sequence[Region], reported: Reported
) -> Reading | None:
    """Read a turn as a change of the query `before`; None where it is none.

    Args:
        folded: the turn.
        before: how the turn before was read.
        found: the places that the result before told of, which 它们 and 这里面 mean.
        reported: what there are reports of.
    """
    of_those_years = isinstance(before.query, FigureQuery) and bool(_THOSE_YEARS.search(folded))
    folded = _THOSE_YEARS.sub("", folded) if of_those_years else folded
    ledger = Ledger(folded)
    points_back = ledger.shows("those")
    narrows = ledger.shows("only")
    if _is_ranked(before) and ledger.shows("that_one"):
        points_back, found = True, found[:1]
    besides = ledger.shows("besides")
    ledger.take("instead")
    scope = scope_of(ledger, reported)
    if isinstance(before.query, ReportQuery):
        return None
    if isinstance(before.query, MentionQuery):
        if _asks_for_a_figure(scope_of(Ledger(folded), reported)):
            return None
        return _mentions(
            scope, before, before.query, found, points_back=points_back, narrows=narrows
        )
    followed = _figures(
        scope, before, before.query, found, points_back=points_back, narrows=narrows
    )
    if followed is not None and of_those_years:
        followed = replace(followed, query=replace(followed.query, years=before.query.years))
    return _with_those_before(followed, before) if besides and followed else followed


_THOSE_YEARS = re.compile(r"[这那](?:[几两三四五六七八九十]|\d{1,2})年(?:里面?|[中间])?")
"""The years asked about before: 这四年里哪年最少."""


def _is_ranked(before: Reading) -> bool:
    """Tell whether what was asked before has a first: the places were told in an order."""
    query = before.query
    if isinstance(query, MentionQuery):
        return query.ranked
    return isinstance(query, FigureQuery) and query.order is not None


def _asks_for_a_figure(scope: Scope) -> bool:
    """Tell whether a turn asks what an indicator is, and not who mentions it: GDP目标是多少."""
    counts = scope.ledger.shows("times")
    asked = asked_of(scope)
    return bool(asked.topics) and not counts and asked.kind is not None


def _with_those_before(reading: Reading, before: Reading) -> Reading:
    """Return a reading of the places named and of those before: 那跟绵阳、雅安比谁高."""
    query = reading.query
    assert isinstance(query, FigureQuery)
    regions = (*before.query.places.regions, *query.places.regions)
    places = Places(tuple(dict.fromkeys(regions)), query.places.words)
    return replace(reading, query=replace(query, places=places), is_small=len(places.regions) < 3)


def _places(
    scope: Scope, before: Places, found: Sequence[Region], *, points_back: bool, narrows: bool
) -> Places:
    """Return the places that a turn leaves or names."""
    named = scope.places.chosen(by_default=False)
    around = Places(tuple(found), "") if points_back else before
    if named is None:
        return around
    if not (points_back or narrows):
        return named
    codes = {place.code for place in named.regions}
    kept = tuple(place for place in around.regions if place.code in codes)
    return Places(kept, named.words) if kept else named


def _figures(
    scope: Scope,
    before: Reading,
    query: FigureQuery,
    found: Sequence[Region],
    *,
    points_back: bool,
    narrows: bool,
) -> Reading | None:
    after = int(scope.ledger.shows("year_after"))
    asked = asked_of(scope)
    left = tuple(scope.ledger.words())
    says = after or _says_anything(scope, asked, points_back=points_back, narrows=narrows)
    if left or not says:
        return None
    is_of_place = scope.places.chosen(by_default=False) is not None
    if is_of_place and not asked.topics and cues.shows("targets", scope.ledger.folded):
        return None  # all goals of a place: 三亚2023年有哪些主要预期目标
    places = _places(scope, query.places, found, points_back=points_back, narrows=narrows)
    kind: Kind = asked.kind or query.columns[0].kind
    named = scope.years.chosen(places, scope.reported, kind)
    years = named or tuple(year + after for year in query.years)
    asked = _beside(asked, query)
    columns = _columns(asked, query)
    if "multiple" in asked.trends and len(named) == len(query.years) == 1:
        years = tuple(sorted({*named, *query.years}))  # 是十一五末的几倍
    apart = _apart_from(asked, query, named)
    if apart:
        years, columns = query.years, apart
    asks_anew = bool(asked.topics or asked.kind or asked.both)
    condition = scope.condition or (None if points_back or asks_anew else query.condition)
    changed = FigureQuery(
        places=places,
        years=years,
        columns=columns,
        condition=condition,
        order=asked.order or (None if asked.aggregates or points_back else query.order),
        limit=asked.limit,
        aggregates=asked.aggregates,
        newest=() if named or asked.kind else query.newest,
        trends=trends_of(asked, years, places),
        judges=asked.both and not apart,
    )
    grows = len(changed.pairs()) > len(query.pairs()) or changed.judges
    is_small = before.is_small and not grows
    return Reading(changed, (), (), scope.places.unknown, is_small, is_followed=True)


def _apart_from(
    asked: Asked, query: FigureQuery, named: tuple[int, ...]
) -> tuple[Column, ...] | None:
    """Read the figure before against the other kind's of another year: 这个目标比22年实际高多少."""
    if not (asked.both and asked.differs) or asked.topics or len(query.columns) != 1:
        return None
    if len(query.years) != 1 or len(named) != 1 or named == query.years:
        return None
    column = query.columns[0]
    other: Kind = "actual" if column.kind == "target" else "target"
    return (column, Column(column.topic, other, column.side, named[0] - query.years[0]))


def _beside(asked: Asked, query: FigureQuery) -> Asked:
    """Read how far the other kind is from the figure before as both side by side: 差了几个点."""
    other = asked.kind is not None and asked.kind != query.columns[0].kind
    if asked.differs and other and not asked.topics and len(query.columns) == 1:
        return replace(asked, both=True)
    return asked


def _columns(asked: Asked, query: FigureQuery) -> tuple[Column, ...]:
    kind: Kind = asked.kind or query.columns[0].kind
    side = asked.side or query.columns[0].side
    if asked.both:
        topic = asked.topics[0] if asked.topics else query.columns[0].topic
        return (Column(topic, "target", side), Column(topic, "actual", side))
    if asked.topics:
        return tuple(Column(topic, kind, asked.side) for topic in asked.topics)
    if asked.kind or asked.side:
        topics = dict.fromkeys(column.topic for column in query.columns)
        return tuple(Column(topic, kind, side) for topic in topics)
    return query.columns


def _says_anything(scope: Scope, asked: Asked, *, points_back: bool, narrows: bool) -> bool:
    return bool(
        points_back
        or narrows
        or scope.places.chosen(by_default=False)
        or scope.years.says_any
        or scope.condition
        or asked.topics
        or asked.kind
        or asked.side
        or asked.order
        or asked.aggregates
        or asked.shaped
    )


def _asked_then(
    query: MentionQuery, *, first: bool, last: bool, times: bool, says: bool
) -> Mentioning:
    """Return what a turn asks of a term: what it shows, else what was asked before."""
    shown = {"first": first, "last": last, "count": times, "says": says}
    found: list[Mentioning] = [asks for asks in get_args(Mentioning) if shown.get(asks)]
    return found[0] if found else query.asks


_ASKS = re.compile(r"[谁哪啥怎]|多少|什么|为何|如何")
"""Words that a question has of its own, and no term that reports may say."""


def _mentions(
    scope: Scope,
    before: Reading,
    query: MentionQuery,
    found: Sequence[Region],
    *,
    points_back: bool,
    narrows: bool,
) -> Reading | None:
    ledger = scope.ledger
    ledger.take("mentions")
    times = ledger.shows("times")
    first, last = ledger.shows("first"), ledger.shows("last")
    most = bool(ledger.take("highest")) or ledger.shows("descending")
    for cue in ("word", "shape", "how_many", "filler"):
        ledger.take(cue)
    says = bool(ledger.take("tells")) or ledger.shows("own_words")
    ledger.take("own_words")
    terms = terms_of(scope.quoted, ledger.words())
    if (ledger.words() and not terms) or (not scope.quoted and any(map(_ASKS.search, terms))):
        return None
    places = _places(scope, query.places, found, points_back=points_back, narrows=narrows)
    years = scope.years.of_reports(places, scope.reported) if scope.years.says_any else query.years
    changed = replace(
        query,
        terms=terms or query.terms,
        places=places,
        years=years,
        asks=_asked_then(query, first=first, last=last, times=times or most, says=says),
        ranked=most or query.ranked,
        newest=() if scope.years.says_any or places != query.places else query.newest,
    )
    if changed == query and not says:
        return None
    return Reading(changed, (), (), before.unknown, is_followed=True)
