"""The parts of a question of analysis, each taken from its text once: whose, when, of what, how.

Knows the words of a question one by one; what they make together is decided in `reading`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.queries.types import Aggregate, Condition, Relation, Side, Trend
from assistant.reading.ledger import Ledger, group, pattern
from assistant.reading.place_words import PlaceWords, Reported
from assistant.reading.quantities import count_of, quantity
from assistant.reading.year_words import YearWords
from index.lexicon.indicators import Indicator, Lexicon
from index.places.gazetteer import COUNTRY, Gazetteer
from index.types import Kind, Region, Span


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose and when: what stands before all else in a question.

    `quoted` are words in quotation marks, `than` the match of a comparison with another figure and
    `of` the place whose figure that is, `condition` one with a number; with `passes` it is asked
    when that was first reached.
    """

    ledger: Ledger
    reported: Reported
    quoted: tuple[str, ...]
    than: re.Match[str] | None
    of: Region | None
    years: YearWords
    condition: Condition | None
    places: PlaceWords
    both: bool
    passes: bool = False


def scope_of(ledger: Ledger, reported: Reported) -> Scope:
    """Take the places, the years and the condition of a question."""
    ledger.take("only_names")
    quoted = tuple(_quoted(ledger))
    than = ledger.one("than")
    years = YearWords(ledger)
    passed = _passed(ledger) if than is None else None
    condition = passed or (_numeric(ledger) if than is None else None)
    places = PlaceWords(ledger, reported)
    if ledger.shows("ranged"):
        condition = Condition("ranged")
    return Scope(
        ledger=ledger,
        reported=reported,
        quoted=quoted,
        than=than,
        of=_whose(than, reported.gazetteer),
        years=years,
        condition=condition,
        places=places,
        both=ledger.shows("both_sides"),
        passes=passed is not None,
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """Of what and how: indicators, kind, measure, order and what is made of the column."""

    topics: tuple[tuple[Indicator, ...], ...]
    kind: Kind | None
    both: bool
    side: Side | None
    order: Literal["highest", "lowest"] | None
    limit: int | None
    aggregates: tuple[Aggregate, ...]
    shaped: bool
    subtracts: bool
    trends: tuple[Trend, ...] = ()
    judges: bool = False
    differs: bool = False
    of_ends: bool = False
    two_sides: bool = False


def asked_of(scope: Scope) -> Asked:
    """Take what is asked of the places and years; all other words but those left over are used."""
    ledger = scope.ledger
    more = [Span(*match.span()) for match in ledger.take("grown_by")]
    topics = _topics(ledger, scope.reported.lexicon)
    judges = ledger.shows("met")
    trends = _trends(ledger)
    order, limit = _order(ledger)
    aggregates = _aggregates(ledger, counts=scope.places.counts)
    target, actual = ledger.shows("target"), ledger.shows("actual")
    grows, amounts = ledger.shows("growth"), ledger.shows("level")
    amounts = amounts or bool(_IN_AMOUNTS.search(ledger.folded))
    shaped = ledger.shows("shape")
    subtracts = bool(pattern("subtracts").search(ledger.folded))
    differs = ledger.shows("how_much_more")
    of_ends = pattern("changed_by").search(ledger.folded) is not None
    for cue in ("figure_filler", "filler"):
        ledger.take(cue)
    grows = grows or bool(_IN_GROWTH.search(_blanked(ledger.folded, more)))
    side: Side | None = "growth" if grows else "level" if amounts or "multiple" in trends else None
    if "sum" in aggregates and topics and "level" in topics[0][0].measures:
        side = side or "level"
    return Asked(
        topics=tuple(topics),
        kind="target" if target else "actual" if actual else None,
        both=scope.both or judges or (target and actual and scope.than is None),
        side=side,
        order=order,
        limit=limit,
        aggregates=aggregates,
        shaped=shaped,
        subtracts=subtracts,
        trends=trends,
        judges=judges,
        differs=differs,
        of_ends=of_ends,
        two_sides=pattern("two_sides").search(ledger.folded) is not None,
    )


def _blanked(text: str, spans: Sequence[Span]) -> str:
    for span in spans:
        text = text[: span.start] + " " * len(span) + text[span.end :]
    return text


def _trends(ledger: Ledger) -> tuple[Trend, ...]:
    cues: tuple[Trend, ...] = ("step", "raised", "lowered", "held", "multiple")
    return tuple(cue for cue in cues if ledger.shows(cue))


def _whose(than: re.Match[str] | None, gazetteer: Gazetteer) -> Region | None:
    """Return the place that figures are compared with: 高于全国目标."""
    named = group(than, "whose") if than is not None else None
    if not named:
        return None
    if re.search(r"全国|国家|national|china", named, re.IGNORECASE):
        return gazetteer.get(COUNTRY)
    mentions = gazetteer.mentions(named)
    return mentions[0].region if mentions else None


def _topics(ledger: Ledger, lexicon: Lexicon) -> list[tuple[Indicator, ...]]:
    """Take the indicators that are named.

    Of two that stand without anything between them (第二产业GDP) the second is not taken: what
    it means beside the first is not known.
    """
    found: dict[str, tuple[Indicator, ...]] = {}
    reached = -1
    for mention in lexicon.mentions(ledger.rest):
        if mention.span.start == reached:
            continue
        reached = mention.span.end
        ledger.use("indicator", mention.span)
        if mention.joint:
            found.update((each.id, (each,)) for each in mention.candidates)
        else:
            found.setdefault(mention.candidates[0].id, mention.candidates)
    return list(found.values())


_IN_AMOUNTS = re.compile(r"总量|经济规模|绝对[值量]|\btotal gdp\b|\bsize of\b", re.IGNORECASE)
_IN_GROWTH = re.compile(r"增速|增长|增幅|growth|grow", re.IGNORECASE)


def _order(ledger: Ledger) -> tuple[Literal["highest", "lowest"] | None, int | None]:
    cues: tuple[Literal["highest", "lowest"], ...] = ("highest", "lowest")
    for cue in cues:
        match = ledger.one(cue)
        if match is not None:
            number = count_of(group(match, "n"))
            ledger.take("descending")
            if number is None and (
                near := re.search(r"([一二三四五六七八九十两\d]+)个?(?=\x1f)", ledger.rest)
            ):
                number = count_of(near[1])
                ledger.use("limit", Span(*near.span()))
            if cue == "highest" and ledger.shows("lowest"):
                return cue, None  # both ends are asked for: the whole order holds them
            ledger.take(cue)
            return cue, number or 1
    if ledger.shows("ascending"):
        return "lowest", None
    return ("highest", None) if ledger.shows("descending") else (None, None)


def _aggregates(ledger: Ledger, *, counts: bool) -> tuple[Aggregate, ...]:
    found: list[Aggregate] = []
    cues: tuple[Aggregate, ...] = ("mean", "median", "sum", "share")
    found.extend(cue for cue in cues if ledger.shows(cue))
    if ledger.shows("how_many") or counts:
        found.append("count")
    return tuple(found)


def _passed(ledger: Ledger) -> Condition | None:
    """Take the amounts of which it is asked when they were reached: 哪一年破三千亿、破四千亿."""
    if pattern("when_passed").search(ledger.folded) is None:
        return None
    matches = list(pattern("passes").finditer(ledger.rest))
    found = [quantity(group(match, "n") or "") for match in matches]
    units = {unit.removesuffix("元") for _, unit in found}
    if len(units) != 1 or units <= {"", "%"}:
        return None
    numbers = sorted(number for number, _ in found if number is not None)
    if len(numbers) != len(found):
        return None
    ledger.take("passes")
    ledger.take("when_passed")
    return Condition("at_least", numbers[0], None, found[0][1], tuple(numbers[1:]))


def _numeric(ledger: Ledger) -> Condition | None:
    between = ledger.one("between")
    if between is not None:
        low, _ = quantity(group(between, "n") or "")
        high, unit = quantity(group(between, "m") or "")
        if low is not None and high is not None:
            return Condition("between", low, high, unit)
    relations: tuple[Relation, ...] = (
        "at_most", "at_least", "unequal", "above", "below", "equal",
    )  # fmt: skip
    for relation in relations:
        match = ledger.one(relation)
        if match is None:
            continue
        value, unit = quantity(group(match, "n") or "")
        if value is not None:
            return Condition(relation, value, None, unit)
    return None


def _quoted(ledger: Ledger) -> list[str]:
    """Take what stands in quotation marks, where a question names a word."""
    found = []
    for match in re.finditer(r"[“「『\"‘']([^“”「」『』\"‘’']{2,20})[”」』\"’']", ledger.rest):
        words = match[1].strip()
        if re.search(r"[\u3400-\u9fff]", words):
            if re.fullmatch(r"[九十一二三四五]{1,2}五", words):
                continue
            found.append(words)
            ledger.use("term", Span(*match.span()))
    return found


def names_again(word: str, topics: Sequence[tuple[Indicator, ...]]) -> bool:
    """Tell whether a word is an asked indicator's name in short: 城乡低保标准…农村标准."""
    if not _SHORT_NAME.fullmatch(word):
        return False
    expression = re.compile(".*".join(word))
    return any(expression.search(each.zh) for topic in topics for each in topic)


_SHORT_NAME = re.compile(r"[\u3400-\u9fff]{3,8}")


def relation_of(than: re.Match[str]) -> Relation:
    """Return how a figure is to stand to the one that a comparison names."""
    words = (group(than, "relation") or "").lower()
    tail = group(than, "tail") or ""
    if words == "比":
        return "above" if "高" in tail else "below"
    for relation, expression in (
        ("at_least", r"不低于|at least"),
        ("at_most", r"不高于"),
        ("below", r"低于|不及|小于|没|未|below|lower|under|short|less"),
        ("above", r"高于|超过|大于|above|higher|over|exceed|more"),
    ):
        if re.search(expression, words):
            return relation  # type: ignore[return-value]
    return "equal"
