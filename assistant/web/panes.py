"""Parts of the page that a script of ours fills by itself, asking this program for what it shows.

Knows nothing of what they show.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import gradio as gr

STATIC = Path(__file__).with_name("static")
"""The folder of scripts and style sheets."""


def pane(name: str, functions: Sequence[Callable[..., Any]] = ()) -> gr.HTML:
    """Add a part with the id `NAME-pane`, filled by `static/NAME.js`, to the page that is open.

    Args:
        name: of the part and its script.
        functions: what the script may call as `server.FUNCTION(object)`.
    """
    import gradio as gr

    script = (STATIC / f"{name}.js").read_text(encoding="utf-8")
    return gr.HTML(
        elem_id=f"{name}-pane",
        elem_classes="tab-pane",
        js_on_load=script,
        server_functions=list(functions) or None,
    )
