"""A statement of an answer, read, and the evidence behind its marks.

Holds what either says; whether the one bears out the other is for `figure_lock`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from assistant.claims.amounts import Amount, amounts_in, same_value
from assistant.claims.dates import Date, Stance, Years, dates_in, stances_in, years_in
from assistant.claims.formulas import Formula, formulas_in
from assistant.types import AnswerFigure, Citation
from index.types import Kind


@dataclass(frozen=True)
class Evidence:
    """What stands behind one mark: the cited words, whose report they are of, and their figures.

    `quote` is the cited clean text, `region` and `year` those of the report, None if not known.
    `about` gives the years that the cited words are about by where they stand in the report.
    """

    n: int
    quote: str
    region: str | None
    year: int | None
    figures: tuple[AnswerFigure, ...] = ()
    about: Callable[[], frozenset[int]] = frozenset

    @cached_property
    def dense(self) -> str:
        """The cited words without white space."""
        return "".join(self.quote.split())

    @cached_property
    def amounts(self) -> list[Amount]:
        """The amounts of the cited words."""
        return amounts_in(self.dense, [(y.start, y.end) for y in years_in(self.dense)])

    def around(self, amount: Amount) -> str:
        """Return the cited words around an amount, all of them where it is not read there."""
        same = [
            self.dense[max(0, other.start - 12) : other.end + 6]
            for other in self.amounts
            if same_value(amount.value, amount.unit, other.value, other.unit)
        ]
        return " ".join(same) or self.dense


@dataclass(frozen=True, slots=True)
class Place:
    """A place named at `start` to `end`: the names of the divisions that may be meant."""

    start: int
    end: int
    names: frozenset[str]
    written: str

    def is_named_in(self, words: str) -> bool:
        """Tell whether words name the place as it is written here, or by its Chinese name."""
        return self.written in words or any(
            name in words or (len(name) > 2 and name[:-1] in words) for name in self.names
        )


@dataclass(frozen=True, slots=True)
class Name:
    """What stands for a figure at `start` to `end`: its indicator's name, or its wording.

    `meant` is the canonical Chinese name of the indicator, "" where it may be one of several, or
    the wording of a figure that has no number (与经济增长同步).
    """

    start: int
    end: int
    meant: str


@dataclass(frozen=True, slots=True)
class Context:
    """What a list's head says for its items."""

    places: tuple[Place, ...] = ()
    years: tuple[Years, ...] = ()
    stance: Stance | None = None


@dataclass(frozen=True)
class Claim:
    """A sentence, list item or table row of an answer, read.

    `text` is folded; marks, quotations of cited words, names and wordings are blanked in it.
    `groups` are its runs of marks: where each begins and the numbers in it.
    """

    text: str
    groups: tuple[tuple[int, tuple[int, ...]], ...]
    places: tuple[Place, ...]
    names: tuple[Name, ...]
    wordings: tuple[Name, ...] = ()
    above: Context = field(default_factory=Context)

    @cached_property
    def years(self) -> list[Years]:
        """The years it names."""
        return years_in(self.text)

    @cached_property
    def dates(self) -> list[Date]:
        """The months and days it names."""
        return dates_in(self.text)

    @cached_property
    def amounts(self) -> list[Amount]:
        """The amounts it states; 七台 in 七台河市 is none."""
        taken = [(years.start, years.end) for years in self.years]
        taken += [(date.start, date.end) for date in self.dates]
        return [each for each in amounts_in(self.text, taken) if not self._is_in_a_name(each)]

    def _is_in_a_name(self, amount: Amount) -> bool:
        return any(place.start <= amount.start and amount.end < place.end for place in self.places)

    @cached_property
    def stances(self) -> list[tuple[int, Stance]]:
        """Where it speaks of goals and where of results."""
        return stances_in(self.text)

    @cached_property
    def formulas(self) -> list[Formula]:
        """The formulas it shows."""
        return formulas_in(self.text, self.amounts)

    @cached_property
    def place_groups(self) -> list[list[Place]]:
        """The places it names, those named side by side together."""
        groups: list[list[Place]] = []
        for place in self.places:
            if groups and _BESIDE.fullmatch(self.text, groups[-1][-1].end, place.start):
                groups[-1].append(place)
            else:
                groups.append([place])
        return groups

    @property
    def marks(self) -> frozenset[int]:
        """The numbers of its marks."""
        return frozenset(n for _, numbers in self.groups for n in numbers)


_BESIDE = re.compile(r"\s*(?:[、,]|和|与|及|and|&)?\s*(?:and )?")


@dataclass(frozen=True, slots=True)
class ContextItem:
    """A numbered piece of evidence: `citation.n` is its number, `text` its clean words.

    `around` is what it stands under: the headings and the clause that announces it. `kind` and
    `years` say whether it is of goals or of results and of which years, where its place tells.
    `figures` are those of the figure table that it states.
    """

    citation: Citation
    text: str
    around: str
    kind: Kind | None
    years: frozenset[int]
    figures: tuple[AnswerFigure, ...]
    rows: tuple[str, ...]

    @property
    def n(self) -> int:
        """The number that its marks carry."""
        return self.citation.n
