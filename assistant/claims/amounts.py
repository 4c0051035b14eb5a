"""Amounts in an answer's words, Chinese or English, in digits or spelled out, and when two are one.

Reads more than the figures of a report have: everything that could pass for a number. The same
reader goes over an answer and the words it cites, so that what both say alike is found alike. Knows
nothing of years, answers or marks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from index import deadline
from index.lexicon.numerals import CARDINALS, DIGITS, NUMERALS, decimal
from index.lexicon.qualifiers import written
from index.lexicon.units import (
    CLASSIFIERS,
    MAGNITUDES,
    MEASURE_UNITS,
    PER,
    RATES,
    SCALES,
    UNITS_IN_ENGLISH,
    comparable,
    convert,
    parted,
    share_of_one,
    size_of,
)
from index.text.scanning import lazily


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its unit at the characters `start` to `end`; `upper` ends a range.

    `value` is as written and `unit` in Chinese, with its scale ("十亿元" for billion yuan), only a
    scale ("万"), or "" where none is named.
    """

    start: int
    end: int
    value: Decimal
    upper: Decimal | None
    unit: str


# Amounts

_HAN = rf"[{NUMERALS}]{{1,9}}(?:点[{DIGITS}]{{1,4}})?"
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_WORDS = {"zero": 0} | CARDINALS
_ONES = "|".join(word for word, value in CARDINALS.items() if value < 10)
_BASES = "|".join(
    map(
        re.escape,
        sorted((MEASURE_UNITS | CLASSIFIERS) - {"月", "日", "P"}, key=len, reverse=True),
    )
)
_SCALE = f"[{''.join(SCALES)}]"
_MORE = f"[{''.join(written('inside'))}]"
_CHINESE_UNIT = lazily(
    rf"\s?{_MORE}?(?P<scale>{_SCALE}{{0,4}}?){_MORE}?\s?(?P<base>{_BASES})(?![A-Za-z])"
    rf"(?P<per>/{_SCALE}{{0,4}}(?:{_BASES}|月|日))?|\s?(?P<bare>[百千万亿]{{1,4}})"
)
_ENGLISH_WORDS = "|".join(
    re.escape(word).replace(r"\ ", "[ -]")
    for word in sorted(UNITS_IN_ENGLISH, key=len, reverse=True)
)
_ENGLISH_UNIT = lazily(
    rf"(?:[ -]?(?P<magnitude>{'|'.join(MAGNITUDES)})\b)?(?:[ -]?(?P<unit>{_ENGLISH_WORDS})\b"
    rf"(?: (?:a|per) (?P<per>{'|'.join(PER.values())})\b)?)?",
    re.IGNORECASE,
)
_PER = {english: chinese for chinese, english in PER.items()}
_MONEY = lazily(r"(US)?\$\s?$|¥\s?$|(?:RMB|CNY)\s?$", re.IGNORECASE)
_AMOUNT = lazily(
    rf"第(?P<rank>\d{{1,4}}|{_HAN})(?!产业)(?P<ranked>位|名|{_BASES})?"
    rf"|(?P<parts>{_HAN}|\d+)分之(?P<share>{_HAN}|\d+(?:\.\d+)?)"
    rf"(?:[到至](?:(?P=parts)分之)?(?P<most>{_HAN}|\d+(?:\.\d+)?))?"
    rf"|翻(?P<doubling>[一两二三]?)番"
    rf"|(?<![\d.])(?P<digits>{_DIGITS})"
    rf"|(?<![{NUMERALS}])(?P<han>{_HAN})(?=[百千万亿]{{0,4}}(?:{_BASES})|[万亿])"
    rf"|\b(?P<word>{'|'.join(sorted(_WORDS, key=len, reverse=True))})"
    rf"(?:[- ](?P<ones>{_ONES}))?\b"
    rf"(?=[ -](?:percent|per cent|{'|'.join(MAGNITUDES)}|yuan|times|fold|tonnes))",
    re.IGNORECASE,
)
_RANGE = lazily(rf"(?:[-—–~]|\s?(?:至|到|to\b)\s?)(?={_DIGITS})")
_NUMBER = lazily(_DIGITS)
_MINUS = lazily(r"(?:[约≈=为(长速幅]|\b(?:about|by|of|was))\s?[-−]$")
_NO_COUNT = lazily(r"[另这那每某同任哪统第]$")
_ARTICLE = lazily(rf"一(?:{'|'.join(map(re.escape, CLASSIFIERS))})")


