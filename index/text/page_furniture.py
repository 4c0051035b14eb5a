"""What print and copy protection leave inside a text: page numbers, running heads, inserted junk.

Each is known by the whole text, as none can be told from content where it stands alone. Reads
folded text, knows nothing of reports, and leaves menus and buttons to `boilerplate`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

INLINE_NUMBER = r"[—–-]{1,2} \d{1,3} [—–-]{1,2}(?=[^\W_])"
"""A page's number left inside a line, which its spaces tell from a range: 总投资27— 3 —47亿元."""

_NUMBER_LINE = re.compile(
    r"[—–-]{1,2} ?\d{1,3} ?[—–-]{1,2}|第 ?\d{1,3} ?页(?:[,/ ]*共 ?\d{1,3} ?页)?"
)


def is_page_number(line: str) -> bool:
    """Return whether a line, without space around it, is a page's number and nothing else."""
    return len(line) < _LONGEST_NUMBER and _NUMBER_LINE.fullmatch(line) is not None


_LONGEST_NUMBER = 16


def running_heads(lines: Sequence[str]) -> frozenset[str]:
    """Return the lines that stand beside page numbers again and again, as no content does."""
    beside: Counter[str] = Counter()
    for index, line in enumerate(lines):
        if is_page_number(line):
            beside.update({each for each in lines[max(0, index - 1) : index + 2] if each != line})
    return frozenset(
        line for line, count in beside.items() if count >= _OFTEN and len(line) <= _HEAD_LENGTH
    )


_OFTEN = 3
_HEAD_LENGTH = 40

# It looks at what stands before only where there is a letter: most texts have next to none.
_TAIL = re.compile(r"([A-Za-z](?<=[^\x00-\x7f,].|[:;!,.].)[A-Za-z]{1,5})(?=\s|$)")


def inserted_tail(text: str) -> re.Pattern[str] | None:
    """Return what finds the letters that copy protection hung on the lines: 各位代表:vfO.

    They are always the same, stand right behind the last character of a line and nowhere else.
    """
    tails = Counter(_TAIL.findall(text))
    for letters, count in tails.most_common(1):
        if count >= _LINES_HUNG and text.count(letters) == count and not letters.isupper():
            return re.compile(rf"(?<![A-Za-z]){letters}(?![A-Za-z])")
    return None


_LINES_HUNG = 5
