"""The addresses that stand beside the page: chat completions, the text of a source, health.

Knows Starlette, on which Gradio is built; not how a question is answered, nor how it is served.
"""

from __future__ import annotations

import base64
import json
import logging
import time
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable, Generator
from dataclasses import dataclass, field
from functools import wraps
from threading import Event
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from assistant.doors import completions
from assistant.doors.calls import Calls
from assistant.errors import AssistantError, RequestError
from assistant.limits import MOST_CALLS, MOST_WAITING
from assistant.types import Answer, Citation
from index.errors import BaogaoIndexError

if TYPE_CHECKING:
    from assistant.answer import Assistant

Known = Callable[[str, str], bool]
"""Says whether a name and a password belong together."""

_log = logging.getLogger(__name__)


def door_routes(assistant: Assistant, known: Known | None = None) -> list[Route]:
    """Return the routes over an assistant.

    Args:
        assistant: What answers.
        known: Says who may ask; None for everyone who reaches the addresses. They name themselves
            as HTTP has it (Basic), or by the key `name:password` (Bearer). `/health` is open.
    """
    doors = _Doors(assistant, known)
    return [
        Route("/health", doors.health, methods=["GET"]),
        Route("/v1/models", doors.models, methods=["GET"]),
        Route("/v1/models/{name}", doors.model, methods=["GET"]),
        Route("/v1/chat/completions", doors.complete, methods=["POST"]),
        Route("/v1/sources/{document:path}", doors.source, methods=["GET"]),
    ]


def _guarded(handler: Callable[[_Doors, Request], Awaitable[Response]]) -> Any:  # noqa: ANN401
    """Ask who is there, and turn whatever goes wrong into an error of the API."""

    @wraps(handler)
    async def guarded(doors: _Doors, request: Request) -> Response:
        if not doors.may_ask(request):
            refusal = completions.error("expected a name and its password", "authentication_error")
            return JSONResponse(refusal, 401, {"WWW-Authenticate": 'Basic realm="baogao"'})
        if doors.limiter.statistics().tasks_waiting >= MOST_WAITING:
            return JSONResponse(completions.error("too many at once; try again"), 503)
        try:
            return await handler(doors, request)
        except (AssistantError, BaogaoIndexError) as error:
            return JSONResponse(completions.error(str(error)), _status(error))

    return guarded


def _status(error: Exception) -> int:
    return 503 if isinstance(error, BaogaoIndexError) else 400


@dataclass(frozen=True)
class _Doors:
    assistant: Assistant
    known: Known | None
    started: int = field(default_factory=lambda: int(time.time()))
    limiter: CapacityLimiter = field(default_factory=lambda: CapacityLimiter(MOST_CALLS))

    def may_ask(self, request: Request) -> bool:
        """Say whether a request names someone who is known."""
        if self.known is None:
            return True
        scheme, _, given = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() == "basic":
            try:
                given = base64.b64decode(given, validate=True).decode()
            except ValueError:  # no base64, or no UTF-8 in it
                return False
        name, _, password = given.strip().partition(":")
        return self.known(name, password)

    async def health(self, _request: Request) -> Response:
        """Say whether questions can be answered."""
        try:
            count = await to_thread.run_sync(self.assistant.searcher.catalogue.count_reports)
        except BaogaoIndexError as error:
            _log.warning("not healthy: %s", error)
            return JSONResponse({"status": "error"}, 503)
        return JSONResponse({"status": "ok" if count else "empty"})

    @_guarded
    async def models(self, _request: Request) -> Response:
        """List the one model."""
        return JSONResponse(completions.models(self.started))

    @_guarded
    async def model(self, request: Request) -> Response:
        """Describe the one model."""
        if request.path_params["name"] != completions.MODEL:
            return _no_model(request.path_params["name"])
        return JSONResponse(completions.model(self.started))

    @_guarded
    async def complete(self, request: Request) -> Response:
        """Answer a question as a chat completion, whole or in pieces."""
        asked = completions.read_request(await request.body())
        if asked.model != completions.MODEL:
            return _no_model(asked.model)
        name, created = f"chatcmpl-{uuid.uuid4().hex}", int(time.time())

        def link_of(citation: Citation) -> str:
            return citation.url or _link(request, citation)

        if asked.stream:
            events = self._events(asked.turns, link_of, name, created)
            return StreamingResponse(
                events, media_type="text/event-stream", headers={"Cache-Control": "no-cache"}
            )
        *history, question = asked.turns
        answer = await to_thread.run_sync(
            lambda: self.assistant.ask(question, history=history), limiter=self.limiter
        )
        return JSONResponse(completions.completion(answer, link_of, name, created))

    async def _events(
        self, turns: list[str], link_of: completions.LinkOf, name: str, created: int
    ) -> AsyncIterator[str]:
        """Yield the events of a completion; while a model writes, lines that say nothing."""
        yield _event(completions.opening(name, created))
        stop = Event()
        steps = self.assistant.stream(turns[-1], history=turns[:-1], stopped=stop.is_set)
        try:
            while True:
                step = await to_thread.run_sync(next, steps, limiter=self.limiter)
                if isinstance(step, Answer):
                    break
                yield ": writing\n\n"
            for chunk in completions.chunks(step, link_of, name, created):
                yield _event(chunk)
        except (AssistantError, BaogaoIndexError) as error:
            yield _event(completions.error(str(error)))
        except Exception:  # noqa: BLE001 - the last door: it logs the error and ends the answer
            _log.exception("a question was not answered")
            yield _event(completions.error("the question was not answered", "server_error"))
        finally:
            stop.set()
            if isinstance(steps, Generator):
                steps.close()  # it holds a state of the index
        yield "data: [DONE]\n\n"

    @_guarded
    async def source(self, request: Request) -> Response:
        """Show the text of a report around a citation, for people."""
        try:
            start, end = (int(request.query_params.get(name, "0")) for name in ("start", "end"))
        except ValueError:
            raise RequestError("expected start and end as numbers") from None
        calls, document = Calls(self.assistant), request.path_params["document"]
        read = await to_thread.run_sync(calls.read, document, start, end, limiter=self.limiter)
        heading = " ".join(str(read[key]) for key in ("region", "year", "title") if read[key])
        place = f"{read['document']}:{read['start']}-{read['end']}"
        lines = (heading, place, read["url"], read["text"], "…", read["cleaned"])
        return PlainTextResponse("\n\n".join(filter(None, lines)) + "\n")


def _no_model(found: str) -> Response:
    line = f"expected the model {completions.MODEL}, found {found[:100]!r}"
    return JSONResponse(completions.error(line), 404)


def _event(record: dict[str, Any]) -> str:
    return f"data: {json.dumps(record, ensure_ascii=False)}\n\n"


def _link(request: Request, citation: Citation) -> str:
    """Return where `source` shows a citation, under the address by which we were asked.

    The root path that a proxy adds may be a whole address, or a path.
    """
    root = str(request.scope.get("root_path", "")).rstrip("/")
    if not root.startswith(("http://", "https://")):
        root = f"{request.url.scheme}://{request.url.netloc}{root}"
    span = urlencode({"start": citation.start, "end": citation.end})
    return f"{root}/v1/sources/{quote(citation.document)}?{span}"
