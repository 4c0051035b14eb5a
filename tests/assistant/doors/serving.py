"""The page and its doors, served while a block lasts."""

from __future__ import annotations

import gc
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from assistant.answer import Assistant
from assistant.doors.routes import Known, door_routes
from assistant.web.app import create_app, start


@contextmanager
def served(
    assistant: Assistant, root_path: str | None = None, known: Known | None = None
) -> Iterator[str]:
    """Serve on a free port of loopback; give the address."""
    app = create_app(assistant)
    yield start(app, routes=door_routes(assistant, known), root_path=root_path, known=known)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Gradio leaves its loops unclosed, which is found here
        app.close()
        gc.collect()
