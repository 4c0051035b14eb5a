"""How long a question may take: set where it begins, looked at wherever a loop reads text.

Knows nothing of what is done in the time.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from index.errors import OutOfTime

_UNTIL: ContextVar[float] = ContextVar("until", default=float("inf"))


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Have everything inside end in so many seconds, or sooner where that was set around it.

    Raises:
        OutOfTime: It did not, and `check` was asked.
    """
    token = _UNTIL.set(min(_UNTIL.get(), time.monotonic() + seconds))
    try:
        yield
    finally:
        _UNTIL.reset(token)


def check() -> None:
    """Raise `OutOfTime` where the time is over."""
    if time.monotonic() > _UNTIL.get():
        raise OutOfTime(
            "expected an answer in time, found the question to take too long: "
            "ask about fewer places or years"
        )
