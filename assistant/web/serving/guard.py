"""What stands between the network and the page: hosts, origins, sizes, uploads, and what may frame.

A page elsewhere that a reader has open can send requests here, under any name that leads to this
machine. They are told by their headers, and refused. Knows nothing of what is served.
"""

from __future__ import annotations

import asyncio
import ipaddress
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from assistant.limits import (
    BODY_SECONDS,
    MOST_CALL_BYTES,
    MOST_CONNECTIONS,
    MOST_REQUEST_BYTES,
)

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
"""Names of this machine that no other machine can stand behind."""

_CLOSED = (
    "/upload", "/proxy=", "/run-history", "/dev/", "/stream/", "/monitoring", "/deep_link",
)  # fmt: skip
"""What Gradio serves and this page has no use for, by parts of paths."""

_CALLS = ("/v1/", "/call/", "/run/", "/api/")
"""Where programs call, by parts of paths; they need to send less than the page."""

_POLICY = "; ".join(
    (
        "default-src 'self'",
        # Gradio writes scripts and styles into its page, and makes functions of texts.
        "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
_HEADERS = (
    (b"content-security-policy", _POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
)


@dataclass(frozen=True, slots=True)
class Refusal(Exception):  # noqa: N818 - an answer, not a failure
    """A request that is not let through: the status of HTTP and a line."""

    status: int
    line: str


def _take(path: str, body: bytes) -> None:
    """Refuse nothing."""


class Guard:
    """An ASGI application around another one.

    Args:
        app: What is guarded.
        hosts: The names under which the page may be asked for, without ports; those of loopback
            and, unless `names_only`, addresses in numbers are let through besides.
        names_only: Whether the page is for this machine alone.
        check: Looks at the path and the body of what is posted, and raises a `Refusal`.
    """

    def __init__(
        self,
        app: App,
        hosts: Iterable[str] = (),
        *,
        names_only: bool = True,
        check: Callable[[str, bytes], None] = _take,
    ) -> None:
        self._app = app
        self._look = check
        self._hosts = LOOPBACK | {host.lower() for host in hosts}
        self._names_only = names_only
        self._open = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            if scope["type"] != "websocket":  # which the page does not use
                await self._app(scope, receive, send)
            return
        if self._open >= MOST_CONNECTIONS:
            await _refuse(Refusal(503, "too many at once; try again"), send)
            return
        self._open += 1
        try:
            self._check(scope)
            received = await self._received(scope, receive)
        except Refusal as refusal:
            await _refuse(refusal, send)
        else:
            await self._app(scope, received, _sealed(send))
        finally:
            self._open -= 1

    def _check(self, scope: Scope) -> None:
        headers = _headers(scope)
        host = headers.get("host", "")
        if not self._is_known(_name(f"//{host}")):
            raise Refusal(421, f"{host[:100]!r} is not a name of this page")
        if scope["method"] not in ("GET", "HEAD", "POST"):
            raise Refusal(405, "expected GET or POST")
        origin = headers.get("origin")
        if origin is not None and not self._is_own(origin, host):
            raise Refusal(403, f"{origin[:100]!r} may not ask here")
        if headers.get("sec-fetch-site") in ("cross-site", "same-site") and not (
            headers.get("sec-fetch-mode") == "navigate" and scope["method"] == "GET"
        ):
            raise Refusal(403, "another site may not ask here")
        if any(part in scope["path"] for part in _CLOSED):
            raise Refusal(404, "not served here")
        if scope["method"] == "POST":
            kind = headers.get("content-type", "").partition(";")[0].strip().lower()
            form = scope["path"].rstrip("/").endswith("/login")
            # Other kinds are what a page elsewhere can send without asking.
            if kind != "application/json" and not form:
                raise Refusal(415, "expected application/json")

    async def _received(self, scope: Scope, receive: Receive) -> Receive:
        """Take in the whole body, if it comes in time, is not too large, and is what it should."""
        if scope["method"] != "POST":
            return receive
        try:
            is_call = any(part in scope["path"] for part in _CALLS)
            most = MOST_CALL_BYTES if is_call else MOST_REQUEST_BYTES
            body = await asyncio.wait_for(_body(receive, most), BODY_SECONDS)
        except TimeoutError:
            raise Refusal(408, "the request did not come in time") from None
        self._look(scope["path"], body)
        waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

        async def again() -> Message:
            return waiting.pop() if waiting else await receive()

        return again

    def _is_known(self, name: str) -> bool:
        if name in self._hosts:
            return True
        return not self._names_only and _is_address(name)

    def _is_own(self, origin: str, host: str) -> bool:
        found = urlsplit(origin)
        return found.netloc.lower() == host.lower() or _name(origin) in self._hosts - LOOPBACK


def _name(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _headers(scope: Scope) -> dict[str, str]:
    """Return the headers by name; of one given twice nothing is believed."""
    found: dict[str, str] = {}
    for name, value in scope["headers"]:
        key = name.decode("latin-1").lower()
        if key in found and key in ("host", "origin", "content-length", "content-type"):
            raise Refusal(400, f"{key} is given twice")
        found[key] = value.decode("latin-1")
    return found


async def _body(receive: Receive, most: int) -> bytes:
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] != "http.request":
            raise Refusal(400, "the request broke off")
        size += len(message.get("body", b""))
        if size > most:
            raise Refusal(413, f"expected at most {most:,} bytes")
        parts.append(message.get("body", b""))
        if not message.get("more_body"):
            return b"".join(parts)


def _sealed(send: Send) -> Send:
    """Return what adds the headers that bind a browser."""

    async def sealed(message: Message) -> None:
        if message["type"] == "http.response.start":
            ours = {name for name, _ in _HEADERS}
            kept = [pair for pair in message.get("headers", []) if pair[0].lower() not in ours]
            message = {**message, "headers": [*kept, *_HEADERS]}
        await send(message)

    return sealed


async def _refuse(refusal: Refusal, send: Send) -> None:
    body = f"{refusal.line}\n".encode("utf-8", "replace")
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
        (b"connection", b"close"),
    ]
    start = {"type": "http.response.start", "status": refusal.status, "headers": headers}
    await _sealed(send)(start)
    await send({"type": "http.response.body", "body": body})
