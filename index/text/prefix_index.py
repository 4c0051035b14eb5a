"""Where the names of a list stand in a text, looked for by their first two characters.

Most places of a text begin no name: they are passed over at the speed of a regular expression.
Knows nothing of what the names stand for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator


class PrefixIndex:
    """The names of a list by their first two characters.

    Args:
        names: The names; one of a single character is never found.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._names = frozenset(name for name in names if len(name) > 1)
        lengths: dict[str, set[int]] = {}
        for name in self._names:
            lengths.setdefault(name[:2], set()).add(len(name))
        self._lengths = {key: tuple(sorted(found, reverse=True)) for key, found in lengths.items()}
        first, second = (
            re.escape("".join(sorted({key[place] for key in lengths}))) for place in (0, 1)
        )
        self._pattern = re.compile(f"[{first}](?=[{second}])" if lengths else r"(?!)")

    def find(self, text: str) -> Iterator[tuple[int, str]]:
        """Yield where names begin and those names, in order, the longest of one place first."""
        names, lengths = self._names, self._lengths
        for found in self._pattern.finditer(text):
            start = found.start()
            for length in lengths.get(text[start : start + 2], ()):
                name = text[start : start + length]
                if name in names and len(name) == length:
                    yield start, name
