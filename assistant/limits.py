"""Every limit on what comes from outside, with its reason; `docs/limits.md` lists them for users.

Those on files and on what is stored of them stand here too, beside the names that the index gives
them. Knows nothing of how they are held.
"""

from __future__ import annotations

from assistant.errors import LimitError

MOST_CHARACTERS = 2_000
"""Of a question. The longest of the public sets has 214."""

MOST_TURNS = 200
"""Of a conversation: what is kept of it, and what a question can follow up on."""

ANSWER_SECONDS = 30.0
"""That an answer without a model may take: ten times what the slowest of 1,500 reports does."""

MOST_READERS = 8
"""Questions answered at a time; more share two cores worse than they wait."""

MOST_WAITING = 64
"""Questions that wait for those; the next is told that the page is busy."""

MOST_VOTE_CHARACTERS = 2_000
"""Of the reason beside a vote."""

MOST_VOTE_BYTES = 1_000_000
"""Of a vote with the answer that it is about."""

MOST_FEEDBACK_BYTES = 50_000_000
"""Of the file of votes: a month of steady voting."""

VOTES_A_MINUTE = 30
"""From all readers of a page together."""

MOST_REQUEST_BYTES = 8_000_000
"""Of a request to the page: a conversation of 200 turns has some 4 MB."""

MOST_REPLY_BYTES = 4_000_000
"""Of what a chat model sends for one reply, after it is unpacked."""


def check_question(question: str) -> None:
    """Raise `LimitError` where a question is longer than any that is read."""
    if len(question) > MOST_CHARACTERS:
        raise LimitError(
            f"expected a question of at most {MOST_CHARACTERS:,} characters, "
            f"found {len(question):,}: ask the gist of it"
        )
