from __future__ import annotations

import pytest

from index.errors import SourceError
from index.formats.extract import page_at
from index.formats.pdf import read_pdf
from index.text.normalization import normalize
from tests import made_files

SENTENCE = "全市地区生产总值完成{}亿元，同比增长6.5%左右，规模以上工业增加值增长7%。"
LINES = [SENTENCE.format(number) * 3 for number in range(100, 140)]
TEXT = "\n".join(["政府工作报告", "各位代表：", *LINES])


def clean(data: bytes) -> list[str]:
    return normalize(read_pdf(data).text).text.split("\n")


def test_wrapped_lines_become_the_paragraphs_they_were() -> None:
    assert read_pdf(made_files.pdf(TEXT)).encoding == "pdf"
    assert clean(made_files.pdf(TEXT)) == normalize(TEXT).text.split("\n")


def test_paragraphs_that_stand_apart_need_no_indent() -> None:
    """At a page's end there is no gap to see: a sentence that ends there ends its paragraph."""
    found = clean(made_files.pdf(TEXT, indent=0))
    assert "".join(found) == normalize(TEXT).text.replace("\n", "")
    assert all(line.endswith("。") for line in found[2:])
    assert len(found) <= len(LINES) + 5


def test_heads_and_page_numbers_are_no_part_of_the_text() -> None:
    text = read_pdf(made_files.pdf(TEXT, head="某某省人民政府工作报告")).text
    assert "某某省" not in text
    assert "—" not in text


def test_the_text_tells_on_which_page_its_characters_stand() -> None:
    text = read_pdf(made_files.pdf(TEXT)).text
    assert page_at(text, 0) == 1
    assert page_at(text, text.index("139亿元")) == text.count("\f") + 1 > 3
    assert page_at("without pages", 3) is None


def test_a_scan_is_refused_with_the_command_that_helps() -> None:
    with pytest.raises(SourceError, match=r"scan: 3 of 3 pages .* `ocrmypdf -l chi_sim"):
        read_pdf(made_files.scan(3, written="第1页"))


def test_pages_that_are_pictures_are_told() -> None:
    from io import BytesIO

    from PIL import Image
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfbase.pdfmetrics import registerFont
    from reportlab.pdfgen.canvas import Canvas

    registerFont(UnicodeCIDFont("STSong-Light"))
    file = BytesIO()
    canvas = Canvas(file, invariant=1)
    for number in range(5):
        if number == 2:
            canvas.drawImage(ImageReader(Image.new("L", (60, 80), 200)), 0, 0, 595, 842)
        else:
            canvas.setFont("STSong-Light", 12)
            canvas.drawString(72, 700, "地区生产总值增长6%左右，就业稳定。"[number:])
        canvas.showPage()
    canvas.save()
    assert read_pdf(file.getvalue()).remark == (
        "pages that are pictures without text were left out: 3"
    )


def test_an_encrypted_file_is_refused() -> None:
    with pytest.raises(SourceError, match=r"encrypted.*qpdf --decrypt"):
        read_pdf(made_files.pdf(TEXT, password="secret"))  # noqa: S106 - of a file made here


def test_a_damaged_file_is_refused() -> None:
    data = made_files.pdf(TEXT)
    for cut in (20, 400):
        with pytest.raises(SourceError, match=r"damaged|no text"):
            read_pdf(data[:cut])


def test_a_file_whose_end_is_lost_is_read_as_far_as_it_goes() -> None:
    data = made_files.pdf(TEXT)
    assert "地区生产总值" in read_pdf(data[: data.index(b"startxref")]).text
