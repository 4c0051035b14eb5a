"""Chinese characters by their readings in pinyin, tones apart, from `readings.txt`.

Reading a table takes a hundredth of the time of importing a library that knows tones: pypinyin
takes 0.4 s, which a question should not wait for. `python -m index.places.pinyin` writes the table
anew with it. Nothing here knows which reading a character has where it stands.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

_READINGS = Path(__file__).with_name("readings.txt")
_LONGEST = 6  # letters of a syllable
_FIRST, _LAST = 0x4E00, 0x9FFF  # characters that have a reading


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


def main() -> None:
    """Write a line for each toneless syllable: the syllable, then every character read so."""
    from pypinyin import Style, pinyin

    found: dict[str, list[str]] = {}
    for code in range(_FIRST, _LAST + 1):
        for syllable in pinyin(chr(code), style=Style.NORMAL, heteronym=True)[0]:
            if syllable != chr(code):
                found.setdefault(syllable, []).append(chr(code))
    lines = [f"{syllable} {''.join(each)}" for syllable, each in sorted(found.items())]
    _READINGS.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
