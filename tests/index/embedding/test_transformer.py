from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index.embedding.embedder import open_embedder
from index.errors import EmbeddingError
from tests.index.embedding.models import write_static_model


def test_other_models_go_through_sentence_transformers(tmp_path: Path) -> None:
    write_static_model(tmp_path / "model", projected=True)
    embedder = open_embedder(str(tmp_path / "model"))
    vectors = embedder.embed(["road rail", "grain"])
    assert not embedder.fast
    assert vectors.shape == (2, 3) == (2, embedder.dimensions)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)
    np.testing.assert_allclose(embedder.embed_query("grain"), vectors[1], atol=1e-6)
    assert embedder.embed([]).shape == (0, 3)


def test_folder_without_a_model_is_an_error_of_one_line(tmp_path: Path) -> None:
    with pytest.raises(EmbeddingError) as caught:
        open_embedder(str(tmp_path))
    assert "\n" not in str(caught.value)
