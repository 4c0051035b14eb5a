"""Answers a question that asks several things part by part, and joins what is found.

Each part is asked in the ways that `reading.parting` proposes until one brings something new. Knows
nothing of how a single question is answered: the caller gives that.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from assistant.answering.joining import (
    Part,
    State,
    adds,
    join,
    speaks_of,
    with_sentence,
)
from assistant.prompts import says_phrase
from assistant.questions.places import Scope
from assistant.reading.parting import Ask, asked_quantities, asks_of
from assistant.types import Answer
from index.storage.catalogue import Catalogue

Asking = Callable[[str, Sequence[str]], Answer]
"""Answers a text as one question that follows earlier turns, held to its sources."""

_TELLING = ("no_number", "false_premise", "truncated")
"""Reasons of abstentions that tell what the report has instead."""
_ENDING = ("no_report", "opinion", "off_topic")
"""Reasons for which a question is refused whole where its first part is."""


def answer_parts(
    whole: Answer, asks: Sequence[Ask], history: Sequence[str], ask: Asking, catalogue: Catalogue
) -> Answer:
    """Return the answer to a question that asks several things.

    Args:
        whole: the answer to the question taken as one.
        asks: the parts of the question, none where it asks one thing.
        history: the turns before it.
        ask: answers a part.
        catalogue: where citations are read.
    """
    if not whole.abstained and (whole.query is not None or _is_of_many(whole)):
        return whole
    if not asks:
        short = len(whole.figures) < asked_quantities(whole.question)
        return with_sentence(whole, catalogue) if whole.figures and short else whole
    parts: list[Part] = []
    is_placed = bool(history)
    for place, each in enumerate(asks):
        is_placed = is_placed or each.is_placed
        before = [part.answer for part in parts if part.answer]
        if place and not before and not each.stands:
            parts.append(Part(each, None, "told" if each.says_little else "open"))
            continue
        part = _answered(each, before, [*history, *_alone(asks[:place])], history, ask)
        if place == 0 and part.answer is None and (part.reason in _ENDING or not is_placed):
            return whole
        if part.answer is not None and _is_elsewhere(part.answer, whole):
            part = Part(each, None, "open")
        parts.append(part)
    return join(whole, _firm(parts, whole), catalogue)


_MANY = 3
"""Places or years from which on an answer tells of them side by side: it is one question's."""


def _is_of_many(answer: Answer) -> bool:
    places = {figure.region for figure in answer.figures}
    return max(len(places), len({figure.period for figure in answer.figures})) >= _MANY


def _answered(
    asked: Ask,
    before: Sequence[Answer],
    turns: Sequence[str],
    history: Sequence[str],
    ask: Asking,
) -> Part:
    """Ask a part in its ways until one brings what the parts before it do not say."""
    state: State = "told" if before and asked.says_little else "open"
    reason = None
    for way in asked.ways:
        answer = ask(way.text, turns if way.follows else history)
        if answer.abstained and answer.reason not in _TELLING:
            reason = reason or answer.reason
            continue
        if not (_fits(asked, answer, before) if before else _is_enough(asked, answer)):
            continue
        if not before or adds(answer, before):
            is_firm = bool(answer.figures or answer.query) or asked.names_session
            return Part(asked, answer, "answered" if is_firm else "quoted")
        state = "told" if asked.leans or asked.stands or _speaks(answer, asked) else state
    return Part(asked, None, state, reason)


def _fits(asked: Ask, answer: Answer, before: Sequence[Answer]) -> bool:
    """Tell whether an answer to a part may be one, by what its words and the parts before name.

    One of other places is none where the part names no place. A part that does not say what it is
    about goes on with that of the parts before; asking which, it wants several figures.
    """
    if not asked.is_placed and not _is_of_these(answer, before):
        return False
    if says_phrase("slogan_unexplained", answer.text, answer.language):
        return False  # 完成得怎样 does not ask what words mean
    if not _is_enough(asked, answer):
        return False
    if asked.stands or answer.query is not None:
        return True
    if not asked.leans:
        return not answer.figures or _speaks(answer, asked)
    known = {figure.indicator for other in before for figure in other.figures}
    return bool(answer.figures) and {each.indicator for each in answer.figures} <= known


def _speaks(answer: Answer, asked: Ask) -> bool:
    quotes = "".join(citation.quote for citation in answer.citations)
    return speaks_of(answer.text + quotes, asked)


def _is_elsewhere(answer: Answer, whole: Answer) -> bool:
    """Tell whether an answer goes beyond the places that the whole question's is of, if several."""
    known = {citation.region for citation in whole.citations}
    if whole.abstained or len(known) < 2:
        return False
    return not {citation.region for citation in answer.citations} <= known


def _is_enough(asked: Ask, answer: Answer) -> bool:
    """Tell whether an answer is no single figure where several are chosen from: 哪一年最高."""
    return not asked.picks or answer.query is not None or len(answer.figures) != 1


def _firm(parts: Sequence[Part], whole: Answer) -> list[Part]:
    """Leave out quotations for parts where the whole question's answer quotes for all of it.

    What is quoted for a part stands where the whole is refused and every part has an answer, where
    figures answer others, or where they are in the whole's answer.
    """
    is_firm = any(part.state == "answered" for part in parts)
    if whole.abstained:
        keeps = is_firm or all(part.answer is not None for part in parts)
    else:
        keeps = bool(whole.figures) or is_firm
    if keeps:
        return list(parts)
    return [Part(part.ask, None, "told") if part.state == "quoted" else part for part in parts]


def _is_of_these(answer: Answer, before: Sequence[Answer]) -> bool:
    """Tell whether an answer is of places that the answers before it are of, if there are any."""
    known = {each.region for other in before for each in other.citations}
    return not known or {each.region for each in answer.citations} <= known


def turns_of(history: Sequence[str], scope: Scope) -> list[str]:
    """Return the turns before a question, one that asked several things as so many turns.

    It stays one where its last part does not name what it is about: what follows leans on all.
    """
    turns: list[str] = []
    for turn in history:
        asks = asks_of(turn, scope)
        turns.extend(_alone(asks) if asks and asks[-1].stands else [turn])
    return turns


def _alone(asks: Sequence[Ask]) -> list[str]:
    """Return the parts of a question, each as it is asked by itself."""
    return [each.ways[0].text for each in asks]
