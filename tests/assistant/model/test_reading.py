"""A chat model as a reader, scripted: its reading is used where ours is open."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from assistant.answer import Assistant, open_assistant
from assistant.generation import chat_model
from assistant.settings import Settings
from index.build import build
from tests.assistant.made_reports import province_report
from tests.assistant.model.server import Fails, Raw, Reply, Says, ScriptedServer

_FIGURES = [
    ("河北省", 2024, "5.5", "5.5%", 89), ("河北省", 2025, "5.4", "5%", 86),
    ("山西省", 2025, "2.3", "6%", 45), ("辽宁省", 2025, "5.1", "4.5%", 47),
    ("吉林省", 2025, "4.3", "5.5%", 22),
]  # fmt: skip
QUESTION = "2025年各省GDP增长目标拔得头筹的是谁家"
READING: dict[str, Any] = {
    "query": {
        "asks": "figures",
        "places": ["各省"],
        "years": [2025],
        "indicators": ["GDP"],
        "kind": "target",
        "order": "highest",
        "limit": 1,
    },
    "words": [{"words": "拔得头筹的是谁家", "part": "order"}],
}
CASES = [
    json.loads(line)
    for line in Path(__file__).with_name("readings.jsonl").read_text("utf-8").splitlines()
]


@pytest.fixture(scope="module")
def provinces(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("read")
    for place, year, grew, goal, jobs in _FIGURES:
        words = "发展低空经济。" if place == "河北省" else ""
        text = province_report(place, year, grew=grew, goal=goal, jobs=jobs, words=words)
        (folder / f"{place}_{year}.txt").write_text(text, encoding="utf-8")
    build([folder], data=folder / "data")
    return folder / "data"


@pytest.fixture(scope="module")
def reads(provinces: Path, server: ScriptedServer) -> Assistant:
    assert server.url
    return open_assistant(Settings(data=provinces, model="openai:scripted", model_timeout=120))


@pytest.fixture(scope="module")
def alone(provinces: Path) -> Assistant:
    return open_assistant(Settings(data=provinces))


def said(reading: object) -> Says:
    return Says(json.dumps(reading, ensure_ascii=False))


def changed(**parts: object) -> dict[str, Any]:
    return {**READING, "query": {**READING["query"], **parts}}


def test_a_reading_that_the_question_bears_out_is_told_and_named_as_the_models(
    reads: Assistant, alone: Assistant, server: ScriptedServer
) -> None:
    assert alone.ask(QUESTION).abstained
    server.plays(said(READING))
    answer = reads.ask(QUESTION)
    assert "最高的：6%：山西省" in answer.text
    assert answer.text.endswith("是否是您要问的。）")
    assert answer.query is not None
    assert answer.query["order"] == "highest"
    assert len(server.requests) == 1
    assert server.requests[0]["response_format"]["type"] == "json_schema"
    assert QUESTION in server.prompt()


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["name"]))
def test_readings(
    case: dict[str, Any], reads: Assistant, alone: Assistant, server: ScriptedServer
) -> None:
    """`says` stands in the answer by the model's reading; without it our own answer stands."""
    history = case.get("history", [])
    rewriting = [Says("")] if history else []
    server.plays(*rewriting, said(case["reading"]), Says("NOT_STATED"))
    answer = reads.ask(case["question"], history=history)
    if "says" in case:
        assert case["says"] in answer.text
        assert re.search("聊天模型解[读讀]|chat model read", answer.text)
    else:
        assert "模型解读" not in answer.text
        assert "chat model read" not in answer.text
        own = alone.ask(case["question"], history=history)
        assert answer.text.startswith(own.text[:30])


