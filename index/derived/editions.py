"""The numbered folders of the vector index, of which readers open the last.

A folder is never written to once it is there for readers: the next is made beside it as a draft.
Knows nothing of what is in one.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from index.derived.stamps import Stamp, write_stamp

_FOLDER = "vectors"
_DRAFT = "draft"


def folder_of(data: Path) -> Path:
    """Return where the editions of a data folder are."""
    return data / _FOLDER


def draft_of(data: Path) -> Path:
    """Return the folder of what is made next, which need not be there."""
    return data / _FOLDER / _DRAFT


def newest(data: Path) -> Path | None:
    """Return the folder of the highest number, if there is one."""
    folder = data / _FOLDER
    numbers = [int(path.name) for path in folder.glob("*") if path.name.isdecimal()]
    return folder / str(max(numbers)) if numbers else None


def publish(data: Path, stamp: Stamp) -> None:
    """Give the draft to the readers and remove what it replaces.

    Readers that have an older folder open keep its files until they look for a newer one.
    """
    last = newest(data)
    number = int(last.name) + 1 if last else 1
    write_stamp(draft_of(data), stamp)
    draft_of(data).rename(folder_of(data) / str(number))
    for path in folder_of(data).iterdir():
        if path.name != str(number):
            # SQLite's journals come and go while a reader opens it; what stays goes next time.
            shutil.rmtree(path, ignore_errors=True)
