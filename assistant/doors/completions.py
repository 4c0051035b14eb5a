"""Answers in the shape of OpenAI's chat completions, for programs that know no other.

What such a program sends is read into a question with its history; an answer becomes a completion
whose text holds the sources as lines, and whose annotations and `baogao` field hold them as data.
Knows nothing of HTTP.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.errors import RequestError
from assistant.types import Answer, Citation

MODEL = "baogao"
"""The one model that there is, as programs name it."""

LinkOf = Callable[[Citation], str]
"""Says under which address a citation can be opened."""


class _Part(BaseModel):
    type: str
    text: str | None = None


class _Message(BaseModel):
    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: str | list[_Part] | None = None

    @property
    def text(self) -> str:
        """Its words, pictures and the like left aside."""
        if isinstance(self.content, list):
            return "\n".join(part.text for part in self.content if part.text)
        return self.content or ""


class Request(BaseModel):
    """What is read of a request; how a model should sample says nothing to us."""

    model_config = ConfigDict(extra="ignore")

    model: str = MODEL
    messages: list[_Message] = Field(min_length=1)
    stream: bool = False
    n: Literal[1] = 1

    @property
    def turns(self) -> list[str]:
        """What the user has said, oldest first; the last is the question.

        System messages are not followed: the answer keeps to the reports whoever asks.
        """
        return [message.text for message in self.messages if message.role == "user"]


def read_request(body: bytes) -> Request:
    """Read the body of a request.

    Raises:
        RequestError: it is not of the shape, or asks nothing; one line.
    """
    try:
        request = Request.model_validate_json(body)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(map(str, first["loc"])) or "body"
        raise RequestError(f"{place}: {first['msg']}") from error
    if request.messages[-1].role != "user" or not request.turns[-1].strip():
        raise RequestError("messages: expected the last to be the user's question")
    return request


def models(created: int) -> dict[str, Any]:
    """Return the list of models."""
    return {"object": "list", "data": [model(created)]}


def model(created: int) -> dict[str, Any]:
    """Return the one model."""
    return {"id": MODEL, "object": "model", "created": created, "owned_by": MODEL}


def completion(answer: Answer, link_of: LinkOf, name: str, created: int) -> dict[str, Any]:
    """Return an answer as a completion.

    Args:
        answer: What was answered.
        link_of: Where each citation can be opened.
        name: Of this completion.
        created: When it was made, in seconds of Unix time.
    """
    message = {
        "role": "assistant",
        "content": content_of(answer),
        "refusal": None,
        "annotations": annotations_of(answer, link_of),
    }
    choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": "stop"}
    return {
        "id": name,
        "object": "chat.completion",
        "created": created,
        "model": MODEL,
        "choices": [choice],
        MODEL: answer.record(name),
    }


def opening(name: str, created: int) -> dict[str, Any]:
    """Return the first chunk of a completion that is sent in pieces; it says whose it is."""
    return _chunk({"role": "assistant", "content": ""}, name, created)


def chunks(answer: Answer, link_of: LinkOf, name: str, created: int) -> Iterator[dict[str, Any]]:
    """Yield the chunks that follow, a line of the text each, and last the annotations.

    An answer is sent when it has passed its last check and no sooner, for what is sent cannot be
    taken back. Arguments are those of `completion`.
    """
    for line in content_of(answer).splitlines(keepends=True):
        yield _chunk({"content": line}, name, created)
    last = _chunk({"annotations": annotations_of(answer, link_of)}, name, created, "stop")
    yield {**last, MODEL: answer.record(name)}


def _chunk(
    delta: dict[str, Any], name: str, created: int, finish: str | None = None
) -> dict[str, Any]:
    choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
    return {
        "id": name,
        "object": "chat.completion.chunk",
        "created": created,
        "model": MODEL,
        "choices": [choice],
    }


def content_of(answer: Answer) -> str:
    """Return an answer's text, with a line for each source, and the notes on their files."""
    sources = [_source(citation) for citation in answer.citations]
    return "\n\n".join(filter(None, (answer.text, "\n".join(sources), "\n".join(answer.notes))))


def _source(citation: Citation) -> str:
    named = " ".join(str(each) for each in (citation.region, citation.year) if each is not None)
    place = f"{citation.document}:{citation.start}-{citation.end}"
    quote = " ".join(citation.quote.split())
    return f"[{citation.n}] {' '.join(filter(None, (named, place)))}: {quote}"


_MARK = re.compile(r"\[(\d+)\]")


def annotations_of(answer: Answer, link_of: LinkOf) -> list[dict[str, Any]]:
    """Return an annotation for each mark of an answer's text, at its characters."""
    known = {citation.n: citation for citation in answer.citations}
    found = ((mark, known.get(int(mark[1]))) for mark in _MARK.finditer(answer.text))
    return [
        {
            "type": "url_citation",
            "url_citation": {
                "start_index": mark.start(),
                "end_index": mark.end(),
                "title": citation.title or citation.document,
                "url": link_of(citation),
            },
        }
        for mark, citation in found
        if citation is not None
    ]


def error(message: str, kind: str = "invalid_request_error") -> dict[str, Any]:
    """Return an error as such programs expect it."""
    return {"error": {"message": message, "type": kind, "param": None, "code": None}}
