"""Answers a question that only the reports' own words answer: the best statements, quoted.

Comes last, after figures, lists and slogans. Which statements bear on a question is for `quote`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from assistant.answering.abstentions import RELEVANT, by_place_and_year
from assistant.answering.accounting import names_abroad
from assistant.answering.composer import Composer
from assistant.answering.quotes.asked import Word, asked_words
from assistant.answering.quotes.clauses import (
    Choice,
    choose,
    fits_time,
    is_of_years,
    needed,
)
from assistant.answering.quotes.named_things import asked_thing, names_things
from assistant.answering.quotes.ranking import (
    Evidence,
    find_evidence,
    find_passages,
    searched_words,
)
from assistant.answering.quotes.shown import (
    by_report,
    distinct,
    in_reading_order,
    is_of_place,
    without_repetition,
)
from assistant.answering.quotes.weighing import Read, names_one, weigh
from assistant.prompts import phrase
from assistant.queries.mentions import years_told
from assistant.questions import cues
from assistant.types import Answer, Question
from index.lexicon.indicators import Lexicon
from index.search.searcher import Searcher
from index.structure.statements import Statement, parts_of, with_what_follows
from index.types import Filter, Span

_STATEMENTS = {"list": 3, "text": 2}
"""How many statements are quoted of a report, by the shape of answer; one for all others."""
_TOLD = 4
"""How many are quoted, in reading order, of what a report says about something."""
_TOUCHES = 0.15
"""The relevance from which a statement that names things of the kind asked for is about them."""
_NAMING = 4
"""How many statements are quoted that name what is asked for."""
_PASSAGES, _PART = 40, 160
"""How many passages clauses are chosen from, and the characters of a clause."""
_CLAUSES = 3
"""How many are quoted at most; of a figure one, that all its words may be said of it."""
_COVERED, _ANYWHERE = 0.5, 0.7
"""The share of the question's words that clauses have to say; more where no place is named."""
_ESSENTIAL = 0.34
"""The share from which a word is what the question is about: none may be left out."""
_UNSAID = 8.0
"""The weight of words that are not said where a figure was read, from which it may be another."""
_TELLING = 0.08
"""The share from which a word has to be said that another answer would leave aside."""
_OF_REASON = 0.15
"""The same where a reason is asked for: what it is the reason of has to be said."""
_BESIDE = 6.0
"""The weight of words from which they tell what is meant, or which figure of an indicator is."""
_LIKELIEST = 12
"""Statements that are held to the years asked about, of those that bear on a question."""
_AGAIN = 3
"""How often another clause is chosen where the figures of the one chosen are of another time."""
SURE, SURER, _VERY_SURE = 0.5, 0.6, 0.8
"""How sure one has to be of a clause to quote it as the answer, to quote it where a table was asked
for, and for it to leave more unsaid."""
_LEFT, _LEFT_AT_MOST = 0.6, 0.75
"""The share of the question's words that such a clause and what is around it may leave unsaid."""
_THEN, _GAINED = 8, 0.15
"""Clauses after the first that are looked at, and the share of the question's words that another
one has to add."""
_TOGETHER = 100
"""Characters up to which clauses of a sentence are quoted together."""
_FOLLOWING = 140
"""Characters up to which a heading, or the words that open a paragraph, are quoted on."""


