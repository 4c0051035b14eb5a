"""Understands a question: language, places, years, indicators and the shape of answer wanted.

Works on words alone: it knows which places have reports and in which years, and nothing of what
the reports say.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import lru_cache

from assistant.questions import cues
from assistant.questions.glossary import indicators_in
from assistant.questions.places import Scope, places_in, this_year
from assistant.questions.years import plan_in, report_years_in, years_earlier, years_in
from assistant.types import Language, Measure, Operation, Quantity, Question, Stretch, Wanted
from index.figures.amounts.finding import find_amounts
from index.lexicon.indicators import Indicator, Lexicon
from index.lexicon.numerals import DIGITS, NUMERALS, decimal
from index.places.misspellings import alike
from index.text.folding import fold_typed
from index.text.script import to_simplified, to_traditional
from index.types import Kind, Span


def understand(text: str, scope: Scope, history: Sequence[str] = ()) -> Question:
    """Understand `text`, taking what it leaves open from the earlier user turns in `history`."""
    question: Question | None = None
    for turn in (*history, text):
        alone = _alone(turn, scope, question)
        question = _implied(_carried(alone, question, scope.lexicon), scope.lexicon)
    assert question is not None
    return question


# One turn by itself


def _alone(text: str, scope: Scope, earlier: Question | None) -> Question:
    folded = fold_question(text)
    named = places_in(folded, scope)
    places = named.indexed
    about = places or (earlier.places if earlier else ())
    years, year_spans = years_in(folded, this_year(about, scope))
    span, plan_spans = plan_in(folded)
    rest = _without(folded, [*named.spans, *year_spans, *plan_spans])
    operation = _operation(folded)
    topics = _topics(rest, scope.lexicon)
    if operation == "share" and topics and "share" in topics[0][0].measures:
        operation = "look_up"  # the lexicon has that share as an indicator of its own
    elif operation == "share":
        topics = _part_and_whole(rest, scope.lexicon)
    every_place = cues.shows("every_place", folded)
    if cues.shows("everywhere", folded):
        places = ()
    return Question(
        text=text,
        language=language_of(text),
        folded=folded,
        subject=_subject(_bare(rest) if every_place else rest),
        places=places,
        elsewhere=named.elsewhere,
        within=named.within,
        every_place=every_place,
        provinces=cues.shows("provinces", folded),
        years=years,
        report_years=report_years_in(folded),
        span=span,
        topics=topics,
        kind=_kind(folded),
        measure=_measure(folded),
        wanted=_wanted(folded, has_indicator=bool(topics), every_place=every_place),
        operation=operation,
        stretch=_stretch(folded),
        average=cues.shows("average", folded),
        since=cues.shows("since", folded),
        quantities=_quantities(rest),
        asserted=cues.shows("why", folded) or cues.shows("asserts", folded),
        asks_why=cues.shows("why", folded),
        opinion=cues.shows("opinion", folded),
        commanded=cues.shows("commands", folded),
    )


def fold_question(text: str) -> str:
    """Return a question as `fold_typed` does, with percentages as `%` and 经济涨几个点 as 经济增长.

    Its length may change.
    """
    folded = re.sub(r"(?<=\d) ?per ?cent\b", "%", fold_typed(text), flags=re.IGNORECASE)
    return _SPOKEN_GROWTH.sub(r"\1经济增长", _SPELLED_PERCENT.sub(_percentage, folded))


_SPOKEN_GROWTH = re.compile(
    r"经济((?:打算|想要?|要|准备|计划|预计|预期|能|会|大概|可能)*)(?:上?涨|长|增)(?=了?(?:几|多少))"
)
_SPELLED_PERCENT = re.compile(rf"“[^”]*”|百分之(\d+(?:\.\d+)?|[{NUMERALS}]+(?:点[{DIGITS}]+)?)")


def _percentage(found: re.Match[str]) -> str:
    """Return a percentage in digits, 百分之七点五 as 7.5%; as it is where it is no number.

    In quotation marks it is the report's own word: “八个百分之百”.
    """
    if found[1] is None:
        return found[0]
    value = found[1] if found[1][0].isdigit() else decimal(found[1])
    return found[0] if value is None else f"{value}%"


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


def _without(text: str, spans: Collection[Span]) -> str:
    """Return `text` with the characters of `spans` blanked."""
    characters = list(text)
    for span in spans:
        characters[span.start : span.end] = " " * len(span)
    return "".join(characters)


def _topics(rest: str, lexicon: Lexicon) -> tuple[tuple[Indicator, ...], ...]:
    """Return the indicators asked about, in order, each once, with its alternatives."""
    found: dict[str, tuple[Indicator, ...]] = {}
    for mention in indicators_in(rest, lexicon):
        if mention.joint:
            found.update((each.id, (each,)) for each in mention.candidates)
        else:
            found.setdefault(mention.candidates[0].id, mention.candidates)
    if not found and (meant := _misspelt(rest, lexicon)) is not None:
        found[meant.id] = (meant,)
    for topic in list(found.values()):
        if (twin := _twin(topic[0], rest, lexicon)) is not None:
            found.setdefault(twin.id, (twin,))
    return tuple(found.values())


_PART_OF = re.compile(r"\b(?:share|percent|percentage|part|proportion) of\b|占", re.IGNORECASE)


def _part_and_whole(rest: str, lexicon: Lexicon) -> tuple[tuple[Indicator, ...], ...]:
    """Return what a share is of what: the part first, which English names last."""
    topics = _topics(_PART_OF.sub(" , ", rest), lexicon)
    return topics if "占" in rest else topics[::-1]


_SHORTEST = 4
"""Characters from which a name that is one character off is taken for the indicator's."""
_LONGEST = 60
"""Characters up to which a run is a question's, not a text pasted into it."""


