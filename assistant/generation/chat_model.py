"""The chat model that a user connects: opened through LangChain, streamed under limits, retried.

Knows messages and the pieces that come back; nothing of reports, prompts or answers. LangChain and
the provider's package are imported when the model is first asked.
"""

from __future__ import annotations

import json
import queue
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Literal

from assistant.errors import ModelError, ModelFailed, ModelSetupError, ModelStopped
from assistant.generation.transport import bound, hooks
from assistant.limits import MOST_REPLY_BYTES
from assistant.settings import Settings

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

Message = tuple[Literal["system", "human", "ai"], str]

_EXTRAS = {"openai": "langchain_openai", "ollama": "langchain_ollama"}
_EXTRAS |= {"anthropic": "langchain_anthropic"}
"""Providers with an extra of that name, and the package it installs."""

_TRIES = 4
_LONGEST_WAIT = 20.0
"""Seconds that a server may ask to wait before a retry; one that asks for more is given up."""
_BYTES_A_TOKEN, _CHARACTERS_A_TOKEN = 2_000, 16
"""What a token takes at most, as it is sent and as it is read, far above what any does."""
_LOOK = 0.05
"""Seconds between two looks at whether the reader has stopped the model."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some more characters of the reply."""

    text: str


@dataclass(frozen=True, slots=True)
class Restarted:
    """The reply broke off and begins anew: what came of it so far counts for nothing."""


@dataclass(frozen=True, slots=True)
class Ended:
    """The reply is over; `whole` is false where the limit of tokens cut it off."""

    whole: bool


Event = Piece | Restarted | Ended


@dataclass(frozen=True, slots=True)
class Budget:
    """What is left for one question: until when (`time.monotonic`), and whether to stop at once."""

    until: float
    stopped: Callable[[], bool]

    @property
    def left(self) -> float:
        """Seconds that are left; 0 or less when none are."""
        return self.until - time.monotonic()

    def check(self) -> None:
        """Raise where the reader has stopped the model or time is up."""
        if self.stopped():
            raise ModelStopped("stopped by the reader")
        if self.left <= 0:
            raise ModelFailed("no answer within the time limit (BAOGAO_MODEL_TIMEOUT)")


def open_model(settings: Settings) -> ChatModel | None:
    """Return the chat model that `settings` names, not yet imported; None where they name none.

    Raises:
        ModelSetupError: the name has no provider, or the provider's package is not installed.
    """
    if settings.model is None:
        return None
    provider, _, name = settings.model.partition(":")
    if not (provider and name):
        raise ModelSetupError(
            f"expected BAOGAO_MODEL=provider:name, such as openai:gpt-4o-mini or ollama:qwen3,"
            f" found {settings.model!r}"
        )
    package = _EXTRAS.get(provider)
    if package is not None and find_spec(package) is None:
        raise ModelSetupError(
            f"BAOGAO_MODEL={settings.model} needs the package {package.replace('_', '-')}:"
            f" run pip install 'baogao[{provider}]'"
        )
    return ChatModel(provider, name, timeout=settings.model_timeout, tokens=settings.model_tokens)


