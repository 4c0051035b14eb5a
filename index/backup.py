"""A backup: the catalogue and the votes in one file, from which an index can be restored.

It is a ZIP archive of `catalogue.sqlite`, `feedback.jsonl` if there is one, and `backup.json`,
which has the SHA-256 of both. The derived indexes are left out, as the catalogue makes them anew.
Knows nothing of what a catalogue or a vote says.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import zipfile
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from index.errors import BackupError, CatalogueError
from index.room import full_disk_told
from index.storage.catalogue import FILE_NAME, Catalogue
from index.writer_lock import writing

_FORMAT = "baogao-backup"
_VERSION = 1
_NOTE = "backup.json"
_VOTES = "feedback.jsonl"
_PARTS = (FILE_NAME, _VOTES)
_LOGS = ("", "-wal", "-shm")
"""What stands beside a SQLite file, by the ends of names."""


def back_up(data: Path, to: Path) -> int:
    """Write a backup of the data folder; it may be read and written to meanwhile.

    Returns:
        How many reports it holds.

    Raises:
        BackupError: `to` is there already, its folder is not, or what is stored is damaged.
        CatalogueError: There is no catalogue that can be read, or no room.
    """
    if to.exists():
        raise BackupError(f"{to} is there already: choose another name, or move it away")
    if not to.absolute().parent.is_dir():
        raise BackupError(f"{to}: its folder does not exist: make it, or choose another place")
    draft = to.with_name(f"{to.name}.new")
    with full_disk_told(to.parent), TemporaryDirectory(dir=to.parent, prefix=".backup-") as place:
        copy = Path(place, FILE_NAME)
        with Catalogue.open(data, read_only=True) as catalogue:
            catalogue.copy_to(copy)
        count = _checked(copy.parent, f"{data} is damaged: mend it with `baogao index` first")
        with suppress(FileNotFoundError):
            shutil.copyfile(data / _VOTES, Path(place, _VOTES))
        try:
            _pack(Path(place), draft)
            draft.replace(to)
        finally:
            draft.unlink(missing_ok=True)
    return count


def restore(backup: Path, data: Path, *, replace: bool = False) -> int:
    """Put the catalogue and the votes of a backup into the data folder.

    What was there is kept under another name. The derived indexes are brought up to date by the
    next `build`.

    Args:
        backup: What `back_up` wrote.
        data: The data folder (`BAOGAO_DATA`).
        replace: Take the place of a catalogue that is there.

    Returns:
        How many reports it holds.

    Raises:
        BackupError: It is no backup or not whole, or a catalogue is there already.
        CatalogueLocked: Another process is writing.
    """
    with writing(data), full_disk_told(data):
        if (data / FILE_NAME).exists() and not replace:
            raise BackupError(f"{data} has an index already: use --replace, or another --data")
        with TemporaryDirectory(dir=data, prefix=".restore-") as place:
            _unpack(backup, Path(place))
            count = _checked(Path(place), f"{backup} holds a damaged catalogue: use another")
            _set_aside(data)
            Path(place, FILE_NAME).rename(data / FILE_NAME)
            if Path(place, _VOTES).exists() and not (data / _VOTES).exists():
                Path(place, _VOTES).rename(data / _VOTES)
    return count


def _checked(folder: Path, otherwise: str) -> int:
    """Return how many reports the catalogue in a folder holds, all of them whole."""
    try:
        with Catalogue.open(folder, read_only=True) as catalogue:
            catalogue.look_at_damage(wholly=True)
            if not catalogue.damage.reports:
                return catalogue.count_reports()
    except CatalogueError as error:
        raise BackupError(f"{otherwise} ({error})") from error
    raise BackupError(f"{otherwise} ({', '.join(catalogue.damage.documents[:5])})")


def _pack(folder: Path, to: Path) -> None:
    parts = [name for name in _PARTS if (folder / name).exists()]
    note = {
        "format": _FORMAT,
        "version": _VERSION,
        "created": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "sha256": {name: _sum(folder / name) for name in parts},
    }
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(_NOTE, json.dumps(note, indent=2))
        for name in parts:
            archive.write(folder / name, name)
    with to.open("rb") as file:
        os.fsync(file.fileno())


def _unpack(backup: Path, folder: Path) -> None:
    try:
        with zipfile.ZipFile(backup) as archive:
            note = json.loads(archive.read(_NOTE))
            if note["format"] != _FORMAT or note["version"] != _VERSION:
                raise BackupError(
                    f"{backup}: expected {_FORMAT} of version {_VERSION}, found "
                    f"{note['format']!r:.40} of {note['version']!r:.40}"
                )
            # Only these names, whatever the archive holds besides.
            for name in [part for part in _PARTS if part in note["sha256"]]:
                with archive.open(name) as packed, (folder / name).open("wb") as file:
                    shutil.copyfileobj(packed, file)
                if _sum(folder / name) != note["sha256"][name]:
                    raise BackupError(f"{backup}: {name} is not what was backed up: use another")
    except (zipfile.BadZipFile, ValueError, KeyError, TypeError, EOFError) as error:
        raise BackupError(f"{backup} is no backup, or a damaged one: {error}") from error
    except OSError as error:
        if error.filename == str(backup):
            raise BackupError(f"{backup}: {error.strerror}") from error
        raise


def _set_aside(data: Path) -> None:
    number = 1
    while (data / f"{FILE_NAME}.before-{number}").exists():
        number += 1
    for end in _LOGS:
        with suppress(FileNotFoundError):
            (data / f"{FILE_NAME}{end}").rename(data / f"{FILE_NAME}.before-{number}{end}")


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