def _misspelt(rest: str, lexicon: Lexicon) -> Indicator | None:
    """Return the indicator whose longest Chinese name stands in `rest` with one character wrong."""
    runs = [
        run for run in re.findall(r"[\u3400-\u9fff]+", rest) if _SHORTEST <= len(run) <= _LONGEST
    ]
    best: tuple[_Rank, Indicator] | None = None
    names = _long_names(lexicon)
    for run in runs:
        for start, first in enumerate(run):
            for rank, name, indicator in names.get(first, ()):
                if (best is None or rank > best[0]) and _one_off(name, run[start:]):
                    best = (rank, indicator)
    return best[1] if best else None


_Rank = tuple[int, int]
"""A name's length, and how early the lexicon has it, less than nothing."""


@lru_cache(4)
def _long_names(lexicon: Lexicon) -> dict[str, list[tuple[_Rank, str, Indicator]]]:
    """Return the names that may be misspelt, by their first characters."""
    found: dict[str, list[tuple[_Rank, str, Indicator]]] = {}
    owned = ((name, each) for each in lexicon.all for name in (each.zh, *each.aliases))
    for place, (name, indicator) in enumerate(owned):
        if len(name) >= _SHORTEST:
            found.setdefault(name[0], []).append(((len(name), -place), name, indicator))
    return found


def _one_off(name: str, text: str) -> bool:
    """Tell whether `text` begins with `name`, one of its characters another that sounds like it.

    Or looks like it: 收人. One that does neither is another word: 危桥改造 is no 危房改造.
    """
    if len(text) < len(name):
        return False
    wrong = [(a, b) for a, b in zip(text, name, strict=False) if a != b]
    return len(wrong) == 1 and alike(*wrong[0])


def _twin(indicator: Indicator, rest: str, lexicon: Lexicon) -> Indicator | None:
    """Return the rural indicator beside an urban one where the question only says 农村, or so."""
    for own, other in (("城镇", "农村"), ("农村", "城镇")):
        if own in indicator.zh and other in rest and other not in indicator.zh:
            name = indicator.zh.replace(own, other)
            return next((each for each in lexicon.all if each.zh == name), None)
    return None


def _implied(question: Question, lexicon: Lexicon) -> Question:
    """Take a question about the growth or the target of nothing that it names to mean GDP."""
    subject = question.subject
    names_none = question.operation == "met" and question.measure != "growth"
    if question.operation == "targets" or names_none:
        return question  # every goal is meant
    if question.topics or not (question.kind == "target" or question.measure == "growth"):
        return question
    if re.search(r"\w", _core(_NUMBER.sub(" ", cues.without("why", subject)))):
        return question
    if points_back(question.folded):
        return question
    return replace(question, topics=((lexicon.default,),), wanted="number")


def points_back(folded: str) -> bool:
    """Tell whether a question asks of something that it does not name: how fast did that grow."""
    return _POINTS_BACK.search(folded) is not None


_POINTS_BACK = re.compile(
    r"它(?!们各)|\b(?:did|does|do|was|is|has|had|will|would) (?:that|it|this)\b", re.IGNORECASE
)
_NUMBER = re.compile(
    r"[\d.]+ ?%?|左右|以上|理由|原因|[设定]成|[把要设定为的了]|\bset\b|\bat\b", re.IGNORECASE
)


def _bare(rest: str) -> str:
    """Return what is left of a question about every place without the words that ask for them."""
    return cues.without("mentions", cues.without("every_place", rest))


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


_OPERATIONS: tuple[Operation, ...] = (
    "ratio",
    "share",
    "project",
    "met",
    "difference",
    "threshold",
    "lowest",
    "highest",
    "rank",
    "targets",
    "compare",
)


