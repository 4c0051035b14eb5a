"""An index of three made yearly reports of one place, written once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.build import build
from index.storage.catalogue import Catalogue
from tests.assistant.made_reports import write_reports


@pytest.fixture(scope="package")
def made_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of an index of the made reports; not to be written to."""
    folder = tmp_path_factory.mktemp("panel")
    write_reports(folder / "reports")
    build([folder / "reports"], data=folder / "data")
    return folder / "data"


@pytest.fixture
def catalogue(made_index: Path) -> Iterator[Catalogue]:
    """Their catalogue, open."""
    with Catalogue.open(made_index) as opened:
        yield opened
