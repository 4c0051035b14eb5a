"""Holds the numbers of a text against the reports: by figure, and by the reports' own words.

A number agrees where a report states it of the same place, year and indicator, or in the same
words; it contradicts where the reports state another one of them and nowhere this one; all else is
not found. Knows the catalogue and the numbers of a text, not how either was read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from assistant.checking.numbers import DraftNumber, Setting, numbers_of
from assistant.claims.amounts import same_value
from assistant.types import Citation
from index import deadline
from index.lexicon.indicators import Lexicon
from index.lexicon.units import comparable
from index.places.gazetteer import Gazetteer
from index.storage.catalogue import Catalogue
from index.text.folding import fold_claim
from index.types import Figure, Filter, Report, Span

Verdict = Literal["agrees", "contradicts", "not_found"]

_GROWTH = ("growth_yoy",)
_NO_GROWTH = ("level", "share", "count", "ratio", "rank")


@dataclass(frozen=True, slots=True)
class Checked:
    """A number of a text and what the reports say of it: `says` is why, in their words, cited."""

    number: DraftNumber
    verdict: Verdict
    says: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Promise:
    """A goal of last year's report that a draft of this year's does not mention."""

    indicator: str
    goal: str
    stated: Citation


@dataclass(frozen=True, slots=True)
class Check:
    """What became of a text's numbers, and the promises that a draft of a report leaves out."""

    text: str
    numbers: tuple[Checked, ...]
    promises: tuple[Promise, ...] = ()


@dataclass(slots=True)
class Checker:
    """Checks texts against one catalogue."""

    catalogue: Catalogue
    lexicon: Lexicon
    gazetteer: Gazetteer
    _masked: dict[str, _Masked] = field(default_factory=dict)

    def check(self, text: str, given: Setting, *, is_report: bool = False) -> Check:
        """Return what the reports say of each number of a text.

        Args:
            text: any text.
            given: the place and year of the text as a whole, as far as known.
            is_report: whether it is a draft of the report of that place and year.
        """
        numbers = numbers_of(text, self.lexicon, self.gazetteer, given)
        checked = tuple(self._checked(number, text, given) for number in numbers)
        promises = tuple(self._promises(text, given)) if is_report else ()
        return Check(text, checked, promises)

    def _checked(self, number: DraftNumber, text: str, given: Setting) -> Checked:
        deadline.check()
        worded, others = self._by_words(number, text, given)
        same, other = self._by_figure(number)
        if number.stance == "actual" and other and not same:
            worded = []  # the same words tell a goal there
        if worded:
            return Checked(number, "agrees", tuple(worded[:1]))
        if same:
            return Checked(number, "agrees", tuple(same[:1]))
        against = others or other
        if against:
            return Checked(number, "contradicts", tuple(_numbered(against[:3])))
        return Checked(number, "not_found")

    def _by_figure(self, number: DraftNumber) -> tuple[list[Citation], list[Citation]]:
        """Return where figures of the same thing are the number, and where they are not."""
        indicator, year = number.indicator, number.setting.year
        regions = self._regions(number.setting)
        if indicator is None or year is None or not regions:
            return [], []
        measures = _GROWTH if number.grows else _NO_GROWTH
        figures = [
            figure
            for figure in self.catalogue.figures(regions=regions, indicators=[indicator.id])
            if figure.value is not None
            and _is_of_year(figure, number.setting)
            and figure.measure in measures
            and figure.is_sure
            and comparable(figure.unit, number.amount.unit)
        ]
        if number.stance is not None:
            figures = [each for each in figures if each.kind == number.stance] or figures
        elif not number.setting.is_said:  # it may be of either year: what is equal agrees
            figures = [each for each in figures if _is_value(number, each)]
        same = [figure for figure in figures if _is_value(number, figure)]
        told = [each for each in same if number.stance in (None, each.kind)]
        return self._cited(told), self._cited(figures)

    def _regions(self, setting: Setting) -> list[str]:
        """Return the codes of the places that may be meant and that have reports."""
        known = {code for code, _ in self.catalogue.places_and_years()}
        return [region.code for region in setting.places if region.code in known][:1]

    def _cited(self, figures: Sequence[Figure]) -> list[Citation]:
        found = []
        for figure in figures:
            report = self.catalogue.report(figure.report_id)
            normalized = self.catalogue.normalized(figure.report_id)
            span = normalized.raw_span(figure.span)
            found.append(Citation.of(report, span, normalized.raw))
        return found

    def _by_words(
        self, number: DraftNumber, text: str, given: Setting
    ) -> tuple[list[Citation], list[Citation]]:
        """Return where reports say the words around a number with it, and where with another."""
        same: list[Citation] = []
        others: list[Citation] = []
        words = _words_around(number, text)
        if words is None:
            return same, others
        around, own = words
        for report in self._reports(number.setting, given):
            masked = self._masked_of(report)
            for at in _occurrences(around.text, masked.text):
                values = masked.values_at(at, len(around.text))
                place = masked.span_at(at, len(around.text))
                normalized = self.catalogue.normalized(report.id)
                cited = Citation.of(report, normalized.raw_span(place), normalized.raw)
                (same if values[own] == around.values[own] else others).append(cited)
        return same, others

    def _reports(self, setting: Setting, given: Setting) -> list[Report]:
        """Return the reports that may say what is said of a setting.

        They are of the place or of the text's own, given in the year, the one after or the text's.
        """
        codes = [*self._regions(setting), *self._regions(given)]
        years = {each for each in (setting.year, given.year) if each is not None}
        if not codes or not years:
            return []
        after = {setting.year + 1} if setting.year is not None else set()
        where = Filter(regions=frozenset(codes), years=frozenset(years | after))
        return self.catalogue.reports(where)

    def _masked_of(self, report: Report) -> _Masked:
        if report.id not in self._masked:
            self._masked[report.id] = mask(fold_claim(self.catalogue.normalized(report.id).text))
        return self._masked[report.id]

    def _promises(self, text: str, given: Setting) -> Iterator[Promise]:
        """Yield the goals for the year before that the draft names no result of."""
        regions = self._regions(given)
        if not regions or given.year is None:
            return
        past = given.year - 1
        named = {
            each.id
            for found in self.lexicon.mentions(fold_claim(text))
            for each in found.candidates
        }
        told: set[tuple[str | None, str]] = set()
        for figure in self.catalogue.figures(
            regions=regions, kinds=["target"], periods=[str(past)]
        ):
            key = (figure.indicator_id, figure.measure)
            if figure.indicator_id in (None, *named) or key in told or not figure.is_sure:
                continue
            told.add(key)
            goal = f"{figure.value_text}{figure.unit}{figure.qualifier or ''}" or figure.clause
            [citation] = self._cited([figure])
            yield Promise(figure.indicator, goal, citation)


