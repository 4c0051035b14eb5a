"""From a question to a grounded answer: understand, choose the reports, find the words, compose.

`open_assistant` wires the real parts. Knows nothing of the web page, the command line or how a
question set is scored.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from assistant.compose import Composer
from assistant.figure_answers import FigureSpeaker
from assistant.figure_road import FigureRoad
from assistant.grounding import Sources, ground
from assistant.lookup import Stated
from assistant.prompts import phrase
from assistant.prose import ProseRoad
from assistant.quote import Evidence, find_evidence, find_passages
from assistant.settings import Settings
from assistant.statements import Statement
from assistant.types import Answer, Citation, Excerpt, Question, Reason, Source
from assistant.understand import Scope, language_of, understand
from index.indicators import Lexicon, load_lexicon
from index.regions import Gazetteer, load_gazetteer
from index.search import Searcher, open_searcher
from index.types import Filter, Hit, Region, Report, Span

_RELEVANT = 0.34
"""Below this relevance a statement is not about the question; see `quote.Evidence`."""
_PLACES = 12
"""At how many places a question about every place is answered one by one."""
_STATEMENTS = {"list": 3, "text": 2}
"""How many statements are quoted of a report, by the shape of answer; one for all others."""


def open_assistant(settings: Settings) -> Assistant:
    """Open the index that `settings` names and wire an assistant over it.

    Raises:
        BaogaoIndexError: the index or its embedding model cannot be opened.
    """
    return Assistant(
        searcher=open_searcher(settings.data, settings.embedding, settings.reranker),
        gazetteer=load_gazetteer(),
        lexicon=load_lexicon(),
    )


@dataclass(frozen=True, slots=True)
class Assistant:
    """Answers questions over one index."""

    searcher: Searcher
    gazetteer: Gazetteer
    lexicon: Lexicon

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
        started = time.perf_counter()
        answer = self._answer(question, history, Filter(regions=regions, years=years))
        indexed = self.searcher.catalogue.reports
        sources = Sources(self.raw_of, indexed, self.lexicon, self.gazetteer)
        answer = ground(answer, sources, asked=history)
        return replace(answer, latency_s=time.perf_counter() - started)

    def retrieve(self, question: str, *, history: Sequence[str] = (), top: int = 10) -> list[Hit]:
        """Return the passages that would be read to answer `question`, best first."""
        newest = self.searcher.catalogue.newest()
        scope = Scope(newest=newest, gazetteer=self.gazetteer, lexicon=self.lexicon)
        understood = understand(question, scope, history)
        where = self._where(understood, Filter())
        return find_passages(understood, where or Filter(), self.searcher, top=top)

    def reports(self) -> list[Report]:
        """Return the indexed reports, by place and year."""
        return sorted(self.searcher.catalogue.reports(), key=_by_place_and_year)

    def raw_of(self, document: str) -> str:
        """Return the raw text of a document by the name that citations use."""
        return self.searcher.catalogue.raw(self.searcher.catalogue.report_of(document).id)

    def sources(self, answer: Answer) -> list[Source]:
        """Return each citation of `answer` with the passage around it, cleaned and original."""
        return [self._source(citation) for citation in answer.citations]

    def _answer(self, text: str, history: Sequence[str], given: Filter) -> Answer:
        newest = self.searcher.catalogue.newest(given)
        if not newest:
            language = language_of(text)
            return Answer(text, language, phrase("no_index", language), True, "no_report")
        scope = Scope(newest=newest, gazetteer=self.gazetteer, lexicon=self.lexicon)
        question = understand(text, scope, history)
        if question.opinion:
            words = phrase("opinion", question.language)
            return Answer(text, question.language, words, True, "opinion")
        if question.elsewhere and not question.places:
            return self._no_report_of_place(question, given)
        where = self._where(question, given)
        if where is None:
            return self._no_report_of_year(question, given)
        places = self._places(question, where, scope)
        road = FigureRoad(self.searcher.catalogue, self.lexicon)
        prose = ProseRoad(self.searcher)
        answer = prose.meaning(question, where) or road.answer(question, where, places)
        if answer is not None:
            return answer
        if question.commanded:
            words = phrase("commanded", question.language)
            return Answer(text, question.language, words, True, "off_topic")
        answer = prose.answer(question, where)
        if answer is not None:
            return answer
        question = prose.worded(question, where)
        nearest = road.nearest(question, where, places)
        if nearest is not None:
            return self._figure_not_stated(question, where, nearest)
        return self._from_quotations(question, where, scope)

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

    # Answers in the reports' own words

    def _from_quotations(self, question: Question, where: Filter, scope: Scope) -> Answer:
        composer = Composer(question.language, self.searcher.catalogue)
        lines: list[str] = []
        nearest: list[Evidence] = []
        indicator = question.indicators[0] if question.indicators else None
        for group in self._groups(question, where, scope):
            evidence = find_evidence(question, group, self.searcher, self.lexicon)
            found = [item for item in evidence if item.answers and item.relevance >= _RELEVANT]
            nearest.extend(evidence[:1])
            best = _distinct(found)[: _STATEMENTS.get(question.wanted, 1)]
            lines.extend(
                composer.statements(statements, indicator)
                for statements in _by_report(item.statement for item in best)
            )
        if not lines:
            return self._not_stated(question, where, nearest)
        return Answer(
            question=question.text,
            language=question.language,
            text="\n\n".join(lines),
            citations=tuple(composer.citations),
        )

    def _groups(self, question: Question, where: Filter, scope: Scope) -> list[Filter]:
        """Part the reports by place where places are compared, else take them together."""
        if question.every_place:
            codes = sorted(where.regions or scope.newest)
        else:
            codes = [region.code for region in question.places]
        if len(codes) < 2:
            return [where]
        return [replace(where, regions=frozenset({code})) for code in codes[:_PLACES]]

    # Abstentions

    def _no_report_of_place(self, question: Question, given: Filter) -> Answer:
        composer = Composer(question.language, self.searcher.catalogue)
        words = phrase(
            "no_report_place",
            question.language,
            places=composer.places(question.elsewhere),
            known=composer.reports(self._known(given)),
        )
        return Answer(question.text, question.language, words, True, "no_report")

    def _no_report_of_year(self, question: Question, given: Filter) -> Answer:
        composer = Composer(question.language, self.searcher.catalogue)
        places = frozenset(region.code for region in question.places)
        words = phrase(
            "no_report_year",
            question.language,
            place=composer.places(question.places),
            years=composer.joined([str(year) for year in question.years]),
            known=composer.reports(self._known(replace(given, regions=places or given.regions))),
        )
        return Answer(question.text, question.language, words, True, "no_report")

    def _not_stated(self, question: Question, where: Filter, nearest: Sequence[Evidence]) -> Answer:
        composer = Composer(question.language, self.searcher.catalogue)
        searched = composer.reports(self._known(where))
        related = [item for item in nearest if item.relevance >= _RELEVANT]
        reason: Reason = "not_stated" if question.places or related else "off_topic"
        if reason == "off_topic":
            words = phrase("not_stated_anywhere", question.language, known=searched)
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

    def _figure_not_stated(self, question: Question, where: Filter, nearest: Stated) -> Answer:
        speaker = FigureSpeaker(Composer(question.language, self.searcher.catalogue), self.lexicon)
        composer = speaker.composer
        words = phrase(
            "not_stated_about",
            question.language,
            reports=composer.reports(self._known(where)),
            indicator=composer.indicator(question.indicators[0]),
        )
        sentence = phrase("nearest", question.language, statement=speaker.sentence(nearest))
        return speaker.answer(question, f"{words}\n\n{sentence}", "not_stated")

    def _known(self, where: Filter) -> list[Report]:
        return sorted(self.searcher.catalogue.reports(where), key=_by_place_and_year)

    # Sources for people

    def _source(self, citation: Citation) -> Source:
        catalogue = self.searcher.catalogue
        report = catalogue.report_of(citation.document)
        normalized = catalogue.normalized(report.id)
        cited = Span(citation.start, citation.end)
        passage = catalogue.passage_at(report.id, cited)
        clean = normalized.clean_span(cited)
        around = passage.span if passage else clean
        raw_around = passage.raw_span if passage else cited
        return Source(
            citation=citation,
            headings=passage.headings if passage else (),
            cleaned=_excerpt(normalized.text, around, clean),
            original=_excerpt(normalized.raw, raw_around, cited),
        )


def _excerpt(text: str, around: Span, mark: Span) -> Excerpt:
    """Cut `around`, widened to hold `mark`, out of `text`."""
    start, end = min(around.start, mark.start), max(around.end, mark.end)
    return Excerpt(text[start:end], Span(mark.start - start, mark.end - start))


def _next_to(years: Sequence[int]) -> frozenset[int]:
    """Return the years in which reports are given that speak of `years`: those and the next."""
    return frozenset(year + later for year in years for later in (0, 1))


def _distinct(evidence: Sequence[Evidence]) -> list[Evidence]:
    """Drop statements whose words another one before them already has."""
    kept: list[Evidence] = []
    for item in evidence:
        words = item.statement.text
        if not any(words in other.statement.text for other in kept):
            kept.append(item)
    return kept


def _by_report(statements: Iterable[Statement]) -> list[list[Statement]]:
    """Gather statements by report, the reports in the order of their first."""
    gathered: dict[str, list[Statement]] = {}
    for statement in statements:
        gathered.setdefault(statement.report.id, []).append(statement)
    return list(gathered.values())


def _by_place_and_year(report: Report) -> tuple[str, int, str]:
    return (
        report.region.value.code if report.region else "",
        report.year.value if report.year else 0,
        report.document,
    )
