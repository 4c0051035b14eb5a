"""Chooses, among the figures of a place, those that a question asks for.

Knows indicators, kinds, periods and measures; not how an answer is worded, nor what is calculated
from the figures.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from assistant.answering.quotes.ranking import terms
from assistant.queries.figures import told_of_parts
from assistant.queries.types import StatedFigure
from assistant.questions import cues
from assistant.questions.units import units_asked
from assistant.types import Question
from index.lexicon.indicators import Indicator
from index.lexicon.measures import CHANGES, GROWTH, SIZES
from index.lexicon.qualifiers import is_threshold
from index.storage.catalogue import Catalogue
from index.types import Figure, FigureKind, Filter

_NAMED = 0.5
"""Share of a question's own words (weighted by rarity) that the clause of a figure must have to be
the one that is asked for, where the lexicon does not know the indicator."""


Stated = StatedFigure
"""A figure and the report that states it."""


def with_reports(figures: Iterable[Figure], catalogue: Catalogue) -> list[Stated]:
    """Return figures with the reports that state them; one whose report is gone is left out."""
    figures = list(figures)
    if not figures:
        return []
    stating = Filter(reports=frozenset(figure.report_id for figure in figures))
    reports = {report.id: report for report in catalogue.reports(stating)}
    return [
        Stated(figure, reports[figure.report_id])
        for figure in figures
        if figure.report_id in reports
    ]


@dataclass(frozen=True, slots=True)
class Found:
    """What a place's reports have for one topic of a question.

    `figures` answer it, the most wanted first: several where an amount and its growth stand side by
    side and the question asks for neither in particular. `repeated` are the same figure in other
    reports, `conflicting` other values for it there. `other` is the figure of the other kind, where
    the question leaves open which is meant. `nearest` is the figure of the same name that comes
    closest where none answers.
    """

    figures: tuple[Stated, ...] = ()
    repeated: tuple[Stated, ...] = ()
    conflicting: tuple[Stated, ...] = ()
    other: Stated | None = None
    nearest: Stated | None = None


def look_up_loosely(
    question: Question, topic: Sequence[Indicator], candidates: Sequence[Stated]
) -> Found:
    """Look up as `look_up` does; 完成多少 asks for what is stated, be it an amount or a growth."""
    found = look_up(question, topic, candidates)
    loose = question.measure == "level" and not _ASKED_UNIT.search(question.folded)
    if found.figures or not loose:
        return found
    return look_up(replace(question, measure=None), topic, candidates)


def look_up(question: Question, topic: Sequence[Indicator], candidates: Sequence[Stated]) -> Found:
    """Return what `candidates`, all of one place, have for a topic.

    Args:
        question: what is asked; its kind, years and measure decide among the figures.
        topic: the indicators that may be meant, likeliest first; empty where the lexicon knows
            none, and the question's own words decide.
        candidates: the figures of one place.
    """
    return found_among(question, _named(question, topic, candidates), candidates)


def found_among(question: Question, named: Sequence[Stated], candidates: Sequence[Stated]) -> Found:
    """Return which of the figures `named`, all of what is asked about, answer a question."""
    parts = told_of_parts([stated.figure for stated in named])
    whole = [each for each in named if (each.figure.report_id, each.figure.ordinal) not in parts]
    ranked = sorted(whole, key=lambda stated: _fit(question, stated), reverse=True)
    answering = [stated for stated in ranked if _answers(question, stated)]
    if not answering:
        return Found(nearest=ranked[0] if ranked else None)
    head = answering[0]
    same = [stated for stated in answering[1:] if _same_thing(stated.figure, head.figure)]
    elsewhere = [stated for stated in same if stated.report.id != head.report.id]
    return Found(
        figures=(head, *_companion(question, head, answering), *_cost(question, head, candidates)),
        repeated=tuple(each for each in elsewhere if _same_value(each.figure, head.figure)),
        conflicting=tuple(each for each in elsewhere if not _same_value(each.figure, head.figure)),
        other=_other_kind(question, head, ranked),
    )


# What it is of


def _named(
    question: Question, topic: Sequence[Indicator], candidates: Sequence[Stated]
) -> list[Stated]:
    if not topic:
        return _named_in_words(question, candidates)
    for indicator in topic:
        found = [stated for stated in candidates if stated.figure.indicator_id == indicator.id]
        if found:
            return found
    return []


def _named_in_words(question: Question, candidates: Sequence[Stated]) -> list[Stated]:
    """Return the figures whose clause has most of the question's words, the rare ones above all."""
    wanted = terms(question.subject)
    own = [terms(stated.figure.clause) for stated in candidates]
    counts = Counter(term for each in own for term in each & wanted)
    weights = {term: math.log(1 + len(own) / (1 + counts[term])) for term in wanted}
    total = sum(weights.values()) or 1.0
    scores = [sum(weights[term] for term in each & wanted) / total for each in own]
    best = max(scores, default=0.0)
    if best < _NAMED:
        return []
    return [stated for stated, score in zip(candidates, scores, strict=True) if score == best]


