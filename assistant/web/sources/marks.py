"""A passage as HTML with the words of its citations marked, and what is far from them folded.

Each mark carries the numbers of its citations. Everything of the passage is shown as text. Knows
nothing of answers and cards.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise, takewhile

from index.types import Span

_WHOLE = 520
"""Characters up to which a passage is shown whole: most are no longer."""
_CONTEXT = 140
"""Characters shown on each side of a mark of a longer one, at least."""
_APART = 60
"""Characters between two shown parts from which on they are folded away."""

_SENTENCE_END = re.compile(r"[。！？!?；;\n]+")
_CLAUSE_END = re.compile(r"[,，;；:：、。！？!?\n](?!\d)")


@dataclass(frozen=True, slots=True)
class Mark:
    """A citation's number and its characters of the passage."""

    n: int
    span: Span


def marked_html(text: str, marks: Sequence[Mark], *, numbered: bool) -> str:
    """Return `text` with its `marks`; `numbered` shows the number that each begins with."""
    shown = _shown(text, marks)
    edges = {0, len(text)}
    edges |= {edge for span in shown for edge in (span.start, span.end)}
    edges |= {edge for mark in marks for edge in (mark.span.start, mark.span.end)}
    cuts = sorted(edges)
    parts, rest = [], ""
    for start, end in pairwise(cuts):
        if any(span.start <= start < span.end for span in shown):
            parts += [_folded(rest), _piece(text, Span(start, end), marks, numbered=numbered)]
            rest = ""
        else:
            rest += text[start:end]
    return "".join([*parts, _folded(rest)])


def _piece(text: str, span: Span, marks: Sequence[Mark], *, numbered: bool) -> str:
    """Return the characters between two edges, marked with the numbers of their citations."""
    words = escape(span.of(text))
    ns = [mark.n for mark in marks if mark.span.start <= span.start < mark.span.end]
    if not ns:
        return words
    begun = [str(mark.n) for mark in marks if mark.span.start == span.start and mark.span]
    label = f' data-label="{" ".join(begun)}"' if numbered and begun else ""
    return f'<mark data-n="{" ".join(map(str, ns))}"{label}>{words}</mark>'


def _folded(text: str) -> str:
    return f'<span class="gap">…</span><span class="rest">{escape(text)}</span>' if text else ""


def _shown(text: str, marks: Sequence[Mark]) -> list[Span]:
    """Return the parts of `text` that are shown before the reader asks for more."""
    if len(text) <= _WHOLE:
        return [Span(0, len(text))]
    shown: list[Span] = []
    for around in sorted(_around(text, mark.span) for mark in marks):
        if shown and around.start - shown[-1].end <= _APART:
            last = shown.pop()
            around = Span(last.start, max(last.end, around.end))
        shown.append(around)
    return shown


def _around(text: str, mark: Span) -> Span:
    """Return `mark` with its surroundings, cut where a sentence ends, else where a clause does.

    Never inside a clause, and so never inside a number.
    """
    start, end = mark.start - _CONTEXT, mark.end + _CONTEXT
    opening = 0
    if start > _CONTEXT // 2:
        opening = next(_ends(text, start, mark.start), None) or _last(text, start)
    closing = len(text)
    if end < len(text) - _CONTEXT // 2:
        ends = list(_ends(text, mark.end, end))
        later = _CLAUSE_END.search(text, end)
        closing = ends[-1] if ends else later.end() if later else len(text)
    return Span(opening, closing)


def _ends(text: str, start: int, end: int) -> Iterator[int]:
    """Yield where sentences end between two places; where none does, where clauses do."""
    for ends in (_SENTENCE_END, _CLAUSE_END):
        # Not by the end that `finditer` takes: what follows it decides whether a clause ends.
        found = takewhile(lambda at: at <= end, (m.end() for m in ends.finditer(text, start)))
        if kept := list(found):
            yield from kept
            return


def _last(text: str, end: int) -> int:
    found = takewhile(lambda at: at <= end, (m.end() for m in _CLAUSE_END.finditer(text)))
    return max(found, default=0)
