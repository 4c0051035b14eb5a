"""Answers kept in a file and read back: one answer record a line.

A line is `Answer.record()`; that of a question that crashed has its message as `error` beside.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TypeVar, get_args

from assistant.errors import RecordError
from assistant.evaluation.evidence import RawOf
from assistant.evaluation.harness import Evaluation, Outcome, no_answer, score_all
from assistant.evaluation.questions import EvalQuestion
from assistant.records.json_lines import (
    Record,
    flag_field,
    integer_field,
    number_field,
    objects_field,
    optional_text_field,
    read_records,
    text_field,
)
from assistant.types import Answer, AnswerFigure, Citation, Fault, Language, Reason, Withheld

T = TypeVar("T")


def answer_line(outcome: Outcome) -> str:
    """Return the answer record of an outcome as a line of JSON, its end of line included."""
    record = outcome.answer.record(outcome.question.id)
    if outcome.error is not None:
        record["error"] = outcome.error
    return json.dumps(record, ensure_ascii=False) + "\n"


def write_answers(outcomes: Iterable[Outcome], path: Path) -> None:
    """Write the answer record of each outcome to `path`, one a line, in order."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(map(answer_line, outcomes))


def score_answers(questions: Sequence[EvalQuestion], path: Path, raw_of: RawOf) -> Evaluation:
    """Score the answers in the file `path` without asking anything.

    An answer belongs to the question of its `id`; those to other questions are left aside, and a
    question without one is scored as an error.

    Raises:
        RecordError: One line of message for each bad line of the file.
    """
    found = {identifier: (answer, error) for identifier, answer, error in read_answers(path)}
    return score_all((_outcome(question, found.get(question.id)) for question in questions), raw_of)


def _outcome(question: EvalQuestion, found: tuple[Answer, str | None] | None) -> Outcome:
    if found is None:
        return Outcome(question, no_answer(question), error="no answer in the file")
    answer, error = found
    return Outcome(question, answer, error=error)


def read_answers(path: Path) -> tuple[tuple[str, Answer, str | None], ...]:
    """Return the id, the answer and the error, or None, of each line of a file of answers.

    Raises:
        RecordError: One line of message for each bad line: file, number, what was expected.
        OSError: The file cannot be opened.
    """
    answers = read_records(path, _answer)
    repeated = [name for name, n in Counter(one[0] for one in answers).items() if n > 1]
    if repeated:
        raise RecordError(f"{path}: expected every id once, found again: {', '.join(repeated)}")
    return answers


def _answer(record: Record) -> tuple[str, Answer, str | None]:
    answer = answer_of(record)
    return text_field(record, "id"), answer, optional_text_field(record, "error")


def answer_of(record: Record) -> Answer:
    """Return the answer that an answer record is of; its `id` is left aside.

    Raises:
        RecordError: a field that is missing or is not what it should be.
    """
    reason = optional_text_field(record, "reason")
    return Answer(
        question=text_field(record, "question"),
        language=_member(text_field(record, "language"), get_args(Language), "language"),
        text=optional_text_field(record, "answer") or "",
        abstained=flag_field(record, "abstained"),
        reason=None if reason is None else _member(reason, get_args(Reason), "reason"),
        citations=tuple(map(_citation, objects_field(record, "citations"))),
        figures=tuple(map(_figure, objects_field(record, "figures"))),
        withheld=tuple(map(_withheld, objects_field(record, "withheld"))),
        latency_s=number_field(record, "latency_s"),
    )


def _citation(record: Record) -> Citation:
    return Citation(
        n=integer_field(record, "n"),
        document=text_field(record, "document"),
        start=integer_field(record, "start"),
        end=integer_field(record, "end"),
        quote=optional_text_field(record, "quote") or "",
        title=optional_text_field(record, "title"),
        region=optional_text_field(record, "region"),
        year=None if record.get("year") is None else integer_field(record, "year"),
    )


def _figure(record: Record) -> AnswerFigure:
    def text(name: str) -> str:
        return optional_text_field(record, name) or ""

    return AnswerFigure(
        region=text("region"),
        indicator=text("indicator"),
        measure=text("measure"),
        kind=text("kind"),
        period=text("period"),
        value=text("value"),
        unit=text("unit"),
        qualifier=optional_text_field(record, "qualifier"),
    )


def _withheld(record: Record) -> Withheld:
    fault = _member(text_field(record, "fault"), get_args(Fault), "fault")
    return Withheld(text_field(record, "text"), fault)


def _member(found: str, expected: tuple[T, ...], name: str) -> T:
    for value in expected:
        if found == value:
            return value
    choices = ", ".join(map(str, expected))
    raise RecordError(f'expected "{name}" to be one of {choices}, found {found}')
