"""The numbers of any text, Chinese or English, paragraph by paragraph.

A heading, the line above a list and the header of a table say what stands below them is of. Knows
how sentences follow each other; what a sentence says of its numbers is read elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from assistant.checking.reading.expanding import Expanded, expanded
from assistant.checking.reading.nearby import is_of_report, plans_in
from assistant.checking.reading.places import places_in
from assistant.checking.reading.sentence import Around, Sentence, setting_behind
from assistant.checking.reading.stated import Stater
from assistant.checking.reading.tables import Cell, Table, is_row
from assistant.checking.reading.words import words
from assistant.checking.types import DraftNumber, Setting
from assistant.claims.amounts import amounts_in
from assistant.claims.dates import Stance, stances_in, years_in
from index import deadline
from index.lexicon.indicators import Lexicon
from index.places.gazetteer import Gazetteer
from index.structure.sentences import sentences
from index.text.folding import fold_claim
from index.types import Region, Span


def numbers_of(
    text: str,
    lexicon: Lexicon,
    gazetteer: Gazetteer,
    given: Setting,
    known: frozenset[str] = frozenset(),
) -> list[DraftNumber]:
    """Return the numbers of a text, years and dates left out, in their order.

    Args:
        text: the text, as it stands.
        lexicon: the indicators to know by name.
        gazetteer: the places to know by name.
        given: what the text is of as a whole; its year is what it calls this year.
        known: the codes of the places that have reports.
    """
    folded = _MARKUP.sub(lambda found: " " * len(found[0]), fold_claim(text))
    reader = _Reader(folded, lexicon, gazetteer, given, Stater(lexicon, gazetteer), known)
    found: list[DraftNumber] = []
    for span in sentences(folded):
        deadline.check()
        found.extend(reader.read(span))
    return found


_MARKUP = re.compile(r"\*{2,3}|`+|__")


@dataclass(slots=True)
class _Reader:
    """Reads a folded text sentence by sentence, and keeps what holds for the next."""

    text: str
    lexicon: Lexicon
    gazetteer: Gazetteer
    given: Setting
    stater: Stater
    known: frozenset[str]
    titled: Around = field(init=False)
    listed: Around | None = None
    around: Around = field(init=False)
    table: Table | None = None
    end: int = 0

    def __post_init__(self) -> None:
        only = _only_year(self.text) if self.given.year is None else None
        setting = replace(self.given, places=self.given.places or self._only_place())
        if only is not None:
            setting = replace(setting, year=only, is_said=True)
        self.titled = self.around = Around(setting, self.given.year)

    def _only_place(self) -> tuple[Region, ...]:
        """Return the only place that the text names, nothing where it names more."""
        mentions = places_in(self.text, self.gazetteer, self.known)
        named = {each.candidates for each in mentions}
        return named.pop() if len(named) == 1 else ()

    def read(self, span: Span) -> Iterator[DraftNumber]:
        """Yield the numbers of the next sentence."""
        sentence, gap = span.of(self.text), self.text[self.end : span.start]
        if not self.end or "\n" in gap:
            self._begin_line(sentence)
        self.end = span.end
        # What the whole text is of holds again behind a sentence on another place.
        places = self.given.places or self.around.setting.places
        self.around = replace(self.around, setting=replace(self.around.setting, places=places))
        if is_row(sentence):
            if "\n\n" in gap:
                self.table = None
            yield from self._row(sentence, span)
            return
        self.table = None
        line = self.text[self.text.rfind("\n", 0, span.start) + 1 : span.start]
        whole = expanded(sentence, line, self.lexicon)
        reader = self._sentence(whole.text, 0)
        if self._is_heading(sentence, span):
            self._head(sentence, setting_behind(reader))
            return
        for number in reader.numbers():
            yield _in_text(number, whole, span)
        setting = reader.setting
        if self.given.year is not None:  # in a report a year named is that of its sentence
            held = self.around.setting
            setting = replace(setting, year=held.year, is_said=held.is_said)
        self.around = replace(self.around, setting=setting, may_be_goal=reader.may_be_goal)

    def _sentence(self, sentence: str, start: int) -> Sentence:
        places = places_in(sentence, self.gazetteer, self.known)
        return Sentence(sentence, start, self.lexicon, self.stater, places, self.around)

    def _begin_line(self, sentence: str) -> None:
        """Take what holds for a line: that of the list it is an item of, else of the heading."""
        before = self.text[: self.end].rstrip()
        if before.endswith(":"):
            line = before[before.rfind("\n") + 1 :]
            self.listed = replace(self.around, stance=_stance_of(line) or self.around.stance)
        elif not (_ITEM.match(sentence) or is_row(sentence)):
            self.listed = None
        holds = self.listed or self.titled
        if not holds.setting.is_said:
            setting = holds.setting
            year = self.titled.setting.year
            said = self.titled.setting.is_said
            holds = replace(holds, setting=replace(setting, year=year, is_said=said))
        if not holds.setting.places:
            places = self.around.setting.places
            holds = replace(holds, setting=replace(holds.setting, places=places))
        line = self.text[self.end :].lstrip("\n").partition("\n")[0]
        self.around = replace(holds, stance="target") if _GOALS_ABOVE.search(line) else holds

    def _is_heading(self, sentence: str, span: Span) -> bool:
        """Say whether a line is a heading: short, with no mark at its end and no numbers."""
        behind = self.text[span.end : span.end + 1]
        begins = not self.text[: span.start].rpartition("\n")[2].strip(" #*")
        most = _HEADING if re.search(r"[\u4e00-\u9fff]", sentence) else 2 * _HEADING
        if not begins or behind not in ("", "\n", " ") or len(sentence) > most:
            return False
        if sentence[-1] in "。.!?;,:" or _ITEM.match(sentence):
            return False
        years = [(each.start, each.end) for each in years_in(sentence)]
        numbered = [found.span() for found in _NUMBERED.finditer(sentence)]
        return not amounts_in(sentence, years + numbered)

    def _head(self, sentence: str, setting: Setting) -> None:
        """Take what a heading says; what it does not, that above it still does."""
        if years_in(sentence) or setting.places != self.around.setting.places:
            self.titled = replace(self.titled, setting=setting)
        stance = _stance_of(sentence) if _HEADS.search(sentence) else None
        if stance or years_in(sentence):
            self.titled = replace(self.titled, stance=stance, may_be_goal=stance == "target")
        self.around, self.listed = self.titled, None

    def _row(self, row: str, span: Span) -> Iterator[DraftNumber]:
        """Yield the numbers of a row of a table, each read with its header and its name."""
        if self.table is None:
            self.table = Table(self.gazetteer, self.lexicon)
        for cell in self.table.cells(row):
            reader = self._sentence(cell.words, span.start + cell.start)
            for number in reader.numbers():
                if number.amount.start >= cell.given:
                    yield _in_row(number, cell, span)


def _in_text(number: DraftNumber, whole: Expanded, sentence: Span) -> DraftNumber:
    """Return a number that was read in a sentence written out as one of the text."""

    def back(span: Span) -> Span:
        own = whole.back(span)
        return Span(sentence.start + own.start, sentence.start + own.end)

    return replace(number, span=back(number.span), clause=back(number.clause), sentence=sentence)


def _in_row(number: DraftNumber, cell: Cell, row: Span) -> DraftNumber:
    """Return a number that was read in a cell's words as one of the row that stands in the text."""
    shift = row.start + cell.start - cell.given
    start = shift + number.amount.start
    end = min(shift + number.amount.end, row.start + cell.end)
    return replace(number, span=Span(start, end), clause=row, sentence=row)


