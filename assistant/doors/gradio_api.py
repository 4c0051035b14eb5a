"""The calls as endpoints of Gradio's own API, typed and described for its clients and its OpenAPI.

Knows Gradio and the calls, not the page that they stand beside.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from assistant.doors.calls import Calls, told
from assistant.limits import MOST_CALLS

if TYPE_CHECKING:
    from assistant.answer import Assistant


def add_endpoints(assistant: Assistant) -> None:
    """Add /ask, /query, /search, /figures, /reports, /read and /check to the app that is open."""
    import gradio as gr
    from gradio.events import api

    calls, failure = Calls(assistant), partial(gr.Error, print_exception=False)
    for call in (
        calls.ask,
        calls.query,
        calls.search,
        calls.figures,
        calls.reports,
        calls.read,
        calls.check,
    ):
        api(
            told(call, failure),
            api_name=call.__name__,
            concurrency_limit=MOST_CALLS,
            concurrency_id="calls",
        )