@dataclass(frozen=True)
class ChatModel:
    """A chat model of one provider.

    `timeout` is the seconds that one question may spend on it, `tokens` the most it may write in
    one reply, `pause` the seconds before the first retry, doubled before each further one.
    """

    provider: str
    name: str
    timeout: float
    tokens: int
    pause: float = 0.5
    _opening: threading.Lock = field(default_factory=threading.Lock, repr=False, compare=False)

    def budget(self, stopped: Callable[[], bool]) -> Budget:
        """Return what one question may spend, counted from now."""
        return Budget(time.monotonic() + self.timeout, stopped)

    def open(self) -> None:
        """Import the provider's package and make its client, which otherwise the first reply does.

        Raises:
            ModelSetupError: the provider is unknown, its package missing or its key not set.
        """
        with self._opening:
            _ = self._model

    def _check(self, budget: Budget, left: threading.Event | None = None) -> Callable[[int], None]:
        """Return what ends the reading of a reply that is too long, too late or not wanted."""
        most = max(MOST_REPLY_BYTES, self.tokens * _BYTES_A_TOKEN)

        def check(taken: int) -> None:
            if left is not None and left.is_set():
                raise ModelStopped("nobody reads on")
            if taken > most:
                raise ModelFailed(f"expected a reply of at most {most:,} bytes, found more")
            budget.check()

        return check

    def reply(self, messages: Sequence[Message], budget: Budget) -> str:
        """Return a whole reply.

        Raises:
            ModelError: as `stream` does.
        """
        text = ""
        for event in self.stream(messages, budget):
            if isinstance(event, Piece):
                text += event.text
            elif isinstance(event, Restarted):
                text = ""
        return text

    def structured(
        self,
        messages: Sequence[Message],
        schema: Mapping[str, Any],
        budget: Budget,
        *,
        in_words: Sequence[Message],
    ) -> str:
        """Return a whole reply that is to be JSON of `schema`; "" where a limit cut it off.

        It is asked for as the provider's structured output, once; where the provider has none,
        `in_words` ask for it. What comes back may be anything at all.

        Raises:
            ModelError: as `stream` does.
        """
        from langchain_core.messages import AIMessage

        self.open()
        try:
            asked = self._model.with_structured_output(dict(schema), include_raw=True)
            bounded = partial(bound, self._check(budget))
            found = _in_thread(lambda: (bounded(), asked.invoke(list(messages)))[1], budget)
        except ModelError:
            raise
        except Exception as error:
            if not _has_no_structure(error):
                raise ModelFailed(_one_line(error)) from error
            return self.reply(in_words, budget)
        raw = found["raw"] if isinstance(found, dict) else None
        if not isinstance(raw, AIMessage) or _is_cut(raw.response_metadata):
            return ""
        if raw.tool_calls:
            return json.dumps(raw.tool_calls[0]["args"], ensure_ascii=False)
        return str(raw.text)

    def stream(self, messages: Sequence[Message], budget: Budget) -> Iterator[Event]:
        """Yield a reply piece by piece, trying again where the server is busy or breaks off.

        Raises:
            ModelFailed: the model cannot be reached, refuses the request, or time is up.
            ModelStopped: the reader stopped it.
            ModelSetupError: it cannot be opened.
        """
        self.open()
        for tried in range(1, _TRIES + 1):
            begun = False
            try:
                for event in self._attempt(messages, budget):
                    begun = begun or isinstance(event, Piece)
                    yield event
                return
            except ModelError:
                raise
            except Exception as error:
                wait = _wait_after(error, self.pause * 2 ** (tried - 1))
                if wait is None or tried == _TRIES or wait >= budget.left:
                    raise ModelFailed(_one_line(error)) from error
            if begun:
                yield Restarted()
            _rest(wait, budget)

    def _attempt(self, messages: Sequence[Message], budget: Budget) -> Iterator[Event]:
        """Stream once. The reading is a thread's, so that a stalled server holds up nobody."""
        arrived: queue.Queue[Event | Exception] = queue.Queue()
        left = threading.Event()

        def read() -> None:
            whole, room = True, self.tokens * _CHARACTERS_A_TOKEN
            bound(self._check(budget, left))
            try:
                for chunk in self._model.stream(list(messages)):
                    if left.is_set():
                        return
                    if text := _sound(str(chunk.text))[:room]:
                        arrived.put(Piece(text))
                    whole = whole and not _is_cut(chunk.response_metadata)
                    room -= len(text)
                    if room <= 0:
                        whole = False
                        break
                arrived.put(Ended(whole))
            except Exception as error:  # noqa: BLE001 - handed to the reader's thread
                arrived.put(error)

        threading.Thread(target=read, name="chat-model", daemon=True).start()
        try:
            while True:
                budget.check()
                try:
                    event = arrived.get(timeout=min(_LOOK, max(budget.left, 0.001)))
                except queue.Empty:
                    continue
                for each in _together(event, arrived):
                    if isinstance(each, Exception):
                        raise each
                    yield each
                    if isinstance(each, Ended):
                        return
        finally:
            left.set()

    @cached_property
    def _model(self) -> BaseChatModel:
        from langchain.chat_models import init_chat_model

        options: dict[str, Any] = {
            "timeout": self.timeout,
            "max_tokens": self.tokens,
            "max_retries": 0,
        }
        if self.provider == "ollama":
            options = {
                "client_kwargs": {"timeout": self.timeout},
                "num_predict": self.tokens,
                "temperature": 0,
            }
        if self.provider == "openai":
            options["http_client"] = _bounded_client()
        try:
            model: BaseChatModel = init_chat_model(
                self.name, model_provider=self.provider, **options
            )
        except Exception as error:
            raise ModelSetupError(
                f"BAOGAO_MODEL={self.provider}:{self.name} cannot be opened: {_one_line(error)}"
            ) from error
        return model


