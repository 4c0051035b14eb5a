"""Which stated figures are of what a number of a text is of, and which of them are that number.

Knows figures as they are stored, and not how a text or a report was read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.checking.comparing import bounds_other_way, is_other_unit, is_stated
from assistant.checking.types import DraftNumber, Reading, Setting
from index.lexicon.indicators import Lexicon
from index.lexicon.measures import CHANGES, SIZES, is_downward
from index.lexicon.qualifiers import Sense, senses_of
from index.lexicon.units import RATES, comparable, parted
from index.types import Figure, FigureMeasure


@dataclass(frozen=True, slots=True)
class Held:
    """The figures that a number is, and those of the same thing that it is not."""

    same: tuple[Figure, ...] = ()
    other: tuple[Figure, ...] = ()


_SHORTEST_NAME = 4
"""Characters of a name, unknown to the lexicon, that names the same thing in two texts."""

_ABOVE = "_above"


def candidates(reading: Reading, lexicon: Lexicon) -> Iterator[str]:
    """Yield under which ids or names the figures of a reading may be stored, the surest first.

    What is said of industry may be told of enterprises above designated size, and the other way.
    """
    if reading.indicator is None:
        if len(reading.name) >= _SHORTEST_NAME:
            yield from dict.fromkeys((reading.name, *_longer_and_shorter(reading.name)))
        return
    yield reading.indicator.id
    known = {each.id for each in lexicon.all}
    own = reading.indicator.id
    other = own.removesuffix(_ABOVE) if own.endswith(_ABOVE) else own + _ABOVE
    if other in known:
        yield other


def _longer_and_shorter(name: str) -> Iterator[str]:
    """Yield the names that say no more or less: 对俄进出口总额 for 对俄进出口."""
    short = _WHOLE.sub("", name)
    for end in ("", "总额", "总值", "总量"):
        if len(short) + len(end) >= _SHORTEST_NAME:
            yield f"{short}{end}"


_WHOLE = re.compile("总[额值量]$")


def held(
    number: DraftNumber,
    reading: Reading,
    senses: frozenset[Sense],
    figures: Iterable[Figure],
    *,
    is_over: bool,
) -> Held:
    """Part the figures of an indicator and place into those that are a number, and the others.

    A goal is held against goals and a result against results. Where the text does not say which
    it is, results go first unless goals are spoken of; a goal told as a result is contradicted.
    Figures of another measure, period or unit say nothing.

    Args:
        number: the number.
        reading: one of its readings.
        senses: what the words beside it say of its value.
        figures: those of the reading's indicator and the number's place.
        is_over: whether there is a report that looks back on the number's year, so that a result
            is not to be held against its goal.
    """
    alike = [each for each in figures if _is_of(number, reading, each)]
    goals = [each for each in alike if each.kind == "target"]
    results = [each for each in alike if each.kind != "target"]
    if number.stance == "target":
        pool = goals
    elif number.stance == "actual":
        pool = results
    else:
        pool = alike if number.may_be_goal else (results or goals)
    if number.stance is None and not number.may_be_goal and is_over and not results:
        return Held()
    same = tuple(each for each in pool if _is_value(number, reading, senses, each))
    if same:
        return Held(same)
    if number.stance == "actual" and not results:
        told = [each for each in goals if _is_value(number, reading, senses, each)]
        return Held(other=tuple(told))
    return Held(other=tuple(pool) if _may_contradict(number, reading, pool) else ())


def fits(number: DraftNumber, figure: Figure, *, results_only: bool) -> bool:
    """Tell whether a figure that is told in a number's words may be of its year and kind.

    Args:
        number: the number.
        figure: the figure.
        results_only: whether a goal cannot be meant where the text does not say.
    """
    if not _is_thing(number, figure):
        return False
    if number.began:
        return True
    year = number.setting.year
    if year is not None:
        first, last = figure.years
        several = first < last
        if not (first <= year <= last if several else _is_of_year(figure, number.setting)):
            return False
    if not figure.is_sure:
        return True
    if number.stance is None:
        return not (results_only and not number.may_be_goal and figure.kind == "target")
    return (figure.kind == "target") is (number.stance == "target")


def _is_thing(number: DraftNumber, figure: Figure) -> bool:
    """Tell whether a figure may be of what a number is of, where both are known."""
    own = {each.indicator.id.removesuffix(_ABOVE) for each in number.readings if each.indicator}
    return not own or not figure.indicator_id or figure.indicator_id.removesuffix(_ABOVE) in own


def _may_contradict(number: DraftNumber, reading: Reading, pool: Sequence[Figure]) -> bool:
    """Tell whether figures that are not a number speak against it.

    Changes are of many things at once, ranks of those among whom they are, and a year that only the
    whole text has may be that of the goal or of the result. A thing without a name in the lexicon
    is known by one value.
    """
    if reading.measure in ("change", "growth_cumulative"):
        return False
    if reading.measure == "rank":
        among = {each.qualifier for each in pool}
        return among == {reading.qualifier} and len({each.value for each in pool}) == 1
    if not number.setting.is_said and number.stance is None:
        return False
    if reading.measure == "growth_avg":
        periods = {each.period for each in pool}
        if periods != {reading.period or next(iter(periods), None)}:
            return False
    if any(_is_other_scale(number, each) for each in pool):
        return True
    values = {(each.value, each.upper, each.unit) for each in pool}
    kinds = {each.kind for each in pool}
    if reading.measure in CHANGES or _MONEY.search(number.amount.unit) or not reading.as_written:
        return reading.indicator is not None or len(values) <= len(kinds)
    # Of what is counted there are parts, totals and what was added: only the same words mean one.
    named = all(set(each.as_written) == set(reading.as_written) for each in pool)
    return named and len(values) <= len(kinds)


def _is_other_scale(number: DraftNumber, figure: Figure) -> bool:
    """Tell whether a figure has a number's digits and another unit: 762亿斤 told as 762亿公斤."""
    alike = figure.value == number.amount.value and number.amount.unit != figure.unit
    digits = len(number.amount.value.normalize().as_tuple().digits)
    return alike and digits > 1 and bool(parted(number.amount.unit)[1])


