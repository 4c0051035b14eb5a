"""Question sets: questions with what a right answer holds, and where the reports say it.

The format is JSON Lines, one question a line; fields that are not named here are left unread.
Nothing here knows how a question is answered or scored.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from assistant.errors import RecordError
from assistant.records.json_lines import (
    Record,
    flag_field,
    object_field,
    read_records,
    text_field,
    texts_field,
    texts_of,
)
from assistant.types import Language


@dataclass(frozen=True, slots=True)
class Evidence:
    """A gold quote: characters of the raw file `document` that the answer stands on."""

    document: str
    quote: str


@dataclass(frozen=True, slots=True)
class EvalQuestion:
    """A question and what is known of its answer.

    `history` are the user's turns before it, oldest first. `required` are groups of patterns: the
    answer holds at least one of each group. `forbidden` are distractors, and
    `forbidden_in_evidence` those of them that stand in a gold quote too, so that an answer may
    quote them. `answerable` is false where the reports do not say it: then the answer abstains.
    """

    id: str
    language: Language
    type: str
    question: str
    answerable: bool
    history: tuple[str, ...] = ()
    required: tuple[tuple[str, ...], ...] = ()
    forbidden: tuple[str, ...] = ()
    forbidden_in_evidence: frozenset[str] = frozenset()
    evidence: tuple[Evidence, ...] = ()


def load_questions(path: Path) -> tuple[EvalQuestion, ...]:
    """Read the question set `path`.

    Raises:
        RecordError: One line of message for each bad line: file, number, what was expected.
        OSError: The file cannot be opened.
    """
    questions = read_records(path, _question)
    repeated = [name for name, n in Counter(one.id for one in questions).items() if n > 1]
    if repeated:
        raise RecordError(f"{path}: expected every id once, found again: {', '.join(repeated)}")
    return questions


def _question(record: Record) -> EvalQuestion:
    gold = object_field(record, "answer")
    return EvalQuestion(
        id=text_field(record, "id"),
        language=_language(record),
        type=text_field(record, "type"),
        question=text_field(record, "question"),
        answerable=flag_field(record, "answerable"),
        history=texts_field(record, "history"),
        required=_required(gold),
        forbidden=texts_field(gold, "must_not_contain"),
        forbidden_in_evidence=frozenset(texts_field(gold, "mnc_in_evidence")),
        evidence=_evidence(record),
    )


def _language(record: Record) -> Language:
    found = text_field(record, "lang")
    for language in get_args(Language):
        if found == language:
            return language  # type: ignore[no-any-return]  # a member of the Literal
    expected = ", ".join(get_args(Language))
    raise RecordError(f'expected "lang" to be one of {expected}, found {found}')


def _required(gold: Record) -> tuple[tuple[str, ...], ...]:
    alternatives = object_field(gold, "must_contain_alt")
    every = [
        (pattern, *texts_of(alternatives.get(pattern, []), "must_contain_alt"))
        for pattern in texts_field(gold, "must_contain")
    ]
    groups = gold.get("must_contain_any", [])
    if not isinstance(groups, list):
        raise RecordError('expected "must_contain_any" to be a list of lists of texts')
    return (*every, *(texts_of(group, "must_contain_any") for group in groups))


def _evidence(record: Record) -> tuple[Evidence, ...]:
    quotes, documents = texts_field(record, "evidence"), texts_field(record, "evidence_doc")
    if len(quotes) != len(documents):
        raise RecordError(
            'expected as many "evidence_doc" as "evidence", '
            f"found {len(documents)} and {len(quotes)}"
        )
    return tuple(map(Evidence, documents, quotes))
