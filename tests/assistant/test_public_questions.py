"""The public question sets over their reports: what was reached is not to be lost again.

All of an index is in files; then the catalogue is in PostgreSQL, and the vectors come from a Chroma
server into a folder of the one that asks: the answers have to be the same ones. The sets that are
no part of the project lie beside the corpora, in `questions`.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pytest

from assistant.answer import open_assistant
from assistant.evaluation.harness import Evaluation, evaluate
from assistant.evaluation.questions import load_questions
from assistant.settings import Settings
from assistant.types import Answer
from index.build import build
from tests.conftest import SEEDS

CORPORA = Path(os.environ.get("BAOGAO_CORPORA", ""))


@dataclass(frozen=True, slots=True)
class Set:
    """Questions, the reports they are asked of, and how many are known to be answered wrongly."""

    questions: Path
    reports: Path
    wrong: int

    def __str__(self) -> str:
        return self.questions.stem


SETS = (
    Set(SEEDS / "questions" / "seeds_public.jsonl", SEEDS / "reports", 0),
    Set(CORPORA.parent / "questions" / "seeds_more.jsonl", SEEDS / "reports", 5),
    Set(CORPORA.parent / "questions" / "pages.jsonl", CORPORA / "reports" / "pages", 6),
    Set(
        *(CORPORA.parent / "questions" / "provinces.jsonl", CORPORA / "reports" / "provinces_more"),
        wrong=3,
    ),
)

Indexed = Callable[[Path], Settings]
"""How to ask an index of the reports in a folder, which is made once."""


@pytest.fixture(scope="module")
def files(seeds_index: Path, tmp_path_factory: pytest.TempPathFactory) -> Indexed:
    @cache
    def indexed(reports: Path) -> Settings:
        if reports == SEEDS / "reports":
            return Settings(data=seeds_index)
        data = tmp_path_factory.mktemp("files")
        build([reports], data=data)
        return Settings(data=data)

    return indexed


@pytest.fixture(scope="module")
def servers(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Indexed:
    postgresql = request.getfixturevalue("postgresql_server")
    chroma = request.getfixturevalue("chroma_server")

    @cache
    def indexed(reports: Path) -> Settings:
        writer, reader = (tmp_path_factory.mktemp(name) for name in ("writer", "reader"))
        settings = Settings(
            reader, database=postgresql.new_database(), chroma=chroma.new_database()
        )
        build([reports], data=writer, database=settings.database, chroma=settings.chroma)
        return settings

    return indexed


@pytest.fixture(scope="module", params=SETS, ids=str)
def asked(request: pytest.FixtureRequest) -> Set:
    found: Set = request.param
    if not (found.questions.is_file() and found.reports.is_dir()):
        pytest.skip(
            "BAOGAO_CORPORA names no folder of corpora that has questions/*.jsonl beside it"
        )
    return found


@pytest.fixture(scope="module")
def evaluation(asked: Set, files: Indexed) -> Evaluation:
    return evaluated(asked, files(asked.reports))


def evaluated(asked: Set, settings: Settings) -> Evaluation:
    assistant = open_assistant(settings)
    found = evaluate(
        load_questions(asked.questions),
        ask=lambda question, history: assistant.ask(question, history=history),
        raw_of=assistant.raw_of,
    )
    assistant.searcher.close()
    return found


def answers(evaluation: Evaluation) -> list[Answer]:
    """Return the answers without how long they took, which no two runs share."""
    return [replace(each.answer, latency_s=0) for each in evaluation.outcomes]


def test_no_question_crashes(evaluation: Evaluation) -> None:
    assert evaluation.overall.errors == 0


def test_every_citation_is_exact(evaluation: Evaluation) -> None:
    assert evaluation.overall.citations_exact == 1.0


def test_no_more_are_wrong_than_were(asked: Set, evaluation: Evaluation) -> None:
    wrong = [each.id for each in evaluation.scores if not each.strict]
    assert len(wrong) <= asked.wrong, wrong


def test_what_is_not_in_the_reports_is_refused(evaluation: Evaluation) -> None:
    summary = evaluation.overall
    assert summary.refused >= 0.9 * summary.unanswerable


def test_an_index_on_servers_gives_the_same_answers(
    asked: Set, servers: Indexed, evaluation: Evaluation
) -> None:
    assert answers(evaluated(asked, servers(asked.reports))) == answers(evaluation)
