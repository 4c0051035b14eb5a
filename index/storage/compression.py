"""Texts made small for storing, and made whole again.

Chinese takes two bytes a character in GB 18030, which has every character of Unicode, and deflates
to a tenth less from there than from UTF-8. A clean text is not stored at all: it is its raw
text through their map, but for the characters that normalization changed. Nothing here knows what
a text says or where it is stored.
"""

from __future__ import annotations

import re
import zlib
from itertools import compress
from operator import ne

from index.text.normalization import Normalized
from index.text.offsets import OffsetMap
from index.text.scanning import lazily

_ENCODING = "gb18030"
_HEADERLESS = -15  # zlib's sign for a bare stream: SQLite and the offsets would show any damage


def pack(text: str) -> bytes:
    """Return a text as compressed bytes."""
    packer = zlib.compressobj(9, zlib.DEFLATED, _HEADERLESS)
    return packer.compress(text.encode(_ENCODING)) + packer.flush()


def unpack(packed: bytes) -> str:
    """Return the text that `pack` was given.

    Raises:
        ValueError: These bytes were not made by `pack`.
    """
    try:
        return zlib.decompress(packed, _HEADERLESS).decode(_ENCODING)
    except zlib.error as error:
        raise ValueError(f"expected a packed text, found {error}") from error


def pack_changes(normalized: Normalized) -> bytes:
    """Return what a clean text has otherwise than the raw characters it comes from."""
    text, kept = normalized.text, _carried(normalized.raw, normalized.offsets)
    changes = []
    last = 0
    for place in compress(range(len(text)), map(ne, text, kept)):
        changes.append(f"{place - last:x} {text[place]}")
        last = place
    return pack("".join(changes))


def unpack_text(raw: str, offsets: OffsetMap, changes: bytes) -> str:
    """Return the clean text of a raw one, of the map between them and of `pack_changes`."""
    kept = _carried(raw, offsets)
    parts: list[str] = []
    place = end = 0
    for step, new in _CHANGE.findall(unpack(changes)):
        place += int(step, 16)
        parts += kept[end:place], new
        end = place + 1
    return "".join((*parts, kept[end:]))


_CHANGE = lazily(r"([0-9a-f]+) (.)", re.DOTALL)
"""How far behind the last a changed character stands, and what it became."""


def _carried(raw: str, offsets: OffsetMap) -> str:
    """Return the first raw character of each clean one."""
    ends = [*offsets.target[1:], offsets.length][: len(offsets.target)]
    runs = zip(offsets.target, offsets.source, ends, strict=True)
    return "".join(raw[source : source + end - first] for first, source, end in runs)
