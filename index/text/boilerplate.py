"""What a web page leaves around a report: lines and parts of lines that are not the report's.

Menus, buttons, disclaimers, comment boxes, captchas and page turns, from `boilerplate.toml`.
Bylines, sources, dates and editors are content and stay. Nothing here knows how a text is cut into
lines; all of it reads folded text: Simplified, half-width, with plain spaces.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path


def is_debris(line: str) -> bool:
    """Return whether a line, without space around it, is not the report's."""
    return (
        _PATTERNS.hint.search(line, 0, _HINTED) is not None
        and _PATTERNS.line.fullmatch(line) is not None
    )


_HINTED = 60  # characters from the start of a line


def content_end(line: str) -> int:
    """Return where a line's content ends: before the buttons behind a dateline."""
    found = (
        _PATTERNS.tail.search(line)
        if len(line) < _DATELINE_LENGTH and _DATELINE.match(line)
        else None
    )
    return found.start() if found else len(line)


_DATELINE = re.compile(r"\(?(?:\d{4}[年/-]|来源|作者|发布|信息|时间|日期|编辑)")
_DATELINE_LENGTH = 160


@dataclass(frozen=True, slots=True)
class _Patterns:
    """What finds a hint of debris, a whole line of it, and the buttons behind a dateline."""

    hint: re.Pattern[str]
    line: re.Pattern[str]
    tail: re.Pattern[str]
    inline: str


def _read() -> _Patterns:
    written = Path(__file__).with_name("boilerplate.toml").read_text(encoding="utf-8")
    table = tomllib.loads(written)
    rim, action, size = (
        table["parts"]["rim"],
        _one_of(table["parts"]["action"]),
        _one_of(table["parts"]["size"]),
    )
    buttons = rf"{rim}{action}(?:{rim}(?:{action}|{size}))*{rim}"
    lines = [
        pattern.replace("{buttons}", buttons)
        for entry in table["lines"]
        for pattern in entry["patterns"]
    ]
    return _Patterns(
        re.compile("|".join(map(re.escape, table["hints"]))),
        re.compile(_one_of(lines), re.IGNORECASE),
        re.compile(rf"[|\s\[【(]+{buttons}$"),
        _one_of(table["inline"]),
    )


def _one_of(patterns: list[str]) -> str:
    return f"(?:{'|'.join(patterns)})"


_PATTERNS = _read()
INLINE = _PATTERNS.inline
"""Debris that also stands inside a line of content: page turns of a newspaper, font sizes."""
