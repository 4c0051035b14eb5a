"""What the witnesses of a report say together, case by case."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from index.places.gazetteer import load_gazetteer
from index.reports.genuine import why_not
from index.reports.metadata import describe
from index.reports.witnesses import Told
from index.text.normalization import normalize
from index.types import Report

_CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "witnesses.jsonl").read_text("utf-8").splitlines()
]


def _report(text: str, document: str = "a.txt", told: Told | None = None) -> Report:
    return describe(
        normalize(text),
        document=document,
        report_id="a",
        gazetteer=load_gazetteer(),
        told=told,
    )


@pytest.mark.parametrize("case", _CASES, ids=lambda case: case["name"])
def test_a_report_is_whose_and_when_its_witnesses_say(case: dict[str, Any]) -> None:
    report = _report(case["text"], case.get("document", "a.txt"))
    read = {
        "region": report.place_name,
        "year": report.given,
        "date": report.date.value if report.date else None,
        "speaker": report.speaker.value if report.speaker else None,
        "doubts": [doubt.field for doubt in report.doubts],
    }
    assert {key: read[key] for key in case if key in read} == {
        key: value for key, value in case.items() if key in read
    }


def test_what_a_person_says_goes_before_and_the_text_is_a_doubt() -> None:
    text = "——2016年1月6日在池州市第三届人民代表大会第五次会议上\n各位代表:"
    report = _report(text, told=Told(region="沧州市", source="https://a.gov.cn/1"))
    assert (report.place_name, report.url) == ("沧州市", "https://a.gov.cn/1")
    assert ("region", "session", "池州市", "沧州市") in [
        (each.field, each.witness, each.says, each.chosen) for each in report.doubts
    ]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("X市政府工作报告\n" + "生产总值X亿元、增长X%。" * 6, "template"),
        ("第789章 忐忑不安\n夏梦云作报告时有条不紊,心里忐忑。\n各位代表:", "novel"),
        ("2013年政府工作报告\n" + "学习贯彻党的二十大精神。" * 4, "党的二十大"),
        ("2045年政府工作报告\n各位代表:", "still to come"),
    ],
)
def test_what_is_no_report_is_told_in_one_line(text: str, reason: str) -> None:
    why = why_not(normalize(text).text, _report(text))
    assert why is not None
    assert reason in why
    assert "\n" not in why
