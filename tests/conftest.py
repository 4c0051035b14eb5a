"""What tests of both packages share: the sample corpus, indexed once a session."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.build import build

SEEDS = Path(__file__).parent.parent / "seeds"


@pytest.fixture(scope="session")
def seeds_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of an index of the five sample reports; not to be written to."""
    data = tmp_path_factory.mktemp("seeds-index")
    build([SEEDS / "reports"], data=data)
    return data
