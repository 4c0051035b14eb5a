"""Parts an answer's text into statements and reads them: marks, quotations, names and places.

What an answer quotes of its cited words, and the names of indicators, are blanked, so that only
what the answer itself says is left to be judged. Knows nothing of whether it is true.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from assistant.claims.dates import stances_in, years_in
from assistant.claims.types import Claim, Context, Evidence, Name, Place
from assistant.types import Answer
from index.lexicon.indicators import Lexicon
from index.places.gazetteer import Gazetteer
from index.text.folding import fold_claim
from index.text.script import to_traditional

Form = Literal["sentence", "item", "row", "head", "rule"]


@dataclass(frozen=True, slots=True)
class Part:
    """A run of an answer's text, `start` to `end`, with the line it is of.

    A "head" ends in a colon, with the list below it; a "rule" parts a table's heading from its
    rows, the heading itself being a head. `statement` is what it says.
    """

    line: int
    start: int
    end: int
    form: Form
    statement: Claim


_ITEM = re.compile(r"\s*\d{1,3}[.、)]\s")
_MARKS = re.compile(r"(?:\s?\[\d+\])+")
_NUMBER = re.compile(r"\d+")
_FOOTNOTE = re.compile(r"［\d+］")
SENTENCE_END = re.compile(r"(?:[。!?]|\.(?=\s+[^a-z\s]|\s*$|\s?\[))(?:\s?\[\d+\])*\s*")
"""The end of a sentence of folded text, with its marks and the space behind."""
_BLANK, _NAMED = "\0", "\1"


def parts_of(
    answer: Answer, evidence: Sequence[Evidence], lexicon: Lexicon, gazetteer: Gazetteer
) -> list[Part]:
    """Part and read an answer's text."""
    written = _without_quotations(answer, evidence)
    # Before folding: a report's own footnote, shown as ［5］, is no mark.
    groups = [(m.start(), m.end(), m[0]) for m in _MARKS.finditer(written)]
    notes = [match.span() for match in _FOOTNOTE.finditer(written)]
    marked = [*((start, end) for start, end, _ in groups), *notes]
    text = _blanked(fold_claim(written), marked, " ")
    wordings = _wordings(answer)
    text = _blanked(text, ((each.start, each.end) for each in wordings), _NAMED)
    text, names = _without_names(text, answer, lexicon)
    places = _places(text, evidence, gazetteer)
    parts: list[Part] = []
    above = Context()
    for line, form, start, end in _runs(text):
        statement = Claim(
            text=text[start:end],
            groups=tuple(
                (begin - start, tuple(map(int, _NUMBER.findall(marks))))
                for begin, _, marks in groups
                if start <= begin < end
            ),
            places=tuple(_moved(place, start) for place in places if start <= place.start < end),
            names=_inside(names, start, end),
            wordings=_inside(wordings, start, end),
            above=above if form == "item" else Context(),
        )
        if form == "head":
            stances = [stance for _, stance in stances_in(statement.text)]
            years = tuple(years_in(statement.text))
            above = Context(statement.places, years, stances[-1] if stances else None)
        elif form not in ("item", "rule"):
            above = Context()
        parts.append(Part(line, start, end, form, statement))
    return parts


def _runs(text: str) -> Iterator[tuple[int, Form, int, int]]:
    """Yield the parts of an answer as line, form, start and end."""
    start = 0
    lines = text.split("\n")
    for number, line in enumerate(lines):
        end = start + len(line)
        following = lines[number + 1] if number + 1 < len(lines) else ""
        if line.startswith("|"):
            form: Form = "row"
            if not line.strip("|-: "):
                form = "rule"
            elif following.startswith("|") and not following.strip("|-: "):
                form = "head"
            yield number, form, start, end
        elif item := _ITEM.match(line):
            yield number, "item", start + item.end(), end
        elif line.rstrip().endswith(":") and _ITEM.match(following):
            yield number, "head", start, end
        elif line.strip():
            yield from ((number, "sentence", *run) for run in _sentences(text, start, end))
        start = end + 1


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    begin = start
    for match in SENTENCE_END.finditer(text, start, end):
        yield begin, match.end()
        begin = match.end()
    if text[begin:end].strip():
        yield begin, end


# What is not the answer's own to claim


