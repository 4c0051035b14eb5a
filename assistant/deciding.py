"""Decides without a chat model what answers a question: read, look up, choose, hold to the sources.

Tables over many places or years come first, then what a few reports state; a question that asks
several things is answered part by part. What refuses or leaves much unsaid is held against the
clauses of the reports. Knows nothing of models, of the page or of scores.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from assistant.analysis import Analyst
from assistant.answering.accounting import (
    other_missed,
    part_missed,
    unknown_place,
    unquoted,
    years_missed,
    years_unsaid,
)
from assistant.answering.parts import answer_parts, turns_of
from assistant.answering.quotes.answerer import SURE, SURER
from assistant.answering.routing import Router
from assistant.prompts import phrase
from assistant.queries.mentions import year_of
from assistant.questions import cues
from assistant.questions.places import Scope
from assistant.questions.understand import fold_question, language_of, understand
from assistant.reading.parting import adds_to_itself, asked_quantities, asks_of
from assistant.reading.reading import Reading
from assistant.reading.restating import restated, why_of
from assistant.types import Answer, Question
from index.types import Filter, Report

_SILENT = ("no_report", "not_stated")
"""Reasons of refusals for which what is asked may still follow from the figures of another year."""


@dataclass(frozen=True, slots=True)
class Found:
    """An answer without a model, and the question as it was understood, if it was.

    `where` are the reports that can hold the answer. `beside` is said before it, of places or
    years that have no report to compare with.
    """

    answer: Answer
    question: Question | None = None
    where: Filter | None = None
    beside: str = ""


@dataclass(frozen=True)
class _Asked:
    """A question with the turns before it, read and understood once, when that is first needed."""

    text: str
    history: Sequence[str]
    decider: Decider

    @cached_property
    def question(self) -> Question:
        """What is asked, as the turns before it complete it."""
        return understand(self.text, self.decider.scope, self.history)

    @cached_property
    def reading(self) -> Reading | None:
        """How it reads as a question over many places or years; None where it doesn't."""
        return self.decider.analyst.read(self.text, self.decider.given, self.history)

    @cached_property
    def where(self) -> Filter | None:
        """The reports that can hold the answer; None where there are none."""
        return self.decider.router.reports_for(self.question, self.decider.given)

    def alone(self) -> str | None:
        """Return the question as it is asked by itself, if it follows others and that is known."""
        if not self.history:
            return None
        alone = restated(self.reading, language_of(self.text)) if self.reading else None
        if alone is None and cues.shows("why", fold_question(self.text)):
            *earlier, last = self.history
            alone = why_of(self.text, self.decider.asked(last, earlier).reading)
        return alone


