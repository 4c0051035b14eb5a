import pytest

from assistant.evaluation.measures import Score, count_reasons, mean, percentile, summarize_by
from assistant.types import Reason


def score(kind: str, *, correct: bool = True, reason: Reason | None = None) -> Score:
    return Score(
        id="q",
        type=kind,
        language="en",
        answerable=True,
        correct=correct,
        strict=correct,
        abstained=reason is not None,
        reason=reason,
        false_refusal=reason is not None and not correct,
        too_long=False,
        missing=(),
        distractors=(),
        citations_exact=None,
        citation_precision=None,
        citation_recall=None,
        ranking=None,
        latency_s=1.0,
        error=None,
    )


@pytest.mark.parametrize(
    ("share", "expected"), [(0.5, 2.0), (0.75, 3.0), (0.76, 4.0), (0.95, 4.0), (1.0, 4.0)]
)
def test_a_percentile_is_a_value_of_the_sample(share: float, expected: float) -> None:
    assert percentile([4.0, 1.0, 3.0, 2.0], share) == expected


def test_a_mean_is_over_what_was_measured() -> None:
    assert mean([1.0, None, 0.0]) == 0.5


def test_nothing_measured_has_no_mean() -> None:
    assert mean([None]) is None


def test_groups_come_in_the_order_of_the_set() -> None:
    scores = [score("list"), score("figure"), score("list", correct=False)]
    groups = summarize_by(scores, lambda one: one.type)
    assert [(name, one.n, one.correct) for name, one in groups] == [
        ("list", 2, 1),
        ("figure", 1, 1),
    ]


def test_reasons_are_counted_most_frequent_first() -> None:
    scores = [
        score("figure", reason="truncated"),
        score("figure", reason="opinion"),
        score("figure", reason="truncated"),
        score("figure"),
    ]
    assert count_reasons(scores) == (("truncated", 2), ("opinion", 1))
