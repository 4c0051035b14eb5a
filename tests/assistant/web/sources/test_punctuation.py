"""Punctuation for the eye: wide beside Chinese, untouched elsewhere, character for character."""

from __future__ import annotations

import pytest

from assistant.web.sources.punctuation import full_width


@pytest.mark.parametrize(
    ("text", "wide"),
    [
        ("增长7%,常住人口", "增长7%，常住人口"),
        ("目标是:地区", "目标是：地区"),
        ("1,304,567万斤", "1,304,567万斤"),
        ("时间10:30", "时间10:30"),
        ("生产总值(GDP)增长", "生产总值（GDP）增长"),
        ("growth (GDP), of 7%", "growth (GDP), of 7%"),
        ("“一带一路”,建设", "“一带一路”，建设"),
    ],
)
def test_marks_beside_chinese_are_wide(text: str, wide: str) -> None:
    assert full_width(text) == wide
    assert len(full_width(text)) == len(text)
