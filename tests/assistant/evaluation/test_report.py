import json
from collections.abc import Sequence
from io import StringIO

import pytest
from rich.cells import cell_len
from rich.console import Console

from assistant.evaluation.harness import Evaluation, evaluate
from assistant.evaluation.report import as_json, grids, markdown, notes, print_report
from assistant.types import Answer
from index.types import Hit
from tests.assistant.evaluation.samples import annotator, hit, questions, raw_of


def ask(text: str, history: Sequence[str]) -> Answer:
    if "猇亭" in text and "建筑业" in text:
        raise RuntimeError("a | b\x1b[31m")
    if "玉门23年" in text:
        return Answer(text, "zh-Hans", "没有。", abstained=True, reason="not_stated")
    return annotator(text, history)


def retrieve(_text: str, _history: Sequence[str]) -> list[Hit]:
    document = "003_6c315c879fc3e2f4.txt"
    return [hit(document, 0, len(raw_of(document)))]


@pytest.fixture(scope="module")
def evaluation() -> Evaluation:
    return evaluate(questions(), ask, raw_of, retrieve)


def printed(evaluation: Evaluation) -> str:
    console = Console(file=StringIO(), width=100)
    print_report(evaluation, console)
    assert isinstance(console.file, StringIO)
    return console.file.getvalue()


def test_the_tables_fit_a_terminal_of_100_columns_uncut(evaluation: Evaluation) -> None:
    text = printed(evaluation)
    assert max(map(cell_len, text.splitlines())) <= 100
    assert "…" not in text
    assert "definition_or_slogan" in text


def test_a_row_holds_the_measures_of_its_group(evaluation: Evaluation) -> None:
    answers = grids(evaluation)[0]
    row = dict(zip(answers.header, answers.rows[0], strict=True))
    counted = {name: row[name] for name in ("group", "n", "correct", "false refusal", "errors")}
    assert counted == {
        "group": "figure_target",
        "n": "14",
        "correct": "85.7%",
        "false refusal": "1/14",
        "errors": "1",
    }


def test_retrieval_has_its_own_table(evaluation: Evaluation) -> None:
    retrieval = grids(evaluation)[1]
    assert retrieval.header == ("group", "n", "hit@1", "hit@5", "nDCG@10")
    assert retrieval.rows[-1][:2] == ("all", "79")


def test_without_a_retriever_there_is_no_such_table() -> None:
    titles = [grid.title for grid in grids(evaluate(questions("ft-003"), annotator, raw_of))]
    assert titles == ["Answers"]


def test_faults_are_named(evaluation: Evaluation) -> None:
    faults = {row[0]: row[2] for row in grids(evaluation)[2].rows}
    assert faults == {
        "ft-003": "refused (not_stated)",
        "ft-009": "RuntimeError: a | b [31m; lacks 20%; citations not exact",
    }


def test_the_notes_tell_the_result_and_the_reasons(evaluation: Evaluation) -> None:
    result, *reasons = notes(evaluation)
    assert result.startswith("88 of 90 correct (97.8%), 88 without a distractor (97.8%), 0 too")
    assert reasons == [
        "Reasons where there is no answer: not_stated 11.",
        "Reasons of false refusals: not_stated 1.",
    ]


def test_markdown_rows_have_as_many_cells_as_their_header(evaluation: Evaluation) -> None:
    text = markdown(evaluation)
    assert "| figure_target | 14 | 85.7% |" in text
    (fault,) = [line for line in text.splitlines() if line.startswith("| ft-009")]
    assert fault.replace("\\|", "").count("|") == 4


def test_json_holds_every_question_and_group(evaluation: Evaluation) -> None:
    found = json.loads(json.dumps(as_json(evaluation)))
    assert found["overall"]["n"] == len(found["questions"]) == 90
    assert found["by_type"]["unanswerable"]["refused"] == 11
    assert found["by_language"]["zh-Hant"]["n"] == 13
    assert found["questions"][0]["false_refusal"] is True