def _bounded_client() -> Any:  # noqa: ANN401 - of the provider's own library
    from httpx2 import SyncByteStream
    from openai import DefaultHttpxClient

    return DefaultHttpxClient(event_hooks=hooks(SyncByteStream))


def _sound(text: str) -> str:
    """Return a text without halves of characters, which can be written nowhere."""
    return text.encode("utf-8", "replace").decode()


def _in_thread(call: Callable[[], Any], budget: Budget) -> Any:  # noqa: ANN401 - what it returns
    """Return what a call returns; a thread of its own waits, so that a stall holds up nobody."""
    arrived: queue.Queue[tuple[Any, Exception | None]] = queue.Queue()

    def run() -> None:
        try:
            arrived.put((call(), None))
        except Exception as error:  # noqa: BLE001 - handed to the reader's thread
            arrived.put((None, error))

    threading.Thread(target=run, name="chat-model", daemon=True).start()
    while True:
        budget.check()
        try:
            found, error = arrived.get(timeout=min(_LOOK, max(budget.left, 0.001)))
        except queue.Empty:
            continue
        if error is not None:
            raise error
        return found


def _has_no_structure(error: Exception) -> bool:
    """Tell whether a provider, or the server behind it, cannot be asked for structured output."""
    return isinstance(error, NotImplementedError) or _status(error) in _NOT_UNDERSTOOD


_NOT_UNDERSTOOD = frozenset({400, 404, 422, 501})


def _status(error: Exception) -> int | None:
    response = getattr(error, "response", None)
    status = getattr(error, "status_code", None) or getattr(response, "status_code", None)
    return status if isinstance(status, int) else None


def _together(
    first: Event | Exception, arrived: queue.Queue[Event | Exception]
) -> list[Event | Exception]:
    """Return what has arrived by now, pieces joined, so that a slow reader is never behind."""
    found = [first]
    while not arrived.empty():
        event = arrived.get_nowait()
        last = found[-1]
        if isinstance(event, Piece) and isinstance(last, Piece):
            found[-1] = Piece(last.text + event.text)
        else:
            found.append(event)
    return found


def _is_cut(metadata: dict[str, Any]) -> bool:
    """Tell whether a reply's metadata say that the limit of tokens ended it."""
    reasons = [metadata.get(key) for key in ("finish_reason", "stop_reason", "done_reason")]
    return any(reason in ("length", "max_tokens") for reason in reasons)


_BUSY = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 529})
_BROKEN = ("Connect", "Connection", "Timeout", "Protocol", "Read", "Decode", "Network")
"""Parts of the names of errors, of whichever HTTP client, that a second try may mend."""


def _wait_after(error: Exception, pause: float) -> float | None:
    """Return the seconds to wait before a second try; None where there is no use in one."""
    response, status = getattr(error, "response", None), _status(error)
    if status is None:
        kinds = [kind.__name__ for kind in type(error).__mro__]
        mendable = any(part in kind for kind in kinds for part in _BROKEN)
        return pause if mendable or getattr(error, "is_retryable", False) else None
    if status not in _BUSY:
        return None
    asked = _seconds(getattr(response, "headers", {}).get("retry-after"))
    if asked is None:
        return pause
    return asked if asked <= _LONGEST_WAIT else None


def _seconds(header: str | None) -> float | None:
    """Return the seconds of a Retry-After header, None where it has none (a date is not read)."""
    try:
        return max(0.0, float(header)) if header is not None else None
    except ValueError:
        return None


def _rest(seconds: float, budget: Budget) -> None:
    until = time.monotonic() + seconds
    while (rest := until - time.monotonic()) > 0:
        budget.check()
        time.sleep(min(_LOOK, rest))


def _one_line(error: Exception) -> str:
    """Return an error's message in at most 160 characters of one line."""
    line = " ".join(str(error).split()) or type(error).__name__
    line = line.rstrip(".")  # sentences are made of it
    return line if len(line) <= 160 else line[:159] + "…"
