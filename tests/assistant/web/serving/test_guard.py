"""The page against other sites, other names, floods and malformed requests, over real sockets."""

from __future__ import annotations

import http.client
import json
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from assistant.answer import open_assistant
from assistant.limits import MOST_CALL_BYTES, MOST_REQUEST_BYTES
from assistant.settings import Settings
from assistant.web.app import create_app, start
from assistant.web.serving.guard import Guard
from tests.servers import free_port

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
"""Gradio's own server raises both."""

Headers = dict[str, str]
JSON = {"content-type": "application/json"}
ASKS = ("/gradio_api/component_server", "/gradio_api/queue/join", "/gradio_api/run/predict")


@pytest.fixture(scope="module")
def address(seeds_index: Path) -> Iterator[tuple[str, int]]:
    """The host and the port of a page that others name `baogao.example` too."""
    app = create_app(open_assistant(Settings(data=seeds_index)))
    found = urlsplit(start(app, port=free_port(), names=["baogao.example"]))
    yield str(found.hostname), int(found.port or 0)
    app.close()


def asked(
    address: tuple[str, int],
    path: str = "/",
    headers: Headers | None = None,
    body: bytes | None = None,
    method: str = "",
) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection(*address, timeout=120)
    method = method or ("GET" if body is None else "POST")
    own = {"host": f"{address[0]}:{address[1]}"} | (JSON if body is not None else {})
    connection.request(method, path, body, own | (headers or {}))
    response = connection.getresponse()
    response.read()
    connection.close()
    return response


def test_the_page_is_served_with_headers_that_bind_a_browser(address: tuple[str, int]) -> None:
    response = asked(address)
    assert response.status == 200
    policy = response.headers["content-security-policy"]
    assert {"frame-ancestors 'none'", "object-src 'none'"} <= set(policy.split("; "))
    assert "http" not in policy
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["x-frame-options"] == "DENY"


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "", "10.0.0.7", "[", "a@b"]
)
def test_under_a_name_that_is_not_its_own_nothing_is_told(
    address: tuple[str, int], host: str
) -> None:
    for path in ("/", "/config", "/gradio_api/info"):
        assert asked(address, path, {"host": host}).status in (400, 421)


@pytest.mark.parametrize("host", ["localhost:80", "baogao.example", "BAOGAO.example:443"])
def test_its_own_names_are_known(address: tuple[str, int], host: str) -> None:
    assert asked(address, "/", {"host": host}).status == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:1"},
        {"sec-fetch-site": "cross-site", "sec-fetch-mode": "cors"},
        {"sec-fetch-site": "same-site", "sec-fetch-mode": "no-cors"},
        {"content-type": "text/plain"},
        {"content-type": "multipart/form-data; boundary=x"},
    ],
    ids=lambda each: " ".join(each.values()),
)
def test_a_page_elsewhere_may_not_post(address: tuple[str, int], headers: Headers) -> None:
    for path in ASKS:
        assert asked(address, path, headers, b"{}").status in (403, 415)


def test_a_page_elsewhere_may_not_read(address: tuple[str, int]) -> None:
    response = asked(address, "/config", {"origin": "https://evil.example"})
    assert response.status == 403
    may = asked(
        address, "/config",
        {"origin": "https://evil.example", "access-control-request-method": "POST"},
        method="OPTIONS",
    )  # fmt: skip
    assert may.headers.get("access-control-allow-origin") is None


def test_a_link_from_elsewhere_leads_to_the_page(address: tuple[str, int]) -> None:
    headers = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}
    assert asked(address, "/", headers).status == 200


def test_the_page_itself_may_post(address: tuple[str, int]) -> None:
    own = {"origin": f"http://{address[0]}:{address[1]}", "sec-fetch-site": "same-origin"}
    response = asked(address, "/gradio_api/queue/join", own, b"{}")
    assert response.status not in (403, 415, 421)


@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/upload",
        "/gradio_api/proxy=http://x",
        "/gradio_api/upload/",
        "/gradio_api/deep_link",
    ],
)
def test_nothing_is_uploaded_or_fetched_for_others(address: tuple[str, int], path: str) -> None:
    assert asked(address, path).status == 404
    assert asked(address, path, {}, b"{}").status == 404


def test_a_request_that_is_too_large_is_refused(address: tuple[str, int]) -> None:
    body = b" " * (MOST_REQUEST_BYTES + 1)
    assert asked(address, "/gradio_api/queue/join", {}, body).status == 413
    for path in ("/v1/chat/completions", "/gradio_api/call/ask"):
        assert asked(address, path, {}, b" " * (MOST_CALL_BYTES + 1)).status == 413


MALFORMED = [
    b"",
    b"{",
    b"null",
    b"[]",
    b"[" * 100_000,
    b'{"fn_index": 99999, "data": []}',
    b'{"fn_index": -1, "data": null, "session_hash": 7}',
    b'{"data": ["\\ud800"], "fn_index": 0, "session_hash": "x"}',
    b'{"component_id": 1e999, "fn_name": "vote", "data": {}, "session_hash": "x"}',
    b"\xff\xfe",
]


def test_hostile_requests_leave_the_page_to_its_readers(address: tuple[str, int]) -> None:
    def send(number: int) -> int:
        body = MALFORMED[number % len(MALFORMED)]
        return asked(address, ASKS[number % len(ASKS)], {}, body).status

    with ThreadPoolExecutor(16) as pool:
        statuses = list(pool.map(send, range(120)))
        reader = asked(address).status
    assert len(statuses) == 120
    assert all(200 <= status < 600 for status in statuses)
    assert reader == asked(address).status == 200


@pytest.mark.parametrize(
    "sent",
    [
        b"\x00\x01\x02\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: evil.example\r\n\r\n",
        b"POST /gradio_api/queue/join HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 9\r\n\r\n",
        b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    ],
    ids=["noise", "no host", "two hosts", "no body", "long"],
)
def test_what_is_no_request_takes_nothing_down(address: tuple[str, int], sent: bytes) -> None:
    with socket.create_connection(address, timeout=120) as connection:
        connection.sendall(sent)
        connection.shutdown(socket.SHUT_WR)
        answer = connection.recv(65_536)
    assert b" 200 " not in answer.split(b"\r\n")[0]
    assert asked(address).status == 200


@pytest.mark.parametrize(("host", "alone", "status"), [
    ("192.168.1.7:7860", False, 200),
    ("192.168.1.7:7860", True, 421),
    ("evil.example", False, 421),
])  # fmt: skip
def test_where_others_are_let_in_numbers_are_names_too(host: str, alone: bool, status: int) -> None:
    from starlette.responses import PlainTextResponse
    from starlette.testclient import TestClient

    client = TestClient(Guard(PlainTextResponse("page"), names_only=alone))
    assert client.get("/", headers={"host": host}).status_code == status


def test_sent_as_json_a_vote_on_nothing_is_noted_nowhere(
    address: tuple[str, int], seeds_index: Path
) -> None:
    body = json.dumps({"component_id": 1, "fn_name": "vote", "data": {}, "session_hash": "x"})
    asked(address, "/gradio_api/component_server", {}, body.encode())
    assert not (seeds_index / "feedback.jsonl").exists()
