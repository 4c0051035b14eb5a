import json
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file

from index.embedding.embedder import open_embedder
from index.embedding.training.train import Measures, Training, train
from index.errors import EmbeddingError
from tests.index.embedding.training.tiny_corpora import SUBJECTS, passage, write_corpora

SMALL = Training(
    vocabulary=600, dimensions=32, batch_size=8, steps=300, learning_rate=0.02, threads=1
)


@pytest.fixture(scope="module")
def corpora(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_corpora(tmp_path_factory.mktemp("corpora"))


@pytest.fixture(scope="module")
def trained(corpora: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Measures]:
    out = tmp_path_factory.mktemp("out") / "model"
    return out, train(corpora, out, training=SMALL)


def test_output_is_a_sentence_transformers_folder_in_bytes(
    trained: tuple[Path, Measures],
) -> None:
    out, measures = trained
    modules = json.loads((out / "modules.json").read_text(encoding="utf-8"))
    weights = load_file(out / "model.safetensors")["weights"]
    assert [module["type"].rpartition(".")[2] for module in modules] == [
        "DampedEmbedding",
        "Normalize",
    ]
    assert weights.dtype == np.int8
    assert weights.shape == (measures.vocabulary, SMALL.dimensions)


def test_output_opens_as_a_fast_embedder(trained: tuple[Path, Measures]) -> None:
    embedder = open_embedder(str(trained[0]))
    assert embedder.fast
    assert embedder.dimensions == SMALL.dimensions


@pytest.mark.parametrize("language", ["zh", "en"])
def test_trained_model_finds_the_passage_that_a_question_is_about(
    trained: tuple[Path, Measures], language: str
) -> None:
    embedder = open_embedder(str(trained[0]))
    passages = embedder.embed([passage(word) for word in SUBJECTS])
    words = SUBJECTS.values() if language == "en" else SUBJECTS.keys()
    best = [int((passages @ embedder.embed_query(word)).argmax()) for word in words]
    assert best == list(range(len(SUBJECTS)))


def test_same_files_and_seed_give_the_same_model(
    corpora: Path, trained: tuple[Path, Measures], tmp_path: Path
) -> None:
    train(corpora, tmp_path, training=SMALL)
    for name in ("tokenizer.json", "model.safetensors"):
        assert (tmp_path / name).read_bytes() == (trained[0] / name).read_bytes()


def test_another_seed_gives_another_model(
    corpora: Path, trained: tuple[Path, Measures], tmp_path: Path
) -> None:
    train(corpora, tmp_path, seed=1, training=SMALL)
    name = "model.safetensors"
    assert (tmp_path / name).read_bytes() != (trained[0] / name).read_bytes()


def test_card_names_the_corpora_that_were_there_and_no_others(
    corpora: Path, trained: tuple[Path, Measures], tmp_path: Path
) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "tatoeba_en_zh").symlink_to(corpora / "tatoeba_en_zh")
    train(tmp_path / "data", tmp_path / "model", training=SMALL)
    whole = (trained[0] / "README.md").read_text(encoding="utf-8")
    partial = (tmp_path / "model" / "README.md").read_text(encoding="utf-8")
    assert "CC-CEDICT" in whole
    assert "Tatoeba" in partial
    assert "CC-CEDICT" not in partial


def test_folder_without_corpora_is_an_error_that_names_what_is_expected(tmp_path: Path) -> None:
    with pytest.raises(EmbeddingError, match="cmrc2018"):
        train(tmp_path, tmp_path / "model", training=SMALL)
