"""Front matter: the lines of `key: value` between rules of `---` that stand above a Markdown text.

They say of the text what its author or collector knew; they are no prose. Knows nothing of what
the values mean.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.types import Span

_BLOCK = re.compile(
    r"\A\ufeff?---[ \t]*\r?\n(?P<body>(?:[^\r\n]{0,400}\r?\n){0,40}?)---[ \t]*(?:\r?\n|\Z)"
)
_ENTRY = re.compile(r"(?P<key>[\w\u4e00-\u9fff-]{1,30})[ \t]*[:：][ \t]*(?P<value>[^\r\n]*)")
_GOES_ON = re.compile(r"[ \t]+\S|[ \t]*(?:#[^\r\n]*)?$|-[ \t]")
"""A value's next line, an item of a list, a comment or an empty line."""
_QUOTES = "\"'"


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What stands above a text: `span` covers it with its rules, in characters of the raw text.

    `entries` are the values by their keys in small letters, each with the raw characters it is.
    """

    span: Span
    entries: dict[str, tuple[str, Span]]


def front_matter(raw: str) -> FrontMatter | None:
    """Return the front matter of a raw text; None where it has none.

    A rule of `---` above lines that are not all `key: value` begins no front matter.
    """
    found = _BLOCK.match(raw)
    if found is None:
        return None
    entries: dict[str, tuple[str, Span]] = {}
    at = found.start("body")
    for line in found["body"].splitlines(keepends=True):
        written = line.rstrip("\r\n")
        entry = _ENTRY.match(written)
        if entry is not None:
            value = entry["value"].strip()
            start = at + entry.start("value") + len(entry["value"]) - len(entry["value"].lstrip())
            if len(value) > 1 and value[0] in _QUOTES and value[-1] == value[0]:
                value, start = value[1:-1], start + 1
            if value:
                entries.setdefault(entry["key"].lower(), (value, Span(start, start + len(value))))
        elif not _GOES_ON.match(written):
            return None
        at += len(line)
    return FrontMatter(Span(0, found.end()), entries) if entries else None
