"""What stands around the chat: the conversations of this browser, saving them, votes, citations.

With `web` and `web_figures` the only module that imports Gradio. Conversations are kept by
`static/history.js` in the browser's own store and never on this machine; they come back as anyone
may have written them. Nothing here knows how a question is answered.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from assistant.errors import AssistantError
from assistant.limits import MOST_TURNS, VOTES_A_MINUTE, Rate
from assistant.records.bundle import bundle_text, now
from assistant.records.citation_formats import FORMS, formatted
from assistant.records.conversations import (
    Conversation,
    Document,
    Exchange,
    conversation_of,
    exchange_of,
    identifier_field,
)
from assistant.records.feedback import check_cited, feedback_on, write_feedback
from assistant.records.json_lines import texts_field
from assistant.types import Language
from assistant.web.markdown import markdown, plain_text
from assistant.web.panes import refusing
from assistant.web.texts.loading import chat_texts
from index.errors import BaogaoIndexError

if TYPE_CHECKING:
    import gradio as gr

    from assistant.answer import Assistant

_STATIC = Path(__file__).with_name("static")

_QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}

_log = logging.getLogger(__name__)


def bar_html(language: Language) -> str:
    """Return the bar above the chat: the conversations' menu, the open one's name, saving."""
    texts = chat_texts(language)
    return (
        '<div class="bar">'
        '<button type="button" id="conversations-button" popovertarget="conversations">'
        f"{texts.conversations}</button>"
        '<span id="open-title"></span>'
        '<button type="button" id="saving-button" popovertarget="saving" disabled>'
        f"{texts.save_as}</button></div>"
        f'<div id="conversations" class="menu" popover aria-label="{texts.conversations}">'
        f'<input type="search" aria-label="{texts.search_kept}" '
        f'placeholder="{texts.search_kept}"><ul></ul>'
        f'<p class="kept-here">{texts.kept_here}</p></div>'
        f'<div id="saving" class="menu" popover aria-label="{texts.save_as}">'
        f'<button type="button" data-save="markdown">{texts.save_markdown}</button>'
        f'<button type="button" data-save="evidence">{texts.save_evidence}</button></div>'
        '<p id="chat-status" role="status"></p>'
    )


@dataclass(slots=True)
class History:
    """The parts of the page that keep conversations; made inside the page's column of the chat."""

    assistant: Assistant
    bar: gr.HTML = field(init=False)
    bridge: gr.HTML = field(init=False)

    def __post_init__(self) -> None:
        import gradio as gr

        self.bar = gr.HTML(elem_id="history")
        self.bridge = gr.HTML(
            elem_id="history-bridge",
            visible="hidden",
            js_on_load=(_STATIC / "history.js").read_text(encoding="utf-8"),
            server_functions=[refusing(each) for each in _served(self.assistant)],
            texts="",
        )

    @property
    def parts(self) -> list[gr.HTML]:
        """What `arrive` fills."""
        return [self.bar, self.bridge]

    def arrive(self, spoken: Language) -> dict[Any, Any]:
        """Return the updates that make the parts speak a language."""
        import gradio as gr

        texts = {**asdict(chat_texts(spoken)), "language": spoken, "most_turns": MOST_TURNS}
        return {self.bar: bar_html(spoken), self.bridge: gr.update(texts=json.dumps(texts))}

    def connect(
        self,
        shown: Sequence[Any],
        show: Callable[[Conversation, Language], dict[Any, Any]],
        refuse: Callable[[], dict[Any, Any]],
        asking: Sequence[Any],
    ) -> None:
        """Show a conversation that the reader opens.

        Args:
            shown: the parts that `show` and `refuse` update.
            show: gives the updates for a conversation that was opened.
            refuse: gives those for one that cannot be read.
            asking: the events that answer a question, to be ended by opening another conversation.
        """
        import gradio as gr

        def reopen(event: gr.EventData) -> dict[Any, Any]:
            try:
                return show(conversation_of(event.conversation), _language(event.language))
            except (AssistantError, BaogaoIndexError) as error:
                _log.warning("%s", error)
            except Exception:  # noqa: BLE001 - what a browser kept may be anything
                _log.exception("a conversation was not opened")
            return refuse()

        # Gradio finds the event by its annotation, which is a string here and names a local import.
        reopen.__annotations__["event"] = gr.EventData
        self.bridge.select(reopen, None, list(shown), cancels=list(asking), **_QUIET)


# What the browser asks for


def _served(assistant: Assistant) -> list[Callable[..., Any]]:
    """Return the functions that `static/history.js` calls by their names, each with one object.

    None or False means a failure, which the log explains.
    """
    votes = Rate(VOTES_A_MINUTE, 60.0)

    def save(asked: dict[str, Any]) -> str | None:
        try:
            conversation = conversation_of(asked["conversation"])
        except (AssistantError, KeyError) as error:
            _log.warning("a conversation was not saved: %s", error)
            return None
        title, exchanges = conversation.title, conversation.exchanges
        if asked.get("form") == "markdown":
            return markdown(title, exchanges, now(), _language(asked.get("language")))
        return bundle_text(exchanges, now())

    def cite(asked: dict[str, Any]) -> dict[str, str] | None:
        try:
            exchange = exchange_of(asked["turn"])
        except (AssistantError, KeyError) as error:
            _log.warning("a citation was not written: %s", error)
            return None
        documents = {document.document: document for document in exchange.documents}
        spoken = _language(asked.get("language"))
        return {
            form: formatted(
                citation,
                documents.get(citation.document) or Document(citation.document),
                form,
                spoken,
            )
            for citation in (exchange.answer.citations if exchange.answer else ())
            if citation.n == asked.get("n")
            for form in FORMS
        }

    def copied(asked: dict[str, Any]) -> str | None:
        try:
            exchange = exchange_of(asked["turn"])
        except (AssistantError, KeyError) as error:
            _log.warning("an answer was not copied: %s", error)
            return None
        return plain_text(exchange, _language(asked.get("language")))

    def vote(asked: dict[str, Any]) -> bool:
        try:
            exchanges = [
                *(Exchange(question) for question in texts_field(asked, "history")),
                exchange_of(asked["turn"]),
            ]
            feedback = feedback_on(
                exchanges,
                len(exchanges),
                str(asked["vote"]),
                str(asked["reason"]),
                identifier_field(asked, "conversation"),
            )
            check_cited(feedback, assistant.searcher.catalogue)
            votes.take()
            write_feedback(feedback, assistant.searcher.catalogue.data)
        except (AssistantError, BaogaoIndexError, OSError, KeyError, ValueError) as error:
            _log.warning("a vote was not noted: %s", error)
            return False
        return True

    return [save, cite, copied, vote]


def _language(found: object) -> Language:
    return next((language for language in get_args(Language) if language == found), "en")
