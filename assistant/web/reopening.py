"""Turns of the page out of what was kept of them: a conversation meets the index of today.

What an answer cited is looked up again; where the index no longer holds it, the words that were
kept are shown in its place. Knows nothing of where conversations are kept.
"""

from __future__ import annotations

from dataclasses import replace

from assistant.answer import Assistant
from assistant.records.conversations import Conversation, Exchange
from assistant.types import Answer, Citation, Excerpt, Held, Source
from assistant.web.turns import Turn
from index.text.normalization import normalize
from index.types import Span


def turns_of(conversation: Conversation, assistant: Assistant) -> tuple[Turn, ...]:
    """Return the turns of a conversation that was kept, with their sources."""
    with assistant.at_one_state() as now:
        return tuple(_turn(exchange, now) for exchange in conversation.exchanges)


def _turn(exchange: Exchange, assistant: Assistant) -> Turn:
    answer = exchange.answer
    if answer is None:
        return Turn(exchange)
    sources = tuple(_source(each, answer, assistant) for each in answer.citations)
    return Turn(exchange, sources)


def _source(citation: Citation, answer: Answer, assistant: Assistant) -> Source:
    held = _held(citation, assistant)
    if held == "here":
        (source,) = assistant.sources(replace(answer, citations=(citation,)))
        return source
    cleaned = normalize(citation.quote).text
    return Source(
        citation=citation,
        headings=(),
        cleaned=Excerpt(cleaned, Span(0, len(cleaned))),
        original=Excerpt(citation.quote, Span(0, len(citation.quote))),
        held=held,
    )


def _held(citation: Citation, assistant: Assistant) -> Held:
    try:
        raw = assistant.raw_of(citation.document)
    except KeyError:
        return "gone"
    found = raw[citation.start : citation.end]
    return "here" if found and found == citation.quote else "changed"
