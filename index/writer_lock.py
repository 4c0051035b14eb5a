"""The writer's lock of a data folder: one process writes at a time, and others can say which.

The lock is the operating system's own, so that it ends with the process that holds it, however
that ends. Readers need no lock.
"""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from index.errors import CatalogueError, CatalogueLocked

_LOCK_NAME = "writer.lock"
_HOLDER_NAME = "writer.json"


@contextmanager
def writing(data: Path, *, wait: float = 0) -> Iterator[None]:
    """Hold the writer's lock of the folder `data`, which is made if need be.

    Args:
        data: The data folder (`BAOGAO_DATA`).
        wait: Seconds to wait for another writer to end.

    Raises:
        CatalogueLocked: Another process still writes; the message says which.
        CatalogueError: The folder cannot be written to.
    """
    lock = FileLock(data / _LOCK_NAME)
    try:
        data.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=wait)
    except Timeout:
        raise CatalogueLocked(
            f"{data} is being written by {_holder(data)}: wait until it has ended"
        ) from None
    except OSError as error:
        raise CatalogueError(
            f"the data folder {data} cannot be written to ({error.strerror}): "
            "choose another with --data or BAOGAO_DATA"
        ) from error
    holder = data / _HOLDER_NAME
    try:
        holder.write_text(
            json.dumps(
                {
                    "pid": os.getpid(),
                    "host": socket.gethostname(),
                    "since": datetime.now().astimezone().isoformat(timespec="seconds"),
                }
            ),
            encoding="utf-8",
        )
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()


def is_written(data: Path) -> bool:
    """Say whether a process holds the writer's lock of the folder `data` now."""
    if not (data / _LOCK_NAME).exists() or not os.access(data, os.W_OK):
        return False
    lock = FileLock(data / _LOCK_NAME)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return True
    except OSError:
        return False
    lock.release()
    return False


def _holder(data: Path) -> str:
    try:
        holder = json.loads((data / _HOLDER_NAME).read_text(encoding="utf-8"))
        return f"process {holder['pid']} on {holder['host']} since {holder['since']}"
    except (OSError, ValueError, KeyError):
        # The holder has the lock and has not yet written, or has already removed, its name.
        return "another process"
