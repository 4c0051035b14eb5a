from __future__ import annotations

import json
import shutil
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest

from assistant.answer import Assistant, open_assistant
from assistant.errors import LimitError, RecordError
from assistant.evaluation.questions import load_questions
from assistant.limits import MOST_VOTE_BYTES, Rate
from assistant.records.conversations import Exchange, exchange_in
from assistant.records.feedback import FILE, check_cited, feedback_on, read_feedback, write_feedback
from assistant.settings import Settings
from assistant.types import Answer, Citation
from tests.assistant.cli.test_main import run

FIGURE = "what GDP growth did Jiaozuo target"
PROSE = "玉门对政府自身建设提了哪四个自觉?"
REFUSED = "What was Yumen's GDP in 2015?"


@pytest.fixture(scope="module")
def assistant(seeds_index: Path) -> Assistant:
    return open_assistant(Settings(data=seeds_index))


@pytest.fixture(scope="module")
def exchanges(assistant: Assistant) -> tuple[Exchange, ...]:
    asked: list[str] = []
    turns = []
    for question in (FIGURE, PROSE, REFUSED):
        turns.append((question, assistant.ask(question, history=asked), ""))
        asked.append(question)
    return tuple(exchange_in(assistant.searcher.catalogue, *turn) for turn in turns)


def vote(
    exchanges: tuple[Exchange, ...], data: Path, number: int, which: str, reason: str = ""
) -> None:
    write_feedback(feedback_on(exchanges, number, which, reason, "c"), data)


def test_a_vote_is_read_back_with_its_history_and_answer(
    exchanges: tuple[Exchange, ...], tmp_path: Path
) -> None:
    vote(exchanges, tmp_path, 2, "down", " 缺\n一条 ")
    (found,), problems = read_feedback(tmp_path)
    assert problems == []
    assert (found.vote, found.reason, found.history) == ("down", "缺 一条", (FIGURE,))
    assert found.exchange.record() == exchanges[1].record()
    line = json.loads((tmp_path / FILE).read_text("utf-8"))
    assert set(line["made_by"]) == {"baogao", "pipeline"}


def test_the_last_vote_on_an_answer_counts_and_may_be_taken_back(
    exchanges: tuple[Exchange, ...], tmp_path: Path
) -> None:
    vote(exchanges, tmp_path, 1, "up")
    vote(exchanges, tmp_path, 1, "down", "wrong year")
    vote(exchanges, tmp_path, 2, "up")
    vote(exchanges, tmp_path, 2, "none")
    found, _ = read_feedback(tmp_path)
    assert [(each.vote, each.reason) for each in found] == [("down", "wrong year")]
    assert len((tmp_path / FILE).read_bytes().splitlines()) == 4


def write_some(data: Path, name: str) -> None:
    citation = Citation(1, "a.txt", 0, 2, "甲乙" * 3000, None, None, None)
    exchange = Exchange("q", Answer("q", "en", "text [1]", citations=(citation,)))
    for number in range(20):
        write_feedback(feedback_on([exchange], 1, "up", "", f"{name}-{number}"), data)


def test_several_processes_write_without_spoiling_a_line(tmp_path: Path) -> None:
    with ProcessPoolExecutor(3, mp_context=get_context("spawn")) as pool:
        for done in [pool.submit(write_some, tmp_path, name) for name in "abc"]:
            done.result()
    found, problems = read_feedback(tmp_path)
    assert (len(found), problems) == (60, [])


def test_a_line_that_a_crash_left_spoils_no_other(
    exchanges: tuple[Exchange, ...], tmp_path: Path
) -> None:
    vote(exchanges, tmp_path, 1, "up")
    whole = (tmp_path / FILE).read_bytes()
    (tmp_path / FILE).write_bytes(whole + whole[:50])
    vote(exchanges, tmp_path, 2, "up")
    found, problems = read_feedback(tmp_path)
    assert len(found) == 2
    assert len(problems) == 1
    assert f"{FILE}:2: expected JSON" in problems[0]


@pytest.mark.parametrize(("number", "which"), [(0, "up"), (4, "up"), (1, "sideways")])
def test_a_vote_on_nothing_is_refused(
    exchanges: tuple[Exchange, ...], number: int, which: str
) -> None:
    with pytest.raises(RecordError):
        feedback_on(exchanges, number, which, "", "c")


