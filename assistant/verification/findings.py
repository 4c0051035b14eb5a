"""What a check of a bundle finds, in words for people, and whether that speaks against it.

Knows nothing of what is checked or how.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, Literal, get_args

from assistant.records.printing import printable

Verdict = Literal["proved", "supported", "not supported", "right", "differs", "unknown"]
"""What was found.

Of a statement: proved (the reports' own words, or what the product tells of them), supported (its
figures, places and years agree with what it cites, and its words have support there), or neither.
Of all else: as the bundle says, otherwise than it says, or not to be told.
"""

VERDICTS: tuple[Verdict, ...] = get_args(Verdict)

FAILS: frozenset[Verdict] = frozenset({"not supported", "differs"})
"""Verdicts that speak against a bundle."""

_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was checked; `turn` is its question's number, 0 for the bundle as a whole."""

    turn: int
    verdict: Verdict
    text: str

    def record(self) -> dict[str, Any]:
        """Return the finding as JSON has it."""
        return asdict(self)


Found = tuple[Verdict, str]
"""A finding whose turn is not said yet."""


def fails(findings: Iterable[Finding]) -> bool:
    """Tell whether a finding speaks against the bundle."""
    return any(finding.verdict in FAILS for finding in findings)


def quoted(text: str, shown: int = _SHOWN) -> str:
    """Return words from outside in quotation marks, on one line, the first of them if long."""
    line = printable(text)
    return f"“{line if len(line) <= shown else line[: shown - 1] + '…'}”"
