"""Holds the numbers of a text against the reports: by figure, and by the reports' own words.

A number agrees where a report states it of the same place, year and indicator, or in the same
words; it contradicts where the reports state another one of them and nowhere this one; all else is
not found. Knows the catalogue and the numbers of a text, not how either was read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from assistant.checking.alike import LEAST_NAME, Item, against, items_of
from assistant.checking.comparing import bounds_other_way, is_other_unit, is_stated
from assistant.checking.figures import Held, candidates, fits, held
from assistant.checking.numbers import numbers_of, years_named
from assistant.checking.proportions import Row, asked_in, rows_in, verdict_of
from assistant.checking.reading.words import words
from assistant.checking.reckoned import Operand, reckoned
from assistant.checking.types import DraftNumber, Reading, Setting
from assistant.checking.wording import Masked, Run, mask, runs_around
from assistant.claims.amounts import Amount, amounts_in
from assistant.types import Citation
from index import deadline
from index.lexicon.indicators import Lexicon
from index.lexicon.qualifiers import Sense, senses_beside
from index.places.gazetteer import Gazetteer
from index.storage.catalogue import Catalogue
from index.text.folding import fold_claim
from index.types import Figure, Filter, Report, Span

Verdict = Literal["agrees", "contradicts", "not_found"]


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
    _masked: dict[str, tuple[str, Masked]] = field(default_factory=dict)
    _stated: dict[str, list[Figure]] = field(default_factory=dict)
    _items: dict[str, list[Item]] = field(default_factory=dict)
    _given: frozenset[tuple[str, int | None]] = frozenset()
    _named: frozenset[int] = frozenset()
    _rows: list[Row] = field(default_factory=list)

    def check(self, text: str, given: Setting, *, is_report: bool = False) -> Check:
        """Return what the reports say of each number of a text.

        Args:
            text: any text.
            given: the place and year of the text as a whole, as far as known.
            is_report: whether it is a draft of the report of that place and year.
        """
        self._given = frozenset(self.catalogue.places_and_years())
        folded = fold_claim(text)
        self._named, self._rows = years_named(folded), rows_in(folded)
        checked: list[Checked] = []
        known = frozenset(code for code, _ in self._given)
        for number in numbers_of(text, self.lexicon, self.gazetteer, given, known):
            deadline.check()
            each = self._checked(number, folded, given)
            if each.verdict == "not_found":
                each = _reckoned(each, checked, folded)
            if each.verdict == "not_found":
                each = self._by_proportion(each, folded, given)
            if each.verdict == "not_found":
                each = self._second_look(each, folded, given)
            checked.append(each)
        promises = tuple(self._promises(text, given)) if is_report else ()
        return Check(text, tuple(checked), promises)

    def _checked(self, number: DraftNumber, text: str, given: Setting) -> Checked:
        senses = _senses_of(number, text)
        told = [self._by_figure(number, reading, senses) for reading in number.readings]
        against = [figure for each in told for figure in each.other if not each.same]
        if told and all(each.same for each in told):
            return Checked(number, "agrees", tuple(self._cited(told[0].same[:1])))
        several = len(told) > 1 and any(each.same for each in told)
        same, others = self._by_words(number, text, given, senses, against=bool(against))
        if same and not several:
            return Checked(number, "agrees", tuple(same[:1]))
        says = self._cited(against) or others
        if says:
            return Checked(number, "contradicts", tuple(_once(says)[:3]))
        return Checked(number, "not_found")

    # --- by figure ------------------------------------------------------------------------------

    def _by_figure(self, number: DraftNumber, reading: Reading, senses: frozenset[Sense]) -> Held:
        """Return the figures of the same thing that are the number, and those that are not."""
        regions, year = self._regions(number.setting), number.setting.year
        if year is None or not regions or number.began:
            return Held()
        is_over = (regions[0], year + 1) in self._given
        for name in candidates(reading, self.lexicon):
            figures = self.catalogue.figures(regions=regions, indicators=[name])
            found = held(number, reading, senses, figures, is_over=is_over)
            if found.same or found.other:
                return found
        return Held()

    def _regions(self, setting: Setting) -> list[str]:
        """Return the code of the place that is meant, where it has reports."""
        known = {code for code, _ in self._given}
        return [region.code for region in setting.places if region.code in known][:1]

    def _cited(self, figures: Sequence[Figure]) -> list[Citation]:
        return [self._citation(each.report_id, each.span) for each in figures]

    def _citation(self, report_id: str, span: Span) -> Citation:
        normalized = self.catalogue.normalized(report_id)
        report = self.catalogue.report(report_id)
        return Citation.of(report, normalized.raw_span(span), normalized.raw)

    # --- by words -------------------------------------------------------------------------------

    def _by_words(
        self,
        number: DraftNumber,
        text: str,
        given: Setting,
        senses: frozenset[Sense],
        *,
        against: bool,
    ) -> tuple[list[Citation], list[Citation]]:
        """Return where reports say the words around a number with it, and where with another.

        Args:
            number: the number.
            text: the folded text it stands in.
            given: the place and year of the text as a whole.
            senses: what the words beside the number say of it.
            against: whether figures speak against it, so that no goal can speak for it.
        """
        reports = self._reports(number.setting, given)
        for run in runs_around(text, number.span, number.clause, number.sentence):
            same: list[Citation] = []
            others: list[Citation] = []
            for report in reports:
                told = list(self._told(report, run))
                known = any(each.figure for each in told)
                for each in told:
                    # What is told twice is a figure only once.
                    unfit = each.figure and not fits(number, each.figure, results_only=against)
                    if unfit or (known and not each.figure):
                        continue
                    verdict = _compared(number.amount, senses, each)
                    if verdict is False and _is_only_goal(number, each.figure):
                        continue
                    if verdict is not None:
                        cited = self._citation(report.id, each.span)
                        (same if verdict else others).append(cited)
            if same or (others and self._has_year(number, given)):
                return same, [] if same else others
        return [], []

    def _has_year(self, number: DraftNumber, given: Setting) -> bool:
        """Say whether anything tells the year of a number."""
        return number.setting.year is not None or given.year is not None or bool(self._named)

    def _reports(self, setting: Setting, given: Setting) -> list[Report]:
        """Return the reports that may say what is said of a setting.

        They are of the place or of the text's own, given in the year, the one after or the text's;
        where no year is said with the number, in one that the text names anywhere, or in any.
        """
        codes = [*self._regions(setting), *self._regions(given)]
        if not codes:
            return []
        said = self._named if setting.year is None else {setting.year}
        years = {year for each in said for year in (each, each + 1)}
        years |= {given.year} if given.year is not None else set()
        return self.catalogue.reports(Filter(regions=frozenset(codes), years=frozenset(years)))

    def _told(self, report: Report, run: Run) -> Iterator[_Told]:
        """Yield where a report says a run of words, and with which number."""
        text, masked = self._masked_of(report)
        for span, at in run.found_in(masked):
            stated = _amount_at(text, at)
            if stated is None:
                continue
            figures = self._stated_in(report)
            of = [each for each in figures if each.value_span.start <= at < each.value_span.end]
            end = max(span.end, at + stated.end)
            beside = senses_beside(text, at, at + stated.end)
            said = frozenset(sense for senses in beside for sense in senses)
            yield _Told(Span(span.start, end), stated, said, of[0] if of else None)

    def _masked_of(self, report: Report) -> tuple[str, Masked]:
        if report.id not in self._masked:
            folded = fold_claim(self.catalogue.normalized(report.id).text)
            self._masked[report.id] = (folded, mask(folded))
        return self._masked[report.id]

    def _stated_in(self, report: Report) -> list[Figure]:
        if report.id not in self._stated:
            where = Filter(reports=frozenset({report.id}))
            self._stated[report.id] = self.catalogue.figures(where)
        return self._stated[report.id]

    # --- by proportion --------------------------------------------------------------------------

    def _by_proportion(self, checked: Checked, text: str, given: Setting) -> Checked:
        """Return what reports say of a part of a row of the three industries."""
        number = checked.number
        asked = asked_in(text, self._rows, number.span, number.amount.value)
        if asked is None:
            return checked
        row, at = asked
        stated = [
            (report, each)
            for report in self._looking_back(number, given)
            for each in rows_in(self._masked_of(report)[0])
            if each.began == row.began
        ]
        told = verdict_of(row, at, [each for _, each in stated])
        if told is None:
            return checked
        report = next(report for report, each in stated if each is told[1])
        says = (self._citation(report.id, told[1].span),)
        return replace(checked, verdict="agrees" if told[0] else "contradicts", says=says)

    # --- by names that are alike ----------------------------------------------------------------

    def _second_look(self, checked: Checked, text: str, given: Setting) -> Checked:
        """Return a number as contradicted where what is called alike is another in the reports."""
        number = checked.number
        if given.year is not None and (number.setting.year or 0) >= given.year:
            return checked  # what a report says of its own year is what it plans
        if number.said is None or number.began or len(number.said.name) < LEAST_NAME:
            return checked
        start = max(number.sentence.start, number.span.start - _FAR)
        if words().parts_of_a_year.search(text, start, number.span.end):
            return checked
        if not number.said.among and words().compared.search(number.clause.of(text)):
            return checked
        senses = _senses_of(number, text)
        items = [
            (report, each)
            for report in self._looking_back(number, given)
            for each in self._items_in(report)
            if self._may_be_of(number, report, each)
        ]
        found = against(number.amount, number.said, senses, [each for _, each in items])
        of = {id(each): report for report, each in items}
        says = [self._citation(of[id(each)].id, each.span) for each in found]
        if not says:
            return checked
        return replace(checked, verdict="contradicts", says=tuple(_once(says)[:3]))

    def _looking_back(self, number: DraftNumber, given: Setting) -> list[Report]:
        """Return the reports that tell results of a number's year: the next, where there is one."""
        reports = self._reports(number.setting, given)
        year = number.setting.year
        if year is None or number.stance == "target":
            return reports
        after = [each for each in reports if each.given == year + 1]
        return after or reports

    def _may_be_of(self, number: DraftNumber, report: Report, item: Item) -> bool:
        """Say whether a report's number may be of a number's year, and a goal where that is one."""
        stated = self._stated_in(report)
        whole = [
            each
            for each in stated
            if item.sentence.start <= each.value_span.start < item.sentence.end
        ]
        own = [each for each in whole if each.value_span.start <= item.at < each.value_span.end]
        asked = number if own and item.said.kind != "points" else replace(number, readings=())
        if own or whole:
            return any(fits(asked, each, results_only=True) for each in own or whole)
        return number.stance != "target"

    def _items_in(self, report: Report) -> list[Item]:
        if report.id not in self._items:
            self._items[report.id] = items_of(self._masked_of(report)[0])
        return self._items[report.id]

    # --- promises -------------------------------------------------------------------------------

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


