"""Answers which N things a formula of N counts, with those that a report sets side by side.

Knows how the answer is worded; which things bear the formula's noun, `members` finds.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering.composer import Composer
from assistant.answering.slogans.members import formulas_in, joined, members
from assistant.answering.slogans.names import Text, named_slogans
from assistant.answering.slogans.parts import counted
from assistant.prompts import phrase
from assistant.types import Answer, Question
from index import deadline
from index.embedding.embedder import Embedder
from index.storage.catalogue import Catalogue
from index.structure.parallelism import parallel_words
from index.types import Span


def answer_members(
    question: Question, texts: Sequence[Text], catalogue: Catalogue, embedder: Embedder
) -> Answer | None:
    """Answer which N things a formula of N counts, with those that a report sets side by side."""
    formulas = formulas_in(question.folded)
    if question.language == "en":
        named = named_slogans(question, texts, embedder)
        formulas += [each for term in named if (each := counted(term)) is not None]
    for count, noun in formulas:
        for report, text in texts:
            deadline.check()
            found = members(count, noun, text)
            if found and count == _PAIR and len(noun) == 1 and not _is_named(found, noun, text):
                continue
            whole = len(noun) == 2 and parallel_words(text, count, noun)
            if found and not whole:  # a list of their whole clauses comes later
                composer = Composer(question.language, catalogue)
                lines = [
                    f"“{composer.quoted(span.of(text))}”{composer.cite(report, span)}"
                    for span in joined(found, text)
                ]
                words = phrase(
                    "statement",
                    question.language,
                    report=composer.report(report),
                    quotations=composer.joined(lines),
                )
                return composer.answer(question, [words])
    return None


_PAIR, _NEAR_NAME = 2, 120
"""Two runs that bear one character stand together by chance, but where the pair is named near."""


def _is_named(found: Sequence[Span], noun: str, text: str) -> bool:
    around = text[max(0, found[0].start - _NEAR_NAME) : found[-1].end + _NEAR_NAME]
    return re.search(rf"[两二2]个?{noun}", around) is not None
