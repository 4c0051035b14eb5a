"""Chinese punctuation for the eye: clean texts have half-width marks, people read full-width ones.

One character gives way to one, so that every offset holds. Knows nothing of quotations and marks.
"""

from __future__ import annotations

import re

_CJK = "\u3400-\u9fff"
_WIDE = str.maketrans(",;:!?()", "，；：！？（）")
_MARK = re.compile(
    rf"(?<=[{_CJK}”’」》%\]])[,;:!?](?=[{_CJK}“‘「《—…\d\n]|$)|[,;:!?](?=[{_CJK}“‘「《—])"
)
_PAIR = re.compile(r"\([^()\n]*\)")
_BESIDE = re.compile(rf"[{_CJK}]")


def full_width(text: str) -> str:
    """Return Chinese text with full-width marks where Chinese stands beside them."""
    widened = _MARK.sub(lambda match: match[0].translate(_WIDE), text)

    def pair(match: re.Match[str]) -> str:
        start, end = match.span()
        beside = widened[max(start - 1, 0) : start] + match[0] + widened[end : end + 1]
        if not _BESIDE.search(beside):
            return match[0]
        return f"（{match[0][1:-1]}）"

    return _PAIR.sub(pair, widened)
