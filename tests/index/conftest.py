"""What several tests of the index share: the seeds, indexed once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.search.searcher import Searcher, open_searcher
from index.storage.catalogue import Catalogue

REPORTS = Path(__file__).parent.parent.parent / "seeds" / "reports"


@pytest.fixture(scope="session")
def seeds() -> list[Path]:
    """The files of the five sample reports."""
    return sorted(REPORTS.iterdir())


@pytest.fixture(scope="session")
def seed_data(seeds_index: Path) -> Path:
    """A data folder with the sample reports indexed; only to be read."""
    return seeds_index


@pytest.fixture
def seed_catalogue(seed_data: Path) -> Iterator[Catalogue]:
    """The catalogue of the sample reports; only to be read."""
    with Catalogue.open(seed_data) as catalogue:
        yield catalogue


@pytest.fixture
def seed_searcher(seed_data: Path) -> Iterator[Searcher]:
    """A searcher over the sample reports."""
    searcher = open_searcher(seed_data)
    yield searcher
    searcher.close()
