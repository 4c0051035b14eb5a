"""Whether a figure is a goal or a result, and of when, in whole pages that were read wrong once."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from index.figures.extraction import extract
from index.figures.stance import Witness, goals, wording
from index.lexicon.indicators import load_lexicon
from index.places.gazetteer import load_gazetteer
from index.reports.metadata import describe
from index.structure.passages import split
from index.text.normalization import normalize
from index.types import Figure, Stated

Case = dict[str, Any]
_FILE = Path(__file__).parent / "stance.jsonl"
CASES = [json.loads(line) for line in _FILE.read_text(encoding="utf-8").splitlines()]


def _figures(text: str) -> list[Figure]:
    normalized = normalize(text)
    gazetteer = load_gazetteer()
    report = describe(normalized, document="a.txt", report_id="a", gazetteer=gazetteer)
    if report.region is None:
        place = Stated(gazetteer.get("410800"), None, inferred=True)
        report = type(report)(
            **{name: getattr(report, name) for name in report.__slots__} | {"region": place}
        )
    passages = split(normalized, "a")
    return extract(report, passages, lexicon=load_lexicon(), gazetteer=gazetteer)


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["why"]))
def test_kind_and_period_are_weighed_over_the_page(case: Case) -> None:
    found = {name: set[str]() for name in case["figures"]}
    for figure in _figures(case["text"]):
        if figure.indicator in found and figure.measure != "qualitative":
            kind = "target" if figure.kind == "target" else "actual"
            found[figure.indicator].add(f"{kind} {figure.period}")
            assert figure.is_sure
    assert found == {name: {said} for name, said in case["figures"].items()}


@pytest.mark.parametrize(
    ("sentence", "is_goal"),
    [
        ("确保固定资产投资增长8%以上。", True),
        ("力争引进项目20个以上。", True),
        ("荣获国家级称号3个。", False),
        ("顺利完成了12项改革任务。", False),
    ],
)
def test_wording_alone_tells_plain_cases(sentence: str, is_goal: bool) -> None:
    assert (wording(sentence) > 0) == is_goal


def test_one_sentence_does_not_turn_its_neighbours() -> None:
    done = Witness("荣获国家级称号3个,新建学校12所。", -2.0, begins=False)
    odd = Witness("要建设3个园区。", 0.0, begins=False)
    weighed = goals([done, done, odd, done, done])
    assert max(weighed[:2] + weighed[3:]) < 0.2


def test_a_report_without_sentences_weighs_nothing() -> None:
    assert goals([]) == []
