"""The files inside a folder, whatever lies there: what cannot be gone into is named.

Links are not followed unless asked for: one may lead out of the folder, or back up. Knows nothing
of formats but what it is told, and opens no file.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

from index.errors import SourceError

Refused = Callable[[Path, SourceError], None]
"""Told of what was passed over though it may hold reports."""

_DEEPEST = 100
"""Folders inside each other; a path of many more cannot be named to the system at all."""

_UNSHOWN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Categories of characters of which a terminal obeys some and shows none."""


def walk(
    folder: Path,
    *,
    is_hidden: Callable[[str], bool],
    is_wanted: Callable[[Path], bool],
    refused: Refused,
    follow_links: bool = False,
) -> Iterator[Path]:
    """Yield the files inside a folder, at any depth, sorted.

    Args:
        folder: The folder.
        is_hidden: Says of a name that it is passed over without a word.
        is_wanted: Says of a file that it may hold a report.
        refused: Told of folders that cannot be read, and of links that are not followed.
        follow_links: Go where links lead, each folder once.
    """
    waiting, seen = [(folder, 0)], {_identity(folder)}
    while waiting:
        place, depth = waiting.pop()
        if not place.is_dir():
            yield place
            continue
        inside: list[tuple[Path, int]] = []
        for entry in _entries(place, is_hidden, refused):
            if entry.is_symlink() and not follow_links:
                if entry.is_dir() or is_wanted(entry):
                    why = "is a link, and links are not followed; use --follow-links"
                    refused(entry, SourceError(f"{shown(entry)}: {why}"))
            elif not entry.is_dir():
                # A pipe or a device would never end; a link to nothing is told as what it is.
                if entry.is_file() or not entry.exists():
                    inside.append((entry, depth))
            elif depth >= _DEEPEST:
                why = f"lies in more than {_DEEPEST} folders; move it up"
                refused(entry, SourceError(f"{shown(entry)[-200:]}: {why}"))
            elif (identity := _identity(entry)) not in seen:
                seen.add(identity)
                inside.append((entry, depth + 1))
        waiting.extend(reversed(inside))


def shown(path: Path) -> str:
    """Return a path as it can be shown on one line, whatever it is made of."""
    text = os.fsencode(path).decode("utf-8", "replace")
    return "".join("�" if unicodedata.category(char) in _UNSHOWN else char for char in text)


def check_name(path: Path) -> None:
    """Raise `SourceError` where a path has characters that cannot be shown or written down."""
    try:
        str(path).encode()
    except UnicodeEncodeError:
        raise SourceError(f"{shown(path)}: its name is not valid UTF-8; rename it") from None
    if any(unicodedata.category(char) in _UNSHOWN for char in str(path)):
        raise SourceError(f"{shown(path)}: its name has characters that cannot be seen; rename it")


def _entries(folder: Path, is_hidden: Callable[[str], bool], refused: Refused) -> list[Path]:
    try:
        return sorted(entry for entry in folder.iterdir() if not is_hidden(entry.name))
    except OSError as error:
        reason = error.strerror or type(error).__name__
        refused(
            folder, SourceError(f"{shown(folder)}: cannot be read ({reason}); check its rights")
        )
        return []


def _identity(folder: Path) -> tuple[int, int]:
    try:
        state = folder.stat()
    except OSError:
        return 0, hash(folder)
    return state.st_dev, state.st_ino
