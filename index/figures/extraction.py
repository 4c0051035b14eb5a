"""Every figure that a report states, with what it is of, when, of what kind, and where it stands.

Goes through the passages and sentences of a report: headings and opening words set the years, the
weighing of all sentences tells goals from results, `stating` reads each sentence. Knows nothing of
the catalogue or of questions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from index.figures.amounts.finding import find_amounts
from index.figures.certainty.agreement import held_to_announced
from index.figures.openings import announces_goal
from index.figures.periods import Scope
from index.figures.qualitative import announces_goals, find_structures, find_wordings
from index.figures.scopes import Scopes
from index.figures.stating import Sentence, Surroundings
from index.figures.tables import TableReader
from index.figures.weighing import believed, weigh
from index.lexicon.indicators import Lexicon
from index.places.gazetteer import Gazetteer
from index.reports.calendar import calendar_of
from index.structure.sentences import sentences
from index.types import Figure, Passage, Report, Span

VERSION = 12
"""Raised when the figures of any report change, so that what was stored of them is made anew."""


def extract(
    report: Report, passages: Sequence[Passage], *, lexicon: Lexicon, gazetteer: Gazetteer
) -> list[Figure]:
    """Return the figures that a report states, in the order of the text.

    Args:
        report: the report; without region or year it yields no figure, as nobody could tell whose
            and of when they are.
        passages: all its passages in order, since what one opens (过去五年) holds for the next.
        lexicon: the indicators to know by name.
        gazetteer: the places that a clause may speak of instead of the report's own.
    """
    calendar = calendar_of(report)
    if report.region is None or calendar is None:
        return []
    told = [(each, sentences(each.text)) for each in passages if not _is_glossary(each)]
    goals = weigh(told, calendar)
    tables = TableReader(report.id, report.region.value, calendar, lexicon)
    around = Surroundings(
        report, report.region.value, calendar, lexicon, gazetteer, Scopes(calendar)
    )
    reader = _Reader(around, goals, tables)
    drafts = [draft for passage, spans in told for draft in reader.read(passage, spans)]
    drafts = held_to_announced(drafts, reader.announcements)
    drafts.sort(key=lambda draft: (draft.value_span.start, draft.span.start))
    return [
        draft if draft.ordinal == ordinal else replace(draft, ordinal=ordinal)
        for ordinal, draft in enumerate(drafts)
    ]


def _is_glossary(passage: Passage) -> bool:
    return any(_GLOSSARY.search(heading) for heading in passage.headings)


_GLOSSARY = re.compile(r"名词解释|名词注释|用语解释|注释|有关用语|用语说明")

_HEADING = 24  # characters that a heading of a glossary has at most


@dataclass(slots=True)
class _Reader:
    """Reads the passages of one report in order."""

    around: Surroundings
    goals: Mapping[int, float]
    tables: TableReader
    explains: bool = False
    announcements: list[Span] = field(default_factory=list)
    goal: float = 0.5

    def read(self, passage: Passage, spans: Sequence[Span]) -> Iterator[Figure]:
        """Yield the figures of a passage's sentences, which `spans` are."""
        if self.around.scopes.enter(passage):
            self.explains = False
        for span in spans:
            sentence = span.of(passage.text)
            if len(sentence) < _HEADING and _GLOSSARY.fullmatch(sentence.strip(" :#*")):
                self.explains = True
            if self.explains:
                return
            of_table = self.tables.read(sentence, passage.span.start + span.start)
            if of_table is not None:
                yield from of_table
                continue
            opens = self.around.scopes.hear(passage.text, span)
            offset = passage.span.start + span.start
            if announces_goal(sentence):
                self.announcements.append(Span(offset, offset + len(sentence)))
            goal = self.goal = self.goals.get(offset, self.goal)
            scope = believed(self.around.scopes.scope, goal, self.around.calendar, opens=opens)
            yield from figures_of(self.around, sentence, offset, scope, goal)
            self.around.announced = announces_goals(sentence)


def figures_of(
    around: Surroundings, text: str, offset: int, scope: Scope, goal: float
) -> Iterator[Figure]:
    """Yield the figures of a sentence; most have neither an amount nor words in its place.

    Args:
        around: what holds around it.
        text: the sentence.
        offset: where it begins in the report's clean text.
        scope: the years that hold where it names no time itself.
        goal: how likely it tells of a goal.
    """
    amounts = find_amounts(text)
    worded = find_wordings(text, scope, announced=around.announced, numbers=len(amounts))
    structures = find_structures(text)
    if amounts or worded or structures:
        sentence = Sentence(around, text, offset, scope, goal)
        yield from sentence.figures(amounts, worded, structures)
