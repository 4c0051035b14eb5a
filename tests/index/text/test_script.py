"""Scripts: what is converted, and the names that are not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from index.text.script import to_simplified, to_traditional

_CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "names.jsonl").read_text("utf-8").splitlines()
]


@pytest.mark.parametrize("case", _CASES, ids=lambda case: case["text"])
def test_names_are_not_converted_by_phrase(case: dict[str, str]) -> None:
    assert to_traditional(case["text"]) == case["traditional"]
    assert to_simplified(case["traditional"]) == case["text"]
