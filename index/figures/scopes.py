"""Which years hold at a place in a report where no time beside a figure says so.

Goes through the passages of one report in order and keeps what headings and opening words have set.
Knows nothing of figures or of how likely a sentence tells of a goal.
"""

from __future__ import annotations

from dataclasses import dataclass

from index.figures.openings import (
    names_value_of_year,
    scope_of_headings,
    scope_of_opening,
    scope_of_wording,
    tells_of_both,
    tells_of_several,
    years_ended,
    years_of_inner,
)
from index.figures.periods import Scope
from index.reports.calendar import Calendar
from index.types import Passage, Span


@dataclass(slots=True)
class Scopes:
    """What holds as a report is read: `scope`, and the years that it looks back on in `review`."""

    calendar: Calendar
    scope: Scope | None = None
    review: Scope | None = None
    headings: tuple[str, ...] = ()
    started: bool = False

    def enter(self, passage: Passage) -> bool:
        """Go on to the next passage; tell whether it opens a part of its own."""
        if self.started and passage.headings == self.headings:
            return False
        below = self.headings[:1] == passage.headings[:1] != ()
        inside = self.started and below and self.scope is not None
        self.headings, self.started = passage.headings, True
        if inside and tells_of_both(passage.headings[0]):
            self.scope = years_of_inner(passage.headings, self.calendar) or self.scope
            return False
        told = scope_of_headings(passage.headings, self.calendar)
        self.scope = told or scope_of_wording(passage.text, self.calendar) or self.scope
        return True

    def hear(self, text: str, place: Span) -> bool:
        """Go on to the next sentence of a passage's text; tell whether it opens a scope."""
        sentence = place.of(text)
        opened = scope_of_opening(sentence, self.scope, self.calendar)
        opens = opened is not None and not self._goes_on(opened, text, place)
        if opens:
            self.scope = opened
        self._look_back(sentence)
        return opens

    def _goes_on(self, opened: Scope, text: str, place: Span) -> bool:
        """Tell whether a year that opens a sentence is one value's in a paragraph of several."""
        scope = self.scope
        if scope is None or not scope.several or opened.several or scope.stance != opened.stance:
            return False
        inside = scope.stance == "actual" and scope.first <= opened.last <= scope.last
        line = text[text.rfind("\n", 0, place.start) + 1 : place.start]
        return inside and tells_of_several(line) and names_value_of_year(place.of(text))

    def _look_back(self, sentence: str) -> None:
        """Keep the years that the report looks back on, for averages that name none."""
        told = years_ended(sentence, self.calendar)
        scope = self.scope
        if told is None and scope is not None and scope.stance == "actual" and scope.several:
            told = scope
        if told is not None and told.last == self.calendar.done:
            self.review = told
