"""What a chat model's server may send: plain bytes, so many, until the question's time is over.

Held below the provider's package, where the bytes come in: what it puts together of a stream
without an end, or unpacks, has no bound of its own. Knows nothing of what the bytes say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextvars import ContextVar
from typing import Any

from assistant.errors import ModelFailed

Check = Callable[[int], None]
"""Raises where so many bytes of a reply are too many, or come too late."""

_CHECK: ContextVar[Check | None] = ContextVar("check", default=None)


def bound(check: Check) -> None:
    """Hold what is received in this thread from now on to a check."""
    _CHECK.set(check)


def hooks(byte_stream: type) -> dict[str, list[Callable[[Any], None]]]:
    """Return the hooks of a client of httpx, or of its successor, that hold replies to the check.

    Args:
        byte_stream: The library's class of what a body is read from, `SyncByteStream`.
    """

    class Bounded(byte_stream):  # type: ignore[misc]  # one of two libraries'
        """A body that is checked as it is read."""

        def __init__(self, stream: Any, check: Check) -> None:  # noqa: ANN401 - of either library
            self._stream, self._check = stream, check

        def __iter__(self) -> Iterator[bytes]:
            taken = 0
            for chunk in self._stream:
                taken += len(chunk)
                self._check(taken)
                yield chunk

        def close(self) -> None:
            self._stream.close()

    def ask(request: Any) -> None:  # noqa: ANN401 - of either library
        request.headers["accept-encoding"] = "identity"

    def hold(response: Any) -> None:  # noqa: ANN401 - of either library
        packed = response.headers.get("content-encoding", "identity")
        if packed.strip().lower() not in ("", "identity"):
            # A few bytes may unpack to any number.
            raise ModelFailed(f"expected the model's server to send plain text, found {packed:.20}")
        check = _CHECK.get()
        if check is not None:
            response.stream = Bounded(response.stream, check)

    return {"request": [ask], "response": [hold]}
