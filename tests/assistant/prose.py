"""The cases of `prose_cases.jsonl`, and how an answer is held against one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from assistant.types import Answer

Case = dict[str, Any]


def cases(kind: str) -> list[Case]:
    lines = (Path(__file__).parent / "prose_cases.jsonl").read_text("utf-8").splitlines()
    return [case for line in lines if (case := json.loads(line))["kind"] == kind]


def check(answer: Answer, case: Case) -> None:
    """Assert what an answer has to hold and must lack, why it abstains, and its length."""
    for words in case["holds"]:
        assert words in answer.text
    for words in case.get("lacks", ()):
        assert words not in answer.text
    assert answer.reason == case.get("reason")
    assert len(answer.text) <= 1_200
    if "citations" in case:
        assert len(answer.citations) == case["citations"]
