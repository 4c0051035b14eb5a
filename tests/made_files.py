"""Files of every format made of a text, as offices make and portals show them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from io import BytesIO
from pathlib import Path

_TABLE_RULE = re.compile(r"[|\s:-]+")


def plain(text: str) -> str:
    """Return a report in Markdown without front matter and emphasis."""
    return re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.DOTALL).replace("**", "")


def blocks(text: str) -> Iterator[str | list[list[str]]]:
    """Yield the paragraphs of a text, and its tables as rows of cells."""
    rows: list[list[str]] = []
    for line in [*text.splitlines(), ""]:
        if line.startswith("|"):
            if not _TABLE_RULE.fullmatch(line):
                rows.append([cell.strip() for cell in line.strip().strip("|").split("|")])
            continue
        if rows:
            yield rows
            rows = []
        if line.strip():
            yield line.strip()


_TOP = """<div class="top"><a href="/">首页</a> <a href="/zw">政务公开</a>
<a href="/hd">互动交流</a></div>
<div class="path">您的位置：<a href="/">首页</a> &gt; <a href="/bg">政府工作报告</a></div>"""
_FOOT = """<div class="share">分享到：<a>微信</a> <a>微博</a> 【打印】【关闭】</div>
<ul class="related"><li><a href="1.html">省政府召开第3次常务会议 税收增长8.8%</a></li>
<li><a href="2.html">关于印发通知的通知</a></li></ul>
<div class="foot">版权所有：市人民政府 ICP备12345678号 技术支持：信息中心</div>"""


def html(text: str, *, charset: str = "utf-8", title: str = "政府工作报告") -> bytes:
    """Return a page of a portal that shows a text between its menus, scripts and feet."""
    shown = []
    for block in blocks(text):
        if isinstance(block, str):
            shown.append(f'<p style="text-indent:2em"><span>{escape(block)}</span></p>')
        else:
            cells = ("".join(f"<td>{escape(cell)}</td>" for cell in row) for row in block)
            shown.append(f"<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>")
    page = f"""<!DOCTYPE html><html><head><meta charset="{charset}">
<title>{title}_市人民政府门户网站</title>
<link rel="canonical" href="http://www.example.gov.cn/art/2023/1/31/art_1.html">
<script>var hot = "地区生产总值增长99%";</script></head><body>{_TOP}
<div class="main"><h1>{title}</h1><div class="info">发布时间：2023-01-31 字号：【大 中 小】</div>
<div id="zoom">{"".join(shown)}</div></div>{_FOOT}
<script>document.write("一般公共预算收入增长88%");</script></body></html>"""
    return page.encode(charset, "xmlcharrefreplace")


def docx(text: str) -> bytes:
    """Return a Word document, tables set as tables."""
    from docx import Document

    document = Document()
    for block in blocks(text):
        if isinstance(block, str):
            document.add_paragraph(block)
            continue
        table = document.add_table(len(block), max(map(len, block)))
        for row, cells in zip(table.rows, block, strict=True):
            for cell, words in zip(row.cells, cells, strict=False):
                cell.text = words
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def pdf(
    text: str, *, head: str = "某某省人民政府工作报告", indent: float = 24, password: str = ""
) -> bytes:
    """Return a PDF with a running head and numbered feet, its lines wrapped as print has them."""
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfbase.pdfmetrics import registerFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate

    registerFont(UnicodeCIDFont("STSong-Light"))
    style = ParagraphStyle(
        "body",
        fontName="STSong-Light",
        fontSize=12,
        leading=20,
        firstLineIndent=indent,
        spaceAfter=0 if indent else 12,
        wordWrap="CJK",
    )

    def furniture(canvas, document) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
        canvas.setFont("STSong-Light", 9)
        canvas.drawCentredString(297, 810, head)
        canvas.drawCentredString(297, 30, f"— {document.page} —")

    written = BytesIO()
    lock = StandardEncryption(password, canPrint=0) if password else None
    document = SimpleDocTemplate(written, encrypt=lock, invariant=1)
    lines = (block if isinstance(block, str) else "" for block in blocks(text))
    document.build(
        [Paragraph(escape(line), style) for line in lines if line],
        onFirstPage=furniture,
        onLaterPages=furniture,
    )
    return written.getvalue()


def scan(pages: int, *, written: str = "") -> bytes:
    """Return a PDF whose pages are pictures, the first with a line of text if one is given."""
    from PIL import Image
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfbase.pdfmetrics import registerFont
    from reportlab.pdfgen.canvas import Canvas

    registerFont(UnicodeCIDFont("STSong-Light"))
    picture = ImageReader(Image.new("L", (60, 80), 200))
    file = BytesIO()
    canvas = Canvas(file, invariant=1)
    for number in range(pages):
        canvas.drawImage(picture, 0, 0, 595, 842)
        if written and number == 0:
            canvas.setFont("STSong-Light", 12)
            canvas.drawString(72, 700, written)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def write(path: Path, data: bytes) -> Path:
    """Write a file and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path
