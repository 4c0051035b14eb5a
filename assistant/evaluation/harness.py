"""Asks the questions of a set and scores what comes back.

    outcomes = ask_all(questions, ask, retrieve)      each question, its answer, its passages
    evaluation = score_all(outcomes, raw_of)          each outcome scored, gathered by group

`evaluate` is both. A question that crashes is scored as an empty answer, never dropped. Nothing
here knows what answers: `ask`, `retrieve` and `raw_of` are handed in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from time import perf_counter
from typing import TypeVar

from assistant.evaluation import scorers
from assistant.evaluation.evidence import Gold, RawOf, locate
from assistant.evaluation.measures import (
    Score,
    Summary,
    count_reasons,
    summarize,
    summarize_by,
)
from assistant.evaluation.questions import EvalQuestion, Evidence
from assistant.evaluation.retrieval import rank
from assistant.types import Answer
from index.types import Hit

T = TypeVar("T")

Ask = Callable[[str, Sequence[str]], Answer]
"""Answers a question, given the user's turns before it, oldest first."""

Retrieve = Callable[[str, Sequence[str]], Sequence[Hit]]
"""Returns the passages found for a question and its earlier turns, best first, ten or more."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a question; `hits` is None where no retriever was asked.

    `error` is the message of what was raised in asking; the answer is then an empty one.
    """

    question: EvalQuestion
    answer: Answer
    hits: tuple[Hit, ...] | None = None
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The scores of a question set, in its order, and what they come to.

    `refusal_reasons` counts the reasons of abstentions from unanswerable questions,
    `false_refusal_reasons` those of false refusals. `unlocated` are gold quotes that no raw file
    holds: a fault of the set or of the folder, scored as not found.
    """

    outcomes: tuple[Outcome, ...]
    scores: tuple[Score, ...]
    overall: Summary
    by_type: tuple[tuple[str, Summary], ...]
    by_language: tuple[tuple[str, Summary], ...]
    refusal_reasons: tuple[tuple[str, int], ...]
    false_refusal_reasons: tuple[tuple[str, int], ...]
    unlocated: tuple[Evidence, ...]


def evaluate(
    questions: Sequence[EvalQuestion],
    ask: Ask,
    raw_of: RawOf,
    retrieve: Retrieve | None = None,
) -> Evaluation:
    """Ask every question, one after the other, and score the answers.

    Args:
        questions: At least one.
        ask: What answers; anything it raises is recorded with the question.
        raw_of: The raw text of a document by its name.
        retrieve: What finds passages; None leaves retrieval unmeasured.
    """
    return score_all(ask_all(questions, ask, retrieve), raw_of)


def ask_all(
    questions: Iterable[EvalQuestion], ask: Ask, retrieve: Retrieve | None = None
) -> Iterator[Outcome]:
    """Ask one question after the other; an answer's latency is the time that `ask` took."""
    for question in questions:
        started = perf_counter()
        answer, error = _attempt(partial(ask, question.question, question.history))
        taken = perf_counter() - started
        hits: Sequence[Hit] | None = None
        if retrieve is not None:
            hits, fault = _attempt(partial(retrieve, question.question, question.history))
            hits, error = hits or (), error or fault
        answer = replace(answer or no_answer(question), latency_s=taken)
        yield Outcome(question, answer, None if hits is None else tuple(hits), error)


def no_answer(question: EvalQuestion) -> Answer:
    """Return the empty answer that stands for one that never came."""
    return Answer(question.question, question.language, text="")


def _attempt(call: Callable[[], T]) -> tuple[T | None, str | None]:
    try:
        return call(), None
    except Exception as error:  # noqa: BLE001 - a crash is a finding of the evaluation, not its end
        message = " ".join(str(error).split())
        return None, f"{type(error).__name__}: {message}" if message else type(error).__name__


def score_all(outcomes: Iterable[Outcome], raw_of: RawOf) -> Evaluation:
    """Score the outcomes of at least one question."""
    raw_of = cache(raw_of)
    kept = tuple(outcomes)
    if not kept:
        raise ValueError("expected at least one question to score, found none")
    gold = {
        evidence: locate(evidence, raw_of)
        for outcome in kept
        for evidence in outcome.question.evidence
    }
    scores = tuple(
        score(outcome, [gold[one] for one in outcome.question.evidence], raw_of) for outcome in kept
    )
    return Evaluation(
        outcomes=kept,
        scores=scores,
        overall=summarize(scores),
        by_type=summarize_by(scores, lambda one: one.type),
        by_language=summarize_by(scores, lambda one: one.language),
        refusal_reasons=count_reasons(one for one in scores if not one.answerable),
        false_refusal_reasons=count_reasons(one for one in scores if one.false_refusal),
        unlocated=tuple(evidence for evidence, found in gold.items() if not found.spans),
    )


def score(outcome: Outcome, gold: Sequence[Gold], raw_of: RawOf) -> Score:
    """Score one outcome against its gold quotes."""
    question, answer = outcome.question, outcome.answer
    return Score(
        id=question.id,
        type=question.type,
        language=question.language,
        answerable=question.answerable,
        correct=scorers.is_correct(question, answer),
        strict=scorers.is_strict(question, answer),
        abstained=answer.abstained,
        reason=answer.reason,
        false_refusal=scorers.is_false_refusal(question, answer),
        too_long=scorers.is_too_long(question, answer),
        missing=scorers.missing(question, answer),
        distractors=scorers.distractors(question, answer),
        citations_exact=scorers.citations_exact(answer, raw_of),
        citation_precision=scorers.citation_precision(answer, gold) if gold else None,
        citation_recall=scorers.citation_recall(answer, gold) if gold else None,
        ranking=rank(outcome.hits, gold) if gold and outcome.hits is not None else None,
        latency_s=answer.latency_s,
        error=outcome.error,
    )
