"""Questions that ask several things are answered in all of them, or what is missing is named."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from assistant.answer import Assistant, open_assistant
from assistant.answering.joining import adds, covers
from assistant.grounding.check import MARK
from assistant.settings import Settings

Case = dict[str, Any]
_FILE = Path(__file__).with_name("several_asks.jsonl")
CASES: list[Case] = [json.loads(line) for line in _FILE.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def assistant(seeds_index: Path) -> Assistant:
    return open_assistant(Settings(data=seeds_index))


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["question"]))
def test_each_part_is_answered_or_named(assistant: Assistant, case: Case) -> None:
    answer = assistant.ask(case["question"], history=case.get("history", ()))
    assert [words for words in case["says"] if words not in answer.text] == []
    assert answer.abstained == case.get("refused", False)


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["question"]))
def test_marks_count_up_and_each_source_is_cited_once(assistant: Assistant, case: Case) -> None:
    answer = assistant.ask(case["question"], history=case.get("history", ()))
    marks = list(dict.fromkeys(int(number) for number in MARK.findall(answer.text)))
    assert marks == [citation.n for citation in answer.citations]
    assert marks == list(range(1, len(marks) + 1))
    spans = [(each.document, each.start, each.end) for each in answer.citations]
    assert len(set(spans)) == len(spans)
    for citation in answer.citations:
        raw = assistant.raw_of(citation.document)
        assert raw[citation.start : citation.end] == citation.quote
    assert {n for figure in answer.figures for n in figure.marks} <= set(marks)


def test_a_question_of_one_part_is_answered_as_it_was(assistant: Assistant) -> None:
    answer = assistant.ask("焦作2023年GDP目标是多少")
    assert "\n\n" not in answer.text


def test_an_answer_adds_nothing_to_one_that_covers_it(assistant: Assistant) -> None:
    wide = assistant.ask("玉门2022年GDP是多少,增速多少?")
    narrow = assistant.ask("玉门2022年GDP增长多少")
    assert covers(wide, narrow)
    assert not adds(narrow, [wide])
    assert adds(assistant.ask("玉门2023年GDP目标是多少"), [wide])
