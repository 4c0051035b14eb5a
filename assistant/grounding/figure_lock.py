"""The figure lock: whether a statement says of its figures what the cited sources say of them.

Judges words, whoever wrote them, against the evidence behind their marks: every amount must be a
cited figure (or a number of the cited words, or what a shown formula gives), said of its place, its
years, as the goal or the result it is, up or down, and qualified as its source has it. Knows
nothing of how an answer is parted or of what happens to a statement that fails.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.claims.amounts import Amount, same_value
from assistant.claims.dates import Date, dates_in, is_report_year
from assistant.claims.formulas import Formula
from assistant.claims.types import Claim, Evidence, Name, Place
from assistant.types import AnswerFigure
from index.figures.amounts.finding import find_amounts
from index.lexicon.measures import CHANGES
from index.lexicon.qualifiers import (
    falls,
    is_decline,
    says_decline,
    senses_beside,
    senses_in,
    senses_of,
    words_of,
)
from index.lexicon.units import comparable, convert


@dataclass(frozen=True, slots=True)
class _Segment:
    """The part of a statement up to a run of marks, with the evidence behind them."""

    start: int
    end: int
    evidence: tuple[Evidence, ...]

    @property
    def figures(self) -> list[AnswerFigure]:
        return [figure for each in self.evidence for figure in each.figures]


def is_supported(
    statement: Claim, evidence: Sequence[Evidence], explained: frozenset[int] = frozenset()
) -> bool:
    """Tell whether everything that a statement says of figures is what its evidence says.

    Args:
        statement: the statement.
        evidence: what stands behind its marks; for one without marks, behind all of the answer's.
        explained: marks of figures that a table of the answer is of, so that a sentence beside it
            may leave out whether they are goals and whether they are estimates.
    """
    return _Check(statement, tuple(evidence), explained).passes()


@dataclass(frozen=True, slots=True)
class _Check:
    statement: Claim
    evidence: tuple[Evidence, ...]
    explained: frozenset[int]

    def passes(self) -> bool:
        said = self.statement
        calculated = [amount for formula in said.formulas for amount in formula.amounts]
        results = [formula.result for formula in said.formulas]
        return (
            all(self._formula_holds(formula) for formula in said.formulas)
            and all(
                amount in calculated
                or any(_repeats(amount, result) for result in results)
                or self._amount_holds(amount)
                for amount in said.amounts
            )
            and all(self._wording_holds(wording) for wording in said.wordings)
            and all(self._date_holds(date) for date in said.dates)
            and self._fits_head()
        )

    def _figures(self) -> list[AnswerFigure]:
        return [figure for each in self.evidence for figure in each.figures]

    # --- one amount ----------------------------------------------------------------------------

    def _amount_holds(self, amount: Amount) -> bool:
        segment = self._segment_at(amount.end)
        stated = [figure for figure in segment.figures if is_value(amount, figure)]
        if stated:
            return self._said_of_its_place(amount.start, amount.end, segment, stated, amount)
        if any(_lasts(amount, figure) for figure in segment.figures):
            return True
        return bool(self.statement.groups) and self._quoted(amount, segment)

    def _quoted(self, amount: Amount, segment: _Segment) -> bool:
        """Tell whether a number that is no figure of the table stands in the cited words.

        Beside a figure in the same unit it must stand there with the words before it, as 由43户.
        """
        text = self.statement.text
        rivals = [figure for figure in segment.figures if _in_one_unit(amount, figure)]
        if rivals:
            words = text[max(segment.start, amount.start - 2) : amount.end]
            dense = "".join(words.split())
            return words[:2].isalpha() and any(dense in e.dense for e in segment.evidence)
        places = self._places_at(amount.start, segment)
        return any(
            self._is_of(each, places) and self._stands_in(amount, each) for each in segment.evidence
        )

    def _is_of(self, evidence: Evidence, places: Sequence[Place]) -> bool:
        return all(
            evidence.region in place.names or place.is_named_in(evidence.dense) for place in places
        )

    def _stands_in(self, amount: Amount, evidence: Evidence) -> bool:
        def is_one(other: Amount) -> bool:
            values = [other.value] if other.upper is None else [other.value, other.upper]
            return any(same_value(amount.value, amount.unit, v, other.unit) for v in values)

        if not any(is_one(other) for other in evidence.amounts):
            return False
        if not self._invents_nothing(amount, (evidence,), None):
            return False
        around = self._around(amount)
        for found in find_amounts(evidence.dense):
            if same_value(amount.value, amount.unit, found.value, found.unit):
                beside = senses_of(found.before) | senses_of(found.after)
                return not beside or bool(beside & senses_in(around))
        return True

    def _said_of_its_place(
        self,
        start: int,
        end: int,
        segment: _Segment,
        stated: Sequence[AnswerFigure],
        amount: Amount | None,
    ) -> bool:
        """Tell whether one of the figures `stated` at `start` is said of what it is of.

        Where several places are named side by side, there must be one for each.
        """
        fitting = [
            figure
            for figure in stated
            if self._fits_years(start, segment, figure)
            and self._fits_stance(start, end, segment, figure)
            and self._fits_indicator(start, end, segment, figure)
            and (amount is None or self._fits_qualifier(amount, segment, figure))
        ]
        places = self._places_at(start, segment)
        if not places:
            return bool(fitting)
        return all(any(figure.region in place.names for figure in fitting) for place in places)

    # --- what an amount is said of ---------------------------------------------------------------

    def _segment_at(self, place: int) -> _Segment:
        """Return the part of the statement around a place, up to the marks it stands before."""
        said, start = self.statement, 0
        for begin, numbers in said.groups:
            if place <= begin:
                cited = tuple(each for each in self.evidence if each.n in numbers)
                return _Segment(start, begin, cited)
            start = begin
        return _Segment(start, len(said.text), self.evidence)

    def _places_at(self, start: int, segment: _Segment) -> list[Place]:
        """Return the places nearest before, else in the segment behind, else in the list's head."""
        groups = self.statement.place_groups
        before = [group for group in groups if group[-1].end <= start]
        if before:
            return before[-1]
        behind = [group for group in groups if group[0].start < segment.end]
        return behind[0] if behind else list(self.statement.above.places)

    def _fits_years(self, start: int, segment: _Segment, figure: AnswerFigure) -> bool:
        first, last = figure.years
        said = self.statement
        named = [years for years in said.years if not is_report_year(said.text, years)]
        inside = [years for years in named if segment.start <= years.start < segment.end]
        for base in (years for years in inside if years.is_base):
            quoted = any(f"{year}年" in e.dense for e in segment.evidence for year in base.years)
            if base.years[0] not in (first - 1, first, last) and not quoted:
                return False
        inside = [years for years in inside if not years.is_base]
        if inside:
            before = [years for years in inside if years.start < start]
            years = before[-1] if before else inside[0]
            return set(years.years) <= {first, last}
        earlier = [years for years in named if years.start < start and not years.is_base]
        if earlier:
            return any(first <= year <= last for year in earlier[-1].years)
        return all(set(years.years) <= {first, last} for years in self.statement.above.years)

    def _fits_stance(self, start: int, end: int, segment: _Segment, figure: AnswerFigure) -> bool:
        stances = self.statement.stances
        inside = [stance for place, stance in stances if segment.start <= place < start]
        earlier = [stance for place, stance in stances if place < segment.start]
        behind = [stance for place, stance in stances if end <= place < segment.end]
        above = [self.statement.above.stance] if self.statement.above.stance else []
        if figure.kind != "target":
            return next(iter([*inside[-1:], *behind[:1], *above]), None) != "target"
        said = next(iter([*inside[-1:], *behind[:1], *earlier[-1:], *above]), None)
        if said is None:
            return not self.statement.groups or self._explained(figure)
        return said == "target"

    def _explained(self, figure: AnswerFigure) -> bool:
        return bool(figure.marks) and figure.marks[0] in self.explained

    def _fits_indicator(
        self, start: int, end: int, segment: _Segment, figure: AnswerFigure
    ) -> bool:
        counted = [n for n in self.statement.names if end <= n.start <= end + 1]
        if counted and counted[0].meant == figure.indicator:
            return True  # 3座人行天桥: what is counted stands behind its number
        names = [n for n in self.statement.names if segment.start <= n.start < start]
        if not names or names[-1].meant in ("", figure.indicator):
            return True
        # In 12.8万户,总量达到51万户 the cited words leave the second name out, and so may these.
        since = "".join(self.statement.text[names[-1].end : end].split())
        return "," in since and any(since in each.dense for each in segment.evidence)

    def _fits_qualifier(self, amount: Amount, segment: _Segment, figure: AnswerFigure) -> bool:
        around, text = self._around(amount), self.statement.text
        if figure.measure in CHANGES:
            fell = bool(falls(text[segment.start : amount.start]))
            if fell != says_decline(figure.qualifier):
                return False
        is_english = re.search(r"[A-Za-z]{2}", around) is not None
        said = senses_in(around)
        present: list[bool] = []
        for part in words_of(figure.qualifier):
            if is_decline(part) or (figure.measure == "rank" and part in text):
                continue
            senses = senses_of(part)
            if "estimate" in senses:
                if not self._is_estimated(segment, figure):
                    return False
                continue
            present.extend(sense in said for sense in senses)
            if not senses and not is_english:
                present.append(part in around)  # 高于全省平均, which English leaves to the brackets
        if present and not (any(present) if is_english else all(present)):
            return False
        return self._invents_nothing(amount, segment.evidence, figure.qualifier)

    def _is_estimated(self, segment: _Segment, figure: AnswerFigure) -> bool:
        """Tell whether a figure is said to be an estimate, beside it or, in Chinese, before it."""
        if not self.statement.groups or self._explained(figure):
            return True
        text = self.statement.text
        beside = text[segment.start : segment.end]
        return "estimate" in senses_in(beside) or "estimate" in senses_in(
            text[: segment.start], chinese_only=True
        )

    def _invents_nothing(
        self, amount: Amount, evidence: Sequence[Evidence], qualifier: str | None
    ) -> bool:
        """Tell whether each word right beside an amount says what its source does."""
        known = senses_of(qualifier).union(*(senses_in(each.around(amount)) for each in evidence))
        beside = senses_beside(self.statement.text, amount.start, amount.end)
        return all(senses & known for senses in beside)

    def _around(self, amount: Amount) -> str:
        """Return the words around an amount, up to its neighbours and to brackets."""
        amounts, text = self.statement.amounts, self.statement.text
        before = max((a.end for a in amounts if a.end <= amount.start), default=0)
        after = min((a.start for a in amounts if a.start >= amount.end), default=len(text))
        leading = text[max(before, amount.start - 16) : amount.start]
        trailing = text[amount.end : min(after, amount.end + 12)]
        own = text[amount.start : amount.end]
        return re.split(r"[()]", leading)[-1] + own + re.split(r"[()]", trailing)[0]

    # --- figures in words, and days --------------------------------------------------------------

    def _wording_holds(self, wording: Name) -> bool:
        """Tell whether the wording of a figure without a number is said of what it is of."""
        segment = self._segment_at(wording.end)
        stated = [f for f in segment.figures if not f.value and f.qualifier == wording.meant]
        return not stated or self._said_of_its_place(
            wording.start, wording.end, segment, stated, None
        )

    def _fits_head(self) -> bool:
        """Tell whether an item that says neither goal nor result is of the kind its head says."""
        said = self.statement.above.stance
        return (
            said is None
            or bool(self.statement.stances)
            or all((figure.kind == "target") == (said == "target") for figure in self._figures())
        )

    def _date_holds(self, date: Date) -> bool:
        """Tell whether months or a day are those of the figure they stand before, or are cited."""
        segment = self._segment_at(date.end)
        said = (*date.months, date.day) if date.day else date.months
        figures = [tuple(map(int, re.findall(r"-(\d\d)", f.period))) for f in segment.figures]
        if any(figures):
            return said in figures
        cited = [each for e in segment.evidence for each in dates_in(e.dense)]
        return any((date.months, date.day) == (each.months, each.day) for each in cited)

    # --- formulas --------------------------------------------------------------------------------

    def _formula_holds(self, formula: Formula) -> bool:
        if not formula.is_right():
            return False
        figures = self._figures()
        units = [figure.unit for figure in figures]
        meant = [[f for f in figures if _is_operand(a, f, units)] for a in formula.operands]
        if formula.tokens[1:2] == ("÷",) and len(formula.operands) == 2:
            # A sum over years divided by their number is what one of them has on average.
            summed = [f for f in meant[0] if _is_number_of_years(formula.operands[1], f)]
            meant = [summed, summed] if summed else meant
        if not all(meant) or not self._fits_formula(formula, meant):
            return False
        parted = _COMPARED.search(self.statement.text, 0, formula.start)
        if len(meant) != 2 or parted is None:
            return True
        if _ABOVE.fullmatch(parted[0]) and formula.result.value <= 0:
            return False
        labels = [(0, parted.start()), (parted.end(), formula.start)]
        return all(
            any(self._is_labelled(figure, *label) for figure in each)
            for label, each in zip(labels, meant, strict=True)
        )

    def _fits_formula(self, formula: Formula, meant: Sequence[Sequence[AnswerFigure]]) -> bool:
        """Tell whether the years before a formula are those that it calculates.

        Growth forward leads to the year of the rate, backward to the one before it; a yearly
        average lies between the years of its operands. A value less its change is of the year
        before. Others are of the operands' own years.
        """
        before = [years for years in self.statement.years if years.start < formula.start]
        named = [year for years in before for year in years.years]
        ends = [{figure.years[1] for figure in each} for each in meant]
        if formula.form == "growth":
            back = 1 if "÷" in formula.tokens else 0
            return {year + back for year in named} <= ends[1]
        if formula.form == "average":
            return not named or (named[0] in ends[1] and named[-1] in ends[0])
        if len(meant) == 2 and all(figure.measure == "change" for figure in meant[1]):
            return {year + 1 for year in named} <= ends[0]
        return set(named) <= {y for each in meant for figure in each for y in figure.years}

    def _is_labelled(self, figure: AnswerFigure, start: int, end: int) -> bool:
        """Tell whether what the statement names at `start` to `end` is this figure."""
        said, (first, last) = self.statement, figure.years
        places = [p for p in said.places if start <= p.start < end]
        years = [y for y in said.years if start <= y.start < end]
        stances = [stance for place, stance in said.stances if start <= place < end]
        names = [name for name in said.names if start <= name.start < end]
        return (
            all(figure.region in place.names for place in places)
            and all(set(each.years) <= {first, last} for each in years)
            and all((stance == "target") == (figure.kind == "target") for stance in stances)
            and (not names or names[-1].meant in ("", figure.indicator))
        )