@dataclass(frozen=True, slots=True)
class QuoteAnswerer:
    """Answers in the words of the reports that one searcher finds.

    In its methods `groups` are the reports to be searched, parted by place where places are
    compared.
    """

    searcher: Searcher
    lexicon: Lexicon

    def answer(self, question: Question, groups: Sequence[Filter]) -> Answer | None:
        """Quote what bears on a question; None where nothing does."""
        told = asks_to_tell(question)
        most = _TOLD if told else _STATEMENTS.get(question.wanted, 1)
        chosen = []
        for group in groups:
            found = self._evidence(question, group)
            best = [item for item in found if item.answers and item.relevance >= RELEVANT]
            if (need := needed(question)) is not None and question.wanted == "text":
                best = [item for item in best if need.search(item.statement.text)]
            best = [item for item in best if is_of_place(item.statement, question)][:_LIKELIEST]
            best = [each for each in best if self._is_of_its_time(question, each.statement)]
            statements = [self.in_full(question, item.statement) for item in distinct(best)]
            statements = without_repetition(statements)[:most]
            chosen.append(sorted(statements, key=in_reading_order) if told else statements)
        return self.quoted(question, groups, chosen) if any(chosen) else None

    def clauses(
        self,
        question: Question,
        worded: Question,
        groups: Sequence[Filter],
        *,
        beside: bool = False,
        saying: Sequence[str] = (),
    ) -> Answer | None:
        """Quote the clauses that say what a question asks; None where none say enough of it.

        What is compared between places, or asked of all, is not for single clauses.

        Args:
            question: as it was asked.
            worded: as it is searched.
            groups: the reports to be searched.
            beside: whether the question has to say more than which indicator it is about.
            saying: words that have to be said.
        """
        if asks_to_tell(question):
            return None
        compared = question.operation != "look_up" and len(question.places) > 1
        if question.every_place or (compared and question.topics):
            return None
        chosen = []
        for group in groups:
            choice = self._choice(question, worded, group, beside=beside)
            missing = choice.missing if choice else ()
            left = [word.text for word, share in missing if share >= _TELLING]
            told = not any(word in words for word in left for words in saying)
            found = choice.statements if choice and told else ()
            chosen.append([self.in_full(question, each) for each in found])
        return self.quoted(question, groups, chosen) if any(chosen) else None

    def unsaid(self, question: Question, answer: Answer) -> list[str]:
        """Return the words of a question not said where its figure was read, heaviest first.

        There are none where they say too little for the figure to be another than is asked for.
        """
        words = self.words(question)
        if sum(word.weight for word in words if not word.figure) < _UNSAID:
            return []
        cited = list(self.cited(answer))
        read = choose(question, words, cited, self.searcher.embedder, most=_CLAUSES)
        left = [word for word, _ in read.missing if not word.figure] if read else []
        left.sort(key=lambda word: -word.weight)
        return [word.text for word in left] if sum(word.weight for word in left) >= _UNSAID else []

    def cited(self, answer: Answer) -> Iterable[Statement]:
        """Yield the clauses that an answer cites."""
        catalogue = self.searcher.catalogue
        for citation in answer.citations:
            report = catalogue.report_of(citation.document)
            raw = Span(citation.start, citation.end)
            passage = catalogue.passage_at(report.id, raw)
            if passage is not None:
                clean = catalogue.normalized(report.id).clean_span(raw)
                for part in parts_of(report, passage, _PART):
                    if part.span.start < clean.end and clean.start < part.span.end:
                        yield part

    def _choice(
        self, question: Question, worded: Question, group: Filter, *, beside: bool
    ) -> Choice | None:
        words = self.words(question)
        own = sum(word.weight for word in words if not word.figure)
        of_figure = question.wanted == "number" and not question.asks_why
        of_figure = of_figure and (bool(question.topics) or any(word.figure for word in words))
        if sum(word.weight for word in words) < _BESIDE:
            return None
        if (beside or of_figure) and own < _BESIDE:
            return None
        parts = self.read(question, worded, group).statements
        count = 1 if beside or of_figure else _CLAUSES
        choice = choose(question, words, parts, self.searcher.embedder, most=count)
        for _ in range(_AGAIN):
            if choice is None or not self._is_of_other_years(question, choice.statements[0]):
                break
            parts = [part for part in parts if part != choice.statements[0]]
            choice = choose(question, words, parts, self.searcher.embedder, most=count)
        least = _COVERED if question.places else _ANYWHERE
        if choice is None or not choice.fits or choice.covered < least:
            return None
        is_named = not any(word.figure for word, _ in choice.missing)
        if of_figure and not (is_named and fits_time(question, choice.statements[0])):
            return None
        most = _OF_REASON if question.asks_why else _ESSENTIAL
        essential = any(share >= most or word.named for word, share in choice.missing)
        return None if essential else choice

    def _is_of_other_years(self, question: Question, statement: Statement) -> bool:
        """Tell whether a number of a year is asked for, and a clause surely has none but others'.

        So it is where a result is asked for, and it has goals alone.

        What grew on a year is of the next one, so that 比2016年增长 is told where 2016 is asked.
        """
        asked = {*question.years, *(question.span or ())}
        if not asked or question.wanted != "number":
            return False
        did = question.kind == "actual"
        rows = self.searcher.catalogue.figures(Filter(reports=frozenset({statement.report.id})))
        start, end = statement.span.start, statement.span.end
        stated = [each for each in rows if start <= each.value_span.start < end and each.is_sure]
        spans = [(each.years[0] - (each.kind != "target"), each.years[1]) for each in stated]
        if stated and did and all(each.kind == "target" for each in stated):
            return True
        return bool(spans) and not any(
            first <= year <= last for first, last in spans for year in asked
        )

    def likeliest(
        self, question: Question, worded: Question, groups: Sequence[Filter], *, least: float
    ) -> Answer | None:
        """Quote the clause that most likely answers; None where none is sure enough.

        Args:
            question: as it was asked.
            worded: as it is searched.
            groups: the reports to be searched.
            least: how sure one has to be, from 0 to 1.
        """
        chosen = [self._likely(question, worded, group, least) for group in groups]
        return self.quoted(question, groups, chosen) if any(chosen) else None

    def _likely(
        self, question: Question, worded: Question, group: Filter, least: float
    ) -> list[Statement]:
        read = self.read(question, worded, group)
        weighing = weigh(read, self.searcher.embedder, self.lexicon)
        if weighing is None or weighing.sureness < least:
            return []
        first, missing = weighing.statements[0], weighing.unsaid[0]
        if not self._can_answer(question, first, missing):
            return []
        unsaid = {word.text for word in missing}
        shares = {word.text: word.weight for word in read.words}
        total = sum(shares.values())
        left = sum(word.weight for word in missing) / total
        if any(word.weight > _ESSENTIAL * total for word in missing):
            return []
        if left > (_LEFT if weighing.sureness < _VERY_SURE else _LEFT_AT_MOST):
            return []
        picked = [first]
        for at, each in enumerate(weighing.statements[1:_THEN], 1):
            adds = unsaid - {word.text for word in weighing.unsaid[at]}
            gained = sum(shares[text] for text in adds) / total
            is_of_same = each.report.id == first.report.id and fits_time(question, each)
            if gained >= _GAINED and is_of_same and len(picked) < _CLAUSES:
                picked.append(each)
                unsaid -= adds
        return [self.in_full(question, each) for each in picked]

    def _can_answer(self, question: Question, statement: Statement, unsaid: Sequence[Word]) -> bool:
        """Tell whether a clause has what is asked for, of the years and the things asked about."""
        need, asks_number = needed(question), question.wanted == "number"
        named = set(question.report_years)
        if named and not named & {year for _, year in years_told(statement.report)}:
            return False
        if need is not None and not need.search(statement.text):
            return False
        if asks_number and not re.search(r"\d|百分之", statement.text):
            return False
        if any(word.named for word in unsaid) or (unsaid and names_abroad(question.folded)):
            return False
        if asks_number and question.topics and not names_one(statement, question, self.lexicon):
            return False
        return fits_time(question, statement) and self._is_of_its_time(question, statement)

    def _is_of_its_time(self, question: Question, statement: Statement) -> bool:
        """Tell whether a clause is of the years asked about, by its report or its own words."""
        years = {*question.years, *question.report_years}
        named = any(f"{year}年" in statement.sentence_text for year in years)
        if not named and not is_of_years(statement.report, question):
            return False
        return not self._is_of_other_years(question, statement)

    def read(self, question: Question, worded: Question, group: Filter) -> Read:
        """Read the passages that bear on a question, cut into clauses.

        Args:
            question: as it was asked.
            worded: as it is searched.
            group: the reports to be searched.
        """
        words = self.words(question)
        called = " ".join(name for word in words for name in word.called)
        asked = replace(worded, subject=f"{worded.subject} {called}")
        hits = find_passages(asked, group, self.searcher, top=_PASSAGES)
        parts = [part for hit in hits for part in parts_of(hit.report, hit.passage, _PART)]
        parts = [part for part in parts if is_of_place(part, question)]
        return Read(question, searched_words(worded), words, hits, parts)

    def naming(self, question: Question, groups: Sequence[Filter]) -> Answer | None:
        """Quote what names the things that a question asks for; None where nothing does."""
        thing = asked_thing(question)
        if thing is None:
            return None
        chosen = [
            [
                item.statement
                for item in distinct(self._evidence(question, group))
                if item.relevance >= _TOUCHES
                and names_things(item.statement.text, thing)
                and is_of_place(item.statement, question)
            ][:_NAMING]
            for group in groups
        ]
        return self.quoted(question, groups, chosen) if any(chosen) else None

    def nearest(self, question: Question, groups: Sequence[Filter]) -> list[Evidence]:
        """Return the statement of each group that comes nearest to a question."""
        return [item for group in groups for item in self._evidence(question, group)[:1]]

    def _evidence(self, question: Question, group: Filter) -> list[Evidence]:
        return find_evidence(question, group, self.searcher, self.lexicon)

    def in_full(self, question: Question, statement: Statement) -> Statement:
        """Return a clause with those beside it, and a heading that says nothing with what follows.

        Of a long sentence as much is quoted as may stand together.
        """
        whole = next(
            (
                part
                for part in parts_of(statement.report, statement.passage, _TOGETHER)
                if part.span.start <= statement.span.start and statement.span.end <= part.span.end
            ),
            statement,
        )
        if question.wanted not in _STATEMENTS:
            return whole
        return with_what_follows(whole, _FOLLOWING)

    def quoted(
        self, question: Question, groups: Sequence[Filter], chosen: Sequence[Sequence[Statement]]
    ) -> Answer:
        """Quote the statements chosen of each group of reports as the answer to a question."""
        composer = Composer(question.language, self.searcher.catalogue)
        figures = question.indicators if question.wanted == "number" else ()
        indicator = figures[0] if figures else None
        lines: list[str] = []
        for group, statements in zip(groups, chosen, strict=True):
            lines.extend(composer.statements(each, indicator) for each in by_report(statements))
            if not statements:
                lines.append(self._silent(question, group, composer))
        return composer.answer(question, lines)

    def words(self, question: Question) -> list[Word]:
        """Return the words that an answer to a question has to say."""
        return asked_words(question, self.searcher.embedder, self.lexicon)

    def _silent(self, question: Question, group: Filter, composer: Composer) -> str:
        """Say of a group that it says nothing, or that its place and years have no report."""
        known = sorted(self.searcher.catalogue.reports(group), key=by_place_and_year)
        if known:
            return phrase("not_stated", question.language, reports=composer.reports(known))
        places = [place for place in question.places if place.code in group.regions]
        return phrase("not_indexed_beside", question.language, places=composer.places(places))


def asks_to_tell(question: Question) -> bool:
    """Tell whether a question asks what is said about something, not how much it is."""
    return question.wanted == "text" and cues.shows("says", question.folded)
