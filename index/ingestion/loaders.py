"""A report's file becomes text, and which files of folders and archives are taken.

The text is what the file says, so that offsets are characters of it: of a text file every
character, of other formats the text that `index.formats` finds in it. Nothing here knows what a
report is.
"""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from index.errors import SourceError
from index.formats.archives import members, read_bytes, stat_of
from index.formats.decoding import decode
from index.formats.extract import Extract
from index.formats.recognition import Foreign, Format, endings, foreign_ending, format_of
from index.ingestion.manifest import NAME as MANIFEST
from index.ingestion.walking import shown, walk


@dataclass(frozen=True, slots=True)
class Source:
    """A file that was read: its text, how it was found and the digest of its bytes.

    `text` and `encoding` are those of an `Extract`; `remark` says what of the file was left out.
    `sha256` is hexadecimal.
    """

    path: Path
    text: str
    encoding: str
    sha256: str
    remark: str | None = None


@dataclass(frozen=True, slots=True)
class Passed:
    """Files of a folder that are not read, all with one ending: what they are, and what helps.

    `first` is one of them.
    """

    ending: str
    count: int
    first: Path
    kind: str
    do: str


_LARGEST: dict[Format, int] = {
    "text": 20_000_000,
    "html": 20_000_000,
    "pdf": 100_000_000,
    "docx": 100_000_000,
    "zip": 0,
}
"""Bytes of the largest file of each format that is read."""


def load(path: Path, *, max_bytes: int | None = None) -> Source:
    """Read the file at `path`, which may be in a ZIP archive.

    Raises:
        SourceError: the file's format is not read here, or the file is missing, larger than
            `max_bytes` (by default what its format allows), damaged, encrypted, a scan, binary,
            empty, or in no encoding that is tried. One line, which names the file.
    """
    try:
        data = _read(path, max_bytes or max(_LARGEST.values()))
        found = _extract(path, data, max_bytes)
    except SourceError as error:
        raise SourceError(f"{path}: {error}") from error
    digest = hashlib.sha256(data).hexdigest()
    return Source(path, found.text, found.encoding, digest, found.remark)


