"""Texts with figures and citations in them: nested as they lie, and nothing of a report markup."""

from __future__ import annotations

import re

from assistant.web.reader.running_text import Cited, Heading, Underlined, running_html
from index.types import Span

TEXT = "一、目标\n\n增长7%，<b>就业\n"


def test_every_paragraph_says_where_it_begins_and_headings_are_headings() -> None:
    html = running_html(TEXT, TEXT, [], [], [Heading("一、目标", 0, 0)])
    assert re.findall(r'<p data-start="(\d+)"', html) == ["0", "6"]
    assert html.count('role="heading"') == 1
    assert "&lt;b&gt;" in html


def test_a_figure_inside_a_citation_is_underlined_and_marked() -> None:
    figures = [Underlined(Span(8, 10), 3, "target")]
    html = running_html(TEXT, TEXT, figures, [Cited(Span(6, 10), strong=True)], [])
    figure = '<span class="fig target" data-figure="3">7%</span>'
    assert f'<mark class="strong">增长{figure}</mark>' in html


def test_a_citation_over_paragraphs_marks_each() -> None:
    html = running_html(TEXT, TEXT, [], [Cited(Span(2, 9))], [])
    assert re.findall(r"<mark>(.*?)</mark>", html) == ["目标", "增长7"]
