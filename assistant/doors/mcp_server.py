"""The calls as tools of the Model Context Protocol, for programs in which a model asks.

Knows the protocol's own library and the calls; the library comes with the extra `mcp`.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from assistant.doors.calls import Calls, told
from assistant.errors import ServerError
from assistant.prompts import prompt

if TYPE_CHECKING:
    from mcp.server.mcpserver import MCPServer

    from assistant.answer import Assistant


def serve(assistant: Assistant) -> None:
    """Serve the tools on standard input and output until the input ends.

    Raises:
        ServerError: the library of the protocol is not installed.
    """
    mcp_server(assistant).run()


def mcp_server(assistant: Assistant) -> MCPServer[Any]:
    """Return the server of the tools ask, query, figures, read and check_claims.

    Raises:
        ServerError: the library of the protocol is not installed.
    """
    try:
        from mcp.server.mcpserver import MCPServer
        from mcp.server.mcpserver.exceptions import ToolError
        from mcp.types import ToolAnnotations
    except ImportError as error:
        raise ServerError(
            "expected the package mcp, which speaks the protocol: pip install 'baogao[mcp]'"
        ) from error
    server: MCPServer[Any] = MCPServer(
        "baogao",
        title="Baogao 报告",
        instructions=prompt("tools", "en"),
        version=version("baogao"),
        log_level="WARNING",
    )
    calls = Calls(assistant)
    tools: dict[str, Callable[..., Any]] = {
        "ask": calls.ask,
        "query": calls.query,
        "figures": calls.figures,
        "read": calls.read,
        "check_claims": calls.check,
    }
    for name, call in tools.items():
        server.add_tool(
            told(call, ToolError),
            name=name,
            description=inspect.getdoc(call),
            annotations=ToolAnnotations(read_only_hint=True, open_world_hint=False),
        )
    return server
