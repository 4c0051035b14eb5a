"""A Word document becomes text: a line a paragraph, a line with bars a row of a table.

What was deleted under revision is left out, what was inserted stands in the text, and so do boxes
and content controls. Numbers that Word sets by itself before paragraphs are no text of the file
and are not told. Knows nothing of reports.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from index.errors import SourceError
from index.formats.archives import DAMAGE
from index.formats.extract import Extract, front_matter_of

_LARGEST = 300_000_000
"""Bytes that the parts of a document may hold together once they are unpacked."""


def read_document(data: bytes) -> Extract:
    """Return the text of a .docx file.

    Raises:
        SourceError: it is damaged, unpacks into too much, or holds no text.
    """
    from docx import Document
    from docx.opc.exceptions import PackageNotFoundError
    from lxml.etree import LxmlError

    damaged = "the Word document is damaged; open it in Word and save it again"
    try:
        _check_size(data)
        document = Document(BytesIO(data))
        text = "\n".join(_blocks(document.element.body)).rstrip() + "\n"
        title = document.core_properties.title
    except (*DAMAGE, PackageNotFoundError, LxmlError, AttributeError, OSError) as error:
        raise SourceError(damaged) from error
    if not text.strip():
        raise SourceError("the Word document holds no text; if it holds pictures, run OCR on them")
    return Extract(front_matter_of({"title": _own(title)}) + text, "docx")


def _check_size(data: bytes) -> None:
    with ZipFile(BytesIO(data)) as archive:
        size = sum(part.file_size for part in archive.infolist())
    if size > _LARGEST:
        raise SourceError(f"unpacks into {size:,} bytes, expected at most {_LARGEST:,}")


def _own(title: str | None) -> str | None:
    """Return a document's title where it can be the text's; programs put their own words there."""
    return title if title and re.search(r"报告|報告", title) else None


_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_LEFT_OUT = {f"{_W}del", f"{_W}moveFrom", f"{_W}pPr", f"{_W}rPr", f"{_W}instrText", _FALLBACK}
"""What was deleted, what describes and is no text, and the second copy of a box for old Words."""

_MARKS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}


def _blocks(parent: Any) -> Iterator[str]:  # noqa: ANN401 - an element of lxml, which has no types
    """Yield the lines of the paragraphs and tables in an element, in their order."""
    for element in parent:
        if element.tag == f"{_W}p":
            yield from _paragraph(element)
        elif element.tag == f"{_W}tbl":
            yield from _table(element)
        elif element.tag not in _LEFT_OUT and isinstance(element.tag, str):
            yield from _blocks(element)  # content controls and what else wraps blocks


def _paragraph(element: Any) -> Iterator[str]:  # noqa: ANN401
    boxes: list[Any] = []
    yield "".join(_text(element, boxes)).strip("\n")
    for box in boxes:
        yield from _blocks(box)


def _text(element: Any, boxes: list[Any]) -> Iterator[str]:  # noqa: ANN401
    """Yield the text of a paragraph; boxes that hang on it are put aside."""
    for child in element:
        if child.tag == f"{_W}txbxContent":
            boxes.append(child)
        elif child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in _MARKS:
            yield _MARKS[child.tag]
        elif child.tag not in _LEFT_OUT:
            yield from _text(child, boxes)


def _table(element: Any) -> Iterator[str]:  # noqa: ANN401
    """Yield the rows of a table as Markdown has them; a table of one cell is a frame around text.

    A cell that spans columns is followed by empty ones, one that goes on from above is empty.
    """
    rows = [list(_of(row, "tc")) for row in _of(element, "tr")]
    if all(len(row) == 1 for row in rows):
        for row in rows:
            yield from _blocks(row[0])
        return
    yield ""
    for row in rows:
        cells: list[str] = []
        for cell in row:
            words = " ".join(" ".join(_blocks(cell)).split())
            cells += [words.replace("|", "｜"), *[""] * (_span(cell) - 1)]
        yield f"| {' | '.join(cells)} |"
    yield ""


def _of(element: Any, name: str) -> Iterator[Any]:  # noqa: ANN401
    """Yield the rows of a table or the cells of a row, also those that a control wraps."""
    for child in element:
        if child.tag == f"{_W}{name}":
            yield child
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins"):
            yield from _of(child, name)


def _span(cell: Any) -> int:  # noqa: ANN401
    found = cell.find(f"{_W}tcPr/{_W}gridSpan")
    written = found.get(f"{_W}val", "1") if found is not None else "1"
    return min(int(written), 64) if written.isdecimal() else 1
