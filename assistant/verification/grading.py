"""How far each statement of an answer is borne out: proved, supported, or not.

Proved is what the product tells of these reports again, and the words of a citation themselves.
What a chat model wrote is held to the lock on its words once more. Knows answers, what they cite
and the reports to ask; nothing of files or bundles.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial

from assistant.answering.figures.sentences import answer_figure
from assistant.claims.types import ContextItem
from assistant.generation.context import items_of, years_of_citation
from assistant.generation.generator import leaves_alone
from assistant.grounding.check import Sources
from assistant.grounding.places_and_years import given_by
from assistant.grounding.quotation import is_quotation
from assistant.grounding.statement_lock import StatementLock
from assistant.prompts import phrase, prompt
from assistant.questions.places import Scope
from assistant.questions.understand import understand
from assistant.records.conversations import Exchange
from assistant.types import Answer, AnswerFigure, Citation
from assistant.verification.corpora import Corpus
from assistant.verification.findings import Found, quoted
from assistant.verification.retelling import (
    Told,
    differences,
    is_same_text,
    told_again,
    told_in,
)
from index.embedding.embedder import Embedder, open_embedder
from index.types import Filter, Span


@dataclass(frozen=True)
class Grading:
    """An answer of an exchange, its citations under the names of `corpus`, beside what it tells.

    `asked` are the questions before. `is_whole` says that the corpus is the very collection that
    the answer was made from, `is_same_program` that it was made by what is running.
    """

    exchange: Exchange
    said: Answer
    corpus: Corpus
    asked: tuple[str, ...]
    is_whole: bool
    is_same_program: bool

    @cached_property
    def now(self) -> Answer:
        """The answer that the question gets now, without a chat model."""
        limits = self._limits
        return self.corpus.assistant.ask(
            self.exchange.question, history=self.asked, regions=limits.regions, years=limits.years
        )

    @cached_property
    def is_by_model(self) -> bool:
        """Whether the answer says that a chat model wrote of it, and it is one for a model."""
        if not self.said.graded or self.now.query is not None:
            return False
        assistant = self.corpus.assistant
        newest = self.corpus.catalogue.newest(self._limits)
        scope = Scope(newest, assistant.gazetteer, assistant.lexicon)
        question = understand(self.exchange.question, scope, self.asked)
        return not leaves_alone(question, self.now)

    @cached_property
    def must_be_told_again(self) -> bool:
        """Whether nothing but the very answer of now will do.

        That is so of the same reports told by the same program, and where what is cited is what
        the answer of now cites: then only its words are new.
        """
        if self.is_by_model or not self.is_same_program:
            return False
        return self.is_whole or _spans(self.said) <= _spans(self.now)

    @property
    def _limits(self) -> Filter:
        return self.exchange.collection.limits if self.exchange.collection else Filter()

    def findings(self) -> list[Found]:
        """Return what is found of the question, of each statement, and of the answer's fields."""
        bare = _without_notes(self.said)
        is_same = is_same_text(bare, self.now)
        statements = [*self._statements(bare, is_same=is_same)]
        return [self._question(is_same=is_same), *statements, *self._fields()]

    # The question

    def _question(self, *, is_same: bool) -> Found:
        about = f"question {quoted(self.exchange.question)}"
        if self.exchange.question != self.said.question:
            return "differs", f"{about}: the answer is to {quoted(self.said.question)}"
        if is_same:
            return "proved", f"{about}: gets this answer"
        if self.must_be_told_again:
            return "not supported", f"{about}: gets another answer: {quoted(self.now.text)}"
        if self._finds_what_is_cited():
            return "supported", f"{about}: finds what the answer cites"
        return "not supported", f"{about}: finds nothing of what the answer cites"

    def _finds_what_is_cited(self) -> bool:
        """Tell whether the question, asked again, leads to a passage that the answer cites."""
        if self.now.reason in _ASKS_OF_NOTHING:
            return False
        cited = {passage for each in self.said.citations if (passage := self._passage(each))}
        if cited & {passage for each in self.now.citations if (passage := self._passage(each))}:
            return True
        assistant = self.corpus.assistant
        hits = assistant.retrieve(self.exchange.question, history=self.asked, top=_PASSAGES)
        return bool(cited & {hit.passage.id for hit in hits})

    def _passage(self, citation: Citation) -> str | None:
        catalogue = self.corpus.catalogue
        report = catalogue.report_of(citation.document)
        passage = catalogue.passage_at(report.id, Span(citation.start, citation.end))
        return passage.id if passage else None

    # The statements

    def _statements(self, bare: Answer, *, is_same: bool) -> list[Found]:
        said, now = told_in(bare, self._sources), told_in(self.now, self._sources)
        again = told_again(said, now)
        found = [
            self._graded(each, is_again=told and (bool(each.marks) or is_same or self.is_whole))
            for each, told in zip(said, again, strict=True)
            if each.part.form != "rule"
        ]
        if self.must_be_told_again and not is_same:
            kept = {each.key for each in said}
            found += [
                ("differs", f"statement {quoted(each.text)}: was told, and is left out")
                for each in now
                if each.key not in kept
            ]
        return found

    def _graded(self, told: Told, *, is_again: bool) -> Found:
        about = f"statement {quoted(told.text)}"
        if is_again:
            return "proved", f"{about}: is what the reports give for the question"
        if is_quotation(told.text, self.said):
            return "proved", f"{about}: is the cited words"
        if self.must_be_told_again:
            return "not supported", f"{about}: is not what the reports give for the question"
        if not told.marks and not told.below:
            return "not supported", f"{about}: {prompt('fault_unmarked', 'en')}"
        fault = self._lock.fault(told.text, told.below)
        if fault is None:
            return "supported", f"{about}: agrees with what it cites"
        return "not supported", f"{about}: {prompt(f'fault_{fault}', 'en')}"

    @cached_property
    def _items(self) -> dict[int, ContextItem]:
        return items_of(self.said, self.corpus.catalogue)

    @cached_property
    def _lock(self) -> StatementLock:
        question = self.exchange.question
        return StatementLock(
            language=self.said.language,
            question=question,
            asked=(*self.asked, question),
            items=self._items,
            sources=self._sources,
            embedder=self._embedder,
        )

    @property
    def _embedder(self) -> Embedder:
        own = self.corpus.assistant.searcher.embedder
        return own if own.name.startswith("bundled:") else open_embedder()

    @cached_property
    def _sources(self) -> Sources:
        assistant = self.corpus.assistant
        return Sources(
            assistant.raw_of,
            lambda: given_by(self.corpus.catalogue.reports()),
            assistant.lexicon,
            assistant.gazetteer,
            years_of=partial(years_of_citation, catalogue=self.corpus.catalogue),
        )

    # What stands beside the text

    def _fields(self) -> list[Found]:
        said, now = self.said, self.now
        if self.must_be_told_again:
            return [
                ("differs", f"answer: {name} is {quoted(one)}, told is {quoted(other)}")
                for name, one, other in differences(said, now)
            ]
        found: list[Found] = []
        if said.language != now.language:
            found.append(
                ("differs", f"answer: language is {said.language}, asked in {now.language}")
            )
        abstains = False if self.is_by_model else now.abstained
        reason = now.reason if abstains else None
        if (said.abstained, said.reason) != (abstains, reason):
            expected = f"{abstains} ({reason})"
            abstained = f"{said.abstained} ({said.reason})"
            found.append(("differs", f"answer: abstained is {abstained}, told is {expected}"))
        return [*found, *self._figures(said.figures)]

    def _figures(self, figures: Sequence[AnswerFigure]) -> list[Found]:
        return [
            ("supported", f"{name_of(each)}: is stated by what it cites")
            if self._is_stated(each)
            else ("not supported", f"{name_of(each)}: is not stated so by what it cites")
            for each in figures
        ]

    def _is_stated(self, figure: AnswerFigure) -> bool:
        """Tell whether a cited report states a figure, with all that is said of it, where cited."""
        for citation in self.said.citations:
            if figure.marks and citation.n not in figure.marks:
                continue
            report = self.corpus.catalogue.report_of(citation.document)
            normalized = self.corpus.catalogue.normalized(report.id)
            cited = normalized.clean_span(Span(citation.start, citation.end))
            for each in self.corpus.catalogue.figures(Filter(reports=frozenset({report.id}))):
                overlaps = each.span.start < cited.end and cited.start < each.span.end
                if overlaps and answer_figure(each, figure.marks) == figure:
                    return True
        return False


def _spans(answer: Answer) -> set[tuple[str, int, int]]:
    return {(each.document, each.start, each.end) for each in answer.citations}


_ASKS_OF_NOTHING = ("no_report", "off_topic", "opinion")
"""Reasons to abstain that leave nothing for an answer to stand on."""
_PASSAGES = 12
"""How many passages a question may find that an answer of a chat model can stand on."""


def name_of(figure: AnswerFigure) -> str:
    """Name a figure in a finding."""
    value = f"{figure.value}{figure.unit}" if figure.value else figure.qualifier or ""
    words = f"{figure.region} {figure.indicator} {figure.kind} {figure.period}: {value}"
    return f"figure {quoted(words)}"


_NOTES = (
    "model_silent",
    "model_withheld",
    "model_stopped",
    "model_cut_off",
)
"""Notes on the chat model itself, in words that never change."""


def _without_notes(answer: Answer) -> Answer:
    """Leave out the product's notes on its chat model, which say nothing of any report."""
    notes = {phrase(key, answer.language) for key in _NOTES}
    blocks = [block for block in answer.text.split("\n\n") if block not in notes]
    return replace(answer, text="\n\n".join(blocks))
