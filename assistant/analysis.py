"""Answers a question of analysis in four steps: read, evaluate, tell, hold to the cells.

Knows neither words nor tables: it puts the steps one after another. A question that is not wholly
understood is left to others.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from assistant.answering.abstentions import Abstainer
from assistant.answering.accounting import unexplained
from assistant.answering.composer import Composer
from assistant.answering.figures.sentences import FigureVerbalizer
from assistant.prompts import phrase
from assistant.queries import figures, mentions, reports
from assistant.queries.records import record_of
from assistant.queries.texts import Texts
from assistant.queries.types import FigureQuery, FigureResult, MentionQuery, ReportQuery
from assistant.questions import cues
from assistant.questions.understand import fold_question, language_of
from assistant.reading.follow_up import follow
from assistant.reading.ledger import pattern
from assistant.reading.place_words import Reported
from assistant.reading.reading import Reading, read
from assistant.types import Answer, Language, Question
from assistant.wording.figures import FigureTelling
from assistant.wording.mentions import tell
from assistant.wording.reports import tell as tell_reports
from index.lexicon.indicators import Lexicon
from index.lexicon.units import MEASURE_UNITS, comparable
from index.places.gazetteer import Gazetteer
from index.storage.catalogue import Catalogue
from index.types import Filter, Region


@dataclass(frozen=True, slots=True)
class Analyst:
    """Answers questions over many places or years from one catalogue."""

    catalogue: Catalogue
    gazetteer: Gazetteer
    lexicon: Lexicon
    texts: Texts = field(default_factory=Texts)

    def answer(self, text: str, given: Filter, history: Sequence[str] = ()) -> Answer | None:
        """Answer a question of analysis; None where it is none, or not wholly understood."""
        reading = self.read(text, given, history)
        return None if reading is None else self.told(text, reading, given)

    def told(self, text: str, reading: Reading, given: Filter) -> Answer | None:
        """Evaluate a reading of a question and tell its result; None where it is not for this."""
        if reading.is_small and not _is_of_two_sides(reading):
            return None
        question = _question(text)
        if cues.shows("why", question.folded):
            return None  # a table gives no reason
        return self._told(question, reading, given)

    def small(self, text: str, reading: Reading, given: Filter) -> Answer | None:
        """Tell a reading of few places and years, where every figure that it asks for is stated."""
        query = reading.query
        if not isinstance(query, FigureQuery) or reading.left or not reading.is_placed:
            return None
        question = _question(text)
        if cues.shows("why", question.folded):
            return None
        result = figures.evaluate(query, self.catalogue, given)
        if not _is_whole(result) or not _has_unit(question.folded, result):
            return None
        return self._told(question, reading, given, is_given=True)

    def of_query(
        self, written: str | Mapping[str, Any], given: Filter, language: Language
    ) -> Answer:
        """Tell the result of a written query, over the reports that `given` lets through.

        Raises:
            QueryError: it is not of its schema, or names what is not known; a line for each fault.
        """
        from assistant.queries.schema import parse_query
        from assistant.reading.written import read_written

        reading = read_written(parse_query(written), self.reported(given))
        told = self._told(replace(_question(""), language=language), reading, given, is_given=True)
        if told is not None:
            return told
        return Answer("", language, phrase("none_fit", language), True, "no_report")

    def reread(
        self,
        text: str,
        history: Sequence[str],
        given: Filter,
        reader: Callable[[str, Sequence[str], Reported], Reading | None],
    ) -> Answer | None:
        """Tell the result of another reader's reading, where ours left words over or found none."""
        own = self.read(text, given, history)
        if own is not None and not own.left:
            return None
        reading = reader(text, history, self.reported(given))
        answer = self.told(text, reading, given) if reading else None
        return None if answer is None or answer.abstained else answer

    def _told(
        self, question: Question, reading: Reading, given: Filter, *, is_given: bool = False
    ) -> Answer | None:
        composer = Composer(question.language, self.catalogue)
        if isinstance(reading.query, ReportQuery):
            return self._reports(question, reading, reading.query, given)
        if isinstance(reading.query, MentionQuery):
            return self._mentions(question, reading, reading.query, given)
        result = figures.evaluate(reading.query, self.catalogue, given)
        if reading.is_small and not is_given and not self._is_for_a_table(reading, result):
            return None
        if not is_given and _is_half_of_two(result):
            return None  # the one may be told beside the other: 比2015年增长12%
        if not is_given and _is_thin(result):
            return None
        composer.read(_to_be_cited(result))
        telling = FigureTelling(question, reading, result, FigureVerbalizer(composer, self.lexicon))
        ignored = self._ignored(reading, result)
        if ignored and not _is_wide(reading):
            return None
        answer = telling.not_understood(ignored) if ignored else telling.answer()
        return replace(answer, query=record_of(reading.query, result.coverage))

    def _mentions(
        self, question: Question, reading: Reading, query: MentionQuery, given: Filter
    ) -> Answer:
        if reading.left:
            words = phrase("words_not_understood", question.language, words=reading.left[0])
            return Answer(question.text, question.language, words, True, "not_stated")
        abstainer = Abstainer(self.catalogue, self.lexicon)
        named = replace(question, elsewhere=reading.unknown)
        if not query.places.regions:
            return abstainer.no_report_of_place(named, given)
        result = mentions.evaluate(query, self.catalogue, given, self.texts)
        if not result.mentions:
            asked = replace(question, places=query.places.regions, years=query.years)
            return abstainer.no_report_of_year(asked, given)
        answer = tell(question, result, Composer(question.language, self.catalogue))
        if reading.unknown:
            places = abstainer.named(reading.unknown, question.language)
            words = phrase("not_indexed_beside", question.language, places=places)
            answer = replace(answer, text=f"{answer.text}\n\n{words}")
        return replace(answer, query=record_of(query, result.coverage))

    def _reports(
        self, question: Question, reading: Reading, query: ReportQuery, given: Filter
    ) -> Answer | None:
        if reading.left:
            return None
        result = reports.evaluate(query, self.catalogue, given, self.texts)
        answer = tell_reports(question, result, Composer(question.language, self.catalogue))
        record = record_of(query, result.coverage)
        return None if answer is None else replace(answer, query=record)

    def _is_for_a_table(self, reading: Reading, result: FigureResult) -> bool:
        """Tell whether a goal and its result of one place and year are told side by side."""
        assert isinstance(reading.query, FigureQuery)
        rows = result.rows
        if len(rows) != 1 or rows[0].cells[0].stated is None:
            return False
        return reading.asks_verdict or not _is_whole(result)

    def _ignored(self, reading: Reading, result: FigureResult) -> list[str]:
        """Return the words that a reading leaves over and its figures do not say either."""
        stated = [row.cells[0].stated for row in result.rows]
        clauses = [each.figure for each in stated if each is not None]
        assumed = "indicator" in reading.assumed
        return unexplained(reading.left, clauses, self.lexicon, strictly=assumed)

    def read(self, text: str, given: Filter, history: Sequence[str] = ()) -> Reading | None:
        """Read the turns one after the other, each as a question or as a change of the last.

        Args:
            text: the question.
            given: the reports that may be read.
            history: the user's turns before, which the question may change.
        """
        reported = self.reported(given)
        before: Reading | None = None
        reading: Reading | None = None
        for turn in (*history, text):
            folded = fold_question(turn)
            reading = read(folded, reported)
            stands = reading is not None and not reading.left and reading.is_placed
            if before is not None and not (stands and not _leans(folded)):
                followed = follow(folded, before, self._found(before, given), reported)
                reading = followed or reading
            before = None if reading is None or reading.left else reading
        return reading

    def _found(self, reading: Reading, given: Filter) -> list[Region]:
        """Return the places that a reading's result tells of."""
        query = reading.query
        if isinstance(query, FigureQuery):
            rows = figures.evaluate(query, self.catalogue, given).rows
            told = [row for row in rows if row.truth == "yes"]
            if query.limit is not None:
                told = told[: query.limit]
            return list(dict.fromkeys(row.place for row in told))
        if isinstance(query, ReportQuery) or not query.places.regions:
            return []
        said = list(mentions.evaluate(query, self.catalogue, given, self.texts).mentions)
        if query.ranked:
            said.sort(key=lambda each: -each.count)
        return [each.report.region.value for each in said if each.count and each.report.region]

    def reported(self, given: Filter) -> Reported:
        """Return the places and years that there are reports of."""
        ahead: dict[str, list[int]] = defaultdict(list)
        for code, year in self.catalogue.years_ahead(given):
            ahead[code].append(year)
        return Reported(
            {code: tuple(years) for code, years in ahead.items()}, self.gazetteer, self.lexicon
        )


