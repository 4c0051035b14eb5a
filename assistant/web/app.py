"""The web chat: an assistant's answers in the browser, their sources beside them.

With `web_figures` and `web_history` the only module that imports Gradio. What is shown stands in
`page`, the words in `texts`; nothing here knows how a question is answered. Nothing that the page
loads comes from another machine.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from assistant.errors import ServerError
from assistant.types import Language, Writing
from assistant.web import chat_html, figures_tabs, history
from assistant.web.answering import Stops, answering
from assistant.web.figures_tabs import figure_tabs
from assistant.web.history import History
from assistant.web.texts.page import TEXTS, language_of

if TYPE_CHECKING:
    import gradio as gr

    from assistant.answer import Assistant

_STATIC = Path(__file__).with_name("static")
_READERS = 4  # questions answered at once; more wait in line
_FONTS = [
    "-apple-system",
    "BlinkMacSystemFont",
    "Segoe UI",
    "PingFang SC",
    "Microsoft YaHei",
    "Noto Sans CJK SC",
    "sans-serif",
]


def launch(
    assistant: Assistant,
    *,
    host: str = "127.0.0.1",
    port: int | None = None,
    open_browser: bool = True,
) -> None:
    """Serve the web chat at `host` until it is interrupted.

    Without `port` the first free one from 7860 is taken.

    Raises:
        ServerError: `port` is taken, or `host` is not an address of this machine.
    """
    app = create_app(assistant)
    url = start(app, host=host, port=port)
    typer.echo(f"Baogao is at {url} (Ctrl+C stops it)")
    if open_browser:
        typer.launch(url)
    app.block_thread()


def start(app: gr.Blocks, *, host: str = "127.0.0.1", port: int | None = None) -> str:
    """Serve `app` in the background and return its address; `app.close()` stops it.

    Raises:
        ServerError: `port` is taken, or `host` is not an address of this machine.
    """
    import gradio as gr

    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    _reach_directly(host)
    try:
        _, url, _ = app.queue(default_concurrency_limit=_READERS, api_open=False).launch(
            server_name=host,
            server_port=port,
            prevent_thread_lock=True,
            quiet=True,
            share=False,
            ssr_mode=False,
            footer_links=[],
            run_history=False,
            enable_monitoring=False,
            mcp_server=False,
            theme=gr.themes.Base(font=_FONTS, font_mono=["ui-monospace", "monospace"]),
            css_paths=[_STATIC / "chat.css", figures_tabs.STYLES, history.STYLES],
            head=f"<script>{(_STATIC / 'chat.js').read_text(encoding='utf-8')}</script>",
        )
    except OSError as error:
        wanted = f"{host}:{port}" if port else f"{host}, ports 7860 to 7959"
        raise ServerError(
            f"expected a free address to serve the page at, found {wanted} not to be had; "
            "choose another --port or --host"
        ) from error
    return str(url)


def create_app(assistant: Assistant) -> gr.Blocks:
    """Return the page over `assistant`, not yet served."""
    import gradio as gr

    stops = Stops()
    app: gr.Blocks = gr.Blocks(
        title="Baogao 报告", analytics_enabled=False, fill_height=True, fill_width=True
    )
    with app:
        language = gr.State("en")
        turns = gr.State(())
        writer = gr.State("")
        tag = gr.Textbox(visible=False)
        masthead = gr.HTML(elem_id="masthead")
        with (
            gr.Tabs() as tabs,
            gr.Tab(TEXTS["en"].ask_tab, id="ask") as ask_tab,
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
                    height="100%",
                )
                with gr.Row(elem_id="offered"):
                    offered = [gr.Button(visible=False, elem_classes="example") for _ in range(4)]
                question = gr.Textbox(
                    elem_id="question", show_label=False, max_lines=6, autofocus=True
                )
                note = gr.HTML(elem_id="note")
            with gr.Column(elem_id="sources"):
                switch = gr.HTML(elem_id="switch")
                sources = gr.HTML(elem_id="cards")
        with tabs:
            figure_tabs(assistant, app, language=language, tag=tag)

        def arrive(browser: str) -> dict[Any, Any]:
            spoken = language_of(browser or "")
            texts, reports = TEXTS[spoken], assistant.reports()
            return {
                language: spoken,
                masthead: chat_html.masthead_html(reports, spoken),
                chat: gr.update(
                    placeholder=chat_html.welcome_html(reports, spoken), label=texts.conversation
                ),
                question: gr.update(
                    placeholder=texts.placeholder, label=texts.placeholder, submit_btn=texts.ask
                ),
                note: texts.note,
                new_chat: texts.new_chat,
                ask_tab: gr.update(label=texts.ask_tab),
                switch: chat_html.switch_html(spoken),
                sources: chat_html.sources_html((), spoken),
                **past.arrive(spoken),
                **_offer(offered, chat_html.examples(reports, spoken)),
            }

        def respond(
            asked: str, earlier: tuple[chat_html.Turn, ...], spoken: Language
        ) -> Iterator[dict[Any, Any]]:
            asked = asked.strip()
            if not asked:
                yield {question: ""}
                return
            texts, name = TEXTS[spoken], uuid.uuid4().hex
            waiting = (*earlier, chat_html.Turn(asked))
            yield {
                # Only a model takes long enough to be stopped. What comes quickly after may be
                # merged with this on its way to the browser, so the button returns by `ready`.
                question: gr.update(value="", submit_btn=False, stop_btn=texts.stop)
                if assistant.generator
                else "",
                chat: chat_html.messages(waiting, spoken),
                writer: name,
                **_offer(offered, []),
            }
            written = False
            try:
                for step in answering(assistant, asked, earlier, spoken, stops.begin(name)):
                    if isinstance(step, Writing):
                        written = True
                        yield {chat: chat_html.messages(waiting, spoken, writing=step)}
                        continue
                    now = (*earlier, step)
                    yield {turns: now, sources: chat_html.sources_html(now, spoken)}
                    text = step.answer.text if step.answer else ""
                    for length in [len(text)] if written else chat_html.pieces(text):
                        yield {chat: chat_html.messages(now, spoken, upto=length)}
            finally:
                stops.end(name)

        def ready(spoken: Language) -> dict[str, Any]:
            updated: dict[str, Any] = gr.update(submit_btn=TEXTS[spoken].ask, stop_btn=False)
            return updated

        def show(again: tuple[chat_html.Turn, ...], spoken: Language) -> dict[Any, Any]:
            return {
                question: ready(spoken),
                chat: chat_html.messages(again, spoken),
                sources: chat_html.sources_html(again, spoken),
                **_offer(offered, []),
            }

        def clear(spoken: Language) -> dict[Any, Any]:
            return {
                turns: (),
                question: ready(spoken),
                chat: [],
                sources: chat_html.sources_html((), spoken),
                **_offer(offered, chat_html.examples(assistant.reports(), spoken)),
            }

        quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
        app.load(
            arrive,
            tag,
            [
                language,
                masthead,
                ask_tab,
                chat,
                question,
                note,
                new_chat,
                switch,
                sources,
                *past.parts,
                *offered,
            ],
            js="() => navigator.language",
            **quiet,
        )
        changed = [question, turns, chat, sources, writer, *offered]
        asking: list[Any] = [
            question.submit(respond, [question, turns, language], changed, **quiet),
            *(
                example.click(respond, [example, turns, language], changed, **quiet)
                for example in offered
            ),
        ]
        for done in asking:
            done.then(ready, language, question, **quiet)
        question.stop(stops.stop, writer, None, **quiet)
        new_chat.click(stops.stop, writer, None, **quiet)
        past.bridge.select(stops.stop, writer, None, **quiet)
        shown = [question, chat, sources, *offered]
        new_chat.click(clear, language, [turns, *shown], cancels=asking, **quiet)
        past.connect(turns, shown, show, asking)
    return app


def _offer(buttons: list[gr.Button], examples: list[str]) -> dict[Any, Any]:
    """Return the updates that show `examples` on `buttons` and hide the buttons left over."""
    import gradio as gr

    shown = [gr.update(value=example, visible=True) for example in examples]
    hidden = [gr.update(visible=False)] * (len(buttons) - len(shown))
    return dict(zip(buttons, [*shown, *hidden], strict=True))


def _reach_directly(host: str) -> None:
    """Keep Gradio's own check of its server from going through a proxy of the user's."""
    for variable in ("NO_PROXY", "no_proxy"):
        known = os.environ.get(variable, "")
        os.environ[variable] = ",".join(filter(None, [known, host, "127.0.0.1", "localhost"]))
