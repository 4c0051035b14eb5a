"""Questions that the page offers: each is answered where it is offered."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from assistant.answer import Assistant, open_assistant
from assistant.settings import Settings
from assistant.types import Language
from assistant.web.examples import NEXT, Examples
from assistant.web.reports.keeping import Keeper


@pytest.fixture(scope="module")
def assistant(seeds_index: Path) -> Assistant:
    return open_assistant(Settings(data=seeds_index))


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en"])
def test_what_is_offered_at_first_is_answered(assistant: Assistant, language: Language) -> None:
    offered = Examples(assistant).first(language)
    assert len(offered) > 1
    assert all(assistant.ask(question).citations for question in offered)


@pytest.mark.parametrize(
    "asked",
    [
        "玉门2023年GDP增长目标是多少",
        "2023年哪个地区的GDP增长目标最高",
        "What GDP growth did Yumen target for 2023?",
        "玉门1999年GDP是多少",
    ],
)
def test_what_goes_on_from_an_answer_is_answered_in_its_conversation(
    assistant: Assistant, asked: str
) -> None:
    offered = Examples(assistant).after(assistant.ask(asked), [asked])
    assert 0 < len(offered) <= NEXT
    answers = [assistant.ask(question, history=[asked]) for question in offered]
    assert all(answer.citations and not answer.abstained for answer in answers)
    listed = [answer for answer in answers if "主要预期目标" in answer.question]
    assert all(len(answer.figures) > 1 for answer in listed)


def test_no_target_is_offered_that_the_table_does_not_have(assistant: Assistant) -> None:
    asked = "那运城2022年治安案件呢"
    offered = Examples(assistant).after(assistant.ask(asked), [asked])
    assert offered
    assert not any("治安案件" in question for question in offered)


def test_what_is_offered_is_answered_by_the_index_as_it_has_become(
    seeds_index: Path, tmp_path: Path
) -> None:
    data = shutil.copytree(seeds_index, tmp_path / "data")
    assistant, asked = open_assistant(Settings(data=data)), "玉门2023年GDP增长目标是多少"
    examples, answer = Examples(assistant), assistant.ask(asked)
    before = examples.after(answer, [asked])
    for place in ("焦作市", "玉门市"):
        catalogue = assistant.searcher.catalogue
        gone = [report.id for report in catalogue.reports() if report.place_name == place]
        Keeper(catalogue).remove(gone[0])
        offered = examples.after(answer, [asked])
        assert all(assistant.ask(question).citations for question in offered)
        assert any("玉门" in question for question in offered) == (place == "焦作市")
    assert any("玉门" in question for question in before)
