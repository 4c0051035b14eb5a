"""Passages with their marks: what is shown, what is folded, and never half a number."""

from __future__ import annotations

import re

import pytest

from assistant.web.sources.marks import Mark, marked_html
from index.types import Span


def shown(html: str) -> str:
    return re.sub(r"<[^>]+>", "", re.sub(r'<span class="rest">.*?</span>', "", html, flags=re.S))


def test_marks_that_lie_in_each_other_are_both_marked() -> None:
    html = marked_html("全年增长7%。", [Mark(1, Span(0, 7)), Mark(2, Span(2, 6))], numbered=True)
    assert re.findall(r'<mark data-n="([\d ]+)"', html) == ["1", "1 2", "1"]
    assert re.findall(r'data-label="(\d)"', html) == ["1", "2"]


def test_words_of_a_report_are_text() -> None:
    assert "<b>" not in marked_html("<b>增长</b>", [Mark(1, Span(0, 3))], numbered=False)


@pytest.mark.parametrize("at", range(300, 420, 7))
def test_a_number_is_never_cut(at: int) -> None:
    text = "粮食产量1304,567.8万斤，" * 60
    words = shown(marked_html(text, [Mark(1, Span(at, at + 4))], numbered=False))
    assert all(part.startswith("粮食") for part in words.strip("…").split("…"))
    assert words.rstrip("…").endswith("万斤，")


def test_what_is_far_from_every_mark_is_folded_once() -> None:
    text = "第一句话在这里。" * 150
    html = marked_html(text, [Mark(1, Span(8, 15)), Mark(2, Span(700, 707))], numbered=True)
    assert html.count('class="rest"') == 2
    assert re.sub(r"<[^>]+>|…", "", html) == text
