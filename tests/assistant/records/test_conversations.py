from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from assistant.answer import Assistant, open_assistant
from assistant.errors import BundleError
from assistant.limits import MOST_TURNS
from assistant.records.conversations import (
    Conversation,
    Exchange,
    conversation_of,
    documents_of,
    exchange_in,
    title_of,
)
from assistant.settings import Settings
from assistant.types import Answer, Withheld
from tests.conftest import SEEDS


@pytest.fixture(scope="module")
def assistant(seeds_index: Path) -> Assistant:
    return open_assistant(Settings(data=seeds_index))


@pytest.fixture(scope="module")
def conversation(assistant: Assistant) -> Conversation:
    questions = [
        "焦作、猇亭、玉门三地固定资产投资目标增速比较",
        "玉门2023年八个方面重点工作是哪些",
        "What was Yumen's GDP in 1999?",
    ]
    answers = [assistant.ask(question) for question in questions]
    catalogue = assistant.searcher.catalogue
    exchanges = tuple(exchange_in(catalogue, each.question, each) for each in answers)
    return Conversation("a1", title_of(questions[0]), exchanges)


def kept(conversation: Conversation) -> dict[str, Any]:
    record: dict[str, Any] = json.loads(json.dumps(conversation.record(), ensure_ascii=False))
    return record


def test_a_conversation_is_read_back_as_it_was_kept(conversation: Conversation) -> None:
    again = conversation_of(kept(conversation))
    assert again.record() == conversation.record()
    marks = [figure.marks for figure in conversation.exchanges[0].answer.figures]  # type: ignore[union-attr]
    assert any(marks)
    assert [figure.marks for figure in again.exchanges[0].answer.figures] == marks  # type: ignore[union-attr]


def test_every_answer_to_the_public_questions_is_read_back(assistant: Assistant) -> None:
    lines = (SEEDS / "questions/seeds_public.jsonl").read_text("utf-8").splitlines()
    asked = [json.loads(line) for line in lines]
    answers = [assistant.ask(each["question"], history=each["history"]) for each in asked]
    whole = Conversation("all", "all", tuple(Exchange(a.question, a) for a in answers))
    assert conversation_of(kept(whole)).record() == whole.record()


def test_what_was_cut_of_a_models_words_is_kept_too() -> None:
    answer = Answer("q", "en", "text", withheld=(Withheld("cut", "number"),))
    again = conversation_of(kept(Conversation("a", "t", (Exchange("q", answer),))))
    assert again.exchanges[0].answer == answer


def test_a_document_carries_the_digest_of_its_file_and_what_it_says_of_itself(
    assistant: Assistant,
) -> None:
    (document,) = documents_of(
        assistant.ask("what GDP growth did Jiaozuo target"), assistant.searcher.catalogue
    )
    assert document.sha256 is not None
    assert document.sha256.startswith("98a6e41049031a60")
    assert (document.region, document.year, document.speaker) == ("焦作市", 2023, "李亦博")


BROKEN: list[tuple[str, Any, str]] = [
    ("version", 99, "version 1, found 99"),
    ("version", None, '"version" to be an integer'),
    ("id", "../x", '"id" to be letters and digits'),
    ("title", 7, '"title" to be a text'),
    ("turns", "none", '"turns" to be a list of objects'),
    ("turns", [{}] * (MOST_TURNS + 1), f'at most {MOST_TURNS} "turns"'),
    ("turns", [{"question": "q", "answer": "a"}], 'turn 1: expected "answer" to be an object'),
    ("turns", [{"question": "q", "documents": [{"document": "d", "sha256": "x"}]}], "64 hexa"),
]


@pytest.mark.parametrize(("field", "value", "words"), BROKEN)
def test_what_is_broken_or_foreign_is_one_clear_line(
    conversation: Conversation, field: str, value: object, words: str
) -> None:
    with pytest.raises(BundleError, match=words) as raised:
        conversation_of({**kept(conversation), field: value})
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("value", [None, [], "text", 3])
def test_what_is_no_object_is_no_conversation(value: object) -> None:
    with pytest.raises(BundleError, match="JSON object"):
        conversation_of(value)


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        (("figures", 0, "value"), "<b>7</b>", '"value" to be a number'),
        (("figures", 0, "value"), "9" * 50, '"value" to be a number'),
        (("figures", 0, "value"), "７", '"value" to be a number'),
        (("figures", 0, "period"), "２０２３", '"period" to begin with a year'),
        (("citations", 0, "start"), -1, "0 <= start <= end"),
        (("citations", 0, "n"), "1", '"n" to be an integer'),
        (("language",), "fr", '"language" to be one of'),
        (("figures", 0, "period"), "7", '"period" to begin with a year'),
        (("withheld",), [{"text": "t", "fault": "none"}], '"fault" to be one of'),
        (("answer",), "\ud800", "half of a surrogate pair"),
        (("latency_s",), float("nan"), "finite numbers"),
        (("figures", 0, "indicator"), None, '"indicator" of a figure to be a text'),
    ],
)
def test_an_answer_is_checked_field_by_field(
    conversation: Conversation, path: tuple[Any, ...], value: object, words: str
) -> None:
    record = kept(conversation)
    place: Any = record["turns"][0]["answer"]
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    with pytest.raises(BundleError, match=words):
        conversation_of(record)


def test_a_long_question_makes_a_short_title() -> None:
    assert title_of("a\n b") == "a b"
    assert len(title_of("很长的问题" * 40)) == 60
