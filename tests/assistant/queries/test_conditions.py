"""A condition holds, does not, or cannot be told, as the figure's qualifier leaves it open."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from assistant.queries.conditions import compares, fulfils
from assistant.queries.types import Condition, Relation
from index.places.gazetteer import load_gazetteer
from index.types import Figure, FigureKind, Span

Case = dict[str, Any]


Fields = tuple[FigureKind, str | None, str | None, str, str | None]


def _figure(
    kind: FigureKind, value: str | None, upper: str | None, unit: str, qualifier: str | None
) -> Figure:
    return Figure(
        report_id="r",
        ordinal=0,
        region=load_gazetteer().get("410800"),
        indicator="地区生产总值",
        indicator_id="gdp",
        as_written="地区生产总值",
        measure="growth_yoy" if unit == "%" else "level",
        kind=kind,
        period="2025",
        value=None if value is None else Decimal(value),
        upper=None if upper is None else Decimal(upper),
        unit=unit,
        qualifier=qualifier,
        wording=None,
        span=Span(0, 1),
        value_span=Span(0, 1),
        context=None,
    )


def _condition(relation: Relation, low: str | None, high: str | None, unit: str) -> Condition:
    first, last = (None if end is None else Decimal(end) for end in (low, high))
    return Condition(relation, first, last, unit)


_CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "conditions.jsonl")
    .read_text(encoding="utf-8")
    .splitlines()
]


@pytest.mark.parametrize("case", _CASES, ids=lambda case: f"{case['figure']}{case['condition']}")
def test_a_condition_has_three_outcomes(case: Case) -> None:
    assert fulfils(_figure(*case["figure"]), _condition(*case["condition"])) == case["truth"]


@pytest.mark.parametrize(
    ("goal", "result", "truth"),
    [
        (("target", "5", None, "%", "左右"), ("actual", "5.2", None, "%", None), "yes"),
        (("target", "5", None, "%", "以上"), ("actual", "5.8", None, "%", None), "yes"),
        (("target", "5", None, "%", "左右"), ("actual", "5", None, "%", None), "unknown"),
        (("target", "5", None, "%", None), ("actual", "5", None, "%", None), "no"),
        (("target", "5", "5.5", "%", "区间"), ("actual", "5.2", None, "%", None), "unknown"),
        (("target", "5", "5.5", "%", "区间"), ("actual", "6", None, "%", None), "yes"),
        (("target", "6", None, "%", "左右"), ("actual", "3.5", None, "%", None), "no"),
        (("target", "5", None, "%", None), ("actual", "2", None, "万亿元", None), "unknown"),
    ],
)
def test_a_goal_below_a_result_is_told_by_the_numbers_written(
    goal: Fields, result: Fields, truth: str
) -> None:
    assert compares(_figure(*goal), _figure(*result), Condition("below")) == truth
