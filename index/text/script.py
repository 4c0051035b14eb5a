"""Simplified and Traditional characters, by OpenCC; names of places and persons are kept from it.

OpenCC converts by phrases: 新干县 would be 新幹縣, 慈溪 慈谿, and the surname 于 於. The names of
`traditional_names.tsv` beside this module are written as that table has them, a surname behind an
office as itself. Knows nothing of reports.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

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
    convert = _converter("s2tw").convert
    parts: list[str] = []
    at = 0
    for found in _kept().finditer(text):
        parts += [convert(text[at : found.start()]), _names().get(found[0], found[0])]
        at = found.end()
    return "".join((*parts, convert(text[at:])))


_SURNAMES = {surname: surname for surname in "于范谷余郁岳干"} | {"钟": "鍾"}
"""Surnames that are other words as well, which Traditional writes differently."""

_ALONE = rf"(?<![^\s,。:])[{''.join(_SURNAMES)}](?=[\u4e00-\u9fff]{{1,2}}(?:$|同志))"
_BEHIND_OFFICE = (
    r"(?:(?<=[省市区县州旗盟镇乡]长)|(?<=主席)|(?<=书记)|(?<=主任)|(?<=总理))"
    rf"[{''.join(_SURNAMES)}](?=(?![今上下近本去前后即此])[\u4e00-\u9fff]{{2}})"
)


@cache
def _names() -> dict[str, str]:
    path = Path(__file__).with_name("traditional_names.tsv")
    lines = path.read_text(encoding="utf-8").splitlines()[1:]
    return _SURNAMES | dict(line.split("\t") for line in lines)


@cache
def _kept() -> re.Pattern[str]:
    """Return what finds the names that are not left to OpenCC."""
    places = sorted((name for name in _names() if len(name) > 1), key=len, reverse=True)
    return re.compile(f"{'|'.join(places)}|{_ALONE}|{_BEHIND_OFFICE}")
