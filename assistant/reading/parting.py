"""Parts a question that asks several things into its asks, each with the scope it goes by.

A run of words is an ask of its own where it has a word that asks; what has none stays with its
neighbour. An ask that names no place, year or indicator takes those of the asks around it. Knows
words only, and nothing of what the reports say: whether the parts are to be answered one by one,
and which way of asking a part serves, is for others to decide.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from assistant.questions import cues
from assistant.questions.places import Scope, places_in, this_year
from assistant.questions.understand import language_of
from assistant.questions.years import plan_in, years_in
from assistant.types import Language
from index.places.gazetteer import COUNTRY
from index.text.folding import fold_claim
from index.types import Span

_MOST = 6
"""Parts from which on a text is no question that asks several things, but a text."""
_WAYS = 2
"""In how many ways a part is asked: each takes as long as a question."""
_OWN_WORDS = 2
_OWN = 3
"""Chinese characters from which on what a part says of its own can be asked without a subject."""


@dataclass(frozen=True, slots=True)
class Way:
    """A way of asking a part: its words with the scope carried to them.

    `follows` is true where the parts before are its earlier turns, and its words stand as they are.
    """

    text: str
    follows: bool = False


@dataclass(frozen=True, slots=True)
class Ask:
    """One of the things that a question asks.

    `words` are the question's own, `ways` how the part can be asked by itself, likeliest first.
    `content` is what it says of its own, Simplified, gaps between: besides places, years and how it
    is asked. `is_placed` is true where it names a place of its own, `stands` where it names what it
    is about, so that it can be answered where the parts before it cannot. It `leans` where it says
    nothing of its own, or does something with what the part before asks for; it `picks` where it
    asks which, `says_little` where it only asks how much of what the part before names (粮食呢，
    打了多少斤), and `names_session` where it asks who, when or where of a session.
    """

    words: str
    ways: tuple[Way, ...]
    content: str = ""
    is_placed: bool = False
    stands: bool = False
    leans: bool = False
    picks: bool = False
    says_little: bool = False
    names_session: bool = False


def asks_of(text: str, scope: Scope) -> tuple[Ask, ...]:
    """Part a question into its asks, in order; none where it asks one thing.

    Args:
        text: the question as typed.
        scope: the places that have reports.
    """
    folded = fold_claim(text)
    language = language_of(text)
    spans = _segments(folded, "en" if language == "en" else "zh")
    if not 2 <= len(spans) <= _MOST:
        return ()
    named = _named(folded, scope)
    segments = [_Segment(text, folded, span, named, language) for span in spans]
    return tuple(_ask(place, segments) for place in range(len(segments)))


def _ask(place: int, segments: Sequence[_Segment]) -> Ask:
    segment = segments[place]
    ways = tuple(_ways(place, segments))
    # 哪一天作的 asks of a session by the words that it goes on from.
    asks_anew = _is_shape(segment, "bare") or (segment.leans and segment.script == "zh")
    said = fold_claim(ways[0].text if asks_anew else segment.words)
    names_session = any(cues.shows(each, said) for each in _SESSION)
    leans, picks = segment.leans and not names_session, _is_shape(segment, "picks")
    return Ask(
        words=segment.words,
        ways=ways,
        content=segment.content,
        is_placed=bool(segment.own("place")),
        stands=bool(segment.own("topic")) or names_session,
        leans=leans,
        picks=picks,
        says_little=leans and not (picks or segment.own("place") or segment.own("year")),
        names_session=names_session,
    )


def asked_quantities(text: str) -> int:
    """Return how many words of a question ask for a number."""
    folded = fold_claim(text)
    return sum(len(_pattern("quantities", each).findall(folded)) for each in ("zh", "en"))


def adds_to_itself(text: str) -> bool:
    """Tell whether a question names a second thing with words that add it: 还有, and also."""
    return bool(_ADDS.search(fold_claim(text)))


_ADDS = re.compile(r"还有|以及|另外|外加|顺便|\band also\b|\bas well as\b|\bplus\b", re.IGNORECASE)

_SESSION = (
    "asks_session",
    "asks_speaker",
    "asks_chair",
    "asks_opener",
    "asks_attendance",
    "asks_source",
    "asks_editor",
    "asks_reporter",
    "who",
)
"""The cues of what a report says of its own session, or of who holds an office."""


# Where the parts are


def _segments(folded: str, script: str) -> list[Span]:
    """Return where the asks of a folded question stand."""
    ends = [cut.end() for cut in _pattern("cuts", script).finditer(folded)]
    spans: list[Span] = []
    start = 0
    for end in (*ends, len(folded)):
        words = folded[start:end]
        if not _asks(words, script):
            continue
        if spans and _leans(words, script):
            spans[-1] = Span(spans[-1].start, end)
        else:
            spans.append(Span(start, end))
        start = end
    if spans and start < len(folded):
        spans[-1] = Span(spans[-1].start, len(folded))
    return spans


def _asks(words: str, script: str) -> bool:
    bare = _bare(words, script)
    return bool(_pattern("asks", script).search(bare) or _pattern("opens", script).search(bare))


def _leans(words: str, script: str) -> bool:
    return bool(_pattern("leans", script).fullmatch(_bare(words, script)))


def _bare(words: str, script: str) -> str:
    """Return a part without what joins it to its neighbours and the marks around it."""
    without = _pattern("joins", script).sub("", words.strip(_MARKS))
    return _pattern("trails", script).sub("", without).strip(_MARKS)


_MARKS = " ,?!;。.、，？！；"
"""What stands around a part and is none of its words."""


# What the parts name


@dataclass(frozen=True, slots=True)
class _Name:
    """Where a question names a place, a year or an indicator."""

    kind: str
    span: Span


def _named(folded: str, scope: Scope) -> list[_Name]:
    """Return what a question names: its places, years and indicators, each where it stands."""
    found = places_in(folded, scope)
    places = [*found.spans]
    for mention in scope.gazetteer.mentions(folded, asked=True):
        if mention.candidates[0].code != COUNTRY and not _inside(mention.span, places):
            places.append(mention.span)
    years = years_in(folded, this_year(found.indexed, scope))[1] + plan_in(folded)[1]
    taken = [*places, *years]
    topics = [
        mention.span
        for mention in scope.lexicon.mentions(folded)
        if not _inside(mention.span, taken)
    ]
    kinds = (("place", places), ("year", years), ("topic", topics))
    names = [_Name(kind, span) for kind, spans in kinds for span in spans]
    return sorted(names, key=lambda name: name.span.start)


def _inside(span: Span, others: Sequence[Span]) -> bool:
    return any(each.start < span.end and span.start < each.end for each in others)


class _Segment:
    """A part of a question with what it names."""

    def __init__(
        self, text: str, folded: str, span: Span, named: Sequence[_Name], language: Language
    ) -> None:
        self.text, self.folded, self.span = text, folded, span
        self.script = "en" if language == "en" else "zh"
        inside = [n for n in named if span.start <= n.span.start and n.span.end <= span.end]
        self._names = {
            kind: [name.span for name in inside if name.kind == kind]
            for kind in ("place", "year", "topic")
        }
        trailing = _pattern("trails", self.script).search(folded[span.start : span.end])
        end = span.start + trailing.start() if trailing else span.end
        self.words = text[span.start : end].strip(_MARKS)

    def own(self, kind: str) -> list[Span]:
        """Return where the part names places, years or indicators."""
        return self._names[kind]

    def said(self, kind: str) -> str:
        """Return the words of what it names, of years with what stands between them."""
        spans = self.own(kind)
        if not spans:
            return ""
        gaps = [b.start - a.end for a, b in pairwise(spans)]
        if max(gaps, default=0) <= _GAPS[kind]:
            return self.text[spans[0].start : spans[-1].end]
        joint = " and " if self.script == "en" else "和"
        return joint.join(dict.fromkeys(each.of(self.text) for each in spans))

    @property
    def asked(self) -> str:
        """The words without what only joins them to the part before."""
        words = self.words
        for cue in ("joins", "opening"):
            opening = _pattern(cue, self.script).match(fold_claim(words))
            words = words[opening.end() :] if opening else words
        return words

    @property
    def head(self) -> str:
        """The words before the first one that asks, without what belongs to the ask."""
        words = self.folded[self.span.start : self.span.end]
        found = _pattern("asks", self.script).search(words)
        if found is None:
            return ""
        before = _pattern("closes", self.script).sub("", words[: found.start()])
        return self.text[self.span.start : self.span.start + len(before)]

    @property
    def operates(self) -> bool:
        """Whether it does something with what the part before asks for."""
        bare = _bare(fold_claim(self.words), self.script)
        return not self.own("topic") and bool(_pattern("operates", self.script).search(bare))

    @property
    def leans(self) -> bool:
        """Whether it has no subject of its own."""
        if _is_shape(self, "else") and self.content:
            says_little = False  # 支出呢
        elif self.script == "en":
            says_little = len(self.content.split()) < _OWN_WORDS
        else:
            says_little = len(self.content.replace(" ", "")) < _OWN
        return not self.own("topic") and (self.operates or says_little)

    @property
    def content(self) -> str:
        """What it says of its own, besides places, years and how it is asked."""
        characters = list(self.folded)
        for kind in ("place", "year"):
            for span in self.own(kind):
                characters[span.start : span.end] = " " * len(span)
        words = "".join(characters)[self.span.start : self.span.end]
        left = _pattern("empty", self.script).sub(" ", words)
        return " ".join(re.findall(r"[\u3400-\u9fff]+|[A-Za-z]{2,}|[\d.]+", left))


_GAPS = {"place": 1, "year": 6, "topic": 1}
"""Characters up to which names are carried with the words between them: 2020年到2024年."""


# How a part is asked by itself


def _ways(place: int, segments: Sequence[_Segment]) -> Iterator[Way]:
    """Yield the ways of asking a part, likeliest first."""
    segment = segments[place]
    around = _carried(place, segments, ("place", "year"))
    if place == 0:
        yield Way(_put(around, segment) if around and not segment.own("place") else segment.words)
        return
    fuller = _carried(place, segments, ("place", "year", "topic"))
    before = segments[place - 1]
    anew = [Way(_put(fuller, segment))]
    if _is_shape(segment, "else"):
        anew.insert(0, Way(segment.words, follows=True))
    elif segment.operates and (head := _head(segments[:place])):
        anew.insert(0, Way(f"{head} {segment.asked}"))
    elif _is_shape(segment, "bare"):
        anew.insert(0, Way(_instead(before, segment)))
    elif not segment.own("topic") and fuller == around and (head := _head(segments[:place])):
        anew.insert(0, Way(f"{head} {segment.asked}"))
    if segment.operates:
        del anew[1:]
    elif segment.own("topic") or not segment.leans:
        anew.append(Way(_put(around, segment)))
    yield from list(dict.fromkeys(anew))[:_WAYS]


def _is_shape(segment: _Segment, cue: str) -> bool:
    bare = _bare(fold_claim(segment.words), segment.script)
    return bool(_pattern(cue, segment.script).search(bare))


def _carried(place: int, segments: Sequence[_Segment], kinds: Sequence[str]) -> list[str]:
    """Return the words of the scope that a part lacks, from the nearest part that has it.

    Those before it come first; what only a later part names goes for an earlier one too, but no
    indicator does.
    """
    found = []
    for kind in kinds:
        if segments[place].own(kind):
            continue
        others = [*reversed(segments[:place]), *(segments[place + 1 :] if kind != "topic" else ())]
        said = next((words for each in others if (words := each.said(kind))), "")
        if said:
            found.append(said)
    return found


def _put(carried: Sequence[str], segment: _Segment) -> str:
    """Return the words of a part with what is carried to it."""
    if not carried:
        return segment.asked
    if segment.script == "en":
        return f"{segment.asked}, {', '.join(carried)}?"
    return f"{''.join(carried)} {segment.asked}"


def _head(before: Sequence[_Segment]) -> str:
    """Return the words before the ask of the last part that has a subject, with its scope."""
    for place in range(len(before) - 1, -1, -1):
        if before[place].script == "en" or not before[place].head:
            continue
        scope = _carried(place, before[: place + 1], ("place", "year"))
        return "".join(scope) + before[place].head
    return ""


def _instead(before: _Segment, segment: _Segment) -> str:
    """Return the part before with its ask in place of the other: 谁作的, 哪天 → 哪天作的."""
    words = re.split(r"[,，;]", before.words)[0] if before.script == "en" else before.words
    found = _pattern("asks", before.script).search(fold_claim(words))
    if found is None:
        return segment.asked
    if before.script == "en":
        return f"{segment.asked} {words[found.end() :].strip()}"
    after = re.sub("^[天年里儿位个号]", "", words[found.end() :])
    return f"{words[: found.start()]}{segment.asked}{after}"


@cache
def _pattern(cue: str, script: str) -> re.Pattern[str]:
    words = _words()[cue][script]
    joined = "|".join(words)
    if script == "en" and cue in ("asks", "empty"):
        joined = rf"\b(?:{joined})\b"
    return re.compile(joined, re.IGNORECASE)


@cache
def _words() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(Path(__file__).with_name("parting.toml").read_text(encoding="utf-8"))