@dataclass(frozen=True, slots=True)
class Decider:
    """Decides what answers questions over the reports that `given` lets through.

    `hold` holds an answer to its sources, given the turns that were asked; `again` returns a
    question as it is understood with its earlier turns.
    """

    router: Router
    analyst: Analyst
    scope: Scope
    given: Filter
    hold: Callable[[Answer, Sequence[str]], Answer]
    again: Callable[[Question, Scope, Sequence[str]], Question]

    def asked(self, text: str, history: Sequence[str]) -> _Asked:
        """Return a question to be answered here."""
        return _Asked(text, history, self)

    def decided(
        self, text: str, history: Sequence[str], is_for_others: Callable[[Found], bool]
    ) -> Found:
        """Answer a question as one, and part by part where it asks several things.

        Args:
            text: the question as typed.
            history: the user's earlier questions, oldest first.
            is_for_others: tells of an answer to the question as one that it goes to a model.
        """
        turns = turns_of(history, self.scope)
        asked = self.asked(text, turns)
        found = self._whole(asked, again=True)
        if found.beside or is_for_others(found):
            return found

        def ask(part: str, before: Sequence[str]) -> Answer:
            each = self.asked(part, before)
            return self.hold(self._or_quoted(self._whole(each).answer, each), (*before, text))

        asks = asks_of(text, self.scope)
        whole = self.hold(found.answer, (*turns, text)) if asks else found.answer
        answer = answer_parts(whole, asks, turns, ask, self.router.searcher.catalogue)
        answer = self._or_quoted(answer, asked)
        several = bool(asks) or asked_quantities(text) > 1 or adds_to_itself(text)
        answer = self._completed(answer, asked, several=several)
        unsaid = self._unsaid(answer, asked)
        return found if answer is whole and not unsaid else Found(answer, beside=unsaid)

    def _completed(self, answer: Answer, asked: _Asked, *, several: bool) -> Answer:
        """Return an answer with what it leaves unsaid, quoted or calculated, if anything is."""
        if answer.query is not None or (answer.abstained and answer.reason not in _SILENT):
            return answer
        question = asked.question
        if question.elsewhere:
            return answer
        if asked.where is not None and not answer.abstained:
            answer = self.router.completed(
                question, asked.where, self.scope, answer, several=several
            )
        return self.router.reckoned(question, answer)

    def _unsaid(self, answer: Answer, asked: _Asked) -> str:
        """Say of which years that were named there is no report, or none that states it."""
        if answer.query is not None or answer.abstained or len(asked.question.places) != 1:
            return ""
        years = years_unsaid(asked.question, answer)
        if not years:
            return ""
        return self.router.abstainer.years_unsaid(asked.question, years, self.given)

    def _or_quoted(self, answer: Answer, asked: _Asked) -> Answer:
        """Return an answer, or where it refuses the clause that most likely answers, if any does.

        Where the question was taken for one of a table, one has to be surer.
        """
        if not answer.abstained or answer.reason != "not_stated":
            return answer
        question, where = asked.question, asked.where
        around = {code for place in question.places for code in place.parents}
        elsewhere = any(place.code not in around for place in question.elsewhere)
        if where is None or elsewhere or (answer.query and len(question.places) != 1):
            return answer
        least = SURER if answer.query else SURE
        quoted = self.router.likeliest(question, where, self.scope, least)
        if quoted is None:
            return answer
        left, catalogue = (
            asked.reading.left if asked.reading else (),
            self.router.searcher.catalogue,
        )
        is_open = unquoted(left, question, quoted, catalogue, self.router.lexicon)
        return answer if is_open else quoted

    def _whole(self, asked: _Asked, *, again: bool = False) -> Found:
        """Answer a question as one that asks one thing; `again`: as `self.again` understands it."""
        if not self.scope.newest:
            return Found(self._without_reports(asked.text))
        found = self._over_many(asked)
        if found is not None:
            return found
        question = asked.question
        question = self.again(question, self.scope, asked.history) if again else question
        left = _left(asked.reading, question) if not asked.history else ()
        unknown = unknown_place(left, question.folded, is_placed=bool(question.places))
        given = self.router.abstainer.given_by(unknown, self.given) if unknown else []
        own = [] if question.places else _of_years_asked(question, given)
        if own and own[0].place is not None:  # 李强2024年报告: named by who gave it
            question = replace(question, places=(own[0].place,))
            left = tuple(word for word in left if word != unknown)
            unknown, given = unknown_place(left, question.folded, is_placed=True), []
        refusal = self._refused(question, unknown, given)
        if refusal is not None:
            return Found(refusal)
        compared = question
        if question.elsewhere and len(question.places) == 1:
            question = replace(question, operation="look_up")  # nothing to compare with
        if self.router.asks_of_nobody(question, self.scope):
            return Found(self.router.abstainer.whose(question, left, self.given))
        where = self.router.reports_for(question, self.given)
        if where is None:
            return Found(self.router.abstainer.no_report_of_year(question, self.given))
        answer = self._stated(question, where, asked.reading, left)
        return Found(answer, question, where, self.router.beside(compared, answer))

    def _over_many(self, asked: _Asked) -> Found | None:
        """Answer a question over many places or years, or one that follows others by itself."""
        if cues.shows("target_changes", fold_question(asked.text)):
            changed = self.router.target_changes(asked.question)
            if changed is not None:
                return Found(changed)
        reading = asked.reading
        analysed = self.analyst.told(asked.text, reading, self.given) if reading else None
        if analysed is not None:
            return Found(analysed)
        alone = asked.alone()
        if alone is not None:
            answer = self._whole(self.asked(alone, ())).answer
            if not answer.abstained:
                return Found(replace(answer, question=asked.text))
        return None

    def _without_reports(self, text: str) -> Answer:
        """Say that no report is indexed, or none that the user limits the question to."""
        language = language_of(text)
        known = self.router.searcher.catalogue.count_reports()
        words = phrase("none_fit" if known else "no_index", language)
        return Answer(text, language, words, True, "no_report")

    def _refused(
        self, question: Question, unknown: str | None, given: Sequence[Report]
    ) -> Answer | None:
        """Refuse an opinion, or a question of a place that has no report; None: neither.

        `unknown` is what is named as a place and is none, `given` the reports that it gave, where
        it is a person.
        """
        abstainer = self.router.abstainer
        if question.opinion:
            words = phrase("opinion", question.language)
            return Answer(question.text, question.language, words, True, "opinion")
        if question.elsewhere and not question.places:
            return abstainer.no_report_of_place(question, self.given)
        if unknown and given:
            return abstainer.not_given_by(question, unknown, given)
        return abstainer.no_report_of_name(question, unknown, self.given) if unknown else None

    def _stated(
        self,
        question: Question,
        where: Filter,
        reading: Reading | None,
        left: Sequence[str],
    ) -> Answer:
        """Answer from a few reports, or refuse an answer that leaves a part of a question aside."""
        answer = self.router.routed(question, where, self.scope)
        part = part_missed(question.folded, answer) or other_missed(question.folded, answer)
        if part:
            return self.router.abstainer.not_accounted(question, [part], answer)
        missed = years_missed(reading, answer) if reading else ()
        if missed:
            return self.router.abstainer.not_of_years(question, missed, answer)
        answer = self.router.accounted(question, where, answer, left)
        if answer.abstained and answer.reason == "not_stated" and reading is not None:
            return self.analyst.small(question.text, reading, self.given) or answer
        return answer


def _of_years_asked(question: Question, reports: Sequence[Report]) -> list[Report]:
    years = {*question.years, *question.report_years}
    return [each for each in reports if not years or years & {year_of(each), each.given}]


def _left(reading: Reading | None, question: Question) -> tuple[str, ...]:
    """Return the words that a reading leaves over, those after a town's name aside."""
    left = reading.left if reading else ()
    towns = tuple(each.name for each in question.places if each.level == "township")
    return tuple(word for word in left if not word.startswith(towns)) if towns else left