def _operation(folded: str) -> Operation:
    shown = (each for each in _OPERATIONS if cues.shows(each, folded))
    if cues.shows("long_plan", folded):
        shown = (each for each in shown if each not in ("met", "targets"))
    return next(shown, "look_up")


def _stretch(folded: str) -> Stretch | None:
    if cues.shows("past", folded):
        return "past"
    return "coming" if cues.shows("coming", folded) else None


def _quantities(rest: str) -> tuple[Quantity, ...]:
    """Return the numbers that a question states, its years and places blanked."""
    return tuple(
        Quantity(amount.value, amount.unit)
        for amount in find_amounts(rest)
        if amount.form == "number"
    )


_SHAPES: tuple[Wanted, ...] = ("who", "list", "number", "when", "where")


def _wanted(folded: str, *, has_indicator: bool, every_place: bool) -> Wanted:
    """Return what shape of answer is wanted; of an indicator, and among places, it is a number."""
    shapes: list[Wanted] = [shape for shape in _SHAPES if cues.shows(shape, folded)]
    found = shapes[0] if shapes else "text"
    if found == "text" and cues.shows("says", folded):
        return "text"
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


def _carried(question: Question, earlier: Question | None, lexicon: Lexicon) -> Question:
    """Fill what `question` leaves open from `earlier`, the turn before it."""
    if earlier is None:
        return replace(question, spoken_of=question.places)
    places = {place.code: place for place in (*earlier.spoken_of, *question.places)}
    question = replace(question, spoken_of=tuple(places.values()))
    core = _core(question.subject)
    lists = question.operation == "targets" and bool(question.places)  # all goals of a place
    bare = not (question.topics or lists) and (len(core) <= 1 or _compares_again(question))
    follows = bare or cues.shows("follows", question.folded)
    changes: dict[str, object] = {}
    if not question.places and not question.elsewhere and not question.every_place:
        changes |= {"places": earlier.places, "every_place": earlier.every_place}
        changes["provinces"] = earlier.provinces
        if _compares_again(question):
            changes["places"] = earlier.spoken_of
    elif follows and len(question.places) == 1 and question.operation in ("difference", "ratio"):
        changes["places"] = tuple(dict.fromkeys((*earlier.places, *question.places)))
    if follows and bare:
        changes |= {"topics": earlier.topics, "wanted": earlier.wanted}
        changes["subject"] = f"{earlier.subject} {question.subject}".strip()
        changes["measure"] = question.measure or earlier.measure
        changes["average"] = question.average or earlier.average
    if not question.topics and (twin := _asked_twin(question, earlier, lexicon)) is not None:
        compared = [earlier.topics[0]] if question.operation == "difference" else []
        changes |= {"topics": ((twin,), *compared), "wanted": earlier.wanted}
        changes["measure"] = question.measure or earlier.measure
    neutral = question.language == "zh-Hans" and to_traditional(question.text) == question.text
    if neutral and earlier.language == "zh-Hant":
        changes["language"] = "zh-Hant"
    if follows and question.operation == "look_up" and earlier.operation != "targets":
        changes["operation"] = earlier.operation if len(question.places) > 1 else "look_up"
    names_place = question.places or question.elsewhere or question.every_place
    goes_on = follows or not names_place
    if goes_on and question.kind is None:
        changes["kind"] = earlier.kind
    earlier_by = years_earlier(question.folded)
    if earlier_by is not None and earlier.years:
        changes["years"] = tuple(year - earlier_by for year in earlier.years[-1:])
        changes |= {"topics": question.topics or earlier.topics, "wanted": earlier.wanted}
        changes["subject"] = earlier.subject
        changes["measure"] = question.measure or earlier.measure
    elif (
        goes_on
        and not (question.years or question.span)
        and (question.kind in (None, earlier.kind) or _compares_again(question))
    ):
        changes |= {"years": earlier.years, "span": earlier.span}
        changes["stretch"] = question.stretch or earlier.stretch
    if question.wanted == "text" and "wanted" not in changes and follows:
        changes["wanted"] = earlier.wanted
    return replace(question, **changes)  # type: ignore[arg-type]


def _compares_again(question: Question) -> bool:
    """Tell whether a turn without places asks to compare those spoken of."""
    return cues.shows("compares", question.folded) or question.operation == "difference"


def _asked_twin(question: Question, earlier: Question, lexicon: Lexicon) -> Indicator | None:
    """Return the rural or urban twin of the indicator before, where a turn only says which."""
    if not earlier.topics:
        return None
    for own, other, words in _TWINS:
        if own in earlier.topics[0][0].zh and re.search(words, question.folded, re.IGNORECASE):
            return _twin(earlier.topics[0][0], other, lexicon)
    return None


_TWINS = (("城镇", "农村", r"农村|农民|\brural\b"), ("农村", "城镇", r"城镇|\burban\b"))
