"""Answers read back from their records, checked field by field.

Knows the record of an answer, not where it was kept.
"""

from __future__ import annotations

from typing import Any, TypeVar, get_args

from assistant.errors import RecordError
from assistant.records.json_lines import (
    Record,
    flag_field,
    integer_field,
    number_field,
    objects_field,
    optional_text_field,
    text_field,
    texts_field,
    url_field,
)
from assistant.types import (
    Answer,
    AnswerFigure,
    Citation,
    Fault,
    Grade,
    Graded,
    Language,
    Reason,
    Withheld,
)

T = TypeVar("T")


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
        notes=texts_field(record, "notes"),
        graded=tuple(map(_graded, objects_field(record, "graded"))),
        latency_s=number_field(record, "latency_s"),
        query=_query(record),
    )


def _query(record: Record) -> dict[str, Any] | None:
    query = record.get("query")
    if query is None or isinstance(query, dict):
        return query
    raise RecordError(f'expected "query" to be an object, found {type(query).__name__}')


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
        url=url_field(record),
        page=None if record.get("page") is None else integer_field(record, "page"),
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


def _graded(record: Record) -> Graded:
    grade = _member(text_field(record, "grade"), get_args(Grade), "grade")
    return Graded(text_field(record, "text"), grade)


def _member(found: str, expected: tuple[T, ...], name: str) -> T:
    for value in expected:
        if found == value:
            return value
    choices = ", ".join(map(str, expected))
    raise RecordError(f'expected "{name}" to be one of {choices}, found {found}')