def digest(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, as `load` tells it.

    Raises:
        SourceError: the file cannot be read.
    """
    try:
        if path.is_file():
            with path.open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest()
        return hashlib.sha256(_read(path, max(_LARGEST.values()))).hexdigest()
    except OSError as error:
        reason = f"cannot be read ({error.strerror}); check the path and rights"
        raise SourceError(f"{path}: {reason}") from error
    except SourceError as error:
        raise SourceError(f"{path}: {error}") from error


def _read(path: Path, most: int) -> bytes:
    try:
        size, _ = stat_of(path)
        data = b"" if size > most and path.is_file() else read_bytes(path, most)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise SourceError(f"cannot be read ({reason}); check the path and rights") from error
    if len(data) > most or (not data and size > most):
        raise SourceError(f"expected at most {most:,} bytes, found {size:,}; split the file")
    return data


def _extract(path: Path, data: bytes, max_bytes: int | None) -> Extract:
    suffix = path.suffix.lower()
    found = format_of(data)
    if isinstance(found, Foreign):
        raise SourceError(f"expected a report, found {found.kind}; {found.do}")
    if found is None and suffix not in endings():
        known = ", ".join(sorted(endings()))
        raise SourceError(f"expected a file ending in {known}; convert it to text first")
    if found is None and suffix in (".pdf", ".docx", ".zip"):
        raise SourceError(_not_what_it_says(suffix, data))
    format_ = found or ("text" if suffix in (".txt", ".md") else "html")
    if format_ == "zip":
        raise SourceError(_why_no_archive(path))
    if max_bytes is None and len(data) > _LARGEST[format_]:
        most = _LARGEST[format_]
        raise SourceError(f"expected at most {most:,} bytes, found {len(data):,}; split the file")
    return _reader(format_)(data)


def _not_what_it_says(suffix: str, data: bytes) -> str:
    kind = suffix[1:].upper()
    if not data:
        return f"the {kind} is empty; fetch it again"
    try:
        decode(data)
    except SourceError:
        return f"is no {kind} though its name says so; fetch it again"
    return f"is no {kind} but a text; give it a name that ends in .txt"


def _why_no_archive(path: Path) -> str:
    if not path.is_file():
        return "is an archive inside an archive; unpack the outer one"
    if not members(path):
        return "the ZIP archive is empty; leave it out"
    return "is a ZIP archive; give `baogao index` the archive itself or its folder"


def _reader(format_: Format) -> Callable[[bytes], Extract]:
    if format_ == "pdf":
        from index.formats.pdf import read_pdf

        return read_pdf
    if format_ == "docx":
        from index.formats.word import read_document

        return read_document
    if format_ == "html":
        from index.formats.web_page import read_page

        return read_page
    return _read_text


def _read_text(data: bytes) -> Extract:
    text, encoding = decode(data)
    if not text.strip():
        raise SourceError("the file holds no text; give a file that does, or leave it out")
    return Extract(text, encoding)


# --- which files ----------------------------------------------------------------------------------


class PassedOver:
    """Counts the files of folders that are not read, by their endings.

    `refused` are folders that cannot be read and links that are not followed, each with a line.
    """

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._first: dict[str, Path] = {}
        self.refused: list[tuple[Path, SourceError]] = []

    def refuse(self, path: Path, error: SourceError) -> None:
        """Note what may hold reports and cannot be gone into, or is a link."""
        self.refused.append((path, error))

    def add(self, path: Path) -> None:
        """Count a file."""
        ending = path.suffix.lower()
        self._counts[ending] += 1
        self._first.setdefault(ending, path)

    def kinds(self) -> list[Passed]:
        """Return the kinds of files that were passed over, most files first."""
        found = []
        for ending, count in self._counts.most_common():
            foreign = foreign_ending(ending)
            found.append(Passed(ending, count, self._first[ending], foreign.kind, foreign.do))
        return found


def find_sources(
    paths: Iterable[Path], passed: PassedOver | None = None, *, follow_links: bool = False
) -> Iterator[Path]:
    """Yield the files among `paths` as they are given, and those inside folders and ZIP archives.

    Inside a folder or an archive, at any depth, sorted; hidden entries are left out, and files of
    other formats told to `passed`. An archive that cannot be opened is yielded itself: reading it
    says why. Links inside a folder lead nowhere unless `follow_links`.

    Raises:
        SourceError: a path does not exist.
    """
    passed = passed or PassedOver()
    for path in paths:
        if path.is_dir():
            yield from _walk(path, passed, follow_links=follow_links)
        elif os.path.lexists(path):
            yield from _file(path, passed)
        else:
            raise SourceError(f"{shown(path)}: no such file or folder; check the path")


def _walk(folder: Path, passed: PassedOver, *, follow_links: bool) -> Iterator[Path]:
    inside = walk(
        folder,
        is_hidden=_is_hidden,
        is_wanted=_is_read,
        refused=passed.refuse,
        follow_links=follow_links,
    )
    for entry in inside:
        if _is_read(entry):
            yield from _file(entry, passed)
        else:
            passed.add(entry)


def _is_read(path: Path) -> bool:
    return path.suffix.lower() in endings()


def _file(path: Path, passed: PassedOver) -> Iterator[Path]:
    """Yield a file, or the files in it where it is an archive."""
    if path.suffix.lower() != ".zip":
        yield path
        return
    try:
        inside = members(path)
    except (SourceError, OSError):
        inside = []
    names = {member.relative_to(path).as_posix() for member in inside}
    if not inside or "word/document.xml" in names:
        yield path
        return
    for member in inside:
        if any(_is_hidden(part) for part in member.relative_to(path).parts):
            continue
        if member.suffix.lower() in endings():
            yield member
        else:
            passed.add(member)


_NEVER = frozenset({MANIFEST, "__MACOSX", "Thumbs.db", "desktop.ini"})
"""What systems leave in folders, and the table that says something of the files beside it."""


def _is_hidden(name: str) -> bool:
    return name.startswith((".", "~$")) or name in _NEVER
