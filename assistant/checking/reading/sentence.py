"""The numbers of one sentence of any text, each with the place, year and indicator it is of.

What is not said beside a number is taken from before it in the sentence, or from what holds around
it; what could be of something else has no indicator. Knows neither paragraphs nor reports.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from assistant.checking.reading.clauses import FAR, Clauses, clauses_of
from assistant.checking.reading.nearby import (
    FROM,
    NEAR,
    Nearby,
    begins_change,
    is_of_report,
    parted,
    plans_in,
    told_apart,
)
from assistant.checking.reading.said import said_of, with_units
from assistant.checking.reading.stated import Stater
from assistant.checking.reading.words import words
from assistant.checking.types import DraftNumber, Reading, Setting
from assistant.claims.amounts import Amount, amounts_in
from assistant.claims.dates import Stance, Years, dates_in, years_in
from index import deadline
from index.lexicon import qualifiers
from index.lexicon.indicators import Lexicon
from index.lexicon.units import RATES
from index.places.gazetteer import Mention
from index.types import Span


@dataclass(frozen=True, slots=True)
class Around:
    """What holds around a sentence: a setting, and whether goals are spoken of there.

    `this_year` is what the text calls this year; `stance` what a heading tells of all below it.
    """

    setting: Setting
    this_year: int | None = None
    stance: Stance | None = None
    may_be_goal: bool = False


@dataclass(slots=True)
class Sentence:
    """A sentence of a folded text, read clause by clause; `setting` is what holds behind it."""

    text: str
    offset: int
    lexicon: Lexicon
    stater: Stater
    places: Sequence[Mention]
    around: Around
    setting: Setting = field(init=False)
    may_be_goal: bool = field(init=False)
    proposes: int = field(init=False)  # where the first words end that do, behind all else: never
    by_year: int = field(init=False)

    def __post_init__(self) -> None:
        self.proposes = _first_end(words().proposing, self.text)
        self.by_year = _first_end(_BY_YEAR, self.text)
        self.setting = self.around.setting
        self.may_be_goal = self.around.may_be_goal

    def numbers(self) -> Iterator[DraftNumber]:
        """Yield the numbers, years and dates left out, in their order."""
        clauses: dict[Span, list[DraftNumber]] = {}
        for number in self._in_order():
            clauses.setdefault(number.clause, []).append(number)
        pair: tuple[Reading, ...] = ()
        for clause, told in clauses.items():
            own = self.text[clause.start - self.offset : clause.end - self.offset]
            if words().shared_out.search(own) and not self.lexicon.mentions(own):
                yield from _each_its_own(told, pair)
                continue
            yield from told
            if any(each.indicator for each in told):
                pair = _pair_of(told)

    def _in_order(self) -> Iterator[DraftNumber]:
        years = sorted([*years_in(self.text), *plans_in(self.text)], key=lambda each: each.start)
        self._hear_of_report(years)
        amounts = parted(self.text, amounts_in(self.text, self._taken(years)))
        amounts = [_of_a_year(each) for each in amounts]
        places = told_apart(self.places, amounts)
        heard = _Heard(places, [each.span.end for each in places], sorted(self._told(years)))
        nearby = Nearby(self.text, years, places, amounts)
        starts = [amount.start for amount in amounts]
        said = said_of(self._without_places(), with_units(self.text, amounts))
        reader = Clauses(self.text, self.lexicon, self.places, self.around.stance)
        for clause in clauses_of(self.text):
            deadline.check()
            reader.enter(clause)
            for at in range(bisect_left(starts, clause.start), bisect_left(starts, clause.end)):
                amount = amounts[at]
                self._hear(heard, amount.start, clause.end)
                setting = nearby.setting(amount, clause, self.setting)
                own = reader.reading(amount, amounts[at + 1].start if at + 1 < len(amounts) else 0)
                stance = reader.stance
                told = self.stater.readings(self.text, amount, setting, stance)
                yield DraftNumber(
                    amount=amount,
                    span=Span(self.offset + amount.start, self.offset + amount.end),
                    clause=Span(self.offset + clause.start, self.offset + clause.end),
                    sentence=Span(self.offset, self.offset + len(self.text)),
                    setting=setting,
                    readings=_chosen(self.text, amount, told, own),
                    stance=stance,
                    may_be_goal=self._may_be_goal(amount),
                    began=setting.year == self.setting.year and begins_change(self.text, amount),
                    said=said[at],
                )
        self._hear(heard, len(self.text), len(self.text))
        self.may_be_goal = self._may_be_goal(None)

    def _taken(self, years: Sequence[Years]) -> list[tuple[int, int]]:
        """Return the characters that are no number's, those of places' names (六盘水) too."""
        names = [(each.span.start, each.span.end) for each in self.places]
        return [*_taken(self.text, years), *names]

    def _without_places(self) -> str:
        """Return the text with marks where places are named."""
        text = self.text
        for each in self.places:
            text = f"{text[: each.span.start]}{_MARK * len(each.span)}{text[each.span.end :]}"
        return text

    def _hear_of_report(self, years: Sequence[Years]) -> None:
        """Take the year of a report that is told of as what the text calls this year."""
        if self.around.this_year is None:
            for each in years:
                if is_of_report(self.text, each):
                    self.around = replace(self.around, this_year=each.years[-1])

    def _may_be_goal(self, amount: Amount | None) -> bool:
        """Say whether goals are spoken of before a number, or it is worded as goals are."""
        if self.may_be_goal:
            return True
        if self.proposes <= (amount.start if amount else len(self.text)):
            return True
        if amount is None:
            return False
        if self.by_year <= amount.start:
            return True
        beside = qualifiers.senses_beside(self.text, amount.start, amount.end)
        return amount.unit in RATES and any(senses & _OF_GOALS for senses in beside)

    def _told(self, years: Sequence[Years]) -> Iterator[tuple[int, int, bool]]:
        """Yield where each year that the sentence names ends, the year, and if it is a report's.

        Years that something is only compared with are left out, and 去年 is what it means.
        """
        for each in years:
            if not each.is_base and not self._is_where_from(each):
                yield each.end, each.years[-1], is_of_report(self.text, each)
        if self.around.this_year is not None:
            for found in words().relative.finditer(self.text):
                if FROM.search(self.text, 0, found.start()):
                    continue  # 比上年增长
                yield found.end(), self.around.this_year + words().shift[found[0]], False

    def _is_where_from(self, years: Years) -> bool:
        """Say whether a year is only that of the number right behind it: 由2007年的3630美元."""
        if _TIMES.match(self.text, years.end) or _LEVEL.match(self.text, years.end):
            return True
        from_it = FROM.search(self.text, 0, years.start) is not None
        return from_it and _OF_IT.match(self.text, years.end) is not None

    def _hear(self, heard: _Heard, upto: int, end: int) -> None:
        """Take the place and the year named last before a character, or a year up to `end`."""
        if named := bisect_right(heard.ends, upto):
            self.setting = replace(self.setting, places=heard.places[named - 1].candidates)
        elif heard.places and not self.setting.places:
            self.setting = replace(self.setting, places=heard.places[0].candidates)
        before = bisect_left(heard.years, (upto + 1, 0, False))
        if not before and heard.years and heard.years[0][0] <= end + NEAR:
            before = 1  # the first behind it
        if before:
            _, year, of_report = heard.years[before - 1]
            self.setting = replace(self.setting, year=year, is_said=not of_report)


def setting_behind(sentence: Sentence) -> Setting:
    """Return what a sentence without numbers leaves: the last place and year that it names."""
    for _ in sentence.numbers():
        pass
    return sentence.setting


def _first_end(pattern: re.Pattern[str], text: str) -> int:
    """Return where the first find of a pattern ends, behind the text where there is none."""
    found = pattern.search(text)
    return found.end() if found else len(text) + 1


_MARK = "_"
_BY_YEAR = re.compile(r"[到至](?:19|20)\d\d年|\bby (?:19|20)\d\d\b")
"""What is to be by then is a goal as often as a result."""

_OF_GOALS = frozenset({"floor", "ceiling", "about"})


def _chosen(
    text: str, amount: Amount, told: tuple[Reading, ...], own: Reading | None
) -> tuple[Reading, ...]:
    """Return what a number is of: what reports' grammar understands, else what stands beside it.

    With a sign a percentage is a growth.
    """
    signed = amount.unit == "%" and (amount.value < 0 or text[amount.start - 1] == "+")
    if signed:
        told = tuple(
            replace(each, measure="growth_yoy", falls=amount.value < 0)
            if each.measure == "share"
            else each
            for each in told
        )
    clause = text[_last_break(text, amount.start) : amount.start]
    if words().part_of.search(clause):
        return tuple(replace(each, indicator=None) for each in told)
    if words().missed_by.search(text, max(0, amount.start - FAR), amount.start):
        return ()
    if any(each.indicator for each in told) or own is None:
        return told
    return (own,)


def _pair_of(told: Sequence[DraftNumber]) -> tuple[Reading, ...]:
    """Return what the two numbers of a clause are of, where each is of its own."""
    readings = [each.readings[0] for each in told if len(each.readings) == 1]
    known = {each.indicator for each in readings}
    return tuple(readings) if len(told) == len(readings) == len(known) == _TWO else ()


_TWO = 2


def _each_its_own(told: Sequence[DraftNumber], pair: tuple[Reading, ...]) -> list[DraftNumber]:
    """Return numbers that 分别 tells apart, which name nothing, as of the pair told right before.

    Without a pair, what two are read as of is not known where it is one thing.
    """
    known = [each.indicator for each in told]
    measures = {each.readings[0].measure for each in told if each.readings}
    if len(told) == len(pair) and len(measures) == 1:
        [measure] = measures
        falls = [each.readings[0].falls for each in told if each.readings]
        return [
            replace(each, readings=(replace(of, measure=measure, falls=falls[0]),))
            for each, of in zip(told, pair, strict=True)
        ]
    if len(told) > 1 and len(set(known)) == 1:
        return [replace(each, readings=()) for each in told]
    return list(told)


def _of_a_year(amount: Amount) -> Amount:
    """Return what grows by so much a year as what grows by so much."""
    return replace(amount, unit="%") if amount.unit == "%/年" else amount


def _last_break(text: str, at: int) -> int:
    """Return where the clause begins that a character stands in."""
    start = max(0, at - _NARROWS)
    return max(start, *(text.rfind(mark, start, at) + 1 for mark in ",;:、。"))


_NARROWS = 40
"""Characters before a number in which what narrows its indicator stands."""


def _taken(text: str, years: Sequence[Years]) -> list[tuple[int, int]]:
    """Return the characters that are no number's: years, dates, ordinals, marks, how long it is."""
    taken = [(each.start, each.end) for each in years]
    taken += [(each.start, each.end) for each in dates_in(text)]
    return taken + [found.span() for found in _NO_CLAIM.finditer(text)]


