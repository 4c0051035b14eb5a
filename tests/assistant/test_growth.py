"""Checking a text and holding an answer to its sources take time in proportion to their length."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.answer import Assistant, open_assistant
from assistant.checking.checker import Checker
from assistant.checking.types import Setting
from assistant.grounding.check import Sources, ground
from assistant.grounding.places_and_years import given_by
from assistant.settings import Settings
from tests.growth import in_proportion

TEXTS: dict[str, Callable[[int], str]] = {
    "figures": lambda n: "焦作市2023年地区生产总值增长7%。" * n,
    "figures in one line": lambda n: "地区生产总值增长7%," * n,
    "numbers": lambda n: "7%" * n,
    "words": lambda n: "发展" * n,
}


@pytest.fixture(scope="module")
def assistant(seeds_index: Path) -> Assistant:
    return open_assistant(Settings(data=seeds_index))


@pytest.mark.parametrize("kind", TEXTS)
def test_a_longer_text_is_checked_in_proportion(assistant: Assistant, kind: str) -> None:
    checker = Checker(assistant.searcher.catalogue, assistant.lexicon, assistant.gazetteer)
    assert in_proportion(lambda n: checker.check(TEXTS[kind](n), Setting()), 15)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_longer_answer_is_held_to_its_sources_in_proportion(
    assistant: Assistant, language: str
) -> None:
    asked = {"zh": "焦作2023年GDP增长目标是多少", "en": "what GDP growth did Jiaozuo target"}
    answer = assistant.ask(asked[language])
    reports = assistant.reports()
    sources = Sources(
        assistant.raw_of, lambda: given_by(reports), assistant.lexicon, assistant.gazetteer
    )

    def held(times: int) -> object:
        return ground(replace(answer, text="\n".join([answer.text] * times)), sources)

    assert in_proportion(held, 4)