# How well it fits

_Fit = tuple[float, ...]


def _answers(question: Question, stated: Stated) -> bool:
    figure = stated.figure
    return (
        _fits_kind(question, figure) > 0
        and _fits_period(question, stated) > 0
        and _measures(question, figure)
    )


def _fit(question: Question, stated: Stated) -> _Fit:
    """Return what figures of one name are ranked by, the most telling first."""
    figure = stated.figure
    return (
        float(_measures(question, figure)),
        _fits_kind(question, figure),
        _fits_period(question, stated),
        # A target in words stands behind a number, 突破300亿元 behind the 306亿元 that it became.
        float(figure.value is not None),
        float(figure.unit != "%" or not _COUNTED.search(question.folded)),
        _fits_words(question, stated),
        float(figure.measure != "rank"),
        float(not is_threshold(figure.qualifier) or figure.kind == "target"),
        float(figure.context is not None),
        -float(figure.ordinal),
    )


def _fits_kind(question: Question, figure: Figure) -> float:
    kind = "target" if figure.kind == "target" else "actual"
    if question.kind is None:
        return 1.5 if kind == "actual" else 1.0
    return 2.0 if kind == question.kind else 0.0


def _fits_period(question: Question, stated: Stated) -> float:
    """Return how well the period fits, at most about 3; 0 where it does not."""
    first, last = stated.figure.years
    several = last > first
    wants_several = question.average or question.since or question.stretch is not None
    if question.span is not None:
        return 3.0 if (first, last) == question.span else 0.0
    if question.years:
        if not any(first <= year <= last for year in question.years):
            return 0.0
        if several:
            return 3.0 if wants_several else 2.0 if last in question.years else 1.0
        if "/" not in stated.figure.period:
            return 3.0
        return 0.0 if _WHOLE_YEAR.search(question.folded) else 2.5
    given = stated.report.given or last
    recent = 0.001 * (given - 1900) - 0.0001 * abs(last - given)
    ahead = question.stretch == "coming" and last > given
    return 1.0 + recent + float(several == wants_several) + float(ahead)


_WHOLE_YEAR = re.compile(r"全年|\b(?:full|whole|entire)[- ]year\b", re.IGNORECASE)


def _fits_words(question: Question, stated: Stated) -> float:
    """Return how many of the question's own words the clause has."""
    return float(len(terms(question.subject) & terms(stated.figure.clause)))


_COUNTED = re.compile(r"\bhow many\b", re.IGNORECASE)


_OF_SEVERAL_YEARS = ("growth_avg", "growth_cumulative")


_RATE = re.compile(r"([\u4e00-\u9fff](?!长)[\u4e00-\u9fff]率)")


