"""Chinese numerals, read to numbers.

Knows the digits and the places, nothing of what is counted.
"""

from __future__ import annotations


def numeral(written: str) -> int:
    """Return what Chinese numerals below ten thousand stand for: 二十三, 两百, 一二."""
    if not any(character in _PLACES for character in written):
        return int("".join(str(_DIGITS[character]) for character in written))
    total = digit = 0
    for character in written:
        if character in _PLACES:
            total += (digit or 1) * _PLACES[character]
            digit = 0
        else:
            digit = _DIGITS[character]
    return total + digit


_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}


_PLACES = {"十": 10, "百": 100, "千": 1000}
