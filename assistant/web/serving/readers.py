"""The readers who may see a page that others can reach: their names and passwords, from a file.

One `name:password` a line; empty lines and those that begin with # are passed over. Knows nothing
of how they are asked for.
"""

from __future__ import annotations

import hmac
import os
import stat
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from assistant.errors import LimitError, ServerError
from assistant.limits import WRONG_PASSWORDS_A_MINUTE, Rate

Known = Callable[[str, str], bool]
"""Says whether a name and a password belong together."""


def read_readers(path: Path) -> Known:
    """Read the file of readers.

    Raises:
        ServerError: it cannot be read, holds no reader, or others on this machine can read it.
    """
    try:
        state = path.stat()
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ServerError(f"{path}: expected a file of readers, found {error}") from error
    if os.name == "posix" and stat.S_IMODE(state.st_mode) & 0o077:
        raise ServerError(f"{path}: others can read the passwords: run chmod 600 {path}")
    readers: dict[str, str] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        name, colon, password = line.partition(":")
        if not (name.strip() and colon and password):
            raise ServerError(f"{path}: expected name:password in line {number}")
        readers[name.strip()] = password
    if not readers:
        raise ServerError(f"{path}: expected a name:password on each line, found none")

    return _knowing(readers)


def _knowing(readers: Mapping[str, str]) -> Known:
    """Return what knows the readers; who guesses at a name has to wait, right or wrong."""
    wrong = {name: Rate(WRONG_PASSWORDS_A_MINUTE, 60) for name in readers}

    def known(name: str, password: str) -> bool:
        expected = readers.get(name, "")
        same = hmac.compare_digest(expected.encode(), password.encode("utf-8", "replace"))
        if not expected:
            return False
        if wrong[name].is_full():
            return False
        if not same:
            with suppress(LimitError):
                wrong[name].take()
        return same

    return known
