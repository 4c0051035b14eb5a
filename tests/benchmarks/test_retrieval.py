"""The instrument itself: what is asked, what is sought, how ranks become measures."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from benchmarks.retrieval import measures, retrievers, seeds, sets
from benchmarks.retrieval.sets import RetrievalSet

TMX = """<?xml version="1.0" encoding="UTF-8"?><tmx version="1.4"><body>{units}</body></tmx>"""
UNIT = '<tu><tuv xml:lang="zh-CN"><seg>{}</seg></tuv><tuv xml:lang="en-US"><seg>{}</seg></tuv></tu>'
PAIRS = (
    ("各位代表！", "Fellow Deputies,"),
    ("稳定就业。", "We will keep employment stable, and help graduates."),
    ("扩大投资。", "We will expand investment in rural areas."),
    ("稳定物价。", "We will keep prices stable."),
    ("各位代表：", "Esteemed deputies, one and all,"),
    ("稳定预期。", "We will keep employment stable; expectations too."),
)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "gwr_tmx"
    folder.mkdir()
    units = "".join(UNIT.format(*pair) for pair in PAIRS)
    (folder / "one.tmx").write_text(TMX.format(units=units), encoding="utf-8")
    return tmp_path


def read(data: Path, key: str) -> RetrievalSet:
    (found,) = sets.read_sets(data, frozenset({key}))
    return found


@pytest.mark.parametrize(
    ("sentence", "clause"),
    [
        ("We will cut taxes, and fees.", "We will cut taxes"),
        ("Last year, 11,000,000 jobs came; more followed.", "Last year, 11,000,000 jobs came"),
        ("This year we will ensure that needs are met.", "This year we will ensure"),
        ("—Living standards rose steadily.", "Living standards rose steadily"),
        ("Output grew by 2.3 percent—a good rate.", "Output grew by 2.3 percent"),
        ("All that stands, stands, stands here.", "All that stands, stands"),
        ("Fellow Deputies,", ""),
    ],
)
def test_a_first_clause_ends_at_the_first_break_behind_four_words(
    sentence: str, clause: str
) -> None:
    assert sets.first_clause(sentence) == clause


def test_segments_of_the_same_chinese_but_for_the_last_mark_are_one_candidate(data: Path) -> None:
    found = read(data, "sentences")
    assert found.passages == ("各位代表！", "稳定就业。", "扩大投资。", "稳定物价。", "稳定预期。")
    assert found.answers == (0, 1, 2, 3, 0, 4)


def test_clauses_that_two_sentences_begin_with_are_not_asked(data: Path) -> None:
    assert read(data, "clauses").questions == (
        "We will expand investment in rural areas",
        "We will keep prices stable",
        "Esteemed deputies, one and all",
    )


def test_what_stands_in_two_passages_asks_for_neither(data: Path) -> None:
    found = read(data, "sentences-passages")
    assert len(found.passages) == 2
    assert "Fellow Deputies," not in found.questions
    assert found.answers == (0, 0, 0, 1)


def test_a_tie_counts_as_ranked_before() -> None:
    scores = np.array([[0.5, 0.5, 0.1], [0.9, 0.2, 0.3]])
    assert measures.ranks(scores, [0, 0]).tolist() == [2, 1]
    judged = [(0.5, frozenset({0})), (0.5, frozenset[int]()), (0.7, frozenset[int]())]
    assert seeds.ranked(judged) == [frozenset(), frozenset(), frozenset({0})]


def test_measures_of_ranks() -> None:
    found = measures.of_ranks(np.array([1, 3, 11, 0]))
    assert (found.hit_1, found.hit_5) == (0.25, 0.5)
    assert found.mrr == pytest.approx((1 + 1 / 3 + 1 / 11) / 4)
    assert found.ndcg_10 == pytest.approx((1 + 1 / 2) / 4)


def test_no_passage_scores_above_the_ceiling() -> None:
    passages = ("全年地区生产总值增长", "城镇新增就业六万人", "粮食产量创历史新高")
    data = RetrievalSet("made", ("地区生产总值", "新增就業", "nothing 粮食"), passages, (0, 1, 2))
    found = retrievers.score_lexical(data)
    assert measures.ranks(found.scores, data.answers).tolist() == [1, 1, 1]
    assert (found.scores.max(axis=1) < found.ceiling).all()
