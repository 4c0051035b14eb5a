"""The page and its doors over the sample reports, served once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.answer import Assistant, open_assistant
from assistant.settings import Settings
from tests.assistant.doors.serving import served


@pytest.fixture(scope="package")
def assistant(seeds_index: Path) -> Assistant:
    return open_assistant(Settings(data=seeds_index))


@pytest.fixture(scope="package")
def url(assistant: Assistant) -> Iterator[str]:
    with served(assistant) as address:
        yield address
