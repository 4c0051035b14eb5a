"""The numbers of one sentence of any text, each with the place, year and indicator it is of.

What is not said beside a number is taken from before it in the sentence, or from what holds around
it; what could be of something else has no indicator. Knows neither paragraphs nor reports.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from assistant.checking.stated import Stater
from assistant.checking.types import DraftNumber, Reading, Setting
from assistant.checking.words import words
from assistant.claims.amounts import Amount, amounts_in
from assistant.claims.dates import Stance, Years, dates_in, is_report_year, stances_in, years_in
from index import deadline
from index.figures.periods import PLAN_STARTS
from index.lexicon import qualifiers
from index.lexicon.indicators import Indicator, IndicatorMention, Lexicon
from index.lexicon.units import RATES
from index.places.gazetteer import Mention
from index.types import FigureMeasure, Region, Span


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

    def __post_init__(self) -> None:
        self.setting = self.around.setting
        self.may_be_goal = self.around.may_be_goal

    def numbers(self) -> Iterator[DraftNumber]:
        """Yield the numbers, years and dates left out, in their order."""
        years = sorted([*years_in(self.text), *plans_in(self.text)], key=lambda each: each.start)
        self._hear_of_report(years)
        amounts = _parted(self.text, amounts_in(self.text, _taken(self.text, years)))
        places = _told_apart(self.places, amounts)
        heard = _Heard(places, [each.span.end for each in places], sorted(self._told(years)))
        nearby = _Nearby(self.text, years, places, amounts)
        starts = [amount.start for amount in amounts]
        reader = _Clauses(self.text, self.lexicon, self.places, self.around.stance)
        for clause in _clauses(self.text):
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
                    began=setting.year == self.setting.year and _begins(self.text, amount),
                )
        self._hear(heard, len(self.text), len(self.text))
        self.may_be_goal = self._may_be_goal(None)

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
        if words().proposing.search(self.text, 0, amount.start if amount else len(self.text)):
            return True
        if amount is None:
            return False
        if _BY_YEAR.search(self.text, 0, amount.start):
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
                if _FROM.search(self.text, 0, found.start()):
                    continue  # 比上年增长
                yield found.end(), self.around.this_year + words().shift[found[0]], False

    def _is_where_from(self, years: Years) -> bool:
        """Say whether a year is only that of the number right behind it: 由2007年的3630美元."""
        if _TIMES.match(self.text, years.end):
            return True
        from_it = _FROM.search(self.text, 0, years.start) is not None
        return from_it and _OF_IT.match(self.text, years.end) is not None

    def _hear(self, heard: _Heard, upto: int, end: int) -> None:
        """Take the place and the year named last before a character, or a year up to `end`."""
        if named := bisect_right(heard.ends, upto):
            self.setting = replace(self.setting, places=heard.places[named - 1].candidates)
        elif heard.places and not self.setting.places:
            self.setting = replace(self.setting, places=heard.places[0].candidates)
        before = bisect_left(heard.years, (upto + 1, 0, False))
        if not before and heard.years and heard.years[0][0] <= end + _BEHIND:
            before = 1  # the first behind it
        if before:
            _, year, of_report = heard.years[before - 1]
            self.setting = replace(self.setting, year=year, is_said=not of_report)


_BEHIND = 12
"""Characters behind a clause in which a sentence's first year is still its: last year, 2021."""


def setting_behind(sentence: Sentence) -> Setting:
    """Return what a sentence without numbers leaves: the last place and year that it names."""
    for _ in sentence.numbers():
        pass
    return sentence.setting


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
    if words().missed_by.search(text, max(0, amount.start - _FAR), amount.start):
        return ()
    if any(each.indicator for each in told) or own is None:
        return told
    return (own,)


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


_PLAN = re.compile(r"“?(?P<plan>十[一二三四五])五”?(?P<part>期?末|时期|期间|以来)?")
_FROM = re.compile(r"[较比从由自]\s?$")
_OF_IT = re.compile(r"年?(?:底|末)?的\s?\d")
_TIMES = re.compile(r"年?(?:底|末)?的\s?[\d.]+倍")


def is_of_report(text: str, years: Years) -> bool:
    """Tell whether years are those of a report that is named: 2023年政府工作报告."""
    rest = text[years.start : years.end + _BEHIND]
    return is_report_year(rest, replace(years, start=0, end=years.end - years.start))


def plans_in(text: str) -> Iterator[Years]:
    """Yield the last years of the plans that a folded text names: “十二五” ended in 2015."""
    for found in _PLAN.finditer(text):
        year = PLAN_STARTS[found["plan"]] + 4
        is_base = _FROM.search(text, 0, found.start()) is not None
        yield Years(found.start(), found.end(), (year,), is_base)


