"""The public question set over the sample corpus: what was reached is not to be lost again.

The catalogue is a file, and then a database of PostgreSQL.
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


@pytest.fixture(scope="module", params=["file", "server"])
def settings(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    if request.param == "file":
        return Settings(data=request.getfixturevalue("seeds_index"))
    database = request.getfixturevalue("postgresql_server").new_database()
    data = tmp_path_factory.mktemp("served")
    build([SEEDS / "reports"], data=data, database=database)
    return Settings(data=data, database=database)


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
