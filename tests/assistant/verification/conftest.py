"""The sample index and its public questions, each answered once however often it is asked."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from assistant.answer import Assistant, open_assistant
from assistant.records.conversations import Exchange, exchange_in
from assistant.settings import Settings
from assistant.types import Answer
from assistant.verification.corpora import Corpora
from assistant.verification.files import Files
from tests.conftest import SEEDS


class Remembering(Assistant):
    """An assistant that asks the real one once a question, as thousands of bundles ask the same."""

    answers: dict[tuple[object, ...], Answer] = {}  # noqa: RUF012 - one for the tests of this folder

    def ask(
        self,
        question: str,
        *,
        history: Sequence[str] = (),
        regions: frozenset[str] = frozenset(),
        years: frozenset[int] = frozenset(),
        reports: frozenset[str] = frozenset(),
    ) -> Answer:
        key = (question, tuple(history), regions, years, reports)
        if key not in self.answers:
            self.answers[key] = super().ask(
                question, history=history, regions=regions, years=years, reports=reports
            )
        return self.answers[key]


@pytest.fixture(scope="package")
def remembering(seeds_index: Path) -> Assistant:
    opened = open_assistant(Settings(data=seeds_index))
    return Remembering(opened.searcher, opened.gazetteer, opened.lexicon)


@pytest.fixture(scope="package")
def indexed(seeds_index: Path, remembering: Assistant) -> Iterator[Corpora]:
    """The index of the sample reports, without any folder."""
    with Corpora(Files(), Settings(data=seeds_index), remembering) as opened:
        yield opened


@pytest.fixture(scope="package")
def conversations(remembering: Assistant) -> list[tuple[Exchange, ...]]:
    """The public questions with their answers, those asked before them first."""
    lines = (SEEDS / "questions/seeds_public.jsonl").read_text("utf-8").splitlines()
    return [_conversation(json.loads(line), remembering) for line in lines]


def _conversation(case: dict[str, Any], assistant: Assistant) -> tuple[Exchange, ...]:
    answer = assistant.ask(case["question"], history=case["history"])
    asked = exchange_in(assistant.searcher.catalogue, case["question"], answer)
    return (*(Exchange(turn) for turn in case["history"]), asked)
