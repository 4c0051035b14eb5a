"""Tells what became of a place's goals of a year: target and result side by side, and the verdict.

Knows how a verdict is said; which it is, `promises` decides.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answering.figures.sentences import FigureVerbalizer
from assistant.answering.goals.gaps import gap_in_words
from assistant.answering.goals.promises import Promise
from assistant.prompts import phrase
from assistant.types import Answer, Question
from index.types import Region

_ONLY_MISSED = re.compile(
    r"没有?(?:完成|实现|达到|达成|兑现)(?!吗)|未(?:能)?(?:完成|实现|达到|达成|兑现)|落空|不及(?:预期|目标)"
    r"|\b(?:miss(?:ed)?|fell short|fall short|not (?:met|reached|achieved)|fail(?:ed)? to)\b",
    re.IGNORECASE,
)


def say_fulfilled(
    question: Question,
    place: Region,
    year: int,
    promises: Sequence[Promise],
    verbalizer: FigureVerbalizer,
) -> Answer:
    """Tell the verdict on each goal, the missed ones alone where those are asked for."""
    language = question.language
    name = verbalizer.composer.place(place)
    missed = [each for each in promises if each.verdict == "missed"]
    if _ONLY_MISSED.search(question.folded) and not question.topics:
        told = missed
        key = "goals_missed" if missed else "goals_none_missed"
    else:
        told, key = list(promises), "goals_judged"
    met = sum(each.verdict == "met" for each in promises)
    lines = [
        phrase(
            key,
            language,
            place=name,
            year=year,
            count=len(promises),
            met=met,
            missed=len(missed),
            other=len(promises) - met - len(missed),
        )
    ]
    lines += [f"{number}. {_line(promise, verbalizer)}" for number, promise in enumerate(told, 1)]
    answer = verbalizer.answer(question, "\n".join(lines))
    query = {"asks": "fulfilment", "places": {"words": "", "names": [place.name]}, "years": [year]}
    return replace(answer, query=query)


def _line(promise: Promise, verbalizer: FigureVerbalizer) -> str:
    """Say a goal, what was reported of it, and what follows."""
    language = verbalizer.composer.language
    space = " " if language == "en" else ""
    target = promise.target
    verdict = phrase(f"verdict_{promise.verdict}", language)
    values: dict[str, object] = {
        "indicator": verbalizer.indicator(target.figure),
        "target": verbalizer.predicate(target.figure) + space + verbalizer.marks(target),
        "verdict": verdict,
    }
    if promise.result is None:
        return phrase("goal_without_result", language, **values)
    result = promise.result
    values["result"] = verbalizer.predicate(result.figure) + space + verbalizer.marks(result)
    if promise.verdict == "missed":
        gap = gap_in_words(target.figure, result.figure, verbalizer.composer)
        values["verdict"] = verdict + gap
    return phrase("goal_with_result", language, **values)
