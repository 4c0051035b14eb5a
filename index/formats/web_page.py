"""A web page becomes the text it was made for: trafilatura leaves menus, scripts and feet out.

The page's title, its address and the day on which it was published, if its head or its address
says so, stand above it as front matter. Knows nothing of reports.
"""

from __future__ import annotations

import codecs
import re

from index.errors import SourceError
from index.formats.decoding import decode
from index.formats.extract import Extract, front_matter_of

_DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]{3,20})""", re.IGNORECASE)
_AS_WRITTEN = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs"}
"""What browsers take the smaller of two encodings for: pages hold characters beyond it."""

_HEAD = re.compile(r"<head.{0,100000}?</head>", re.IGNORECASE | re.DOTALL)

_LOST = 0.001
"""The part of a page's characters that may be broken; each stays marked as lost."""


def read_page(data: bytes) -> Extract:
    """Return the text of a web page.

    Raises:
        SourceError: it cannot be decoded, or holds no text.
    """
    from trafilatura import bare_extraction

    page, encoding = _decoded(data)
    found = bare_extraction(
        page,
        favor_recall=True,
        include_comments=False,
        include_tables=True,
        deduplicate=False,
        with_metadata=True,
    )
    text = "" if found is None or isinstance(found, dict) else found.text or ""
    if found is None or isinstance(found, dict) or not text.strip():
        raise SourceError("the web page holds no text of its own; save the page that shows it")
    said = {"title": found.title, "url": found.url, "published": _published(page)}
    above = front_matter_of(said)
    lines = (line.rstrip() for line in text.splitlines())
    return Extract(above + "\n".join(lines) + "\n", encoding)


def _published(page: str) -> str | None:
    """Return the day of publication as YYYY-MM-DD; dates of the text may be the report's own."""
    from htmldate import find_date

    head = _HEAD.search(page)
    if head is None:
        return None
    alone = f"<html>{head[0]}<body></body></html>"
    return find_date(alone, extensive_search=False, original_date=True)


def _decoded(data: bytes) -> tuple[str, str]:
    """Return a page's text by what it declares, or by what it reads as where that does not hold."""
    declared = _DECLARED.search(data, 0, 4096)
    name = declared[1].decode("ascii").lower() if declared else ""
    name = _AS_WRITTEN.get(name, name)
    if name and not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            text = data.decode(name, "replace").removeprefix("\ufeff")
        except LookupError:
            return decode(data)
        if text.count("\ufffd") <= _LOST * len(text):
            return text, name
    return decode(data)
