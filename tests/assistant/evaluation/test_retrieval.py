from typing import Any

import pytest

from assistant.evaluation.evidence import locate
from assistant.evaluation.questions import Evidence
from assistant.evaluation.retrieval import gains, hit_at, ndcg_at
from tests.assistant.evaluation.samples import cases, hit, raw_of

YUMEN = "000_7cb2c06dccb75afe.txt"


@pytest.mark.parametrize("case", cases("rankings.jsonl"), ids=lambda case: case["why"])
def test_a_ranking_is_measured(case: dict[str, Any]) -> None:
    gained, left = case["gained"], case["left"]
    assert hit_at(1, gained) == case["hit_at_1"]
    assert hit_at(5, gained) == case["hit_at_5"]
    assert ndcg_at(10, gained, left) == pytest.approx(case["ndcg_at_10"], abs=1e-6)


def test_a_quote_is_gained_by_the_first_passage_that_holds_it() -> None:
    quotes = "地区生产总值增长8%", "固定资产投资增长20%", "nowhere"
    gold = [locate(Evidence(YUMEN, quote), raw_of) for quote in quotes]
    first, second = gold[0].spans[0], gold[1].spans[0]
    hits = [
        hit(YUMEN, 0, first.start),
        hit(YUMEN, first.start, first.end),
        hit(YUMEN, first.start, first.end),
        hit(YUMEN, first.start, second.end),
    ]
    assert gains(hits, gold) == ((0, 1, 0, 1), 1)
