"""Two scores of the same passages made one. Knows nothing of where they come from."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float64]


def mix(
    lexical: Scores, dense: Scores, background: NDArray[np.bool_], coverage: float = 1.0
) -> Scores:
    """Return the standardized scores, mixed half and half.

    Scores, unlike ranks, keep how much better the best is (on CMRC 2018 dev reciprocal ranks come
    to 0.92 hit@1, these to 0.97). BM25's half shrinks with the square root of `coverage`: where
    the index knows next to no word of the question, as with one in English, the few that it knows
    would outweigh its meaning (English sentences to the Chinese of national reports: hit@1 0.84
    without this, 0.88 with it, and no less for Chinese questions).

    Args:
        lexical: BM25 scores, 0 where no word is shared.
        dense: Cosines, NaN where unknown, which counts as neither near nor far.
        background: Which of the passages stand for all that is searched: they give the mean and
            the deviation.
        coverage: Share of the question's words that the index knows.
    """
    share = 0.5 * np.sqrt(coverage)
    mixed: Scores = share * _standardized(lexical, background) + (1 - share) * _standardized(
        dense, background
    )
    return mixed


def _standardized(scores: Scores, background: NDArray[np.bool_]) -> Scores:
    known = scores[background & ~np.isnan(scores)]
    deviation = known.std() if known.size else 0.0
    if deviation == 0.0:
        return np.zeros_like(scores)
    standardized: Scores = np.nan_to_num((scores - known.mean()) / deviation, nan=0.0)
    return standardized
