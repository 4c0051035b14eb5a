"""What the numbers of one clause after the other are of, by the words beside them.

Knows neither places nor years of the text around the sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from assistant.checking.reading.words import words
from assistant.checking.types import Reading
from assistant.claims.amounts import Amount
from assistant.claims.dates import Stance, stances_in
from index.lexicon import qualifiers
from index.lexicon.indicators import Indicator, IndicatorMention, Lexicon
from index.places.gazetteer import Mention
from index.types import FigureMeasure, Span


@dataclass(slots=True)
class Clauses:
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
    says_growth: bool = False  # the three are said of a clause, and asked of each of its numbers
    says_economy: bool = False
    says_spans: bool = False
    says_average: bool = False
    shared: list[Indicator] = field(default_factory=list)  # that respectively shares out
    told: list[Indicator] = field(default_factory=list)  # of a sentence, in their order

    def __post_init__(self) -> None:
        self.blank = _blanked(self.text, [each.span for each in self.places])
        self.stance = self.heading

    def enter(self, clause: Span) -> None:
        """Go on to the next clause."""
        own = clause.of(self.text)
        mark = self.text[max(clause.start - 1, 0)]
        if mark == ".":  # an English sentence goes on with none
            self.indicator, self.grows = None, False
            self.told = []
        if mark == "." or (mark == ";" and _LATIN.search(own)):
            self.stance = self.heading
        if mark == ":" and self.mentions and len(self.mentions[-1].candidates) == 1:
            self.indicator = self.mentions[-1].candidates[0]  # 经济增速对比:德州3.6%
        self.clause, self.mentions = clause, self.lexicon.mentions(own)
        blank = _blanked(own, [each.span for each in self.mentions])
        said = [
            each
            for each in stances_in(blank)
            if not _WEAK.match(blank, each[0]) and not _PASSED.search(blank, 0, each[0])
        ]
        self.stance = said[0][1] if said else self.stance
        if words().done.search(own):
            self.stance = "actual"
        self.says_growth = words().growing.search(own) is not None
        self.says_economy = words().of_an_economy.search(own) is not None
        self.says_average = words().averaging.search(own) is not None
        spans = words().averaging.sub("", own) if self.says_average else own
        self.says_spans = words().other_spans.search(spans) is not None
        self.shared = self.told[-_TWO:] if self._shares_out(own) else []
        if "respectively" in own and not self.mentions and not self.shared:
            self.indicator = None

    def _shares_out(self, own: str) -> bool:
        """Say whether a clause tells of two told before: up 9% and 8% respectively."""
        return (
            len(self.told) == _TWO
            and not self.mentions
            and "respectively" in own
            and own.count(" and ") == 1
        )

    def reading(self, amount: Amount, following: int) -> Reading | None:
        """Return what a number of the clause is of, None where it could be of something else.

        Args:
            amount: the number.
            following: where the next number of the sentence begins, 0 where there is none.
        """
        start = self.clause.start
        ends = [start + each.span.end for each in self.mentions]
        before = bisect_right(ends, amount.start)
        begin = ends[before - 1] if before else start
        if before and not self._is_compared_with(self.mentions[before - 1]):
            upto = self._residents_behind(amount) or amount.start
            self.indicator = self._meant(self.mentions[before - 1], begin, upto)
        if self.shared:
            self.indicator = self.shared.pop(0)
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
        if not states and not before:
            self.indicator = None  # what is told now, and goes on, is of something else
        if states and self.indicator:
            self.of_it = reach
            self.last = self.indicator
            if self.indicator not in self.told[-1:]:
                self.told.append(self.indicator)
        self.grows = amount.unit == "%" and self._grows(amount, is_new=not before)
        if not states or self.indicator is None or self.says_spans:
            return None
        falls = qualifiers.falls(self.text[begin : amount.start])
        measure: FigureMeasure = "growth_yoy" if self.grows else "level"
        if self.says_average and amount.unit.startswith("%"):
            measure = "growth_avg"
        named = self.mentions[before - 1].matched if before else ""
        written = "" if named.isascii() else named
        return Reading(self.indicator, self.indicator.zh, measure, falls=falls, as_written=written)

    def _grows(self, amount: Amount, *, is_new: bool) -> bool:
        """Say whether a percentage is a growth: of what is no share, nothing else can be meant."""
        signed = self.text[amount.start - 1 : amount.start] == "+"
        if signed or self.says_growth:
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

    def _is_compared_with(self, mention: IndicatorMention) -> bool:
        """Say whether something named is only compared with: 比地方公共预算收入多130亿元."""
        upto = self.clause.start + mention.span.start
        return (
            self.last is not None
            and _COMPARED.search(self.text, max(self.clause.start, upto - 12), upto) is not None
        )

    def _residents_behind(self, amount: Amount) -> int | None:
        """Return where the words right behind a number end that say whose income it is."""
        found = words().narrowing.match(self.text, amount.end + 1)
        return found.end() if found else None

    def _narrowed(self, start: int, end: int, name: str = "") -> Indicator | None:
        """Return what an English indicator is of the residents named behind it: that of rural ones.

        Without a `name` that is the one spoken of last.
        """
        found = words().narrowing.search(self.text, max(start, end - FAR), end)
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
        if amount.unit != "%" or self._named_before(amount):
            return False
        if self.indicator is not None and _GOES_ON.match(self.text, self.clause.start):
            return False
        if self.says_economy:
            return True
        if amount.start - self.clause.start > FAR:
            return False
        own = self.blank[self.clause.start : amount.start]
        if not _LATIN.search(own) and self.indicator is not None:
            return False
        named = _IT.search(own) is not None or any(
            self.clause.start <= each.span.start < amount.start for each in self.places
        )
        grew = words().growing.search(own) is not None
        return named and grew and self._only_states(self.clause.start, amount.start)

    def _named_before(self, amount: Amount) -> bool:
        start = self.clause.start
        return any(start + each.span.start < amount.start for each in self.mentions)

    def _only_states(self, start: int, end: int) -> bool:
        """Say whether words before a number state it: nothing in them could be what is counted."""
        if end - start > FAR:
            return False
        left = words().relative.sub("", _YEAR.sub("", self.blank[start:end]))
        left = words().averaging.sub("", left)
        left = words().narrowing.sub("", words().above_size.sub("", left))
        return not _LETTERS.search(words().stating.sub("", left))


_GOES_ON = re.compile(r"\s*(?:an? )?(?:average annual )?(?:growth|increase|rise) of")
_COMPARED = re.compile("[比较][^,;。]{0,6}$")
_TWO = 2
_WEAK = re.compile(
    "完成|实际|争取(?:到|中央|上级|国家|自治区|省|专项|资金|项目|政策|债券|各类|补助|无偿|新增)"
)
"""What begins a word of a result and is said of goals too: 实际利用外资, 完成投资, 争取资金."""

_PASSED = re.compile(r"(?:超|[高低好快慢]于|超过|超出|比)(?:年度|全年|预定|原定)?$")
"""Before a goal that is only compared with: 超目标25个百分点."""

FAR = 200
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


def clauses_of(sentence: str) -> Iterator[Span]:
    """Yield the clauses of a folded sentence, English ones too."""
    start = 0
    for found in _BREAKS.finditer(sentence):
        yield Span(start, found.start())
        start = found.end()
    yield Span(start, len(sentence))
