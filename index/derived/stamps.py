"""What the indexes derived from the catalogue share: their stamps, and setting one aside.

A derived index lies in a folder of its own. Its stamp, written last, says which state of the
catalogue it holds and what its files looked like then, with a checksum of each; an index without a
fitting stamp is compared with the catalogue item by item, so a stamp can save work and never hide
damage.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from index.storage.catalogue import Catalogue

_STAMP_NAME = "stamp.json"
_PASSING = ("-wal", "-shm", "-journal")
"""Ends of the names of files that SQLite makes and removes as an index is opened and closed."""

_log = logging.getLogger(__name__)


class Unreadable(Exception):  # noqa: N818 - a state, met inside `index` alone
    """A derived index is missing or cannot be read; its `sync` makes it again."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """The state of the catalogue that a derived index holds.

    `catalogue` is the catalogue's identity, `variant` whatever else decides the index's content:
    the name of the embedding model, the version of the tokens.
    """

    catalogue: str
    generation: int
    variant: str


def stamp_of(catalogue: Catalogue, variant: str) -> Stamp:
    """Return the stamp of an index that holds all of the catalogue as it is now."""
    return Stamp(catalogue.identity, catalogue.generation, variant)


def read_stamp(folder: Path) -> Stamp | None:
    """Return a derived index's stamp, or None where there is no readable one."""
    return _read(folder)[0]


def is_damaged(folder: Path) -> bool:
    """Say whether a file of an index has gone or shrunk since its stamp was written.

    Opening such an index can bring the process down, so that no error can be caught.
    """
    stamp, files = _read(folder)
    if stamp is None:
        return False
    now = _files(folder)
    return any(name not in now or now[name][0] < state.size for name, state in files.items())


def is_untouched(folder: Path, stamp: Stamp) -> bool:
    """Say whether an index has this stamp and its files hold what they did when it was written."""
    found, files = _read(folder)
    now = _files(folder)
    unsummed = any(
        not each.sum and now.get(name) != (each.size, each.mtime_ns) for name, each in files.items()
    )
    return (
        found == stamp
        and files.keys() == now.keys()
        and not unsummed
        and not _changed(folder, files, now)
    )


def is_spoilt(folder: Path, *, besides: str = "", thoroughly: bool = False) -> bool:
    """Say whether the files of a stamped index are not what they were when it was written.

    Args:
        folder: The index.
        besides: The name of a file that is written to as the index is opened, left out.
        thoroughly: Read all files, also those whose size and time of change are as they were.
    """
    stamp, files = _read(folder)
    files = {name: state for name, state in files.items() if name != besides}
    if stamp is None:
        return False
    return bool(_changed(folder, files, _files(folder), thoroughly=thoroughly))


def signature(folder: Path, *, besides: str = "") -> object:
    """Return what the file system says of an index now: equal as long as no file is changed.

    Args:
        folder: As of `is_spoilt`.
        besides: As of `is_spoilt`.
    """
    try:
        written = (folder / _STAMP_NAME).read_bytes()
    except OSError:
        written = b""
    return written, sorted(item for item in _files(folder).items() if item[0] != besides)


def write_stamp(folder: Path, stamp: Stamp) -> None:
    """Write the stamp of an index that has just been brought up to date and closed."""
    record = {
        "catalogue": stamp.catalogue,
        "generation": stamp.generation,
        "variant": stamp.variant,
        "files": {name: [*state, _sum(folder / name)] for name, state in _files(folder).items()},
    }
    draft = folder / f"{_STAMP_NAME}.new"
    draft.write_text(json.dumps(record), encoding="utf-8")
    draft.replace(folder / _STAMP_NAME)


def remove_stamp(folder: Path) -> None:
    """Remove the stamp of an index that is about to be changed."""
    (folder / _STAMP_NAME).unlink(missing_ok=True)


def set_aside(folder: Path, reason: str) -> Path:
    """Rename an index that cannot be read, saying so in one line of warning; return its new path.

    It is kept, not deleted: it may be what someone needs to find out what happened.
    """
    number = 1
    while (aside := folder.with_name(f"{folder.name}.unreadable-{number}")).exists():
        number += 1
    folder.rename(aside)
    _log.warning(
        "%s cannot be read (%s): moved to %s and made again",
        folder,
        " ".join(reason.split())[:200],
        aside.name,
    )
    return aside


@dataclass(frozen=True, slots=True)
class _File:
    """A file as a stamp has it; `sum` is "" in a stamp of an older version."""

    size: int
    mtime_ns: int
    sum: str = ""


def _read(folder: Path) -> tuple[Stamp | None, dict[str, _File]]:
    try:
        record = json.loads((folder / _STAMP_NAME).read_text(encoding="utf-8"))
        stamp = Stamp(record["catalogue"], record["generation"], record["variant"])
        return stamp, {name: _File(*state) for name, state in record["files"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None, {}


def _changed(
    folder: Path,
    files: dict[str, _File],
    now: dict[str, tuple[int, int]],
    *,
    thoroughly: bool = False,
) -> list[str]:
    """Return the files that have gone or hold something else; read only if their state differs."""

    def is_changed(name: str, state: _File) -> bool:
        found = now.get(name)
        if found is None or found[0] != state.size:
            return True
        if not state.sum or (found[1] == state.mtime_ns and not thoroughly):
            return False
        return _sum(folder / name) != state.sum

    return [name for name, state in files.items() if is_changed(name, state)]


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _files(folder: Path) -> dict[str, tuple[int, int]]:
    """Return size and time of change of every lasting file in `folder` but the stamp, by name."""
    states = {}
    for place, _, names in os.walk(folder):
        for name in names:
            path = Path(place, name)
            # Hidden files are locks and lists of files, which readers touch too.
            if not name.startswith((_STAMP_NAME, ".")) and not name.endswith(_PASSING):
                with suppress(FileNotFoundError):  # a writer may have removed it by now
                    state = path.stat()
                    key = path.relative_to(folder).as_posix()
                    states[key] = (state.st_size, state.st_mtime_ns)
    return states
