"""Years and places that are of one number alone, and which of a sentence's years and places count.

Knows where they stand in a sentence, and nothing of what is counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from assistant.checking.reading.words import words
from assistant.checking.types import Setting
from assistant.claims.amounts import Amount
from assistant.claims.dates import Years, is_report_year
from index.figures.periods import PLAN_STARTS
from index.places.gazetteer import Mention
from index.types import Region, Span

NEAR = 12
"""Characters behind a clause in which a sentence's first year is still its: last year, 2021."""

FROM = re.compile(r"[较比从由自]\s?$")
"""Before what something is only compared with, or begins with."""

_PLAN = re.compile(r"“?(?P<plan>十[一二三四五])五”?(?P<part>期?末|时期|期间|以来)?")


def is_of_report(text: str, years: Years) -> bool:
    """Tell whether years are those of a report that is named: 2023年政府工作报告."""
    rest = text[years.start : years.end + NEAR]
    return is_report_year(rest, replace(years, start=0, end=years.end - years.start))


def plans_in(text: str) -> Iterator[Years]:
    """Yield the last years of the plans that a folded text names: “十二五” ended in 2015."""
    for found in _PLAN.finditer(text):
        year = PLAN_STARTS[found["plan"]] + 4
        is_base = FROM.search(text, 0, found.start()) is not None
        yield Years(found.start(), found.end(), (year,), is_base)


def parted(text: str, amounts: Sequence[Amount]) -> list[Amount]:
    """Return amounts, those told from one to another (from 4.2 to 5.7 billion yuan) as the two."""
    parted: list[Amount] = []
    for each in amounts:
        to = text.find(" to ", each.start, each.end)
        if to < 0 or not text[: each.start].rstrip().lower().endswith("from"):
            parted.append(each)
            continue
        first, last = Amount(each.start, to, each.value, None, each.unit), to + len(" to ")
        assert each.upper is not None
        parted += [first, Amount(last, each.end, each.upper, None, each.unit)]
    return parted


def told_apart(places: Sequence[Mention], amounts: Sequence[Amount]) -> list[Mention]:
    """Return the places, without those that only say where the one before them lies.

    HARBIN, capital of Heilongjiang: no number stands between the two.
    """
    told: list[Mention] = []
    for each in places:
        before = told[-1] if told else None
        lies = before is not None and any(
            outer.code in inner.parents for inner in before.candidates for outer in each.candidates
        )
        between = (
            any(before.span.end <= amount.start < each.span.start for amount in amounts)
            if before is not None
            else False
        )
        if not lies or between:
            told.append(each)
    return told


def begins_change(text: str, amount: Amount) -> bool:
    """Say whether a change begins with a number whose year is not told: 由43户增至61户."""
    return (
        _BEGINS.search(text, max(0, amount.start - 12), amount.start) is not None
        and _ENDS.match(text, amount.end) is not None
    )


_BEGINS = re.compile(r"(?:[从由]|\bfrom\b)[^,;。、]{0,6}$")
_ENDS = re.compile(
    r"[^,;。]{0,12}?(?:[加长高升大展降少小短升缩滑落][到至为]|[增升降]至|到)|\s*(?:\w+ ){0,4}to\b"
)


@dataclass(frozen=True, slots=True)
class Nearby:
    """Places and years that are of one number alone, by where they stand beside it."""

    text: str
    years: Sequence[Years]
    places: Sequence[Mention]
    amounts: Sequence[Amount]
    shared: Sequence[Span] = field(init=False)

    def __post_init__(self) -> None:
        found = words().shared_out.finditer(self.text)
        object.__setattr__(self, "shared", [Span(*match.span()) for match in found])

    def setting(self, amount: Amount, clause: Span, holds: Setting) -> Setting:
        """Return the setting of a number: what stands right at it goes before what holds there."""
        year = self._year_at(amount) or self._shared(amount, clause, self._year_runs())
        place = self._place_at(amount, clause) or self._shared(amount, clause, self._place_runs())
        if isinstance(year, int):
            holds = replace(holds, year=year, is_said=True)
        return replace(holds, places=place) if isinstance(place, tuple) else holds

    def _year_at(self, amount: Amount) -> int | None:
        for each in self.years:
            alone = each.is_base or FROM.search(self.text, 0, each.start)
            between = self.text[each.end : amount.start] if each.end <= amount.start else "-"
            if alone and _TO_IT.fullmatch(between):
                return each.years[-1]
            if each.start >= amount.end:
                between = self.text[amount.end : each.start]
                if _FROM_IT.fullmatch(between) and not is_of_report(self.text, each):
                    return each.years[-1]
        return None

    def _place_at(self, amount: Amount, clause: Span) -> tuple[Region, ...] | None:
        for each in self.places:
            if each.span.end > clause.start and each.span.end <= amount.start:
                return None
            if each.span.start >= amount.end and _IN.fullmatch(
                self.text[amount.end : each.span.start]
            ):
                return each.candidates
        return None

    def _year_runs(self) -> list[tuple[int, int, int]]:
        return [(each.start, each.end, each.years[-1]) for each in self.years]

    def _place_runs(self) -> list[tuple[int, int, tuple[Region, ...]]]:
        return [(each.span.start, each.span.end, each.candidates) for each in self.places]

    def _shared(
        self, amount: Amount, clause: Span, named: Sequence[tuple[int, int, _Shared]]
    ) -> _Shared | None:
        """Return which of several in a row a number is of: A、B分别为1、2."""
        found = next(
            (
                each
                for each in self.shared
                if each.start >= clause.start or amount.start < each.start
            ),
            None,
        )
        if found is None:
            return None
        first = min(found.start, amount.start)
        run: list[tuple[int, int, _Shared]] = []
        for each in named:
            if each[1] > first:
                break
            if run and not _AND.fullmatch(self.text[run[-1][1] : each[0]]):
                run = []
            run.append(each)
        mine = [each for each in self.amounts if clause.start <= each.start < clause.end]
        mine = [each for each in mine if each.start >= run[-1][1]] if run else []
        alike = len({each.unit for each in mine}) == 1
        if len(run) < _SEVERAL or len(run) != len(mine) or not alike or amount not in mine:
            return None
        return run[mine.index(amount)][2]


_Shared = int | tuple[Region, ...]
_SEVERAL = 2
_TO_IT = re.compile(r"年?(?:底|末)?的?(?:实际|同期)?(?:增速|增幅|水平)?的?(?:约|近|超|达|为)?\s*")
_FROM_IT = re.compile(r"\s*(?:左右|以上|以内)?\s*(?:\((?:in )?|\b(?:in|for|during)\b)\s*")
_IN = re.compile(r"\s*(?:\(|\b(?:in|for)\b(?: the)?)\s*")
_AND = re.compile(r"年?\s*(?:[、,和与及]|\band\b|&)\s*(?:and )?", re.IGNORECASE)