def _is_rate_asked(question: Question, figure: Figure) -> bool:
    """Tell whether a figure is the rate that a question asks for by name, if any: 覆盖率."""
    asked = _RATE.search(question.folded)
    if asked is None:
        return True
    names = [name for each in question.indicators for name in (each.zh, *each.aliases)]
    return asked[1] in "".join((figure.clause, figure.indicator, *names))


def _measures(question: Question, figure: Figure) -> bool:
    measure = figure.measure
    if not _is_rate_asked(question, figure):
        return False
    if measure == "qualitative":
        return not (question.average or question.since or question.measure == "level")
    if question.average and measure in GROWTH:
        return measure == "growth_avg"
    if question.since and question.measure != "level" and not question.average:
        return measure in ("growth_cumulative", "change") or figure.unit == "倍"
    one_year = question.stretch is None and question.span is None
    if measure in _OF_SEVERAL_YEARS and question.years and one_year:
        return False
    if question.measure == "growth":
        return measure in GROWTH or measure == "change"
    if question.measure == "level":
        return measure in SIZES and _in_asked_unit(question, figure)
    return True


_ASKED_UNIT = re.compile(r"多少(?:万|亿)*(元|美元|人|户|家|件|个|套|座|公里|亩|吨)")


def _in_asked_unit(question: Question, figure: Figure) -> bool:
    asked = _ASKED_UNIT.search(question.folded)
    units = (asked[1],) if asked else units_asked(question.folded)
    return not units or any(unit in figure.unit for unit in units)


# What stands beside it


def _companion(question: Question, head: Stated, answering: Sequence[Stated]) -> list[Stated]:
    """Return the growth beside an amount, or the amount beside a growth, where both are welcome."""
    if question.measure is not None or head.figure.value is None:
        return []
    own = head.figure
    wanted = GROWTH if own.measure in SIZES else SIZES if own.measure in GROWTH else frozenset()
    return [
        stated
        for stated in answering
        if stated.report.id == head.report.id
        and stated.figure.measure in wanted
        and _side(stated.figure) == _side(own)
        and stated.figure.years[1] == own.years[1]
        and abs(stated.figure.value_span.start - own.value_span.end) < _NEAR
    ][:1]


def _cost(question: Question, head: Stated, candidates: Sequence[Stated]) -> list[Stated]:
    """Return the money stated just before what is counted, where the question asks for both."""
    if not cues.shows("money", question.folded) or "元" in head.figure.unit:
        return []
    place = head.figure.value_span.start
    return [
        stated
        for stated in candidates
        if stated.report.id == head.report.id
        and stated.figure.unit.endswith("元")
        and 0 < place - stated.figure.value_span.end < _BESIDE
    ][-1:]


_BESIDE = 12
"""Characters between what is spent and what it is spent on: 投资9023万元办好7件惠民实事."""
_NEAR = 40
"""Characters within which an amount and its growth are stated together."""


def _same_thing(figure: Figure, other: Figure) -> bool:
    return (figure.kind, figure.period, figure.measure) == (
        other.kind,
        other.period,
        other.measure,
    )


def _same_value(figure: Figure, other: Figure) -> bool:
    return (figure.value, figure.upper, figure.unit) == (other.value, other.upper, other.unit)


def _side(figure: Figure) -> FigureKind:
    """Return the kind of a figure, a growth over several years being a result like others."""
    grew = figure.kind == "cumulative" and figure.measure in CHANGES
    return "actual" if grew else figure.kind


def _other_kind(question: Question, head: Stated, ranked: Sequence[Stated]) -> Stated | None:
    """Return the target beside an actual figure, or the other way round, if both could be meant."""
    if question.kind is not None or _side(head.figure) == "cumulative":
        return None
    if question.years and question.measure is not None:
        return None
    for stated in ranked:
        figure = stated.figure
        if (
            _side(figure) in ("target", "actual")
            and _side(figure) != _side(head.figure)
            and figure.measure == head.figure.measure
            and _fits_period(question, stated) > 0
        ):
            return stated
    return None