def test_votes_become_a_question_set_that_evaluate_runs(
    exchanges: tuple[Exchange, ...], tmp_path: Path, seeds_index: Path
) -> None:
    data = shutil.copytree(seeds_index, tmp_path / "data")
    for number in (1, 2, 3):
        vote(exchanges, data, number, "up")
    questions = tmp_path / "set.jsonl"
    status, output = run("feedback", "--data", data, "--questions", questions)
    assert (status, output) == (0, f"{questions}: 3 questions\n")
    figure, prose, refused = load_questions(questions)
    assert figure.required == (("7%",),)
    assert figure.evidence[0].quote == "地區生產(chǎn)總值增長(cháng)7%"
    assert len(prose.required) == 4
    assert prose.history == (FIGURE,)
    assert not refused.answerable
    status, output = run("evaluate", questions, "--data", seeds_index, "--json")
    assert json.loads(output)["overall"]["correct"] == 3


def test_without_votes_the_command_says_so_and_writes_nothing(tmp_path: Path) -> None:
    questions = tmp_path / "set.jsonl"
    status, output = run("feedback", "--data", tmp_path, "--questions", questions)
    assert status == 0
    assert output.startswith("No votes yet")
    assert not questions.exists()


def test_a_downvoted_answer_is_left_to_an_editor_and_never_gold(
    exchanges: tuple[Exchange, ...], tmp_path: Path, seeds_index: Path
) -> None:
    data = shutil.copytree(seeds_index, tmp_path / "data")
    vote(exchanges, data, 1, "down", "应为6%")
    questions = tmp_path / "set.jsonl"
    run("feedback", "--data", data, "--questions", questions)
    review = tmp_path / "set.review.jsonl"
    assert not questions.exists()
    line = json.loads(review.read_text("utf-8"))
    assert line["answerable"] is None
    assert line["answer"]["must_contain"] == line["evidence"] == []
    assert line["note"].startswith("FOR THE EDITOR: voted down")
    assert "应为6%" in line["note"]
    with pytest.raises(RecordError, match="answerable"):
        load_questions(review)


@pytest.mark.parametrize(
    "change",
    [
        {"document": "../../../etc/passwd"},
        {"quote": "地区生产总值增长70%"},
        {"start": 0},
        {"start": 10**9, "end": 10**9 + 5, "quote": ""},
    ],
    ids=["another file", "other words", "another place", "nothing"],
)
def test_a_vote_on_what_the_index_does_not_hold_becomes_no_question(
    exchanges: tuple[Exchange, ...],
    tmp_path: Path,
    seeds_index: Path,
    assistant: Assistant,
    change: dict[str, Any],
) -> None:
    data = shutil.copytree(seeds_index, tmp_path / "data")
    answer = exchanges[0].answer
    assert answer is not None
    citations = (replace(answer.citations[0], **change), *answer.citations[1:])
    forged = replace(exchanges[0], answer=replace(answer, citations=citations))
    feedback = feedback_on([forged], 1, "up", "", "c")
    with pytest.raises(RecordError, match="expected"):
        check_cited(feedback, assistant.searcher.catalogue)
    check_cited(feedback_on(exchanges, 1, "up", "", "c"), assistant.searcher.catalogue)
    write_feedback(feedback, data)
    questions = tmp_path / "set.jsonl"
    _, output = run("feedback", "--data", data, "--questions", questions)
    assert "the line is passed over" in output
    assert not questions.exists()


def test_a_vote_of_any_size_is_not_kept(exchanges: tuple[Exchange, ...], tmp_path: Path) -> None:
    huge = replace(exchanges[0], question="长" * MOST_VOTE_BYTES)
    with pytest.raises(LimitError, match="1,000,000 bytes"):
        write_feedback(feedback_on([huge], 1, "up", "", "c"), tmp_path)
    assert not (tmp_path / FILE).exists()


def test_votes_come_at_a_bounded_rate() -> None:
    rate = Rate(2, 3_600.0)
    rate.take()
    rate.take()
    with pytest.raises(LimitError, match="at most 2"):
        rate.take()


def test_the_votes_are_listed(exchanges: tuple[Exchange, ...], tmp_path: Path) -> None:
    assert "No votes yet" in run("feedback", "--data", tmp_path)[1]
    vote(exchanges, tmp_path, 1, "down", "\x1b[31m红")
    status, output = run("feedback", "--data", tmp_path)
    assert status == 0
    assert "down" in output
    assert "\x1b[31m" not in output
    listed = json.loads(run("feedback", "--data", tmp_path, "--json")[1])
    assert [each["vote"] for each in listed] == ["down"]
