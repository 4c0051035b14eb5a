"""Questions of analysis are read into the query that they mean, every word accounted for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from assistant.queries.types import FigureQuery, ReportQuery
from assistant.questions.understand import fold_question
from assistant.reading.place_words import Reported
from assistant.reading.reading import Reading, read
from index.lexicon.indicators import load_lexicon
from index.places.gazetteer import COUNTRY, load_gazetteer

Case = dict[str, Any]

_PROVINCES = [
    *("110000", "120000", "130000", "140000", "150000", "210000", "220000", "230000", "310000"),
    *("320000", "330000", "340000", "360000", "370000", "410000", "420000", "430000", "440000"),
    *("450000", "460000", "500000", "510000", "520000", "530000", "610000", "630000", "640000"),
]
REPORTED = Reported(
    {
        COUNTRY: tuple(range(2018, 2026)),
        "310000": tuple(range(2020, 2026)),
        "410800": (2023,),
        "140800": (2022, 2023),
        **{code: (2024, 2025) for code in _PROVINCES if code != "310000"},
    },
    load_gazetteer(),
    load_lexicon(),
)


def _cases(name: str) -> list[Case]:
    lines = (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def summary(reading: Reading | None) -> Case:
    """Return what a case states of a reading."""
    if reading is None or reading.is_small:
        return {"places": None}
    query = reading.query
    places = query.places.words or [region.name for region in query.places.regions]
    said: Case = {"places": places, "years": list(query.years)}
    if isinstance(query, FigureQuery):
        said["columns"] = [
            [column.topic[0].id, column.kind, column.side, column.shift] for column in query.columns
        ]
        condition = query.condition
        if condition is not None:
            low, high = (None if n is None else str(n) for n in (condition.low, condition.high))
            said["condition"] = [condition.relation, low, high, condition.unit]
        if query.order is not None:
            said["order"] = [query.order, query.limit]
        if query.trends:
            said["trends"] = list(query.trends)
        if query.judges:
            said["judges"] = True
        if query.aggregates:
            said["aggregates"] = list(query.aggregates)
        if reading.left:
            said["left"] = list(reading.left)
    elif isinstance(query, ReportQuery):
        said["asks"] = query.asks
        if query.order is not None:
            said["order"] = query.order
    else:
        said |= {"terms": list(query.terms), "asks": query.asks, "ranked": query.ranked}
    return said


@pytest.mark.parametrize("case", _cases("cases.jsonl"), ids=lambda case: str(case["question"]))
def test_a_question_is_read_into_its_query(case: Case) -> None:
    expected = {key: value for key, value in case.items() if key != "question"}
    assert summary(read(fold_question(case["question"]), REPORTED)) == expected


@pytest.mark.parametrize("case", _cases("left.jsonl"), ids=lambda case: str(case["question"]))
def test_a_word_that_no_part_of_the_query_uses_is_left_over(case: Case) -> None:
    reading = read(fold_question(case["question"]), REPORTED)
    assert reading is None or reading.left == tuple(case["left"])


@pytest.mark.parametrize(
    "question",
    [
        "焦作2023年GDP目标是多少",
        "What growth did Jiaozuo target for 2023?",
        "焦作和运城2023年谁的GDP目标高",
        "运城提出了哪些重点工作",
        "什么是新质生产力?",
        "报告里怎么说教育",
        "上海2025年GDP目标完成了吗",
    ],
)
def test_a_question_of_one_figure_or_of_words_is_none_of_analysis(question: str) -> None:
    reading = read(fold_question(question), REPORTED)
    assert reading is None or reading.is_small
