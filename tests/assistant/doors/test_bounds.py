"""What a program may send through any door: too much is refused in a line, and in no time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from assistant.answer import Assistant
from assistant.doors.calls import Calls
from assistant.errors import AssistantError
from assistant.limits import (
    MOST_CHARACTERS,
    MOST_HISTORY_CHARACTERS,
    MOST_NAMES,
    recent,
)

QUESTION = "what GDP growth did Jiaozuo target"
DOCUMENT = "001_7692730640d39c1c.txt"
HALF = "\ud800"

REFUSED: dict[str, tuple[Callable[[Calls], Any], str]] = {
    "a long question": (lambda c: c.ask("焦" * 2_001), "2,000 characters, found 2,001"),
    "a long question before": (lambda c: c.ask("?", history=["焦" * 2_001]), "found 2,001"),
    "half a character": (lambda c: c.ask(HALF), "half a character"),
    "half a character before": (lambda c: c.ask("?", history=[HALF]), "half a character"),
    "many places": (lambda c: c.ask("?", places=["焦作市"] * (MOST_NAMES + 1)), "3,500 places"),
    "a long place": (lambda c: c.ask("?", places=["焦" * 61]), "60 characters"),
    "half a place": (lambda c: c.search("水", places=[HALF]), "half a character"),
    "many years": (lambda c: c.ask("?", years=[2023] * (MOST_NAMES + 1)), "3,500 years"),
    "a year that is none": (lambda c: c.ask("?", years=[10**30]), "1 to 9999"),
    "long words": (lambda c: c.search("焦" * 2_001), "found 2,001"),
    "many indicators": (lambda c: c.figures(indicators=["GDP"] * 3_501), "3,500 indicators"),
    "a long indicator": (lambda c: c.figures(indicators=["G" * 61]), "60 characters"),
    "a place far off": (lambda c: c.read(DOCUMENT, 10**4_299, -(10**4_299)), "20,000,000"),
    "half a document": (lambda c: c.read(HALF), "half a character"),
    "a text of numbers": (lambda c: c.check("7%" * 15_001), "15,000 numbers, found 15,001"),
    "half a text": (lambda c: c.check(HALF), "half a character"),
    "a long place of a text": (lambda c: c.check("7%", place="焦" * 61), "60 characters"),
    "a text's year": (lambda c: c.check("7%", year=10**30), "1 to 9999"),
    "years of a query": (
        lambda c: c.query({"asks": "figures", "places": ["各市"], "years": [2023] * 999}),
        "at most 200",
    ),
}


@pytest.mark.parametrize("sent", REFUSED)
def test_what_is_beyond_a_bound_is_refused_in_a_line(assistant: Assistant, sent: str) -> None:
    call, says = REFUSED[sent]
    with pytest.raises(AssistantError, match=says) as refused:
        call(Calls(assistant))
    assert len(str(refused.value)) < 2_000


def test_of_a_long_conversation_the_newest_questions_are_followed_up_on() -> None:
    long = "焦" * MOST_CHARACTERS
    followed = recent(["oldest", *[long] * 50, "newest"])
    assert (followed[-1], "oldest" in followed) == ("newest", False)
    assert sum(map(len, followed)) <= MOST_HISTORY_CHARACTERS


@pytest.mark.parametrize("unit", ["7%", "地区生产总值7%", "焦作市7%，"])
def test_a_text_of_nothing_but_numbers_is_checked_and_each_tells_its_own_clause(
    assistant: Assistant, unit: str
) -> None:
    text = (unit * 10_000)[:10_000]
    numbers = Calls(assistant).check(text)["numbers"]
    assert len(numbers) >= len(text) // len(unit) - 1
    assert max(len(number["clause"]) for number in numbers) < 1_000
