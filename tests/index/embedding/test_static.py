from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index.embedding.embedder import Embedder, open_embedder
from index.embedding.static import BUNDLED_MODEL
from index.errors import EmbeddingError
from tests.index.embedding.models import TEXTS, write_static_model


def test_bundled_model_equals_sentence_transformers_on_the_same_folder(bundled: Embedder) -> None:
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(
        str(BUNDLED_MODEL), device="cpu", local_files_only=True, trust_remote_code=True
    ).float()
    expected = model.encode(list(TEXTS), show_progress_bar=False)
    np.testing.assert_allclose(bundled.embed(TEXTS), expected, atol=1e-5)


@pytest.mark.parametrize("text", ["", " \n", "，。！——", "\U0001f600"])
def test_text_without_a_known_piece_gives_zeros(bundled: Embedder, text: str) -> None:
    assert not bundled.embed([text, "财政收入"])[0].any()
    assert not bundled.embed_query(text).any()


@pytest.mark.parametrize("file", ["tokenizer.json", "model.safetensors"])
@pytest.mark.parametrize("content", [None, b"", b"not what it was"])
def test_damaged_static_model_is_an_error_that_names_the_file(
    tmp_path: Path, file: str, content: bytes | None
) -> None:
    folder = tmp_path / "model"
    write_static_model(folder)
    if content is None:
        (folder / file).unlink()
    else:
        (folder / file).write_bytes(content)
    with pytest.raises(EmbeddingError, match=file):
        open_embedder(str(folder))


def test_static_folder_is_read_without_sentence_transformers_and_equals_it(tmp_path: Path) -> None:
    from sentence_transformers import SentenceTransformer

    write_static_model(tmp_path / "model")
    embedder = open_embedder(str(tmp_path / "model"))
    model = SentenceTransformer(str(tmp_path / "model"), device="cpu")
    expected = model.encode(["road rail"], normalize_embeddings=True, show_progress_bar=False)
    assert embedder.fast
    np.testing.assert_allclose(embedder.embed(["road rail"]), expected, atol=1e-6)


def test_a_piece_is_nearest_to_itself_and_no_cosine_is_negative(bundled: Embedder) -> None:
    (pieces,) = bundled.pieces(["城镇新增就业，粮食丰收"]) or [np.zeros(0, dtype=np.int64)]
    nearness = bundled.nearness(pieces, pieces)
    assert np.diag(nearness) == pytest.approx(np.ones(len(pieces)), abs=1e-5)
    assert ((nearness >= 0) & (nearness <= 1.0001)).all()


def test_an_english_subject_has_the_chinese_word_for_it_near(bundled: Embedder) -> None:
    near = bundled.words_near("artificial intelligence", 0.5)
    assert "人工智能" in near[:3]
    assert near == bundled.words_near("artificial intelligence", 0.4)[: len(near)]
    assert bundled.words_near("。！", 0.5) == []


def test_words_of_asking_weigh_less_than_what_is_asked(bundled: Embedder) -> None:
    asking, grain = bundled.pieces(["什么", "粮食"]) or []
    assert bundled.weights(asking).max() < bundled.weights(grain).min()
