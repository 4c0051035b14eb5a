from __future__ import annotations

import re
from pathlib import Path

import pytest

from index.figures import periods
from index.figures.amounts import finding as amounts
from index.reports import year
from index.text import normalization
from index.text.folding import fold_report
from index.text.scanning import lazily, scan


def test_matches_are_found_apart_and_in_order() -> None:
    found = scan(re.compile("[ab]"), re.compile("a+b?|b(?=c)"), "xaab b bc aaa")
    assert [match[0] for match in found] == ["aab", "b", "aaa"]


@pytest.mark.parametrize(
    ("first", "pattern"),
    [
        (amounts._FIRST, amounts._CANDIDATE),
        (periods._TIME_FIRST, periods._TIME),
        (normalization._FIRST, normalization._INLINE),
        (year._AHEAD_FIRST, year._LOOKS_AHEAD),
    ],
)
def test_every_match_in_the_reports_begins_with_a_first_character(
    first: re.Pattern[str], pattern: re.Pattern[str], seeds: list[Path]
) -> None:
    text = "\n".join(fold_report(seed.read_text(encoding="utf-8")) for seed in seeds)
    expected = [match.span() for match in pattern.finditer(text)]
    assert expected
    assert [match.span() for match in scan(first, pattern, text)] == expected


def test_a_lazy_pattern_does_what_the_pattern_does() -> None:
    lazy, pattern = lazily("(?P<a>a)B?", re.IGNORECASE), re.compile("(?P<a>a)B?", re.IGNORECASE)
    assert lazy.pattern == pattern.pattern
    assert [m.span() for m in lazy.finditer("abAxa")] == [
        m.span() for m in pattern.finditer("abAxa")
    ]
    assert lazy.groupindex == pattern.groupindex
    assert lazy.sub("-", "abx") == pattern.sub("-", "abx")
