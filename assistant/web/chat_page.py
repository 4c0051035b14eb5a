"""The conversation and its sources on the page: what stands where, what it does, what calls it.

What is shown is made by `chat_html`, the words stand in `texts`; nothing here knows how a question
is answered, nor how the page is served.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assistant.records.conversations import Conversation, Exchange
from assistant.types import Language, Writing
from assistant.web import chat_html
from assistant.web.answering import Stops, answering
from assistant.web.examples import NEXT, OFFERED, Examples
from assistant.web.history import History
from assistant.web.panes import pane
from assistant.web.reopening import turns_of
from assistant.web.sources.cards import sources_html, switch_html
from assistant.web.texts.loading import language_of, page_texts
from assistant.web.texts.records import TabName
from assistant.web.turns import Talk, Turn
from index.types import Report

if TYPE_CHECKING:
    import gradio as gr

    from assistant.answer import Assistant

_QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
_LATER = {**_QUIET, "concurrency_limit": 1, "concurrency_id": "later"}
"""One at a time: who asks goes before who has been answered."""


@dataclass(frozen=True, slots=True)
class Page:
    """The parts of the page that the conversation reads or changes."""

    language: gr.State
    talk: gr.State
    writer: gr.State
    tag: gr.Textbox
    masthead: gr.HTML
    tabs: gr.Tabs
    labels: dict[TabName, gr.Tab]
    past: History
    new_chat: gr.Button
    chat: gr.Chatbot
    offered: list[gr.Button]
    following: list[gr.Button]
    only: gr.State
    scope: gr.HTML
    question: gr.Textbox
    note: gr.HTML
    switch: gr.HTML
    sources: gr.HTML
    step: gr.HTML

    @property
    def arriving(self) -> list[Any]:
        """The parts that are filled when a reader opens the page."""
        return [
            self.language,
            self.masthead,
            *self.labels.values(),
            self.chat,
            self.question,
            self.note,
            self.new_chat,
            self.switch,
            self.sources,
            *self.past.parts,
        ]

    @property
    def answering(self) -> list[Any]:
        """The parts that change while a question is answered."""
        return [self.question, self.talk, self.step, self.writer, *self.following]

    @property
    def shown(self) -> list[Any]:
        """The parts that change when another conversation is shown."""
        return [self.question, self.step, *self.following]


def layout(assistant: Assistant) -> Page:
    """Lay out the head and the first tab, inside the page that is open."""
    import gradio as gr

    language, talk, writer = gr.State("en"), gr.State(Talk()), gr.State("")
    tag = gr.Textbox(visible=False)
    masthead = gr.HTML(elem_id="masthead")
    with (
        gr.Tabs() as tabs,
        gr.Tab("ask", id="ask", elem_id="ask-tab") as ask_tab,
        gr.Row(elem_id="desk"),
    ):
        with gr.Column(elem_id="conversation"):
            with gr.Row(elem_id="above"):
                past = History(assistant)
                new_chat = gr.Button(elem_id="new-chat", size="sm", variant="secondary")
            chat = gr.Chatbot(
                elem_id="chat",
                show_label=False,
                buttons=[],
                feedback_options=None,
                latex_delimiters=[],
                layout="panel",
                autoscroll=False,
                height="100%",
            )
            offered, following = _questions("offered", OFFERED), _questions("following", NEXT)
            only, scope = gr.State(""), pane("scope")
            question = gr.Textbox(elem_id="question", show_label=False, max_lines=6, autofocus=True)
            note = gr.HTML(elem_id="note")
        with gr.Column(elem_id="sources"):
            switch = gr.HTML(elem_id="switch")
            sources = gr.HTML(elem_id="cards")
    # What came of the turns since: `static/talk.js` puts it among what is shown.
    step = gr.HTML(elem_id="step", html_template="", visible="hidden")
    return Page(
        language=language,
        talk=talk,
        writer=writer,
        tag=tag,
        masthead=masthead,
        tabs=tabs,
        labels={"ask": ask_tab},
        past=past,
        new_chat=new_chat,
        chat=chat,
        offered=offered,
        following=following,
        only=only,
        scope=scope,
        question=question,
        note=note,
        switch=switch,
        sources=sources,
        step=step,
    )


@dataclass(frozen=True, slots=True)
class Chat:
    """What the page does: each method returns the parts that change, with what they become."""

    assistant: Assistant
    page: Page
    stops: Stops
    examples: Examples

    def arrive(self, browser: str) -> dict[Any, Any]:
        """Fill the page in the language that a browser names."""
        import gradio as gr

        page, spoken = self.page, language_of(browser or "")
        texts, reports = page_texts(spoken), self.assistant.reports()
        return {
            page.language: spoken,
            page.masthead: chat_html.masthead_html(reports, spoken),
            page.chat: gr.update(
                placeholder=chat_html.welcome_html(reports, spoken), label=texts.conversation
            ),
            page.question: gr.update(
                placeholder=texts.placeholder, label=texts.placeholder, submit_btn=texts.ask
            ),
            page.note: texts.note,
            page.new_chat: texts.new_chat,
            **{tab: gr.update(label=texts.tabs[name]) for name, tab in page.labels.items()},
            page.switch: switch_html(spoken),
            page.sources: sources_html((), spoken),
            **page.past.arrive(spoken),
        }

    def suggest(self, browser: str) -> dict[Any, Any]:
        """Offer questions to begin with."""
        return _offer(self.page.offered, self.examples.first(language_of(browser or "")))

    def follow(self, talk: Talk, only: str) -> dict[Any, Any]:
        """Offer questions that go on from the last answer, of the one report where one is asked."""
        following: Sequence[str] = ()
        if talk.last and (report := self._report(only)):
            following = self.examples.of(report, talk.last.language, talk.questions)
        elif talk.last:
            following = self.examples.after(talk.last, talk.questions)
        return _offer(self.page.following, following)

    def respond(
        self, asked: str, talk: Talk, spoken: Language, only: str
    ) -> Iterator[dict[Any, Any]]:
        """Answer a question that follows earlier turns, showing the answer as it comes."""
        page, asked, number = self.page, asked.strip(), talk.count + 1
        if not asked:
            yield {page.question: ""}
            return
        name, waiting = uuid.uuid4().hex, Turn(Exchange(asked))
        yield {
            page.question: self._waiting(spoken),
            page.step: _step(talk.count, chat_html.messages(waiting, number, spoken)),
            page.writer: name,
            **_offer(page.following, []),
        }
        written = False
        try:
            stop, report = self.stops.begin(name), self._report(only)
            for each in answering(self.assistant, asked, talk.questions, spoken, stop, report):
                if isinstance(each, Writing):
                    written = True
                    shown = chat_html.messages(waiting, number, spoken, writing=each)
                    yield {page.step: _step(talk.count, shown)}
                else:
                    yield from self._answered(each, talk, spoken, at_once=written)
        finally:
            self.stops.end(name)

    def _answered(
        self, turn: Turn, talk: Talk, spoken: Language, *, at_once: bool
    ) -> Iterator[dict[Any, Any]]:
        """Show what came of a question, piece by piece, and have the browser keep it."""
        page, number = self.page, talk.count + 1
        after = talk.after([turn])
        sources = sources_html([turn], spoken, number)
        text = turn.answer.text if turn.answer else ""
        for length in [len(text)] if at_once else chat_html.pieces(text):
            kept = _kept(after, [turn], talk.count) if length == len(text) else None
            shown = chat_html.messages(turn, number, spoken, upto=length)
            yield {page.talk: after, page.step: _step(talk.count, shown, sources, kept)}

    def _report(self, report_id: str) -> Report | None:
        with suppress(KeyError):
            return self.assistant.searcher.catalogue.report(report_id)
        return None

    def limit(self, report_id: str, spoken: Language) -> dict[Any, Any]:
        """Ask one report alone, or all again where `report_id` is of none."""
        report = self._report(report_id)
        shown = chat_html.scope_html(report, spoken) if report else ""
        examples = self.examples
        offered = examples.of(report, spoken) if report else examples.first(spoken)
        return {
            self.page.only: report_id if report else "",
            self.page.scope: shown,
            **_offer(self.page.offered, offered),
        }

    def _waiting(self, spoken: Language) -> str | dict[str, Any]:
        """Empty the question's box; where a model writes, its button stops it.

        Only a model takes long enough to be stopped. What comes quickly after may be merged with
        this on its way to the browser, so the button returns by `ready`.
        """
        import gradio as gr

        if not self.assistant.generator:
            return ""
        updated: dict[str, Any] = gr.update(
            value="", submit_btn=False, stop_btn=page_texts(spoken).stop
        )
        return updated

    def ready(self, spoken: Language) -> dict[str, Any]:
        """Give the question's box its button back."""
        import gradio as gr

        updated: dict[str, Any] = gr.update(submit_btn=page_texts(spoken).ask, stop_btn=False)
        return updated

    def show(self, conversation: Conversation, spoken: Language) -> dict[Any, Any]:
        """Show a conversation of before.

        Raises:
            BaogaoIndexError: The index cannot be read.
        """
        page, again = self.page, turns_of(conversation, self.assistant)
        shown = [
            message
            for number, turn in enumerate(again, start=1)
            for message in chat_html.messages(turn, number, spoken)
        ]
        return {
            page.talk: Talk(conversation.id, conversation.title).after(again),
            page.question: self.ready(spoken),
            page.step: _step(0, shown, sources_html(again, spoken)),
            **_offer(page.following, []),
        }

    def refuse(self) -> dict[Any, Any]:
        """Say that a conversation of before cannot be shown; what is shown stays."""
        return {self.page.step: _step(None, [], kept={"unreadable": uuid.uuid4().hex})}

    def clear(self, spoken: Language) -> dict[Any, Any]:
        """Begin a new conversation."""
        page = self.page
        return {
            page.talk: Talk(),
            page.question: self.ready(spoken),
            page.step: _step(0, [], sources_html((), spoken), {"turns": []}),
            **_offer(page.following, []),
        }