_NO_CLAIM = re.compile(
    r"第[一二三四五六七八九十百零\d]{1,4}(?:届|次|批|部分|个?百年|段|章|节|页|条)"
    r"|^\s*(?:[-*•·]\s*)?\(?\d{1,2}[.、)](?!\d)|\[\d{1,3}\]"
    r"|三次产业|\d{1,2}点(?:半|钟|\d{1,2}分)?(?!\d)|\d{1,2}:\d\d"
    r"|[一二三四五六七八九十\d]{1,3}年(?:[来间]|以来)|(?:过去|近|今后|未来)的?[一二三四五六七八九十\d]{1,3}年"
    r"|\b(?:past|last|next|coming|over the) (?:\w+ )?(?:two|three|four|five|ten|\d{1,2}) years"
)
"""Names, marks and spans with a number in them, which claim nothing: 第十九届, 1., [2], 五年来."""


_LEVEL = re.compile(r"(?:'s)? (?:levels?|figures?|totals?)\b")
_OF_IT = re.compile(r"年?(?:底|末)?的\s?\d")
_TIMES = re.compile(r"年?(?:底|末)?的\s?[\d.]+倍")


@dataclass(frozen=True, slots=True)
class _Heard:
    """A sentence's places with where they end, and its years as `_told` yields them, in order."""

    places: Sequence[Mention]
    ends: list[int]
    years: list[tuple[int, int, bool]]
