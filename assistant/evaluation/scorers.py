"""Scorers of one answer: small pure functions of a question, its answer and the raw texts.

An answer that is empty scores what a wrong one scores; nothing here asks a question or knows of
the other questions of a set.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.evaluation.evidence import UNREADABLE, Gold, Located, RawOf, covers, overlaps
from assistant.evaluation.folding import Folded, fold, holds, marks, occurrences, without_marks
from assistant.evaluation.questions import EvalQuestion
from assistant.types import Answer, Citation, Reason
from index.types import Span

TELLING: frozenset[Reason] = frozenset({"no_number", "truncated", "false_premise"})
"""The reasons of an abstention that still gives what the report has."""

LISTS = frozenset({"list_or_summary", "comparison", "analysis"})
"""The types of question whose answers may be long; every other one asks for a single fact.

An answer of analysis holds a table of every place or year that it is of."""


def is_correct(question: EvalQuestion, answer: Answer) -> bool:
    """Return whether the answer is right.

    Where the reports do not say it, abstaining is right. Else the text holds one pattern of every
    required group and is not too long. An abstention from a question that has an answer is right
    only when its reason is one that gives what there is (`TELLING`): "the report does not say"
    beside the figure is no answer.
    """
    if not question.answerable:
        return answer.abstained
    if answer.abstained and answer.reason not in TELLING:
        return False
    return (
        bool(answer.text.strip())
        and not missing(question, answer)
        and not is_too_long(question, answer)
    )


def is_strict(question: EvalQuestion, answer: Answer) -> bool:
    """Return whether the answer is right and free of distractors."""
    return is_correct(question, answer) and not distractors(question, answer)


def missing(question: EvalQuestion, answer: Answer) -> tuple[str, ...]:
    """Return the first pattern of each required group that the answer's text does not hold."""
    text = fold(answer.text)
    return tuple(
        group[0]
        for group in question.required
        if group and not any(holds(text, pattern) for pattern in group)
    )


def is_too_long(question: EvalQuestion, answer: Answer) -> bool:
    """Return whether the text, its marks left out, is longer than such an answer may be."""
    return len(" ".join(without_marks(answer.text).split())) > length_limit(question)


def length_limit(question: EvalQuestion) -> int:
    """Return the most characters of an answer: a dump of passages is wrong."""
    if question.type in LISTS:
        return 1200
    return 600 if question.language == "en" else 300


def distractors(question: EvalQuestion, answer: Answer) -> tuple[str, ...]:
    """Return the forbidden patterns that the answer's text holds.

    A distractor that stands in a gold quote ("分别下降40.6%和63.4%") is tolerated where the
    answer repeats the cited words: where it stands in a run of characters of a citation's quote
    that holds a required figure too.
    """
    text = fold(answer.text)
    return tuple(
        pattern
        for pattern in question.forbidden
        if any(
            pattern not in question.forbidden_in_evidence
            or not _is_quotation(place, text, question, answer.citations)
            for place in occurrences(pattern, text)
        )
    )


def _is_quotation(
    place: Span, text: Folded, question: EvalQuestion, citations: Sequence[Citation]
) -> bool:
    figures = [
        span
        for group in question.required
        for pattern in group
        if any(char.isdecimal() for char in pattern)
        for span in occurrences(pattern, text)
    ]
    runs = [_shared_run(place, text.text, fold(citation.quote).text) for citation in citations]
    return any(
        run.start <= figure.start and figure.end <= run.end for run in runs for figure in figures
    )


def _shared_run(place: Span, text: str, quote: str) -> Span:
    start, end = place.start, place.end
    if text[start:end] not in quote:
        return Span(start, start)
    while start > 0 and text[start - 1 : end] in quote:
        start -= 1
    while end < len(text) and text[start : end + 1] in quote:
        end += 1
    return Span(start, end)


def is_false_refusal(question: EvalQuestion, answer: Answer) -> bool:
    """Return whether the answer abstains from what the reports say, without giving it."""
    return question.answerable and answer.abstained and not is_correct(question, answer)


def citations_exact(answer: Answer, raw_of: RawOf) -> bool | None:
    """Return whether every citation is the source's own characters and has its mark.

    Every quote is `raw[start:end]` of its document, not empty, every [n] mark of the text has its
    one citation and every citation a mark. An answer that does not abstain has at least one; an
    abstention without any is not measured (None).
    """
    if not answer.citations and not marks(answer.text):
        return None if answer.abstained else False
    numbers = [citation.n for citation in answer.citations]
    if len(set(numbers)) < len(numbers) or marks(answer.text) != set(numbers):
        return False
    return all(is_exact(citation, raw_of) for citation in answer.citations)


def is_exact(citation: Citation, raw_of: RawOf) -> bool:
    """Return whether the quote is what stands at its place in the raw file."""
    try:
        raw = raw_of(citation.document)
    except UNREADABLE:
        return False
    return bool(citation.quote) and raw[citation.start : citation.end] == citation.quote


def citation_precision(answer: Answer, gold: Sequence[Gold]) -> float:
    """Return the share of the citations that overlap a gold quote; 0 where there are none."""
    cited = _cited(answer)
    relevant = sum(any(overlaps(located, one) for one in gold) for located in cited)
    return relevant / len(cited) if cited else 0.0


def citation_recall(answer: Answer, gold: Sequence[Gold]) -> float:
    """Return the share of the gold quotes, at least one, that the citations cover."""
    cited = _cited(answer)
    return sum(covers(cited, one) for one in gold) / len(gold)


def _cited(answer: Answer) -> list[Located]:
    return [
        (citation.document, Span(citation.start, citation.end))
        for citation in answer.citations
        if 0 <= citation.start <= citation.end
    ]
