"""Votes on answers: kept in a local file, listed, and turned into a question set.

The file `feedback.jsonl` in the data folder has one JSON object a line and is only ever added to,
by any number of processes; of several votes on one answer the last one counts. Nothing here knows
where a vote was given.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from filelock import FileLock

from assistant.errors import LimitError, RecordError
from assistant.limits import MOST_FEEDBACK_BYTES, MOST_VOTE_BYTES, MOST_VOTE_CHARACTERS
from assistant.records.bundle import now, versions
from assistant.records.conversations import Exchange, exchange_of
from assistant.records.json_lines import (
    Record,
    object_field,
    optional_text_field,
    scan_records,
    text_field,
    texts_field,
)
from index.storage.catalogue import Catalogue

Vote = Literal["up", "down", "none"]
"""What a reader thinks of an answer; "none" takes an earlier vote back."""

FILE = "feedback.jsonl"


@dataclass(frozen=True, slots=True)
class Feedback:
    """A vote on an answer.

    `about` names the answer: the same for every vote on one answer of one conversation. `history`
    are the questions before it, oldest first; `time` is ISO 8601, UTC.
    """

    about: str
    time: str
    vote: Vote
    reason: str
    history: tuple[str, ...]
    exchange: Exchange

    def record(self) -> dict[str, Any]:
        """Return the vote as a line of the file has it, versions included."""
        return {
            "about": self.about,
            "time": self.time,
            "vote": self.vote,
            "reason": self.reason,
            "history": list(self.history),
            "turn": self.exchange.record(),
            "made_by": versions(),
        }


def feedback_on(
    exchanges: Sequence[Exchange], number: int, vote: str, reason: str, conversation: str
) -> Feedback:
    """Return a vote, given now, on the answer to question `number` of a conversation, from 1.

    Raises:
        RecordError: there is no such answer, or `vote` is none.
    """
    if not 1 <= number <= len(exchanges) or exchanges[number - 1].answer is None:
        raise RecordError(f"expected the number of an answer, found {number}")
    return Feedback(
        about=f"{conversation}-{number}",
        time=now(),
        vote=_vote(vote),
        reason=" ".join(reason.split())[:MOST_VOTE_CHARACTERS],
        history=tuple(exchange.question for exchange in exchanges[: number - 1]),
        exchange=exchanges[number - 1],
    )


def _vote(found: str) -> Vote:
    for vote in get_args(Vote):
        if found == vote:
            return vote  # type: ignore[no-any-return]  # a member of the Literal
    raise RecordError(f'expected "vote" to be one of {", ".join(get_args(Vote))}, found {found}')


def check_cited(feedback: Feedback, catalogue: Catalogue) -> None:
    """Hold what the answer cites to the index, as a vote may come from anyone.

    Raises:
        RecordError: a cited document is not indexed, or has other words there.
    """
    answer = feedback.exchange.answer
    for citation in answer.citations if answer else ():
        try:
            raw = catalogue.raw(catalogue.report_of(citation.document).id)
        except KeyError:
            raise RecordError(
                f"expected an indexed document, found {citation.document[:100]!r}"
            ) from None
        found = raw[citation.start : citation.end]
        if not found or found != citation.quote:
            raise RecordError(
                f"expected the words of {citation.document}:{citation.start}-{citation.end}, "
                f"found {citation.quote[:60]!r}"
            )


def borne_out(found: Sequence[Feedback], catalogue: Catalogue) -> tuple[list[Feedback], list[str]]:
    """Return the votes whose answers cite what the index holds, and a line for each other one."""
    kept: list[Feedback] = []
    problems: list[str] = []
    for each in found:
        try:
            check_cited(each, catalogue)
        except RecordError as error:
            problems.append(f"the vote {each.about} of {each.time}: {error}")
        else:
            kept.append(each)
    return kept, problems


# The file


def write_feedback(feedback: Feedback, data: Path) -> None:
    """Add a vote to the file in the data folder.

    A line that a crash left unfinished is closed first, so that it spoils no other.

    Raises:
        OSError: the file cannot be written.
        LimitError: the vote or the file is too large.
    """
    line = json.dumps(feedback.record(), ensure_ascii=False).encode() + b"\n"
    path = data / FILE
    if len(line) > MOST_VOTE_BYTES:
        raise LimitError(f"expected a vote of at most {MOST_VOTE_BYTES:,} bytes: {len(line):,}")
    if path.exists() and path.stat().st_size > MOST_FEEDBACK_BYTES:
        raise LimitError(f"{path} is full: make a question set of it and move it away")
    with FileLock(f"{path}.lock"), path.open("a+b") as file:
        if file.seek(0, os.SEEK_END):
            file.seek(-1, os.SEEK_END)
            if file.read(1) != b"\n":
                line = b"\n" + line
        file.write(line)
        file.flush()
        os.fsync(file.fileno())


def read_feedback(data: Path) -> tuple[list[Feedback], list[str]]:
    """Return the last vote on each answer, oldest first, and one line for each that is unreadable.

    Raises:
        OSError: the file is there and cannot be read.
    """
    path = data / FILE
    if not path.exists():
        return [], []
    found, problems = scan_records(path, _feedback)
    last = {each.about: each for each in found}
    return [each for each in found if last[each.about] is each and each.vote != "none"], problems


def _feedback(record: Record) -> Feedback:
    exchange = exchange_of(object_field(record, "turn"))
    if exchange.answer is None:
        raise RecordError('expected "turn" to have an answer, found none')
    return Feedback(
        about=text_field(record, "about"),
        time=text_field(record, "time"),
        vote=_vote(text_field(record, "vote")),
        reason=optional_text_field(record, "reason") or "",
        history=texts_field(record, "history"),
        exchange=exchange,
    )


# A question set
