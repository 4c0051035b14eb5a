"""Chinese characters by their readings in pinyin, tones apart, from `readings.txt`.

Reading a table takes a hundredth of the time of importing a library that knows tones. Nothing here
knows which reading a character has where it stands.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

_READINGS = Path(__file__).with_name("readings.txt")
_LONGEST = 6  # letters of a syllable


@cache
def readings(character: str) -> frozenset[str]:
    """Return the syllables that a character may be read as."""
    return frozenset(syllable for syllable, each in characters().items() if character in each)


@cache
def characters() -> dict[str, str]:
    """Return the characters that may be read as each syllable."""
    lines = _READINGS.read_text(encoding="utf-8").splitlines()
    pairs = (line.partition(" ")[::2] for line in lines)
    return dict(pairs)


def parted(word: str) -> list[tuple[str, ...]]:
    """Return the ways to part a word in small letters into syllables; none where there is none."""
    if not word:
        return [()]
    return [
        (word[:end], *rest)
        for end in range(1, min(len(word), _LONGEST) + 1)
        if word[:end] in characters()
        for rest in parted(word[end:])
    ]
