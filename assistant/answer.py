"""From a question to a grounded answer: understand, choose the reports, find the words, compose.

`open_assistant` wires the real parts. Knows nothing of the page, the command line or scores.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from assistant.analysis import Analyst
from assistant.answering.abstentions import by_place_and_year
from assistant.answering.accounting import (
    other_missed,
    part_missed,
    unknown_place,
    unquoted,
    years_missed,
)
from assistant.answering.parts import answer_parts, turns_of
from assistant.answering.quotes.answerer import SURE, SURER
from assistant.answering.quotes.excerpts import source_of
from assistant.answering.quotes.ranking import find_passages
from assistant.answering.routing import Router
from assistant.answering.structure import StructureAnswerer
from assistant.grounding.cells import check_cells
from assistant.grounding.check import Sources, ground
from assistant.grounding.places_and_years import Given
from assistant.limits import ANSWER_SECONDS, MOST_TURNS, check_question
from assistant.prompts import phrase
from assistant.queries.texts import Texts
from assistant.questions import cues
from assistant.questions.places import Scope
from assistant.questions.understand import fold_question, language_of, understand
from assistant.reading.parting import asks_of
from assistant.reading.reading import Reading
from assistant.reading.restating import restated, why_of
from assistant.settings import Settings
from assistant.types import Answer, Citation, Language, Question, Source, Writing
from assistant.wording.notes import notes_of
from index.deadline import within
from index.lexicon.indicators import Lexicon, load_lexicon
from index.places.gazetteer import Gazetteer, load_gazetteer
from index.search.searcher import Searcher, open_searcher
from index.types import Filter, Hit, Report

if TYPE_CHECKING:
    from assistant.generation.chat_model import Budget
    from assistant.generation.generator import Generator
    from assistant.generation.writer import Written


def _never() -> bool:
    return False


def open_assistant(settings: Settings) -> Assistant:
    """Open the index that `settings` names and wire an assistant over it.

    Raises:
        BaogaoIndexError: the index or its embedding model cannot be opened.
        ModelSetupError: the chat model cannot be opened as it is configured.
    """
    searcher = open_searcher(
        settings.data, settings.embedding, settings.reranker, read_only=settings.read_only
    )
    assistant = Assistant(searcher, load_gazetteer(), load_lexicon())
    if not settings.model:
        return assistant
    from assistant.generation.generator import open_generator

    return replace(assistant, generator=open_generator(settings, searcher))


@dataclass(frozen=True, slots=True)
class _Found:
    """An answer without a model, and the question as it was understood, if it was.

    `beside` is said before it, of places that have no report to compare with.
    """

    answer: Answer
    question: Question | None = None
    where: Filter | None = None
    beside: str = ""


@dataclass(frozen=True, slots=True)
class Assistant:
    """Answers questions over one index, in the reports' words or, with a `generator`, a model's."""

    searcher: Searcher
    gazetteer: Gazetteer
    lexicon: Lexicon
    generator: Generator | None = None
    texts: Texts = field(default_factory=Texts)

    @property
    def router(self) -> Router:
        """What answers questions about one place or a few."""
        return Router(self.searcher, self.lexicon)

    @property
    def analyst(self) -> Analyst:
        """What answers questions over many places or years."""
        return Analyst(self.searcher.catalogue, self.gazetteer, self.lexicon, self.texts)

    def ask(
        self,
        question: str,
        *,
        history: Sequence[str] = (),
        regions: frozenset[str] = frozenset(),
        years: frozenset[int] = frozenset(),
        reports: frozenset[str] = frozenset(),
    ) -> Answer:
        """Answer `question`, following up on the earlier user turns in `history`.

        Args:
            question: in Simplified or Traditional Chinese or English.
            history: the user's earlier questions, oldest first.
            regions: administrative codes to which the reports are limited; empty: all.
            years: years in which the reports were given; empty: all.
            reports: ids of the reports; empty: all.
        """
        steps = self.stream(
            question, history=history, regions=regions, years=years, reports=reports
        )
        return next(step for step in steps if isinstance(step, Answer))

    def stream(
        self,
        question: str,
        *,
        history: Sequence[str] = (),
        regions: frozenset[str] = frozenset(),
        years: frozenset[int] = frozenset(),
        reports: frozenset[str] = frozenset(),
        stopped: Callable[[], bool] = _never,
    ) -> Iterator[Writing | Answer]:
        """Answer as `ask` does, yielding the answer while a chat model writes it, and it last.

        Where the answer stands without a model, it is all there is. What `Writing` calls settled
        has passed the lock; the answer then passes the last check too.

        Args:
            question: as of `ask`.
            history: as of `ask`.
            regions: as of `ask`.
            years: as of `ask`.
            reports: as of `ask`.
            stopped: tells whether the reader has stopped the model; asked often.
        """
        check_question(question)
        given = Filter(regions=regions, years=years, reports=reports)
        with self.at_one_state() as now:
            yield from now._streamed(question, history[-MOST_TURNS:], given, stopped)  # noqa: SLF001

    def _streamed(
        self, question: str, history: Sequence[str], given: Filter, stopped: Callable[[], bool]
    ) -> Iterator[Writing | Answer]:
        started = time.perf_counter()
        budget = self.generator.model.budget(stopped) if self.generator else None
        with within(ANSWER_SECONDS):
            found = self._answer(question, history, given, budget)
        sources = self._sources()
        answer, note = found.answer, ""
        read = self._read_by_model(answer, history, given, budget)
        if read is not None:
            answer, note = read, phrase("read_by_model", read.language)
        elif budget is not None:
            for step in self._written(found, history, sources, budget):
                if isinstance(step, Writing):
                    yield step
                else:
                    answer, note = step.answer, step.note
        if answer is not found.answer or not _speaks_of_the_index(answer):
            answer = self._held(answer, sources, history)
        text = "\n\n".join(filter(None, (found.beside, answer.text, note)))
        notes = notes_of(answer, self.searcher.catalogue)
        yield replace(answer, text=text, notes=notes, latency_s=time.perf_counter() - started)

    def _read_by_model(
        self, bare: Answer, history: Sequence[str], given: Filter, budget: Budget | None
    ) -> Answer | None:
        """Return the answer to the model's reading of a question that ours leaves open."""
        is_open = bare.reason in ("not_stated", "off_topic") or bare.query is not None
        if self.generator is None or budget is None or not is_open:
            return None
        model = partial(self.generator.read, budget=budget)
        return self.analyst.reread(bare.question, history, given, model)

    def _sources(self) -> Sources:
        return Sources(
            self.raw_of, self._given, self.lexicon, self.gazetteer, years_of=self._years_about
        )

    def _held(self, answer: Answer, sources: Sources, history: Sequence[str]) -> Answer:
        """Hold an answer to its sources: a table to its cells, all else to its words."""
        if answer.query is None:
            return ground(answer, sources, asked=history)
        if check_cells(answer, self.raw_of):
            words = phrase("withheld_all", answer.language)
            return Answer(answer.question, answer.language, words, True, "not_stated")
        return answer

    def retrieve(self, question: str, *, history: Sequence[str] = (), top: int = 10) -> list[Hit]:
        """Return the passages that would be read to answer `question`, best first."""
        scope = self._scope(Filter())
        understood = understand(question, scope, history)
        where = self.router.reports_for(understood, Filter())
        return find_passages(understood, where or Filter(), self.searcher, top=top)

    def query(self, query: str | Mapping[str, Any], *, language: Language = "zh-Hans") -> Answer:
        """Answer a query as it is: JSON of the schema in docs/query.md, or what it stands for.

        Raises:
            QueryError: it is not of the schema, or names what is not known; a line for each fault.
        """
        with self.at_one_state() as now, within(ANSWER_SECONDS):
            answer = now.analyst.of_query(query, Filter(), language)
            answer = now._held(answer, now._sources(), ())  # noqa: SLF001 - of this class
            return replace(answer, notes=notes_of(answer, now.searcher.catalogue))

    @contextmanager
    def at_one_state(self) -> Iterator[Assistant]:
        """Give an assistant over the index as it is now, whatever is written meanwhile.

        Raises:
            BaogaoIndexError: the index has gone or is damaged.
        """
        with self.searcher.at_one_state() as now:
            model = self.generator and replace(self.generator, catalogue=now.catalogue)
            yield replace(self, searcher=now, generator=model)

    def reports(self) -> list[Report]:
        """Return the indexed reports, by place and year."""
        return sorted(self.searcher.catalogue.reports(), key=by_place_and_year)

    def raw_of(self, document: str) -> str:
        """Return the raw text of a document by the name that citations use."""
        return self.searcher.catalogue.raw(self.searcher.catalogue.report_of(document).id)

    def sources(self, answer: Answer) -> list[Source]:
        """Return each citation of `answer` with the passage around it, cleaned and original."""
        return [source_of(each, self.searcher.catalogue) for each in answer.citations]

    def _answer(
        self, text: str, history: Sequence[str], given: Filter, budget: Budget | None
    ) -> _Found:
        """Answer a question as one, and part by part where it asks several things."""
        scope = self._scope(given)
        turns = turns_of(history, scope)
        found = self._whole(text, turns, given, budget)
        if found.beside or self._is_for_a_model(found):
            return found

        def ask(part: str, before: Sequence[str]) -> Answer:
            answer = self._whole(part, before, given, None).answer
            answer = self._quoted(answer, part, before, given) or answer
            if _speaks_of_the_index(answer):
                return answer
            return self._held(answer, self._sources(), (*before, text))

        asks = asks_of(text, scope)
        whole = self._held(found.answer, self._sources(), (*turns, text)) if asks else found.answer
        answer = answer_parts(whole, asks, turns, ask, self.searcher.catalogue)
        answer = self._quoted(answer, text, turns, given) or answer
        return found if answer is whole else _Found(answer)

    def _quoted(
        self, refusal: Answer, text: str, history: Sequence[str], given: Filter
    ) -> Answer | None:
        """Quote the clause that most likely answers a question that nothing else does, if any.

        Where the question was taken for one of a table, one has to be surer.
        """
        if not refusal.abstained or refusal.reason != "not_stated":
            return None
        scope = self._scope(given)
        question = understand(text, scope, history)
        where = self.router.reports_for(question, given)
        around = {code for place in question.places for code in place.parents}
        elsewhere = any(place.code not in around for place in question.elsewhere)
        if where is None or elsewhere or (refusal.query and len(question.places) != 1):
            return None
        least = SURER if refusal.query else SURE
        quoted = self.router.likeliest(question, where, scope, least)
        if quoted is None:
            return None
        reading = self.analyst.read(text, given, history)
        left, catalogue = reading.left if reading else (), self.searcher.catalogue
        return None if unquoted(left, question, quoted, catalogue, self.lexicon) else quoted

    def _is_for_a_model(self, found: _Found) -> bool:
        if self.generator is None or found.question is None:
            return False
        from assistant.generation.generator import leaves_alone

        return not leaves_alone(found.question, found.answer)

    def _scope(self, given: Filter) -> Scope:
        newest = self.searcher.catalogue.newest(given)
        return Scope(newest=newest, gazetteer=self.gazetteer, lexicon=self.lexicon)

    def _whole(
        self, text: str, history: Sequence[str], given: Filter, budget: Budget | None
    ) -> _Found:
        scope = self._scope(given)
        if not scope.newest:
            language = language_of(text)
            known = self.searcher.catalogue.count_reports()
            words = phrase("none_fit" if known else "no_index", language)
            return _Found(Answer(text, language, words, True, "no_report"))
        reading = self.analyst.read(text, given, history)
        analysed = self.analyst.told(text, reading, given) if reading else None
        if analysed is not None:
            return _Found(analysed)
        alone = restated(reading, language_of(text)) if reading and history else None
        if history and alone is None and cues.shows("why", fold_question(text)):
            alone = why_of(text, self.analyst.read(history[-1], given, history[:-1]))
        if alone is not None:
            found = self._whole(alone, (), given, None)
            if not found.answer.abstained:
                return _Found(replace(found.answer, question=text))
        question = self._understood(text, scope, history, budget)
        if question.opinion:
            words = phrase("opinion", question.language)
            return _Found(Answer(text, question.language, words, True, "opinion"))
        if question.elsewhere and not question.places:
            return _Found(self.router.abstainer.no_report_of_place(question, given))
        left = reading.left if reading and not history else ()
        towns = tuple(each.name for each in question.places if each.level == "township")
        left = tuple(word for word in left if not word.startswith(towns)) if towns else left
        unknown = unknown_place(left, question.folded, is_placed=bool(question.places))
        if unknown is not None:
            return _Found(self.router.abstainer.no_report_of_name(question, unknown, given))
        asked = question
        if question.elsewhere and len(question.places) == 1:
            question = replace(question, operation="look_up")  # nothing to compare with
        if self.router.asks_of_nobody(question, scope):
            return _Found(self.router.abstainer.whose(question, left, given))
        where = self.router.reports_for(question, given)
        if where is None:
            return _Found(self.router.abstainer.no_report_of_year(question, given))
        answer = self._stated(question, where, scope, reading, left, given)
        return _Found(answer, question, where, self.router.beside(asked, answer))

    def _stated(
        self,
        question: Question,
        where: Filter,
        scope: Scope,
        reading: Reading | None,
        left: Sequence[str],
        given: Filter,
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
            return self.analyst.small(question.text, reading, given) or answer
        return answer

    def _understood(
        self, text: str, scope: Scope, history: Sequence[str], budget: Budget | None
    ) -> Question:
        question = understand(text, scope, history)
        if self.generator is None or budget is None or not history:
            return question
        rewritten = self.generator.rewritten(text, scope, history, budget)
        if rewritten is None:
            return question
        return replace(understand(rewritten, scope), text=text, language=question.language)

    def _written(
        self, found: _Found, history: Sequence[str], sources: Sources, budget: Budget
    ) -> Iterator[Writing | Written]:
        """Have the model write, where it is for a model to write."""
        generator, question, where = self.generator, found.question, found.where
        if not self._is_for_a_model(found) or not (generator and question and where):
            return
        scope = self._scope(where)
        worded = StructureAnswerer(self.searcher).worded(question, where)
        groups = self.router.groups(worded, where, scope)
        top = max(2, generator.passages // len(groups))
        hits = [
            hit for group in groups for hit in find_passages(worded, group, self.searcher, top=top)
        ]
        figures = self.searcher.catalogue.figures(
            where, indicators=[indicator.id for indicator in question.indicators]
        )
        stated = [each for each in figures if each.is_sure] if question.indicators else []
        yield from generator.write(question, found.answer, hits, stated, sources, history, budget)

    def _given(self) -> list[Given]:
        pairs = self.searcher.catalogue.places_and_years()
        return [(self.gazetteer.get(code).name, year) for code, year in pairs]

    def _years_about(self, citation: Citation) -> frozenset[int]:
        from assistant.generation.context import years_of_citation

        return years_of_citation(citation, self.searcher.catalogue)


def _speaks_of_the_index(answer: Answer) -> bool:
    """Tell whether an answer says which reports there are, in words of ours and no report's."""
    says_none = answer.abstained and answer.reason == "no_report"
    return says_none and not (answer.citations or answer.figures)