_MONEY = re.compile(r"元|%")


def _is_of(number: DraftNumber, reading: Reading, figure: Figure) -> bool:
    if figure.value is None or not figure.is_sure:
        return False
    if figure.measure not in _alike(reading.measure):
        return False
    if not _is_of_period(reading, figure, number.setting):
        return False
    unit = number.amount.unit
    if comparable(figure.unit, unit):
        return True
    if parted(unit)[1] == "" and parted(figure.unit)[1] not in RATES:
        return True
    return is_other_unit(number.amount, figure.value, figure.unit)


def _alike(measure: FigureMeasure) -> frozenset[FigureMeasure]:
    return SIZES if measure in SIZES else frozenset({measure})


def _is_of_period(reading: Reading, figure: Figure, setting: Setting) -> bool:
    if reading.measure in ("growth_avg", "growth_cumulative"):
        return figure.period[-4:] == (reading.period or str(setting.year))[-4:]
    if reading.period is not None:
        return figure.period == reading.period
    return _is_of_year(figure, setting)


def _is_of_year(figure: Figure, setting: Setting) -> bool:
    """Say whether a figure can be of a setting's year.

    A text of a year that names none with the number tells that year's goals and the results of the
    one before.
    """
    if setting.year is None:
        return False
    if setting.is_said:
        return figure.period == str(setting.year)
    return figure.period == str(setting.year - (figure.kind != "target"))


def _is_value(
    number: DraftNumber, reading: Reading, senses: frozenset[Sense], figure: Figure
) -> bool:
    assert figure.value is not None
    amount = number.amount
    is_goal = figure.kind == "target"
    if bounds_other_way(senses, senses_of(figure.qualifier)):
        return False
    if figure.measure in CHANGES and figure.value:
        falls = is_downward(figure.measure, figure.qualifier) or figure.value < 0
        told = True if amount.value < 0 else reading.falls
        if told is not None and told != falls:
            return False
        amount = replace(amount, value=abs(amount.value))
        value = abs(figure.value)
        return is_stated(amount, senses, value, figure.unit, figure.upper, is_goal=is_goal)
    return is_stated(amount, senses, figure.value, figure.unit, figure.upper, is_goal=is_goal)