def _step(
    first: int | None,
    messages: Sequence[tuple[str, str]],
    sources: str = "",
    kept: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """Return what `static/talk.js` is told: what is shown from a turn on, and what is to be kept.

    Args:
        first: How many turns stay as they are shown; None where all do.
        messages: What comes after them.
        sources: The sections of their sources; empty where those that are shown stay.
        kept: What the browser is to keep of them, if they are to be kept.
    """
    return {"from": first, "messages": messages, "sources": sources, "kept": kept}


def _kept(talk: Talk, turns: Sequence[Turn], first: int) -> dict[str, Any]:
    """Return the turns of a conversation after the `first` ones, as the browser keeps them."""
    record = Conversation(talk.id, talk.title, tuple(turn.exchange for turn in turns)).record()
    return {**record, "from": first}


def connect(app: gr.Blocks, page: Page, chat: Chat) -> None:
    """Have the page's events call what the chat does."""
    app.load(chat.arrive, page.tag, page.arriving, js="() => baogao.language", **_QUIET)
    app.load(chat.suggest, page.tag, page.offered, js="() => baogao.language", **_QUIET)
    given = [page.talk, page.language, page.only]
    # What is sent while an answer is still being written is asked after it, not lost.
    asking: list[Any] = [
        page.question.submit(
            chat.respond,
            [page.question, *given],
            page.answering,
            trigger_mode="always_last",
            **_QUIET,
        ),
        *(
            example.click(chat.respond, [example, *given], page.answering, **_QUIET)
            for example in (*page.offered, *page.following)
        ),
    ]
    for done in asking:
        if chat.assistant.generator:
            done.then(chat.ready, page.language, page.question, **_QUIET)
        done.then(chat.follow, [page.talk, page.only], page.following, **_LATER)
    page.step.change(
        None, page.step, page.chat, js="step => [baogao.shown(step)]", trigger_mode="multiple"
    )
    page.question.stop(chat.stops.stop, page.writer, None, **_QUIET)
    page.new_chat.click(chat.stops.stop, page.writer, None, **_QUIET)
    page.past.bridge.select(chat.stops.stop, page.writer, None, **_QUIET)
    page.new_chat.click(
        chat.clear, page.language, [page.talk, *page.shown], cancels=asking, **_QUIET
    )
    limited = [page.only, page.scope, *page.offered]
    page.scope.select(_limiting(chat), page.language, limited, **_QUIET)
    page.past.connect([page.talk, *page.shown], chat.show, chat.refuse, asking)


def _limiting(chat: Chat) -> Any:  # noqa: ANN401 - a function whose signature Gradio reads
    import gradio as gr

    def limit(spoken: Language, event: gr.EventData) -> dict[Any, Any]:
        return chat.limit(str(event.report), spoken)

    # Gradio finds the event by its annotation, which is a string here and names a local import.
    limit.__annotations__["event"] = gr.EventData
    return limit


def _questions(name: str, count: int) -> list[gr.Button]:
    """Add a row of questions to be asked with a click, none of them shown yet."""
    import gradio as gr

    with gr.Row(elem_id=name):
        return [gr.Button(visible=False, elem_classes="example") for _ in range(count)]


def _offer(buttons: list[gr.Button], examples: Sequence[str]) -> dict[Any, Any]:
    """Return the updates that show `examples` on `buttons` and hide the buttons left over."""
    import gradio as gr

    shown = [gr.update(value=example, visible=True) for example in examples]
    hidden = [gr.update(visible=False)] * (len(buttons) - len(shown))
    return dict(zip(buttons, [*shown, *hidden], strict=True))
