"""Which names and words leave a figure what its column says."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from assistant.panel import names
from assistant.panel.names import Around, adds, is_named, is_of_a_part, is_of_years
from index.lexicon.indicators import load_lexicon
from tests.assistant.figures import figure
from tests.case_files import cases_beside

LEXICON = load_lexicon()
NAMES = Path(names.__file__).with_name("names.toml")


@pytest.mark.parametrize(
    "case", cases_beside(__file__, "names.jsonl"), ids=lambda case: case["name"]
)
def test_a_name_is_the_indicators_or_means_the_same(case: dict[str, Any]) -> None:
    made = figure("1", "%", as_written=case["name"])
    assert is_named(made, LEXICON.get(case["indicator"])) == case["named"]


@pytest.mark.parametrize(
    "case", cases_beside(__file__, "around.jsonl"), ids=lambda case: case["clause"]
)
def test_words_beside_a_name_make_a_part_of_it(case: dict[str, Any]) -> None:
    made = figure("1", "亿元", measure="level", as_written=case["name"], clause=case["clause"])
    around = Around(case["sentence"].replace("，", ","), "", "")
    assert is_of_a_part(around, made, case["name"]) == case["part"]


@pytest.mark.parametrize(
    "case", cases_beside(__file__, "years.jsonl"), ids=lambda case: case["lead"]
)
def test_words_before_a_number_say_that_it_is_of_several_years(case: dict[str, Any]) -> None:
    sentence, lead = (case[key].replace("，", ",") for key in ("sentence", "lead"))
    assert is_of_years(Around(sentence, lead, "")) == case["several"]


def test_the_lists_name_indicators_of_the_lexicon() -> None:
    lists = tomllib.loads(NAMES.read_text(encoding="utf-8"))
    known = {indicator.id for indicator in LEXICON.all}
    assert {*lists["same"], *lists["other"]} <= known


def test_what_was_added_is_not_what_there_is() -> None:
    made = figure("9.6", "亿元", measure="level", clause="新增贷款余额9.6亿元")
    assert adds("", made, "各项贷款余额")
    assert adds("新增", replace(made, clause="上市企业3家"), "上市公司数")
    assert not adds("", made, "新增贷款")
    assert not adds("", replace(made, measure="growth_yoy"), "各项贷款余额")
