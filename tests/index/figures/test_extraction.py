from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from benchmarks.figure_matching import find, read
from benchmarks.figures import score
from index.figures.amounts.finding import find_amounts
from index.types import Figure
from tests.growth import in_proportion
from tests.index.figures.sentences import figures_of

HERE = Path(__file__)
ROOT = HERE.parents[3]
SEEDS = ROOT / "seeds"
CASES = [
    json.loads(line)
    for name in ("figure_cases.jsonl", "number_cases.jsonl")
    for line in HERE.with_name(name).read_text(encoding="utf-8").splitlines()
]


def told(figure: Figure) -> dict[str, str]:
    value = figure.wording if figure.value is None else str(figure.value)
    if figure.upper is not None:
        value = f"{value}-{figure.upper}"
    return {
        "indicator": figure.indicator_id or figure.indicator,
        "measure": figure.measure,
        "kind": figure.kind,
        "period": figure.period,
        "value": str(value),
        "unit": figure.unit,
        "qualifier": figure.qualifier or "",
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_a_sentence_states_its_figures(case: dict[str, Any]) -> None:
    options = {key: case[key] for key in ("year", "date", "headings", "region") if key in case}

    assert [told(figure) for figure in figures_of(case["text"], **options)] == case["figures"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_a_figure_lies_in_its_clause(case: dict[str, Any]) -> None:
    options = {key: case[key] for key in ("year", "date", "headings", "region") if key in case}
    for figure in figures_of(case["text"], **options):
        assert figure.span.start <= figure.value_span.start < figure.value_span.end
        assert figure.value_span.end <= figure.span.end <= len(case["text"])


def test_the_seeds_state_what_was_labelled() -> None:
    result = score(SEEDS / "questions" / "figures_public.csv", SEEDS / "reports")

    assert result.f1 >= 0.97, "\n".join(map(str, result.errors))


@pytest.mark.parametrize("path", sorted((SEEDS / "reports").glob("*.txt")), ids=lambda p: p.stem)
def test_every_span_of_a_seed_holds_its_value(path: Path) -> None:
    report = read(path)
    for figure in find(report):
        written = figure.value_span.of(report.normalized.text)
        if figure.value is None:
            assert written == figure.wording
        elif any(character.isdecimal() for character in written):
            number = re.search(r"-?[\d.]+", written.replace(",", ""))
            assert number is not None
            assert str(figure.value).startswith(number[0])


def test_figures_are_numbered_in_the_order_of_the_text() -> None:
    figures = figures_of("地区生产总值增长5%,固定资产投资增长8%。")

    assert [figure.ordinal for figure in figures] == [0, 1]
    assert figures[0].value_span.start < figures[1].value_span.start


def test_the_words_that_announce_goals_are_the_context() -> None:
    text = "今年主要预期目标是:地区生产总值增长5%。"

    context = figures_of(text)[0].context

    assert context is not None
    assert context.of(text) == "今年主要预期目标是"


def test_an_indicator_keeps_the_name_that_the_report_uses() -> None:
    figure = figures_of("规上工业增加值增长5%。")[0]

    assert (figure.indicator, figure.as_written) == ("规模以上工业增加值", "规上工业增加值")


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("地区生产总值增长5%。", "焦作市"),
        ("全国居民人均可支配收入36883元。", "中国"),
        ("全省地区生产总值增长3.1%。", "河南省"),
        ("博爱县地区生产总值增长6%。", "博爱县"),
        ("地区生产总值增速高于全国0.5个百分点。", "焦作市"),
    ],
)
def test_a_figure_is_of_the_place_that_its_clause_names(text: str, region: str) -> None:
    assert [figure.region.name for figure in figures_of(text)] == [region]


@pytest.mark.parametrize(
    ("own", "region"),
    [("巴音郭楞蒙古自治州", "巴音郭楞蒙古自治州"), ("桂林市", "全州县")],
)
def test_the_whole_prefecture_is_no_county_elsewhere(own: str, region: str) -> None:
    assert [each.region.name for each in figures_of("全州地区生产总值增长5%。", region=own)] == [
        region
    ]


def test_a_report_of_an_unknown_year_yields_no_figures() -> None:
    assert figures_of("地区生产总值增长5%。", year=None) == []


UNSTOPPED = (
    ("", "地区生产总值、", "分别增长5%"),
    ("", "地区生产总值增长5%，", ""),
    ("", "增长5%,", ""),
    ("", "地区生产总值增长5%,", ""),
    ("", "二产比重上升三点五个百分点,", ""),
    ("", "支出5亿元,", ""),
    ("", "由3亿元增至5亿元,", ""),
    ("", "总(5%)", ""),
    ("分别增长", "3、", "5%"),
)


@pytest.mark.parametrize(("head", "repeated", "tail"), UNSTOPPED)
def test_clauses_without_a_full_stop_are_read_in_linear_time(
    head: str, repeated: str, tail: str
) -> None:
    assert in_proportion(lambda times: figures_of(head + repeated * times + tail), 500)


RUNS = (
    "1234567890 1. 1, 1,234 12%、 12%, 从3到 第一 一二三 5%- “1 年1月 2022年5%, 1-3月5%, "
    "生产总值5%, 总量总额 新建有 和、 持续 力争、 3个 由3户增至5户 与上年 全年 、 . %"
)


@pytest.mark.parametrize("run", RUNS.split())
def test_long_runs_of_digits_and_marks_stay_linear(run: str) -> None:
    def find_all(length: int) -> None:
        text = run * (length // len(run))
        find_amounts(text)
        figures_of(text)
        figures_of(f"今年主要预期目标是:地区生产总值{text}5%。")

    assert in_proportion(find_all, 1_250)
