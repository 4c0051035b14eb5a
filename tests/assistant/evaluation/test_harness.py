from collections.abc import Sequence
from dataclasses import replace

import pytest

from assistant.evaluation.harness import Evaluation, evaluate, score_all
from assistant.evaluation.questions import Evidence
from assistant.types import Answer
from index.types import Hit
from tests.assistant.evaluation.samples import annotator, hit, questions, raw_of


def crash(text: str, _history: Sequence[str]) -> Answer:
    raise RuntimeError(f"no model\nfor {text}")


def without_latency(evaluation: Evaluation) -> list[object]:
    return [replace(score, latency_s=0.0) for score in evaluation.scores]


@pytest.fixture(scope="module")
def gold() -> Evaluation:
    return evaluate(questions(), annotator, raw_of)


def test_the_annotators_answers_are_right(gold: Evaluation) -> None:
    assert [score.id for score in gold.scores if not score.strict] == []


def test_the_annotators_citations_are_perfect(gold: Evaluation) -> None:
    overall = gold.overall
    assert overall.citations_exact == overall.citation_precision == overall.citation_recall == 1


def test_abstentions_are_counted_where_there_is_no_answer(gold: Evaluation) -> None:
    overall = gold.overall
    assert (overall.answerable, overall.unanswerable, overall.refused) == (79, 11, 11)
    assert gold.refusal_reasons == (("not_stated", 11),)
    assert overall.false_refusals == 0


def test_citations_are_measured_only_where_there_are_gold_quotes(gold: Evaluation) -> None:
    measured = [score.answerable for score in gold.scores if score.citation_recall is not None]
    assert measured == [True] * 79


def test_groups_are_named_as_in_the_set(gold: Evaluation) -> None:
    assert [name for name, _ in gold.by_language] == ["zh-Hans", "zh-Hant", "en"]
    assert gold.by_type[0][0] == "figure_target"


def test_two_runs_differ_in_nothing_but_latency() -> None:
    asked = questions("ft-003", "fu-009", "un-004")
    first, second = (evaluate(asked, annotator, raw_of) for _ in range(2))
    assert without_latency(first) == without_latency(second)


def test_earlier_turns_are_handed_over() -> None:
    heard: list[tuple[str, Sequence[str]]] = []

    def listen(text: str, history: Sequence[str]) -> Answer:
        heard.append((text, history))
        return annotator(text, history)

    evaluate(questions("fu-010"), listen, raw_of)
    assert heard == [("那财政收入目标呢,也是2026年的", ("嘉峪关2026年GDP目标", "现在是多少?"))]


def test_a_question_that_crashes_is_scored_as_an_empty_answer() -> None:
    evaluation = evaluate(questions("ft-003", "un-004"), crash, raw_of)
    overall = evaluation.overall
    assert (overall.n, overall.errors, overall.correct, overall.refused) == (2, 2, 0, 0)
    assert overall.citations_exact == overall.citation_precision == overall.citation_recall == 0
    assert evaluation.scores[0].error == "RuntimeError: no model for 玉门23年规上工业增速目标"


def test_a_crash_does_not_stop_the_others() -> None:
    def ask(text: str, history: Sequence[str]) -> Answer:
        return (crash if "玉门" in text else annotator)(text, history)

    evaluation = evaluate(questions("ft-003", "ft-009"), ask, raw_of)
    assert [score.correct for score in evaluation.scores] == [False, True]


def test_retrieval_is_measured_where_a_retriever_is_given() -> None:
    def retrieve(_text: str, _history: Sequence[str]) -> list[Hit]:
        document = "003_6c315c879fc3e2f4.txt"
        return [hit(document, 0, 40), hit(document, 0, len(raw_of(document)))]

    evaluation = evaluate(questions("ft-009", "un-004"), annotator, raw_of, retrieve)
    overall = evaluation.overall
    assert (overall.ranked, overall.hit_at_1, overall.hit_at_5) == (1, 0, 1)


def test_a_retriever_that_crashes_is_an_error_beside_the_answer() -> None:
    def retrieve(_text: str, _history: Sequence[str]) -> list[Hit]:
        raise LookupError

    (score,) = evaluate(questions("ft-009"), annotator, raw_of, retrieve).scores
    assert (score.correct, score.error) == (True, "LookupError")
    assert score.ranking is not None
    assert score.ranking.ndcg_at_10 == 0


def test_without_a_retriever_retrieval_is_not_measured(gold: Evaluation) -> None:
    assert (gold.overall.ranked, gold.overall.hit_at_1) == (0, None)


def test_gold_quotes_that_no_file_holds_are_told_and_count_as_not_found() -> None:
    lost = Evidence("elsewhere.txt", "增长8%")
    (question,) = questions("ft-009")
    evaluation = evaluate([replace(question, evidence=(lost,))], annotator, raw_of)
    assert evaluation.unlocated == (lost,)
    assert evaluation.overall.citation_recall == 0


def test_nothing_to_score_is_refused() -> None:
    with pytest.raises(ValueError, match="expected at least one question to score, found none"):
        score_all([], raw_of)
