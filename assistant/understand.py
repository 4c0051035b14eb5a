"""Understands a question: language, places, years, indicators and the shape of answer wanted.

Works on words alone: it knows which places have reports and in which years, and nothing of what
the reports say.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant import cues
from assistant.types import Kind, Language, Measure, Question, Wanted
from assistant.years import years_in
from index.indicators import Indicator, Lexicon
from index.regions import COUNTRY, Gazetteer
from index.script import to_simplified
from index.types import Region, Span


@dataclass(frozen=True, slots=True)
class Scope:
    """What a question can be about: the places that have reports, each with its newest year."""

    newest: Mapping[str, int | None]
    """Administrative code of an indexed place → the year of its newest report, if known."""
    gazetteer: Gazetteer
    lexicon: Lexicon

    def regions(self) -> list[Region]:
        """Return the places that have reports."""
        return [self.gazetteer.get(code) for code in self.newest]


def understand(text: str, scope: Scope, history: Sequence[str] = ()) -> Question:
    """Understand `text`, taking what it leaves open from the earlier user turns in `history`."""
    question: Question | None = None
    for turn in (*history, text):
        question = _carried(_alone(turn, scope, question), question)
    assert question is not None
    return question


# One turn by itself


def _alone(text: str, scope: Scope, earlier: Question | None) -> Question:
    folded = fold(text)
    places, elsewhere, taken = _places(folded, scope)
    about = places or (earlier.places if earlier else ())
    years, year_spans = years_in(folded, _this_year(about, scope))
    rest = _without(folded, [*taken, *year_spans])
    indicators = _indicators(rest, scope.lexicon)
    every_place = cues.shows("every_place", folded)
    return Question(
        text=text,
        language=language_of(text),
        folded=folded,
        subject=_subject(rest),
        places=places,
        elsewhere=elsewhere,
        every_place=every_place,
        years=years,
        indicators=indicators,
        kind=_kind(folded),
        measure=_measure(folded),
        wanted=_wanted(folded, has_indicator=bool(indicators), every_place=every_place),
        opinion=cues.shows("opinion", folded),
    )


def fold(text: str) -> str:
    """Return `text` in Simplified characters, half-width forms and single spaces."""
    return re.sub(r"\s+", " ", to_simplified(unicodedata.normalize("NFKC", text))).strip()


_HAN = re.compile(r"[\u3400-\u9fff]")
_LATIN_WORD = re.compile(r"[A-Za-z]*[a-z][A-Za-z']*")


def language_of(text: str) -> Language:
    """Return the language and script of a question.

    English where its words outnumber the Chinese characters; names in capitals (GDP) decide
    nothing. Traditional where folding to Simplified changes the text, as no Simplified text does.
    """
    if len(_LATIN_WORD.findall(text)) > len(_HAN.findall(text)):
        return "en"
    return "zh-Hans" if to_simplified(text) == text else "zh-Hant"


def _places(folded: str, scope: Scope) -> tuple[tuple[Region, ...], tuple[Region, ...], list[Span]]:
    """Return the indexed places a question names, the others it names, and where it names them."""
    gazetteer, indexed = scope.gazetteer, scope.newest
    inside: dict[str, Region] = {}
    outside: dict[str, Region] = {}
    taken: list[Span] = []
    for mention in gazetteer.mentions(folded):
        found = [region for region in mention.candidates if region.code in indexed]
        if not found:
            found = _related(mention.candidates, scope)
        if found:
            inside.update((region.code, region) for region in found)
            taken.append(mention.span)
        elif mention.candidates[0].code != COUNTRY:
            outside.setdefault(mention.candidates[0].code, mention.candidates[0])
            taken.append(mention.span)
    if not inside:
        for mention in gazetteer.closest(folded, scope.regions()):
            inside.update((region.code, region) for region in mention.candidates)
            taken.append(mention.span)
            outside.clear()
    if len(inside) > 1:
        inside.pop(COUNTRY, None)
    return tuple(inside.values()), tuple(outside.values()), taken


def _related(candidates: Sequence[Region], scope: Scope) -> list[Region]:
    """Return indexed places inside the named one, or else the nearest indexed one around it."""
    for region in candidates:
        if region.code == COUNTRY:
            continue
        within = [known for known in scope.regions() if region.code in known.parents]
        if within:
            return within
        for parent in region.parents:
            if parent in scope.newest:
                return [scope.gazetteer.get(parent)]
    return []


def _this_year(places: Collection[Region], scope: Scope) -> int | None:
    """Return the year that "this year" means: that of the newest report in question."""
    codes = [region.code for region in places] or list(scope.newest)
    years = [year for code in codes if (year := scope.newest.get(code)) is not None]
    return max(years, default=None)


def _without(text: str, spans: Collection[Span]) -> str:
    """Return `text` with the characters of `spans` blanked."""
    characters = list(text)
    for span in spans:
        characters[span.start : span.end] = " " * len(span)
    return "".join(characters)


def _indicators(rest: str, lexicon: Lexicon) -> tuple[Indicator, ...]:
    found: dict[str, Indicator] = {}
    for mention in lexicon.mentions(rest):
        for indicator in mention.candidates:
            found.setdefault(indicator.id, indicator)
    return tuple(found.values())


def _subject(rest: str) -> str:
    return re.sub(r"\s+", " ", cues.without("asking", rest)).strip(" 的了和与在对把被将年")


def _kind(folded: str) -> Kind | None:
    target, actual = cues.shows("target", folded), cues.shows("actual", folded)
    if target and actual and "实际" in folded:
        return None
    if target:
        return "target"
    return "actual" if actual else None


def _measure(folded: str) -> Measure | None:
    growth, level = cues.shows("growth", folded), cues.shows("level", folded)
    if growth:
        return None if level or re.search(r"是多少[,、和及]", folded) else "growth"
    return "level" if level else None


_SHAPES: tuple[Wanted, ...] = ("who", "list", "number", "when", "where")


def _wanted(folded: str, *, has_indicator: bool, every_place: bool) -> Wanted:
    """Return what shape of answer is wanted; of an indicator, and among places, it is a number."""
    found = next((shape for shape in _SHAPES if cues.shows(shape, folded)), "text")
    compares = every_place or cues.shows("compares", folded)
    if has_indicator and (found == "text" or (compares and found in ("who", "where", "list"))):
        return "number"
    return found


# What a turn takes from the turns before it


def _core(subject: str) -> str:
    """Return what a subject is about, without the words that say how it is asked."""
    for cue in ("target", "actual", "growth", "level", "follows"):
        subject = cues.without(cue, subject)
    return "".join(subject.split())


def _carried(question: Question, earlier: Question | None) -> Question:
    """Fill what `question` leaves open from `earlier`, the turn before it."""
    if earlier is None:
        return question
    core = _core(question.subject)
    bare = not question.indicators and len(core) <= 1
    follows = bare or cues.shows("follows", question.folded)
    changes: dict[str, object] = {}
    if not question.places and not question.elsewhere and not question.every_place:
        changes |= {"places": earlier.places, "every_place": earlier.every_place}
    if follows and not question.indicators and bare:
        changes |= {"indicators": earlier.indicators, "wanted": earlier.wanted}
        changes["subject"] = f"{earlier.subject} {question.subject}".strip()
    if follows and question.measure is None and "indicators" in changes:
        changes["measure"] = earlier.measure
    if follows and question.kind is None:
        changes["kind"] = earlier.kind
    if follows and not question.years and question.kind in (None, earlier.kind):
        changes["years"] = earlier.years
    if question.wanted == "text" and "wanted" not in changes and follows:
        changes["wanted"] = earlier.wanted
    return replace(question, **changes)  # type: ignore[arg-type]
