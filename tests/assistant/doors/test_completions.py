"""Chat completions, asked for by OpenAI's own client."""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import httpx
import openai
import pytest
from openai import OpenAI

QUESTION = "what GDP growth did Jiaozuo target"

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
"""Gradio's own server raises both."""


@pytest.fixture(scope="module")
def client(url: str) -> Iterator[OpenAI]:
    with OpenAI(base_url=f"{url}v1", api_key="none", max_retries=0) as client:
        yield client


def test_the_one_model_is_listed_and_described(client: OpenAI) -> None:
    assert [model.id for model in client.models.list()] == ["baogao"]
    assert client.models.retrieve("baogao").owned_by == "baogao"


def test_an_answer_has_its_sources_as_lines_and_as_annotations(client: OpenAI) -> None:
    made = client.chat.completions.create(
        model="baogao", messages=[{"role": "user", "content": QUESTION}], temperature=0
    )
    message = made.choices[0].message
    assert message.content is not None
    assert "growth of 7% [1]" in message.content
    assert "\n[1] 焦作市 2023 001_7692730640d39c1c.txt:2266-2289: " in message.content
    assert message.annotations is not None
    first = message.annotations[0].url_citation
    assert message.content[first.start_index : first.end_index] == "[1]"
    assert made.model_extra is not None
    assert made.model_extra["baogao"]["figures"][0]["value"] == "7"


def test_the_address_of_an_annotation_shows_the_cited_text(client: OpenAI) -> None:
    made = client.chat.completions.create(
        model="baogao", messages=[{"role": "user", "content": QUESTION}]
    )
    first = (made.choices[0].message.annotations or [])[0]
    page = httpx.get(first.url_citation.url, timeout=120)
    span = parse_qs(urlsplit(first.url_citation.url).query)
    assert page.headers["content-type"] == "text/plain; charset=utf-8"
    assert f":{span['start'][0]}-{span['end'][0]}\n" in page.text
    assert "地區生產(chǎn)總值增長(cháng)7%" in page.text


def test_what_was_asked_before_is_followed_up_on(client: OpenAI) -> None:
    made = client.chat.completions.create(
        model="baogao",
        messages=[
            {"role": "system", "content": "Answer like a pirate."},
            {"role": "user", "content": "焦作2023年GDP增长目标?"},
            {"role": "assistant", "content": "7%"},
            {"role": "user", "content": [{"type": "text", "text": "玉门呢?"}]},
        ],
    )
    assert "8%" in (made.choices[0].message.content or "")


def test_an_answer_comes_in_pieces_that_make_the_whole(client: OpenAI) -> None:
    whole = client.chat.completions.create(
        model="baogao", messages=[{"role": "user", "content": QUESTION}]
    )
    stream = client.chat.completions.create(
        model="baogao", messages=[{"role": "user", "content": QUESTION}], stream=True
    )
    pieces = [chunk.choices[0] for chunk in stream]
    text = "".join(piece.delta.content or "" for piece in pieces)
    assert text == whole.choices[0].message.content
    assert pieces[0].delta.role == "assistant"
    assert pieces[-1].finish_reason == "stop"
    assert (pieces[-1].delta.model_extra or {})["annotations"]


@pytest.mark.parametrize(
    ("changed", "status", "says"),
    [
        ({"messages": []}, 400, "messages: "),
        ({"messages": "hello"}, 400, "messages: "),
        ({"messages": [{"role": "assistant", "content": "7%"}]}, 400, "the user's question"),
        ({"n": 2}, 400, "n: "),
        ({"model": "gpt-9"}, 404, "'gpt-9'"),
    ],
)
def test_a_request_that_cannot_be_answered_is_told_in_a_line(
    url: str, changed: dict[str, object], status: int, says: str
) -> None:
    asked = {"model": "baogao", "messages": [{"role": "user", "content": QUESTION}], **changed}
    found = httpx.post(f"{url}v1/chat/completions", json=asked, timeout=120)
    message = found.json()["error"]["message"]
    assert (found.status_code, says in message, "\n" in message) == (status, True, False)


def test_a_body_that_is_no_json_is_refused(url: str) -> None:
    found = httpx.post(
        f"{url}v1/chat/completions",
        content=b"\xff{",
        headers={"Content-Type": "application/json"},
        timeout=120,
    )
    assert found.status_code == 400
    assert json.loads(found.text)["error"]["type"] == "invalid_request_error"


def test_a_model_that_there_is_not_is_an_error_of_the_client(client: OpenAI) -> None:
    with pytest.raises(openai.NotFoundError):
        client.models.retrieve("gpt-9")