def _is_of_year(figure: Figure, setting: Setting) -> bool:
    """Say whether a figure can be of a setting's year.

    A text of a year that names none with the number tells that year's goals and the results of the
    one before.
    """
    if setting.year is None:
        return False
    if setting.is_said:
        return figure.period == str(setting.year)
    return figure.period == str(setting.year - (figure.kind != "target"))


def _is_value(number: DraftNumber, figure: Figure) -> bool:
    amount = number.amount
    if figure.value is None:
        return False
    if amount.upper is not None and figure.upper is not None:
        return same_value(amount.value, amount.unit, figure.value, figure.unit) and same_value(
            amount.upper, amount.unit, figure.upper, figure.unit
        )
    ends = [end for end in (figure.value, figure.upper) if end is not None]
    values = [end for end in (amount.value, amount.upper) if end is not None]
    return any(same_value(value, amount.unit, end, figure.unit) for value in values for end in ends)


def _numbered(citations: Sequence[Citation]) -> list[Citation]:
    seen = {(each.document, each.start, each.end): each for each in citations}
    return list(seen.values())


# --- the reports' own words -----------------------------------------------------------------------

_NUMBER = "#"
_LEAST_WORDS = 6
"""Characters beside its numbers that a clause needs to be known by its words."""

_MOST_CHARACTERS = 1_000
"""Of a clause or sentence that is looked for by its words."""

_DIGITS = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
_YEAR = re.compile(r"(?:19|20)\d\d(?=年)")


@dataclass(frozen=True, slots=True)
class _Masked:
    """A text of which only letters are left, a `#` for each number, and where each stood.

    `values` are the numbers in their order and `places` where they stand; years are no numbers,
    and stay as they are.
    """

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    values: tuple[str, ...]
    places: tuple[int, ...]

    def values_at(self, at: int, length: int) -> tuple[str, ...]:
        before = self.text.count(_NUMBER, 0, at)
        return self.values[before : before + self.text.count(_NUMBER, at, at + length)]

    def span_at(self, at: int, length: int) -> Span:
        return Span(self.starts[at], self.ends[at + length - 1])


def mask(text: str) -> _Masked:
    """Return a folded text as runs of letters and numbers."""
    letters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    values: list[str] = []
    places: list[int] = []
    at = 0
    years = {found.span() for found in _YEAR.finditer(text)}
    numbers = [found for found in _DIGITS.finditer(text) if found.span() not in years]
    spans = {found.start(): found for found in numbers}
    while at < len(text):
        found = spans.get(at)
        if found is not None:
            values.append(found[0].replace(",", ""))
            places.append(at)
        if found is not None or text[at].isalnum() or text[at] == "%":
            letters.append(_NUMBER if found else text[at])
            starts.append(at)
            ends.append(found.end() if found else at + 1)
        at = found.end() if found else at + 1
    return _Masked("".join(letters), tuple(starts), tuple(ends), tuple(values), tuple(places))


def _words_around(number: DraftNumber, text: str) -> tuple[_Masked, int] | None:
    """Return the words around a number that are enough to be known by, and which number it is.

    They are its clause, or its sentence where the clause is short; None where that is too, or is
    longer than any that two texts share.
    """
    for span in (number.clause, number.sentence):
        if len(span) > _MOST_CHARACTERS:
            return None
        words = mask(fold_claim(span.of(text)))
        if len(words.text) - words.text.count(_NUMBER) >= _LEAST_WORDS:
            at = number.span.start - span.start
            own = [n for n, place in enumerate(words.places) if place <= at < place + 24]
            return (words, own[-1]) if own else None
    return None


def _occurrences(part: str, whole: str) -> Iterator[int]:
    at = whole.find(part)
    while at >= 0:
        yield at
        at = whole.find(part, at + 1)
