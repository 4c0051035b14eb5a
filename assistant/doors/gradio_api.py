"""The calls as endpoints of Gradio's own API, typed and described for its clients and its OpenAPI.

Knows Gradio and the calls, not the page that they stand beside.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

from assistant.doors.calls import Calls
from assistant.errors import AssistantError
from index.errors import BaogaoIndexError

if TYPE_CHECKING:
    from assistant.answer import Assistant


def add_endpoints(assistant: Assistant) -> None:
    """Add /ask, /query, /search, /figures, /reports, /read and /check to the app that is open."""
    import gradio as gr

    calls = Calls(assistant)
    for call in (
        calls.ask,
        calls.query,
        calls.search,
        calls.figures,
        calls.reports,
        calls.read,
        calls.check,
    ):
        gr.api(_told(call), api_name=call.__name__)


def _told(call: Callable[..., Any]) -> Callable[..., Any]:
    """Return a call whose expected errors reach a client as their lines, and its types as types."""
    import gradio as gr

    @wraps(call)
    def told(*values: Any, **named: Any) -> Any:  # noqa: ANN401 - whatever the call takes
        try:
            return call(*values, **named)
        except (AssistantError, BaogaoIndexError) as error:
            raise gr.Error(str(error), print_exception=False) from error

    told.__signature__ = inspect.signature(call, eval_str=True)  # type: ignore[attr-defined]
    return told
