from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from index.embedding.embedder import Embedder, open_embedder
from tests.index.embedding.models import TEXTS, write_static_model


def similarity(embedder: Embedder, left: str, right: str) -> float:
    return float(embedder.embed_query(left) @ embedder.embed([right])[0])


def test_rows_have_length_one_and_the_stated_dimensions(bundled: Embedder) -> None:
    vectors = bundled.embed(TEXTS)
    assert vectors.shape == (len(TEXTS), bundled.dimensions)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


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
