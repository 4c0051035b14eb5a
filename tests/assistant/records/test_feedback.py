from __future__ import annotations

import json
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from assistant.answer import Assistant, open_assistant
from assistant.errors import RecordError
from assistant.evaluation.questions import load_questions
from assistant.records.conversations import Exchange, continued
from assistant.records.feedback import FILE, feedback_on, read_feedback, write_feedback
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
    return continued((), turns, assistant.searcher.catalogue)


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
    for number in (1, 2, 3):
        vote(exchanges, tmp_path, number, "up")
    questions = tmp_path / "set.jsonl"
    status, output = run("feedback", "--data", tmp_path, "--questions", questions)
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
    exchanges: tuple[Exchange, ...], tmp_path: Path
) -> None:
    vote(exchanges, tmp_path, 1, "down", "应为6%")
    questions = tmp_path / "set.jsonl"
    run("feedback", "--data", tmp_path, "--questions", questions)
    review = tmp_path / "set.review.jsonl"
    assert not questions.exists()
    line = json.loads(review.read_text("utf-8"))
    assert line["answerable"] is None
    assert line["answer"]["must_contain"] == line["evidence"] == []
    assert line["note"].startswith("FOR THE EDITOR: voted down")
    assert "应为6%" in line["note"]
    with pytest.raises(RecordError, match="answerable"):
        load_questions(review)


def test_the_votes_are_listed(exchanges: tuple[Exchange, ...], tmp_path: Path) -> None:
    assert "No votes yet" in run("feedback", "--data", tmp_path)[1]
    vote(exchanges, tmp_path, 1, "down", "\x1b[31m红")
    status, output = run("feedback", "--data", tmp_path)
    assert status == 0
    assert "down" in output
    assert "\x1b[31m" not in output
    listed = json.loads(run("feedback", "--data", tmp_path, "--json")[1])
    assert [each["vote"] for each in listed] == ["down"]
