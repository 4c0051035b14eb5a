"""Numbers in words, which `amounts` leaves alone: 四大产业, two airports, halved, the third.

Knows how numbers are said in Chinese and in English; not what they are of.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from index.lexicon.numerals import CARDINALS, NUMERALS, ORDINALS, numeral
from index.lexicon.units import MAGNITUDES, size_of

_HAN = re.compile(f"[{NUMERALS}万亿]+")
_IDIOMS = re.compile(
    r"一(?![二三四五六七八九十百千万亿])|万一|统一|十分|百姓|千方百计|万众|亿万|两者|二者|双方|三农|百年|千年"
    r"|[另每这那某同任哪]一|第一时间|四川|九江|三亚|六安|八方"
)
"""What holds a numeral and counts nothing: 一 alone is an article as often as not."""

_COUNTS = {word: value for word, value in CARDINALS.items() if value > 1}
_COUNTS |= {word: size_of(scale) for word, scale in MAGNITUDES.items()}
_SPECIAL = {
    "half": r"半|50%|二分之一", "halved": r"半|50%", "twice": r"[二两2]|倍|双", "thrice": r"[三3]",
    "doubl": r"翻|倍|双|[二两2]", "tripl": r"[三3]|两番|2倍", "quadrupl": r"[四4]|两番|3倍",
    "quarter": r"季|四分之|25%", "dozen": r"十|[1-9]\d|多|余", "dozens": r"十|[1-9]\d|多|余",
    "hundreds": r"[百千万亿]|\d{3}", "thousands": r"[千万亿]|\d{4}", "millions": r"[万亿]|\d{7}",
    "billions": r"亿|\d{9}", "percent": r"%|百分",
}  # fmt: skip
_TENS = "|".join(word for word, value in CARDINALS.items() if value % 10 == 0 and value > 10)
_ONES = "|".join(word for word, value in CARDINALS.items() if value < 10)
_WORD = re.compile(rf"\b(?:{_TENS})-(?:{_ONES})\b|[A-Za-z]+", re.IGNORECASE)


def unheld(text: str, taken: Collection[int], evidence: str, values: Collection[int]) -> list[str]:
    """Return the number words of a folded text that its evidence does not bear out.

    Args:
        text: what is said, folded.
        taken: characters of `text` that are judged elsewhere: amounts, years, marks.
        evidence: the cited words, folded, without white space.
        values: the whole numbers that stand in them, however written.
    """
    found = [
        run[0]
        for run in _HAN.finditer(text)
        if run.start() not in taken and not _han_holds(text, run, evidence, values)
    ]
    return found + [
        word[0]
        for word in _WORD.finditer(text)
        if word.start() not in taken and not _english_holds(word[0].lower(), evidence, values)
    ]


def _han_holds(text: str, run: re.Match[str], evidence: str, values: Collection[int]) -> bool:
    start, end = run.span()
    if any(
        idiom.start() <= start and end <= idiom.end()
        for idiom in _IDIOMS.finditer(text, max(0, start - 2), end + 3)
    ):
        return True
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    as_written = [w for w in (before + run[0], run[0] + after) if len(w) > len(run[0])]
    return any(words in evidence for words in as_written) or numeral(run[0]) in values


def _english_holds(word: str, evidence: str, values: Collection[int]) -> bool:
    if "-" in word:
        return sum(_COUNTS.get(part, 1) for part in word.split("-")) in values
    if word in _COUNTS:
        return _COUNTS[word] in values or (word == "two" and "双" in evidence)
    if word in ORDINALS:
        first = word == "first" and re.search(r"首|率先|先", evidence) is not None
        return first or ORDINALS[word] in values
    for stem, signs in _SPECIAL.items():
        if word == stem or (stem in ("doubl", "tripl", "quadrupl") and word.startswith(stem)):
            return re.search(signs, evidence) is not None
    return True


_WHOLE = re.compile(r"(?<![\d.])(?<!\d,)\d+(?:,\d{3})*(?![\d%‰]|\.\d)")
_PLACED = re.compile(r"[十百千万亿]")


def values_in(evidence: str) -> frozenset[int]:
    """Return the whole numbers that stand in folded words, in digits or in Chinese numerals."""
    digits = {int(run.replace(",", "")) for run in _WHOLE.findall(evidence)}
    runs = _HAN.findall(evidence)
    han = {numeral(part) for run in runs for part in ([run] if _PLACED.search(run) else run)}
    return frozenset(digits | {value for value in han if value is not None})
