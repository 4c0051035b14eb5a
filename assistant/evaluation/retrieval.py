"""Measures of one ranking of passages against gold quotes.

Three measures of a line each need no library: `ir-measures` brings a compiled scipy-based package
and wants judgements of every passage, whereas here a passage is judged by the quotes it holds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log2

from assistant.evaluation.evidence import Gold, covers
from index.types import Hit


@dataclass(frozen=True, slots=True)
class Ranking:
    """How well one ranking found the gold quotes; each measure lies between 0 and 1."""

    hit_at_1: float
    hit_at_5: float
    ndcg_at_10: float


def rank(hits: Sequence[Hit], gold: Sequence[Gold]) -> Ranking:
    """Measure `hits`, best first, against at least one gold quote."""
    gained, left = gains(hits, gold)
    return Ranking(hit_at(1, gained), hit_at(5, gained), ndcg_at(10, gained, left))


def gains(hits: Sequence[Hit], gold: Sequence[Gold]) -> tuple[tuple[int, ...], int]:
    """Return how many gold quotes each hit is the first to cover, and how many none covers."""
    waiting = list(gold)
    gained: list[int] = []
    for hit in hits:
        place = (hit.report.document, hit.passage.raw_span)
        found = [one for one in waiting if covers([place], one)]
        waiting = [one for one in waiting if one not in found]
        gained.append(len(found))
    return tuple(gained), len(waiting)


def hit_at(depth: int, gained: Sequence[int]) -> float:
    """Return 1 where one of the first `depth` hits covers a gold quote, else 0."""
    return float(any(gained[:depth]))


def ndcg_at(depth: int, gained: Sequence[int], left: int) -> float:
    """Return the normalized discounted cumulative gain of the first `depth` hits.

    DCG sums gain / log2(rank + 1) (Järvelin and Kekäläinen 2002, as in TREC). The ideal ranking
    holds the same hits, best first, and each of the `left` quotes in a passage of its own: 1 means
    that every quote was found and that no passage stood before a better one.
    """
    ideal = sorted([*gained, *[1] * left], reverse=True)
    best = _dcg(ideal[:depth])
    return _dcg(gained[:depth]) / best if best else 0.0


def _dcg(gained: Sequence[int]) -> float:
    return sum(gain / log2(position + 1) for position, gain in enumerate(gained, 1))
