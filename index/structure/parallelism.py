"""Finds what a report sets side by side without numbers: sentences, clauses and words alike.

Reads the form of clean text alone; `enumerations` has the forms with numbers and bullets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from index.structure.outline import LEAD, LONGEST_HEAD, Enumeration, Outline, head
from index.text.numbering import CIRCLED, ITEM, SECTION, SPOKEN, SUBITEM, SUBSECTION
from index.text.scanning import lazily
from index.types import Span

_NUMBERED = lazily(
    rf"(?:^|[;:,”)])[ ]?(?:第?(?:{SECTION.pattern}|{SPOKEN.pattern})"
    rf"|{SUBSECTION.pattern}|{SUBITEM.pattern}|{ITEM.pattern})|{CIRCLED.pattern}"
)
"""What marks the items of a numbered enumeration."""
_SENTENCE = lazily(r"[^。!?\n]+[。!?]?")
_OPENING = lazily(r"[\u4e00-\u9fff]{2}")


def parallel_sentences(outline: Outline) -> Iterator[Enumeration]:
    """Yield the sentences of a paragraph, or the paragraphs, that open with the same two words."""
    text = outline.text
    for passages in _by_paragraph(outline):
        sentences = [Span(*found.span()) for found in _SENTENCE.finditer(text, *passages)]
        yield from _alike(outline, sentences)
    openings = [Span(found.start(), found.end()) for found in re.finditer(r"[^\n]+", text)]
    openings = [
        Span(line.start, found.end())
        for line in openings
        if (found := _SENTENCE.match(text, line.start, line.end)) and outline.passage(line.start)
    ]
    yield from _alike(outline, openings, adjoining=True)


_TOPIC = lazily(r"[\u4e00-\u9fff“”、,]{4,30}。(?=[^\n])")


_CLOSES = lazily(r"各位代表|同志们")
"""How a report turns to its listeners, and ends."""


def topics(outline: Outline) -> Iterator[Enumeration]:
    """Yield the short sentences with which the paragraphs under one heading open."""
    lines = [found.span() for found in re.finditer(r"[^\n]+", outline.text)]
    topics: list[tuple[tuple[str, ...], Span]] = []
    for start, end in lines:
        found = _TOPIC.match(outline.text, start, end)
        passage = outline.passage(start)
        if found and passage and not _CLOSES.match(found[0]):
            topics.append((passage.headings, Span(start, found.end() - 1)))
    for path, group in groupby(topics, key=lambda each: each[0]):
        items = tuple(span for _, span in group)
        if path and len(items) >= 2:
            yield Enumeration("topics", items, None, path)


def _by_paragraph(outline: Outline) -> Iterator[tuple[int, int]]:
    for found in re.finditer(r"[^\n]+", outline.text):
        if outline.passage(found.start()) is not None:
            yield found.span()


def _alike(
    outline: Outline, sentences: Sequence[Span], *, adjoining: bool = False
) -> Iterator[Enumeration]:
    text = outline.text
    if adjoining:
        groups = [list(group) for _, group in groupby(sentences, key=lambda each: _key(text, each))]
    else:
        gathered: dict[str, list[Span]] = {}
        for sentence in sentences:
            gathered.setdefault(_key(text, sentence), []).append(sentence)
        groups = list(gathered.values())
    for group in groups:
        key = _key(text, group[0])
        if len(group) < 3 or not key or key in _COMMON:
            continue
        heads = tuple(_clause_head(text, sentence) for sentence in group)
        lead = sentences[0] if sentences[0] != group[0] and not adjoining else None
        if lead is not None:
            lead = head(text, lead.start, lead.start)
        yield Enumeration(
            form="parallel",
            items=heads,
            lead=lead if lead is not None and len(lead) else outline.lead(group[0].start),
            headings=outline.headings(group[0].start, heads[0].of(text)),
        )


_COMMON = frozenset(
    {"各位", "我们", "同志", "全市", "全省", "今年", "去年", "推进", "加强", "坚持", "推动"}
)
"""Openings that sentences of any paragraph share by chance."""


def _key(text: str, sentence: Span) -> str:
    found = _OPENING.match(text, sentence.start, sentence.end)
    return found[0] if found else ""


def _clause_head(text: str, sentence: Span) -> Span:
    """Return the first clause of a sentence, the first two where the first is very short."""
    cut = text.find(",", sentence.start + 6, sentence.end)
    end = cut if cut >= 0 else sentence.end
    while end > sentence.start and text[end - 1] in " 。!?;,":
        end -= 1
    return Span(sentence.start, end)


def clauses(outline: Outline) -> Iterator[Enumeration]:
    """Yield the clauses between semicolons behind words that announce them."""
    text = outline.text
    for found in re.finditer(r"[^。!?\n]+", text):
        if outline.passage(found.start()) is None or _NUMBERED.search(found[0]):
            continue
        colon = _colon(found[0])
        start = found.start() + colon + 1
        parts = parted(text, Span(start, found.end()), ";")
        if len(parts) < 2 and colon >= 0:
            parts = parted(text, Span(start, found.end()), ",")
        if len(parts) < (2 if colon >= 0 else 3):
            continue
        lead = outline.lead(start) if colon >= 0 else outline.lead(found.start())
        heads = tuple(_shortened(text, part) for part in parts)
        form = "announced" if colon >= 0 else "clauses"
        yield Enumeration(form, heads, lead, outline.headings(start))


def _colon(sentence: str) -> int:
    """Return where the colon stands that announces the rest of a sentence; -1 without one."""
    place = sentence.find(":")
    return place if 0 <= place <= 120 and not sentence[place + 1 : place + 2].isdigit() else -1


def parted(text: str, span: Span, mark: str) -> list[Span]:
    """Cut a span at a mark, quotations and brackets kept whole, spaces and marks trimmed."""
    parts: list[Span] = []
    depth, start = 0, span.start
    for place in range(span.start, span.end + 1):
        character = text[place] if place < span.end else mark
        depth += (character in "“(《") - (character in "”)》")
        if character == mark and (depth <= 0 or place == span.end):
            part = _trimmed(text, start, place)
            if len(part) > 1:
                parts.append(part)
            start = place + 1
    return parts


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start] in " ,;:、":
        start += 1
    while end > start and text[end - 1] in " ,;:、。":
        end -= 1
    return Span(start, end)


def _shortened(text: str, part: Span) -> Span:
    return part if len(part) <= LONGEST_HEAD else _clause_head(text, part)


_WORDS_RUN = lazily(r"[^,;:。!?\n]*、[^,;:。!?\n]*")


def words(outline: Outline) -> Iterator[Enumeration]:
    """Yield what is set side by side within a clause, each part opening alike: 坚持…、坚持…."""
    text = outline.text
    for found in _WORDS_RUN.finditer(text):
        parts = parted(text, Span(*found.span()), "、")
        if len(parts) < 3:
            continue
        key = _key(text, parts[1])
        if not key or any(_key(text, part) != key for part in parts[1:]):
            continue
        start = text.find(key, parts[0].start, parts[0].end)
        if start < 0 or outline.passage(found.start()) is None:
            continue
        items = (Span(start, parts[0].end), *parts[1:])
        lead = _trimmed(text, max(text.rfind(mark, 0, start) for mark in "。\n") + 1, start)
        if len(lead) > LEAD:
            lead = Span(lead.end - LEAD, lead.end)
        yield Enumeration("words", items, lead if len(lead) else None, outline.headings(start))


def parallel_words(text: str, count: int, word: str) -> list[Span]:
    """Return the `count` clauses standing together that each name another kind of `word`.

    四个自觉 is looked for as 政治自觉, 思想自觉 and so on; empty where there are not that many.
    """
    pattern = re.compile(rf"[^,;:。!?\n]*?([\u4e00-\u9fff]{{2}}){re.escape(word)}[^,;:。!?\n]*")
    found = [
        each
        for each in pattern.finditer(text)
        if not re.search(rf"[一二两三四五六七八九十]个”?{re.escape(word)}", each[0])
    ]
    for start in range(len(found) - count + 1):
        run = found[start : start + count]
        near = all(after.start() - before.end() <= 60 for before, after in pairwise(run))
        if near and len({each[1] for each in run}) == count:
            return [_whole(text, each.end(), Span(*each.span()), word) for each in run]
    return []


def _whole(text: str, end: int, clause: Span, word: str) -> Span:
    """Return a clause with what goes on about it up to a semicolon or the end of the sentence."""
    found = re.compile(r"[^;。!?\n]*").match(text, end)
    rest = found[0] if found else ""
    longer = len(clause) + len(rest)
    return clause if word in rest or longer > LONGEST_HEAD else Span(clause.start, end + len(rest))