def amounts_in(text: str, dates: Sequence[tuple[int, int]] = ()) -> list[Amount]:
    """Read the amounts of a folded text outside its `dates`."""
    deadline.check()
    found: list[Amount] = []
    dated = {place for first, last in dates for place in range(first, last)}
    reached = 0
    for match in _AMOUNT.finditer(text):
        if match.start() < reached or match.start() in dated:
            continue
        amount = _amount(text, match)
        if amount is not None:
            found.append(amount)
            reached = amount.end
    return found


def _share(match: re.Match[str]) -> Amount | None:
    """Read a part of a hundred or of another whole, also a range: 百分之八至九."""
    start, end = match.span()
    share, parts = _value(match["share"]), _value(match["parts"])
    if not share or not parts:
        return None
    most = _value(match["most"]) if match["most"] else None
    return Amount(start, end, share / parts * 100, most and most / parts * 100, "%")


def _amount(text: str, match: re.Match[str]) -> Amount | None:
    start, end = match.span()
    if match["rank"]:
        rank = _value(match["rank"])
        return rank if rank is None else Amount(start, end, rank, None, match["ranked"] or "位")
    if match["parts"]:
        return _share(match)
    if match["doubling"] is not None:
        times = _value(match["doubling"] or "一")
        return times if times is None else Amount(start, end, times, None, "番")
    if match["han"] and (
        not set(match["han"]) - set("百千")
        or _NO_COUNT.search(text, max(0, start - 1), start)
        or _ARTICLE.match(text, start)
    ):
        return None
    if match["word"]:
        ones = _WORDS.get((match["ones"] or "").lower(), 0)
        number: Decimal | None = Decimal(_WORDS[match["word"].lower()] + ones)
    else:
        number = _value(match["digits"] or match["han"])
    if number is None:
        return None
    value = number
    unit, end = _unit(text, start, end)
    upper: Decimal | None = None
    if match["digits"] and (ranged := _RANGE.match(text, end)):
        second = _NUMBER.match(text, ranged.end())
        assert second is not None
        last, reach = _unit(text, start, second.end())
        if not unit or not last or comparable(unit, last):  # not: rose 8.1% to 46.07 billion yuan
            upper, end, unit = _value(second[0]), reach, last or unit
    if match["digits"] and (minus := _MINUS.search(text, max(0, start - 8), start)):
        start, value = minus.end() - 1, -value
    return Amount(start, end, value, upper, unit)


def _unit(text: str, start: int, end: int) -> tuple[str, int]:
    """Return the unit, in Chinese, of a number at `start` to `end`, and where it ends."""
    if (chinese := _CHINESE_UNIT.match(text, end)) is not None:
        if chinese["bare"]:
            return chinese["bare"], chinese.end()
        base = "个百分点" if chinese["base"] == "百分点" else chinese["base"]
        return chinese["scale"] + base + (chinese["per"] or ""), chinese.end()
    english = _ENGLISH_UNIT.match(text, end)
    assert english is not None
    scale = MAGNITUDES[english["magnitude"].lower()] if english["magnitude"] else ""
    unit = UNITS_IN_ENGLISH[english["unit"].lower().replace("-", " ")] if english["unit"] else ""
    if unit and english["per"]:
        unit += "/" + _PER[english["per"].lower()]
    if not unit and (money := _MONEY.search(text, max(0, start - 4), start)):
        unit = "美元" if "$" in money[0] else "元"
    return scale + unit, english.end()


def _value(written: str) -> Decimal | None:
    if written[0].isdigit():
        return Decimal(written.replace(",", ""))
    return decimal(written)


def same_value(value: Decimal, unit: str, other: Decimal, other_unit: str) -> bool:
    """Tell whether two amounts are one: 255亿元 and 25.5 billion yuan, 60,000 and 6万人.

    A number without a unit is the count of anything, but no percentage and no other rate.
    """
    if comparable(unit, other_unit):
        return _close(convert(value, unit, other_unit), other)
    scaled, base = _plain(value, unit)
    other_scaled, other_base = _plain(other, other_unit)
    if bool(base) == bool(other_base):
        return base == other_base and _close(scaled, other_scaled)
    return (base or other_base) not in RATES and _close(scaled, other_scaled)


def _plain(value: Decimal, unit: str) -> tuple[Decimal, str]:
    scale, base = parted(unit)
    return value * size_of(scale), base


def _close(one: Decimal, other: Decimal) -> bool:
    return abs(one - other) <= abs(other) * Decimal("1e-9")


def scalar(value: Decimal, unit: str) -> Decimal:
    """Return an amount as formulas take it: 17% and 17个百分点 are 0.17, 2亿元 200 million."""
    scaled, base = _plain(value, unit)
    return scaled * (share_of_one(base) or 1)
