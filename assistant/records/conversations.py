"""Conversations as they are kept outside the program: questions, answers, the files they cite.

One form serves the browser's store, the evidence bundle and the file of feedback. What is read
back is checked field by field, as anyone may have written it. Nothing here knows where a
conversation is kept or how it is shown.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass, replace
from typing import Any

from assistant.errors import BundleError, RecordError
from assistant.limits import MOST_TURNS
from assistant.records.answers import answer_of
from assistant.records.collection import Collection, collection_of, read_collection
from assistant.records.json_lines import (
    Record,
    integer_field,
    objects_field,
    optional_text_field,
    text_field,
    url_field,
)
from assistant.types import Answer
from index.storage.catalogue import Catalogue
from index.types import Filter

VERSION = 1
"""The version of the form; it is raised when a reader of the former one could go wrong."""

_EVERYTHING = Filter()
_TITLE = 60
_SHA256 = re.compile(r"[0-9a-f]{64}")
_IDENTIFIER = re.compile(r"[0-9A-Za-z-]{1,64}")
_PERIOD = re.compile(r"\d{4}(?!\d)", re.ASCII)
_VALUE = re.compile(r"(-?\d{1,18}(\.\d{1,9})?(-\d{1,18}(\.\d{1,9})?)?)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Document:
    """A source file as it was when an answer cited it, and what its report says of itself.

    `sha256` is that of the file's bytes in hexadecimal digits, None where the index did not hold
    the file; `date` is ISO 8601, possibly only a year and a month. What is not known is None.
    """

    document: str
    sha256: str | None = None
    title: str | None = None
    region: str | None = None
    year: int | None = None
    date: str | None = None
    session: str | None = None
    speaker: str | None = None
    source: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question with its answer, or with the one line that says why there is none.

    `documents` are the files that the answer cites, each once, `collection` is all that was indexed
    when it was made, None where that is not known.
    """

    question: str
    answer: Answer | None = None
    problem: str = ""
    documents: tuple[Document, ...] = ()
    collection: Collection | None = None

    def record(self) -> dict[str, Any]:
        """Return the exchange as JSON has it; `figure_marks` are those of its figures in order."""
        figures = self.answer.figures if self.answer else ()
        return {
            "question": self.question,
            "problem": self.problem,
            "answer": self.answer.record() if self.answer else None,
            "figure_marks": [list(figure.marks) for figure in figures],
            "documents": [asdict(document) for document in self.documents],
            "collection": self.collection.record() if self.collection else None,
        }


@dataclass(frozen=True, slots=True)
class Conversation:
    """Questions and answers in their order, under a title; `id` names it in a browser's store."""

    id: str
    title: str
    exchanges: tuple[Exchange, ...] = ()

    def record(self) -> dict[str, Any]:
        """Return the conversation as JSON has it."""
        return {
            "version": VERSION,
            "id": self.id,
            "title": self.title,
            "turns": [exchange.record() for exchange in self.exchanges],
        }

    @property
    def questions(self) -> list[str]:
        """The user's questions, oldest first."""
        return [exchange.question for exchange in self.exchanges]


def title_of(question: str) -> str:
    """Return the title that a conversation gets from its first question."""
    title = " ".join(question.split())
    return title if len(title) <= _TITLE else title[: _TITLE - 1].rstrip() + "…"


# Out of the index


def exchange_in(
    catalogue: Catalogue,
    question: str,
    answer: Answer | None,
    problem: str = "",
    limits: Filter = _EVERYTHING,
) -> Exchange:
    """Return a question with its answer, the files it cites and all that is indexed now."""
    documents = documents_of(answer, catalogue) if answer else ()
    collection = collection_of(catalogue, limits) if answer else None
    return Exchange(question, answer, problem, documents, collection)


def documents_of(answer: Answer, catalogue: Catalogue) -> tuple[Document, ...]:
    """Return the files that `answer` cites as the index has them now, each once."""
    names = dict.fromkeys(citation.document for citation in answer.citations)
    return tuple(_document_in(name, catalogue) for name in names)


def _document_in(name: str, catalogue: Catalogue) -> Document:
    try:
        report = catalogue.report_of(name)
        sha256 = catalogue.sha256(report.id)
    except KeyError:
        return Document(name)
    return Document(
        document=name,
        sha256=sha256,
        title=report.plain_title,
        region=report.place_name,
        year=report.given,
        date=report.date.value if report.date else None,
        session=report.session.value if report.session else None,
        speaker=report.speaker.value if report.speaker else None,
        source=report.source.value if report.source else None,
        url=report.url,
    )


# Out of what was kept


