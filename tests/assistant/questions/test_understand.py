from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from assistant.questions.places import Scope
from assistant.questions.understand import understand
from assistant.types import Question
from index.lexicon.indicators import load_lexicon
from index.places.gazetteer import load_gazetteer

CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "question_cases.jsonl").read_text("utf-8").splitlines()
]
NEWEST = {"410800": 2023, "620981": 2023, "620200": 2022, "420505": 2023, "140800": 2023}
"""The places of the sample corpus: Jiaozuo, Yumen, Jiayuguan, Xiaoting, Yuncheng."""


@pytest.fixture(scope="module")
def scope() -> Scope:
    return Scope(newest=NEWEST, gazetteer=load_gazetteer(), lexicon=load_lexicon())


def found(question: Question, side: str) -> Any:  # noqa: ANN401 - whatever that side holds
    value = getattr(question, side)
    if side in ("places", "elsewhere"):
        return sorted(region.name for region in value)
    if side == "indicators":
        return [indicator.zh for indicator in value[:1]]
    return list(value) if isinstance(value, tuple) else value


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["question"])
def test_a_question_is_understood(case: dict[str, Any], scope: Scope) -> None:
    question = understand(case["question"], scope, case.get("history", ()))
    sides = {key: value for key, value in case.items() if key not in ("question", "history")}
    assert {side: found(question, side) for side in sides} == {
        side: sorted(value) if side == "places" else value for side, value in sides.items()
    }


def test_a_question_of_ten_thousand_characters_is_understood(scope: Scope) -> None:
    assert understand("焦作GDP增长目标" * 1_250, scope).places[0].name == "焦作市"


@pytest.mark.parametrize("text", ["", " ", "?", "(((", "\x00", "🙂"])
def test_a_question_without_words_is_understood_as_open(text: str, scope: Scope) -> None:
    question = understand(text, scope)
    assert (question.places, question.years, question.indicators) == ((), (), ())
