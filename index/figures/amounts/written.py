"""How an amount is written: its number with a unit, and the qualifiers beside it.

Reads the unit behind a number and the words around both; whether the number counts at all is told
by `amounts`. Knows nothing of indicators or periods.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from index.lexicon import qualifiers
from index.lexicon.units import CLASSIFIERS, MEASURE_UNITS, SCALES
from index.text.scanning import lazily

Form = Literal["number", "rank", "spelled"]


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its unit: the characters `start` to `end`.

    `reach_start` and `reach_end` take in the qualifiers written beside it, which are `before` and
    `after` ("" for none); before a rank stands among whom it is one (全省). `form` is "rank" for
    第二位 and "spelled" for a count in Chinese numerals, a figure only before something countable.
    """

    start: int
    end: int
    value: Decimal
    upper: Decimal | None
    unit: str
    form: Form
    before: str
    after: str
    reach_start: int
    reach_end: int


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as written, its base, the 多 or 余 before it, and where it ends."""

    written: str
    base: str
    more: str
    end: int


def unit_at(text: str, start: int) -> Unit:
    """Return the unit that begins at `start`, with what it is per and its scale."""
    found = _UNIT.match(text, start)
    assert found is not None
    if found["base"]:
        base = found["base"].removesuffix("人民币") or "元"
        written = f"{found['scale']}{base}{found['per'] or ''}"
        return Unit(written, found["base"], found["more"] or found["more2"] or "", found.end())
    more = found["bare_more"] or found["bare_more2"] or ""
    end = found.end() if found["bare"] or more else start
    return Unit(found["bare"], "", more, end)


def _alternatives(units: frozenset[str]) -> str:
    return "|".join(map(re.escape, sorted(units, key=len, reverse=True)))


_BASE = _alternatives(
    (MEASURE_UNITS | CLASSIFIERS)
    - {"人", "月", "日", "年", "P", "里", "度", "方", "成", "周", "升", "瓦"}
)
_LATIN_END = r"(?![A-Za-z0-9])"
_SCALE = f"[{''.join(SCALES)}]"
_MORE = f"[{''.join(qualifiers.written('inside'))}]"
_UNIT = lazily(
    rf"\s?(?P<more>{_MORE})?(?P<scale>{_SCALE}{{0,4}}?)(?P<more2>{_MORE})?\s?"
    rf"(?P<base>{_BASE}|P(?:Flops)?{_LATIN_END}|度(?=电|[,。;、]|$)|年|人(?![口才])|成(?=以上|左右|多|[,。;、)]|$))"
    rf"(?P<per>/{_SCALE}{{0,4}}?(?:{_BASE}|人|年|月|日|升)(?!\d))?"
    rf"|\s?(?P<bare_more>{_MORE})?(?P<bare>{_SCALE}{{0,4}})(?P<bare_more2>{_MORE})?"
)

_BEFORE = lazily(
    rf"(?:{'|'.join(map(qualifiers.pattern_of, qualifiers.written('before')))}"
    r"|力争(?:达到|突破|超过)|达到?(?:近|约|超过?))$"
)
_AFTER = lazily(
    rf"\s?(?:{'|'.join(map(qualifiers.pattern_of, (*qualifiers.written('after'), '多')))})"
)
_ALSO = lazily(r"\([^\W\d_]{1,2}\)")
"""Another unit in brackets behind the unit: 14.2万台(套)."""

_LEADS = 8  # the longest of the words before an amount


def after_words(text: str, end: int) -> str:
    """Return the words behind an amount that qualify it: 以上, 左右."""
    found = _AFTER.match(text, end)
    return found[0] if found else ""


def qualified(
    text: str,
    start: int,
    end: int,
    value: Decimal,
    unit: str,
    *,
    upper: Decimal | None = None,
    form: Form = "number",
    inner: str = "",
) -> Amount:
    """Return an amount with the qualifiers that stand beside it; `inner` is one before its unit."""
    before = ""
    reach_start, reach_end = start, end
    if found := _BEFORE.search(text, max(0, start - _LEADS), start):
        before, reach_start = found[0], found.start()
        before = re.sub(r"^达到?", "", before)
    after = inner
    if also := _ALSO.match(text, end):
        reach_end = also.end()
    if found := _AFTER.match(text, reach_end):
        after, reach_end = found[0].strip(), found.end()
    return Amount(start, end, value, upper, unit, form, before, after, reach_start, reach_end)
