"""A question that asks several things is parted, and each part carries the scope that it lacks."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from assistant.questions.places import Scope
from assistant.reading.parting import asked_quantities, asks_of
from index.lexicon.indicators import load_lexicon
from index.places.gazetteer import load_gazetteer

Case = dict[str, Any]
_FILE = Path(__file__).with_name("parting.jsonl")
CASES: list[Case] = [json.loads(line) for line in _FILE.read_text(encoding="utf-8").splitlines()]
_NEWEST = {
    "620900": 2023,
    "620981": 2023,
    "620200": 2022,
    "140800": 2023,
    "410800": 2023,
    "310000": 2025,
    "420000": 2026,
    "522635": 2020,
    "211100": 2023,
}


@pytest.fixture(scope="module")
def scope() -> Scope:
    return Scope(newest=_NEWEST, gazetteer=load_gazetteer(), lexicon=load_lexicon())


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["question"]))
def test_a_question_is_parted_where_it_asks_anew(scope: Scope, case: Case) -> None:
    asks = asks_of(case["question"], scope)
    assert [ask.words for ask in asks] == case["parts"]
    assert [ask.ways[0].text for ask in asks] == case.get("asked", [])


def test_a_text_of_many_questions_is_no_question_of_parts(scope: Scope) -> None:
    assert asks_of("焦作2023年GDP目标是多少?" * 7, scope) == ()


def test_a_part_that_names_no_subject_leans_on_the_one_before(scope: Scope) -> None:
    first, second = asks_of("嘉峪关2021年GDP预计多少,2026年要达到多少", scope)
    assert first.stands
    assert not first.leans
    assert second.leans
    assert not second.says_little  # it names a year of its own


def test_words_that_ask_for_a_number_are_counted() -> None:
    assert asked_quantities("正蓝旗2018年脱贫了多少户多少人") == 2
    assert asked_quantities("How many attended, and how many were on leave?") == 2
    assert asked_quantities("近几年的GDP目标是什么") == 0
