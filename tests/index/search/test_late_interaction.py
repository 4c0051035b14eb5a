from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from index.embedding.embedder import Embedder, open_embedder
from index.embedding.model_folder import Pieces
from index.search.late_interaction import agreement, cut, match


@pytest.fixture(scope="module")
def bundled() -> Embedder:
    return open_embedder()


def pieces(embedder: Embedder, *texts: str) -> list[Sequence[Pieces]]:
    return [embedder.pieces(cut(text)) or [] for text in texts]


def test_a_passage_is_cut_at_lines_semicolons_and_full_stops() -> None:
    text = "一、目标\n粮食丰收;就业稳定。乡村美丽!"
    assert cut(text) == ["一、目标", "粮食丰收;", "就业稳定。", "乡村美丽!"]


def test_a_passage_that_has_the_words_matches_best(bundled: Embedder) -> None:
    passages = pieces(bundled, "粮食丰收", "城镇新增就业3.5万人,粮食丰收", "", "乡村道路")
    matches = match(bundled, "城镇新增就业", passages)
    for scores in (matches.whole, matches.closest):
        assert scores.argmax() == 1
        assert scores[2] == 0


def test_words_in_one_sentence_match_better_than_words_in_two(bundled: Embedder) -> None:
    passages = pieces(bundled, "城镇新增就业。粮食丰收在望。", "城镇粮食丰收。新增就业在望。")
    matches = match(bundled, "城镇新增就业", passages)
    assert matches.whole[0] == pytest.approx(matches.whole[1], abs=0.02)
    assert matches.closest[0] > matches.closest[1] + 0.05


def test_of_passages_with_the_same_words_the_shorter_one_matches_better(bundled: Embedder) -> None:
    long = "城镇新增就业,粮食丰收在望,乡村道路通达,医院学校建成,河流湖泊清澈。"
    matches = match(bundled, "城镇新增就业", pieces(bundled, long, "城镇新增就业。"))
    assert matches.whole[1] > matches.whole[0]
    assert matches.closest[1] > matches.closest[0]


def test_a_passage_of_one_sentence_is_its_own_best_one(bundled: Embedder) -> None:
    matches = match(bundled, "elderly care", pieces(bundled, "发展养老服务。"))
    assert matches.whole == pytest.approx(matches.closest)


def test_a_question_without_a_known_piece_matches_nothing(bundled: Embedder) -> None:
    matches = match(bundled, "。!", pieces(bundled, "粮食丰收"))
    assert not np.any(matches.whole)
    assert not np.any(matches.closest)


def test_texts_agree_with_a_question_whatever_their_length(bundled: Embedder) -> None:
    texts = bundled.pieces(["粮食丰收", "", "城镇新增就业3.5万人,粮食丰收", "城镇新增就业"]) or []
    found = agreement(bundled, "城镇新增就业", texts)
    assert found[2] == found[3] == pytest.approx(1, abs=1e-5)
    assert 0 <= found[0] < 0.6
    assert found[1] == 0
