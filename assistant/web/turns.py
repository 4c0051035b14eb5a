"""A question of a conversation with what came of it, as the page moves it.

Knows nothing of how it is shown or kept.
"""

from __future__ import annotations

from dataclasses import dataclass

from assistant.types import Answer, Source


@dataclass(frozen=True, slots=True)
class Turn:
    """One question of a conversation with what came of it.

    `answer` is None while the question is being answered and where it failed; `problem` is then
    the one line that says why, or empty. `sources` has one entry per citation, in order of `n`.
    """

    question: str
    answer: Answer | None = None
    sources: tuple[Source, ...] = ()
    problem: str = ""