def _is_only_goal(number: DraftNumber, figure: Figure | None) -> bool:
    """Tell whether a figure is a goal that a number need not be: results may be others."""
    is_goal = figure is not None and figure.is_sure and figure.kind == "target"
    return is_goal and number.stance is None and not number.may_be_goal


def _senses_of(number: DraftNumber, text: str) -> frozenset[Sense]:
    beside = senses_beside(text, number.span.start, number.span.end)
    return frozenset(sense for senses in beside for sense in senses)


@dataclass(frozen=True, slots=True)
class _Told:
    """A number that a report tells in a text's words at `span`: `senses` is what qualifies it."""

    span: Span
    amount: Amount
    senses: frozenset[Sense]
    figure: Figure | None


def _compared(amount: Amount, senses: frozenset[Sense], told: _Told) -> bool | None:
    """Tell whether a number is the one told; None where the two cannot be compared."""
    stated = told.amount
    if bounds_other_way(senses, told.senses):
        return False
    is_goal = told.figure is not None and told.figure.kind == "target"
    if is_stated(amount, senses, stated.value, stated.unit, stated.upper, is_goal=is_goal):
        return True
    if amount.unit == stated.unit or is_other_unit(amount, stated.value, stated.unit):
        return False
    scaled = amount.unit and stated.unit and amount.unit[-1] == stated.unit[-1]
    return False if scaled else None


