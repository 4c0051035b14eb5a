"""What reading a file gives, whatever its format: its text, and what of it could not be read.

Knows no format.
"""

from __future__ import annotations

from dataclasses import dataclass

PAGE_TURN = "\f"
"""Stands between the pages of a text that has some. Alone between two characters it stands inside
a paragraph that goes on over the page's end; beside a line break it ends one."""


@dataclass(frozen=True, slots=True)
class Extract:
    """A file's text, and how it was found.

    `encoding` is a name that Python's codecs know, or the format of a file that is no text
    ("pdf", "docx"). `remark` says in one line what of the file was left out, None if nothing.
    """

    text: str
    encoding: str
    remark: str | None = None


def front_matter_of(entries: dict[str, str | None]) -> str:
    """Return what a file says of its text as front matter, "" where it says nothing.

    Values are set on one line each, since they are what some page put there.
    """
    said = {key: " ".join(value.split()) for key, value in entries.items() if value}
    lines = [f"{key}: {value}\n" for key, value in said.items() if value]
    return f"---\n{''.join(lines)}---\n\n" if lines else ""


def page_at(text: str, offset: int) -> int | None:
    """Return the number of the page that holds a character, from 1; None if there are no pages."""
    if PAGE_TURN not in text:
        return None
    return text.count(PAGE_TURN, 0, offset) + 1
