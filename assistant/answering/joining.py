"""Joins the answers of a question's parts into one: in order, each source cited once.

A part that adds nothing is left out. Of one without an answer the words around what was cited are
shown, where they say more than the answer does; else it is named as not stated. Knows answers and
where their citations stand; not how a question is parted or how a part is answered.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from assistant.answering.composer import MARK, Composer, renumbered, with_marks
from assistant.prompts import phrase
from assistant.questions.glossary import chinese_for
from assistant.reading.parting import Ask, asked_quantities
from assistant.types import Answer, AnswerFigure, Citation, Reason
from index.storage.catalogue import Catalogue
from index.text.script import to_simplified, to_traditional
from index.types import Span

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_LONGEST = 150
"""Characters of the words that are shown around what an answer cites."""


State = Literal["answered", "quoted", "told", "open"]
"""Whether a part has an answer of its own, words of a report, is told by another, or has none."""


@dataclass(frozen=True, slots=True)
class Part:
    """One of the things a question asks, with its answer if it has its own.

    `reason` says why an open one was refused.
    """

    ask: Ask
    answer: Answer | None
    state: State
    reason: Reason | None = None


def covers(whole: Answer, part: Answer) -> bool:
    """Tell whether an answer cites all that another one cites and has all of its numbers."""
    return all(_is_within(each, whole.citations) for each in part.citations) and (
        _numbers(part) <= _numbers(whole)
    )


def adds(answer: Answer, before: Sequence[Answer]) -> bool:
    """Tell whether an answer says anything that those before it, taken together, do not."""
    cited = [each for other in before for each in other.citations]
    known = {number for other in before for number in _numbers(other)}
    return not all(_is_near(each, cited) for each in answer.citations) or (
        not _numbers(answer) <= known
    )


def join(whole: Answer, parts: Sequence[Part], catalogue: Catalogue) -> Answer:
    """Join the answers of parts; `whole` is the answer to the question taken as one.

    The whole's answer stands where it has all that the parts have, and before them where it has
    what none of them has and some are not answered.
    """
    answered = _distinct([part.answer for part in parts if part.answer is not None])
    left = [part for part in parts if part.answer is None]
    if not whole.abstained:
        says_more = adds(whole, answered)
        if all(covers(whole, each) for each in answered):
            answered = [whole]
        elif says_more and any(_tells(whole, part) for part in left if part.state == "open"):
            answered = [whole, *(each for each in answered if not covers(whole, each))]
        if answered[0] is whole and says_more and whole.figures:
            left = []
    if not answered:
        return whole
    left = [part for part in left if not _is_told(part, answered, len(parts))]
    if answered == [whole] and not left:
        return whole
    beside = [(part, _before(part, parts, answered)) for part in left]
    return _joined(whole, answered, beside, catalogue)


def _before(part: Part, parts: Sequence[Part], answered: Sequence[Answer]) -> Answer:
    """Return the answer that a part without one follows, the first where there is none."""
    before = [each.answer for each in parts[: parts.index(part)] if each.answer in answered]
    return before[-1] or answered[0] if before else answered[0]


def _tells(whole: Answer, part: Part) -> bool:
    quotes = "".join(citation.quote for citation in whole.citations)
    return bool(part.ask.content) and speaks_of(whole.text + quotes, part.ask)


def _is_told(part: Part, answered: Sequence[Answer], parts: int) -> bool:
    """Tell whether a part without an answer of its own is answered by those that there are.

    Quotations answer what they speak of; figures, where there are as many as things asked.
    """
    figures = [figure for each in answered for figure in each.figures]
    if figures:
        return part.state == "told" and len(figures) >= parts
    said = "".join(citation.quote for each in answered for citation in each.citations)
    return bool(part.ask.content) and speaks_of(said, part.ask)


def _joined(
    whole: Answer,
    answered: Sequence[Answer],
    left: Sequence[tuple[Part, Answer]],
    catalogue: Catalogue,
) -> Answer:
    composer = Composer(whole.language, catalogue)
    paragraphs: list[str] = []
    figures: list[AnswerFigure] = []
    for answer in answered:
        numbers = composer.adopt(answer.citations)
        text = renumbered(answer.text, numbers)
        neutral = whole.language == "zh-Hant" and answer.language == "zh-Hans"
        paragraphs.append(to_traditional(text) if neutral else text)
        figures.extend(with_marks(figure, numbers) for figure in answer.figures)
    for part, before in left:
        paragraphs.extend(_left(part, before, composer))
    return Answer(
        question=whole.question,
        language=whole.language,
        text="\n\n".join(paragraphs),
        citations=tuple(composer.citations),
        figures=tuple(dict.fromkeys(figures)),
        query=next((each.query for each in answered if each.query is not None), None),
    )


def _left(part: Part, before: Answer, composer: Composer) -> list[str]:
    """Show the words around what is cited where they may answer a part, or name it as open."""
    known = len(composer.citations)
    around = _around(composer, before)
    if around and _may_answer(composer.citations[-1].quote, part, before):
        return around
    del composer.citations[known:]
    is_asserted = bool(before.figures) or before.query is not None
    is_open = part.state == "open" or (part.ask.leans and bool(part.ask.content))
    return [_not_found(part, composer)] if is_asserted and is_open else []


def _may_answer(words: str, part: Part, before: Answer) -> bool:
    """Tell whether words around an answer may answer a part: they speak of it, or count on.

    A part that only asks how many goes on with numbers that the answer does not have.
    """
    counts = asked_quantities(part.ask.words) > 0 and (part.ask.leans or part.ask.says_little)
    more = set(_NUMBER.findall(words)) - _numbers(before)
    return speaks_of(words, part.ask) or (counts and bool(more))


def speaks_of(said: str, ask: Ask) -> bool:
    """Tell whether words may be an answer to a part: they share what it is about, if it says."""
    content = re.findall(r"[\u3400-\u9fff]+", ask.content)
    runs = [run[at : at + 2] for run in content for at in range(max(1, len(run) - 1))]
    if runs:
        simplified = to_simplified(said)
        return any(run in simplified for run in runs)
    words = re.findall(r"[a-z]{3,}", ask.content.lower())
    meant = [chinese for word in words for chinese in chinese_for(word)]
    if not words or (ask.leans and not meant):
        return True
    return any(each in said for each in (*meant, *words))


def with_sentence(answer: Answer, catalogue: Catalogue) -> Answer:
    """Quote beneath an answer the words around what it cites, where they say more."""
    composer = Composer(answer.language, catalogue)
    composer.citations.extend(answer.citations)
    around = _around(composer, answer)
    if answer.abstained or not around:
        return answer
    text = "\n\n".join([answer.text, *around])
    return replace(answer, text=text, citations=tuple(composer.citations))


# What an answer has


def _distinct(answers: Sequence[Answer]) -> list[Answer]:
    """Leave out the answers that add nothing to the others."""
    kept: list[Answer] = []
    for place, answer in enumerate(answers):
        later = answers[place + 1 :]
        if adds(answer, kept) and not any(covers(other, answer) for other in later):
            kept.append(answer)
    return kept or list(answers[:1])


def _is_within(citation: Citation, others: Sequence[Citation]) -> bool:
    """Tell whether what is cited is cited by another, or stands there in the same words."""
    return any(
        other.document == citation.document
        and (
            (other.start <= citation.start and citation.end <= other.end)
            or citation.quote in other.quote
        )
        for other in others
    )


def _is_near(citation: Citation, others: Sequence[Citation]) -> bool:
    """Tell whether what is cited is cited by another one, or has words in common with it."""
    return _is_within(citation, others) or any(
        other.document == citation.document
        and other.start < citation.end
        and citation.start < other.end
        for other in others
    )


def _numbers(answer: Answer) -> set[str]:
    """Return the numbers that an answer says, but for years."""
    text = _YEAR.sub("", MARK.sub("", answer.text))
    return set(_NUMBER.findall(text))


_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?![\d.])")


# How they are put together


def _not_found(part: Part, composer: Composer) -> str:
    return phrase("part_not_found", composer.language, words=part.ask.words)


# The words around what is cited


def _around(composer: Composer, answer: Answer) -> list[str]:
    """Quote the sentence of the last figure or quotation cited, where it says more than that."""
    if answer.query is not None or not answer.citations:
        return []
    own = answer.citations
    figures = [figure.marks[0] for figure in answer.figures if figure.marks]
    cited = next((each for each in own if each.n in figures[-1:]), own[0])
    report = composer.catalogue.report_of(cited.document)
    normalized = composer.catalogue.normalized(report.id)
    clean = normalized.clean_span(Span(cited.start, cited.end))
    sentence = _sentence(normalized.text, clean)
    raw = normalized.raw_span(sentence)
    known = [each for each in composer.citations if each.document == cited.document]
    is_cited = any(each.start <= raw.start and raw.end <= each.end for each in known)
    if is_cited or len(sentence) <= len(clean) + 2:
        return []
    quoted = phrase(
        "quotation",
        composer.language,
        quote=composer.quoted(sentence.of(normalized.text)),
        mark=composer.cite(report, sentence),
    )
    return [phrase("words_around", composer.language, quotation=quoted)]


def _sentence(text: str, span: Span) -> Span:
    """Return the sentence around a span, its farther clauses cut away where it is long."""
    start = max(text.rfind(mark, 0, span.start) for mark in "。!?;\n") + 1
    ends = [place for mark in "。!?;\n" if (place := text.find(mark, span.end)) >= 0]
    end = min(ends, default=len(text))
    half = max(0, _LONGEST - len(span)) // 2
    if end - start > _LONGEST:
        commas = [p + 1 for p in range(start, span.start) if text[p] in ",、:"]
        near = [place for place in commas if span.start - place <= half]
        start = min(near, default=max(commas, default=span.start))
        room = max(0, _LONGEST - (span.end - start))
        cuts = [p for p in range(span.end, end) if text[p] == "," and p - span.end <= room]
        end = max(cuts, default=span.end) if end - span.end > room else end
    while start < span.start and text[start] in " \u3000,":
        start += 1
    return Span(min(start, span.start), max(end, span.end))
