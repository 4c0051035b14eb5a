"""Numbers that follow from others beside them: how far two are apart, what they are together.

Knows values and the words around them; whether the others are right is told by who asks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.checking.comparing import is_stated
from assistant.checking.words import words
from assistant.claims.amounts import Amount
from index.lexicon.indicators import Indicator
from index.lexicon.units import comparable, convert


@dataclass(frozen=True, slots=True)
class Operand:
    """A number that stands before, which one it is to who asks, and what it is of."""

    amount: Amount
    place: int
    indicator: Indicator | None = None


_TWO = 2


def reckoned(
    amount: Amount, clause: str, before: Sequence[Operand]
) -> tuple[bool, tuple[Operand, ...]] | None:
    """Return whether a number follows from the two before it, and those; None if it need not.

    Args:
        amount: the number.
        clause: the folded words that it stands in.
        before: the numbers of its sentence before it, in their order.
    """
    unit = "%" if amount.unit == "个百分点" else amount.unit
    alike = [each for each in before if each.amount.upper is None and _fits(each, unit)]
    alike = [each for each in alike if each.amount.unit == alike[-1].amount.unit][-_TWO:]
    if len(alike) != _TWO:
        return None
    first, second = (_in(each, unit or alike[0].amount.unit) for each in alike)
    if words().together.search(clause) and amount.unit != "个百分点":
        result = first + second
    elif words().apart.search(clause):
        result = abs(first - second)
    else:
        return None
    if is_stated(amount, frozenset({"about"}), result, amount.unit):
        return True, tuple(alike)
    of_both = len({each.indicator for each in alike}) == 1 or words().both.search(clause)
    # What is compared with a third (高于上年) need not be how far the two are apart.
    return (False, tuple(alike)) if of_both and not words().compared.search(clause) else None


def _fits(operand: Operand, unit: str) -> bool:
    return comparable(operand.amount.unit, unit)


def _in(operand: Operand, unit: str) -> Decimal:
    return convert(operand.amount.value, operand.amount.unit, unit)
