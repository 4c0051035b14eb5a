"""Tells the result of a mention query: who says a term, how often, and where it stands first.

Knows how things are said; which reports were read was decided before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.answering.composer import Composer, years_in_words
from assistant.prompts import phrase
from assistant.queries.mentions import code_of, finder, year_of
from assistant.queries.types import Mention, MentionResult
from assistant.types import Answer, Question
from assistant.wording.coverage import absent_names
from index.structure.statements import parts_of, sentences_of, statements_of
from index.types import Span

_NAMED = 60
"""Reports that one line names before it only counts."""
_SHOWN = 40
"""Reports of which sentences are quoted where each one's are asked for."""
_FEW, _SENTENCES = 3, 3
"""Up to how many reports several sentences are quoted of each, and how many."""
_FRAGMENT, _FULL = 8, 24
"""Characters below which what mentions a term is no sentence, and from which it says something."""
_EARLY = 16
"""Characters before a term up to which a sentence is about it."""
_QUOTED = 120
"""Characters up to which the sentence around a mention is quoted."""


def tell(question: Question, result: MentionResult, composer: Composer) -> Answer:
    """Return the answer that a mention result makes."""
    telling = _Telling(question, result, composer)
    lines = list(filter(None, [*telling.told(), telling.missing()]))
    answer = composer.answer(question, lines)
    if telling.says or result.query.asks == "whether":
        return answer
    return replace(answer, abstained=True, reason="not_stated")


