"""Honest bundles of all public questions pass; no lie told in one does, its digest made anew."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence

import pytest

from assistant.answer import Assistant
from assistant.errors import RecordError
from assistant.records.bundle import Bundle, bundle_record, digest_of, versions
from assistant.records.conversations import Exchange, exchange_of, title_of
from assistant.verification.corpora import Corpora
from assistant.verification.findings import Finding, fails
from assistant.verification.verify import verify
from tests.assistant.verification.lies import FEW, KINDS_OF_LIES, Record, first_of

Conversation = tuple[Exchange, ...]


def checked(exchanges: Sequence[Exchange], corpora: Corpora) -> list[Finding]:
    record = bundle_record(exchanges, "2026-01-01T00:00:00Z")
    bundle = Bundle(
        title_of(exchanges[0].question),
        tuple(exchanges),
        record["sha256"],
        digest_of(record),
        versions(),
    )
    return verify(bundle, corpora)


def record_of(exchange: Exchange) -> Record:
    record: Record = json.loads(json.dumps(exchange.record()))
    return record


def test_every_statement_of_an_honest_bundle_of_the_public_questions_is_proved(
    conversations: list[Conversation], indexed: Corpora
) -> None:
    counts: Counter[str] = Counter()
    for exchanges in conversations:
        findings = checked([exchange_of(record_of(each)) for each in exchanges], indexed)
        assert not fails(findings), findings
        counts.update(each.verdict for each in findings if each.text.startswith("statement"))
    assert set(counts) == {"proved"}
    assert counts["proved"] > len(conversations)


@pytest.mark.parametrize("kind", KINDS_OF_LIES)
def test_no_lie_passes(
    kind: str, conversations: list[Conversation], indexed: Corpora, remembering: Assistant
) -> None:
    """Five lies of each kind are made of an answer, and one of them told, each in its turn."""
    told = 0
    for number, (*before, last) in enumerate(conversations):
        record = record_of(last)
        for lie in first_of(KINDS_OF_LIES[kind](record), record)[number % FEW :: FEW]:
            told += 1
            try:
                exchange = exchange_of(lie)
            except RecordError:
                continue  # it cannot even be read
            if is_true(exchange, last, before, remembering):
                continue
            findings = checked((*before, exchange), indexed)
            assert fails(findings), (lie, findings)
    assert told > _FEWEST


_FEWEST = 10


def is_true(
    said: Exchange, honest: Exchange, before: Sequence[Exchange], assistant: Assistant
) -> bool:
    """Tell whether another question gets the very answer of the honest one: then it is no lie."""
    if said.question == honest.question:
        return False
    asked = [each.question for each in before]
    return honest.answer is not None and (
        assistant.ask(said.question, history=asked).text == honest.answer.text
    )
