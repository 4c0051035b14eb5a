"""Answers a question that the form of a report's text answers: lists, slogans, people.

Comes after the figures and before the quotations; where it has nothing to say it says so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answering.abstentions import by_place_and_year
from assistant.answering.lists.answerer import (
    answer_item,
    answer_list,
    answer_overview,
    answer_parts,
    answer_stated_tasks,
    wants_list,
)
from assistant.answering.lists.overview import Part, asked_part
from assistant.answering.lists.ranking import asked_place
from assistant.answering.quotes.across import answer_across
from assistant.answering.quotes.clauses import is_of_years
from assistant.answering.quotes.ranking import find_passages
from assistant.answering.session import answer_people, asks_people
from assistant.answering.slogans.answerer import (
    answer_absence,
    asks_meaning,
    find_entries,
    find_slogans,
    wants_definition,
    word_parts,
    word_slogans,
)
from assistant.answering.slogans.formulas import answer_members
from assistant.answering.slogans.members import formulas_in
from assistant.answering.slogans.names import counting_slogans, names_in_english, names_parts
from assistant.questions import cues
from assistant.questions.glossary import glossed
from assistant.questions.person_names import latin_names, spelled
from assistant.types import Answer, Question
from index.lexicon.indicators import Lexicon
from index.places.gazetteer import COUNTRY
from index.search.searcher import Searcher
from index.types import Filter, Report

_READ = 4
"""How many reports are read for a list where no place is named."""

_NEAR = 0.5
"""The cosine from which a Chinese word is what an English subject means: it finds 人工智能 for
artificial intelligence (0.77) and nothing where the subject is none of the vocabulary."""
_MEANT = 4
"""How many such words are taken at most."""
_HAN_WORD = re.compile(r"[\u3400-\u9fff]{2,}")

_WHOLE = 200
"""Among how many reports a slogan is looked for in every word, half a millisecond each."""


@dataclass(frozen=True, slots=True)
class StructureAnswerer:
    """Answers from the structure of the reports that one searcher finds."""

    searcher: Searcher

    def answer(self, question: Question, where: Filter) -> Answer | None:
        """Answer a question for a list, a meaning or the people of a session.

        Returns:
            None where nothing of the kind is asked for or found: the words of the reports may.
        """
        catalogue = self.searcher.catalogue
        answer = None
        if asks_people(question):
            answer = answer_people(question, self._reports(question, where), catalogue)
        part = asked_part(question)
        if answer is None and (formulas_in(question.folded) or names_in_english(question)):
            answer = self._defined(question, where)
        if answer is None and part is not None:
            answer = answer_overview(question, part, self._whole(question, part, where), catalogue)
        elif answer is None and (wants_definition(question) or _lists_parts(question)):
            answer = self._defined(question, where)
        listed = wants_list(question) and not question.every_place
        if answer is None and listed and not _names_the_unknown(question):
            read = self._to_read(question, where)
            answer = answer_list(question, read, catalogue, self.searcher.embedder)
        if answer is None and part == "tasks":
            whole = self._whole(question, part, where)
            answer = answer_stated_tasks(question, whole, catalogue)
        if answer is None and wants_definition(question):
            answer = self._defined(question, where, named=True)
        if answer is None and asks_meaning(question) and self._can_look_through(where):
            answer = answer_absence(question, catalogue.reports(where), catalogue)
        return answer

    def meaning(self, question: Question, where: Filter) -> Answer | None:
        """Answer what a slogan means, or which item of a list stands at a place, if that is asked.

        This comes before the figures, since the numerals of a slogan and of places are none.
        """
        if asks_meaning(question):
            return self._defined(question, where)
        if question.every_place or asked_place(question.folded) is None:
            return None
        read = self._to_read(question, where)
        return answer_item(question, read, self.searcher.catalogue, self.searcher.embedder)

    def _defined(self, question: Question, where: Filter, *, named: bool = False) -> Answer | None:
        catalogue, embedder = self.searcher.catalogue, self.searcher.embedder
        reports = (
            catalogue.reports(where)
            if self._can_look_through(where)
            else self._likeliest(question, where)
        )
        reports = sorted(reports, key=lambda report: _rank(report, question), reverse=True)
        texts = [(report, catalogue.normalized(report.id).text) for report in reports]
        if entries := find_entries(question, texts):
            return word_slogans(question, entries, catalogue)
        told = answer_members(question, texts, catalogue, embedder)
        if told is not None:
            return told
        found = find_slogans(question, texts, embedder, named=named)
        if any(slogan.explanation for slogan in found):
            return word_slogans(question, found, catalogue)
        terms = counting_slogans(question, texts, embedder)
        return (
            answer_parts(question, terms, texts, catalogue)
            or word_parts(question, terms, texts, catalogue)
            or (word_slogans(question, found, catalogue) if found else None)
        )

    def across(self, question: Question, where: Filter, lexicon: Lexicon) -> Answer | None:
        """Answer a question about every place, as `worded` has it, with what each report says."""
        reports = [
            report
            for report in self._reports(question, where)
            if report.region
            and report.region.value.level != "country"
            and (report.region.value.level == "province" or not question.provinces)
        ]
        return answer_across(question, reports, self.searcher, lexicon)

    def worded(self, question: Question, where: Filter) -> Question:
        """Return an English question with the Chinese words for what it names added."""
        if question.language != "en":
            return question
        names = latin_names(question.subject)
        found: list[str] = []
        if names:
            catalogue = self.searcher.catalogue
            for report in self._reports(question, where)[:_READ]:
                text = catalogue.normalized(report.id).text
                found.extend(name for latin in names for name in spelled(latin, text))
        near = self.searcher.embedder.words_near(question.subject, _NEAR)
        meant = [word for word in near if _HAN_WORD.fullmatch(word)][:_MEANT]
        added = " ".join(dict.fromkeys([*found, *glossed(question).split(), *meant]))
        return replace(question, subject=f"{question.subject} {added}".strip())

    def _reports(self, question: Question, where: Filter) -> list[Report]:
        """Return one report of each place: that of a year asked about, or else the newest."""
        chosen: dict[str, Report] = {}
        for report in self.searcher.catalogue.reports(where):
            key = report.region.value.code if report.region else report.id
            if key not in chosen or _rank(report, question) > _rank(chosen[key], question):
                chosen[key] = report
        return sorted(chosen.values(), key=by_place_and_year)

    def _whole(self, question: Question, part: Part, where: Filter) -> list[Report]:
        """Return the reports that may be asked about as a whole, the likeliest first.

        They are the national ones where no place is named and there are several. What was reached
        in a year is looked back on by the report of the next.
        """
        catalogue = self.searcher.catalogue
        if not question.places and len(catalogue.newest(where)) > 1:
            if where.regions and COUNTRY not in where.regions:
                return []
            where = replace(where, regions=frozenset({COUNTRY}))
        reports = catalogue.reports(where)
        later = 1 if part == "past" and not question.report_years else 0
        years = {year + later for year in question.years}
        latest = 0 if part == "tasks" else 1
        reports = [each for each in reports if is_of_years(each, question, latest)]

        def rank(report: Report) -> tuple[bool, bool, int]:
            year = report.given or 0
            return year in years, year - later in years, year

        return sorted(reports, key=rank, reverse=True)[:_READ]

    def _to_read(self, question: Question, where: Filter) -> Sequence[Report]:
        """Return one report of each place, or of many those that fit the question best."""
        if len(self.searcher.catalogue.newest(where)) > _READ:
            return self._likeliest(question, where)
        reports = [each for each in self._reports(question, where) if is_of_years(each, question)]
        return reports if len(reports) <= _READ else self._likeliest(question, where)

    def _can_look_through(self, where: Filter) -> bool:
        """Tell whether the reports are few enough to read every word of them for a question."""
        return self.searcher.catalogue.count_reports(where) <= _WHOLE

    def _likeliest(self, question: Question, where: Filter) -> Sequence[Report]:
        hits = find_passages(question, where, self.searcher, top=12)
        found = dict.fromkeys(hit.report.id for hit in hits)
        return [self.searcher.catalogue.report(report_id) for report_id in list(found)[:_READ]]


def _lists_parts(question: Question) -> bool:
    """Tell whether a question asks which the parts of a slogan are that counts them."""
    asks = question.wanted == "list" or question.language == "en"
    return (asks or cues.shows("how", question.folded)) and names_parts(question)


def _names_the_unknown(question: Question) -> bool:
    """Tell whether an English question quotes a slogan that counts, with no word of which to go by.

    As many items of any list would be a list of something else.
    """
    quoted = re.search('[“"‘]', question.folded) and names_parts(question)
    return bool(quoted) and question.language == "en" and not glossed(question)


def _rank(report: Report, question: Question) -> tuple[bool, bool, int]:
    year = report.given or 0
    named = {int(digits) for digits in re.findall(r"(?:19|20)\d\d", question.folded)}
    return (year in named, year in question.years, year)
