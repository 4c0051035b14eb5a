"""Where the names of a list may begin in a text, told by their first two characters.

Most places of a text begin no name: they are passed over at the speed of a regular expression.
Knows nothing of what the names stand for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator


class NameStarts:
    """The first two characters of names and, for each two, how long such names are.

    Args:
        names: The names; one of a single character is never found.
    """

    def __init__(self, names: Iterable[str]) -> None:
        lengths: dict[str, set[int]] = {}
        for name in names:
            if len(name) > 1:
                lengths.setdefault(name[:2], set()).add(len(name))
        self._lengths = {key: tuple(sorted(found, reverse=True)) for key, found in lengths.items()}
        first, second = (
            re.escape("".join(sorted({key[place] for key in lengths}))) for place in (0, 1)
        )
        self._pattern = re.compile(f"[{first}](?=[{second}])" if lengths else r"(?!)")

    def find(self, text: str) -> Iterator[tuple[int, tuple[int, ...]]]:
        """Yield, in order, where names may begin and the lengths to try, longest first."""
        lengths = self._lengths
        for found in self._pattern.finditer(text):
            start = found.start()
            possible = lengths.get(text[start : start + 2])
            if possible is not None:
                yield start, possible
