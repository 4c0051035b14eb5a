"""The numbers of any text, Chinese or English, each with the place, year and indicator it is of.

What is not said beside a number is taken from before it, in the sentence or the text; what could be
of something else has no indicator. Knows no reports.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from assistant.claims.amounts import Amount, amounts_in
from assistant.claims.dates import Stance, dates_in, stances_in, years_in
from index.lexicon.indicators import Indicator, Lexicon
from index.places.gazetteer import Gazetteer, Mention
from index.structure.sentences import sentences
from index.text.folding import fold_claim
from index.types import Region, Span


@dataclass(frozen=True, slots=True)
class Setting:
    """What a number is of, as far as the text has said: places that may be meant, and a year.

    `is_said` tells a year that stands with the number from that of the whole text.
    """

    places: tuple[Region, ...] = ()
    year: int | None = None
    is_said: bool = False


@dataclass(frozen=True, slots=True)
class DraftNumber:
    """A number of a text at `span`, in a clause of a sentence, all characters of the text.

    `indicator` is None where it is not known what is counted. `grows` says whether it is a growth,
    `stance` whether it is told as a goal or a result, None where it is not said.
    """

    amount: Amount
    span: Span
    clause: Span
    sentence: Span
    setting: Setting
    indicator: Indicator | None
    grows: bool
    stance: Stance | None


def numbers_of(
    text: str, lexicon: Lexicon, gazetteer: Gazetteer, given: Setting
) -> list[DraftNumber]:
    """Return the numbers of a text, years and dates left out, in their order.

    Args:
        text: the text, as it stands.
        lexicon: the indicators to know by name.
        gazetteer: the places to know by name.
        given: what the text is of as a whole; its year is what it calls this year.
    """
    folded = fold_claim(text)
    found: list[DraftNumber] = []
    setting, heading, end = given, given, 0
    for span in sentences(folded):
        sentence = span.of(folded)
        if "\n" in folded[end : span.start]:
            if folded[:end].rstrip().endswith(":"):
                heading = setting
            elif not _ITEM.match(sentence):
                heading = Setting(setting.places, given.year)
            setting = heading if heading.is_said else Setting(setting.places, given.year)
        places = gazetteer.mentions(sentence)
        # What the whole text is of holds again behind a sentence on another place.
        setting = replace(setting, places=given.places or setting.places)
        reader = _Sentence(sentence, span.start, lexicon, places, setting, given)
        found.extend(reader.numbers())
        setting, end = reader.setting, span.end
    return found


@dataclass(slots=True)
class _Sentence:
    """A sentence of a folded text, read clause by clause; `setting` is what holds behind it."""

    text: str
    offset: int
    lexicon: Lexicon
    places: Sequence[Mention]
    setting: Setting
    given: Setting

    def numbers(self) -> Iterator[DraftNumber]:
        taken = [(each.start, each.end) for each in years_in(self.text)]
        taken += [(each.start, each.end) for each in dates_in(self.text)]
        taken += [found.span() for found in _ORDINAL.finditer(self.text)]
        amounts = amounts_in(self.text, taken)
        stance: Stance | None = None
        indicator: Indicator | None = None
        grows = False
        of_it = 0  # where the last number that was stated of the indicator ends
        for clause in _clauses(self.text):
            words = clause.of(self.text)
            if self.text[max(clause.start - 1, 0)] == ".":  # an English sentence goes on with none
                stance, indicator, grows = None, None, False
            mentions = [
                (clause.start + each.span.start, clause.start + each.span.end, each.candidates)
                for each in self.lexicon.mentions(words)
            ]
            said = stances_in(self._without_names(clause, mentions))
            stance = said[0][1] if said else stance
            if not said and _words().done.search(words):
                stance = "actual"
            for amount in amounts:
                if not clause.start <= amount.start < clause.end:
                    continue
                self._hear(amount.start, clause.end)
                before = [each for each in mentions if each[1] <= amount.start]
                begin = before[-1][1] if before else clause.start
                gap = self._without_places(max(begin, of_it), amount.start)
                if before:
                    candidates = before[-1][2]
                    indicator = candidates[0] if len(candidates) == 1 else None
                is_of = indicator if _only_states(gap) else None
                of_it = amount.end if is_of else of_it
                grew = _words().growing.search(clause.of(self.text)) is not None
                grows = amount.unit == "%" and (grew or (grows and not before))
                yield self._number(amount, clause, is_of, stance, grows=grows)
        self._hear(len(self.text), len(self.text))

    def _without_places(self, start: int, end: int) -> str:
        text = self.text
        for each in self.places:
            text = text[: each.span.start] + " " * len(each.span) + text[each.span.end :]
        return text[start:end]

    def _without_names(
        self, clause: Span, mentions: Sequence[tuple[int, int, Sequence[Indicator]]]
    ) -> str:
        """Return a clause without the names of indicators, which may say 实际 themselves."""
        text = self.text
        for start, end, _ in mentions:
            text = text[:start] + " " * (end - start) + text[end:]
        return clause.of(text)

    def _hear(self, upto: int, end: int) -> None:
        """Take the place and the year named last before a character, or a year up to `end`."""
        named = [each for each in self.places if each.span.end <= upto]
        if named:
            self.setting = replace(self.setting, places=named[-1].candidates)
        years = [(each.end, each.years[-1]) for each in years_in(self.text) if not each.is_base]
        if self.given.year is not None:
            years += [
                (found.end(), self.given.year + _words().shift[found[0]])
                for found in _words().relative.finditer(self.text)
            ]
        heard = [year for at, year in sorted(years) if at <= upto]
        behind = [year for at, year in sorted(years) if upto < at <= end]
        if heard or behind:
            year = heard[-1] if heard else behind[0]
            self.setting = replace(self.setting, year=year, is_said=True)

    def _number(
        self,
        amount: Amount,
        clause: Span,
        indicator: Indicator | None,
        stance: Stance | None,
        *,
        grows: bool,
    ) -> DraftNumber:
        if _words().other_spans.search(clause.of(self.text)):
            indicator = None
        return DraftNumber(
            amount=amount,
            span=Span(self.offset + amount.start, self.offset + amount.end),
            clause=Span(self.offset + clause.start, self.offset + clause.end),
            sentence=Span(self.offset, self.offset + len(self.text)),
            setting=self.setting,
            indicator=indicator,
            grows=grows,
            stance=stance,
        )


def _only_states(gap: str) -> bool:
    """Say whether words before a number only state it: nothing in them could be what is counted."""
    left = _words().relative.sub("", _YEAR.sub("", gap))
    return not _LETTERS.search(_words().stating.sub("", left))


_ORDINAL = re.compile(r"第[一二三四五六七八九十百零\d]{1,4}(?:届|次|批|部分|个?百年)")
"""Names with a number in them, which claim nothing: 第十九届, 第二次."""

_YEAR = re.compile(r"(?:19|20)\d\d年?")
_ITEM = re.compile(r"\s*(?:[-*•·]|\(?\d{1,2}[.、)])")
"""How an item of a list begins, which is of what the line above the list says."""

_LETTERS = re.compile(r"[^\W\d_]")
_BREAKS = re.compile(r"[,;](?!\d{3}(?!\d))|:(?!\s*\d)|\n|\.(?=\s+[A-Z])")


def _clauses(sentence: str) -> Iterator[Span]:
    start = 0
    for found in _BREAKS.finditer(sentence):
        yield Span(start, found.start())
        start = found.end()
    yield Span(start, len(sentence))


@dataclass(frozen=True, slots=True)
class _Words:
    stating: re.Pattern[str]
    growing: re.Pattern[str]
    done: re.Pattern[str]
    other_spans: re.Pattern[str]
    relative: re.Pattern[str]
    shift: dict[str, int]


@cache
def _words() -> _Words:
    written = Path(__file__).with_name("words.toml").read_text(encoding="utf-8")
    table = tomllib.loads(written)
    return _Words(
        _one_of(table["stating"], whole=True),
        _one_of(table["growing"]),
        _one_of(table["done"]),
        _one_of(table["other_spans"]),
        _one_of(list(table["relative"])),
        table["relative"],
    )


def _one_of(words: list[str], *, whole: bool = False) -> re.Pattern[str]:
    """Return what finds one of the words, the longest first; Latin ones `whole`."""
    ordered = sorted(words, key=len, reverse=True)
    bound = [rf"\b{word}\b" if whole and word.isascii() else word for word in ordered]
    return re.compile("|".join(bound), re.IGNORECASE)
