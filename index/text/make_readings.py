"""Writes `readings.txt`: which characters share a reading, tones apart.

`python -m index.text.make_readings`, with pypinyin; importing that takes 0.4 s, which a question
should not wait for. Nothing here runs with the program.
"""

from __future__ import annotations

from pathlib import Path

_FIRST, _LAST = 0x4E00, 0x9FFF
_TARGET = Path(__file__).with_name("readings.txt")


def main() -> None:
    """Write a line for each toneless syllable: the syllable, then every character read so."""
    from pypinyin import Style, pinyin

    characters: dict[str, list[str]] = {}
    for code in range(_FIRST, _LAST + 1):
        for syllable in pinyin(chr(code), style=Style.NORMAL, heteronym=True)[0]:
            if syllable != chr(code):
                characters.setdefault(syllable, []).append(chr(code))
    lines = [f"{syllable} {''.join(each)}" for syllable, each in sorted(characters.items())]
    _TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
