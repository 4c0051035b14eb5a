"""A scripted chat model, connected as a user would: by environment variables alone."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.answer import Assistant, open_assistant
from assistant.settings import Settings
from tests.assistant.model.server import ScriptedServer, scripted_server


@pytest.fixture(scope="package")
def server() -> Iterator[ScriptedServer]:
    """A scripted OpenAI-compatible server; give it a script with `plays` or `answers`."""
    with scripted_server() as running, pytest.MonkeyPatch.context() as patch:
        patch.setenv("OPENAI_API_BASE", running.url)
        patch.setenv("OPENAI_API_KEY", "none")
        patch.setenv("NO_PROXY", "127.0.0.1,localhost")
        yield running


@pytest.fixture(scope="package")
def with_model(seeds_index: Path, server: ScriptedServer) -> Assistant:
    """An assistant over the sample reports with the scripted model."""
    assert server.url
    environment = {
        **os.environ,
        "BAOGAO_DATA": str(seeds_index),
        "BAOGAO_MODEL": "openai:scripted",
        "BAOGAO_MODEL_TIMEOUT": "120",
    }
    return open_assistant(Settings.read(environment))


@pytest.fixture(scope="package")
def well_read(with_model: Assistant) -> Assistant:
    """The same with room for whole reports, so that no test of words depends on a search."""
    assert with_model.generator is not None
    return replace(
        with_model, generator=replace(with_model.generator, passages=80, characters=40_000)
    )


@pytest.fixture(scope="package")
def without_model(seeds_index: Path) -> Assistant:
    """An assistant over the sample reports alone."""
    return open_assistant(Settings(data=seeds_index))
