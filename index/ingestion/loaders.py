"""A report's file becomes text: formats, encodings, and which files of a folder are taken.

The text is what the file says, its newlines untouched, so that offsets are characters of the
decoded file. Nothing here knows what a report is.
"""

from __future__ import annotations

import codecs
import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from index.errors import SourceError
from index.ingestion.walking import Refused, shown, walk


@dataclass(frozen=True, slots=True)
class Source:
    """A file that was read: its decoded text, the encoding found and the digest of its bytes.

    `text` keeps every character of the file but a byte order mark; `encoding` is a name that
    Python's codecs know; `sha256` is hexadecimal.
    """

    path: Path
    text: str
    encoding: str
    sha256: str


SUFFIXES = frozenset({".txt", ".md"})
"""The endings of file names, in lower case, that `load` reads."""


def load(path: Path, *, max_bytes: int = 20_000_000) -> Source:
    """Read the file at `path`.

    Raises:
        SourceError: the file's format is not read here, or the file is missing, larger than
            `max_bytes`, binary, empty, or in no encoding that is tried.
    """
    if path.suffix.lower() not in SUFFIXES:
        known = ", ".join(sorted(SUFFIXES))
        raise SourceError(f"{path}: expected a file ending in {known}; convert it to text first")
    data = _read(path, max_bytes)
    text, encoding = _decode(path, data)
    if not text.strip():
        raise SourceError(f"{path}: the file holds no text; give a file that does, or leave it out")
    return Source(path, text, encoding, hashlib.sha256(data).hexdigest())


def find_sources(
    paths: Iterable[Path], refused: Refused | None = None, *, follow_links: bool = False
) -> Iterator[Path]:
    """Yield the files among `paths` as they are given, and those inside its folders, sorted.

    Inside a folder, at any depth, hidden entries and files of other formats are passed over.

    Args:
        paths: Files and folders.
        refused: Told of what inside a folder cannot be gone into; None to pass it over.
        follow_links: Go where links inside a folder lead.

    Raises:
        SourceError: a path does not exist.
    """
    for path in paths:
        if path.is_dir():
            yield from walk(path, SUFFIXES, refused or _unsaid, follow_links=follow_links)
        elif os.path.lexists(path):
            yield path
        else:
            raise SourceError(f"{shown(path)}: no such file or folder; check the path")


def _unsaid(_: Path, __: SourceError) -> None:
    """Stand in where no one wants to know."""


def _read(path: Path, max_bytes: int) -> bytes:
    try:
        size = path.stat().st_size
        if size > max_bytes:
            raise SourceError(
                f"{path}: expected at most {max_bytes:,} bytes, found {size:,}; split the file"
            )
        return path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise SourceError(
            f"{path}: cannot be read ({reason}); check the path and rights"
        ) from error


_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, with whose mark it begins
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def _decode(path: Path, data: bytes) -> tuple[str, str]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            text = _strict(data, encoding)
            if text is None:
                raise SourceError(
                    f"{path}: begins with the mark of {encoding} and is damaged; save it as UTF-8"
                )
            return text, encoding
    if b"\0" not in data:  # which UTF-8 allows and no text has
        text = _strict(data, "utf-8")
        if text is not None:
            return _reject_binary(path, text), "utf-8"
        found = _guess(data, ("gb18030", "big5hkscs"))
        if found is not None:
            return _reject_binary(path, found[0]), found[1]
    found = _guess(data, ("utf-32-le", "utf-32-be")) or _guess(data, ("utf-16-le", "utf-16-be"))
    if found is not None:
        return _reject_binary(path, found[0]), found[1]
    if b"\0" in data:
        raise SourceError(f"{path}: expected text, found a binary file; convert it to text first")
    raise SourceError(
        f"{path}: expected UTF-8, UTF-16, GB18030 or Big5, found none of them; save it as UTF-8"
    )


def _guess(data: bytes, encodings: tuple[str, str]) -> tuple[str, str] | None:
    """Return the text and the encoding that give more everyday characters, if enough are.

    The bytes of GB18030 often decode as Big5 and the other way round, into rare characters. Where
    both readings are about as likely, as in a line or two, charset-normalizer decides.
    """
    texts = {name: text for name in encodings if (text := _strict(data, name)) is not None}
    shares = {name: _likeness(text) for name, text in texts.items()}
    if not shares:
        return None
    best = max(shares, key=lambda name: shares[name])
    if len(shares) == 2 and max(shares.values()) - min(shares.values()) < _CLOSE:
        best = _charset_normalizer(data, encodings) or best
    return (texts[best], best) if shares[best] >= _PLAUSIBLE else None


def _charset_normalizer(data: bytes, encodings: tuple[str, str]) -> str | None:
    from charset_normalizer import from_bytes  # a tenth of a second that most files do not need

    match = from_bytes(data, cp_isolation=[*encodings]).best()
    return next((name for name in encodings if match and name in match.could_be_from_charset), None)


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


_PLAUSIBLE = 0.25
"""The least likeness of Chinese text. Whole reports have 0.55 and more, and under 0.2 in a wrong
encoding; a line can have half of that."""

_CLOSE = 0.05

_EVERYDAY = Path(__file__).with_name("everyday_characters.txt")
"""The characters of everyday Chinese in both scripts with the punctuation of print: about half of
any report, and next to nothing of a misread one. Line breaks and spaces count with them."""


@cache
def _everyday() -> frozenset[str]:
    return frozenset(_EVERYDAY.read_text(encoding="utf-8")) | frozenset("\r\n ")


def _likeness(text: str) -> float:
    """Return which part of a text's characters is common in Chinese; ASCII letters stand apart."""
    counted = [c for c in text[:20_000] if not (c.isascii() and c.isalpha())]
    everyday = _everyday()
    return sum(c in everyday for c in counted) / max(1, len(counted))


def _reject_binary(path: Path, text: str) -> str:
    strange = sum(c < " " and c not in "\t\n\r\f\v" for c in text)
    if strange * 100 > len(text):
        raise SourceError(f"{path}: expected text, found a binary file; convert it to text first")
    return text
