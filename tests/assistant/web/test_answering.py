"""A question that the page does not answer becomes one line in the language of the page."""

from __future__ import annotations

from pathlib import Path
from threading import Event

from assistant.answer import open_assistant
from assistant.settings import Settings
from assistant.web.answering import answering
from assistant.web.turns import Turn


def test_a_question_longer_than_any_is_told_so_in_the_pages_language(seeds_index: Path) -> None:
    assistant = open_assistant(Settings(data=seeds_index))
    asked = "焦作2023年的目标" * 300
    (turn,) = answering(assistant, asked, (), "zh-Hans", Event())
    assert isinstance(turn, Turn)
    assert turn.answer is None
    assert turn.problem == "问题最多2,000字，这一问有3,000字：请只问要点。"
