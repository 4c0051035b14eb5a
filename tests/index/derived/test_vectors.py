from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from index.derived import chroma, vectors
from index.derived.stamps import Unreadable
from index.embedding.embedder import open_embedder
from index.embedding.static import StaticEmbedder
from index.storage.catalogue import Catalogue


class Slow(StaticEmbedder):
    """The bundled model, as one whose vectors take long to make; it counts them."""

    most = 10**9
    made = 0

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        if Slow.made + len(texts) > Slow.most:
            raise InterruptedError
        Slow.made += len(texts)
        return super().embed(texts)


def test_what_a_slow_model_made_before_it_was_broken_off_is_not_made_again(
    seed_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = Path(shutil.copytree(seed_data, tmp_path / "data"))
    shutil.rmtree(data / "vectors")
    monkeypatch.setattr(chroma, "_LOAD", 20)
    bundled = open_embedder()
    assert isinstance(bundled, StaticEmbedder)
    slow = Slow("slow", bundled.tokenizer, bundled.table, bundled.scales, bundled.exponent, False)
    monkeypatch.setattr(Slow, "made", 0)
    with Catalogue.open(data) as catalogue:
        monkeypatch.setattr(Slow, "most", 50)
        with pytest.raises(Unreadable):
            vectors.sync(catalogue, slow)
        before = Slow.made
        monkeypatch.setattr(Slow, "most", 10**9)
        vectors.sync(catalogue, slow)
        ids = set(catalogue.passage_ids())
    assert 0 < before < len(ids)
    assert Slow.made == len(ids)
    assert set(vectors.open_vectors(data, "slow").held()) == ids
    assert chroma.ids_in(vectors.published(data), "slow") == ids