def _parted(text: str, amounts: Sequence[Amount]) -> list[Amount]:
    """Return amounts, those told from one to another (from 4.2 to 5.7 billion yuan) as the two."""
    parted: list[Amount] = []
    for each in amounts:
        to = text.find(" to ", each.start, each.end)
        if to < 0 or not text[: each.start].rstrip().lower().endswith("from"):
            parted.append(each)
            continue
        first, last = Amount(each.start, to, each.value, None, each.unit), to + len(" to ")
        assert each.upper is not None
        parted += [first, Amount(last, each.end, each.upper, None, each.unit)]
    return parted


def _told_apart(places: Sequence[Mention], amounts: Sequence[Amount]) -> list[Mention]:
    """Return the places, without those that only say where the one before them lies.

    HARBIN, capital of Heilongjiang: no number stands between the two.
    """
    told: list[Mention] = []
    for each in places:
        before = told[-1] if told else None
        lies = before is not None and any(
            outer.code in inner.parents for inner in before.candidates for outer in each.candidates
        )
        between = (
            any(before.span.end <= amount.start < each.span.start for amount in amounts)
            if before is not None
            else False
        )
        if not lies or between:
            told.append(each)
    return told


def _begins(text: str, amount: Amount) -> bool:
    """Say whether a change begins with a number whose year is not told: 由43户增至61户."""
    return (
        _BEGINS.search(text, max(0, amount.start - 12), amount.start) is not None
        and _ENDS.match(text, amount.end) is not None
    )


_BEGINS = re.compile(r"(?:[从由]|\bfrom\b)[^,;。、]{0,6}$")
_ENDS = re.compile(
    r"[^,;。]{0,12}?(?:[加长高升大展降少小短升缩滑落][到至为]|[增升降]至|到)|\s*(?:\w+ ){0,4}to\b"
)


@dataclass(frozen=True, slots=True)
class _Heard:
    """A sentence's places with where they end, and its years as `_told` yields them, in order."""

    places: Sequence[Mention]
    ends: list[int]
    years: list[tuple[int, int, bool]]


@dataclass(frozen=True, slots=True)
class _Nearby:
    """Places and years that are of one number alone, by where they stand beside it."""

    text: str
    years: Sequence[Years]
    places: Sequence[Mention]
    amounts: Sequence[Amount]

    def setting(self, amount: Amount, clause: Span, holds: Setting) -> Setting:
        """Return the setting of a number: what stands right at it goes before what holds there."""
        year = self._year_at(amount) or self._shared(amount, clause, self._year_runs())
        place = self._place_at(amount, clause) or self._shared(amount, clause, self._place_runs())
        if isinstance(year, int):
            holds = replace(holds, year=year, is_said=True)
        return replace(holds, places=place) if isinstance(place, tuple) else holds

    def _year_at(self, amount: Amount) -> int | None:
        for each in self.years:
            alone = each.is_base or _FROM.search(self.text, 0, each.start)
            between = self.text[each.end : amount.start] if each.end <= amount.start else "-"
            if alone and _TO_IT.fullmatch(between):
                return each.years[-1]
            if each.start >= amount.end:
                between = self.text[amount.end : each.start]
                if _FROM_IT.fullmatch(between) and not is_of_report(self.text, each):
                    return each.years[-1]
        return None

    def _place_at(self, amount: Amount, clause: Span) -> tuple[Region, ...] | None:
        for each in self.places:
            if each.span.end > clause.start and each.span.end <= amount.start:
                return None
            if each.span.start >= amount.end and _IN.fullmatch(
                self.text[amount.end : each.span.start]
            ):
                return each.candidates
        return None

    def _year_runs(self) -> list[tuple[int, int, int]]:
        return [(each.start, each.end, each.years[-1]) for each in self.years]

    def _place_runs(self) -> list[tuple[int, int, tuple[Region, ...]]]:
        return [(each.span.start, each.span.end, each.candidates) for each in self.places]

    def _shared(
        self, amount: Amount, clause: Span, named: Sequence[tuple[int, int, _Shared]]
    ) -> _Shared | None:
        """Return which of several in a row a number is of: A、B分别为1、2."""
        found = next(
            (
                each
                for each in words().shared_out.finditer(self.text)
                if each.start() >= clause.start or amount.start < each.start()
            ),
            None,
        )
        if found is None:
            return None
        first = min(found.start(), amount.start)
        run: list[tuple[int, int, _Shared]] = []
        for each in named:
            if each[1] > first:
                break
            if run and not _AND.fullmatch(self.text[run[-1][1] : each[0]]):
                run = []
            run.append(each)
        mine = [each for each in self.amounts if clause.start <= each.start < clause.end]
        mine = [each for each in mine if each.start >= run[-1][1]] if run else []
        alike = len({each.unit for each in mine}) == 1
        if len(run) < _SEVERAL or len(run) != len(mine) or not alike or amount not in mine:
            return None
        return run[mine.index(amount)][2]