def conversation_of(record: object) -> Conversation:
    """Return the conversation that a record is of.

    Raises:
        BundleError: it is of another version, or a field is missing or not what it should be.
    """
    if not isinstance(record, dict):
        raise BundleError("expected a conversation, a JSON object; found another value")
    try:
        version = integer_field(record, "version")
        if version != VERSION:
            raise RecordError(f"expected version {VERSION}, found {version}")
        identifier = identifier_field(record, "id")
        title = text_field(record, "title")
        check_text(title)
        return Conversation(identifier, title_of(title), exchanges_of(record))
    except RecordError as error:
        raise BundleError(f"this conversation cannot be read: {error}") from error


def identifier_field(record: Record, name: str) -> str:
    """Return the name of a conversation in a browser's store.

    Raises:
        RecordError: it is no such name.
    """
    identifier = text_field(record, name)
    if not _IDENTIFIER.fullmatch(identifier):
        raise RecordError(f'expected "{name}" to be letters and digits, found other characters')
    return identifier


def exchanges_of(record: Record) -> tuple[Exchange, ...]:
    """Return the exchanges in the list `turns` of a record.

    Raises:
        RecordError: the place of the turn and what was expected of it.
    """
    turns = objects_field(record, "turns")
    if len(turns) > MOST_TURNS:
        raise RecordError(f'expected at most {MOST_TURNS} "turns", found {len(turns)}')
    exchanges = []
    for number, turn in enumerate(turns, 1):
        try:
            exchanges.append(exchange_of(turn))
        except RecordError as error:
            raise RecordError(f"turn {number}: {error}") from error
    return tuple(exchanges)


def exchange_of(record: Record) -> Exchange:
    """Return the exchange that a record is of.

    Raises:
        RecordError: a field that is missing or is not what it should be.
    """
    found = record.get("answer")
    answer = None
    if found is not None:
        if not isinstance(found, dict):
            raise RecordError('expected "answer" to be an object or null, found another value')
        answer = _with_marks(answer_of(found), record.get("figure_marks"))
        _check_figures(answer)
    exchange = Exchange(
        question=text_field(record, "question"),
        answer=answer,
        problem=optional_text_field(record, "problem") or "",
        documents=tuple(map(_document, objects_field(record, "documents"))),
        collection=read_collection(record.get("collection")),
    )
    check_text(exchange.record())
    return exchange


def check_text(found: object) -> None:
    """Check that `found` can be written as JSON in UTF-8: what Python reads as JSON may not.

    Raises:
        RecordError: a half of a surrogate pair stands in a text, or a number is not finite.
    """
    try:
        json.dumps(found, ensure_ascii=False, allow_nan=False).encode()
    except ValueError:
        raise RecordError(
            "expected whole characters and finite numbers, found half of a surrogate pair or NaN"
        ) from None


def _with_marks(answer: Answer, marks: object) -> Answer:
    """Give the figures back the numbers of their citations, where a record has them."""
    if marks is None:
        return answer
    if not isinstance(marks, list) or not all(
        isinstance(each, list) and all(type(n) is int for n in each) for each in marks
    ):
        raise RecordError('expected "figure_marks" to be lists of numbers, found other values')
    if len(marks) != len(answer.figures):
        raise RecordError(
            f'expected as many "figure_marks" as figures, found {len(marks)} '
            f"and {len(answer.figures)}"
        )
    figures = [
        replace(figure, marks=tuple(numbers))
        for figure, numbers in zip(answer.figures, marks, strict=True)
    ]
    return replace(answer, figures=tuple(figures))


def _check_figures(answer: Answer) -> None:
    for figure in answer.figures:
        for name in ("region", "indicator", "measure", "kind", "period"):
            if not getattr(figure, name).strip():
                raise RecordError(f'expected "{name}" of a figure to be a text, found a blank one')
        if not _PERIOD.match(figure.period):
            raise RecordError(
                f'expected "period" to begin with a year, found {figure.period!r:.60}'
            )
        if not _VALUE.fullmatch(figure.value):
            raise RecordError(f'expected "value" to be a number, found {figure.value!r:.60}')
    for citation in answer.citations:
        if not 0 <= citation.start <= citation.end:
            raise RecordError(
                f"expected 0 <= start <= end of citation {citation.n}, "
                f"found {citation.start} and {citation.end}"
            )


def _document(record: Record) -> Document:
    sha256 = optional_text_field(record, "sha256")
    if sha256 is not None and not _SHA256.fullmatch(sha256):
        raise RecordError(f'expected "sha256" to be 64 hexadecimal digits, found {sha256!r:.80}')
    return Document(
        document=text_field(record, "document"),
        sha256=sha256,
        title=optional_text_field(record, "title"),
        region=optional_text_field(record, "region"),
        year=None if record.get("year") is None else integer_field(record, "year"),
        date=optional_text_field(record, "date"),
        session=optional_text_field(record, "session"),
        speaker=optional_text_field(record, "speaker"),
        source=optional_text_field(record, "source"),
        url=url_field(record),
    )
