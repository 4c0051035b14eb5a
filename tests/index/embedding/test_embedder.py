import shutil
from pathlib import Path

import numpy as np
import pytest

from index.embedding.embedder import BUNDLED_MODEL, Embedder, open_embedder
from index.errors import EmbeddingError

TEXTS = (
    "2023年，全市地区生产总值增长7%左右，城镇新增就业3.5万人。",
    "What is the target for general public budget revenue?",
    "规上工业",
    "㍻ Ünïcode ｆｕｌｌ－ｗｉｄｔｈ",
)


@pytest.fixture(scope="module")
def bundled() -> Embedder:
    return open_embedder()


def write_static_model(folder: Path, *, seed: int = 0, projected: bool = False) -> None:
    """Save a model of four pieces; `projected` adds a layer that is no static table."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Dense, StaticEmbedding
    from tokenizers import Tokenizer, models, pre_tokenizers
    from torch import nn

    tokenizer = Tokenizer(models.WordLevel({"[UNK]": 0, "road": 1, "rail": 2, "grain": 3}, "[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    table = np.random.default_rng(seed).standard_normal((4, 6)).astype(np.float32)
    modules: list[nn.Module] = [StaticEmbedding(tokenizer, embedding_weights=table)]
    if projected:
        modules.append(Dense(6, 3))
    model = SentenceTransformer(modules=modules, device="cpu")
    model.save(str(folder), create_model_card=False)


def similarity(embedder: Embedder, left: str, right: str) -> float:
    return float(embedder.embed_query(left) @ embedder.embed([right])[0])


def test_bundled_model_equals_sentence_transformers_on_the_same_folder(bundled: Embedder) -> None:
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(
        str(BUNDLED_MODEL), device="cpu", local_files_only=True, trust_remote_code=True
    ).float()
    expected = model.encode(list(TEXTS), show_progress_bar=False)
    np.testing.assert_allclose(bundled.embed(TEXTS), expected, atol=1e-5)


def test_rows_have_length_one_and_the_stated_dimensions(bundled: Embedder) -> None:
    vectors = bundled.embed(TEXTS)
    assert vectors.shape == (len(TEXTS), bundled.dimensions)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


@pytest.mark.parametrize("text", ["", " \n", "，。！——", "\U0001f600"])
def test_text_without_a_known_piece_gives_zeros(bundled: Embedder, text: str) -> None:
    assert not bundled.embed([text, "财政收入"])[0].any()
    assert not bundled.embed_query(text).any()


def test_no_texts_give_no_rows(bundled: Embedder) -> None:
    assert bundled.embed([]).shape == (0, bundled.dimensions)


def test_a_question_embeds_like_the_same_document(bundled: Embedder) -> None:
    np.testing.assert_array_equal(bundled.embed_query(TEXTS[0]), bundled.embed(TEXTS)[0])


def test_a_row_does_not_depend_on_the_texts_beside_it(bundled: Embedder) -> None:
    np.testing.assert_array_equal(bundled.embed([*TEXTS, *TEXTS])[-1], bundled.embed(TEXTS)[-1])


@pytest.mark.parametrize(
    ("question", "right", "wrong"),
    [
        ("How fast will fiscal revenue grow?", "财政收入增长8%", "新建改建农村公路120公里"),
        ("rural roads built", "新建改建农村公路120公里", "财政收入增长8%"),
        ("elderly care services", "健全养老服务体系", "粮食总产量稳定在50万吨"),
        ("grain output", "粮食总产量稳定在50万吨", "健全养老服务体系"),
        ("污染治理", "深入打好蓝天、碧水、净土保卫战", "举办招聘会，促进高校毕业生就业"),
        ("老百姓看病", "县级医院能力提升，基层医疗卫生服务不断改善", "规上工业增加值增长6%"),
    ],
)
def test_same_meaning_is_closer_than_another(
    bundled: Embedder, question: str, right: str, wrong: str
) -> None:
    assert similarity(bundled, question, right) > similarity(bundled, question, wrong)


def test_bundled_model_is_fast_and_named_by_its_content(bundled: Embedder) -> None:
    assert bundled.fast
    assert bundled.name.startswith("bundled:")
    assert bundled.name == open_embedder().name


def test_model_that_is_nowhere_is_an_error_of_one_line_with_the_remedy() -> None:
    with pytest.raises(EmbeddingError) as caught:
        open_embedder("nobody/no-such-model")
    assert "hf download nobody/no-such-model" in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", ["", "no such model", "a/b/c", "/no/such/folder"])
def test_name_that_no_model_can_have_is_the_same_error(name: str) -> None:
    with pytest.raises(EmbeddingError, match="hf download"):
        open_embedder(name)


def test_folder_without_a_model_is_an_error_of_one_line(tmp_path: Path) -> None:
    with pytest.raises(EmbeddingError) as caught:
        open_embedder(str(tmp_path))
    assert "\n" not in str(caught.value)


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


@pytest.mark.parametrize("projected", [False, True])
def test_name_stays_with_the_content_wherever_the_folder_lies(
    tmp_path: Path, projected: bool
) -> None:
    write_static_model(tmp_path / "model", projected=projected)
    shutil.copytree(tmp_path / "model", tmp_path / "elsewhere" / "model")
    here, there = (open_embedder(str(tmp_path / at)) for at in ("model", "elsewhere/model"))
    assert here.name == there.name


@pytest.mark.parametrize("projected", [False, True])
def test_name_changes_with_the_content(tmp_path: Path, projected: bool) -> None:
    write_static_model(tmp_path / "a" / "model", seed=0, projected=projected)
    write_static_model(tmp_path / "b" / "model", seed=1, projected=projected)
    one, other = (open_embedder(str(tmp_path / at / "model")) for at in "ab")
    assert one.name != other.name


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
