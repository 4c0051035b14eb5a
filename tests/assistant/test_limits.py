"""The page of limits says what the program holds to."""

from __future__ import annotations

import re
from pathlib import Path

from assistant import limits

PAGE = Path(__file__).parents[2] / "docs" / "limits.md"
ROW = re.compile(r"^\| .* \| ([\d,]+)[^|]* \| `([A-Z_]+)` \|$", re.MULTILINE)


def test_the_page_has_every_limit_with_its_value() -> None:
    told = {
        name: float(value.replace(",", ""))
        for value, name in ROW.findall(PAGE.read_text(encoding="utf-8"))
        if not name.startswith("BAOGAO")
    }
    held = {
        name: float(value)
        for name, value in vars(limits).items()
        if name.isupper() and isinstance(value, int | float)
    }
    assert told == held
