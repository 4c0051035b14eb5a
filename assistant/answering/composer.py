"""Words an answer in the question's language and script, with its marks and citations.

Knows the phrases and how a place, a report and a quotation are named; decides nothing.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from assistant.prompts import phrase
from assistant.types import Answer, AnswerFigure, Citation, Language, Question
from index.lexicon.indicators import Indicator
from index.storage.catalogue import Catalogue
from index.structure.statements import Statement
from index.text.offsets import OffsetMap
from index.text.script import to_traditional
from index.types import Region, Report, Span

MARK = re.compile(r"\[(\d{1,6})\]")
"""The mark of a citation in an answer's text."""
_LEAD_SHOWN = 60
"""Characters up to which a statement's lead is quoted before it."""
_Cited = tuple[str, int, int]
"""A document, and the start and the end of what is cited of it."""

_NAMED = 8
"""How many places one line names."""


@dataclass(slots=True)
class Composer:
    """Gathers the citations of one answer while its sentences are worded."""

    language: Language
    catalogue: Catalogue
    citations: list[Citation] = field(default_factory=list)
    _sources: dict[str, tuple[str, OffsetMap]] = field(default_factory=dict, init=False)
    _numbers: dict[_Cited, int] = field(default_factory=dict, init=False)
    _last: Citation | None = field(default=None, init=False)

    def answer(self, question: Question, paragraphs: Sequence[str]) -> Answer:
        """Return the answer that paragraphs make, with what they cite."""
        return Answer(
            question=question.text,
            language=question.language,
            text="\n\n".join(paragraphs),
            citations=tuple(self.citations),
        )

    def cite(self, report: Report, clean: Span) -> str:
        """Cite a span of a report's clean text; return its mark. The same span keeps its number."""
        if report.id not in self._sources:
            self.read([report.id])
        text, offsets = self._sources[report.id]
        raw = offsets.source_span(clean)
        known = self._known()
        cited = (report.document, raw.start, raw.end)
        if cited not in known:
            self._last = Citation.of(report, raw, text, n=len(self.citations) + 1)
            self.citations.append(self._last)
            known[cited] = self._last.n
        return f"[{known[cited]}]"

    def read(self, report_ids: Collection[str]) -> None:
        """Read the sources of reports that will be cited, all at once.

        Raises:
            KeyError: There is no such report.
        """
        missing = set(report_ids) - self._sources.keys()
        self._sources |= self.catalogue.texts_of(missing)
        if unknown := missing - self._sources.keys():
            raise KeyError(min(unknown))

    def _known(self) -> dict[_Cited, int]:
        """Return the numbers of what is cited, whoever put it there."""
        last = self.citations[-1] if self.citations else None
        if last is not self._last or len(self._numbers) > len(self.citations):
            self._last = last
            self._numbers = {}
            for each in self.citations:
                self._numbers.setdefault((each.document, each.start, each.end), each.n)
        return self._numbers

    def adopt(self, citations: Iterable[Citation]) -> dict[int, int]:
        """Take over what another answer cites; return its numbers with those it has here."""
        return {each.n: self._adopted(each) for each in citations}

    def _adopted(self, citation: Citation) -> int:
        for known in self.citations:
            if replace(known, n=citation.n) == citation:
                return known.n
        self.citations.append(replace(citation, n=len(self.citations) + 1))
        return len(self.citations)

    def statements(
        self, statements: Sequence[Statement], indicator: Indicator | None = None
    ) -> str:
        """Quote statements of one report, each under its lead, after where they stand."""
        values = {
            "report": self.report(statements[0].report),
            "quotations": ("; " if self.language == "en" else "；").join(
                self._quotation(statement) for statement in statements
            ),
        }
        if indicator is None:
            return phrase("statement", self.language, **values)
        about = self.indicator(indicator)
        return phrase("statement_about", self.language, indicator=about, **values)

    def mark_of(self, statement: Statement) -> str:
        """Return the mark of a statement's words alone."""
        return self.cite(statement.report, statement.span)

    def _quotation(self, statement: Statement) -> str:
        values: dict[str, object] = {}
        key = "quotation"
        if statement.lead is not None and len(statement.lead_text) <= _LEAD_SHOWN:
            key = "quotation_under"
            values["lead"] = self.quoted(statement.lead_text)
            values["lead_mark"] = self.cite(statement.report, statement.lead)
        values["quote"] = self.quoted(statement.text)
        values["mark"] = self.cite(statement.report, statement.span)
        return phrase(key, self.language, **values)

    def quoted(self, text: str) -> str:
        """Return words of a report as the answer shows them: on one line, in the asked script."""
        # A report's own footnote marks are no citations of ours: [5] is shown as ［5］.
        line = MARK.sub(r"［\1］", " ".join(text.split("\n")))
        return to_traditional(line) if self.language == "zh-Hant" else line

    def indicator(self, indicator: Indicator) -> str:
        """Name an indicator; in English with its Chinese name in brackets."""
        return phrase("indicator", self.language, zh=self.quoted(indicator.zh), en=indicator.en)

    def place(self, region: Region) -> str:
        """Name a place."""
        return region.english if self.language == "en" else self.quoted(region.name)

    def place_of(self, report: Report) -> str:
        """Name the place of a report, or its file where the place is not known."""
        return self.place(report.region.value) if report.region else report.document

    def places(self, regions: Sequence[Region]) -> str:
        """Name several places in one line, the first few where there are many."""
        return self._first_few([self.place(region) for region in regions])

    def joined(self, words: Sequence[str]) -> str:
        """Set words side by side as the language does."""
        return (", " if self.language == "en" else "、").join(words)

    def report(self, report: Report) -> str:
        """Name a report by its place and year, or by its file where the place is not known."""
        place = self.place_of(report)
        if report.year is None:
            return phrase("report_without_year", self.language, region=place)
        return phrase("report", self.language, region=place, year=report.year.value)

    def reports(self, reports: Sequence[Report]) -> str:
        """Name several reports in one line, by place with their years, the first few places."""
        years: dict[str, list[int]] = {}
        for report in reports:
            place = self.place_of(report)
            years.setdefault(place, []).extend([report.year.value] if report.year else [])
        return self._first_few([self._with_years(place, each) for place, each in years.items()])

    def years_of_reports(self, reports: Sequence[Report]) -> str:
        """Name the reports there are, those of one place by every year."""
        places = {self.place_of(report) for report in reports}
        years = sorted({report.year.value for report in reports if report.year})
        if len(places) != 1 or len(years) < 2:
            return self.reports(reports)
        spans = years_in_words(years, self.language)
        return phrase("place_of_years", self.language, region=places.pop(), years=spans)

    def _with_years(self, place: str, years: Sequence[int]) -> str:
        if not years:
            return place
        if min(years) == max(years):
            return phrase("report_short", self.language, region=place, year=years[0])
        return phrase("years", self.language, region=place, first=min(years), last=max(years))

    def _first_few(self, names: Sequence[str]) -> str:
        if len(names) <= _NAMED:
            return self.joined(names)
        known = self.joined(names[:_NAMED])
        return phrase("places_and_more", self.language, known=known, count=len(names))


