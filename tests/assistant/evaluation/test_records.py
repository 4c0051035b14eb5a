import json
from pathlib import Path

import pytest

from assistant.errors import RecordError
from assistant.evaluation.harness import Outcome, evaluate, no_answer
from assistant.evaluation.records import answer_line, read_answers, score_answers, write_answers
from assistant.types import Answer, AnswerFigure
from tests.assistant.evaluation.samples import annotator, citation, questions, raw_of

YUMEN = "000_7cb2c06dccb75afe.txt"
ANSWER = Answer(
    question="目标?",
    language="zh-Hans",
    text="增长8%以上[1]。",
    citations=(citation(YUMEN, 10, 20),),
    figures=(
        AnswerFigure("玉门市", "地区生产总值", "growth_yoy", "target", "2023", "8", "%", "以上"),
        AnswerFigure("玉门市", "地区生产总值", "level", "actual", "2022", "255", "亿元", None),
    ),
    latency_s=0.25,
)


def test_an_answer_comes_back_as_it_was_written(tmp_path: Path) -> None:
    (question,) = questions("ft-003")
    path = tmp_path / "answers.jsonl"
    write_answers([Outcome(question, ANSWER)], path)
    assert read_answers(path) == (("ft-003", ANSWER, None),)


def test_a_line_is_the_answer_record() -> None:
    (question,) = questions("ft-003")
    assert json.loads(answer_line(Outcome(question, ANSWER))) == ANSWER.record("ft-003")


def test_the_error_of_a_crash_is_kept(tmp_path: Path) -> None:
    (question,) = questions("ft-003")
    path = tmp_path / "answers.jsonl"
    write_answers([Outcome(question, no_answer(question), error="OSError: gone")], path)
    assert read_answers(path) == (("ft-003", no_answer(question), "OSError: gone"),)


def test_answers_read_back_score_as_they_did(tmp_path: Path) -> None:
    asked = questions("ft-003", "ls-001", "un-004", "cp-002")
    evaluation = evaluate(asked, annotator, raw_of)
    path = tmp_path / "answers.jsonl"
    write_answers(evaluation.outcomes, path)
    again = score_answers(asked, path, raw_of)
    assert [score.strict for score in again.scores] == [score.strict for score in evaluation.scores]
    assert again.overall.citation_recall == evaluation.overall.citation_recall


def test_a_question_without_an_answer_is_scored_as_an_error(tmp_path: Path) -> None:
    path = tmp_path / "answers.jsonl"
    write_answers(evaluate(questions("ft-003"), annotator, raw_of).outcomes, path)
    evaluation = score_answers(questions("ft-003", "ft-004"), path, raw_of)
    assert [score.correct for score in evaluation.scores] == [True, False]
    assert evaluation.scores[1].error == "no answer in the file"


def test_answers_to_other_questions_are_left_aside(tmp_path: Path) -> None:
    path = tmp_path / "answers.jsonl"
    write_answers(evaluate(questions("ft-003", "ft-004"), annotator, raw_of).outcomes, path)
    assert score_answers(questions("ft-004"), path, raw_of).overall.n == 1


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"reason": "shy"}, 'expected "reason" to be one of no_report, not_stated,'),
        ({"language": "zh"}, 'expected "language" to be one of zh-Hans, zh-Hant, en, found zh'),
        ({"latency_s": "fast"}, 'expected "latency_s" to be a number, found a text'),
        ({"citations": ["8%"]}, 'expected "citations" to be a list of objects'),
        ({"citations": [{"n": "1"}]}, 'expected "n" to be an integer, found a text'),
        ({"answer": 8}, 'expected "answer" to be a text or null, found 8'),
    ],
)
def test_a_bad_line_is_told(tmp_path: Path, change: dict[str, object], message: str) -> None:
    path = tmp_path / "answers.jsonl"
    path.write_text(json.dumps(ANSWER.record("q") | change), encoding="utf-8")
    with pytest.raises(RecordError) as caught:
        read_answers(path)
    assert str(caught.value).startswith(f"{path}:1: ")
    assert message in str(caught.value)


def test_a_repeated_answer_is_told(tmp_path: Path) -> None:
    path = tmp_path / "answers.jsonl"
    (question,) = questions("ft-003")
    write_answers([Outcome(question, ANSWER)] * 2, path)
    with pytest.raises(RecordError, match="expected every id once, found again: ft-003"):
        read_answers(path)
