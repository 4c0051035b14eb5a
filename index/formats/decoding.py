"""Bytes become text: which encoding they are in, told by what reads as Chinese.

The text is what the bytes say, newlines untouched. Nothing here knows files or formats.
"""

from __future__ import annotations

import codecs
import re
from functools import cache
from pathlib import Path

from index.errors import SourceError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, with whose mark it begins
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decode(data: bytes) -> tuple[str, str]:
    """Return the text of `data` without a byte order mark, and its encoding.

    Raises:
        SourceError: it is binary, or in no encoding that is tried.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            text = _strict(data, encoding)
            if text is None:
                raise SourceError(
                    f"begins with the mark of {encoding} and is damaged; save it as UTF-8"
                )
            return text, encoding
    if b"\0" not in data:  # which UTF-8 allows and no text has
        text = _strict(data, "utf-8")
        if text is not None:
            return _reject_binary(text), "utf-8"
        found = _guess(data, ("gb18030", "big5hkscs"))
        if found is not None:
            return _reject_binary(found[0]), found[1]
    found = _guess(data, ("utf-32-le", "utf-32-be")) or _guess(data, ("utf-16-le", "utf-16-be"))
    if found is not None:
        return _reject_binary(found[0]), found[1]
    if b"\0" in data:
        raise SourceError("expected text, found a binary file; convert it to text first")
    raise SourceError(
        "expected UTF-8, UTF-16, GB18030 or Big5, found none of them; save it as UTF-8"
    )


def _guess(data: bytes, encodings: tuple[str, str]) -> tuple[str, str] | None:
    """Return the text and the encoding that give more everyday characters, if enough are.

    The bytes of GB18030 often decode as Big5 and the other way round, into rare characters. Where
    both readings are about as likely, as in a line or two, charset-normalizer decides.
    """
    texts = {name: text for name in encodings if (text := _strict(data, name)) is not None}
    shares = {name: likeness(text) for name, text in texts.items()}
    if not shares:
        return None
    best = max(shares, key=lambda name: shares[name])
    if len(shares) == 2 and max(shares.values()) - min(shares.values()) < _CLOSE:
        best = _charset_normalizer(data, encodings) or best
    return (texts[best], best) if shares[best] >= PLAUSIBLE else None


def _charset_normalizer(data: bytes, encodings: tuple[str, str]) -> str | None:
    from charset_normalizer import from_bytes  # a tenth of a second that most files do not need

    match = from_bytes(data, cp_isolation=[*encodings]).best()
    return next((name for name in encodings if match and name in match.could_be_from_charset), None)


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


PLAUSIBLE = 0.25
"""The least likeness of Chinese text. Whole reports have 0.55 and more, and under 0.2 in a wrong
encoding; a line can have half of that."""

_CLOSE = 0.05

_EVERYDAY = Path(__file__).with_name("everyday_characters.txt")
"""The characters of everyday Chinese in both scripts with the punctuation of print: about half of
any report, and next to nothing of a misread one. Line breaks and spaces count with them."""


@cache
def _everyday() -> frozenset[str]:
    return frozenset(_EVERYDAY.read_text(encoding="utf-8")) | frozenset("\r\n ")


def likeness(text: str) -> float:
    """Return which part of a text's characters is common in Chinese; ASCII letters stand apart."""
    counted = [c for c in text[:20_000] if not (c.isascii() and c.isalpha())]
    everyday = _everyday()
    return sum(c in everyday for c in counted) / max(1, len(counted))


def _reject_binary(text: str) -> str:
    if len(_STRANGE.findall(text)) * 100 > len(text):
        raise SourceError("expected text, found a binary file; convert it to text first")
    return text


_STRANGE = re.compile(r"[\x00-\x08\x0e-\x1f]")
"""Control characters but for those that lay out a text."""
