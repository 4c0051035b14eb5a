"""Groups of places by their names: 长三角, the western provinces, 计划单列市.

Reads `groups.toml` beside this module. Knows which places a group has, not which have reports.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from index.places.gazetteer import Gazetteer
from index.types import Span


@dataclass(frozen=True, slots=True)
class GroupMention:
    """A group named in a text: where, and the administrative codes of its places in order."""

    span: Span
    matched: str
    codes: tuple[str, ...]


def groups_in(folded: str) -> list[GroupMention]:
    """Return the groups that a folded text names, from left to right, the longest names first."""
    found = []
    for match in _pattern().finditer(folded):
        codes = _codes()[match[0].lower()]
        found.append(GroupMention(Span(*match.span()), match[0], codes))
    return found


def codes_named(name: str, gazetteer: Gazetteer) -> tuple[str, ...]:
    """Return the codes of the places that a name may mean, or of the group of that whole name."""
    found = tuple(region.code for region in gazetteer.resolve(name))
    groups = () if found else groups_in(name)
    return found or tuple(code for group in groups if group.matched == name for code in group.codes)


@cache
def _codes() -> dict[str, tuple[str, ...]]:
    data = tomllib.loads(Path(__file__).with_name("groups.toml").read_text(encoding="utf-8"))
    return {
        name.lower(): tuple(group["members"])
        for group in data["group"]
        for name in (*group["zh"], *group["en"])
    }


@cache
def _pattern() -> re.Pattern[str]:
    names = sorted(_codes(), key=len, reverse=True)
    chinese = [name for name in names if not name.isascii()]
    english = [rf"\b{re.escape(name)}\b" for name in names if name.isascii()]
    return re.compile("|".join((*chinese, *english)), re.IGNORECASE)