def with_statements(
    answer: Answer, statements: Sequence[Statement], catalogue: Catalogue
) -> Answer:
    """Quote statements beneath an answer, each by itself."""
    composer = Composer(answer.language, catalogue, list(answer.citations))
    lines = [composer.statements([each]) for each in statements]
    text = "\n\n".join([answer.text, *lines])
    return replace(answer, text=text, citations=tuple(composer.citations))


def renumbered(text: str, numbers: Mapping[int, int]) -> str:
    """Return a text with its marks as `Composer.adopt` numbers them."""
    return MARK.sub(lambda mark: f"[{numbers.get(int(mark[1]), int(mark[1]))}]", text)


def with_marks(figure: AnswerFigure, numbers: Mapping[int, int]) -> AnswerFigure:
    """Return a figure with its marks as `Composer.adopt` numbers them."""
    return replace(figure, marks=tuple(numbers[n] for n in figure.marks))


def years_in_words(years: Iterable[int], language: Language) -> str:
    """Name years in order, three and more in a row by the first and the last."""
    runs: list[list[int]] = []
    for year in sorted(years):
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    end = "" if language == "en" else "年"
    dash = "–" if language == "en" else "—"
    words = [
        f"{run[0]}{dash}{run[-1]}{end}"
        if len(run) > 2
        else (", " if language == "en" else "、").join(f"{year}{end}" for year in run)
        for run in runs
    ]
    return (", " if language == "en" else "、").join(words)
