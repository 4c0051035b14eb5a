"""By which measure figures are set side by side where a question names none: amount or growth.

Knows how a question asks and which measures places state; not what is done with them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.answering.figures.lookup import Stated, look_up
from assistant.types import Measure, Question
from index.lexicon.indicators import Indicator


def measures_of(question: Question) -> tuple[Measure, ...]:
    """Return the measures to calculate with where the question names none, likeliest first."""
    if question.operation == "share":
        return ("level",)  # a part of an amount, never of a growth
    if re.search(r"百分点|percentage point", question.folded, re.IGNORECASE):
        return ("growth", "level")
    return ("level", "growth")


def common_measure(
    question: Question, topic: Sequence[Indicator], gathered: Mapping[str, Sequence[Stated]]
) -> Measure:
    """Return the measure to compare by: that which most places state.

    Where as many state both, goals are compared by growth and results by amount.
    """
    first: Measure = "growth" if question.kind == "target" else "level"
    counts: dict[Measure, int] = {first: 0, ("level" if first == "growth" else "growth"): 0}
    for stated in gathered.values():
        for measure in counts:
            found = look_up(replace(question, measure=measure), topic, stated)
            counts[measure] += any(each.figure.value is not None for each in found.figures)
    return max(counts, key=lambda measure: counts[measure])