def _without_quotations(answer: Answer, evidence: Sequence[Evidence]) -> str:
    """Blank the quotations whose words are cited words, or the question's own."""
    text = answer.text
    if "“" not in text:
        return text
    cited = [" ".join(each.quote.split("\n")) for each in evidence]
    if answer.language == "zh-Hant":
        cited += [to_traditional(quote) for quote in cited]
    for quote in sorted(set(cited), key=len, reverse=True):
        text = text.replace(f"“{quote}”", _BLANK * (len(quote) + 2)) if quote else text
    dense = [fold_claim("".join(words.split())) for words in (*cited, answer.question)]

    def unless_cited(found: re.Match[str]) -> str:
        words = fold_claim("".join(found[1].split()))
        return _BLANK * len(found[0]) if any(words in own for own in dense) else found[0]

    return re.sub(r"“([^“”]{1,400})”", unless_cited, text)


def _wordings(answer: Answer) -> list[Name]:
    """Find the wordings of the answer's figures that have no number."""
    text = fold_claim(answer.text)
    known = {f.qualifier for f in answer.figures if not f.value and f.qualifier}
    return [
        Name(found.start(), found.end(), wording)
        for wording in known
        for found in re.finditer(re.escape(wording), text)
    ]


def _without_names(text: str, answer: Answer, lexicon: Lexicon) -> tuple[str, list[Name]]:
    """Blank the names of indicators, the answer's own figures' and those that hold numbers."""
    english = _english_names(lexicon)
    own = {figure.indicator: figure.indicator for figure in answer.figures}
    own |= {english[zh]: zh for zh in own if zh in english}
    known = own | {name: zh for name, zh in _names_with_numbers(lexicon).items() if name not in own}
    names: list[Name] = []
    for name in sorted(known, key=len, reverse=True):
        start = text.find(name)
        while start >= 0:
            names.append(Name(start, start + len(name), known[name]))
            start = text.find(name, start + len(name))
        text = text.replace(name, _NAMED * len(name))
    text = _without_other_names(text, frozenset(own.values()), lexicon, names)
    for citation in answer.citations:
        stem = fold_claim(citation.document.rpartition(".")[0] or citation.document)
        for name in (fold_claim(citation.document), stem) if citation.region is None else ():
            text = text.replace(name, _NAMED * len(name))
    return text, sorted(names, key=lambda name: name.start)


def _without_other_names(
    text: str, own: frozenset[str], lexicon: Lexicon, names: list[Name]
) -> str:
    """Blank the other names, short ones and English ones, of the answer's own figures.

    One that may mean several of them means nothing in particular.
    """
    for mention in lexicon.mentions(text) if own else ():
        meant = [each.zh for each in mention.candidates if each.zh in own]
        if meant:
            start, end = mention.span.start, mention.span.end
            names.append(Name(start, end, meant[0] if len(meant) == 1 else ""))
            text = text[:start] + _NAMED * (end - start) + text[end:]
    return text


@cache
def _english_names(lexicon: Lexicon) -> dict[str, str]:
    return {indicator.zh: indicator.en for indicator in lexicon.all}


@cache
def _names_with_numbers(lexicon: Lexicon) -> dict[str, str]:
    """Return the names, Chinese and English, in which a number could be read."""
    return {
        name: indicator.zh
        for indicator in lexicon.all
        for name in (indicator.zh, indicator.en)
        if re.search(r"[\d一二三四五六七八九十两]", name)
    }


def _places(text: str, evidence: Sequence[Evidence], gazetteer: Gazetteer) -> list[Place]:
    quoted = [each.dense for each in evidence]
    return [
        Place(
            mention.span.start,
            mention.span.end,
            frozenset(region.name for region in mention.candidates),
            mention.matched,
        )
        for mention in gazetteer.mentions(text)
        if not _is_of_a_name(text, mention.span.end, quoted)
    ]


_IN_BRACKETS = re.compile(r"[A-Za-z]* ?\(([\u4e00-\u9fff]{2,4})\)")


def _is_of_a_name(text: str, end: int, quoted: Sequence[str]) -> bool:
    """Tell whether what reads as a place is of a person's name: Wang Chao (王超)."""
    found = _IN_BRACKETS.match(text, end)
    return found is not None and any(found[1] in words for words in quoted)


def _inside(names: Iterable[Name], start: int, end: int) -> tuple[Name, ...]:
    return tuple(
        Name(name.start - start, name.end - start, name.meant)
        for name in names
        if start <= name.start < end
    )


def _moved(place: Place, start: int) -> Place:
    return Place(place.start - start, place.end - start, place.names, place.written)


def _blanked(text: str, spans: Iterable[tuple[int, int]], character: str) -> str:
    characters = list(text)
    for start, end in spans:
        characters[start:end] = character * (end - start)
    return "".join(characters)
