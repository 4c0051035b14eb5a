"""What is posted to the page's own routes and is not what its scripts send, over real sockets."""

from __future__ import annotations

import gc
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from assistant.answer import open_assistant
from assistant.settings import Settings
from assistant.web.app import create_app, start

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
"""Gradio's own server raises both."""


@pytest.fixture(scope="module")
def url(seeds_index: Path) -> Iterator[str]:
    app = create_app(open_assistant(Settings(data=seeds_index)), may_change=False)
    yield start(app)
    app.close()
    del app
    gc.collect()  # what Gradio left open is told here, where it is known


def posted(url: str, route: str, body: bytes) -> int:
    """The status of an answer; each request has a connection of its own."""
    headers = {"content-type": "application/json"}
    return httpx.post(
        f"{url}gradio_api/{route}", content=body, headers=headers, timeout=120
    ).status_code


@pytest.mark.parametrize(
    "body",
    [
        b"\xff\xfe",
        b"null",
        b'{"data": [], "fn_index": 1e999}',
        b'{"data": [], "fn_index": true}',
        b'{"data": [], "fn_index": -1, "session_hash": "a"}',
        b'{"data": {"a": 1}, "fn_index": 1, "session_hash": "a"}',
        b'{"data": [], "fn_index": 1, "event_id": "a", "session_hash": "\\ud800"}',
        b'{"data": [], "fn_index": 1, "event_id": ["a"], "session_hash": "a"}',
    ],
)
@pytest.mark.parametrize("route", ["queue/join", "run/ask", "call/nothing", "cancel", "reset/"])
def test_what_no_script_sends_is_the_askers_error(url: str, route: str, body: bytes) -> None:
    if route == "reset/" and b'"data": {' in body:
        return  # a reset has no data, and looks at none
    assert 400 <= posted(url, route, body) < 500


def test_a_call_that_there_is_not_is_told_so(url: str) -> None:
    assert posted(url, "call/nothing", b'{"data": []}') == 404
    assert posted(url, "call/reports", b'{"data": [null, null]}') == 200


@pytest.mark.parametrize(
    "data", [None, 7, {}, {"turn": 7, "conversation": [], "history": "x", "vote": "up"}]
)
def test_a_part_of_the_page_that_is_asked_nonsense_says_so(url: str, data: Any) -> None:  # noqa: ANN401
    functions = [
        (each["id"], name)
        for each in httpx.get(f"{url}config", timeout=120).json()["components"]
        for name in each["props"].get("server_fns") or []
    ]
    assert functions
    for component, name in functions:
        asked = {"component_id": component, "fn_name": name, "session_hash": "a", "data": data}
        status = posted(url, "component_server", json.dumps(asked).encode())
        assert status < 500, name
        assert status >= 400 or isinstance(data, dict), name


def test_a_part_that_the_page_has_not_is_told_so(url: str) -> None:
    asked = {"component_id": 10**6, "fn_name": "vote", "session_hash": "a", "data": {}}
    assert posted(url, "component_server", json.dumps(asked).encode()) == 404
