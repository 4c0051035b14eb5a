"""What a figure is given of, and how those told together are held apart.

Knows the indicators of the lexicon, and nothing of texts or of amounts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.lexicon.indicators import Indicator


@dataclass(frozen=True, slots=True)
class Subject:
    """What a figure is given of: `as_written` at `start` to `end` of the sentence.

    `name` is the canonical name of `indicator`, or the report's own words where that is None.
    `part` is what makes it a part of a total: 县域 of 县域生产总值.
    """

    name: str
    indicator: Indicator | None
    as_written: str
    start: int
    end: int
    part: str = ""


def told_apart(subjects: Sequence[Subject]) -> list[Subject]:
    """Return subjects that are told together, each under an indicator of its own.

    In 失业、工伤保险参保人数分别达… two go by one indicator of the lexicon, of which they are
    parts: only the one with its very name is sure to be it.
    """
    known = Counter(each.indicator.id for each in subjects if each.indicator)
    return [
        replace(each, name=each.as_written, indicator=None)
        if each.indicator and known[each.indicator.id] > 1 and each.as_written != each.name
        else each
        for each in subjects
    ]
