from __future__ import annotations

import pytest

from index.embedding.embedder import Embedder, open_embedder


@pytest.fixture(scope="session")
def bundled() -> Embedder:
    return open_embedder()
