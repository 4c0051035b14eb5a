"""From a question to a grounded answer: understand, choose the reports, find the words, compose.

`open_assistant` wires the real parts. Knows nothing of the web page, the command line or how a
question set is scored.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from assistant.analysis import Analyst
from assistant.answering.abstentions import Abstainer, by_place_and_year
from assistant.answering.accounting import unaccounted, unknown_place, years_missed
from assistant.answering.figures.answerer import FigureAnswerer
from assistant.answering.parts import answer_parts, turns_of
from assistant.answering.quotes.across import asks_who_mentions
from assistant.answering.quotes.answerer import QuoteAnswerer, asks_to_tell
from assistant.answering.quotes.excerpts import source_of
from assistant.answering.quotes.ranking import find_passages
from assistant.answering.structure import StructureAnswerer
from assistant.grounding.cells import check_cells
from assistant.grounding.check import Sources, ground
from assistant.grounding.places_and_years import Given
from assistant.prompts import phrase
from assistant.queries.texts import Texts
from assistant.questions import cues
from assistant.questions.places import Scope
from assistant.questions.understand import language_of, understand
from assistant.reading.parting import asks_of
from assistant.reading.restating import restated
from assistant.settings import Settings
from assistant.types import Answer, Citation, Language, Question, Source, Writing
from index.lexicon.indicators import Lexicon, load_lexicon
from index.places.gazetteer import Gazetteer, load_gazetteer
from index.search.searcher import Searcher, open_searcher
from index.types import Filter, Hit, Region, Report

if TYPE_CHECKING:
    from assistant.generation.chat_model import Budget
    from assistant.generation.generator import Generator
    from assistant.generation.writer import Written

_PLACES = 12
"""At how many places a question about every place is answered one by one."""
_COMPARES = ("difference", "ratio", "compare", "rank", "highest", "lowest")
"""What is done with places side by side."""


def _never() -> bool:
    return False


def open_assistant(settings: Settings) -> Assistant:
    """Open the index that `settings` names and wire an assistant over it.

    Raises:
        BaogaoIndexError: the index or its embedding model cannot be opened.
        ModelSetupError: the chat model cannot be opened as it is configured.
    """
    searcher = open_searcher(settings.data, settings.embedding, settings.reranker)
    return Assistant(
        searcher=searcher,
        gazetteer=load_gazetteer(),
        lexicon=load_lexicon(),
        generator=_generator(settings, searcher) if settings.model else None,
    )


def _generator(settings: Settings, searcher: Searcher) -> Generator | None:
    from assistant.generation.chat_model import open_model
    from assistant.generation.generator import Generator

    model = open_model(settings)
    return Generator(model, searcher.catalogue, searcher.embedder) if model else None


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
    ) -> Answer:
        """Answer `question`, following up on the earlier user turns in `history`.

        Args:
            question: in Simplified or Traditional Chinese or English.
            history: the user's earlier questions, oldest first.
            regions: administrative codes to which the reports are limited; empty: all.
            years: years in which the reports were given; empty: all.
        """
        steps = self.stream(question, history=history, regions=regions, years=years)
        return next(step for step in steps if isinstance(step, Answer))

    def stream(
        self,
        question: str,
        *,
        history: Sequence[str] = (),
        regions: frozenset[str] = frozenset(),
        years: frozenset[int] = frozenset(),
        stopped: Callable[[], bool] = _never,
    ) -> Iterator[Writing | Answer]:
        """Answer as `ask` does, yielding the answer while a chat model writes it, and it last.

        Without a model, and where the answer stands without one, the answer is all there is. What
        `Writing` calls settled has passed the lock; the answer then passes the last check too.

        Args:
            question: as of `ask`.
            history: as of `ask`.
            regions: as of `ask`.
            years: as of `ask`.
            stopped: tells whether the reader has stopped the model; asked often.
        """
        started = time.perf_counter()
        budget = self.generator.model.budget(stopped) if self.generator else None
        given = Filter(regions=regions, years=years)
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
        answer = self._held(answer, sources, history)
        paragraphs = (found.beside, answer.text, note)
        answer = replace(answer, text="\n\n".join(filter(None, paragraphs)))
        yield replace(answer, latency_s=time.perf_counter() - started)

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
        where = self._where(understood, Filter())
        return find_passages(understood, where or Filter(), self.searcher, top=top)

    def query(self, query: str | Mapping[str, Any], *, language: Language = "zh-Hans") -> Answer:
        """Answer a query as it is: JSON of the schema in docs/query.md, or what it stands for.

        Raises:
            QueryError: it is not of the schema, or names what is not known; a line for each fault.
        """
        answer = self.analyst.of_query(query, Filter(), language)
        return self._held(answer, self._sources(), ())

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
            return self._held(answer, self._sources(), (*before, text))

        asks = asks_of(text, scope)
        whole = self._held(found.answer, self._sources(), (*turns, text)) if asks else found.answer
        answer = answer_parts(whole, asks, turns, ask, self.searcher.catalogue)
        return found if answer is whole else _Found(answer)

    def _is_for_a_model(self, found: _Found) -> bool:
        if self.generator is None or found.question is None:
            return False
        return not self.generator.leaves_alone(found.question, found.answer)

    def _scope(self, given: Filter) -> Scope:
        newest = self.searcher.catalogue.newest(given)
        return Scope(newest=newest, gazetteer=self.gazetteer, lexicon=self.lexicon)

    def _whole(
        self, text: str, history: Sequence[str], given: Filter, budget: Budget | None
    ) -> _Found:
        newest = self.searcher.catalogue.newest(given)
        if not newest:
            language = language_of(text)
            known = self.searcher.catalogue.count_reports()
            words = phrase("none_fit" if known else "no_index", language)
            return _Found(Answer(text, language, words, True, "no_report"))
        reading = self.analyst.read(text, given, history)
        analysed = self.analyst.told(text, reading, given) if reading else None
        if analysed is not None:
            return _Found(analysed)
        scope = self._scope(given)
        alone = restated(reading, language_of(text)) if reading and history else None
        if alone is not None:
            found = self._whole(alone, (), given, None)
            if not found.answer.abstained:
                return _Found(replace(found.answer, question=text))
        question = self._understood(text, scope, history, budget)
        if question.opinion:
            words = phrase("opinion", question.language)
            return _Found(Answer(text, question.language, words, True, "opinion"))
        if question.elsewhere and not question.places:
            return _Found(self._abstainer().no_report_of_place(question, given))
        left = reading.left if reading and not history else ()
        towns = tuple(each.name for each in question.places if each.level == "township")
        left = tuple(word for word in left if not word.startswith(towns)) if towns else left
        unknown = unknown_place(left, question.folded, is_placed=bool(question.places))
        if unknown is not None:
            return _Found(self._abstainer().no_report_of_name(question, unknown, given))
        where = self._where(question, given)
        if where is None:
            return _Found(self._abstainer().no_report_of_year(question, given))
        answer = self._routed(question, where, scope)
        missed = years_missed(reading, answer) if reading else ()
        if missed:
            return _Found(self._abstainer().not_of_years(question, missed, answer))
        answer = self._accounted(question, where, answer, left)
        return _Found(answer, question, where, self._beside(question, answer))

    def _beside(self, question: Question, answer: Answer) -> str:
        """Name the places without a report that a comparison would have to be with."""
        if not question.elsewhere or not answer.figures or question.operation not in _COMPARES:
            return ""
        places = self._abstainer().named(question.elsewhere, question.language)
        return phrase("not_indexed_beside", question.language, places=places)

    def _accounted(
        self, question: Question, where: Filter, answer: Answer, left: Sequence[str]
    ) -> Answer:
        """Replace an answer that leaves words aside by clauses that say them, or refuse it."""
        if answer.abstained or not answer.figures:
            return answer
        ignored = unaccounted(left, question.subject, answer, self.searcher.catalogue, self.lexicon)
        quotations = QuoteAnswerer(self.searcher, self.lexicon)
        unsaid = ignored
        leaves = bool(left) or question.language == "en"
        if not ignored and leaves and question.operation == "look_up":
            unsaid = quotations.unsaid(question, answer)[:1]
        if not unsaid:
            return answer
        worded = StructureAnswerer(self.searcher).worded(question, where)
        told = quotations.clauses(question, worded, [where], beside=True, saying=unsaid)
        if told is not None or not ignored:
            return told or answer
        return self._abstainer().not_accounted(question, ignored, answer)

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

    def _routed(self, question: Question, where: Filter, scope: Scope) -> Answer:
        places = self._places(question, where, scope)
        figures = FigureAnswerer(self.searcher.catalogue, self.lexicon)
        prose = StructureAnswerer(self.searcher)
        quotations = QuoteAnswerer(self.searcher, self.lexicon)
        answer = prose.meaning(question, where)
        if answer is None and asks_who_mentions(question):
            asked = replace(prose.worded(question, where), wanted="list", topics=())
            answer = prose.across(asked, where, self.lexicon)
        if answer is None and question.asks_why:
            answer = quotations.clauses(question, prose.worded(question, where), [where])
        answer = answer or figures.answer(question, where, places)
        if answer is not None:
            return answer
        if question.commanded:
            words = phrase("commanded", question.language)
            return Answer(question.text, question.language, words, True, "off_topic")
        where = self._named(question, where)
        worded = prose.worded(question, where)
        groups = self._groups(worded, where, scope)
        answer = quotations.naming(worded, groups) or prose.answer(question, where)
        if answer is None and question.every_place and question.wanted in ("text", "list"):
            answer = prose.across(worded, where, self.lexicon)
        if answer is not None:
            return answer
        if _asks_for_words(worded):
            told = "text" if worded.wanted == "number" else worded.wanted
            worded, nearest = replace(worded, wanted=told), None
        else:
            nearest = figures.nearest(worded, where, places)
        answer = quotations.clauses(question, worded, groups, beside=nearest is not None)
        if answer is None and nearest is not None:
            return self._abstainer().figure_not_stated(worded, where, nearest)
        if answer is None and not question.asks_why:
            answer = quotations.answer(worded, groups)
        if answer is not None:
            return answer
        return self._abstainer().not_stated(worded, where, quotations.nearest(worded, groups))

    def _written(
        self, found: _Found, history: Sequence[str], sources: Sources, budget: Budget
    ) -> Iterator[Writing | Written]:
        """Have the model write, where it is for a model to write."""
        generator, question, where = self.generator, found.question, found.where
        if not self._is_for_a_model(found) or not (generator and question and where):
            return
        scope = self._scope(where)
        worded = StructureAnswerer(self.searcher).worded(question, where)
        groups = self._groups(worded, where, scope)
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

    def _places(self, question: Question, where: Filter, scope: Scope) -> list[Region]:
        """Return the places whose figures are asked for."""
        if question.places:
            return list(question.places)
        places = [self.gazetteer.get(code) for code in sorted(where.regions or scope.newest)]
        level = "province" if question.provinces else None
        return [
            place
            for place in places
            if place.level != "country" and (level is None or place.level == level)
        ]

    def _where(self, question: Question, given: Filter) -> Filter | None:
        """Return which reports can hold the answer, None if no report covers the years asked about.

        A report covers its own year, the year before, and every other that it names. Without a
        place there may be very many reports, and only the first two are looked for.
        """
        catalogue = self.searcher.catalogue
        if not question.places:
            if not question.years:
                return given
            near = _next_to(question.years)
            where = replace(given, years=given.years & near if given.years else near)
            return where if catalogue.count_reports(where) else None
        places = frozenset(region.code for region in question.places)
        where = replace(given, regions=places)
        if not question.years:
            return where if catalogue.count_reports(where) else None
        covering = catalogue.naming(where, question.years) | {
            report.id
            for report in catalogue.reports(where)
            if report.year is None or report.year.value in _next_to(question.years)
        }
        return replace(where, reports=frozenset(covering)) if covering else None

    def _named(self, question: Question, where: Filter) -> Filter:
        """Return the reports of the years that a question names reports by, if there are any."""
        named = frozenset(question.report_years)
        if not named:
            return where
        narrowed = replace(where, years=named & where.years if where.years else named)
        return (
            narrowed
            if narrowed.years and self.searcher.catalogue.count_reports(narrowed)
            else where
        )

    def _abstainer(self) -> Abstainer:
        return Abstainer(self.searcher.catalogue, self.lexicon)

    def _groups(self, question: Question, where: Filter, scope: Scope) -> list[Filter]:
        """Part the reports by place where places are compared, else take them together."""
        if question.every_place:
            codes = sorted(where.regions or scope.newest)
        else:
            codes = [region.code for region in question.places]
        if len(codes) < 2:
            return [where]
        return [replace(where, regions=frozenset({code})) for code in codes[:_PLACES]]


def _asks_for_words(question: Question) -> bool:
    """Tell whether a question asks for words, so that a figure is not what is missing."""
    if question.wanted == "list" and not question.every_place:
        return True
    told = cues.shows("told", question.folded) and not cues.shows("number", question.folded)
    return told or asks_to_tell(question)


def _next_to(years: Sequence[int]) -> frozenset[int]:
    """Return the years in which reports are given that speak of `years`: those and the next."""
    return frozenset(year + later for year in years for later in (0, 1))