def _amount_at(text: str, at: int) -> Amount | None:
    """Return the amount that begins at a character of a folded text, 首位 too."""
    words = text[at : at + _LONGEST]
    if words.startswith("首位"):
        return replace(_FIRST, start=0, end=len("首位"))
    found = amounts_in(words)
    return found[0] if found and found[0].start == 0 else None


_FAR = 200
"""Characters before a number in which a part of a year still is its."""

_LONGEST = 40
"""Characters of a number with its unit."""

[_FIRST] = amounts_in("第一位")


def _reckoned(checked: Checked, before: Sequence[Checked], text: str) -> Checked:
    """Return a number that tells how two others compare as right or wrong, if it is one."""
    number = checked.number
    near = [
        Operand(each.number.amount, at, each.number.indicator)
        for at, each in enumerate(before)
        if each.verdict == "agrees" and each.number.sentence == number.sentence
    ]
    told = reckoned(number.amount, number.indicator, number.clause.of(text), near)
    if told is None:
        return checked
    is_right, of = told
    says = tuple(cited for each in of for cited in before[each.place].says)
    return replace(checked, verdict="agrees" if is_right else "contradicts", says=says)


def _once(citations: Sequence[Citation]) -> list[Citation]:
    seen = {(each.document, each.start, each.end): each for each in citations}
    return list(seen.values())
