"""Places below the county, and zones that are no division: their names, and records of them.

The gazetteer's table ends at the county. A town (向家镇), a street (凤鸣街道) or a zone (开发区)
takes its name from the text that is of it; the place around it, if that is known, stands in its
code, so that any process can make the same record of it again. Knows nothing of reports.
"""

from __future__ import annotations

import re

from index.places.pinyin import readings
from index.types import Region

_SEAM = "/"

KINDS = {
    "镇": "Town",
    "乡": "Township",
    "苏木": "Sumu",
    "街道": "Subdistrict",
    "农场": "Farm",
    "园区": "Park",
    "开发区": "Development Zone",
    "高新区": "High-tech Zone",
    "合作区": "Cooperation Zone",
    "新区": "New Area",
    "兵团": "Corps",
}
"""The ends of such names, and their English."""

_KIND = "|".join(sorted(KINDS, key=len, reverse=True))
_ENDS = re.compile(rf"(?:{_KIND})$")
NAME = re.compile(
    r"(?P<town>新疆生产建设兵团"
    r"|[\u4e00-\u9fff]{1,8}?(?:经济技术开发区|经济开发区|高新技术产业开发区|开发区|高新区|工业园区"
    r"|合作区|新区)"
    r"|[\u4e00-\u9fff]{2,6}?(?:街道|[镇乡](?![镇村长级里])|苏木|农场))"
)


def code_of(name: str, around: str | None) -> str:
    """Return the code of a town: that of the place around it, if known, and its name."""
    return f"{around or ''}{_SEAM}{name}"


def is_town(code: str) -> bool:
    """Say whether a code is of a place that the table does not know."""
    return _SEAM in code


def town_of(code: str, around: Region | None) -> Region:
    """Return the record of a town's code; `around` is the place that the code begins with."""
    name = code.partition(_SEAM)[2]
    kind = _ENDS.search(name)
    stem = name[: kind.start()] if kind else name
    written = "".join(min(readings(char), default="") for char in stem).capitalize()
    english = f"{written} {KINDS[kind[0]]}" if kind else written
    parents = (around.code, *around.parents) if around else ()
    return Region(code, name, english.strip() or name, "township", parents)


def around_of(code: str) -> str:
    """Return the code of the place around a town, "" where it is not known."""
    return code.partition(_SEAM)[0]
