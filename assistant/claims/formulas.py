"""Formulas as answers show them (17% − 7% = 10个百分点), read and calculated again.

Knows numbers, units and arithmetic; not where the operands come from.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, DivisionByZero, InvalidOperation, Overflow
from typing import Literal

from assistant.claims.amounts import Amount, scalar
from index.lexicon.units import comparable


@dataclass(frozen=True, slots=True)
class Formula:
    """An expression and what it is said to come to, from `start` on.

    `tokens` are its amounts, operators (+ − × ÷ ^) and brackets; `operands` are the amounts that
    are neither exponents nor constants; `exact` is false where it only comes near.
    """

    start: int
    tokens: tuple[Amount | str, ...]
    operands: tuple[Amount, ...]
    result: Amount
    exact: bool

    @property
    def amounts(self) -> list[Amount]:
        """Every amount in it, the result included."""
        return [*(token for token in self.tokens if isinstance(token, Amount)), self.result]

    @property
    def form(self) -> Literal["growth", "average", "other"]:
        """Whether it lets an amount grow by a rate, or takes a yearly average."""
        if "^" in self.tokens:
            return "average"
        grows = any(
            isinstance(token, Amount) and not token.unit and token.value == 1
            for token in self.tokens
        )
        return "growth" if grows and len(self.operands) == 2 else "other"

    def is_right(self) -> bool:
        """Calculate it again; a result that only comes near must be rounded to its last digit."""
        try:
            value = _Reader(list(self.tokens)).whole()
        except (ValueError, InvalidOperation, DivisionByZero, Overflow):
            return False
        if not self._has_its_unit():
            return False
        result = scalar(self.result.value, self.result.unit)
        if self.exact:
            return abs(value - result) <= abs(value) * Decimal("1e-12")
        exponent = self.result.value.as_tuple().exponent
        digit = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)
        return abs(value - result) <= scalar(digit, self.result.unit) / 2

    def _has_its_unit(self) -> bool:
        """Tell whether the result is in a unit that a difference or a ratio can have."""
        operators = {token for token in self.tokens if isinstance(token, str)}
        unit = self.result.unit
        if "÷" in operators or "×" in operators:
            return True
        units = {operand.unit for operand in self.operands}
        if units & {"%"}:
            return unit == "个百分点"
        return all(comparable(unit, each) for each in units)


_OPERATORS = {"−": "−", "-": "−", "–": "−", "+": "+", "×": "×", "*": "×", "÷": "÷", "/": "÷"}
_OPERATORS |= {"^": "^", "(": "(", ")": ")"}
_GAP = re.compile(r"[\s()]*[−\-–+×*÷/^][\s()]*")
_END = re.compile(r"[\s)]*")


def formulas_in(text: str, amounts: Sequence[Amount]) -> list[Formula]:
    """Read the formulas of a folded text whose amounts are known."""
    found = []
    for sign in re.finditer(r"[=≈]", text):
        after = [a for a in amounts if a.start >= sign.end()]
        if not after or text[sign.end() : after[0].start].strip():
            continue
        operands: list[Amount] = []
        end = sign.start()
        for amount in reversed([a for a in amounts if a.end <= sign.start()]):
            gap = _GAP if operands else _END
            if not gap.fullmatch(text, amount.end, end):
                break
            operands.insert(0, amount)
            end = amount.start
        if len(operands) > 1:
            found.append(_formula(text, operands, sign, after[0]))
    return found


def _formula(text: str, amounts: Sequence[Amount], sign: re.Match[str], result: Amount) -> Formula:
    tokens: list[Amount | str] = []
    start = amounts[0].start
    while start > 0 and text[start - 1] in "( ":
        start -= 1
    place = start
    for amount in amounts:
        tokens.extend(_OPERATORS[c] for c in text[place : amount.start] if c in _OPERATORS)
        tokens.append(amount)
        place = amount.end
    tokens.extend(_OPERATORS[c] for c in text[place : sign.start()] if c in _OPERATORS)
    while tokens and tokens[0] == "(" and tokens.count("(") > tokens.count(")"):
        tokens.pop(0)  # the bracket around the whole formula
    operands = tuple(
        token
        for place, token in enumerate(tokens)
        if isinstance(token, Amount) and not _is_constant(tokens, place)
    )
    return Formula(start, tuple(tokens), operands, result, sign[0] == "=")


def _is_constant(tokens: Sequence[Amount | str], place: int) -> bool:
    """Tell whether the amount at `place` is no figure: 1 + …, … − 1, × 100, or an exponent."""
    amount = tokens[place]
    assert isinstance(amount, Amount)
    before = tokens[max(0, place - 4) : place]
    around = {*before[-1:], *tokens[place + 1 : place + 2]}
    if amount.unit in ("", "年") and "^" in before:
        return True
    if not amount.unit and amount.value == 1:
        return bool(around & {"+", "−"})
    return before[-1:] == ["×"] and scalar(amount.value, amount.unit) in (1, 100)


class _Reader:
    """Calculates an expression: sums of products of powers, brackets first."""

    def __init__(self, tokens: list[Amount | str]) -> None:
        self._tokens = tokens

    def whole(self) -> Decimal:
        value = self._sum()
        if self._tokens:
            raise ValueError(f"expected the end of the formula, found {self._tokens[0]!r}")
        return value

    def _next(self, *operators: str) -> str | None:
        if self._tokens and self._tokens[0] in operators:
            return str(self._tokens.pop(0))
        return None

    def _sum(self) -> Decimal:
        value = self._product()
        while operator := self._next("+", "−"):
            other = self._product()
            value = value + other if operator == "+" else value - other
        return value

    def _product(self) -> Decimal:
        value = self._power()
        while operator := self._next("×", "÷"):
            other = self._power()
            value = value * other if operator == "×" else value / other
        return value

    def _power(self) -> Decimal:
        value = self._atom()
        if self._next("^"):
            value = value ** self._atom()
        return value

    def _atom(self) -> Decimal:
        if not self._tokens:
            raise ValueError("expected a number, found the end of the formula")
        first = self._tokens.pop(0)
        if isinstance(first, Amount):
            return scalar(first.value, first.unit)
        if first != "(":
            raise ValueError(f"expected a number, found {first!r}")
        value = self._sum()
        if self._next(")") is None:
            raise ValueError("expected a closing bracket")
        return value
