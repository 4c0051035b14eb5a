"""Answers kept in a file and read back: one answer record a line.

A line is `Answer.record()`; that of a question that crashed has its message as `error` beside.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from assistant.errors import RecordError
from assistant.evaluation.evidence import RawOf
from assistant.evaluation.harness import Evaluation, Outcome, no_answer, score_all
from assistant.evaluation.questions import EvalQuestion
from assistant.records.answers import answer_of
from assistant.records.json_lines import (
    Record,
    optional_text_field,
    read_records,
    text_field,
)
from assistant.types import Answer


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
