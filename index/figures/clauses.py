"""Clauses of a sentence, and which of their amounts are said together.

Knows the punctuation and how reports join values (A、B和C) or tell of a change (由A增至B), and
nothing of what the values are of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.figures.amounts.written import Amount
from index.lexicon.units import RATES


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause's characters `start` to `end` of its sentence, and the mark that ends it."""

    start: int
    end: int
    mark: str


_OPENS, _CLOSES = "(“‘《「", ")”’》」"
_MARK = re.compile(rf"[,;:。!?\n{_OPENS}{_CLOSES}]")


def clauses(text: str) -> Iterator[Clause]:
    """Yield the clauses of a sentence; quotations and brackets stay whole."""
    depth = start = 0
    for found in _MARK.finditer(text):
        place, mark = found.start(), found[0]
        if mark in _OPENS:
            depth += 1
        elif mark in _CLOSES:
            depth = max(0, depth - 1)
        elif not depth and not (
            text[place - 1 : place].isdigit() and text[place + 1 : place + 2].isdigit()
        ):
            yield Clause(start, place, mark)
            start = place + 1
    yield Clause(start, len(text), "")


_GROUP_GAP = re.compile(r"\s?(?:、|和|与|及|以及|,)?\s?")


def grouped(text: str, amounts: Sequence[Amount]) -> list[list[Amount]]:
    """Bring amounts together that are joined by nothing but a comma or an and."""
    groups: list[list[Amount]] = []
    for amount in amounts:
        if groups:
            last = groups[-1][-1]
            gap = text[last.reach_end : amount.reach_start]
            if last.form == amount.form and _GROUP_GAP.fullmatch(gap) and not _turns(last, amount):
                groups[-1].append(amount)
                continue
        groups.append([amount])
    return groups


def _turns(first: Amount, second: Amount) -> bool:
    """Tell whether a second amount goes from a rate to what was reached: 增长9%、突破百亿元."""
    return bool(second.before) and (first.unit in RATES) != (second.unit in RATES)


_END_OF_CHANGE = re.compile(
    r"\s?,?(?:分别|大幅度?|进一步|快速|迅速|明显|显著|稳步|逐步)?(?:(?:增加|增长|提高|上升|提升|扩大|缩小|收窄|下滑|收缩|下降|降低|减少|整合|压减|缩减|缩短|压缩|拓展|发展|扩展|升|降|增|跃升|攀升"
    r"|上调|下调|调整|优化|精简|增扩|上涨|回落)(?:到|至|为)|到|至|变为)(?:了)?(?:(?:19|20)\d\d年(?:底|末)?的?)?\s?"
)


def ends_change(text: str, first: Sequence[Amount], second: Sequence[Amount]) -> bool:
    """Tell whether two groups are the two ends of a change: 由43户增至61户."""
    gap = text[first[-1].reach_end : second[0].reach_start]
    written = text[max(0, first[0].reach_start - 14) : first[0].reach_start]
    return _END_OF_CHANGE.fullmatch(gap) is not None and ("从" in written or "由" in written)
