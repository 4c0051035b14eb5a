"""Measures of rankings: shares found, mean reciprocal rank, nDCG. Knows nothing of who ranked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float64]
"""One row a question, one column a passage; or one value a question."""
Ranks = NDArray[np.int64]
"""The rank of each question's right passage, from 1; 0 where it was not found."""


@dataclass(frozen=True, slots=True)
class Quality:
    """Measures of one ranking, or their means over many; each lies between 0 and 1."""

    hit_1: float
    hit_5: float
    mrr: float
    ndcg_10: float


def ranks(scores: Scores, answers: Sequence[int]) -> Ranks:
    """Return the rank of each right passage; one that ties with it counts as ranked before it."""
    right = scores[np.arange(len(answers)), list(answers)][:, np.newaxis]
    found: Ranks = (scores >= right).sum(axis=1).astype(np.int64)
    return found


def of_ranks(found: Ranks) -> Quality:
    """Return the mean measures of questions that have one right passage each.

    With one right passage the ideal DCG is 1, so that nDCG is 1 / log2(rank + 1).
    """
    there = found > 0
    places = np.where(there, found, 1)
    return Quality(
        hit_1=float((found == 1).mean()),
        hit_5=float((there & (found <= 5)).mean()),
        mrr=float((there / places).mean()),
        ndcg_10=float(((there & (found <= 10)) / np.log2(places + 1)).mean()),
    )


def mean(qualities: Sequence[Quality]) -> Quality:
    """Return the means of at least one ranking's measures."""
    return Quality(
        hit_1=_mean([quality.hit_1 for quality in qualities]),
        hit_5=_mean([quality.hit_5 for quality in qualities]),
        mrr=_mean([quality.mrr for quality in qualities]),
        ndcg_10=_mean([quality.ndcg_10 for quality in qualities]),
    )


def _mean(values: list[float]) -> float:
    return sum(values) / len(values)
