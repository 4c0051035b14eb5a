"""The sample reports, their question set, and answers and hits made from them, for the tests."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from assistant.evaluation.evidence import locate
from assistant.evaluation.questions import EvalQuestion, load_questions
from assistant.types import Answer, Citation
from index.types import Hit, Passage, Report, Span

SEEDS = Path(__file__).parents[3] / "seeds"
QUESTIONS = SEEDS / "questions" / "seeds_public.jsonl"


def raw_of(document: str) -> str:
    return (SEEDS / "reports" / document).read_bytes().decode("utf-8")


def json_lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def cases(name: str) -> list[dict[str, Any]]:
    return json_lines(Path(__file__).with_name(name))


def questions(*identifiers: str) -> tuple[EvalQuestion, ...]:
    every = {question.id: question for question in load_questions(QUESTIONS)}
    return tuple(every[identifier] for identifier in identifiers or every)


def citation(document: str, start: int, end: int, n: int = 1) -> Citation:
    quote = raw_of(document)[start:end]
    return Citation(n, document, start, end, quote, title=None, region=None, year=None)


def annotator(text: str, history: Sequence[str]) -> Answer:
    """Answer with the annotator's own words and quotes, as the best of assistants would."""
    record = next(
        record
        for record in json_lines(QUESTIONS)
        if record["question"] == text and record["history"] == list(history)
    )
    (question,) = questions(record["id"])
    spans = [(one.document, locate(one, raw_of).spans[0]) for one in question.evidence]
    citations = [citation(name, span.start, span.end, n) for n, (name, span) in enumerate(spans, 1)]
    return Answer(
        question=text,
        language=question.language,
        text=record["answer"]["text"] + "".join(f"[{one.n}]" for one in citations),
        abstained=not question.answerable,
        reason=None if question.answerable else "not_stated",
        citations=tuple(citations),
    )


def hit(document: str, start: int, end: int) -> Hit:
    span = Span(start, end)
    text = span.of(raw_of(document))
    passage = Passage(f"{document}:{start}", document, 0, span, span, text, headings=())
    report = Report(document, document, None, None, None, None, None, None, None)
    return Hit(passage, report, score=1.0, lexical=None, dense=None)