def _only_year(text: str) -> int | None:
    """Return the only year that a text names beside those of reports.

    None where it names more, or speaks of several together.
    """
    named = years_named(text)
    several = words().several_years.search(text)
    return next(iter(named)) if len(named) == 1 and not several else None


def years_named(text: str) -> frozenset[int]:
    """Return the years that a folded text names, but for those of reports and of comparisons.

    A plan is named for its last year: “十二五” for 2015.
    """
    return frozenset(
        year
        for each in (*years_in(text), *plans_in(text))
        if not is_of_report(text, each) and not each.is_base
        for year in each.years
    )


def _stance_of(line: str) -> Stance | None:
    said = stances_in(line)
    if said:
        return said[0][1]
    return "actual" if _LOOKS_BACK.search(line) else None


_GOALS_ABOVE = re.compile(r"以上[^,。;\d]{0,6}?[为是][^,。;\d]{0,10}(?:目标|预期|计划)")
_LOOKS_BACK = re.compile(r"回顾|完成情况|成绩|\breview\b|\bachievements\b", re.IGNORECASE)
_HEADS = re.compile(
    r"目标|预期|计划|回顾|完成情况|成绩|\b(?:targets?|goals?|plans?|results?|review)\b",
    re.IGNORECASE,
)
"""What a heading says whose numbers are all goals, or results: 确保平稳运行 heads either."""

_HEADING = 40
"""Characters that a heading has at most; twice as many in English."""

_ITEM = re.compile(r"\s*(?:[-*•·]|\(?\d{1,2}[.、)])")
"""How an item of a list begins, which is of what the line above the list says."""

_NUMBERED = re.compile(
    r"^[#\s]*(?:\(?[一二三四五六七八九十\d]{1,3}[、.)]|第[一二三四五六七八九十\d]+[章节部])"
)
