"""A reader of the served page without a browser: what the page's own script sends, and gets back.

Knows the protocol of Gradio's queue, and by which event a question is asked; judges no answer.
"""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import httpx


@dataclass(frozen=True, slots=True)
class Asked:
    """What came of a question: whether it was answered, in how many seconds, and the bytes sent."""

    is_answered: bool
    seconds: float
    received: int
    shown: str


@dataclass(slots=True)
class Reader:
    """One reader with one conversation.

    Args:
        url: The address of the page, with its last slash.
        client: What requests are sent with; readers may share one.
    """

    url: str
    client: httpx.Client
    session: str = field(default_factory=lambda: uuid.uuid4().hex[:10])
    _events: list[dict[str, Any]] = field(default_factory=list)
    _asks: dict[str, Any] = field(default_factory=dict)

    def ask(self, question: str) -> Asked:
        """Ask a question as the page does, and read what comes back to its end.

        The questions that are offered after it are waited for, and are no part of its seconds.
        """
        self._find_events()
        started, received, shown, is_answered = time.perf_counter(), 0, "", False
        for message, size in self._messages(self._asks, question):
            received += size
            if message["msg"] == "process_completed":
                is_answered = bool(message["success"])
                shown = json.dumps(message["output"], ensure_ascii=False)
        seconds = time.perf_counter() - started
        for event in self._events:
            if event["trigger_after"] == self._asks["id"] and is_answered:
                received += sum(size for _, size in self._messages(event, None))
        return Asked(is_answered, seconds, received, shown)

    def leave(self) -> None:
        """Close the page: the server may forget the conversation."""
        with self.client.stream(
            "GET", f"{self.url}gradio_api/heartbeat/{self.session}", timeout=10
        ) as beat:
            next(beat.iter_raw())

    def _find_events(self) -> None:
        if self._events:
            return
        config = self.client.get(f"{self.url}config", timeout=60).json()
        box = next(each["id"] for each in config["components"] if _name(each) == "question")
        self._events = config["dependencies"]
        self._asks = next(
            each for each in self._events if [box, "submit"] in map(list, each["targets"])
        )

    def _messages(self, event: dict[str, Any], first: str | None) -> Iterator[tuple[Any, int]]:
        data = [first, *[None] * (len(event["inputs"]) - 1)]
        body = {"data": data, "fn_index": event["id"], "session_hash": self.session}
        joined = self.client.post(f"{self.url}gradio_api/queue/join", json=body, timeout=120)
        if joined.status_code != httpx.codes.OK:
            yield {"msg": "refused"}, len(joined.content)
            return
        wanted = joined.json()["event_id"]
        address = f"{self.url}gradio_api/queue/data"
        with self.client.stream(
            "GET", address, params={"session_hash": self.session}, timeout=120
        ) as events:
            for line in events.iter_lines():
                if not line.startswith("data:"):
                    continue
                message = json.loads(line[5:])
                yield message, len(line.encode())
                if message.get("event_id") == wanted and message["msg"] == "process_completed":
                    return


def _name(component: dict[str, Any]) -> str:
    return str(component["props"].get("elem_id"))