_COMPARED = re.compile(
    r"高于|低于|多于|少于|大于|小于|是"
    r"|\bis (?:above|below|higher than|lower than)|\bexceeds|\bis\b"
)
_ABOVE = re.compile(r"[高多大]于|is (?:above|higher than)|exceeds", re.IGNORECASE)


def is_value(amount: Amount, figure: AnswerFigure) -> bool:
    """Tell whether an amount is the value of a figure."""
    values = figure.values
    stated = [amount.value] if amount.upper is None else [amount.value, amount.upper]
    return len(values) == len(stated) and all(
        same_value(one, amount.unit, other, figure.unit)
        for one, other in zip(stated, values, strict=True)
    )


def _in_one_unit(amount: Amount, figure: AnswerFigure) -> bool:
    return any(same_value(value, figure.unit, value, amount.unit) for value in figure.values[:1])


def _lasts(amount: Amount, figure: AnswerFigure) -> bool:
    """Tell whether an amount is the number of years that a figure is of."""
    first, last = figure.years
    return amount.unit == "年" and amount.value == last - first + 1 > 1


def _is_number_of_years(amount: Amount, figure: AnswerFigure) -> bool:
    first, last = figure.years
    return not amount.unit and amount.value == last - first + 1 > 1


def _is_operand(amount: Amount, figure: AnswerFigure, units: Sequence[str]) -> bool:
    """Tell whether an operand is a figure's value, in its own unit or that of the other operand."""
    values = figure.values
    if len(values) != 1:
        return False
    if amount.unit and same_value(amount.value, amount.unit, values[0], figure.unit):
        return True
    return not amount.unit and any(
        comparable(figure.unit, unit) and convert(values[0], figure.unit, unit) == amount.value
        for unit in units
    )


def _repeats(amount: Amount, result: Amount) -> bool:
    """Tell whether an amount is the result of a formula said once more: 2.45倍, 10个百分点."""
    if amount.value != result.value:
        return False
    return amount.unit == result.unit or {amount.unit, result.unit} <= {"", "倍"}