def _to_be_cited(result: FigureResult) -> set[str]:
    """Return the ids of the reports that a telling will cite, but for what it names besides."""
    rows = [row for row in result.rows if row.truth != "no"]
    if result.query.order is not None:
        rows = rows[: result.query.limit]
    return {cell.stated.report.id for row in rows for cell in row.cells if cell.stated}


def _is_wide(reading: Reading) -> bool:
    """Tell whether so many places are asked of that nothing else can answer."""
    places = reading.query.places
    return bool(places.words) or len(places.regions) > _MANY


_MANY = 4
"""Places from which on a question is one of a table, or of nothing."""


def _is_of_two_sides(reading: Reading) -> bool:
    names_one = "indicator" not in reading.assumed and reading.is_placed
    query = reading.query
    is_pair = isinstance(query, FigureQuery) and query.judges and len(query.columns) == 2
    return is_pair and names_one


def _has_unit(folded: str, result: FigureResult) -> bool:
    """Tell whether figures are of the unit that a question names: GDP是多少吨."""
    asked = re.search(
        rf"多少[万亿]*({'|'.join(sorted(MEASURE_UNITS, key=len, reverse=True))})", folded
    )
    stated = [cell.stated for row in result.rows for cell in row.cells]
    units = [each.figure.unit for each in stated if each is not None]
    return asked is None or all(comparable(asked[1], unit) for unit in units)


def _is_thin(result: FigureResult) -> bool:
    """Tell whether of a run of years hardly any is stated: its ends may be, in one clause."""
    asked = len(result.query.pairs())
    is_of_one = len(result.query.places.regions) == 1 and len(result.query.columns) == 1
    return is_of_one and asked >= _RUN and len(result.rows) <= 2


_RUN = 5


def _is_whole(result: FigureResult) -> bool:
    """Tell whether every cell that was asked for has its figure."""
    rows = result.rows
    return len(rows) == len(result.query.pairs()) and all(
        cell.stated is not None for row in rows for cell in row.cells
    )


def _is_half_of_two(result: FigureResult) -> bool:
    """Tell whether of one figure of two places or years only the other is stated."""
    asked, rows = len(result.query.pairs()), result.rows
    if len(result.query.columns) > 1 or asked != 2:
        return False
    return len(rows) < asked or any(cell.stated is None for row in rows for cell in row.cells)


def _question(text: str) -> Question:
    folded = fold_question(text)
    return Question(text=text, language=language_of(text), folded=folded, subject="")


def _leans(folded: str) -> bool:
    """Tell whether a turn points back to the one before."""
    return bool(pattern("those").search(folded) or pattern("only").search(folded))
