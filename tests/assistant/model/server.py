"""A scripted server that speaks OpenAI's chat protocol on loopback, as vLLM or llama.cpp would.

Each request takes the next reply of the script; the last one is kept. What was asked is recorded.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route


@dataclass(frozen=True)
class Says:
    """A reply in pieces of `size` characters, `pause` seconds apart.

    It breaks off after `breaks_after` pieces, or stalls there for `stalls` seconds; after
    `gate_after` pieces it waits for a `gate` to be opened.
    """

    text: str
    size: int = 7
    pause: float = 0.0
    breaks_after: int | None = None
    stalls: float = 0.0
    finish: str = "stop"
    gate: threading.Event | None = None
    gate_after: int = 0


@dataclass(frozen=True)
class Fails:
    """A status other than 200, with headers."""

    status: int
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Raw:
    """A stream of any bytes at all."""

    body: bytes


@dataclass(frozen=True)
class Endless:
    """A stream of the same bytes over and over, in the given encoding, until nobody reads."""

    piece: bytes
    encoding: str = "identity"


Reply = Says | Fails | Raw | Endless
Script = Sequence[Reply] | Callable[[str], Reply]


@dataclass
class ScriptedServer:
    """The server: its address, its script and the requests that it had."""

    url: str = ""
    script: Script = ()
    requests: list[dict[str, Any]] = field(default_factory=list)
    _taken: int = 0

    def plays(self, *replies: Reply) -> None:
        """Begin a script of replies."""
        self.script, self._taken = replies, 0
        self.requests.clear()

    def answers(self, script: Callable[[str], Reply]) -> None:
        """Reply to each request by its last message."""
        self.script, self._taken = script, 0
        self.requests.clear()

    def prompt(self, request: int = -1) -> str:
        """Return everything that a request said."""
        return "\n".join(str(each["content"]) for each in self.requests[request]["messages"])

    def next(self, asked: dict[str, Any]) -> Reply:
        self.requests.append(asked)
        if callable(self.script):
            return self.script(str(asked["messages"][-1]["content"]))
        reply = self.script[min(self._taken, len(self.script) - 1)]
        self._taken += 1
        return reply


def chunk(**choice: object) -> str:
    body = {
        "id": "chatcmpl-1",
        "object": "chat.completion.chunk",
        "created": 0,
        "model": "scripted",
        "choices": [{"index": 0, "finish_reason": None, **choice}],
    }
    return f"data: {json.dumps(body, ensure_ascii=False)}\n\n"


def _pieces(says: Says) -> Iterator[str]:
    yield chunk(delta={"role": "assistant", "content": ""})
    parts = [says.text[at : at + says.size] for at in range(0, len(says.text), says.size)]
    for place, part in enumerate(parts):
        if says.breaks_after == place:
            if not says.stalls:
                raise ConnectionResetError("the script breaks off here")
            time.sleep(says.stalls)
        if says.gate is not None and place == says.gate_after:
            says.gate.wait(120)
        yield chunk(delta={"content": part})
        time.sleep(says.pause)
    yield chunk(delta={}, finish_reason=says.finish)
    yield "data: [DONE]\n\n"


def _whole(says: Says, asked: dict[str, Any]) -> dict[str, Any]:
    """Return a reply in one piece; as the call of a tool, where one is to be called."""
    message: dict[str, Any] = {"role": "assistant", "content": says.text}
    if asked.get("tools"):
        called = {"name": asked["tools"][0]["function"]["name"], "arguments": says.text}
        message["tool_calls"] = [{"id": "1", "type": "function", "function": called}]
    choice = {"index": 0, "finish_reason": says.finish, "message": message}
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 0,
        "model": "scripted",
        "choices": [choice],
    }


def _app(server: ScriptedServer) -> Starlette:
    async def complete(request: Request) -> Response:
        asked = await request.json()
        reply = server.next(asked)
        if isinstance(reply, Fails):
            error = {"error": {"message": f"scripted {reply.status}", "type": "scripted"}}
            return JSONResponse(error, reply.status, headers=reply.headers)
        if isinstance(reply, Raw):
            return Response(reply.body, media_type="text/event-stream")
        if isinstance(reply, Endless):
            return StreamingResponse(
                itertools.repeat(reply.piece),
                media_type="text/event-stream",
                headers={"content-encoding": reply.encoding},
            )
        if not asked.get("stream"):
            await asyncio.sleep(reply.stalls)
            return JSONResponse(_whole(reply, asked))
        return StreamingResponse(_pieces(reply), media_type="text/event-stream")

    async def any_other(_: Request) -> Response:
        return PlainTextResponse("not scripted", 404)

    return Starlette(
        routes=[
            Route("/v1/chat/completions", complete, methods=["POST"]),
            Route("/{path:path}", any_other),
        ]
    )


@contextmanager
def scripted_server() -> Iterator[ScriptedServer]:
    """Serve on a free port of loopback until the block ends."""
    server = ScriptedServer()
    config = uvicorn.Config(
        _app(server), host="127.0.0.1", port=0, log_level="critical", timeout_graceful_shutdown=1
    )
    running = uvicorn.Server(config)
    thread = threading.Thread(target=running.run, daemon=True)
    thread.start()
    while not running.started:
        time.sleep(0.01)
    port = running.servers[0].sockets[0].getsockname()[1]
    server.url = f"http://127.0.0.1:{port}/v1"
    yield server
    running.should_exit = True
    thread.join(timeout=5)
