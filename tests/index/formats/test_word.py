from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from docx import Document
from docx.oxml import parse_xml

from index.errors import SourceError
from index.formats.word import read_document
from tests import made_files

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def saved(document: object) -> bytes:
    file = BytesIO()
    document.save(file)  # type: ignore[attr-defined]
    return file.getvalue()


def test_a_table_stands_as_rows_with_bars() -> None:
    text = "一、指标\n| 指标 | 2022年 |\n| --- | --- |\n| 地区生产总值 | 550亿元 |\n二、目标"
    found = read_document(made_files.docx(text))
    assert found.encoding == "docx"
    assert "| 指标 | 2022年 |\n| 地区生产总值 | 550亿元 |\n" in found.text
    assert found.text.startswith("一、指标\n")
    assert found.text.endswith("二、目标\n")


def test_a_table_of_one_column_is_a_frame() -> None:
    document = Document()
    document.add_table(1, 1).cell(0, 0).text = "各位代表：\n现在报告工作。"
    assert read_document(saved(document)).text.split() == ["各位代表：", "现在报告工作。"]


def test_revisions_are_read_as_accepted_and_controls_and_boxes_are_text() -> None:
    document = Document()
    body = document.element.body
    box = "<w:p><w:r><w:t>框内</w:t></w:r></w:p>"
    deleted = "<w:del><w:r><w:delText>6%</w:delText></w:r></w:del>"
    inserted = "<w:ins><w:r><w:t>7%</w:t></w:r></w:ins>"
    for inner in (
        f"<w:p><w:r><w:t>增长</w:t></w:r>{deleted}{inserted}</w:p>",
        "<w:sdt><w:sdtContent><w:p><w:r><w:t>控件</w:t></w:r></w:p></w:sdtContent></w:sdt>",
        f"<w:p><w:r><w:t>正文</w:t><w:pict><w:txbxContent>{box}</w:txbxContent></w:pict></w:r></w:p>",
    ):
        wrapped = parse_xml(f"<w:body {W}>{inner}</w:body>")
        body.insert(len(body) - 1, wrapped[0])
    assert read_document(saved(document)).text.split() == ["增长7%", "控件", "正文", "框内"]


def test_a_document_without_text_is_refused() -> None:
    with pytest.raises(SourceError, match="holds no text"):
        read_document(saved(Document()))


def test_a_damaged_document_is_refused() -> None:
    data = made_files.docx("报告")
    for broken in (data[:-200], data[:300], data.replace(b"document.xml", b"documemt.xml")):
        with pytest.raises(SourceError, match="damaged"):
            read_document(broken)


def test_a_document_that_unpacks_into_too_much_is_refused() -> None:
    file = BytesIO(made_files.docx("报告"))
    with ZipFile(file, "a", ZIP_DEFLATED) as archive, archive.open("word/media/a", "w") as part:
        for _ in range(301):
            part.write(bytes(1_000_000))
    with pytest.raises(SourceError, match="unpacks into 301"):
        read_document(file.getvalue())
