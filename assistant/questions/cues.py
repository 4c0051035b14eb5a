"""The words by which a question shows what it asks, read from `cues.toml` beside this module.

Knows words only; what follows from them is decided in `understand`.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path


def shows(cue: str, folded: str) -> bool:
    """Tell whether a folded question has one of the words of a cue."""
    return bool(pattern(cue).search(folded))


def without(cue: str, folded: str) -> str:
    """Return a folded question with the words of a cue blanked."""
    return pattern(cue).sub(" ", folded)


@cache
def pattern(cue: str) -> re.Pattern[str]:
    """Return the pattern that finds the words of a cue.

    Raises:
        KeyError: `cues.toml` has no such cue.
    """
    words = _words()[cue]
    english = "|".join(words["en"])
    return re.compile("|".join([*words["zh"], rf"\b(?:{english})(?!\w)"]), re.IGNORECASE)


@cache
def _words() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(Path(__file__).with_name("cues.toml").read_text(encoding="utf-8"))
