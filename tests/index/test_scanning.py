from __future__ import annotations

import re
from pathlib import Path

import pytest

from index import figure_numbers, figure_periods, normalize, passages
from index.scanning import scan


def test_matches_are_found_apart_and_in_order() -> None:
    found = scan(re.compile("[ab]"), re.compile("a+b?|b(?=c)"), "xaab b bc aaa")
    assert [match[0] for match in found] == ["aab", "b", "aaa"]


@pytest.mark.parametrize(
    ("first", "pattern"),
    [
        (figure_numbers._FIRST, figure_numbers._CANDIDATE),
        (figure_periods._TIME_FIRST, figure_periods._TIME),
        (normalize._FIRST, normalize._INLINE),
        (passages._FIRST, passages._END),
        (passages._SOFT_FIRST, passages._SOFT_END),
    ],
)
def test_every_match_in_the_reports_begins_with_a_first_character(
    first: re.Pattern[str], pattern: re.Pattern[str], seeds: list[Path]
) -> None:
    text = "\n".join(normalize._fold(seed.read_text(encoding="utf-8")) for seed in seeds)
    expected = [match.span() for match in pattern.finditer(text)]
    assert expected
    assert [match.span() for match in scan(first, pattern, text)] == expected
