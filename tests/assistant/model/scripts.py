"""Answers that a scripted model gives: the honest ones, and how marks are read out of a prompt.

A case names its evidence by words of it, {{so}}; a model sees numbers, and so does the script.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

Case = dict[str, Any]


def honest_cases() -> list[Case]:
    lines = (Path(__file__).parent / "honest.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def numbered(prompt: str) -> dict[int, str]:
    """Return the evidence of a prompt by its numbers."""
    return {int(n): words for n, words in re.findall(r"^\[(\d+)\] (.*)$", prompt, re.MULTILINE)}


def number_of(fragment: str, prompt: str) -> int:
    """Return the number of the evidence that holds some words."""
    found = [n for n, words in numbered(prompt).items() if fragment in words]
    assert found, f"the evidence has no {fragment!r}"
    return found[0]


def with_marks(answer: str, prompt: str) -> str:
    """Return a case's answer as a model would write it, having read the prompt."""
    return re.sub(r"\{\{(.+?)\}\}", lambda m: f"[{number_of(m[1], prompt)}]", answer)
