"""The figure lock against true answers and against a hundred that were tampered with.

Answers over the sample corpus are falsified as text, one statement at a time, in every way and
language; `lock_questions.jsonl` holds the questions that they answer.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import zip_longest
from pathlib import Path

import pytest

from assistant.answer import Assistant, open_assistant
from assistant.grounding.check import Sources, ground
from assistant.grounding.places_and_years import given_by
from assistant.settings import Settings
from assistant.types import Answer
from tests.conftest import SEEDS

QUESTIONS = Path(__file__).parent / "lock_questions.jsonl"
TAMPERED = 100


@dataclass(frozen=True)
class Tampered:
    """An answer with one statement falsified: `false` is that statement, without marks."""

    kind: str
    form: str
    answer: Answer
    text: str
    false: str


@pytest.fixture(scope="module")
def assistant(seeds_index: Path) -> Assistant:
    return open_assistant(Settings(data=seeds_index))


@pytest.fixture(scope="module")
def sources(assistant: Assistant) -> Sources:
    reports = assistant.reports()
    return Sources(
        assistant.raw_of, lambda: given_by(reports), assistant.lexicon, assistant.gazetteer
    )


@pytest.fixture(scope="module")
def answers(assistant: Assistant) -> list[tuple[str, Answer]]:
    cases = [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]
    asked = [(case["form"], assistant.ask(case["question"])) for case in cases]
    return [(form, answer) for form, answer in asked if answer.query is None]


# The ways of falsifying: each yields where a text is changed, and to what

Change = tuple[int, int, str]

_VALUE = re.compile(
    r"(?<![\d.,\[])(\d[\d,]*(?:\.\d+)?)(?=\s?(?:%|[萬万億亿元戶户個个件人]|people|[bm]illion|percent|yuan))"
)


def change_digit(text: str) -> Iterator[Change]:
    for match in _VALUE.finditer(text):
        place = match.start(1)
        yield place, place + 1, str(int(text[place]) % 9 + 1)


_UNITS = (
    ("个百分点", "%"), ("個百分點", "%"), ("亿元", "万元"), ("億元", "萬元"), ("万元", "亿元"),
    ("万人", "人"), ("萬人", "人"), ("万户", "户"), ("%", "个百分点"), ("倍", "%"),
    ("percentage points", "percent"), ("billion", "million"), ("yuan", "US dollars"),
    ("people", "yuan"), ("times", "percent"), ("元", "美元"),
)  # fmt: skip


def change_unit(text: str) -> Iterator[Change]:
    for unit, other in _UNITS:
        for match in re.finditer(rf"(?<=\d)\s?({unit})", text):
            if not (unit == "%" and "percentage" in text):
                yield match.start(1), match.end(1), other


def change_year(text: str) -> Iterator[Change]:
    for match in re.finditer(r"(?<![\d.,])20\d\d(?!\d)", text):
        yield *match.span(), str(int(match[0]) + (1 if int(match[0]) % 2 else -1))


_PLACES = (
    ("玉门市", "焦作市"), ("猇亭区", "运城市"), ("焦作市", "兰州市"), ("运城市", "玉门市"),
    ("嘉峪关市", "玉门市"), ("玉門市", "焦作市"), ("猇亭區", "運城市"), ("運城市", "玉門市"),
    ("嘉峪關市", "玉門市"), ("Yumen", "Lanzhou"), ("Jiaozuo", "Yumen"), ("Yuncheng", "Jiaozuo"),
    ("Xiaoting District", "Jiayuguan"), ("Jiayuguan", "Yuncheng"),
)  # fmt: skip


def change_region(text: str) -> Iterator[Change]:
    for place, other in _PLACES:
        for match in re.finditer(place, text):
            yield *match.span(), other


def target_to_actual(text: str) -> Iterator[Change]:
    for pattern, other in (
        (r"的(?:预期目标|預期目標)是", ""),
        (r"(?<=年)(?:目标|目標)(?= \|)", "完成"),
        (r"的(?:目标|目標)(?=：)", "完成"),
        (r"(?<='s )target for ", ""),
        (r"target(?= \|)", "result"),
        (r"targets(?= for)", "results"),
    ):
        for match in re.finditer(pattern, text):
            yield *match.span(), other


def actual_to_target(text: str) -> Iterator[Change]:
    for pattern, other in (
        (r"(?<=年)完成(?= \|)", "目標"),
        (
            r"(?<=\d年)(?=[^\d\s|：，。标標]{4,20}(?:为|為|预计|預計|增长|增長|下降|较|較)\d)",
            "目标是",
        ),
        (r"result(?= \|)", "target"),
        (r"(?<='s )(?=[^:\n]*\) in \d{4}:)", "target for "),
    ):
        for match in re.finditer(pattern, text):
            yield *match.span(), other


_QUALIFIERS = (
    r"以上|左右|以内|以內|突破|超过|超過|预计|預計"
    r"| or more| \(estimated\)|more than |about |at most |at least "
)


def drop_qualifier(text: str) -> Iterator[Change]:
    for match in re.finditer(_QUALIFIERS, text):
        if "符合" not in text[match.start() :].partition("。")[0]:
            yield *match.span(), ""


WAYS: dict[str, Callable[[str], Iterator[Change]]] = {
    "digit changed": change_digit,
    "unit changed": change_unit,
    "year swapped": change_year,
    "region swapped": change_region,
    "target called actual": target_to_actual,
    "actual called target": actual_to_target,
    "qualifier dropped": drop_qualifier,
}


def _statement_at(text: str, place: int) -> str:
    """The sentence, item or row of a text around a place, without marks."""
    start = max(text.rfind("\n", 0, place), text.rfind("。", 0, place)) + 1
    ends = [end for mark in "\n。" if (end := text.find(mark, place)) >= 0]
    return _without_marks(text[start : min(ends, default=len(text))]).strip()


def _without_marks(text: str) -> str:
    return re.sub(r"\s?\[\d+\]", "", text)


def _tampered(form: str, answer: Answer) -> Iterator[Tampered]:
    """Falsify an answer in each way, in as many places as it can be."""
    names = {figure.indicator for figure in answer.figures}
    for kind, way in WAYS.items():
        for start, end, other in way(answer.text):
            if any(answer.text[start:end] and answer.text[start:end] in name for name in names):
                continue  # 规模以上 is no qualifier
            text = answer.text[:start] + other + answer.text[end:]
            yield Tampered(kind, form, answer, text, _statement_at(text, start))


def _hundred(answers: list[tuple[str, Answer]]) -> list[Tampered]:
    """Take a hundred, the ways and the answers by turns."""
    by_way: dict[str, list[list[Tampered]]] = {kind: [] for kind in WAYS}
    forms = dict.fromkeys(form for form, _ in answers)
    turns_of_forms = zip_longest(*([a for a in answers if a[0] == form] for form in forms))
    for form, answer in (each for turn in turns_of_forms for each in turn if each is not None):
        found = list(_tampered(form, answer))
        for kind in WAYS:
            by_way[kind].append([each for each in found if each.kind == kind])
    turns = [
        [each for turn in zip_longest(*cases) for each in turn if each is not None]
        for cases in by_way.values()
    ]
    return [each for turn in zip_longest(*turns) for each in turn if each is not None][:TAMPERED]


def _table(cases: list[Tampered]) -> str:
    return "\n".join(
        f"{each.kind} | {each.form} | {each.answer.language} | {each.false}" for each in cases
    )


def _escaped(cases: list[Tampered], sources: Sources) -> list[Tampered]:
    return [
        each
        for each in cases
        if each.false in _without_marks(ground(replace(each.answer, text=each.text), sources).text)
    ]


def test_a_hundred_tampered_answers_are_all_caught(
    answers: list[tuple[str, Answer]], sources: Sources
) -> None:
    cases = _hundred(answers)
    assert len(cases) == TAMPERED
    escaped = _escaped(cases, sources)
    assert not escaped, f"{len(escaped)} escaped:\n{_table(escaped)}\n\nof\n{_table(cases)}"


def test_the_hundred_are_of_every_kind_form_and_language(
    answers: list[tuple[str, Answer]],
) -> None:
    cases = _hundred(answers)
    assert set(Counter(each.kind for each in cases)) == set(WAYS)
    assert {each.form for each in cases} == {"single", "comparison", "calculation", "list"}
    assert {each.answer.language for each in cases} == {"zh-Hans", "zh-Hant", "en"}


def test_every_falsification_that_can_be_made_is_caught(
    answers: list[tuple[str, Answer]], sources: Sources
) -> None:
    cases = [each for form, answer in answers for each in _tampered(form, answer)]
    escaped = _escaped(cases, sources)
    assert not escaped, f"{len(escaped)} of {len(cases)} escaped:\n{_table(escaped)}"


def test_the_answers_themselves_pass_unchanged(
    answers: list[tuple[str, Answer]], sources: Sources
) -> None:
    assert [answer.question for _, answer in answers if answer.abstained] == []
    for _, answer in answers:
        assert ground(answer, sources) is answer


def test_nothing_is_withheld_from_the_answers_to_the_public_questions(
    assistant: Assistant,
) -> None:
    withheld = re.compile("核对一致|核對一致|is withheld")
    lines = (SEEDS / "questions" / "seeds_public.jsonl").read_text(encoding="utf-8").splitlines()
    for case in map(json.loads, lines):
        answer = assistant.ask(case["question"], history=case["history"])
        assert not withheld.search(answer.text), f"{case['question']}: {answer.text}"