_Shared = int | tuple[Region, ...]
_SEVERAL = 2
_TO_IT = re.compile(r"年?(?:底|末)?的?(?:实际|同期)?(?:增速|增幅|水平)?的?(?:约|近|超|达|为)?\s*")
_FROM_IT = re.compile(r"\s*(?:左右|以上|以内)?\s*(?:\((?:in )?|\b(?:in|for|during)\b)\s*")
_IN = re.compile(r"\s*(?:\(|\b(?:in|for)\b(?: the)?)\s*")
_AND = re.compile(r"年?\s*(?:[、,和与及]|\band\b|&)\s*(?:and )?", re.IGNORECASE)


# --- what a number is of -------------------------------------------------------------------------


@dataclass(slots=True)
class _Clauses:
    """Reads what the numbers of one clause after the other are of, by the words beside them."""

    text: str
    lexicon: Lexicon
    places: Sequence[Mention]
    heading: Stance | None
    stance: Stance | None = None
    indicator: Indicator | None = None
    last: Indicator | None = None
    grows: bool = False
    of_it: int = 0  # where the last number that was stated of the indicator ends
    clause: Span = field(default_factory=lambda: Span(0, 0))
    mentions: list[IndicatorMention] = field(default_factory=list)
    blank: str = ""

    def __post_init__(self) -> None:
        self.blank = _blanked(self.text, [each.span for each in self.places])
        self.stance = self.heading

    def enter(self, clause: Span) -> None:
        """Go on to the next clause."""
        own = clause.of(self.text)
        mark = self.text[max(clause.start - 1, 0)]
        if mark == ".":  # an English sentence goes on with none
            self.indicator, self.grows = None, False
        if mark == "." or (mark == ";" and _LATIN.search(own)):
            self.stance = self.heading
        if mark == ":" and self.mentions and len(self.mentions[-1].candidates) == 1:
            self.indicator = self.mentions[-1].candidates[0]  # 经济增速对比:德州3.6%
        self.clause, self.mentions = clause, self.lexicon.mentions(own)
        blank = _blanked(own, [each.span for each in self.mentions])
        said = [
            each
            for each in stances_in(blank)
            if blank[each[0] :][:2] not in _WEAK and not _PASSED.search(blank, 0, each[0])
        ]
        self.stance = said[0][1] if said else self.stance
        if words().done.search(own):
            self.stance = "actual"

    def reading(self, amount: Amount, following: int) -> Reading | None:
        """Return what a number of the clause is of, None where it could be of something else.

        Args:
            amount: the number.
            following: where the next number of the sentence begins, 0 where there is none.
        """
        own, start = self.clause.of(self.text), self.clause.start
        ends = [start + each.span.end for each in self.mentions]
        before = bisect_right(ends, amount.start)
        begin = ends[before - 1] if before else start
        if before:
            upto = self._residents_behind(amount) or amount.start
            self.indicator = self._meant(self.mentions[before - 1], begin, upto)
        states = self._only_states(max(begin, self.of_it), amount.start)
        is_new = not before or begin <= self.of_it
        reach = amount.end
        behind = self._behind(amount, following) if is_new else None
        if behind is not None:
            self.indicator, reach = behind
            states = True
        elif not before and (narrowed := self._narrowed(start, amount.start)):
            self.indicator, states = narrowed, True
        elif not before and self._of_economy(amount):
            self.indicator, states = self.lexicon.default, True
        if states and self.indicator:
            self.of_it = reach
            self.last = self.indicator
        self.grows = amount.unit == "%" and self._grows(amount, is_new=not before)
        if not states or self.indicator is None or words().other_spans.search(own):
            return None
        falls = qualifiers.falls(self.text[begin : amount.start])
        measure: FigureMeasure = "growth_yoy" if self.grows else "level"
        return Reading(self.indicator, self.indicator.zh, measure, falls=falls)

    def _grows(self, amount: Amount, *, is_new: bool) -> bool:
        """Say whether a percentage is a growth: of what is no share, nothing else can be meant."""
        signed = self.text[amount.start - 1 : amount.start] == "+"
        if signed or words().growing.search(self.clause.of(self.text)):
            return True
        measures = self.indicator.measures if self.indicator else ()
        only = "growth_yoy" in measures and not _SHARES & set(measures)
        return (self.grows and is_new) or only

    def _meant(self, mention: IndicatorMention, end: int, upto: int) -> Indicator | None:
        """Return the one indicator that a mention means, with the words behind it."""
        meant = self._narrowed(end, upto, mention.matched)
        if meant is not None:
            return meant
        if len(mention.candidates) > 1:
            return None
        [only] = mention.candidates
        above = f"{only.id}_above"
        if words().above_size.match(self.text, end + 1) and above in self._ids():
            return self.lexicon.get(above)
        return only

    def _residents_behind(self, amount: Amount) -> int | None:
        """Return where the words right behind a number end that say whose income it is."""
        found = words().narrowing.match(self.text, amount.end + 1)
        return found.end() if found else None

    def _narrowed(self, start: int, end: int, name: str = "") -> Indicator | None:
        """Return what an English indicator is of the residents named behind it: that of rural ones.

        Without a `name` that is the one spoken of last.
        """
        found = words().narrowing.search(self.text, start, end)
        name = name or (self.last.en if self.last else "")
        if found is None or not name.isascii():
            return None
        plain = re.sub(r"(?i)\b(?:of )?(?:urban|rural)(?: residents?'?)?\b", "", name).strip()
        mentions = self.lexicon.mentions(f"{found['whose']} {plain}")
        known = [each.candidates[0] for each in mentions if len(each.candidates) == 1]
        return known[0] if len(known) == 1 else None

    def _ids(self) -> frozenset[str]:
        return frozenset(each.id for each in self.lexicon.all)

    def _behind(self, amount: Amount, following: int) -> tuple[Indicator, int] | None:
        """Return the indicator named right behind a number, and where it ends.

        As in 7% growth in retail sales, 60,000 urban jobs.
        """
        for each in self.mentions:
            start, end = (self.clause.start + place for place in (each.span.start, each.span.end))
            if start < amount.end or not each.matched.isascii():
                continue
            if following and start > following:
                return None
            between = words().behind.sub("", self.text[amount.end : start])
            is_one = len(each.candidates) == 1 and not between.strip(" -")
            return (each.candidates[0], end) if is_one else None
        return None

    def _of_economy(self, amount: Amount) -> bool:
        """Say whether it is an economy as a whole that grows: Jinan grew by 5%."""
        own = self.blank[self.clause.start : amount.start]
        if amount.unit != "%" or self.mentions:
            return False
        if words().of_an_economy.search(self.text, self.clause.start, self.clause.end):
            return True
        if not _LATIN.search(own) and self.indicator is not None:
            return False
        named = _IT.search(own) is not None or any(
            self.clause.start <= each.span.start < amount.start for each in self.places
        )
        grew = words().growing.search(own) is not None
        return named and grew and self._only_states(self.clause.start, amount.start)

    def _only_states(self, start: int, end: int) -> bool:
        """Say whether words before a number state it: nothing in them could be what is counted."""
        if end - start > _FAR:
            return False
        left = words().relative.sub("", _YEAR.sub("", self.blank[start:end]))
        left = words().narrowing.sub("", words().above_size.sub("", left))
        return not _LETTERS.search(words().stating.sub("", left))


