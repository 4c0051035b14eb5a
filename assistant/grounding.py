"""Checks an answer against its sources before it leaves.

Knows citations and the raw files they point into; not how the answer came about.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from assistant.errors import GroundingError
from assistant.types import Answer

MARK = re.compile(r"\[(\d+)\]")
"""A citation's mark in an answer's text."""


def ground(answer: Answer, raw_of: Callable[[str], str]) -> Answer:
    """Return `answer` unchanged when every citation is exact and every mark has its citation.

    Args:
        answer: the answer about to leave.
        raw_of: gives the raw text of a document by the name citations use.

    Raises:
        GroundingError: a quote is not the characters of its span, or marks and citations differ.
    """
    for citation in answer.citations:
        found = raw_of(citation.document)[citation.start : citation.end]
        if found != citation.quote:
            raise GroundingError(
                f"citation [{citation.n}]: expected {citation.quote!r} at {citation.start} of"
                f" {citation.document}, found {found!r}; index that file again"
            )
    marks = {int(number) for number in MARK.findall(answer.text)}
    numbers = {citation.n for citation in answer.citations}
    if marks != numbers:
        raise GroundingError(
            f"expected the marks {sorted(numbers)} of the citations, found {sorted(marks)}"
        )
    return answer
