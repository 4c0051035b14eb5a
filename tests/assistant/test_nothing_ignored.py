"""Questions with one part that is not known: none is answered as if the part were not there."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from assistant.answer import Assistant, open_assistant
from assistant.settings import Settings

Case = dict[str, Any]
_FILE = Path(__file__).parent / "unknown_parts.jsonl"
CASES = [json.loads(line) for line in _FILE.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def assistant(seeds_index: Path) -> Assistant:
    return open_assistant(Settings(data=seeds_index))


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["question"]))
def test_a_part_that_is_not_known_is_named_or_refused(assistant: Assistant, case: Case) -> None:
    answer = assistant.ask(case["question"])
    assert answer.abstained or case.get("names", "\0") in answer.text
    if "names" in case:
        assert case["names"] in answer.text