_WEAK = ("完成", "实际")
"""What begins a word of a result and is said of goals too: 实际利用外资, 完成投资."""

_PASSED = re.compile(r"(?:超|[高低好快慢]于|超过|超出|比)(?:年度|全年|预定|原定)?$")
"""Before a goal that is only compared with: 超目标25个百分点."""

_FAR = 200
"""Characters; what is named so long before a number is not what the number is of."""

_YEAR = re.compile(r"(?:19|20)\d\d年?")
_LETTERS = re.compile(r"[^\W\d_]")
_LATIN = re.compile(r"[A-Za-z]{3}")
_IT = re.compile(
    r"\b(?:it|the (?:city|province|county|region|district|prefecture))\b", re.IGNORECASE
)
_SHARES = frozenset({"share", "ratio"})


def _blanked(text: str, spans: Iterable[Span]) -> str:
    """Return a text with spaces where the spans are: names may say 实际 themselves."""
    parts, place = [], 0
    for span in spans:
        if span.end > place:
            parts += [text[place : span.start], " " * (span.end - max(place, span.start))]
            place = span.end
    return "".join(parts) + text[place:]


_BREAKS = re.compile(r"(?<!\d),|,(?!\d{3}(?!\d))|;|:(?!\s*[-+±]?\d)|\n|\.(?=\s+[A-Z])")


def _clauses(sentence: str) -> Iterator[Span]:
    start = 0
    for found in _BREAKS.finditer(sentence):
        yield Span(start, found.start())
        start = found.end()
    yield Span(start, len(sentence))
