"""`baogao mcp` on standard input and output, asked by the protocol's own client."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import anyio
import pytest
from mcp import Client, StdioServerParameters

from assistant.answer import Assistant
from assistant.doors.mcp_server import mcp_server
from assistant.errors import ServerError

QUESTION = "what GDP growth did Jiaozuo target"
ROOT = Path(__file__).parents[3]
T = TypeVar("T")

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
"""What Gradio left unclosed in the tests before may be found in these."""


def run(asking: Callable[[], Awaitable[T]]) -> T:
    """Run what is asynchronous in a thread of its own: Playwright keeps a loop in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(anyio.run, asking).result()


def test_a_program_on_standard_input_is_asked(seeds_index: Path) -> None:
    started = StdioServerParameters(
        command=sys.executable,
        args=["-m", "assistant", "mcp", "--data", str(seeds_index)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )

    async def ask() -> None:
        async with Client(started) as client:
            tools = {tool.name: tool for tool in (await client.list_tools()).tools}
            assert set(tools) == {"ask", "query", "figures", "read", "check_claims"}
            assert set(tools["ask"].input_schema["required"]) == {"question"}
            assert "every statement cited" in (tools["ask"].description or "")
            found = await client.call_tool("ask", {"question": QUESTION})
            assert not found.is_error
            assert "growth of 7% [1]" in found.structured_content["answer"]

    run(ask)


def called(assistant: Assistant, tool: str, arguments: dict[str, Any]) -> tuple[Any, str]:
    """Return the record of a tool's call, None where it failed, and its text."""

    async def call() -> tuple[Any, str]:
        async with Client(mcp_server(assistant)) as client:
            found = await client.call_tool(tool, arguments)
        text = "".join(getattr(part, "text", "") for part in found.content)
        return None if found.is_error else found.structured_content, text

    return run(call)


def test_a_tool_gives_its_record_as_text_too(assistant: Assistant) -> None:
    record, text = called(assistant, "ask", {"question": "焦作2023年GDP增长目标", "years": [2023]})
    assert json.loads(text)["citations"] == record["citations"]


def test_a_query_counts_what_it_asked(assistant: Assistant) -> None:
    asked = {"asks": "speakers", "places": ["玉门市"], "years": [2023]}
    record, _ = called(assistant, "query", {"query": asked})
    assert record["query"]["coverage"]["asked"] == 1


def test_figures_are_read_where_they_stand(assistant: Assistant) -> None:
    found, _ = called(
        assistant, "figures", {"places": ["焦作市"], "indicators": ["GDP"], "kind": "target"}
    )
    (row,) = found["figures"]
    span = {name: row[name] for name in ("document", "start", "end")}
    read, _ = called(assistant, "read", {**span, "around": 0})
    assert (read["text"], read["before"], read["after"]) == (row["quote"], "", "")


def test_claims_are_checked(assistant: Assistant) -> None:
    text = "焦作市2023年地区生产总值增长目标为9%。"
    found, _ = called(assistant, "check_claims", {"text": text})
    assert [number["verdict"] for number in found["numbers"]] == ["contradicts"]


@pytest.mark.parametrize(
    ("tool", "arguments", "says"),
    [
        ("ask", {"question": "GDP", "places": ["火星市"]}, "'火星市'"),
        ("query", {"query": {"asks": "wonders"}}, "asks"),
        ("figures", {"limit": 0}, "limit from 1 to"),
        ("read", {"document": "nothing.txt"}, "'nothing.txt'"),
        ("read", {"document": "001_7692730640d39c1c.txt", "around": 99_999}, "in parts"),
        ("check_claims", {"text": "7" * 200_001}, "200,001"),
    ],
)
def test_what_cannot_be_asked_is_told_in_a_line(
    assistant: Assistant, tool: str, arguments: dict[str, Any], says: str
) -> None:
    record, text = called(assistant, tool, arguments)
    assert (record, says in text) == (None, True)


def test_without_its_library_the_extra_is_named(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "mcp.server.mcpserver", None)
    with pytest.raises(ServerError, match=r"baogao\[mcp\]"):
        mcp_server(assistant)
