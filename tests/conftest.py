"""What tests of both packages share: the sample corpus, indexed once a session."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as examples

from assistant.records import bundle
from assistant.types import Answer
from index.build import build
from tests.schemas import held
from tests.servers import ChromaServer, Server, chroma_run, postgresql

SEEDS = Path(__file__).parent.parent / "seeds"

examples.register_profile(
    "the same on every machine",
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
examples.load_profile("the same on every machine")


@pytest.fixture(scope="session")
def seeds_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of an index of the five sample reports; not to be written to."""
    data = tmp_path_factory.mktemp("seeds-index")
    build([SEEDS / "reports"], data=data)
    return data


@pytest.fixture(scope="session", autouse=True)
def _every_record_is_of_its_schema() -> Iterator[None]:
    """Hold every answer and bundle that any test makes to what is published of them."""
    with held("answer", Answer, "record"), held("bundle", bundle, "bundle_record"):
        yield


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[Server]:
    """A PostgreSQL server; the test is skipped where none is installed."""
    with postgresql() as server:
        yield server


@pytest.fixture(scope="session")
def chroma_server() -> Iterator[ChromaServer]:
    """A Chroma server; the test is skipped where its program is not installed."""
    with chroma_run() as server:
        yield server
