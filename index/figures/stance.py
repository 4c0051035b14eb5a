"""Whether sentences tell of goals or of results, weighed over a whole report with a certainty.

Three witnesses speak of each sentence: its wording (a linear model over runs of characters, its
weights in `stance_weights.json`), the headings above it, and words that open a stretch of goals or
of results. A two-state chain carries them along, so that no single word turns a section. Knows
nothing of figures, years or indicators.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from operator import add
from pathlib import Path

_SWITCHES = 0.04
"""How likely the next sentence in a part of a report tells of the other kind."""
_SWITCHES_BETWEEN = 0.25
"""How likely the first of the next part does."""
_WORDING = 0.9
"""How far a sentence's wording is trusted, beside the other witnesses."""
_MOST = 4.0
"""Log-odds that one witness has at most."""
_READ = 300
"""Characters of a sentence that are read."""


@dataclass(frozen=True, slots=True)
class Witness:
    """What is known of one sentence before the others are heard.

    `text` is the sentence, `told` the log-odds for a goal that its headings and opening words give,
    0 for none; `begins` is true where it stands under another outermost heading than the one
    before.
    """

    text: str
    told: float
    begins: bool


def goals(witnesses: Sequence[Witness]) -> list[float]:
    """Return for each sentence of a report how likely it tells of a goal, from 0 to 1."""
    if not witnesses:
        return []
    odds = [each.told + _WORDING * wording(each.text) for each in witnesses]
    ahead = _passed_on(odds, [each.begins for each in witnesses])
    # Backwards a sentence hears from the one after it, across that one's own border.
    borders = [each.begins for each in witnesses[1:]] + [True]
    back = _passed_on(odds[::-1], borders[::-1])[::-1]
    return [
        _probability(before + own + after)
        for before, own, after in zip(ahead, odds, back, strict=True)
    ]


def _passed_on(odds: Sequence[float], begins: Sequence[bool]) -> list[float]:
    """Return the log-odds that reach each sentence from all those before it."""
    reached: list[float] = []
    carried = 0.0
    for own, begin in zip(odds, begins, strict=True):
        share = _SWITCHES_BETWEEN if begin else _SWITCHES
        if reached:
            goal = _probability(carried)
            goal = goal * (1 - share) + (1 - goal) * share
            carried = math.log(goal / (1 - goal))
        reached.append(carried)
        carried += own
    return reached


def _probability(odds: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))


def wording(sentence: str) -> float:
    """Return the log-odds for a goal that the wording of a sentence alone gives."""
    folded = fold(sentence[:_READ])
    weights, intercept = _weights()
    two = list(map(add, folded, folded[1:]))
    runs = {*folded, *two, *map(add, two, folded[2:]), *map(add, two, two[2:])}
    total = intercept + math.fsum(weights[run] for run in runs & weights.keys())
    return max(-_MOST, min(_MOST, total))


def fold(sentence: str) -> str:
    """Return a sentence as the model reads it: years as 年年, numbers as 0, without spaces."""
    return _SPACES.sub("", _NUMBERS.sub("0", _YEARS.sub("年年", sentence)))


_YEARS = re.compile(r"(?:19|20)\d\d年")
_NUMBERS = re.compile(r"\d[\d,.]*")
_SPACES = re.compile(r"\s")


@cache
def _weights() -> tuple[dict[str, float], float]:
    """Return the weights of runs of one to four characters, and the intercept."""
    path = Path(__file__).with_name("stance_weights.json")
    data = json.loads(path.read_text(encoding="utf-8"))
    return data["weights"], data["intercept"]
