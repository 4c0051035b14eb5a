"""Question sets made of votes: what readers found right and wrong becomes a set to evaluate on.

Knows nothing of how votes are kept.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from assistant.evaluation.folding import fold, holds
from assistant.evaluation.scorers import TELLING
from assistant.records.feedback import Feedback
from assistant.types import Answer, AnswerFigure
from index.text.normalization import normalize

_SHORT = 300
"""Characters of a single fact; see `evaluation.scorers.length_limit`."""


def write_questions(found: Iterable[Feedback], path: Path) -> list[tuple[Path, int]]:
    """Write the gold questions to `path` and those for the editor beside it.

    Returns:
        Each file that was written, and how many questions it has; no file is written for none.

    Raises:
        OSError: a file cannot be written.
    """
    gold, review = question_sets(found)
    beside = path.with_name(f"{path.stem}.review{path.suffix or '.jsonl'}")
    written = [(path, gold), (beside, review)]
    for file, questions in written:
        lines = (json.dumps(question, ensure_ascii=False) + "\n" for question in questions)
        if questions:
            file.write_text("".join(lines), encoding="utf-8", newline="\n")
    return [(file, len(questions)) for file, questions in written if questions]


REVIEWED_BY_HAND = "answerable"
"""The field that is null in a question for the editor; until it is filled, no run takes it."""


def question_sets(found: Iterable[Feedback]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the questions with gold answers, and those that an editor has to answer first.

    An answer voted up is gold: the report's figures and quotations that it states are required of
    every later answer, its quotes are the evidence. One voted down is no gold, and neither is one
    that states nothing which could be required: their "answerable" is null, which no evaluation
    takes, and "note" says what is to be done.
    """
    latest = {(each.history, each.exchange.question): each for each in found}
    gold: list[dict[str, Any]] = []
    review: list[dict[str, Any]] = []
    for each in latest.values():
        question = _question(each)
        (review if question[REVIEWED_BY_HAND] is None else gold).append(question)
    return gold, review


def _question(feedback: Feedback) -> dict[str, Any]:
    answer = feedback.exchange.answer
    assert answer is not None, "feedback is on answers only"
    good = feedback.vote == "up"
    required = _required(answer) if good else []
    answerable: bool | None = None
    if good:
        refused = answer.abstained and answer.reason not in TELLING
        answerable = False if refused else (True if required else None)
    return {
        "id": "fb-" + sha256(f"{feedback.history}{answer.question}".encode()).hexdigest()[:12],
        "lang": answer.language,
        "type": _type(answer, feedback.history),
        "question": answer.question,
        "history": list(feedback.history),
        "doc": list(dict.fromkeys(citation.document for citation in answer.citations)),
        "answer": {
            "values": [figure.record() for figure in answer.figures] if good else [],
            "text": answer.text if good else "",
            "must_contain": required if answerable else [],
            "must_contain_alt": {},
            "must_contain_any": [],
            "must_not_contain": [],
            "mnc_in_evidence": [],
        },
        "evidence": [citation.quote for citation in answer.citations] if answerable else [],
        "evidence_doc": [c.document for c in answer.citations] if answerable else [],
        REVIEWED_BY_HAND: answerable,
        "note": _note(feedback, answer, answerable),
        "tags": ["feedback"],
    }


def _note(feedback: Feedback, answer: Answer, answerable: bool | None) -> str:
    reason = f"; the reader: {feedback.reason}" if feedback.reason else ""
    if answerable is not None:
        return f"voted up {feedback.time}{reason}"
    what = "voted down" if feedback.vote == "down" else "voted up, nothing in it can be required"
    return (
        f"FOR THE EDITOR: {what} {feedback.time}{reason}. Write the right answer and its evidence, "
        f'set "answerable", then move this line to the question set. Answered was: {answer.text}'
    )


def _type(answer: Answer, history: Sequence[str]) -> str:
    if answer.abstained and answer.reason not in TELLING:
        return "unanswerable"
    if len({figure.region for figure in answer.figures}) > 1:
        return "comparison"
    if len(answer.text) > _SHORT:
        return "list_or_summary"
    if history:
        return "follow_up"
    if answer.figures:
        return f"figure_{'target' if answer.figures[0].kind == 'target' else 'actual'}"
    return "from_feedback"


def _required(answer: Answer) -> list[str]:
    """Return what the answer's text states of its figures and of the words it cites."""
    text = fold(answer.text)
    figures = [pattern for figure in answer.figures for pattern in _patterns(figure)]
    stated = [pattern for pattern in figures if holds(text, pattern)]
    quoted = [
        quote
        for quote in (normalize(citation.quote).text.strip() for citation in answer.citations)
        if quote and holds(text, quote)
    ]
    return list(dict.fromkeys(stated or quoted))


def _patterns(figure: AnswerFigure) -> list[str]:
    if not figure.value:
        return [figure.qualifier] if figure.qualifier else []
    return [f"{figure.value}{figure.unit}"]
