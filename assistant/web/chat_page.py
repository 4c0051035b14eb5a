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

from assistant.types import Language, Writing
from assistant.web import chat_html
from assistant.web.answering import Stops, answering
from assistant.web.examples import NEXT, OFFERED, Examples
from assistant.web.history import History
from assistant.web.panes import pane
from assistant.web.sources.cards import sources_html, switch_html
from assistant.web.texts.loading import language_of, page_texts
from assistant.web.texts.records import TabName
from assistant.web.turns import Turn
from index.types import Report

if TYPE_CHECKING:
    import gradio as gr

    from assistant.answer import Assistant

_QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}


@dataclass(frozen=True, slots=True)
class Page:
    """The parts of the page that the conversation reads or changes."""

    language: gr.State
    turns: gr.State
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
        return [
            self.question, self.turns, self.chat, self.sources, self.writer, *self.following,
        ]  # fmt: skip

    @property
    def shown(self) -> list[Any]:
        """The parts that change when another conversation is shown."""
        return [self.question, self.chat, self.sources, *self.following]


def layout(assistant: Assistant) -> Page:
    """Lay out the head and the first tab, inside the page that is open."""
    import gradio as gr

    language, turns, writer = gr.State("en"), gr.State(()), gr.State("")
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
    return Page(
        language=language,
        turns=turns,
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

    def follow(self, turns: tuple[Turn, ...]) -> dict[Any, Any]:
        """Offer questions that go on from the last answer."""
        answer = turns[-1].answer if turns else None
        asked = [turn.question for turn in turns]
        following = self.examples.after(answer, asked) if answer else []
        return _offer(self.page.following, following)

    def respond(
        self, asked: str, earlier: tuple[Turn, ...], spoken: Language, only: str
    ) -> Iterator[dict[Any, Any]]:
        """Answer a question that follows earlier turns, showing the answer as it comes."""
        page, asked = self.page, asked.strip()
        if not asked:
            yield {page.question: ""}
            return
        name = uuid.uuid4().hex
        waiting = (*earlier, Turn(asked))
        yield {
            page.question: self._waiting(spoken),
            page.chat: chat_html.messages(waiting, spoken),
            page.writer: name,
            **_offer(page.following, []),
        }
        written = False
        try:
            stop, report = self.stops.begin(name), self._report(only)
            for step in answering(self.assistant, asked, earlier, spoken, stop, report):
                if isinstance(step, Writing):
                    written = True
                    yield {page.chat: chat_html.messages(waiting, spoken, writing=step)}
                    continue
                now = (*earlier, step)
                yield {page.turns: now, page.sources: sources_html(now, spoken)}
                text = step.answer.text if step.answer else ""
                for length in [len(text)] if written else chat_html.pieces(text):
                    yield {page.chat: chat_html.messages(now, spoken, upto=length)}
        finally:
            self.stops.end(name)

    def _report(self, report_id: str) -> Report | None:
        with suppress(KeyError):
            return self.assistant.searcher.catalogue.report(report_id)
        return None

    def limit(self, report_id: str, spoken: Language) -> dict[Any, Any]:
        """Ask one report alone, or all again where `report_id` is of none."""
        report = self._report(report_id)
        shown = chat_html.scope_html(report, spoken) if report else ""
        return {self.page.only: report_id if report else "", self.page.scope: shown}

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

    def show(self, again: tuple[Turn, ...], spoken: Language) -> dict[Any, Any]:
        """Show a conversation of before."""
        page = self.page
        return {
            page.question: self.ready(spoken),
            page.chat: chat_html.messages(again, spoken),
            page.sources: sources_html(again, spoken),
            **_offer(page.following, []),
        }

    def clear(self, spoken: Language) -> dict[Any, Any]:
        """Begin a new conversation."""
        page = self.page
        return {
            page.turns: (),
            page.question: self.ready(spoken),
            page.chat: [],
            page.sources: sources_html((), spoken),
            **_offer(page.following, []),
        }


def connect(app: gr.Blocks, page: Page, chat: Chat) -> None:
    """Have the page's events call what the chat does."""
    app.load(chat.arrive, page.tag, page.arriving, js="() => baogao.language", **_QUIET)
    app.load(chat.suggest, page.tag, page.offered, js="() => baogao.language", **_QUIET)
    given = [page.turns, page.language, page.only]
    asking: list[Any] = [
        page.question.submit(chat.respond, [page.question, *given], page.answering, **_QUIET),
        *(
            example.click(chat.respond, [example, *given], page.answering, **_QUIET)
            for example in (*page.offered, *page.following)
        ),
    ]
    for done in asking:
        done.then(chat.ready, page.language, page.question, **_QUIET)
        done.then(chat.follow, page.turns, page.following, **_QUIET)
    page.question.stop(chat.stops.stop, page.writer, None, **_QUIET)
    page.new_chat.click(chat.stops.stop, page.writer, None, **_QUIET)
    page.past.bridge.select(chat.stops.stop, page.writer, None, **_QUIET)
    page.new_chat.click(
        chat.clear, page.language, [page.turns, *page.shown], cancels=asking, **_QUIET
    )
    page.scope.select(_limiting(chat), page.language, [page.only, page.scope], **_QUIET)
    page.past.connect(page.turns, page.shown, chat.show, asking)


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
