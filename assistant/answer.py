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
from assistant.answering.quotes.excerpts import source_of
from assistant.answering.quotes.ranking import find_passages
from assistant.answering.routing import Router
from assistant.answering.structure import StructureAnswerer
from assistant.deciding import Decider, Found
from assistant.grounding.cells import check_cells
from assistant.grounding.check import Sources, ground
from assistant.grounding.places_and_years import Given
from assistant.limits import ANSWER_SECONDS, check_question, recent
from assistant.prompts import phrase
from assistant.queries.texts import Texts
from assistant.questions.places import Scope
from assistant.questions.understand import understand
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
        settings.data,
        settings.embedding,
        settings.reranker,
        read_only=settings.read_only,
        database=settings.database,
        chroma=settings.chroma,
    )
    assistant = Assistant(searcher, load_gazetteer(), load_lexicon())
    if not settings.model:
        return assistant
    from assistant.generation.generator import open_generator

    return replace(assistant, generator=open_generator(settings, searcher))


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
        earlier = recent(history)
        given = Filter(regions=regions, years=years, reports=reports)
        with self.at_one_state() as now:
            yield from now._streamed(question, earlier, given, stopped)  # noqa: SLF001

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
        with within(ANSWER_SECONDS):
            if answer is not found.answer or not _speaks_of_the_index(answer):
                answer = self._held(answer, sources, history)
            notes = notes_of(answer, self.searcher.catalogue)
        text = "\n\n".join(filter(None, (found.beside, answer.text, note)))
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
        if check_cells(answer, self._raws(answer).__getitem__):
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

    def _raws(self, answer: Answer) -> dict[str, str]:
        """Return the raw text of each document that an answer cites."""
        catalogue = self.searcher.catalogue
        ids = catalogue.ids_of({citation.document for citation in answer.citations})
        texts = catalogue.texts_of(ids.values())
        return {document: texts[report_id][0] for document, report_id in ids.items()}

    def sources(self, answer: Answer) -> list[Source]:
        """Return each citation of `answer` with the passage around it, cleaned and original."""
        return [source_of(each, self.searcher.catalogue) for each in answer.citations]

    def _answer(
        self, text: str, history: Sequence[str], given: Filter, budget: Budget | None
    ) -> Found:
        """Decide without a model what answers a question, as it reads with its earlier turns."""
        sources = self._sources()

        def hold(answer: Answer, asked: Sequence[str]) -> Answer:
            return answer if _speaks_of_the_index(answer) else self._held(answer, sources, asked)

        again = partial(self._read_again, budget)
        decider = Decider(self.router, self.analyst, self._scope(given), given, hold, again)
        return decider.decided(text, history, self._is_for_a_model)

    def _read_again(
        self, budget: Budget | None, question: Question, scope: Scope, history: Sequence[str]
    ) -> Question:
        """Return a question that follows earlier turns as the model rewrites it, if any."""
        if self.generator is None or budget is None or not history:
            return question
        rewritten = self.generator.rewritten(question.text, scope, history, budget)
        if rewritten is None:
            return question
        return replace(understand(rewritten, scope), text=question.text, language=question.language)

    def _is_for_a_model(self, found: Found) -> bool:
        if self.generator is None or found.question is None:
            return False
        from assistant.generation.generator import leaves_alone

        return not leaves_alone(found.question, found.answer)

    def _scope(self, given: Filter) -> Scope:
        newest = self.searcher.catalogue.newest(given)
        return Scope(newest=newest, gazetteer=self.gazetteer, lexicon=self.lexicon)

    def _written(
        self, found: Found, history: Sequence[str], sources: Sources, budget: Budget
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
