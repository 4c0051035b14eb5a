"""A PDF with a text layer becomes text; a scan is told apart.

pdfminer finds the lines of each page, `page_layout` makes paragraphs of them. Pages are parted by
`PAGE_TURN`, so that the text itself tells which page a character stands on. Knows nothing of
reports.
"""

from __future__ import annotations

import logging
import struct
import zlib
from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import TYPE_CHECKING

from index.errors import SourceError
from index.formats.decoding import PLAUSIBLE, likeness
from index.formats.extract import Extract
from index.formats.page_layout import Line, text_of_pages, without_furniture

if TYPE_CHECKING:
    from pdfminer.layout import LTItem

_OCR = "`ocrmypdf -l chi_sim IN.pdf OUT.pdf`"
_OCR_AGAIN = "`ocrmypdf --force-ocr -l chi_sim IN.pdf OUT.pdf`"

_MOST_PAGES = 1_500

_BARE = 10
"""Characters; a page with fewer and a picture is a scanned one with at most a number on it."""

_SCAN = 0.3
"""The part of pages without text from which a file is a scan, and not a text with plates in it."""

_DAMAGE = (
    *(ValueError, TypeError, KeyError, IndexError, AttributeError, AssertionError),
    *(RecursionError, NotImplementedError, OverflowError, ZeroDivisionError, EOFError),
    *(struct.error, zlib.error),
)
"""What pdfminer raises of damaged files beside its own errors."""


def read_pdf(data: bytes) -> Extract:
    """Return the text of a PDF.

    Raises:
        SourceError: it is encrypted, damaged, a scan, or its text layer cannot be read.
    """
    from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
    from pdfminer.psexceptions import PSException

    logging.getLogger("pdfminer").setLevel(logging.ERROR)  # it tells of every odd font
    try:
        pages = list(_pages(data))
    except (PDFPasswordIncorrect, PDFEncryptionError) as error:
        raise SourceError(
            "the PDF is encrypted; take its password off: `qpdf --decrypt --password=… IN OUT`"
        ) from error
    except (PSException, *_DAMAGE) as error:
        raise SourceError(
            "the PDF is damaged; open it in a viewer and print it to a new PDF"
        ) from error
    lines = without_furniture([lines for lines, _ in pages])
    bare = [
        number
        for number, (page, (_, pictured)) in enumerate(zip(lines, pages, strict=True), 1)
        if pictured and sum(len(line.text) for line in page) < _BARE
    ]
    if bare and len(bare) >= _SCAN * len(pages):
        raise SourceError(
            f"the PDF is a scan: {len(bare)} of {len(pages)} pages are pictures without text; "
            f"give it a text layer with {_OCR}"
        )
    text = text_of_pages(lines)
    if not text.strip():
        raise SourceError("the PDF holds no text; give it a text layer with " + _OCR)
    if likeness(text) < PLAUSIBLE:
        raise SourceError(
            f"the PDF's text layer reads as no language, its fonts hide it; make a new one with "
            f"{_OCR_AGAIN}"
        )
    told = ", ".join(map(str, bare))
    remark = f"pages that are pictures without text were left out: {told}" if bare else None
    return Extract(text, "pdf", remark)


def _pages(data: bytes) -> Iterator[tuple[list[Line], bool]]:
    """Yield the lines of each page, and whether it shows a picture."""
    from pdfminer.high_level import extract_pages
    from pdfminer.layout import LAParams

    # Justified lines set Chinese characters apart, which are no words for that.
    for number, page in enumerate(extract_pages(BytesIO(data), laparams=LAParams(word_margin=0.4))):
        if number == _MOST_PAGES:
            raise SourceError(f"the PDF has more than {_MOST_PAGES:,} pages; split it")
        yield list(_lines(page)), any(_is_picture(each) for each in page)


def _lines(page: Iterable[LTItem]) -> Iterator[Line]:
    from pdfminer.layout import LTChar, LTTextBoxHorizontal, LTTextLineHorizontal

    for box in page:
        if not isinstance(box, LTTextBoxHorizontal):
            continue
        for line in box:
            if isinstance(line, LTTextLineHorizontal) and (text := line.get_text().strip()):
                size = next((each.size for each in line if isinstance(each, LTChar)), line.height)
                yield Line(text, line.x0, line.x1, line.y0, line.y1, size)


def _is_picture(item: LTItem) -> bool:
    from pdfminer.layout import LTFigure, LTImage

    if isinstance(item, LTFigure):
        return any(_is_picture(each) for each in item)
    return isinstance(item, LTImage)
