"""Regular expressions that are compiled when they are needed, or searched for where they are rare.

Knows nothing of any pattern.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, cast


def lazily(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Return a pattern that is compiled at its first use.

    For the patterns of a module that most commands load and few questions need: all of them
    together take a sixth of the time in which a question is answered from the command line. It is
    not the pattern that its matches name (`Match.re`).
    """
    return cast("re.Pattern[str]", _Lazy(pattern, flags))


_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split")


class _Lazy:
    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern, self.flags = pattern, flags

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        compiled = re.compile(self.pattern, self.flags)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


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
