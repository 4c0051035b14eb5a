"""The page and the doors behind a proxy that serves them under a path of its own."""

from __future__ import annotations

import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import httpx
import pytest
import uvicorn
from gradio_client import Client
from openai import OpenAI
from playwright.sync_api import expect
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from assistant.answer import Assistant
from tests.assistant.doors.serving import served
from tests.windows import Tabs

QUESTION = "what GDP growth did Jiaozuo target"

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
"""Gradio's own server raises both."""


def _proxy(inner: list[str]) -> Starlette:
    """Pass on what comes under /reports, without that path, to the address in `inner`."""

    @asynccontextmanager
    async def with_client(_: Starlette) -> AsyncIterator[dict[str, httpx.AsyncClient]]:
        async with httpx.AsyncClient(timeout=120, trust_env=False) as client:
            yield {"client": client}

    async def forward(request: Request) -> Response:
        client: httpx.AsyncClient = request.state.client
        url = httpx.URL(inner[0]).copy_with(
            path=f"/{request.path_params['path']}", query=request.url.query.encode() or None
        )
        sent = client.build_request(
            request.method, url, headers=request.headers.raw, content=await request.body()
        )
        got = await client.send(sent, stream=True)
        headers = {
            name: value
            for name, value in got.headers.items()
            if name not in ("content-length", "transfer-encoding", "connection")
        }
        return StreamingResponse(got.aiter_raw(), got.status_code, headers)

    return Starlette(
        routes=[Route("/reports/{path:path}", forward, methods=["GET", "POST"])],
        lifespan=with_client,
    )


@contextmanager
def _running(app: Starlette) -> Iterator[str]:
    config = uvicorn.Config(
        app, host="127.0.0.1", port=0, log_level="critical", timeout_graceful_shutdown=1
    )
    running = uvicorn.Server(config)
    thread = threading.Thread(target=running.run, daemon=True)
    thread.start()
    while not running.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{running.servers[0].sockets[0].getsockname()[1]}"
    running.should_exit = True
    thread.join(timeout=5)


@pytest.fixture(scope="module")
def proxied(assistant: Assistant) -> Iterator[str]:
    inner: list[str] = []
    with _running(_proxy(inner)) as outer, served(assistant, root_path="/reports") as address:
        inner.append(address)
        yield f"{outer}/reports/"


def test_the_page_answers_in_a_browser(tabs: Tabs, proxied: str) -> None:
    page = tabs.open(proxied)
    expect(page.locator("#masthead h1")).to_be_visible()
    page.fill("#question textarea", QUESTION)
    page.press("#question textarea", "Enter")
    expect(page.locator("#chat .bot-row").last).to_contain_text("7%")


def test_the_calls_answer(proxied: str) -> None:
    client = Client(proxied, verbose=False)
    assert "7%" in client.predict(QUESTION, api_name="/ask")["answer"]
    client.close()


def test_completions_link_to_sources_under_the_path(proxied: str) -> None:
    with OpenAI(base_url=f"{proxied}v1", api_key="none") as client:
        made = client.chat.completions.create(
            model="baogao", messages=[{"role": "user", "content": QUESTION}]
        )
    first = (made.choices[0].message.annotations or [])[0]
    assert first.url_citation.url.startswith(f"{proxied}v1/sources/")
    assert "焦作市" in httpx.get(first.url_citation.url, timeout=120).text


def test_the_health_is_told(proxied: str) -> None:
    assert httpx.get(f"{proxied}health", timeout=120).json() == {"status": "ok"}
