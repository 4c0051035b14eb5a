"""What a file is, by its bytes; the endings that are read, and what others are passed over as.

A file's ending only speaks where its bytes do not: many a .doc is a web page. Knows no texts.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, Literal
from zipfile import ZipFile

from index.formats.archives import DAMAGE

Format = Literal["text", "html", "pdf", "docx", "zip"]


@dataclass(frozen=True, slots=True)
class Foreign:
    """A kind of file that is not read: what it is, and what helps."""

    kind: str
    do: str


def endings() -> frozenset[str]:
    """Return the endings of file names, in small letters, that are read."""
    return frozenset(_table()["read"])


def foreign_ending(suffix: str) -> Foreign:
    """Return what a file with an ending that is not read is, as far as the ending tells."""
    for entry in _table()["passed"]:
        if suffix.lower() in entry["endings"]:
            return Foreign(entry["kind"], entry["do"])
    known = ", ".join(sorted(endings()))
    return Foreign("files of no format that is read", f"{known} are")


def format_of(data: bytes) -> Format | Foreign | None:
    """Return what the bytes of a file are; None where they may be plain text."""
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith((b"PK\3\4", b"PK\5\6")):
        return _zipped(data)
    for entry in _table()["refused"]:
        if data.startswith(bytes.fromhex(entry["bytes"])):
            if _ENCRYPTED in data:
                return Foreign("an encrypted document", "save it without a password")
            return Foreign(entry["found"], entry["do"])
    head = data[:2048].replace(b"\0", b"")  # UTF-16 too
    return "html" if _PAGE.match(head) else None


_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
"""The name of what a Word file with a password consists of, inside the format of old ones."""

_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,500}?-->\s*)*"
    rb"<(?:!doctype\s+html|html|head|meta|body)\b",
    re.IGNORECASE | re.DOTALL,
)


def _zipped(data: bytes) -> Format | Foreign:
    try:
        with ZipFile(BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (*DAMAGE, OSError):
        return "zip"  # damaged: whoever opens it says so
    if "word/document.xml" in names:
        return "docx"
    if "xl/workbook.xml" in names:
        return Foreign("a table (XLSX)", "reports are read, not tables")
    if "ppt/presentation.xml" in names:
        return Foreign("slides (PPTX)", "save them as .pdf")
    if "mimetype" in names and "content.xml" in names:
        return Foreign("an OpenDocument file", "save it as .docx")
    return "zip"


@cache
def _table() -> dict[str, Any]:
    written = Path(__file__).with_name("formats.toml").read_text(encoding="utf-8")
    return tomllib.loads(written)
