"""Numbers that follow from others beside them: how far two are apart, what they are together.

Knows values and the words around them; whether the others are right is told by who asks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from assistant.checking.comparing import is_stated
from assistant.checking.reading.words import words
from assistant.claims.amounts import Amount
from index.lexicon.indicators import Indicator
from index.lexicon.qualifiers import Sense
from index.lexicon.units import RATES, comparable, convert, parted


@dataclass(frozen=True, slots=True)
class Operand:
    """A number that stands before, which one it is to who asks, and what it is of."""

    amount: Amount
    place: int
    indicator: Indicator | None = None


_TWO = 2
_ABOUT: frozenset[Sense] = frozenset({"about"})


def reckoned(
    amount: Amount, own: Indicator | None, clause: str, before: Sequence[Operand]
) -> tuple[bool, tuple[Operand, ...]] | None:
    """Return whether a number follows from two before it, and those; None if it need not.

    It is wrong only where there are but two that it can follow from.

    Args:
        amount: the number.
        own: what it is of, None where it has no indicator.
        clause: the folded words that it stands in.
        before: the numbers of its sentence before it, in their order.
    """
    alike = [each for each in before if each.amount.upper is None and _fits(each, amount.unit)]
    alike = [each for each in alike if each.amount.unit == alike[-1].amount.unit]
    wrong: tuple[Operand, ...] | None = None
    for pair in combinations(reversed(alike), _TWO):
        result = _result(amount, clause, pair)
        if result is None:
            return None
        if is_stated(amount, _ABOUT, result, amount.unit):
            return True, pair
        wrong = pair
    if wrong is None or len(alike) != _TWO or words().compared.search(clause):
        return None  # what is compared with a third (高于上年) need not be of the two
    named = {each.indicator for each in wrong}
    of_both = (
        amount.unit == "倍"
        or words().both.search(clause)
        or (len(named) == 1 and own in {None, *named})
    )
    return (False, wrong) if of_both else None


def _result(amount: Amount, clause: str, pair: tuple[Operand, ...]) -> Decimal | None:
    """Return what the words around a number make of two others; None where they say nothing."""
    unit = pair[0].amount.unit
    first, second = (convert(each.amount.value, each.amount.unit, unit) for each in pair)
    if amount.unit == "倍":
        ratio = second and first and max(first, second) / min(first, second)
        return ratio if ratio and words().times.search(clause) else None
    if words().together.search(clause) and amount.unit != _POINTS:
        result = first + second
    elif words().apart.search(clause):
        result = abs(first - second)
    else:
        return None
    return result if amount.unit in (_POINTS, "") else convert(result, unit, amount.unit)


_POINTS = "个百分点"


def _fits(operand: Operand, unit: str) -> bool:
    """Tell whether a number of a unit can follow from an operand."""
    if unit == "倍":
        return parted(operand.amount.unit)[1] not in RATES
    return comparable(operand.amount.unit, "%" if unit == _POINTS else unit)
