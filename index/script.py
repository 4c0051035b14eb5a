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
    """Return `text` in Traditional characters (OpenCC `s2t`); the length may change."""
    traditional: str = _converter("s2t").convert(text)
    return traditional
