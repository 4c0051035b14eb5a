"""Counts and quantities in a question's words: five, 前五名, 100万人, 1 million people.

Knows numbers and units, nothing of what they are of.
"""

from __future__ import annotations

import re
from decimal import Decimal

from index.lexicon.numerals import CARDINALS, NUMERALS, numeral
from index.lexicon.units import MAGNITUDES


def count_of(written: str | None) -> int | None:
    """Return a count in digits, Chinese numerals or English words."""
    if not written:
        return None
    if written.isdigit():
        return int(written)
    return CARDINALS.get(written.lower()) or numeral(written)


def quantity(written: str) -> tuple[Decimal | None, str]:
    """Return the number and the unit of a quantity: 100万人, 5.5%, 1 million people."""
    spelled = re.match(rf"([{NUMERALS}]+?)(?=[万亿])", written.strip())
    if spelled and (number := numeral(spelled[1])) is not None:
        written = f"{number}{written.strip()[spelled.end() :]}"
    if re.match(r"万亿|千亿|百亿", written.strip()):
        written = f"1{written.strip()}"  # 万亿俱乐部
    match = re.match(r"约?(\d[\d,]*(?:\.\d+)?)\s?(.*)$", written.strip())
    if match is None:
        return None, ""
    unit = match[2].strip().lower()
    for english, chinese in MAGNITUDES.items():
        if re.match(rf"{english}\b", unit):
            unit = chinese + ("元" if "yuan" in unit else "")
    if unit.startswith("percent"):
        unit = "%"
    unit = unit if re.fullmatch(r"[%\u4e00-\u9fff]*", unit) else ""
    return Decimal(match[1].replace(",", "")), unit
