"""Reads a question of analysis into a query: of many places or of a run of years.

Every word is accounted for: used by a part of the query, or only asking. What is left over is kept,
so that whoever chooses a reading sees what it ignores. Knows which places have reports and of which
years, and nothing of what the reports say.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.queries.types import (
    Aggregate,
    Column,
    Condition,
    FigureQuery,
    Mentioning,
    MentionQuery,
    Places,
    Relation,
    Side,
)
from assistant.questions.glossary import chinese_for
from assistant.reading.ledger import Ledger, group
from assistant.reading.place_words import PlaceWords, Reported
from assistant.reading.quantities import count_of, quantity
from assistant.reading.year_words import YearWords, likely_kind, newest
from index.lexicon.indicators import Indicator
from index.places.gazetteer import COUNTRY
from index.types import Kind, Region, Span

_FEW = 3
"""From how many places or years on a question is one of analysis; fewer are compared in words."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A question as a query.

    `left` are words that no part of the query uses: a reading that has any is not to be trusted.
    `assumed` names what the question leaves open and the reading took for granted: "year", "kind",
    "indicator". `unknown` are places that are named and have no reports.
    """

    query: FigureQuery | MentionQuery
    left: tuple[str, ...] = ()
    assumed: tuple[str, ...] = ()
    unknown: tuple[Region, ...] = ()


def read(folded: str, reported: Reported) -> Reading | None:
    """Read a folded question; None where it is none of analysis."""
    ledger = Ledger(folded)
    parts = _Parts(ledger, reported)
    return parts.mention() or parts.figures()


class _Parts:
    """The parts of one question, taken from its text in turn."""

    def __init__(self, ledger: Ledger, reported: Reported) -> None:
        self.ledger, self.reported = ledger, reported
        self.quoted = _quoted(ledger)
        self.than = ledger.one("than")
        self.of = self._whose()
        self.years = YearWords(ledger)
        self.condition = self._numeric() if self.than is None else None
        self.places = PlaceWords(ledger, reported)
        self.ranged = ledger.shows("ranged")
        self.both = ledger.shows("both_sides")

    def _whose(self) -> Region | None:
        """Return the place that figures are compared with: 高于全国目标."""
        named = group(self.than, "whose") if self.than is not None else None
        if not named:
            return None
        if re.search(r"全国|国家|national|china", named, re.IGNORECASE):
            return self.reported.gazetteer.get(COUNTRY)
        mentions = self.reported.gazetteer.mentions(named)
        return mentions[0].region if mentions else None

    # Figures

    def figures(self) -> Reading | None:
        ledger, reported = self.ledger, self.reported
        topics, in_growth = self._topics()
        order, limit = self._order()
        aggregates = self._aggregates()
        target, actual = ledger.shows("target"), ledger.shows("actual")
        side: Side | None = "growth" if ledger.shows("growth") or in_growth else None
        side = side or ("level" if ledger.shows("level") else None)
        for cue in ("shape", "how_much_more", "filler"):
            ledger.take(cue)
        assumed: list[str] = []
        if not topics:
            if not (target or side == "growth" or self.than or self.both):
                return None
            topics = [(reported.lexicon.get("gdp"),)]
            assumed.append("indicator")
        kind: Kind | None = "target" if target else "actual" if actual else None
        if target and actual and self.than is None:
            self.both = True
        condition = self.condition
        if self.ranged:
            condition = Condition("ranged")
        places = self.places.chosen()
        if places is None:
            return None
        years = self.years.chosen(places, reported, kind)
        if not self._is_analysis(places, years):
            return None
        named_one_by_one = not (places.words or self.places.excludes)
        if named_one_by_one and not years and kind is None and not order and not aggregates:
            return None  # each place's newest figure of either kind is meant
        if kind is None and not self.both and self.than is None:
            kind = likely_kind(places, years, reported)
            assumed.append("kind")
        if not years:
            years = (newest(places, reported, kind or "target"),)
            assumed.append("year")
        if "sum" in aggregates and "level" in topics[0][0].measures:
            side = side or "level"
        columns = self._columns(topics, kind, side, years)
        if self.than is not None:
            condition = Condition(_relation(self.than))
            years = self._years_of_than(years)
        query = FigureQuery(
            places=places,
            years=years,
            columns=columns,
            condition=condition,
            order=order,
            limit=limit,
            aggregates=aggregates,
        )
        return Reading(query, tuple(ledger.words()), tuple(assumed), self.places.unknown)

    def _is_analysis(self, places: Places, years: Sequence[int]) -> bool:
        if self.years.plan and len(places.regions) == 1 and not self.years.every:
            return False  # a sum or an average over the plan's years is meant
        if len(places.regions) >= _FEW or places.words or self.places.excludes:
            return True
        if len(years) >= _FEW or self.years.every:
            return True
        return (self.both or self.than is not None) and len(years) > 1

    def _topics(self) -> tuple[list[tuple[Indicator, ...]], bool]:
        """Take the indicators that are named; tell whether one is named as a growth.

        Of two that stand without anything between them (第二产业GDP) the second is not taken: what
        it means beside the first is not known.
        """
        found: dict[str, tuple[Indicator, ...]] = {}
        in_growth, reached = False, -1
        for mention in self.reported.lexicon.mentions(self.ledger.rest):
            if mention.span.start == reached:
                continue
            reached = mention.span.end
            in_growth |= bool(_IN_GROWTH.search(mention.span.of(self.ledger.folded)))
            self.ledger.use("indicator", mention.span)
            if mention.joint:
                found.update((each.id, (each,)) for each in mention.candidates)
            else:
                found.setdefault(mention.candidates[0].id, mention.candidates)
        return list(found.values()), in_growth

    def _columns(
        self,
        topics: Sequence[tuple[Indicator, ...]],
        kind: Kind | None,
        side: Side | None,
        years: Sequence[int],
    ) -> tuple[Column, ...]:
        if self.than is not None:
            first = _kind_of(group(self.than, "kind") or "", kind)
            second = _kind_of(group(self.than, "than") or "", first if self.of else "actual")
            shift = 0 if self.of else self._shift(first, second, years)
            return (
                Column(topics[0], first, side),
                Column(topics[0], second, side, shift, self.of),
            )
        if self.both:
            return (Column(topics[0], "target", side), Column(topics[0], "actual", side))
        assert kind is not None
        return tuple(Column(topic, kind, side) for topic in topics)

    def _shift(self, first: Kind, second: Kind, years: Sequence[int]) -> int:
        """Return by how many years the figure that is compared with is earlier."""
        assert self.than is not None
        named = group(self.than, "year")
        if named and named[:2] in ("19", "20"):
            return int(named[:4]) - max(
                (y for y in years if y != int(named[:4])), default=years[-1]
            )
        if named:
            return -1
        return 0 if first != second else -1

    def _years_of_than(self, years: tuple[int, ...]) -> tuple[int, ...]:
        assert self.than is not None
        named = group(self.than, "year")
        if named and named[:2] in ("19", "20"):
            kept = tuple(year for year in years if year != int(named[:4]))
            return kept or years
        return years

    def _order(self) -> tuple[Literal["highest", "lowest"] | None, int | None]:
        ledger = self.ledger
        cues: tuple[Literal["highest", "lowest"], ...] = ("highest", "lowest")
        for cue in cues:
            match = ledger.one(cue)
            if match is not None:
                number = count_of(group(match, "n"))
                ledger.take("descending")
                if number is None and (
                    near := re.search(r"([一二三四五六七八九十两\d]+)个?(?=\x1f)", ledger.rest)
                ):
                    number = count_of(near[1])
                    ledger.use("limit", Span(*near.span()))
                return cue, number or 1
        if ledger.shows("ascending"):
            return "lowest", None
        return ("highest", None) if ledger.shows("descending") else (None, None)

    def _aggregates(self) -> tuple[Aggregate, ...]:
        found: list[Aggregate] = []
        cues: tuple[Aggregate, ...] = ("mean", "median", "sum", "share")
        found.extend(cue for cue in cues if self.ledger.shows(cue))
        if self.places.counts or self.ledger.shows("how_many"):
            found.append("count")
        return tuple(found)

    def _numeric(self) -> Condition | None:
        between = self.ledger.one("between")
        if between is not None:
            low, _ = quantity(group(between, "n") or "")
            high, unit = quantity(group(between, "m") or "")
            if low is not None and high is not None:
                return Condition("between", low, high, unit)
        relations: tuple[Relation, ...] = (
            "at_most", "at_least", "unequal", "above", "below", "equal",
        )  # fmt: skip
        for relation in relations:
            match = self.ledger.one(relation)
            if match is None:
                continue
            value, unit = quantity(group(match, "n") or "")
            if value is not None:
                return Condition(relation, value, None, unit)
        return None

    # Words

    def mention(self) -> Reading | None:
        ledger = self.ledger
        rest, used = ledger.rest, list(ledger.used)
        verbs = ledger.take("mentions")
        times = ledger.shows("times")
        first, last = ledger.shows("first"), ledger.shows("last")
        ordered = ledger.shows("descending") or bool(ledger.take("highest"))
        if not (verbs or times) or (
            _ASKS_WHAT.search(ledger.folded) and not (times or first or last)
        ):
            ledger.rest, ledger.used = rest, used
            return None
        ledger.take("word")
        ledger.take("shape")
        ledger.take("how_many")
        ledger.take("filler")
        terms = self._terms(ledger.words())
        places = self.places.chosen()
        if not terms or places is None:
            ledger.rest, ledger.used = rest, used
            return None
        negative = any(re.search(r"没|未|不|\bnot\b|n't|never", verb[0]) for verb in verbs)
        years = self.years.of_reports(places, self.reported)
        asks = self._asks(first, last, times, negative, places, years)
        if asks == "whether" and not _YES_OR_NO.search(ledger.folded):
            ledger.rest, ledger.used = rest, used
            return None
        query = MentionQuery(terms, places, years, asks, ranked=ordered)
        return Reading(query, (), (), self.places.unknown)

    def _terms(self, words: Sequence[str]) -> tuple[str, ...]:
        """Return the words that are sought: those quoted, else what is left, in Chinese."""
        if self.quoted:
            return tuple(self.quoted)
        chinese = [word for word in words if re.search(r"[\u3400-\u9fff]", word)]
        if len(chinese) == 1 and len(chinese[0]) >= 2:
            return (chinese[0],)
        if chinese:
            return ()
        english = " ".join(words).strip()
        return tuple(chinese_for(english)) if english else ()

    def _asks(
        self,
        first: bool,
        last: bool,
        times: bool,
        negative: bool,
        places: Places,
        years: Sequence[int],
    ) -> Mentioning:
        if first or last:
            return "first" if first else "last"
        if times:
            return "count"
        over_years = len(places.regions) == 1 and (self.years.every or len(years) > 1)
        if over_years:
            return "years_not" if negative else "years"
        if len(places.regions) > 1 or places.words:
            return "who_not" if negative else "who"
        return "whether"


_IN_GROWTH = re.compile(r"增速|增长|增幅|growth|grow", re.IGNORECASE)
_ASKS_WHAT = re.compile(
    r"怎么|怎样|如何|什么|\bhow (?:do|does|did|is|are|was)\b|\bwhat (?:do|does|did|is|are)\b",
    re.IGNORECASE,
)
_YES_OR_NO = re.compile(
    r"吗|有没有|是否|没有?[^,]{0,12}[?？]?$|^ *(?:do|does|did|has|have|is|are|was|were)\b",
    re.IGNORECASE,
)


def _kind_of(word: str, default: Kind | None) -> Kind:
    if re.search(r"目标|预期|target", word, re.IGNORECASE):
        return "target"
    if re.search(r"实际|完成|结果|actual|result|outcome", word, re.IGNORECASE):
        return "actual"
    return default or "actual"


def _relation(than: re.Match[str]) -> Relation:
    words = (group(than, "relation") or "").lower()
    tail = group(than, "tail") or ""
    if words == "比":
        return "above" if "高" in tail else "below"
    for relation, expression in (
        ("at_least", r"不低于|at least"),
        ("at_most", r"不高于"),
        ("below", r"低于|不及|小于|没|未|below|lower|under|short|less"),
        ("above", r"高于|超过|大于|above|higher|over|exceed|more"),
    ):
        if re.search(expression, words):
            return relation  # type: ignore[return-value]
    return "equal"


def _quoted(ledger: Ledger) -> list[str]:
    """Take what stands in quotation marks, where a question names a word."""
    found = []
    for match in re.finditer(r"[“「『\"‘']([^“”「」『』\"‘’']{2,20})[”」』\"’']", ledger.rest):
        words = match[1].strip()
        if re.search(r"[\u3400-\u9fff]", words):
            if re.fullmatch(r"[九十一二三四五]{1,2}五", words):
                continue
            found.append(words)
            ledger.use("term", Span(*match.span()))
    return found
