"""The words by which a text is read for a check, from `words.toml`, as patterns.

Knows no text.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Words:
    """The lists of `words.toml`, which says what each is for."""

    stating: re.Pattern[str]
    growing: re.Pattern[str]
    done: re.Pattern[str]
    missed_by: re.Pattern[str]
    proposing: re.Pattern[str]
    other_spans: re.Pattern[str]
    several_years: re.Pattern[str]
    of_an_economy: re.Pattern[str]
    above_size: re.Pattern[str]
    behind: re.Pattern[str]
    apart: re.Pattern[str]
    together: re.Pattern[str]
    times: re.Pattern[str]
    both: re.Pattern[str]
    narrowing: re.Pattern[str]
    shared_out: re.Pattern[str]
    compared: re.Pattern[str]
    relative: re.Pattern[str]
    parts_of_a_year: re.Pattern[str]
    averaging: re.Pattern[str]
    part_of: re.Pattern[str]
    saying_little: re.Pattern[str]
    shift: dict[str, int]
    instead: tuple[tuple[re.Pattern[str], str], ...]


@cache
def words() -> Words:
    """Return the words; later calls return the same."""
    written = Path(__file__).with_name("words.toml").read_text(encoding="utf-8")
    table = tomllib.loads(written)
    return Words(
        **{name: _one_of(table[name], whole=True) for name in _LISTS},
        relative=_one_of(list(table["relative"])),
        shift=table["relative"],
        instead=tuple((re.compile(one), other) for one, other in table["instead"].items()),
    )


_LISTS = (
    "stating", "growing", "done", "missed_by", "proposing", "other_spans", "several_years",
    "of_an_economy", "above_size", "behind", "apart", "together", "times", "both", "narrowing",
    "shared_out", "compared", "saying_little", "part_of", "averaging", "parts_of_a_year",
)  # fmt: skip


def _one_of(words: list[str], *, whole: bool = False) -> re.Pattern[str]:
    """Return what finds one of the words, the longest first; Latin ones `whole`."""
    ordered = sorted(words, key=len, reverse=True)
    bound = [rf"\b{word}\b" if whole and word.isascii() else word for word in ordered]
    return re.compile("|".join(bound), re.IGNORECASE)