WRITTEN = json.dumps(READING, ensure_ascii=False)
BAD: dict[str, Reply] = {
    "half": Says(WRITTEN[: len(WRITTEN) // 2]),
    "cut by the limit of tokens": Says(WRITTEN, finish="length"),
    "two objects": Says(WRITTEN + WRITTEN),
    "words": Says("好的，我来读这个问题。"),
    "nothing": Says(""),
    "null": Says("null"),
    "a list": Says("[1, 2]"),
    "no query": said({"query": None, "words": []}),
    "another shape": said({"answer": "山西省6%"}),
    "a field too many": said(changed(sql="drop table figures")),
    "an answer": said({**READING, "answer": "山西省，9.9%"}),
    "deep": Says("[" * 40_000),
    "long": Says(json.dumps(changed(places=["各省"] * 30_000), ensure_ascii=False)),
    "many": said(changed(places=["河北省"] * 3_400)),
    "not a number": Says(WRITTEN.replace("2025", "NaN", 1)),
    "a huge number": Says(WRITTEN.replace("2025", "9" * 5_000, 1)),
    "busy": Fails(503),
    "refused": Fails(401),
    "no such model": Fails(404),
    "bytes": Raw(b"\xff\xfe\x00"),
    "not JSON at all": Raw(b"<html>502</html>"),
}


@pytest.mark.parametrize("reply", BAD.values(), ids=BAD.keys())
def test_whatever_else_comes_back_leaves_our_own_answer_without_a_word_lost(
    reply: Reply, reads: Assistant, alone: Assistant, server: ScriptedServer
) -> None:
    server.plays(reply, Says("NOT_STATED"))
    answer = reads.ask(QUESTION)
    own = alone.ask(QUESTION)
    assert answer.text == own.text
    assert answer.citations == own.citations
    assert (answer.abstained, answer.reason) == (own.abstained, own.reason)


def test_a_stall_ends_with_half_of_the_time(
    provinces: Path, alone: Assistant, server: ScriptedServer
) -> None:
    settings = Settings(data=provinces, model="openai:scripted", model_timeout=6)
    hurried = open_assistant(settings)
    server.plays(Fails(401))
    hurried.ask(QUESTION)  # what is loaded for the first question takes time as well
    server.plays(Says(WRITTEN, stalls=30))
    answer = hurried.ask(QUESTION)
    assert answer.text == alone.ask(QUESTION).text
    assert answer.latency_s < settings.model_timeout


def test_a_server_without_structured_output_is_asked_in_words(
    reads: Assistant, server: ScriptedServer
) -> None:
    server.plays(Fails(400), Says(f"好的：\n```json\n{WRITTEN}\n```\n"))
    assert "最高的：6%：山西省" in reads.ask(QUESTION).text
    assert "response_format" not in server.requests[1]
    assert '"$defs"' in server.prompt()


@pytest.fixture
def no_structure(monkeypatch: pytest.MonkeyPatch) -> None:
    """A provider whose model has no structured output, as LangChain's base class says it."""
    from langchain_openai import ChatOpenAI

    def refuses(*_: object, **__: object) -> None:
        raise NotImplementedError

    monkeypatch.setattr(ChatOpenAI, "with_structured_output", refuses)


@pytest.mark.usefixtures("no_structure")
def test_a_provider_without_structured_output_is_asked_in_words(
    reads: Assistant, server: ScriptedServer
) -> None:
    server.plays(Says(WRITTEN))
    assert "最高的：6%：山西省" in reads.ask(QUESTION).text
    assert server.requests[0]["stream"] is True


def test_a_question_that_is_wholly_understood_is_never_given_to_the_model(
    reads: Assistant, alone: Assistant, server: ScriptedServer
) -> None:
    server.plays(said(changed(order="lowest")))
    question = "2025年各省GDP增长目标最高的是哪个省"
    assert reads.ask(question).text == alone.ask(question).text
    assert server.requests == []


def test_a_question_about_words_costs_no_reading(reads: Assistant, server: ScriptedServer) -> None:
    server.plays(Says("NOT_STATED"))
    reads.ask("河北省打算怎样治理沙尘暴？")
    assert all("response_format" not in request for request in server.requests)


def test_an_error_of_a_thread_is_the_callers() -> None:
    def fails() -> None:
        raise ValueError("seen")

    budget = chat_model.ChatModel("openai", "x", timeout=5, tokens=1).budget(lambda: False)
    with pytest.raises(ValueError, match="seen"):
        chat_model._in_thread(fails, budget)
