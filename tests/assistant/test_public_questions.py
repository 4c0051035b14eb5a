"""The public question set over the sample corpus: what was reached is not to be lost again.

All of the index is in files; then the catalogue is in PostgreSQL, and the vectors come from a
Chroma server into a folder of the one that asks.
"""

from __future__ import annotations

import pytest

from assistant.answer import open_assistant
from assistant.evaluation.harness import Evaluation, evaluate
from assistant.evaluation.questions import load_questions
from assistant.settings import Settings
from index.build import build
from tests.conftest import SEEDS

FIGURES = ("figure_target", "figure_actual", "calculation", "follow_up")


@pytest.fixture(scope="module", params=["files", "servers"])
def settings(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    if request.param == "files":
        return Settings(data=request.getfixturevalue("seeds_index"))
    database = request.getfixturevalue("postgresql_server").new_database()
    chroma = request.getfixturevalue("chroma_server").new_database()
    writer, reader = (tmp_path_factory.mktemp(name) for name in ("writer", "reader"))
    build([SEEDS / "reports"], data=writer, database=database, chroma=chroma)
    return Settings(data=reader, database=database, chroma=chroma)


@pytest.fixture(scope="module")
def evaluation(settings: Settings) -> Evaluation:
    assistant = open_assistant(settings)
    found = evaluate(
        load_questions(SEEDS / "questions" / "seeds_public.jsonl"),
        ask=lambda question, history: assistant.ask(question, history=history),
        raw_of=assistant.raw_of,
    )
    assistant.searcher.close()
    return found


def test_no_question_crashes(evaluation: Evaluation) -> None:
    assert evaluation.overall.errors == 0


def test_every_citation_is_exact(evaluation: Evaluation) -> None:
    assert evaluation.overall.citations_exact == 1.0


@pytest.mark.parametrize("kind", FIGURES)
def test_figures_are_answered_without_a_distractor(evaluation: Evaluation, kind: str) -> None:
    summary = dict(evaluation.by_type)[kind]
    assert summary.strict / summary.n >= 0.95


def test_what_is_not_in_the_reports_is_refused(evaluation: Evaluation) -> None:
    summary = evaluation.overall
    assert summary.refused / summary.unanswerable >= 0.9
