"""Answering on the page: a question's turn while it is written and when it is done, and its stop.

Whatever goes wrong becomes one line of the conversation, which goes on. Knows nothing of Gradio.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assistant.errors import AssistantError
from assistant.limits import MOST_CHARACTERS, check_question
from assistant.records.conversations import Exchange, exchange_in
from assistant.types import Answer, Language, Writing
from assistant.web.texts.loading import page_texts
from assistant.web.turns import Turn
from index.errors import BaogaoIndexError, OutOfTime
from index.types import Report

if TYPE_CHECKING:
    from assistant.answer import Assistant

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Stops:
    """Which of the answers under way are to stop, by the name that each was given."""

    _asked: dict[str, threading.Event] = field(default_factory=dict)

    def begin(self, name: str) -> threading.Event:
        """Note that an answer is under way; return what is set when it is to stop."""
        return self._asked.setdefault(name, threading.Event())

    def stop(self, name: str) -> None:
        """Have an answer stop, if it is still under way."""
        if (event := self._asked.get(name)) is not None:
            event.set()

    def end(self, name: str) -> None:
        """Forget an answer that is done."""
        self._asked.pop(name, None)


def answering(
    assistant: Assistant,
    asked: str,
    history: Sequence[str],
    language: Language,
    stop: threading.Event,
    only: Report | None = None,
) -> Iterator[Writing | Turn]:
    """Yield an answer while it is written, and last the turn that came of it.

    `history` are the questions before it; `only` is the one report that is asked, None for all.
    """
    regions = frozenset({only.place.code}) if only and only.place else frozenset()
    years = frozenset({only.given}) if only and only.given else frozenset()
    texts = page_texts(language)
    if len(asked) > MOST_CHARACTERS:
        told = texts.too_long.format(most=f"{MOST_CHARACTERS:,}", found=f"{len(asked):,}")
        yield Turn(Exchange(asked, problem=told))
        return
    try:
        check_question(asked)
        with assistant.at_one_state() as now:
            steps = now.stream(
                asked, history=history, regions=regions, years=years, stopped=stop.is_set
            )
            for step in steps:
                if isinstance(step, Answer):
                    exchange = exchange_in(now.searcher.catalogue, asked, step)
                    yield Turn(exchange, tuple(now.sources(step)))
                else:
                    yield step
    except OutOfTime:
        yield Turn(Exchange(asked, problem=texts.out_of_time))
    except (AssistantError, BaogaoIndexError) as error:
        yield Turn(Exchange(asked, problem=texts.failure.format(problem=error)))
    except Exception:  # noqa: BLE001 - the page is the last door: it logs the error and goes on
        _log.exception("a question was not answered")
        yield Turn(Exchange(asked, problem=texts.unexpected))
