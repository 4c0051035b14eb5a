"""Answers that say no: no report of the place or the year, nothing stated, no such figure.

Each names what was searched and, where there is something, the nearest that is known, cited. Knows
nothing of how the reports were searched.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answering.composer import Composer
from assistant.answering.figures.lookup import Stated
from assistant.answering.figures.sentences import FigureVerbalizer
from assistant.answering.quotes.ranking import Evidence
from assistant.prompts import phrase
from assistant.queries.mentions import years_told
from assistant.types import Answer, Language, Question, Reason
from index.lexicon.indicators import Lexicon
from index.storage.catalogue import Catalogue
from index.types import Filter, Region, Report

RELEVANT = 0.34
"""Below this relevance a statement is not about the question; see `quote.Evidence`."""


@dataclass(frozen=True, slots=True)
class Abstainer:
    """Says no over the reports of one catalogue.

    In its methods `given` are the reports that the user limits a question to, and `where` those
    that were searched.
    """

    catalogue: Catalogue
    lexicon: Lexicon

    def no_report_of_place(self, question: Question, given: Filter) -> Answer:
        """Say that no report of the places asked about is indexed, and which are."""
        composer = Composer(question.language, self.catalogue)
        words = phrase(
            "no_report_place",
            question.language,
            places=composer.places(question.elsewhere),
            known=composer.reports(self._known(given)),
        )
        return Answer(question.text, question.language, words, True, "no_report")

    def named(self, places: Sequence[Region], language: Language) -> str:
        """Name places in a language."""
        return Composer(language, self.catalogue).places(places)

    def no_report_of_name(self, question: Question, name: str, given: Filter) -> Answer:
        """Say that no report of something named as a place is indexed, and which are."""
        composer = Composer(question.language, self.catalogue)
        words = phrase(
            "no_report_place",
            question.language,
            places=composer.quoted(name),
            known=composer.reports(self._known(given)),
        )
        return Answer(question.text, question.language, words, True, "no_report")

    def given_by(self, name: str, given: Filter) -> list[Report]:
        """Return the reports that a person gave, by place and year."""
        found = [
            report
            for report in self.catalogue.reports(given)
            if report.speaker and "".join(report.speaker.value.split()) == name
        ]
        return sorted(found, key=by_place_and_year)

    def not_given_by(self, question: Question, name: str, reports: Sequence[Report]) -> Answer:
        """Say that the report asked about was not given by someone, and which were."""
        composer = Composer(question.language, self.catalogue)
        words = phrase(
            "gave_others",
            question.language,
            name=composer.quoted(name),
            known=composer.years_of_reports(reports),
        )
        return Answer(question.text, question.language, words, True, "no_report")

    def whose(self, question: Question, left: Sequence[str], given: Filter) -> Answer:
        """Ask whose figure is meant, naming the words that may have been meant for a place."""
        composer = Composer(question.language, self.catalogue)
        words = phrase("whose", question.language, known=composer.reports(self._known(given)))
        if left:
            unread = composer.quoted("”“".join(left))
            words += phrase("unread", question.language, words=unread)
        return Answer(question.text, question.language, words, True, "no_report")

    def not_accounted(self, question: Question, left: Sequence[str], answer: Answer) -> Answer:
        """Say that the reports do not speak of words that `answer` would leave aside."""
        words = phrase(
            "not_spoken_of",
            question.language,
            words=Composer(question.language, self.catalogue).quoted("”“".join(left)),
            nearest=answer.text,
        )
        return replace(answer, text=words, abstained=True, reason="not_stated")

    def not_of_years(self, question: Question, years: Sequence[int], answer: Answer) -> Answer:
        """Say that a figure is not stated of the years asked about, with those of other years."""
        composer = Composer(question.language, self.catalogue)
        words = phrase(
            "not_of_years",
            question.language,
            years=composer.joined([str(year) for year in years]),
            nearest=answer.text,
        )
        return replace(answer, text=words, abstained=True, reason="not_stated")

    def no_report_of_year(self, question: Question, given: Filter) -> Answer:
        """Say that the reports of the places asked about cover no year asked about."""
        composer = Composer(question.language, self.catalogue)
        places = frozenset(region.code for region in question.places)
        words = phrase(
            "no_report_year",
            question.language,
            place=composer.places(question.places),
            years=composer.joined([str(year) for year in question.years]),
            known=composer.years_of_reports(
                self._known(replace(given, regions=places or given.regions))
            ),
        )
        return Answer(question.text, question.language, words, True, "no_report")

    def years_unsaid(self, question: Question, years: Sequence[int], given: Filter) -> str:
        """Say of years that are named beside others that they have no report, or state nothing."""
        composer = Composer(question.language, self.catalogue)
        places = replace(given, regions=frozenset(each.code for each in question.places))
        given_in = {year for each in self.catalogue.reports(places) for _, year in years_told(each)}
        told = given_in | {y - 1 for y in given_in if y - 1 not in question.report_years}
        lines = []
        for key, chosen in (
            ("years_without_report", [year for year in years if year not in told]),
            ("years_not_stated", [year for year in years if year in told]),
        ):
            if chosen:
                words = composer.joined([str(year) for year in chosen])
                place = composer.places(question.places)
                lines.append(phrase(key, question.language, place=place, years=words))
        return "\n\n".join(lines)

    def not_stated(self, question: Question, where: Filter, nearest: Sequence[Evidence]) -> Answer:
        """Say that the reports do not state it, with the nearest statement that bears on it."""
        composer = Composer(question.language, self.catalogue)
        searched = composer.reports(self._known(where))
        related = [item for item in nearest if item.relevance >= RELEVANT]
        reason: Reason = "not_stated" if question.places or related else "off_topic"
        if reason == "off_topic":
            words = phrase("not_stated_anywhere", question.language, known=searched)
        elif question.within:
            within = composer.places(question.within)
            words = phrase("not_stated_within", question.language, within=within, reports=searched)
        elif question.indicators and question.wanted == "number":
            name = composer.indicator(question.indicators[0])
            words = phrase("not_stated_about", question.language, reports=searched, indicator=name)
        else:
            words = phrase("not_stated", question.language, reports=searched)
        if related:
            best = max(related, key=lambda item: item.score)
            quoted = composer.statements([best.statement])
            words += "\n\n" + phrase("nearest", question.language, statement=quoted)
        return Answer(
            question=question.text,
            language=question.language,
            text=words,
            abstained=True,
            reason=reason,
            citations=tuple(composer.citations),
        )

    def figure_not_stated(self, question: Question, where: Filter, nearest: Stated) -> Answer:
        """Say that the reports state no such figure, with the one nearest to it."""
        verbalizer = FigureVerbalizer(Composer(question.language, self.catalogue), self.lexicon)
        composer = verbalizer.composer
        words = phrase(
            "not_stated_about",
            question.language,
            reports=composer.reports(self._known(where)),
            indicator=composer.indicator(question.indicators[0]),
        )
        sentence = phrase("nearest", question.language, statement=verbalizer.sentence(nearest))
        return verbalizer.answer(question, f"{words}\n\n{sentence}", "not_stated")

    def _known(self, where: Filter) -> list[Report]:
        return sorted(self.catalogue.reports(where), key=by_place_and_year)


def by_place_and_year(report: Report) -> tuple[str, int, str]:
    """Return what sorts reports by place and year."""
    return (
        report.region.value.code if report.region else "",
        report.given or 0,
        report.document,
    )
