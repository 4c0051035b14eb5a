"""Whether a number that a text gives is the one that is stated: equal, rightly rounded, passed.

Knows values, units and the words beside them, and neither texts nor reports.
"""

from __future__ import annotations

import re
from decimal import Decimal

from assistant.claims.amounts import Amount, same_value
from index.lexicon.qualifiers import Sense
from index.lexicon.units import RATES, comparable, convert, parted

_LOOSE: frozenset[Sense] = frozenset({"about"})
_OVER: frozenset[Sense] = frozenset({"over", "reached"})
_PASSED = _OVER | {"floor"}
_BELOW: frozenset[Sense] = frozenset({"nearly", "under", "ceiling"})

_EXACT_DIGITS = 2
"""Digits that a rounded number has at least, where no word says that it is about so much."""

_PERCENT_DECIMALS = 1
"""Decimals that a rounded percentage has at least: 5.28% may be 5.3%, and not 5%."""


def is_stated(
    amount: Amount,
    senses: frozenset[Sense],
    value: Decimal,
    unit: str,
    upper: Decimal | None = None,
    *,
    is_goal: bool = False,
) -> bool:
    """Tell whether an amount of a text is a stated one, in whatever unit, exactly or rounded.

    Args:
        amount: the number of the text.
        senses: what the words right beside it say of it: about, more than.
        value: the stated value.
        unit: its unit.
        upper: the end of a stated range.
        is_goal: whether it is a goal, which is set in round numbers and told as it is.
    """
    if amount.upper is not None and upper is not None:
        return same_value(amount.value, amount.unit, value, unit) and same_value(
            amount.upper, amount.unit, upper, unit
        )
    ends = [end for end in (value, upper) if end is not None]
    values = [end for end in (amount.value, amount.upper) if end is not None]
    if any(same_value(each, amount.unit, end, unit) for each in values for end in ends):
        return True
    ranged = amount.upper is not None or upper is not None
    if ranged or is_goal or not comparable(amount.unit, unit):
        return False
    return _rounds(amount, senses, convert(value, unit, amount.unit))


def _rounds(amount: Amount, senses: frozenset[Sense], stated: Decimal) -> bool:
    """Tell whether an amount is a stated value to its last digit, or a round one that it passed."""
    written = abs(amount.value)
    stated = abs(stated)
    step = Decimal(1).scaleb(_exponent(written))
    is_rate = parted(amount.unit)[1] in RATES
    if senses & (_PASSED | _BELOW | _LOOSE) and not is_rate:
        step = Decimal(1).scaleb(_exponent(written.normalize()))
    if senses & (_OVER if is_rate else _PASSED) and written <= stated < written + step:
        return True
    if senses & _BELOW and written - step < stated <= written:
        return True
    if is_rate and -_exponent(written) < _PERCENT_DECIMALS:
        return False
    enough = len(written.as_tuple().digits) >= _EXACT_DIGITS or bool(senses & _LOOSE)
    finer = _exponent(stated.normalize()) < _exponent(step)
    return enough and finer and abs(stated - written) * 2 <= step


def _exponent(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    assert isinstance(exponent, int)
    return exponent


_MONEY = re.compile(r"美元|港元|欧元|元")


def bounds_other_way(senses: frozenset[Sense], stated: frozenset[Sense]) -> bool:
    """Tell whether a text says at most of what is stated as at least, or the other way."""
    least, most = _PASSED, frozenset({"ceiling", "under"})
    return bool(
        (senses & least and stated & most and not senses & most and not stated & least)
        or (senses & most and stated & least and not senses & least and not stated & most)
    )


def is_other_unit(amount: Amount, value: Decimal, unit: str) -> bool:
    """Tell whether a stated number is written in a unit that measures something else.

    The digits are the same: 1.56亿美元 told as 1.56亿元. Amounts of other currencies whose numbers
    differ may be one, converted.
    """
    if amount.value != value or comparable(amount.unit, unit) or not amount.unit:
        return False
    return bool(_MONEY.search(amount.unit) and _MONEY.search(unit))
