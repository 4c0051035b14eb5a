"""Written queries are read into typed ones; what is written of a query is read as the same."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from assistant.errors import QueryError
from assistant.queries.records import record_of
from assistant.queries.schema import parse_query
from assistant.queries.types import Coverage, FigureQuery, MentionQuery, Query
from assistant.questions.understand import fold_question
from assistant.reading.reading import Reading, read
from assistant.reading.written import read_written
from tests.assistant.reading.test_reading import REPORTED, _cases, summary

CASES = _cases("written.jsonl")


def read_json(written: dict[str, Any]) -> Reading:
    return read_written(parse_query(json.dumps(written, ensure_ascii=False)), REPORTED)


@pytest.mark.parametrize(
    "case", [case for case in CASES if "faults" not in case], ids=lambda case: str(case["name"])
)
def test_a_written_query_is_read(case: dict[str, Any]) -> None:
    found = summary(read_json(case["query"]))
    assert {name: found.get(name) for name in case["is"]} == case["is"]


@pytest.mark.parametrize(
    "case", [case for case in CASES if "faults" in case], ids=lambda case: str(case["name"])
)
def test_each_fault_has_a_line_that_says_where_it_is(case: dict[str, Any]) -> None:
    with pytest.raises(QueryError) as raised:
        read_json(case["query"])
    lines = str(raised.value).splitlines()
    assert len(lines) == len(case["faults"]), lines
    for line, words in zip(lines, case["faults"], strict=True):
        assert all(word in line for word in words), line
        assert len(line) < 400


def _likeliest(query: Query) -> Query:
    """Return a query without the alternatives of its indicators, which are not written."""
    if not isinstance(query, FigureQuery):
        return query
    columns = tuple(replace(column, topic=column.topic[:1]) for column in query.columns)
    return replace(query, columns=columns)


def _read_questions() -> list[Any]:
    readings = [(case["question"], read(fold_question(case["question"]), REPORTED))
                for case in _cases("cases.jsonl")]  # fmt: skip
    return [pytest.param(r.query, id=q) for q, r in readings if r is not None and not r.is_small]


@pytest.mark.parametrize("query", _read_questions())
def test_what_is_written_of_a_query_is_read_as_the_same(query: Query) -> None:
    record = record_of(query, Coverage(0, (), ()))
    assert _likeliest(read_json(record).query) == _likeliest(query)


def test_a_code_names_the_one_place_of_several_of_a_name() -> None:
    written = {"asks": "mentions_whether", "places": ["410800"], "terms": ["低空经济"]}
    query = read_json(written).query
    assert isinstance(query, MentionQuery)
    assert [place.name for place in query.places.regions] == ["焦作市"]


def test_what_is_no_json_is_said_in_a_line() -> None:
    for text in ("", "{", "NaN", '{"asks": "figures"' + " " * 60_000, "[" * 30_000):
        with pytest.raises(QueryError) as raised:
            parse_query(text)
        assert str(raised.value).startswith("expected")
        assert "\n" not in str(raised.value)
