"""What a chat model writes, held to its sources: harm is caught, honest words pass uncut.

The model is a scripted server on loopback, asked through langchain-openai as a user would have it.
"""

from __future__ import annotations

import itertools
import re

import pytest

from assistant.answer import Assistant
from assistant.questions.understand import language_of
from assistant.types import Answer, Writing
from index.text.script import to_simplified
from tests.assistant.model.hostile import Attempt, attempts, harmed
from tests.assistant.model.scripts import Case, honest_cases, with_marks
from tests.assistant.model.server import Reply, Says, ScriptedServer
from tests.conftest import SEEDS

ATTEMPTS = 100
PARTS = 3
"""Each part takes every third attempt: with that, every way of doing harm in every language."""


def _bare(text: str) -> str:
    """A text without marks, spaces and script, to be looked for in another."""
    return to_simplified("".join(re.sub(r"\[\d+\]", "", text).split())).strip("。.")


def _repeats_itself(prompt: str) -> Reply:
    """A repair that gives back every statement as it was."""
    again = re.findall(r"^(\d+): (.*)$", prompt, re.MULTILINE)
    return Says("\n".join(f"{number}: {words}" for number, words in again))


def _run(
    attempt: Attempt, assistant: Assistant, server: ScriptedServer, prompts: dict[str, str]
) -> dict[str, str] | None:
    """Let a model do one harm; return what came of it, None where there is nothing to harm.

    A question has the same prompt every time; `prompts` has those of the questions asked before.
    """
    language = language_of(attempt.case["question"])
    asked = prompts.get(attempt.case["question"])
    if asked and not harmed(attempt, asked, language):
        return None
    done: list[tuple[str, str]] = []

    def script(prompt: str) -> Reply:
        if "<<<STATEMENTS" in prompt:
            return _repeats_itself(prompt)
        prompts[attempt.case["question"]] = prompt
        done[:] = [found] if (found := harmed(attempt, prompt, language)) else []
        return Says(done[0][0] if done else "NOT_STATED", size=20)

    server.answers(script)
    steps = list(assistant.stream(attempt.case["question"]))
    if not done:
        return None
    answer = steps[-1]
    assert isinstance(answer, Answer)
    words = _bare(done[0][1])
    settled = [step.settled for step in steps if isinstance(step, Writing)]
    held = [
        each for each in answer.withheld if _bare(each.text) in words or words in _bare(each.text)
    ]
    own = _bare(answer.text) if answer.citations and not _fell_back(answer) else ""
    reached = words in own or any(words in _bare(text) for text in settled)
    return {
        "harm": attempt.name,
        "language": language,
        "written": done[0][1],
        "fault": held[0].fault if held else "—",
        "outcome": "reached the reader" if reached or not held else "cut",
    }


def _fell_back(answer: Answer) -> bool:
    """Tell whether an answer is the one without a model, with the line that says so."""
    return "聊天模型" in answer.text or "chat model" in answer.text


def _table(rows: list[dict[str, str]]) -> str:
    lines = [f"{'harm':<29}{'language':<10}{'fault':<15}{'outcome':<9}written"]
    lines += [
        f"{row['harm']:<29}{row['language']:<10}{row['fault']:<15}{row['outcome']:<9}"
        f"{row['written'][:90]}"
        for row in rows
    ]
    return "\n".join(lines)


@pytest.mark.parametrize("part", range(PARTS))
def test_a_hundred_hostile_answers_are_caught(
    part: int, well_read: Assistant, server: ScriptedServer, capsys: pytest.CaptureFixture[str]
) -> None:
    mine = itertools.islice(attempts(), part, None, PARTS)
    prompts: dict[str, str] = {}
    tried = (_run(attempt, well_read, server, prompts) for attempt in mine)
    wanted = len(range(part, ATTEMPTS, PARTS))
    rows = list(itertools.islice((row for row in tried if row), wanted))
    caught = sum(row["outcome"] == "cut" for row in rows)
    with capsys.disabled():
        print(f"\n{_table(rows)}\n{caught} of {len(rows)} hostile answers caught")  # noqa: T201
    assert len(rows) == wanted
    assert {row["language"] for row in rows} == {"zh-Hans", "zh-Hant", "en"}
    assert [row for row in rows if row["outcome"] != "cut"] == []


@pytest.mark.parametrize("case", honest_cases(), ids=lambda case: case["question"])
def test_an_honest_answer_passes_uncut(
    case: Case, well_read: Assistant, server: ScriptedServer
) -> None:
    server.answers(lambda prompt: Says(with_marks(case["answer"], prompt)))
    answer = well_read.ask(case["question"])
    assert len(server.requests) == 1
    assert answer.withheld == ()
    assert not answer.abstained
    written = re.sub(r"\{\{.+?\}\}", "", case["answer"])
    assert _bare(answer.text) == _bare(re.sub(r"\s+(?=[.。])", "", written))
    for citation in answer.citations:
        raw = (SEEDS / "reports" / citation.document).read_bytes().decode("utf-8")
        assert raw[citation.start : citation.end] == citation.quote
