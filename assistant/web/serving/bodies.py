"""What a request to the page's own routes has to be like before Gradio reads it.

Gradio answers what it did not expect as an error of its own; here it is told in a line. Knows
Gradio's routes by their addresses, and nothing of what the functions behind them do.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from assistant.errors import LimitError
from assistant.limits import check_text
from assistant.web.serving.guard import Refusal

_ROOT = "/gradio_api/"
_BY_NAME = ("call/v2/", "call/", "run/", "api/")
_NAMES = ("session_hash", "event_id")


@dataclass(frozen=True, slots=True)
class Bodies:
    """Checks the bodies of requests to a page.

    Attributes:
        functions: The numbers of the page's functions.
        calls: The names of those that programs call.
        parts: The numbers of the parts of the page.
    """

    functions: frozenset[int]
    calls: frozenset[str]
    parts: frozenset[int]

    def check(self, path: str, body: bytes) -> None:
        """Check a request's body.

        Raises:
            Refusal: It is not what its path takes, or names what there is not.
        """
        _, root, route = path.partition(_ROOT)
        if not root:
            return
        found = _object(body)
        for name in _NAMES:
            _check_name(name, found.get(name))
        self._check_function(found.get("fn_index"))
        self._check_called(route.strip("/"))
        if route.startswith("component_server"):
            self._check_component(found)

    def _check_function(self, number: object) -> None:
        if number is not None and not (type(number) is int and number in self.functions):
            raise Refusal(404, "expected the number of a function of this page")

    def _check_called(self, route: str) -> None:
        prefix = next((each for each in _BY_NAME if route.startswith(each)), None)
        if prefix is None:
            return
        if route.removeprefix(prefix) not in self.calls:
            raise Refusal(404, "expected the name of a call that this page answers")

    def _check_component(self, found: dict[str, Any]) -> None:
        number = found.get("component_id")
        if type(number) is not int or number not in self.parts:
            raise Refusal(404, "expected the number of a part of this page")
        if not isinstance(found.get("data"), dict):
            raise Refusal(400, 'expected "data" to be an object')


def _object(body: bytes) -> dict[str, Any]:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise Refusal(400, "expected a JSON object")
    return found


def _check_name(name: str, value: object) -> None:
    if value is None:
        return
    try:
        if not isinstance(value, str) or len(value) > _LONGEST_NAME:
            raise LimitError("too long")
        check_text(value)
    except LimitError:
        raise Refusal(400, f'expected "{name}" to be a text of at most {_LONGEST_NAME}') from None


_LONGEST_NAME = 100  # characters
