"""Cases as data: a JSON object a line, in a file beside the tests that run them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


def cases_beside(module: str, name: str) -> list[dict[str, Any]]:
    """Read the cases of the file `name` in the folder of a test module (its `__file__`)."""
    lines = Path(module).with_name(name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def ids_of(case: dict[str, Any]) -> str:
    """Name a case by the text that it reads."""
    return next((value for value in case.values() if isinstance(value, str)), str(case))
