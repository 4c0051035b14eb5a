"""A whole report as HTML: its paragraphs, the figures in them underlined, the cited words marked.

Offsets are those of the text that is given, clean or raw. Everything of the report is shown as
text. Knows nothing of catalogues and pages.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby, pairwise

from assistant.web.sources.punctuation import full_width
from index.types import Span

_PARAGRAPH = re.compile(r"[^\n]*[^\s\n][^\n]*")


@dataclass(frozen=True, slots=True)
class Underlined:
    """The characters of a figure's value, its number in the report and the style of its kind."""

    span: Span
    ordinal: int
    style: str


@dataclass(frozen=True, slots=True)
class Cited:
    """Cited words; `strong` are those that the address names."""

    span: Span
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """Words of an outline: how deep they stand, from 0, and where what they head begins."""

    words: str
    depth: int
    start: int


def running_html(
    text: str,
    shown: str,
    figures: Sequence[Underlined],
    cited: Sequence[Cited],
    headings: Sequence[Heading],
) -> str:
    """Return `text` as paragraphs.

    Args:
        text: what the offsets count.
        shown: the same for the eye, character for character.
        figures: what is underlined.
        cited: what is marked.
        headings: what a paragraph is a heading by that holds nothing else.
    """
    spans = [*(each.span for each in figures), *(each.span for each in cited)]
    edges = sorted({edge for span in spans for edge in (span.start, span.end)})
    levels = {heading.words: heading.depth for heading in headings}
    parts = []
    for match in _PARAGRAPH.finditer(text):
        span = Span(*match.span())
        own = edges[bisect_right(edges, span.start) : bisect_right(edges, span.end - 1)]
        pieces = "".join(_pieces(shown, [span.start, *own, span.end], figures, cited))
        depth = levels.get(match[0].strip(" :：。;；—-"))
        role = f' role="heading" aria-level="{min(depth + 3, 6)}"' if depth is not None else ""
        parts.append(f'<p data-start="{span.start}"{role}>{pieces}</p>')
    return "".join(parts)


def _pieces(
    shown: str, cuts: Sequence[int], figures: Sequence[Underlined], cited: Sequence[Cited]
) -> Iterator[str]:
    near_figures = [each for each in figures if _touches(each.span, cuts)]
    near_cited = [each for each in cited if _touches(each.span, cuts)]

    def mark_at(cut: tuple[int, int]) -> str:
        own = [each for each in near_cited if _holds(each.span, cut[0])]
        if not own:
            return ""
        return '<mark class="strong">' if any(each.strong for each in own) else "<mark>"

    for mark, pieces in groupby(pairwise(cuts), key=mark_at):
        words = "".join(_piece(shown, start, end, near_figures) for start, end in pieces)
        yield f"{mark}{words}</mark>" if mark else words


def _piece(shown: str, start: int, end: int, figures: Sequence[Underlined]) -> str:
    words = escape(shown[start:end])
    figure = next((each for each in figures if _holds(each.span, start)), None)
    if figure is None:
        return words
    return f'<span class="fig {figure.style}" data-figure="{figure.ordinal}">{words}</span>'


def _touches(span: Span, cuts: Sequence[int]) -> bool:
    return span.start < cuts[-1] and span.end > cuts[0]


def _holds(span: Span, place: int) -> bool:
    return span.start <= place < span.end


def outline_html(headings: Sequence[Heading], name: str) -> str:
    """Return an outline as a list of links, each to the paragraph at which it begins."""
    items = "".join(
        f'<li class="depth-{min(heading.depth, 3)}"><a href="#" data-to="{heading.start}">'
        f"{escape(full_width(heading.words))}</a></li>"
        for heading in headings
    )
    return (
        f"<details open><summary>{escape(name)}</summary>"
        f'<nav class="outline" aria-label="{escape(name)}"><ul>{items}</ul></nav></details>'
    )
