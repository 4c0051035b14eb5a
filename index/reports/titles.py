"""The line that names a report, or the headline above news about it.

Knows lines and the words of titles; not whose report it is.
"""

from __future__ import annotations

import re

from index.reports.speaker import OFFICE
from index.types import Span

_WORDS = r"政\s*府\s*(?:\d{4}年)?\s*工\s*作\s*报\s*告"
_TITLE = re.compile(rf"^[^\n。]{{0,50}}{_WORDS}[^\n。;]{{0,40}}$", re.MULTILINE)
_OTHER_TITLE = re.compile(r"^[^\n。;]{0,50}的?报告(?:\([^()\n]{1,20}\))?$", re.MULTILINE)
_SESSION = re.compile(
    r"^(?=[^\n]{8,60}$)[^\n。;:]{0,30}届[^\n。;:]{0,16}次[^\n。;:]{0,4}会议"
    r"[^\n。;:]{0,20}(?:开幕|召开|举行|闭幕|侧记)[^\n。;:]{0,6}$",
    re.MULTILINE,
)
_GIVES_IT = re.compile(r"[\u4e00-\u9fff]{2,4}(?:代表[^\n]{1,12})?[作做]《?政府工作报告》?$")
_SPEAKER_BEHIND = re.compile(rf"\s+\S*{OFFICE}\s*\S{{2,10}}$")
_NOT_A_TITLE = re.compile(
    r"会议上?.{0,30}作.{0,4}政府工作报告|^[-—]|来源[::]|[::][^\n]*[::]|[>›»]"
    r"|分类[::]|索引号|文件编号|^(?:摄影|图为|编辑|记者)"
)
_CAPTION = re.compile(rf"^{OFFICE}\S{{2,10}}向\S{{0,8}}作")
_NO_HEADLINE = re.compile(
    r"^[-—(【\[]|[。,、!?:]$|^\d[\d:年月日\s/-]+$|[>›|»】]|来源[::]|(?:时间|日期|记者|作者|编辑)[::]"
    r"|会议上$|各位代表|首页|正文|^(?:图片|视频|分享|打印)|人民政府$"
)
_DATELINE = re.compile(r"(?:19|20)\d\d[年/.-]\d{1,2}[月/.-]\d{1,2}")


def find_title(text: str, head: int) -> tuple[str, Span] | None:
    """Return the line that names the report, else the headline above news about it."""
    joined = re.match(rf"[^\n。]{{0,30}}{_WORDS}(?=\n)", text)
    if joined and not _CAPTION.search(joined[0]):
        return _title(text, Span(joined.start(), joined.end()))
    session = _SESSION.search(text, 0, max(head, 1))
    for pattern in (_TITLE, _OTHER_TITLE):
        for found in pattern.finditer(text, 0, head):
            caption = _CAPTION.search(found[0]) is not None
            if _NOT_A_TITLE.search(found[0]) or (caption and session):
                continue
            return _title(text, Span(found.start(), found.end()))
    first = text.partition("\n")[0]
    is_headline = 8 <= len(first) <= 60 and text[len(first) : len(first) + 1] == "\n"
    if is_headline and "届" in first and not re.search(r"[。:]|^[-—(\d]|会议上$", first):
        return _title(text, Span(0, len(first)))
    if is_headline and _GIVES_IT.search(first):
        return _title(text, Span(0, len(first)))
    if session:
        return _title(text, Span(session.start(), session.end()))
    return _headline(text)


def _headline(text: str) -> tuple[str, Span] | None:
    """Return the line right above a dateline."""
    at = 0
    above: Span | None = None
    for line in text[:700].split("\n"):
        written = line.strip(" |")
        start = at + line.find(written)
        at += len(line) + 1
        if above is not None and _DATELINE.search(line) and len(line) < 80:
            return _title(text, above)
        if written:
            usable = 8 <= len(written) <= 60 and not _NO_HEADLINE.search(written)
            above = Span(start, start + len(written)) if usable else None
    return None


def _title(text: str, span: Span) -> tuple[str, Span]:
    if behind := _SPEAKER_BEHIND.search(span.of(text)):
        span = Span(span.start, span.start + behind.start())
    return re.sub(r"\s*\n\s*", "", span.of(text)), span
