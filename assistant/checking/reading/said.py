"""What the words around a number call what is counted, whether anyone knows it by name or not.

Reads a text and a report alike, so that the same thing has the same words in both. Knows neither
indicators nor places nor years.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from assistant.checking.reading.words import words
from assistant.claims.amounts import Amount
from index.lexicon import qualifiers

Kind = Literal["level", "share", "growth", "average", "points", "change", "rank"]


@dataclass(frozen=True, slots=True)
class Said:
    """What is counted in a sentence's own words, how, and whether it is said to fall.

    `among` is among whom a rank is one: 全省.
    """

    name: str
    kind: Kind
    falls: bool = False
    among: str = ""


def said_of(sentence: str, amounts: Sequence[Amount]) -> list[Said]:
    """Return what a folded sentence says of each of its numbers.

    A number whose own words name nothing is of what the one before it is of: 845亿元、增长15%.

    Args:
        sentence: the sentence.
        amounts: its numbers, in their order.
    """
    told: list[Said] = []
    waiting: list[str] = []  # the names that 分别 shares out to the numbers that follow
    for at, amount in enumerate(amounts):
        gap = sentence[amounts[at - 1].end if at else 0 : amount.start]
        if waiting and _SEPARATOR.fullmatch(gap):
            told.append(replace(told[-1], name=waiting.pop(0)))
            continue
        head = _head(gap)
        end = amounts[at + 1].start if at + 1 < len(amounts) else len(sentence)
        kind = _kind(amount, sentence, head)
        waiting = _shared_out(head, told, _run(sentence, amounts, at))
        name = waiting.pop(0) if waiting else _name(head, sentence[amount.end : end], kind)
        if len(name) < _SHORT and told and not waiting:
            name = told[-1].name + name if name not in told[-1].name else told[-1].name
        among = _AMONG.search(gap) if kind in ("rank", "points") else None
        falls = bool(qualifiers.falls(head)) or head.endswith("-") or amount.value < 0
        told.append(Said(name, kind, falls, among[0] if among else ""))
    return told


def _head(gap: str) -> str:
    """Return the last of the words before a number that name something, with all behind them."""
    clauses = _BREAK.split(gap)
    for at in range(len(clauses) - 1, -1, -1):
        if len(bare(clauses[at])) >= _TWO:
            return "".join(clauses[at:])
    return clauses[-1]


_TWO = 2
_EACH = re.compile("分别|分[列居占]")
_AMONG = re.compile("全[国省市区州疆]")


def with_units(sentence: str, amounts: Sequence[Amount]) -> list[Amount]:
    """Return amounts, those of a row that has its unit once (5.1、4.1个百分点) each with it."""
    told: list[Amount] = []
    for at in range(len(amounts) - 1, -1, -1):
        amount = amounts[at]
        if told and not amount.unit:
            between = sentence[amount.end : told[-1].start]
            if _SEPARATOR.fullmatch(between):
                amount = replace(amount, unit=told[-1].unit)
        told.append(amount)
    return told[::-1]


_SHORT = 3
_SEPARATOR = re.compile(r"\s*[、,和与及]\s*")
_BREAK = re.compile(r"[,;:。(《]|——")
_COUNTED = re.compile(r"[^,;:。、()\d]{1,8}")


def _run(sentence: str, amounts: Sequence[Amount], at: int) -> int:
    """Return how many numbers stand in a row, with nothing but marks between them."""
    count = 1
    for first, second in zip(amounts[at:], amounts[at + 1 :], strict=False):
        if not _SEPARATOR.fullmatch(sentence[first.end : second.start]):
            break
        count += 1
    return count


def _shared_out(head: str, told: Sequence[Said], run: int) -> list[str]:
    """Return the names that 分别 shares out to a run of numbers, none where they are fewer."""
    found = _EACH.search(head)
    if found is None or run < _TWO:
        return []
    before, behind = head[: found.start()], head[found.end() :]
    names = [bare(part) for part in re.split("[、和与及]", before)]
    names = [name for name in names if name]
    if not names:
        counted = list(dict.fromkeys(one.name for one in told))
        return counted[-run:] if len(counted) >= run else []
    if len(names) < run:
        return []
    names = names[-run:]
    whole = max(names, key=len)
    return [
        f"{name if len(name) > _SHORT else name + whole}{bare(behind)}"
        if name != whole
        else f"{name}{bare(behind)}"
        for name in names
    ]


def _kind(amount: Amount, sentence: str, head: str) -> Kind:
    if amount.unit == "个百分点":
        return "points"
    if sentence[amount.start : amount.start + 1] in ("第", "首", "榜"):
        return "rank"
    if amount.unit in ("%", "‰", "成"):
        if re.search("年均|平均每年", head):
            return "average"
        signed = sentence[max(amount.start - 1, 0) : amount.start] in ("+", "-")
        return "growth" if signed or words().growing.search(_NOUN.sub("", head)) else "share"
    if _COMPARED.search(head):
        return "change"
    return "change" if not bare(_CHANGED.sub("", head)) and _CHANGED.search(head) else "level"


_NOUN = re.compile("增加值")
_COMPARED = re.compile("[比较于].*[高多低少快慢]|相差|差距|以外|其余|合计|加起来")
_CHANGED = re.compile(r"净?[增减][加少产]|多[出了]?|少了?|高出?|低")


def _name(head: str, behind: str, kind: Kind) -> str:
    """Return what the words before a number name, with those behind it where it counts pieces."""
    name = bare(head)
    if kind != "level":
        return name
    found = _COUNTED.match(behind)
    return f"{name}{bare(found[0])}" if found and len(name) <= _SHORT else name


def bare(name: str) -> str:
    """Return a name without the words that state its number, and without years and marks."""
    name = _YEARS.sub("", name)
    return _LETTERS.sub("", words().saying_little.sub("", name))


_YEARS = re.compile(r"(?:19|20)\d\d年?(?:底|末|度)?")
_LETTERS = re.compile(r"[^\w]|[\d_]")


def likeness(name: str, other: str) -> float:
    """Return how much two names have in common, from 0 to 1, in pairs of letters or in letters."""
    pairs, others = _pairs(name), _pairs(other)
    if not pairs or not others:
        return 0.0
    if other.endswith(name) and len(name) >= _TELLING:
        return _SAYS_MORE
    by_pairs = 2 * len(pairs & others) / (len(pairs) + len(others))
    letters, ones = set(name), set(other)
    by_letters = 2 * len(letters & ones) / (len(letters) + len(ones))
    return max(by_pairs, by_letters * _UNORDERED)


_TELLING, _SAYS_MORE = 6, 0.8
"""Letters of a name that is the same with more before it, and how alike the two are then."""

_UNORDERED = 0.9
"""What the same letters in another order count: 新增城镇就业, 城镇新增就业."""


def _pairs(name: str) -> frozenset[str]:
    return frozenset(name[at : at + 2] for at in range(len(name) - 1))
