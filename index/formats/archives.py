"""ZIP archives as folders: their files have paths below the archive's own, /reports/a.zip/县/b.txt.

Nothing is unpacked to disk. Names that were not written in Unicode are read as GB18030, as the
archives of Chinese systems have them. Knows nothing of what the files are.
"""

from __future__ import annotations

import errno
import os
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from lzma import LZMAError
from pathlib import Path, PurePosixPath
from zipfile import BadZipFile, ZipFile, ZipInfo

from index.errors import SourceError

MOST_FILES = 20_000
LARGEST = 2_000_000_000
"""Files that an archive may hold, and bytes that they may unpack into together."""

DAMAGE = (
    *(BadZipFile, zlib.error, LZMAError, struct.error),
    *(EOFError, ValueError, KeyError, NotImplementedError, RuntimeError),
)
"""What zipfile raises of damaged archives, and of ways to pack that it does not know."""

_UNICODE_NAME = 0x800
_ENCRYPTED = 0x1


def members(archive: Path) -> list[Path]:
    """Return the paths of the files in an archive, sorted.

    Raises:
        SourceError: it is damaged, or holds more than can be meant well.
    """
    return [archive / name for name in _directory(archive, *_state(archive))]


def stat_of(path: Path) -> tuple[int, int]:
    """Return the size and the time of change (ns) of a file, or of the archive that holds it.

    Raises:
        OSError: there is no such file.
    """
    try:
        return _state(path)
    except OSError as error:
        archive = _archive_of(path) if error.errno == errno.ENOTDIR else None
        if archive is None:
            raise
        if path.relative_to(archive).as_posix() not in _names(archive):
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path)) from None
        return _state(archive)


def is_there(path: Path) -> bool:
    """Say whether a file exists, on disk or in an archive."""
    try:
        stat_of(path)
    except (OSError, SourceError):
        return False
    return True


def read_bytes(path: Path, most: int) -> bytes:
    """Return the bytes of a file on disk or in an archive, at most one more than `most`.

    Raises:
        OSError: it cannot be opened.
        SourceError: the archive is damaged or the file in it encrypted.
    """
    try:
        with path.open("rb") as file:
            return file.read(most + 1)
    except OSError as error:
        archive = _archive_of(path) if error.errno == errno.ENOTDIR else None
        if archive is None:
            raise
    return _read_member(archive, path.relative_to(archive).as_posix(), most)


def _read_member(archive: Path, name: str, most: int) -> bytes:
    member = _directory(archive, *_state(archive)).get(name)
    if member is None:
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(archive / name))
    if member.flag_bits & _ENCRYPTED:
        raise SourceError("is encrypted in its archive; unpack it with the password")
    with _opened(archive) as zipped:
        try:
            with zipped.open(member) as file:
                return file.read(most + 1)
        except NotImplementedError:
            raise SourceError("is packed in a way that is not read; unpack it") from None


def _state(path: Path) -> tuple[int, int]:
    state = path.stat()
    return state.st_size, state.st_mtime_ns


def _archive_of(path: Path) -> Path | None:
    return next((parent for parent in path.parents if parent.is_file()), None)


def _names(archive: Path) -> dict[str, ZipInfo]:
    return _directory(archive, *_state(archive))


@lru_cache(maxsize=4)
def _directory(archive: Path, _size: int, _mtime_ns: int) -> dict[str, ZipInfo]:
    """Return what an archive holds by name, sorted; read once as long as it is not changed."""
    with _opened(archive) as zipped:
        infos = zipped.infolist()
    size = sum(info.file_size for info in infos)
    if len(infos) > MOST_FILES or size > LARGEST:
        raise SourceError(
            f"expected at most {MOST_FILES:,} files and {LARGEST:,} bytes, found {len(infos):,} "
            f"and {size:,}; unpack what is meant and index that"
        )
    found = {_name(info): info for info in infos if not info.is_dir()}
    return {name: found[name] for name in sorted(found) if name}


def _name(info: ZipInfo) -> str:
    """Return a file's name in an archive, without what would lead out of it."""
    written = info.orig_filename
    if not info.flag_bits & _UNICODE_NAME:
        data = written.encode("cp437", "replace")  # as which zipfile has read it
        try:
            written = data.decode("utf-8")
        except UnicodeDecodeError:
            written = data.decode("gb18030", "replace")
    parts = PurePosixPath(written.replace("\\", "/").split("\0")[0]).parts
    return "/".join(part for part in parts if part not in ("/", ".", ".."))


@contextmanager
def _opened(archive: Path) -> Iterator[ZipFile]:
    try:
        with ZipFile(archive) as zipped:
            yield zipped
    except DAMAGE as error:
        raise SourceError("the ZIP archive is damaged; unpack it, or fetch it again") from error
