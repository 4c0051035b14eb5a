"""Simplified and Traditional characters, by OpenCC. Knows nothing of reports."""

from __future__ import annotations

from functools import cache

from opencc import OpenCC


@cache
def _converter(scheme: str) -> OpenCC:
    return OpenCC(scheme)


def to_simplified(text: str) -> str:
    """Return `text` in Simplified characters (OpenCC `t2s`); the length may change."""
    simplified: str = _converter("t2s").convert(text)
    return simplified


def to_traditional(text: str) -> str:
    """Return `text` in Traditional characters; the length may change.

    OpenCC's `s2tw` writes 為, 群, 裡 as readers of Traditional know them, where plain `s2t` has the
    older 爲, 羣, 裏.
    """
    traditional: str = _converter("s2tw").convert(text)
    return traditional
