"""Why a file was not taken in, in the language of the page.

The index says it in English, as the command line shows it. Knows no files; what has no words here
is shown as it was said.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from assistant.types import Language
from index.text.script import to_traditional


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a file was not taken in, and whether it can be all the same."""

    reason: str
    may_force: bool


def refusal_of(reason: str, language: Language) -> Refusal:
    """Return what the index says of a file in a language of the page."""
    for pattern, known in _refusals():
        if found := pattern.fullmatch(reason):
            may_force = bool(known.get("anyway"))
            if language == "en":
                return Refusal(reason, may_force)
            named = {name: value or "" for name, value in found.groupdict().items()}
            if language == "zh-Hant":
                named = {name: to_traditional(value) for name, value in named.items()}
            return Refusal(str(known[language]).format(**named), may_force)
    return Refusal(reason, may_force=True)


@cache
def _refusals() -> list[tuple[re.Pattern[str], dict[str, Any]]]:
    text = Path(__file__).with_name("refusals.toml").read_text(encoding="utf-8")
    return [(re.compile(each["says"]), each) for each in tomllib.loads(text)["refusal"]]
