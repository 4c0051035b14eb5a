"""Every limit on what comes from outside, with its reason; `docs/limits.md` lists them for users.

Knows nothing of where they are held.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Sequence
from threading import Lock

from assistant.errors import LimitError

MOST_CHARACTERS = 2_000
"""Of a question. The longest of the public sets has 214."""

MOST_TURNS = 200
"""Of a conversation: what is kept of it, and what a question can follow up on."""

MOST_HISTORY_CHARACTERS = 20_000
"""Of the earlier questions of a conversation together: the newest that fit are followed up on."""

ANSWER_SECONDS = 30.0
"""That an answer without a model may take: ten times what the slowest of 1,500 reports does."""

MOST_READERS = 4
"""Questions answered at a time; more share two cores worse than they wait."""

MOST_CALLS = 2
"""Calls of programs answered at a time at each door: readers of the page keep their share."""

MOST_SESSIONS = 2_000
"""Pages whose conversations are held, beside those held whole; the least recently used goes."""

MOST_LIVE_SESSIONS = 32
"""Of those, held whole. The others are packed."""

MOST_PACKED_BYTES = 50_000_000
"""Of the packed conversations together: some 6,000 of ten questions each."""

MOST_WAITING = 64
"""Questions that wait for those; the next is told that the page is busy."""

MOST_ROWS = 1_000
"""Of one call of a program: figures, or passages of a search."""

MOST_NAMES = 3_500
"""Places, indicators or years of one call of a program: China has 3,200 places with a report."""

MOST_NAME_CHARACTERS = 60
"""Of a name in a call of a program."""

MOST_READ_CHARACTERS = 20_000
"""That one call of a program reads of a report: a long one whole in five."""

MOST_CHECKED_CHARACTERS = 200_000
"""Of a text that is checked for a program: four long reports."""

MOST_CHECKED_NUMBERS = 15_000
"""In that text: one as long with the most numbers of 600 real reports would have 10,300."""

MOST_VOTE_CHARACTERS = 2_000
"""Of the reason beside a vote."""

MOST_VOTE_BYTES = 1_000_000
"""Of a vote with the answer that it is about."""

MOST_FEEDBACK_BYTES = 50_000_000
"""Of the file of votes: a month of steady voting."""

WRONG_PASSWORDS_A_MINUTE = 10
"""For one name; after that the right one is refused too, until the minute is over."""

VOTES_A_MINUTE = 30
"""From all readers of a page together."""

MOST_REQUEST_BYTES = 8_000_000
"""Of a request to the page: a conversation of 200 turns has some 4 MB."""

MOST_CALL_BYTES = 1_000_000
"""Of a request of a program: the longest text that is checked has 800,000."""

BODY_SECONDS = 20.0
"""In which a request has to be there."""

MOST_CONNECTIONS = 400
"""Requests under way at a time; each page that is open holds two."""

MOST_REPLY_BYTES = 4_000_000
"""Of what a chat model sends for one reply, after it is unpacked."""


def check_question(question: str) -> None:
    """Raise `LimitError` where a question is longer than any that is read, or is no text."""
    if len(question) > MOST_CHARACTERS:
        raise LimitError(
            f"expected a question of at most {MOST_CHARACTERS:,} characters, "
            f"found {len(question):,}: ask the gist of it"
        )
    check_text(question)


def check_text(text: str) -> None:
    """Raise `LimitError` where a text holds what no file or message can: half a character."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise LimitError(
            f"expected text, found half a character (a lone surrogate) at {error.start}: "
            "send it as UTF-8"
        ) from error


def recent(history: Sequence[str]) -> list[str]:
    """Return the earlier questions that a question can follow up on, oldest first.

    Raises:
        LimitError: One of them is longer than any that is read.
    """
    kept: list[str] = []
    room = MOST_HISTORY_CHARACTERS
    for question in reversed(history[-MOST_TURNS:]):
        check_question(question)
        room -= len(question)
        if room < 0:
            break
        kept.append(question)
    return kept[::-1]


def check_names(what: str, names: Sequence[str]) -> None:
    """Raise `LimitError` where a call names too many of something, or one at too great length."""
    _check_number_of(what, names)
    for name in names:
        if len(name) > MOST_NAME_CHARACTERS:
            raise LimitError(
                f"expected {what} of at most {MOST_NAME_CHARACTERS} characters each, "
                f"found {len(name):,}"
            )
        check_text(name)


def check_years(years: Sequence[int]) -> None:
    """Raise `LimitError` where a call names too many years, or what is none."""
    _check_number_of("years", years)
    for year in years:
        if not (isinstance(year, int) and 1 <= year <= 9_999):
            raise LimitError("expected years from 1 to 9999")


def _check_number_of(what: str, given: Sequence[object]) -> None:
    if len(given) > MOST_NAMES:
        raise LimitError(f"expected at most {MOST_NAMES:,} {what}, found {len(given):,}")


class Rate:
    """So many of something in a span of time, from all threads together."""

    def __init__(self, most: int, seconds: float) -> None:
        self._most, self._seconds = most, seconds
        self._taken: deque[float] = deque()
        self._lock = Lock()

    def is_full(self) -> bool:
        """Tell whether there are as many as there may be."""
        with self._lock:
            self._forget(time.monotonic())
            return len(self._taken) >= self._most

    def take(self) -> None:
        """Count one more.

        Raises:
            LimitError: There were as many as there may be.
        """
        now = time.monotonic()
        with self._lock:
            self._forget(now)
            if len(self._taken) >= self._most:
                raise LimitError(f"expected at most {self._most} in {self._seconds:.0f} s")
            self._taken.append(now)

    def _forget(self, now: float) -> None:
        while self._taken and self._taken[0] <= now - self._seconds:
            self._taken.popleft()
