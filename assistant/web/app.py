"""The web chat: an assistant's answers in the browser, their sources beside them.

Starts and stops the server; what stands on the page is `chat_page` and the panes. Nothing that
the page loads comes from another machine.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, get_args

import typer

from assistant.doors.gradio_api import add_endpoints
from assistant.errors import ServerError
from assistant.limits import MOST_READERS, MOST_WAITING
from assistant.types import Language
from assistant.web.answering import Stops
from assistant.web.chat_page import Chat, connect, layout
from assistant.web.examples import Examples
from assistant.web.figures.figure_tab import FigureTab
from assistant.web.figures.promise_tab import PromiseTab
from assistant.web.panes import STATIC, pane
from assistant.web.reader.serving import reader_functions
from assistant.web.reports.report_tab import ReportTab
from assistant.web.serving.bodies import Bodies
from assistant.web.serving.guard import LOOPBACK, Guard
from assistant.web.serving.memory import hold_little
from assistant.web.serving.readers import Known
from assistant.web.texts.loading import client_texts
from assistant.web.texts.records import TabName
from assistant.web.trends.trend_tab import TrendTab

if TYPE_CHECKING:
    import gradio as gr
    from starlette.routing import Route

    from assistant.answer import Assistant

_SCRIPTS = ("shared.js", "fields.js", "sources.js", "chat.js", "talk.js")
_STYLES = ("chat.css", "history.css", "reader.css", "figures.css", "trends.css", "reports.css")
_NO_STATISTICS = {
    "GRADIO_ANALYTICS_ENABLED": "False",
    # Gradio sums up its last events after each one, for a page that is not served here.
    "GRADIO_ANALYTICS_MAX_EVENTS": "1",
    "GRADIO_ANALYTICS_CACHE_FREQUENCY": str(10**9),
}
_FONTS = [
    "-apple-system",
    "BlinkMacSystemFont",
    "Segoe UI",
    "PingFang SC",
    "Microsoft YaHei",
    "Noto Sans CJK SC",
    "sans-serif",
]


_TURN = 0.001
"""Seconds after which a thread lets another go on: each piece of an answer waits for several."""


def launch(
    assistant: Assistant,
    *,
    host: str = "127.0.0.1",
    port: int | None = None,
    open_browser: bool = True,
    names: Sequence[str] = (),
    known: Known | None = None,
    root_path: str | None = None,
) -> None:
    """Serve the web chat and the doors of other programs at `host` until it is interrupted.

    Without `port` the first free one from 7860 is taken; `names`, `known` and `root_path` as of
    `start`.

    Raises:
        ServerError: `port` is taken, or `host` is not an address of this machine.
    """
    from assistant.doors.routes import door_routes

    sys.setswitchinterval(_TURN)
    hold_little()
    app = create_app(assistant, may_change=host in LOOPBACK)
    url = start(
        app,
        host=host,
        port=port,
        names=names,
        known=known,
        routes=door_routes(assistant, known),
        root_path=root_path,
    )
    typer.echo(f"Baogao is at {url} (Ctrl+C stops it)")
    if open_browser:
        typer.launch(url)
    app.block_thread()


def start(
    app: gr.Blocks,
    *,
    host: str = "127.0.0.1",
    port: int | None = None,
    names: Sequence[str] = (),
    known: Known | None = None,
    routes: Sequence[Route] = (),
    root_path: str | None = None,
) -> str:
    """Serve `app` in the background and return its address; `app.close()` stops it.

    Args:
        app: What `create_app` made.
        host: The address to listen on.
        port: The port; None for the first free one from 7860.
        names: Other names under which the page may be asked for, such as that of a proxy.
        known: Says who may see the page; None for everyone who reaches it.
        routes: What is served beside the page.
        root_path: The path, or the whole address, under which a proxy serves the page.

    Raises:
        ServerError: `port` is taken, or `host` is not an address of this machine.
    """
    import gradio as gr
    from starlette.middleware import Middleware

    from assistant.web.serving.sessions import hold_few

    alone = host in LOOPBACK
    guarded = Middleware(Guard, hosts=(host, *names), names_only=alone, check=_bodies(app).check)
    os.environ |= _NO_STATISTICS
    _reach_directly(host)
    try:
        queue = app.queue(
            default_concurrency_limit=MOST_READERS, max_size=MOST_WAITING, api_open=False
        )
        _, url, _ = queue.launch(
            auth=known,
            app_kwargs={"middleware": [guarded], "routes": list(routes)},
            root_path=root_path,
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
            css_paths=[STATIC / name for name in _STYLES],
            head=_head(),
        )
    except OSError as error:
        wanted = f"{host}:{port}" if port else f"{host}, ports 7860 to 7959"
        raise ServerError(
            f"expected a free address to serve the page at, found {wanted} not to be had; "
            "choose another --port or --host"
        ) from error
    hold_few(app)
    return str(url)


def _bodies(app: gr.Blocks) -> Bodies:
    calls = {str(function.api_name) for function in app.fns.values() if function.api_name}
    return Bodies(frozenset(app.fns), frozenset(calls), frozenset(app.blocks))


def create_app(assistant: Assistant, *, may_change: bool = True) -> gr.Blocks:
    """Return the page over `assistant`, not yet served.

    `may_change` lets it take reports in and out: for readers at this machine only.
    """
    import gradio as gr

    app: gr.Blocks = gr.Blocks(
        title="Baogao 报告", analytics_enabled=False, fill_height=True, fill_width=True
    )
    with app:
        page = layout(assistant)
        with page.tabs:
            for name, functions in _tabs(assistant, may_change=may_change).items():
                with gr.Tab(name, id=name, elem_id=f"{name}-tab") as tab:
                    pane(name, functions)
                page.labels[name] = tab
        pane("reader", reader_functions(assistant))
        connect(app, page, Chat(assistant, page, Stops(), Examples(assistant)))
        add_endpoints(assistant)
    return app


def _tabs(assistant: Assistant, *, may_change: bool) -> dict[TabName, list[Callable[..., Any]]]:
    """Return the tabs beside the conversation, in their order, and what each script may call."""
    return {
        "figures": FigureTab(assistant).functions,
        "promises": PromiseTab(assistant).functions,
        "trends": TrendTab(assistant).functions,
        "reports": ReportTab(assistant, may_change=may_change).functions,
    }


def _head() -> str:
    """Return the scripts that the page begins with, and what they say in every language."""
    said = {language: asdict(client_texts(language)) for language in get_args(Language)}
    texts = json.dumps(said, ensure_ascii=False).replace("<", "\\u003c")
    scripts = [(STATIC / name).read_text(encoding="utf-8") for name in _SCRIPTS]
    return "".join(f"<script>{each}</script>" for each in (f"const SAID = {texts};", *scripts))


def _reach_directly(host: str) -> None:
    """Keep Gradio's own check of its server from going through a proxy of the user's."""
    for variable in ("NO_PROXY", "no_proxy"):
        known = os.environ.get(variable, "")
        os.environ[variable] = ",".join(filter(None, [known, host, "127.0.0.1", "localhost"]))
