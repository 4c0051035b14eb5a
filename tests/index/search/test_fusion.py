from __future__ import annotations

import numpy as np

from index.search.fusion import Scores, fuse, refine
from index.search.late_interaction import Matches

NONE = np.zeros(3)


def order(lexical: Scores, dense: Scores, *, ceiling: float = 10.0) -> list[int]:
    fused = fuse(lexical, dense, ceiling=ceiling, mean=0.2, deviation=0.1)
    found: list[int] = (-fused).argsort(kind="stable").tolist()
    return found


def test_a_retriever_that_tells_nothing_apart_leaves_the_order_to_the_other() -> None:
    assert order(NONE, np.array([0.1, 0.3, 0.2])) == [1, 2, 0]
    assert order(np.array([1.0, 0.0, 5.0]), np.full(3, 0.2)) == [2, 0, 1]


def test_an_unknown_cosine_is_neither_near_nor_far() -> None:
    assert order(NONE, np.array([0.1, np.nan, 0.3])) == [2, 1, 0]


def test_no_known_score_at_all_is_no_error() -> None:
    fused = fuse(NONE, np.full(3, np.nan), ceiling=0.0, mean=0.0, deviation=0.0)
    assert fused.tolist() == [0, 0, 0]


def test_few_words_of_the_question_found_weigh_little() -> None:
    lexical, dense = np.array([0.0, 0.0, 5.0]), np.array([0.1, 0.3, 0.2])
    assert order(lexical, dense, ceiling=10.0)[0] == 2
    assert order(lexical, dense, ceiling=1_000.0)[0] == 1


def test_words_that_are_near_raise_a_passage() -> None:
    near, far = np.array([0.9, 0.1]), np.zeros(2)
    fused = np.array([1.0, 1.5])
    assert refine(fused, Matches(whole=near, closest=far)).argmax() == 0
    assert refine(fused, Matches(whole=far, closest=near)).argmax() == 0


def test_what_is_not_refined_stays_below() -> None:
    poor = Matches(whole=np.array([-0.2, 0.5]), closest=np.array([-0.2, 0.5]))
    assert refine(np.array([3.0, 2.0]), poor, below=1.0).min() >= 1.0
    assert refine(np.zeros(0), Matches(np.zeros(0), np.zeros(0)), below=1.0).tolist() == []
