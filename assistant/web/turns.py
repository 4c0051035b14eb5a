"""A question of a conversation with what came of it, and what a conversation goes on from.

What was said stands in the browser; the server holds what the next question needs. Knows nothing of
how it is shown or kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import uuid4

from assistant.limits import MOST_TURNS
from assistant.records.conversations import Exchange, title_of
from assistant.types import Answer, Source


@dataclass(frozen=True, slots=True)
class Turn:
    """One question of a conversation with what came of it.

    The answer is None while the question is being answered and where it failed; the problem is then
    the one line that says why, or empty. `sources` has one entry per citation, in order of `n`.
    """

    exchange: Exchange
    sources: tuple[Source, ...] = ()

    @property
    def question(self) -> str:
        """What was asked."""
        return self.exchange.question

    @property
    def answer(self) -> Answer | None:
        """What was answered, if it was."""
        return self.exchange.answer

    @property
    def problem(self) -> str:
        """Why there is no answer, if that is known."""
        return self.exchange.problem


@dataclass(frozen=True, slots=True)
class Talk:
    """What the server holds of a conversation between two questions, however long it has become.

    `id` and `title` are those that the browser keeps it by, empty before the first answer; `count`
    is the number of its turns; `questions` are the newest of them, oldest first; `last` is the
    last answer, if it was one.
    """

    id: str = ""
    title: str = ""
    count: int = 0
    questions: tuple[str, ...] = ()
    last: Answer | None = None

    def after(self, turns: Sequence[Turn]) -> Talk:
        """Return the conversation as it is after more turns."""
        asked = [turn.question for turn in turns]
        if not asked:
            return self
        begun = self if self.id else replace(self, id=uuid4().hex, title=title_of(asked[0]))
        return replace(
            begun,
            count=self.count + len(asked),
            questions=(*self.questions, *asked)[-MOST_TURNS:],
            last=turns[-1].answer,
        )
