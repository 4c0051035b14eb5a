"""Questions that the page offers: each was asked once, and answered, before it is offered.

They are of places and years that the table of figures has. Knows nothing of how they are shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from assistant.errors import AssistantError
from assistant.types import Answer, Language
from assistant.web.charts.figure_charts import indicator_called, place_called
from assistant.web.texts.loading import example_texts
from assistant.web.texts.records import ExampleTexts
from index.errors import BaogaoIndexError
from index.storage.catalogue import Catalogue
from index.storage.figure_table import Selection, counts_by, page_of_figures
from index.types import Figure, Report, years_of

if TYPE_CHECKING:
    from assistant.answer import Assistant

OFFERED = 4
"""How many questions are offered at first."""
NEXT = 3
"""How many are offered after an answer."""
_LOOKED_AT = 600
"""How many of the newest targets are looked at for places to ask about."""
_REMEMBERED = 1_000
"""Of how many questions it is remembered whether the index answers them, and places."""


@dataclass(frozen=True, slots=True)
class _About:
    """What a question may be about: the names of a place and an indicator, and a year.

    `region` and `name` are what figures call the place and the indicator.
    """

    place: str
    indicator: str
    year: int
    region: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class _Said:
    """What a question was answered, and the reports that it was taken from."""

    text: str
    documents: frozenset[str]
    reports: tuple[Report, ...]


@dataclass(slots=True)
class _Tried:
    """A question with the last answer that it could be offered for."""

    last: _Said | None = None


class Examples:
    """The questions that an assistant's index answers; found again when the index has changed."""

    def __init__(self, assistant: Assistant) -> None:
        # What is offered must be answered without a chat model's help, and at once.
        self._assistant = replace(assistant, generator=None)
        self._found = lru_cache(6)(self._first)
        self._said = lru_cache(_REMEMBERED)(self._say)
        self._newest = lru_cache(_REMEMBERED)(self._newest_of)
        self._years = lru_cache(_REMEMBERED)(self._years_in)
        self._tried = lru_cache(_REMEMBERED)(_tried)

    def first(self, language: Language) -> Sequence[str]:
        """Return questions to begin with, one for each ability."""
        return self._found(self._assistant.searcher.catalogue.generation, language)

    def after(self, answer: Answer, asked: Iterable[str]) -> list[str]:
        """Return questions that go on from an answer; `asked` are those of before."""
        known = {_bare(each) for each in (*asked, answer.question)}
        about = _about(answer) or self._near(answer)
        if about is None:
            first = self.first(answer.language)
            return [question for question in first if _bare(question) not in known][:NEXT]
        forms = self._borne_out(about, example_texts(answer.language))
        fresh = (question for question in _filled(forms, about) if _bare(question) not in known)
        return list(self._answered(fresh, NEXT, unlike=answer.text))

    def of(self, report: Report, language: Language, asked: Iterable[str] = ()) -> list[str]:
        """Return questions about one report alone; `asked` are those of before."""
        if report.place is None or report.given is None:
            return []
        known = {_bare(each) for each in asked}
        place = place_called(report.place.name, language)
        about = _About(place, self._default(language), report.given)
        texts = example_texts(language)
        forms = (texts.figure, texts.targets)
        fresh = (question for question in _filled(forms, about) if _bare(question) not in known)
        return list(self._answered(fresh, NEXT))

    def _borne_out(self, about: _About, texts: ExampleTexts) -> Iterator[str]:
        """Yield the forms of questions, without those of a target that the table does not have.

        To find that out by asking costs most where there is nothing to be found.
        """
        own = self._years_of_targets(about.name, self._codes(about.region))
        if own:
            yield texts.series
        if about.year in self._years_of_targets(about.name):
            yield texts.highest
        yield from (texts.targets, texts.missed)
        if about.year in own:
            yield texts.figure

    def _years_of_targets(self, name: str, codes: frozenset[str] = frozenset()) -> frozenset[int]:
        return self._years(self._assistant.searcher.catalogue.generation, name, codes)

    def _codes(self, region: str) -> frozenset[str]:
        """Return the codes of the places that have a name: those with a report, if there are any.

        None of them stands for all places, as in a selection of figures.
        """
        assistant = self._assistant
        places = (report.place for report in assistant.searcher.catalogue.reports())
        own = frozenset(place.code for place in places if place and place.name == region)
        named = assistant.gazetteer.mentions(region) if region and not own else []
        return own or frozenset(place.code for each in named for place in each.candidates)

    def _years_in(self, _: int, name: str, codes: frozenset[str]) -> frozenset[int]:
        """Return the years of the targets of an indicator, of all places or some."""
        wanted = Selection(codes, frozenset({name}), kinds=frozenset({"target"}))
        periods = counts_by(self._assistant.searcher.catalogue, wanted, "period")
        spans = (years_of(period) for period in periods)
        return frozenset(year for first, last in spans for year in range(first, last + 1))

    def _first(self, _: int, language: Language) -> tuple[str, ...]:
        figures = self._targets()
        if not figures:
            return ()
        texts = example_texts(language)
        name = self._default(language)
        newest, longest = figures[0], _of_most_years(figures)
        years = Counter(figure.period for figure in figures)
        busiest = max(years, key=lambda year: (years[year] > 1, year))
        chosen = [
            (texts.figure, _About(_place(newest, language), name, int(newest.period))),
            (texts.highest, _About("", name, int(busiest))),
            (texts.series, _About(_place(longest, language), name, int(longest.period))),
            (texts.targets, _About(_place(longest, language), name, int(longest.period))),
            (texts.missed, _About(_place(longest, language), name, int(longest.period) - 1)),
        ]
        questions = (next(_filled([form], about)) for form, about in chosen)
        return tuple(self._answered(questions, OFFERED))

    def _near(self, answer: Answer) -> _About | None:
        """Return what an answer without figures may go on to: a place that it names."""
        said, language = answer.question + answer.text, answer.language
        regions = {
            report.region.value
            for report in self._assistant.searcher.catalogue.reports()
            if report.region
        }
        named = [own for own in regions if place_called(own.name, language) in said]
        if not named:
            return None
        region = max(named, key=lambda own: (len(own.name), own.code))
        newest = self._newest(self._assistant.searcher.catalogue.generation, region.code)
        if newest is None:
            return None
        name = self._assistant.lexicon.default.zh
        year = int(newest.period)
        return _About(_place(newest, language), self._default(language), year, region.name, name)

    def _newest_of(self, _: int, code: str) -> Figure | None:
        return next(iter(self._targets(code)), None)

    def _targets(self, *regions: str) -> list[Figure]:
        """Return the newest growth targets of the default indicator, of all places or of some."""
        growth = Selection(
            regions=frozenset(regions),
            indicators=frozenset({self._assistant.lexicon.default.id}),
            kinds=frozenset({"target"}),
            measures=frozenset({"growth_yoy"}),
        )
        catalogue = self._assistant.searcher.catalogue
        found = page_of_figures(catalogue, growth, count=_LOOKED_AT)
        return [each for each in found if each.context is not None and each.period.isdecimal()]

    def _default(self, language: Language) -> str:
        return _indicator(self._assistant.lexicon.default.zh, language)

    def _answered(self, questions: Iterable[str], most: int, unlike: str = "") -> Iterator[str]:
        """Yield those of the questions that the index answers, and otherwise than `unlike`."""
        kept = 0
        for question in questions:
            if kept == most:
                return
            said = self._said(self._assistant.searcher.catalogue.generation, question)
            if said and said != unlike:
                kept += 1
                yield question

    def _say(self, _: int, question: str) -> str:
        """Return the text of an answer, empty where there is none to be offered.

        An answer stands as long as the reports do that it was taken from, whatever else is indexed.
        """
        tried = self._tried(question)
        try:
            with self._assistant.at_one_state() as now:
                catalogue, last = now.searcher.catalogue, tried.last
                if last and last.reports == _reports(catalogue, last.documents):
                    return last.text
                answer = now.ask(question)
                documents = frozenset(citation.document for citation in answer.citations)
                said = _Said(answer.text, documents, _reports(catalogue, documents))
        except (AssistantError, BaogaoIndexError):
            return ""
        tried.last = said if documents and not answer.abstained else None
        return tried.last.text if tried.last else ""


