"""Decides without a chat model what answers a question: read, look up, choose, hold to the sources.

Tables over many places or years come first, then what a few reports state; a question that asks
several things is answered part by part. What refuses or leaves much unsaid is held against the
clauses of the reports. Knows nothing of models, of the page or of scores.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assistant.analysis import Analyst
from assistant.answering.accounting import (
    other_missed,
    part_missed,
    unknown_place,
    unquoted,
    years_missed,
)
from assistant.answering.parts import answer_parts, turns_of
from assistant.answering.quotes.answerer import SURE, SURER
from assistant.answering.routing import Router
from assistant.prompts import phrase
from assistant.questions import cues
from assistant.questions.places import Scope
from assistant.questions.understand import fold_question, language_of, understand
from assistant.reading.parting import adds_to_itself, asked_quantities, asks_of
from assistant.reading.reading import Reading
from assistant.reading.restating import restated, why_of
from assistant.types import Answer, Question
from index.types import Filter

_SILENT = ("no_report", "not_stated")
"""Reasons of refusals for which what is asked may still follow from the figures of another year."""


@dataclass(frozen=True, slots=True)
class Found:
    """An answer without a model, and the question as it was understood, if it was.

    `where` are the reports that can hold the answer. `beside` is said before it, of places that
    have no report to compare with.
    """

    answer: Answer
    question: Question | None = None
    where: Filter | None = None
    beside: str = ""


@dataclass(frozen=True, slots=True)
class Decider:
    """Decides what answers questions over the reports that `given` lets through.

    `hold` holds an answer to its sources, given the turns that were asked; `again` returns a
    question as it is understood with its earlier turns.
    """

    router: Router
    analyst: Analyst
    given: Filter
    hold: Callable[[Answer, Sequence[str]], Answer]
    again: Callable[[Question, Scope, Sequence[str]], Question]

    def decided(
        self, text: str, history: Sequence[str], is_for_others: Callable[[Found], bool]
    ) -> Found:
        """Answer a question as one, and part by part where it asks several things.

        Args:
            text: the question as typed.
            history: the user's earlier questions, oldest first.
            is_for_others: tells of an answer to the question as one that it goes to a model.
        """
        scope = self._scope()
        turns = turns_of(history, scope)
        found = self._whole(text, turns, again=True)
        if found.beside or is_for_others(found):
            return found

        def ask(part: str, before: Sequence[str]) -> Answer:
            answer = self._whole(part, before).answer
            answer = self._quoted(answer, part, before) or answer
            return self.hold(answer, (*before, text))

        asks = asks_of(text, scope)
        whole = self.hold(found.answer, (*turns, text)) if asks else found.answer
        answer = answer_parts(whole, asks, turns, ask, self.router.searcher.catalogue)
        answer = self._quoted(answer, text, turns) or answer
        several = bool(asks) or asked_quantities(text) > 1 or adds_to_itself(text)
        answer = self._completed(answer, text, turns, several=several)
        return found if answer is whole else Found(answer)

    def _completed(
        self, answer: Answer, text: str, history: Sequence[str], *, several: bool
    ) -> Answer:
        """Return an answer with what it leaves unsaid, quoted or calculated, if anything is."""
        if answer.query is not None or (answer.abstained and answer.reason not in _SILENT):
            return answer
        scope = self._scope()
        question = understand(text, scope, history)
        if question.elsewhere:
            return answer
        where = self.router.reports_for(question, self.given)
        if where is not None and not answer.abstained:
            answer = self.router.completed(question, where, scope, answer, several=several)
        return self.router.reckoned(question, answer)

    def _quoted(self, refusal: Answer, text: str, history: Sequence[str]) -> Answer | None:
        """Quote the clause that most likely answers a question that nothing else does, if any.

        Where the question was taken for one of a table, one has to be surer.
        """
        if not refusal.abstained or refusal.reason != "not_stated":
            return None
        scope = self._scope()
        question = understand(text, scope, history)
        where = self.router.reports_for(question, self.given)
        around = {code for place in question.places for code in place.parents}
        elsewhere = any(place.code not in around for place in question.elsewhere)
        if where is None or elsewhere or (refusal.query and len(question.places) != 1):
            return None
        least = SURER if refusal.query else SURE
        quoted = self.router.likeliest(question, where, scope, least)
        if quoted is None:
            return None
        reading = self.analyst.read(text, self.given, history)
        left, catalogue = reading.left if reading else (), self.router.searcher.catalogue
        return None if unquoted(left, question, quoted, catalogue, self.router.lexicon) else quoted

    def _scope(self) -> Scope:
        newest = self.router.searcher.catalogue.newest(self.given)
        return Scope(newest=newest, gazetteer=self.analyst.gazetteer, lexicon=self.router.lexicon)

    def _whole(self, text: str, history: Sequence[str], *, again: bool = False) -> Found:
        """Answer a question as one that asks one thing; `again`: as `self.again` understands it."""
        scope = self._scope()
        if not scope.newest:
            return Found(self._without_reports(text))
        if cues.shows("target_changes", fold_question(text)):
            changed = self.router.target_changes(understand(text, scope, history))
            if changed is not None:
                return Found(changed)
        reading = self.analyst.read(text, self.given, history)
        analysed = self.analyst.told(text, reading, self.given) if reading else None
        if analysed is not None:
            return Found(analysed)
        if history and (alone := self._alone(text, reading, history)) is not None:
            found = self._whole(alone, ())
            if not found.answer.abstained:
                return Found(replace(found.answer, question=text))
        question = understand(text, scope, history)
        question = self.again(question, scope, history) if again else question
        left = _left(reading, question) if not history else ()
        refusal = self._refused(question, left)
        if refusal is not None:
            return Found(refusal)
        asked = question
        if question.elsewhere and len(question.places) == 1:
            question = replace(question, operation="look_up")  # nothing to compare with
        if self.router.asks_of_nobody(question, scope):
            return Found(self.router.abstainer.whose(question, left, self.given))
        where = self.router.reports_for(question, self.given)
        if where is None:
            return Found(self.router.abstainer.no_report_of_year(question, self.given))
        answer = self._stated(question, where, scope, reading, left)
        return Found(answer, question, where, self.router.beside(asked, answer))

    def _without_reports(self, text: str) -> Answer:
        """Say that no report is indexed, or none that the user limits the question to."""
        language = language_of(text)
        known = self.router.searcher.catalogue.count_reports()
        words = phrase("none_fit" if known else "no_index", language)
        return Answer(text, language, words, True, "no_report")

    def _alone(self, text: str, reading: Reading | None, history: Sequence[str]) -> str | None:
        """Return a question that follows others as it is asked by itself, if that is known."""
        alone = restated(reading, language_of(text)) if reading else None
        if alone is None and cues.shows("why", fold_question(text)):
            alone = why_of(text, self.analyst.read(history[-1], self.given, history[:-1]))
        return alone

    def _refused(self, question: Question, left: Sequence[str]) -> Answer | None:
        """Refuse an opinion, or a question of a place that has no report; None: neither."""
        abstainer = self.router.abstainer
        if question.opinion:
            words = phrase("opinion", question.language)
            return Answer(question.text, question.language, words, True, "opinion")
        if question.elsewhere and not question.places:
            return abstainer.no_report_of_place(question, self.given)
        unknown = unknown_place(left, question.folded, is_placed=bool(question.places))
        return abstainer.no_report_of_name(question, unknown, self.given) if unknown else None

    def _stated(
        self,
        question: Question,
        where: Filter,
        scope: Scope,
        reading: Reading | None,
        left: Sequence[str],
    ) -> Answer:
        """Answer from a few reports, or refuse an answer that leaves a part of a question aside."""
        answer = self.router.routed(question, where, scope)
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


def _left(reading: Reading | None, question: Question) -> tuple[str, ...]:
    """Return the words that a reading leaves over, those after a town's name aside."""
    left = reading.left if reading else ()
    towns = tuple(each.name for each in question.places if each.level == "township")
    return tuple(word for word in left if not word.startswith(towns)) if towns else left
