"""A disk that is full: room taken before it is needed, and how its failure is told from others.

Each engine says it in its own way, and some say only that something went wrong. Nothing here knows
an engine.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.errors import StorageFull

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
_SAID = ("No space left on device", "disk is full", "Disk quota exceeded")
_NO_ROOM = 8 << 20
"""Bytes: where no more is free, a failure of an engine that gives no reason is the disk's. What it
could not finish it removes, so that some room is free again when it fails."""

_BLOCK = 1 << 20


@contextmanager
def full_disk_told(data: Path) -> Iterator[None]:
    """Raise `StorageFull` in the place of what an engine raises inside when there is no room.

    Args:
        data: The data folder that is written to.

    Raises:
        StorageFull: There is no room.
    """
    try:
        yield
    except StorageFull:
        raise
    except Exception as error:
        if not is_full(error, data):
            raise
        raise StorageFull(
            f"the disk of {data} is full: nothing that was stored is lost, and questions are "
            "answered from it; make room and run the command again"
        ) from error


def is_full(error: BaseException, data: Path) -> bool:
    """Say whether a failure came of a full disk, by what it says or by the room that is left."""
    causes: list[BaseException] = []
    cause: BaseException | None = error
    while cause is not None and cause not in causes:
        causes.append(cause)
        cause = cause.__cause__ or cause.__context__
    if any(_says_full(each) for each in causes):
        return True
    try:
        return shutil.disk_usage(data).free < _NO_ROOM
    except OSError:
        return False


def _says_full(error: BaseException) -> bool:
    if isinstance(error, OSError) and error.errno in _FULL:
        return True
    return any(words in str(error) for words in _SAID)


def reserve(path: Path) -> None:
    """Give every byte of a file its place on the disk, so that writing to its map cannot fail.

    A mapped file with holes brings the process down when a hole is written to and the disk is full.

    Raises:
        OSError: There is no room.
    """
    size = path.stat().st_size
    with path.open("r+b") as file:
        if hasattr(os, "posix_fallocate"):
            if size:
                os.posix_fallocate(file.fileno(), 0, size)
            return
        for first in range(0, size, _BLOCK):
            file.write(bytes(min(_BLOCK, size - first)))
