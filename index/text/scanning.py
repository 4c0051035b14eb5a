"""Searching a long text for a pattern whose matches are rare. Knows nothing of any pattern."""

from __future__ import annotations

import re
from collections.abc import Iterator


def scan(first: re.Pattern[str], pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Yield what `pattern.finditer(text)` yields, faster where most characters begin no match.

    Args:
        first: A set of single characters, with one of which every match begins, and what a cheap
            look around it may ask of that place. The regular expressions of Python pass over other
            characters at once only if a pattern begins with a set.
        pattern: What to find; it matches at least one character.
        text: Where to find it.
    """
    hit = first.search(text)
    while hit is not None:
        found = pattern.match(text, hit.start())
        if found is not None:
            yield found
        hit = first.search(text, (found or hit).end())