class _Telling:
    def __init__(self, question: Question, result: MentionResult, composer: Composer) -> None:
        self.result, self.composer = result, composer
        self.language = question.language
        self.term = composer.quoted("”“".join(result.query.terms[:1]))
        self.says = [each for each in result.mentions if each.count]
        self.silent = [each for each in result.mentions if not each.count]

    def told(self) -> list[str]:
        asks = self.result.query.asks
        if not self.says:
            count = len(self.result.mentions)
            if asks == "whether" and count:
                return [self._no()]
            return [phrase("says_nobody", self.language, count=count, term=self.term)]
        if asks in ("first", "last"):
            return self._ends(asks)
        if asks == "whether":
            return [self._yes()]
        if asks == "count":
            return self._counts()
        if asks == "says":
            return self._words()
        return self._who(is_negated=asks in ("who_not", "years_not"))

    def _no(self) -> str:
        reports = self.composer.reports([each.report for each in self.silent])
        return phrase("says_no", self.language, reports=reports, term=self.term)

    def _yes(self) -> str:
        newest = max(self.says, key=lambda each: year_of(each.report))
        mark, quote = self._quoted(newest)
        return phrase(
            "says_yes",
            self.language,
            report=self.composer.report(newest.report),
            term=self.term,
            count=newest.count,
            mark=mark,
            quote=quote,
        )

    def _end(self, asks: str) -> str:
        found = (min if asks == "first" else max)(self.says, key=lambda each: year_of(each.report))
        mark, quote = self._quoted(found)
        return phrase(
            f"says_{asks}",
            self.language,
            count=len(self.result.mentions),
            term=self.term,
            report=self.composer.report(found.report),
            mark=mark,
            quote=quote,
        )

    def _ends(self, asks: str) -> list[str]:
        """Say when first or last, and of one place how often in each of its reports."""
        if len({code_of(each.report) for each in self.says}) > 1 or len(self.says) < 2:
            return [self._end(asks)]
        other = "last" if asks == "first" else "first"
        most = max(each.count for each in self.says)
        years = [self._name(each) for each in self.says if each.count == most]
        values = {"years": self.composer.joined(years), "count": most}
        return [
            self._end(asks),
            self._end(other),
            phrase("says_in", self.language, count=len(self.says)),
            phrase("says_most", self.language, **values),
            *self._counts(),
        ]

    def _words(self) -> list[str]:
        """Quote what each report says of the term: by year of one place, else by place.

        Of a few reports several sentences are quoted; of very many one of the first, and how many
        more there are is said.
        """
        most = _SENTENCES if len(self.says) <= _FEW else 1
        lines = []
        for each in self.says[:_SHOWN]:
            spans = self._best(each, most)
            text = self.composer.catalogue.normalized(each.report.id).text
            quotes = [
                f"“{self.composer.quoted(span.of(text))}”{self._gap}"
                f"{self.composer.cite(each.report, span)}"
                for span in spans
            ]
            words = ("; " if self.language == "en" else "；").join(quotes)
            lines.append(phrase("says_each", self.language, name=self._name(each), quotes=words))
        head = phrase(
            "says_words",
            self.language,
            count=len(self.result.mentions),
            says=len(self.says),
            term=self.term,
        )
        more = len(self.says) - _SHOWN
        if more > 0:
            lines.append(phrase("says_more", self.language, count=more))
        return [head, *lines, self._others(self.silent)]

    @property
    def _gap(self) -> str:
        return " " if self.language == "en" else ""

    def _best(self, mention: Mention, most: int) -> list[Span]:
        """Return the sentences that say most of the term, in the order of the report."""
        catalogue = self.composer.catalogue
        found = finder(self.result.query.terms)
        scored: dict[Span, float] = {}
        for passage in catalogue.passages_of(mention.report.id):
            if not found.search(passage.text):
                continue
            for unit in parts_of(mention.report, passage, _QUOTED):
                places = [match.start() for match in found.finditer(unit.text)]
                if places and len(unit.text) >= _FRAGMENT:
                    early = places[0] < _EARLY
                    fits = _FULL <= len(unit.text) <= _QUOTED
                    scored.setdefault(unit.span, len(places) + 1.5 * early + fits)
        if not scored:
            return [self._sentence(mention)]
        best = sorted(scored, key=lambda span: -scored[span])[:most]
        return sorted(best, key=lambda span: span.start)

    def _counts(self) -> list[str]:
        mentions = list(self.result.mentions)
        places = {code_of(each.report) for each in mentions}
        by_count = self.result.query.ranked or len(places) > 1
        if by_count:
            mentions.sort(key=lambda each: -each.count)
        items = [
            phrase(
                "says_times",
                self.language,
                name=self._name(each),
                count=each.count,
                mark=self._mark(each),
            )
            for each in mentions
            if each.count
        ]
        head = phrase(
            "says_counts",
            self.language,
            term=self.term,
            count=len(mentions),
            total=sum(each.count for each in mentions),
        )
        return [head, self.composer.joined(items), self._others(self.silent)]

    def _who(self, *, is_negated: bool) -> list[str]:
        items = [f"{self._name(each)}{self._mark(each)}" for each in self.says]
        says = phrase(
            "says_who",
            self.language,
            count=len(self.result.mentions),
            says=len(self.says),
            term=self.term,
            items=self.composer.joined(items),
        )
        others = self._others(self.silent)
        never = self._never()
        return [never, others, says] if is_negated else [says, never, others]

    def _never(self) -> str:
        """Name the places none of whose reports says it, where several were named."""
        query = self.result.query
        if query.places.words or not 1 < len(query.places.regions) <= _NAMED:
            return ""
        saying = {code_of(each.report) for each in self.says}
        read = {code_of(each.report) for each in self.result.mentions}
        silent = [
            place
            for place in query.places.regions
            if place.code in read and place.code not in saying
        ]
        if not silent or len({year_of(each.report) for each in self.result.mentions}) < 2:
            return ""
        items = self.composer.joined([self.composer.place(place) for place in silent])
        return phrase("says_never", self.language, items=items)

    def _others(self, silent: Sequence[Mention]) -> str:
        if not silent:
            return ""
        if len({code_of(each.report) for each in self.result.mentions}) == 1:
            items = years_in_words([year_of(each.report) for each in silent], self.language)
            return phrase("says_who_not", self.language, count=len(silent), items=items)
        names = [self._name(each) for each in silent]
        if len(names) > _NAMED and len({year_of(each.report) for each in silent}) > 1:
            return phrase("says_not_count", self.language, count=len(names))
        items = self.composer.joined(names[:_NAMED])
        if len(names) > _NAMED:
            items = phrase("and_more", self.language, items=items, count=len(names))
        return phrase("says_who_not", self.language, count=len(names), items=items)

    def missing(self) -> str:
        missing = self.result.coverage.without_report
        if not missing:
            return ""
        several = len({year for _, year in missing}) > 1
        names = [
            f"{self.composer.place(place)} {year}" if several else self.composer.place(place)
            for place, year in missing
        ]
        items = absent_names(names, self.composer)
        return phrase("missing_reports", self.language, items=items)

    def _name(self, mention: Mention) -> str:
        places = {
            each.report.region.value.code for each in self.result.mentions if each.report.region
        }
        years = {year_of(each.report) for each in self.result.mentions}
        year = str(year_of(mention.report))
        given = str(mention.report.given or year)
        early = "" if given == year else phrase("given_in", self.language, year=given)
        if len(places) <= 1:
            return (year if self.language == "en" else f"{year}年") + early
        place = self.composer.place_of(mention.report)
        return (place if len(years) <= 1 else f"{place} {year}") + early

    def _mark(self, mention: Mention) -> str:
        assert mention.first is not None
        space = " " if self.language == "en" else ""
        return space + self.composer.cite(mention.report, mention.first)

    def _quoted(self, mention: Mention) -> tuple[str, str]:
        """Cite the sentence of a report's first mention; return its mark and its words."""
        assert mention.first is not None
        span = self._sentence(mention)
        text = self.composer.catalogue.normalized(mention.report.id).text
        words = self.composer.quoted(span.of(text))
        return self.composer.cite(mention.report, span), f"“{words}”"

    def _sentence(self, mention: Mention) -> Span:
        first = mention.first
        assert first is not None
        for passage in self.composer.catalogue.passages_of(mention.report.id):
            if passage.span.start <= first.start < passage.span.end:
                units = (sentences_of, statements_of)
                for unit in (each for cut in units for each in cut(mention.report, passage)):
                    inside = unit.span.start <= first.start and first.end <= unit.span.end
                    if inside and len(unit.span) <= _QUOTED:
                        return unit.span
        return first
