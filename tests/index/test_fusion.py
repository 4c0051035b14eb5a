from __future__ import annotations

import numpy as np

from index.fusion import mix

ALL = np.array([True, True, True])


def test_each_leg_counts_in_its_own_deviations() -> None:
    small = mix(np.array([0.0, 1.0, 2.0]), np.array([0.3, 0.2, 0.1]), ALL)
    large = mix(np.array([0.0, 10.0, 20.0]), np.array([0.3, 0.2, 0.1]), ALL)
    np.testing.assert_allclose(small, large)
    np.testing.assert_allclose(small, 0, atol=1e-12)


def test_a_leg_that_tells_nothing_apart_leaves_the_order_to_the_other() -> None:
    mixed = mix(np.zeros(3), np.array([0.1, 0.3, 0.2]), ALL)
    assert mixed.argsort().tolist() == [0, 2, 1]


def test_an_unknown_cosine_is_neither_near_nor_far() -> None:
    mixed = mix(np.zeros(3), np.array([0.1, np.nan, 0.3]), ALL)
    assert mixed[0] < mixed[1] < mixed[2]


def test_no_known_score_at_all_is_no_error() -> None:
    assert mix(np.zeros(3), np.full(3, np.nan), ALL).tolist() == [0, 0, 0]


def test_background_alone_gives_mean_and_deviation() -> None:
    background = np.array([True, True, False])
    mixed = mix(np.array([0.0, 2.0, 9.0]), np.zeros(3), background)
    assert mixed.tolist() == [-0.5, 0.5, 4.0]


def test_few_known_words_weigh_little() -> None:
    lexical, dense = np.array([0.0, 0.0, 5.0]), np.array([0.1, 0.3, 0.2])
    assert mix(lexical, dense, ALL, coverage=1.0).argmax() == 2
    assert mix(lexical, dense, ALL, coverage=0.04).argmax() == 1