def _tried(_: str) -> _Tried:
    return _Tried()


def _reports(catalogue: Catalogue, documents: frozenset[str]) -> tuple[Report, ...]:
    return tuple(report for report in catalogue.reports() if report.document in documents)


def _of_most_years(figures: Sequence[Figure]) -> Figure:
    """Return the newest figure of the place that has targets for most years."""
    years = Counter(code for code, _ in {(each.region.code, each.period) for each in figures})
    return max(figures, key=lambda each: (years[each.region.code], each.period))


def _place(figure: Figure, language: Language) -> str:
    return place_called(figure.region.name, language)


def _about(answer: Answer) -> _About | None:
    """Return what an answer is of, as far as the newest of its figures of a year says it."""
    figures = [figure for figure in answer.figures if figure.period.isdecimal()]
    if not figures:
        return None
    newest = max(figures, key=lambda figure: figure.period)
    return _About(
        place_called(newest.region, answer.language),
        _indicator(newest.indicator, answer.language),
        int(newest.period),
        newest.region,
        newest.indicator,
    )


def _indicator(name: str, language: Language) -> str:
    """Return an indicator's name as it stands inside a question."""
    called = indicator_called(_SHORT.get(name, name), language)
    is_word = language == "en" and called[1:2].islower()
    return called[:1].lower() + called[1:] if is_word else called


_SHORT = {"地区生产总值": "GDP"}
"""Names that people say shorter than reports do."""


def _filled(forms: Iterable[str], about: _About) -> Iterator[str]:
    for form in forms:
        words = form.format(place=about.place, indicator=about.indicator, year=about.year)
        yield words[:1].upper() + words[1:]


def _bare(question: str) -> str:
    return "".join(character for character in question.casefold() if character.isalnum())
