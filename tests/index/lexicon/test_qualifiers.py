from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from index.lexicon import qualifiers


def test_no_word_stands_twice() -> None:
    path = Path(qualifiers.__file__).with_name("qualifiers.toml")
    words = tomllib.loads(path.read_text(encoding="utf-8"))
    listed = [word for kinds in words.values() for each in kinds.values() for word in each]
    assert len(listed) == len(set(listed))


@pytest.mark.parametrize(
    ("qualifier", "expected"),
    [
        ("下降", True),
        ("预计…降低", True),
        ("预计、下降…左右", True),
        ("以上", False),
        (None, False),
    ],
)
def test_a_decline_is_told_wherever_its_word_stands(qualifier: str | None, expected: bool) -> None:
    assert qualifiers.says_decline(qualifier) is expected
