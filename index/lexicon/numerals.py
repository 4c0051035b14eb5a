"""Numbers in words: Chinese numerals, English number words and the English months.

Knows how numbers are written, nothing of what is counted.
"""

from __future__ import annotations

import re
from decimal import Decimal

# Chinese

DIGITS = "零〇○一二三四五六七八九"
"""The digits, as years have them; 〇 and ○ are both in use for 零."""

NUMERALS = f"{DIGITS}两十百千".replace("○", "")
"""The characters of a number below ten thousand; ○ is as often a bullet there."""

_VALUES = {digit: value for value, digit in enumerate("零一二三四五六七八九")}
_VALUES |= {"〇": 0, "○": 0, "两": 2}
_DIGIT = "[一二三四五六七八九两]"
_ZERO = "[零〇○]?"
_BELOW_TEN_THOUSAND = re.compile(
    rf"(?:(?P<千>{_DIGIT}?)千)?(?:{_ZERO}(?P<百>{_DIGIT}?)百)?(?:{_ZERO}(?P<十>{_DIGIT}?)十)?"
    rf"(?:{_ZERO}(?P<一>{_DIGIT}))?|(?P<零>[零〇○])"
)
_PLACES = {"千": 1000, "百": 100, "十": 10, "一": 1}
_LARGE = (("亿", 10**8), ("万", 10**4))
# After a hundred or a thousand a last digit without 零 stands for the place below: 二百五 is 250.
_SHORT = re.compile(rf"[百千]{_DIGIT}$")


def numeral(written: str) -> int | None:
    """Return the number that Chinese numerals stand for: 二十三, 两百, 一百零五, 三万.

    None where they are not one number written out: 三五 (three to five), 十四五, 二〇二二.
    """
    for large, size in _LARGE:
        before, found, after = written.rpartition(large)
        if found:
            high = numeral(before) if before else 1
            low = numeral(after) if after else 0
            return None if high is None or low is None else high * size + low
    found_all = _BELOW_TEN_THOUSAND.fullmatch(written)
    if not written or found_all is None or _SHORT.search(written):
        return None
    return sum(
        size * (_VALUES[digit] if digit else 1)
        for place, size in _PLACES.items()
        if (digit := found_all[place]) is not None
    )


_IN_FIGURES = str.maketrans(
    {digit: str(value) for digit, value in _VALUES.items() if digit != "两"}
)


def in_figures(text: str) -> str:
    """Return a text with 〇 一 … 九 as 0 1 … 9, every character at its place: 二〇二二 is 2022."""
    return text.translate(_IN_FIGURES)


def decimal(written: str) -> Decimal | None:
    """Return the number that Chinese numerals with a point stand for: 七点五 is 7.5."""
    whole, point, part = written.partition("点")
    value, figures = numeral(whole), in_figures(part)
    if value is None or (point and not figures.isdecimal()):
        return None
    return Decimal(f"{value}.{figures}" if point else value)


def written_as(digit: int) -> list[str]:
    """Return the Chinese numerals for a digit: 二 and 两 for 2."""
    return [written for written, value in _VALUES.items() if value == digit]


# English

_TO_TWENTY = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
    "twenty",
)  # fmt: skip
_TENS = ("thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")

CARDINALS = {word: value for value, word in enumerate(_TO_TWENTY, 1)}
CARDINALS |= {word: value for value, word in zip(range(30, 100, 10), _TENS, strict=True)}
"""English cardinals of one word below a hundred; zero is not counted with."""

_IRREGULAR = {"one": "first", "two": "second", "three": "third", "five": "fifth"}
_IRREGULAR |= {"eight": "eighth", "nine": "ninth", "twelve": "twelfth"}


def _ordinal(cardinal: str) -> str:
    regular = cardinal.removesuffix("y") + "ie" * cardinal.endswith("y") + "th"
    return _IRREGULAR.get(cardinal, regular)


ORDINALS = {_ordinal(word): value for word, value in CARDINALS.items()}
"""English ordinals of one word: first, twelfth, twentieth."""

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
"""The months in English, January first."""
