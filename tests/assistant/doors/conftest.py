"""The page and its doors over the sample reports, served once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.answer import Assistant, open_assistant
from assistant.doors.routes import door_routes
from assistant.settings import Settings
from assistant.web.app import create_app, start


@pytest.fixture(scope="package")
def assistant(seeds_index: Path) -> Assistant:
    return open_assistant(Settings(data=seeds_index))


@pytest.fixture(scope="package")
def url(assistant: Assistant) -> Iterator[str]:
    app = create_app(assistant)
    yield start(app, routes=door_routes(assistant))
    app.close()
