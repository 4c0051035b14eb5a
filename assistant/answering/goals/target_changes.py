"""Sets a place's goals of two years side by side: which were raised, lowered, kept or dropped.

Knows which goals a report announces and how their numbers compare; not how the reports are chosen.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from assistant.answering.figures.lookup import Stated
from assistant.answering.figures.sentences import FigureVerbalizer, say_targets
from assistant.prompts import phrase
from assistant.questions import cues
from assistant.types import Answer, Question
from index.lexicon.units import comparable, convert
from index.types import Figure, Region

Direction = Literal["raised", "lowered", "same", "reworded", "dropped", "added"]

_YEAR = re.compile(r"(?:19|20)\d\d(?=年|\b|[^\d])")
_YEAR_BEFORE = re.compile(r"[上去前]一?年|previous year|last year|year before", re.IGNORECASE)
_ANNOUNCED = 3
"""Goals that a report announces in one place, from which they are what it is asked for."""


@dataclass(frozen=True, slots=True)
class TargetChange:
    """A goal in two years, None where a year has none, and which way it went."""

    earlier: Stated | None
    later: Stated | None
    direction: Direction


def years_compared(question: Question) -> tuple[int, int] | None:
    """Return the two years whose goals a question sets side by side; None where it does not."""
    if len(question.topics) == 1 or question.kind != "target" or len(question.places) != 1:
        return None  # of one goal the years are a series
    if not cues.shows("target_changes", question.folded):
        return None
    years = sorted({int(year) for year in _YEAR.findall(question.folded)} | set(question.years))
    if len(years) == 1 and _YEAR_BEFORE.search(question.folded):
        years = [years[0] - 1, years[0]]
    return (years[0], years[1]) if len(years) == 2 else None


def target_changes(stated: Sequence[Stated], years: tuple[int, int]) -> list[TargetChange]:
    """Return the goals of two years, those that both have first, in the order of the reports.

    Args:
        stated: the figures of one place.
        years: the earlier year and the later.
    """
    before, after = (_goals(stated, year) for year in years)
    both = [
        TargetChange(before[key], after[key], _direction(before[key].figure, after[key].figure))
        for key in before
        if key in after
    ]
    dropped = [TargetChange(before[key], None, "dropped") for key in before if key not in after]
    added = [TargetChange(None, after[key], "added") for key in after if key not in before]
    return [*both, *dropped, *added]


def _goals(stated: Sequence[Stated], year: int) -> dict[tuple[str, str], Stated]:
    """Return the goals that a report sets for a year, the first of each indicator and measure."""
    own = [
        each
        for each in stated
        if each.figure.kind == "target" and each.figure.period == str(year) and each.figure.is_sure
    ]
    announced = [each for each in own if each.figure.context is not None]
    found: dict[tuple[str, str], Stated] = {}
    for each in announced if len(announced) >= _ANNOUNCED else own:
        side = "growth" if each.figure.measure.startswith("growth") else "size"
        found.setdefault((each.figure.indicator, side), each)
    return found


def _direction(before: Figure, after: Figure) -> Direction:
    one, other = before.value, after.value
    if one is None or other is None or not comparable(before.unit, after.unit):
        same = (before.wording, one) == (after.wording, other)
        return "same" if same else "reworded"
    first = (one, before.upper or one)
    last = tuple(convert(each, after.unit, before.unit) for each in (other, after.upper or other))
    if first == last:
        return "same" if before.qualifier == after.qualifier else "reworded"
    return "raised" if last > first else "lowered"


def say_target_changes(
    question: Question,
    place: Region,
    years: tuple[int, int],
    changes: Sequence[TargetChange],
    verbalizer: FigureVerbalizer,
) -> Answer:
    """Tell what became of the goals from one year to the next, the direction asked for alone.

    Args:
        question: what was asked.
        place: whose goals they are.
        years: the earlier year and the later.
        changes: the goals.
        verbalizer: says figures.
    """
    language = question.language
    silent = [
        year
        for year, side in zip(years, ("earlier", "later"), strict=True)
        if not any(getattr(each, side) for each in changes)
    ]
    if silent:
        return _of_one_year(question, place, years, silent[0], changes, verbalizer)
    wanted = _wanted(question)
    told = [each for each in changes if each.direction in wanted]
    counts = {
        way: sum(each.direction == way for each in changes)
        for way in ("raised", "lowered", "same", "reworded", "dropped", "added")
    }
    name = verbalizer.composer.place(place)
    head = phrase("target_changes", language, place=name, before=years[0], after=years[1], **counts)
    lines = [f"{n}. {_line(each, years, verbalizer)}" for n, each in enumerate(told, 1)]
    answer = verbalizer.answer(question, "\n".join([head, *lines]))
    return replace(answer, query=_record(place, years))


def _record(place: Region, years: tuple[int, int]) -> dict[str, object]:
    """Return what was asked, as programs read it."""
    places = {"words": "", "names": [place.name]}
    return {"asks": "target_changes", "places": places, "years": list(years)}


def _of_one_year(
    question: Question,
    place: Region,
    years: tuple[int, int],
    silent: int,
    changes: Sequence[TargetChange],
    verbalizer: FigureVerbalizer,
) -> Answer:
    """Say that the goals of one year are not known, and which there are of the other."""
    language = question.language
    told = [each for change in changes if (each := change.earlier or change.later) is not None]
    listed = say_targets(question, told, verbalizer)
    name = verbalizer.composer.place(place)
    words = phrase("target_changes_silent", language, place=name, year=silent)
    text = f"{words}\n\n{listed.text}"
    return replace(listed, text=text, query=_record(place, years))


def _wanted(question: Question) -> tuple[Direction, ...]:
    """Return which ways are asked for: that which is named last, else every one but the kept."""
    up = list(cues.pattern("raised").finditer(question.folded))
    down = list(cues.pattern("lowered").finditer(question.folded))
    if not up and not down:
        return ("raised", "lowered", "reworded", "dropped", "added")
    last_up, last_down = (found[-1].start() if found else -1 for found in (up, down))
    return ("raised",) if last_up > last_down else ("lowered",)


def _line(change: TargetChange, years: tuple[int, int], verbalizer: FigureVerbalizer) -> str:
    language = verbalizer.composer.language
    first = change.earlier or change.later
    assert first is not None
    said = [
        phrase(
            "target_of_year",
            language,
            year=year,
            target=verbalizer.predicate(each.figure),
            marks=verbalizer.marks(each),
        )
        for year, each in zip(years, (change.earlier, change.later), strict=True)
        if each is not None
    ]
    return phrase(
        "target_change",
        language,
        indicator=verbalizer.indicator(first.figure),
        targets=("; " if language == "en" else "，").join(said),
        direction=phrase(f"target_{change.direction}", language),
    )
