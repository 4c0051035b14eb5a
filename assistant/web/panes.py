"""Parts of the page that a script of ours fills by itself, asking this program for what it shows.

Knows nothing of what they show.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import gradio as gr

STATIC = Path(__file__).with_name("static")
"""The folder of scripts and style sheets."""

_log = logging.getLogger(__name__)


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
        server_functions=[refusing(each) for each in functions] or None,
    )


def refusing(function: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Return a function for a script of ours that refuses what no script of ours asks.

    What it is asked may come from anyone: where its fields are missing or of another kind, that is
    the asker's error. The log has the whole of it.
    """
    from starlette.exceptions import HTTPException

    @wraps(function)
    def answered(asked: Any) -> Any:  # noqa: ANN401 - whatever is sent, whatever is shown
        try:
            return function(asked)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            _log.exception("%s was asked what it does not know", function.__name__)
            raise HTTPException(400, "expected what the page's own script sends") from error

    return answered
