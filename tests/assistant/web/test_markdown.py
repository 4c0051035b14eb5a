"""A conversation as a page of Markdown: sources numbered, markup shown as text."""

from __future__ import annotations

from assistant.records.conversations import Exchange
from assistant.types import Answer, Citation, Withheld
from assistant.web.markdown import markdown


def test_markdown_numbers_its_sources_and_shows_markup_as_text() -> None:
    quote = "地區生產(chǎn)總值增長(cháng)7%<b>"
    citation = Citation(1, "a_b.txt", 3, 9, quote, "标题", "焦作市", 2023)
    answer = Answer("q", "zh-Hans", "增长**7%**<img> [1]", citations=(citation,))
    exchange = Exchange("*问* <script>", answer)
    written = markdown("题 #1", [exchange], "2026-01-02T03:04:05Z", "zh-Hans")
    assert written.startswith("# 题 \\#1\n\n2026-01-02 由报告")
    assert "## \\*问\\* \\<script\\>" in written
    assert "增长**7%**\\<img> [1]" in written
    assert "1\\. 焦作市 · 2023 — 标题 — a\\_b.txt, 第3—9字" in written
    assert "   > 地区生产总值增长7%\\<b\\>" in written
    assert "原文：地區生產(chǎn)總值增長(cháng)7%\\<b\\>" in written


def test_markdown_tells_what_was_withheld_and_why() -> None:
    answer = Answer("q", "en", "Told.", withheld=(Withheld("Grew *9%*.", "number"),))
    written = markdown("t", [Exchange("q", answer)], "2026-01-02T03:04:05Z", "en")
    assert "not borne out by their sources: 1\n\n- Grew \\*9%\\*. (" in written
