"""What the scores of many questions come to: counts, means and latencies of a group.

Nothing here knows how one question was scored.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import ceil
from statistics import fmean

from assistant.evaluation.retrieval import Ranking
from assistant.types import Reason


@dataclass(frozen=True, slots=True)
class Score:
    """How one question was answered.

    `error` is the message of what asking raised, None where it did not. `missing` and
    `distractors` are the patterns that the text should and should not have held. The citation
    measures and `ranking` are None where there is nothing to measure: no gold quote, no retriever,
    or, for `citations_exact`, an abstention that cites nothing.
    """

    id: str
    type: str
    language: str
    answerable: bool
    correct: bool
    strict: bool
    abstained: bool
    reason: Reason | None
    false_refusal: bool
    too_long: bool
    missing: tuple[str, ...]
    distractors: tuple[str, ...]
    citations_exact: bool | None
    citation_precision: float | None
    citation_recall: float | None
    ranking: Ranking | None
    latency_s: float
    error: str | None


@dataclass(frozen=True, slots=True)
class Summary:
    """The scores of a group of `n` questions.

    Counts, except: the citation measures and those of retrieval are means over the questions on
    which they were measured, None where there is none; latencies are seconds. `refused` counts
    the abstentions among the `unanswerable`, `false_refusals` those among the `answerable` that
    are not correct.
    """

    n: int
    answerable: int
    unanswerable: int
    correct: int
    strict: int
    refused: int
    false_refusals: int
    too_long: int
    errors: int
    citations_exact: float | None
    citation_precision: float | None
    citation_recall: float | None
    ranked: int
    hit_at_1: float | None
    hit_at_5: float | None
    ndcg_at_10: float | None
    latency_p50_s: float
    latency_p95_s: float


def summarize(scores: Sequence[Score]) -> Summary:
    """Gather the scores of at least one question."""
    rankings = [score.ranking for score in scores if score.ranking is not None]
    latencies = [score.latency_s for score in scores]
    answerable = sum(score.answerable for score in scores)
    return Summary(
        n=len(scores),
        answerable=answerable,
        unanswerable=len(scores) - answerable,
        correct=sum(score.correct for score in scores),
        strict=sum(score.strict for score in scores),
        refused=sum(score.abstained and not score.answerable for score in scores),
        false_refusals=sum(score.false_refusal for score in scores),
        too_long=sum(score.too_long for score in scores),
        errors=sum(score.error is not None for score in scores),
        citations_exact=mean(score.citations_exact for score in scores),
        citation_precision=mean(score.citation_precision for score in scores),
        citation_recall=mean(score.citation_recall for score in scores),
        ranked=len(rankings),
        hit_at_1=mean(ranking.hit_at_1 for ranking in rankings),
        hit_at_5=mean(ranking.hit_at_5 for ranking in rankings),
        ndcg_at_10=mean(ranking.ndcg_at_10 for ranking in rankings),
        latency_p50_s=percentile(latencies, 0.50),
        latency_p95_s=percentile(latencies, 0.95),
    )


def summarize_by(
    scores: Sequence[Score], group: Callable[[Score], str]
) -> tuple[tuple[str, Summary], ...]:
    """Gather the scores of each group by itself, in the order in which the groups appear."""
    names = dict.fromkeys(map(group, scores))
    return tuple((name, summarize([s for s in scores if group(s) == name])) for name in names)


def count_reasons(scores: Iterable[Score]) -> tuple[tuple[str, int], ...]:
    """Return how often each reason was given by those that abstain, most frequent first."""
    counted = Counter(score.reason or "no reason" for score in scores if score.abstained)
    return tuple(sorted(counted.items(), key=lambda item: (-item[1], item[0])))


def mean(values: Iterable[float | None]) -> float | None:
    """Return the mean of the values that were measured, None where none was."""
    measured = [value for value in values if value is not None]
    return fmean(measured) if measured else None


def percentile(values: Sequence[float], share: float) -> float:
    """Return the smallest value that at least `share` of the values do not exceed (nearest rank).

    Args:
        values: At least one value, in any order.
        share: Between 0, exclusive, and 1.
    """
    return sorted(values)[ceil(share * len(values)) - 1]
