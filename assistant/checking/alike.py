"""What reports say in words like a text's of things that have no name in the lexicon.

A second look at what was not found: it can only speak against a number, never for one. Knows the
sentences of reports, and not how a text's number was read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.checking.comparing import bounds_other_way, is_stated
from assistant.checking.reading.said import Said, likeness, said_of, with_units
from assistant.claims.amounts import Amount, amounts_in
from assistant.claims.dates import dates_in, years_in
from index.lexicon.qualifiers import Sense, senses_beside
from index.lexicon.units import comparable, parted
from index.structure.sentences import sentences
from index.types import Span


@dataclass(frozen=True, slots=True)
class Item:
    """A number of a report: what its sentence says of it, and the characters that say so."""

    amount: Amount
    at: int
    said: Said
    span: Span
    sentence: Span
    senses: frozenset[Sense]


def items_of(text: str) -> list[Item]:
    """Return the numbers of a folded report with what its sentences say of them."""
    return [item for span in sentences(text) for item in _items_in(span.of(text), span)]


def _items_in(sentence: str, span: Span) -> Iterator[Item]:
    taken = [(year.start, year.end) for year in years_in(sentence)]
    taken += [(date.start, date.end) for date in dates_in(sentence)]
    tops = [replace(_FIRST, start=top.start(), end=top.end()) for top in _TOP.finditer(sentence)]
    found = sorted([*amounts_in(sentence, taken), *tops], key=lambda each: each.start)
    amounts = with_units(sentence, found)
    for amount, said in zip(amounts, said_of(sentence, amounts), strict=True):
        begin = max(sentence.rfind(mark, 0, amount.start) + 1 for mark in ",;。:")
        own = Span(span.start + begin, span.start + amount.end)
        beside = senses_beside(sentence, amount.start, amount.end)
        senses = frozenset(sense for each in beside for sense in each)
        yield Item(amount, span.start + amount.start, said, own, span, senses)


_TOP: re.Pattern[str] = re.compile("首位|榜首")
[_FIRST] = amounts_in("第一位")

LEAST_NAME = 4
"""Letters that a name has at least by which a number is known."""

_ALIKE, _SURELY = 0.72, 0.9
_NEAR = 0.05
_MAY_BE = 0.5
"""How alike two names are that mean one thing, surely one, as well, and perhaps one."""


def against(
    amount: Amount, said: Said, senses: frozenset[Sense], items: Sequence[Item]
) -> list[Item]:
    """Return what reports say of a thing where that is not a number, nothing where one may be it.

    Args:
        amount: the number.
        said: what its sentence says of it.
        senses: what the words beside it say of its value.
        items: the numbers of the reports that can be of it.
    """
    if len(said.name) < LEAST_NAME or said.kind == "change" or amount.unit in _NO_MEASURE:
        return []
    if said.kind == "level" and any(_is_it(amount, senses, each) for each in items):
        return []
    alike: list[tuple[float, Item]] = []
    for each in items:
        like = likeness(said.name, each.said.name)
        if like < _MAY_BE or not _compares(amount, each.amount):
            continue
        as_told = each.said.kind != said.kind or each.said.falls == said.falls
        if as_told and _is_it(amount, senses, each):
            return []
        if like >= _ALIKE and (each.said.kind, each.said.among) == (said.kind, said.among):
            alike.append((like, each))
    best = max((like for like, _ in alike), default=0.0)
    found = [each for like, each in alike if like >= best - _NEAR]
    return found if len({each.amount.value for each in found}) <= _FEW else []


_FEW = 2
_NO_MEASURE = frozenset({"", "年", "个月", "月", "天", "日", "倍", "次"})


def _is_it(amount: Amount, senses: frozenset[Sense], item: Item) -> bool:
    stated = item.amount
    if bounds_other_way(senses, item.senses):
        return False
    return is_stated(amount, senses, stated.value, stated.unit, stated.upper)


def _compares(amount: Amount, other: Amount) -> bool:
    """Tell whether two amounts measure the same, or have the same digits in another unit."""
    if comparable(amount.unit, other.unit):
        return True
    return amount.value == other.value and bool(parted(amount.unit)[1] and parted(other.unit)[1])
