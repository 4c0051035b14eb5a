"""Reads a question of analysis into a query: of many places or of a run of years.

Every word is accounted for: used by a part of the query, or only asking. What is left over is kept,
so that whoever chooses a reading sees what it ignores. Knows which places have reports and of which
years, and nothing of what the reports say.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.queries.types import (
    Column,
    Condition,
    FigureQuery,
    Mentioning,
    MentionQuery,
    Places,
    Query,
    Relation,
    Side,
    Trend,
)
from assistant.questions.glossary import chinese_for
from assistant.questions.understand import points_back
from assistant.reading.ledger import Ledger, group, pattern
from assistant.reading.parts import Asked, Scope, asked_of, names_again, relation_of, scope_of
from assistant.reading.place_words import Reported
from assistant.reading.report_words import read_reports
from assistant.reading.year_words import likely_kind, newest, newest_each
from index.lexicon.indicators import Indicator
from index.types import Kind, Region

_EACH = 12
"""Up to how many places each one's newest year is meant where none is named; else that of most."""
_FEW = 3
"""From how many places or years on a question is one of analysis; fewer are compared in words."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A question as a query.

    `left` are words that no part of the query uses: a reading that has any is not to be trusted.
    `assumed` names what the question leaves open and the reading took for granted: "year", "years"
    (each place's newest), "kind", "indicator". `unknown` are places that are named and have no
    reports. `is_small` is true of a question of few places and years, which others answer in
    words, `is_placed` of one that names its places, `is_followed` of a change of the turn before,
    `asks_verdict` where it asks whether a goal was met.
    """

    query: Query
    left: tuple[str, ...] = ()
    assumed: tuple[str, ...] = ()
    unknown: tuple[Region, ...] = ()
    is_small: bool = False
    is_placed: bool = True
    is_followed: bool = False
    asks_verdict: bool = False

    @property
    def assumed_years(self) -> bool:
        """Whether the years were taken for granted."""
        return bool({"year", "years"} & set(self.assumed))


def read(folded: str, reported: Reported) -> Reading | None:
    """Read a folded question; None where it asks for no figures, mentions or reports as such."""
    reports = read_reports(folded, reported)
    if reports is not None:
        query, left, unknown = reports
        return Reading(query, left, unknown=unknown)
    reading = _mention(folded, reported) or _telling(folded, reported) or _figures(folded, reported)
    background = pattern("background").search(folded)
    if reading is None or background is None:
        return reading
    left = tuple(word for word in reading.left if word not in background[0])
    return replace(reading, left=left)


# Figures


def _figures(folded: str, reported: Reported) -> Reading | None:
    scope = scope_of(Ledger(folded), reported)
    asked = asked_of(scope)
    assumed: list[str] = []
    topics = list(asked.topics)
    if not topics:
        means_gdp = asked.kind == "target" or asked.side == "growth" or asked.both
        if not (means_gdp or scope.than) or _WHICH_ITEM.search(folded):
            return None
        if points_back(folded):
            return None  # how fast did that grow
        topics = [(reported.lexicon.get("gdp"),)]
        assumed.append("indicator")
    places = scope.places.chosen() or Places(())
    kind = asked.kind or ("actual" if scope.passes else None)
    if kind is None and scope.years.of_the_reports and not asked.both:
        kind = "actual"
        assumed.append("kind")
    if len(places.regions) == 1 and {"held", "step"} & set(asked.trends):
        scope.years.every = scope.years.every or not scope.years.says_any
    passes = scope.passes and len(places.regions) == 1
    scope.years.every = scope.years.every or (passes and not scope.years.says_any)
    of_ends = asked.of_ends and scope.years.ends is not None and len(places.regions) == 1
    if of_ends:
        scope.years.narrow_to_ends()
    years = scope.years.chosen(places, reported, kind)
    is_small = not places.regions or not _is_analysis(scope, asked, places, years)
    one_by_one = not (places.words or scope.places.excludes)
    if one_by_one and not years and kind is None and not (asked.order or asked.aggregates):
        is_small = True  # each place's newest figure of either kind is meant
    if kind is None and not asked.both and scope.than is None:
        kind = likely_kind(places, years, reported)
        assumed.append("kind")
    if scope.years.of_the_reports and kind == "actual" and not asked.both:
        years = tuple(year - 1 for year in years)  # what a report tells is of the year before
    own: tuple[tuple[str, int], ...] = ()
    if not years:
        own = newest_each(places, reported, kind or "target")
        years = tuple(sorted({year for _, year in own}))
        if len(own) > _EACH or len(years) < 2 or scope.than is not None:
            own, years = (), (newest(places, reported, kind or "target"),)
        assumed.append("year" if not own else "years")
    side = asked.side or _side_of(scope.condition)
    if of_ends and "level" in topics[0][0].measures:
        side = "level"
    sides: tuple[Side, ...] = ("level", "growth") if asked.two_sides else ()
    columns = columns_of(scope, topics, kind, side, years, both=asked.both, sides=sides)
    condition = scope.condition if scope.than is None else Condition(relation_of(scope.than))
    moved = _moved(asked, places, years, columns) if condition is None else None
    if moved is not None:
        columns, condition, years = moved
    counts = places.words or len(places.regions) > 1 or condition is not None
    counts = counts and not asked.both
    aggregates = tuple(each for each in asked.aggregates if each != "count" or counts)
    query = FigureQuery(
        places=places,
        years=years if scope.than is None else _years_of_than(scope.than, years),
        columns=columns,
        condition=condition,
        order=asked.order,
        limit=asked.limit,
        aggregates=aggregates,
        newest=own,
        trends=() if of_ends else trends_of(asked, years, places, passes=passes),
        judges=asked.both and scope.than is None,
    )
    left = [
        *(word for word in scope.ledger.words() if not names_again(word, topics)),
        *_unused(scope, asked, places, moved=moved is not None),
    ]
    is_placed = scope.places.chosen(by_default=False) is not None
    return Reading(
        query,
        tuple(left),
        tuple(assumed),
        scope.places.unknown,
        is_small,
        is_placed,
        asks_verdict=asked.judges,
    )


def _side_of(condition: Condition | None) -> Side | None:
    """Return which side the unit of a condition is of: 超过5万亿元 is no growth."""
    if condition is None or not condition.unit:
        return None
    return None if condition.unit == "%" else "level"


def _moved(
    asked: Asked, places: Places, years: tuple[int, ...], columns: tuple[Column, ...]
) -> tuple[tuple[Column, ...], Condition, tuple[int, ...]] | None:
    """Read which of several places raised or lowered a goal, or shrank in a year."""
    ways: tuple[tuple[Trend, Relation], ...] = (("lowered", "below"), ("raised", "above"))
    ways_asked = [relation for trend, relation in ways if trend in asked.trends]
    is_asked = len(places.regions) > 1 and len(columns) == 1 and len(ways_asked) == 1
    if not is_asked or len(years) not in (1, 2):
        return None
    column, relation = columns[0], ways_asked[0]
    if column.kind == "target" or len(years) == 2:
        shift = years[0] - years[-1] or -1
        return (column, replace(column, shift=shift)), Condition(relation), years[-1:]
    if relation == "above":
        return None
    return (replace(column, side="growth"),), Condition("below", Decimal(0), None, "%"), years


def _unused(scope: Scope, asked: Asked, places: Places, *, moved: bool) -> list[str]:
    """Return the words of a run of years asked of several places, which nothing can answer."""
    if len(places.regions) < 2 or moved:
        return []
    ledger = scope.ledger
    return [span.of(ledger.folded) for cue, span in ledger.used if cue in asked.trends]


def trends_of(
    asked: Asked, years: Sequence[int], places: Places, *, passes: bool = False
) -> tuple[Trend, ...]:
    """Return what is asked of a run of years of one place; `passes`: when it reached a number."""
    if len(years) < 2 or len(places.regions) != 1:
        return ()
    passed: tuple[Trend, ...] = ("passed",) if passes else ()
    return (*passed, *asked.trends, *([asked.order] if asked.order else []))


def _is_analysis(scope: Scope, asked: Asked, places: Places, years: Sequence[int]) -> bool:
    if scope.years.plan and len(places.regions) == 1 and not scope.years.every:
        return False  # a sum or an average over the plan's years is meant
    if len(places.regions) >= _FEW or places.words or scope.places.excludes:
        return True
    if len(years) >= _FEW or scope.years.every:
        return True
    if len(years) == 2 and (asked.judges or (asked.topics and not asked.both)):
        return True
    if asked.judges and len(places.regions) > 1:
        return True
    if asked.both and len(asked.topics) > 1:
        return not asked.judges or len(years) > 1  # what became of a few goals is told in a list
    side_by_side = pattern("side_by_side").search(scope.ledger.folded) is not None
    if len(years) == 2 and asked.topics and side_by_side and not asked.subtracts:
        return not asked.both  # the goal of one year beside the result of the other
    return scope.than is not None and len(years) > 1


def columns_of(
    scope: Scope,
    topics: Sequence[tuple[Indicator, ...]],
    kind: Kind | None,
    side: Side | None,
    years: Sequence[int],
    *,
    both: bool,
    sides: Sequence[Side] = (),
) -> tuple[Column, ...]:
    """Return the figures that are asked of each place and year."""
    if scope.than is not None:
        first = _kind_of(group(scope.than, "kind") or "", kind)
        second = _kind_of(group(scope.than, "than") or "", first if scope.of else "actual")
        shift = 0 if scope.of else _shift(scope.than, years, is_same=first == second)
        return (
            Column(topics[0], first, side),
            Column(topics[0], second, side, shift, scope.of),
        )
    if both:
        kinds: tuple[Kind, Kind] = ("target", "actual")
        return tuple(Column(topic, each, side) for topic in topics for each in kinds)
    assert kind is not None
    if sides:
        return tuple(Column(topic, kind, each) for topic in topics for each in sides)
    return tuple(Column(topic, kind, side) for topic in topics)


def _shift(than: re.Match[str], years: Sequence[int], *, is_same: bool) -> int:
    """Return by how many years the figure that is compared with is earlier."""
    named = group(than, "year")
    if named and named[:2] in ("19", "20"):
        other = int(named[:4])
        return other - max((year for year in years if year != other), default=years[-1])
    return -1 if named or is_same else 0


def _years_of_than(than: re.Match[str], years: tuple[int, ...]) -> tuple[int, ...]:
    named = group(than, "year")
    if named and named[:2] in ("19", "20"):
        return tuple(year for year in years if year != int(named[:4])) or years
    return years


def _kind_of(word: str, default: Kind | None) -> Kind:
    if re.search(r"目标|预期|target", word, re.IGNORECASE):
        return "target"
    if re.search(r"实际|完成|结果|actual|result|outcome", word, re.IGNORECASE):
        return "actual"
    return default or "actual"


# Words


def _mention(folded: str, reported: Reported) -> Reading | None:
    if not any(Ledger(folded).take(cue) for cue in ("mentions", "times")):
        return None
    scope = scope_of(Ledger(folded), reported)
    ledger = scope.ledger
    verbs = ledger.take("mentions")
    times = ledger.shows("times")
    first, last = ledger.shows("first"), ledger.shows("last")
    is_ranked = ledger.shows("descending") or bool(ledger.take("highest"))
    asks_content = _ASKS_WHAT.search(folded) and not (times or first or last)
    if not (verbs or times) or asks_content:
        return None
    for cue in ("word", "shape", "how_many", "sum", "filler"):
        ledger.take(cue)
    words = ledger.words()
    if any(verb[0].startswith(("提得", "提的")) for verb in verbs):
        words = [word.removeprefix("提") for word in words]  # 提亚运提得最多
    terms = terms_of(scope.quoted, words)
    places = scope.places.chosen() or (Places(()) if scope.places.unknown else None)
    if not terms or places is None:
        return None
    years = scope.years.of_reports(places, reported)
    own: tuple[tuple[str, int], ...] = ()
    if 1 < len(places.regions) <= _EACH and not scope.years.says_any:
        own = newest_each(places, reported, "target")
        years = tuple(sorted({year for _, year in own}))
    ever = any(_EVER.search(verb[0]) for verb in verbs)
    if (first or last or ever) and not scope.years.says_any:
        own, years = (), ()
    if first or last:
        asks: Mentioning = "first" if first else "last"
    elif times:
        asks = "count"
    else:
        is_negated = any(_NEGATED.search(verb[0]) for verb in verbs)
        asks = _who(places, years, every=scope.years.every, is_negated=is_negated)
        if asks.startswith("whether") and places.regions and scope.places.unknown:
            asks = "who_not" if is_negated else "who"
    if asks == "whether" and not _YES_OR_NO.search(folded):
        return None
    query = MentionQuery(terms, places, years, asks, ranked=is_ranked, newest=own)
    denied = [verb[0] for verb in verbs if _NEGATED.search(verb[0])]
    # 提到A但没提到B asks two things of a report; 哪些提到了,哪些没提 asks both sides of one.
    left = tuple(denied) if len(terms) > 1 and len(denied) != len(verbs) else ()
    return Reading(query, left if denied else (), unknown=scope.places.unknown)


def _telling(folded: str, reported: Reported) -> Reading | None:
    """Read what several places or years say of something: 近五年怎么讲民营经济."""
    if not Ledger(folded).take("tells") or _COMPARES.search(folded):
        return None
    scope = scope_of(Ledger(folded), reported)
    ledger = scope.ledger
    if not ledger.take("tells"):
        return None
    for cue in ("mentions", "word", "shape", "how_many", "filler"):
        ledger.take(cue)
    terms = terms_of(scope.quoted, ledger.words())
    places = scope.places.chosen() or (None if scope.places.unknown else _whole(folded, reported))
    if not terms or places is None or not places.regions:
        return None
    years = scope.years.of_reports(places, reported)
    own: tuple[tuple[str, int], ...] = ()
    if len(places.regions) > 1 and not scope.years.says_any:
        own = newest_each(places, reported, "target")
        years = tuple(sorted({year for _, year in own}))
    of_one = len(places.regions) == 1 and not (scope.years.every or len(years) > 1)
    if of_one:
        return None  # what one report says is for its clauses
    query = MentionQuery(terms, places, years, "says", newest=own)
    return Reading(query, (), unknown=scope.places.unknown)


_COMPARES = re.compile(r"比较|对比|\bcompare\b", re.IGNORECASE)
"""Sets figures side by side, if there are any."""


def _whole(folded: str, reported: Reported) -> Places | None:
    """Return every place with a report, where a question is of the reports and names none."""
    if not re.search(r"各地|报告|\breports\b", folded, re.IGNORECASE):
        return None
    return Places(tuple(reported.gazetteer.get(code) for code in sorted(reported.ahead)))


def terms_of(quoted: Sequence[str], words: Sequence[str]) -> tuple[str, ...]:
    """Return the words that are sought: those quoted, else what is left, in Chinese."""
    if quoted:
        return tuple(quoted)
    chinese = [word for word in words if re.search(r"[\u3400-\u9fff]", word)]
    if len(chinese) == 1 and len(chinese[0]) >= 2:
        return (chinese[0],)
    if chinese:
        return ()
    english = " ".join(words).strip()
    return tuple(chinese_for(english)) if english else ()


def _who(places: Places, years: Sequence[int], *, every: bool, is_negated: bool) -> Mentioning:
    if len(places.regions) == 1 and (every or len(years) > 1):
        return "years_not" if is_negated else "years"
    if len(places.regions) > 1 or places.words:
        return "who_not" if is_negated else "who"
    return "whether"


_WHICH_ITEM = re.compile(
    r"(?:哪[一几些]?|[有了]几|多少)(?:项|个(?:主要|经济)*指标|些指标)|什么指标|各项"
    r"|\bwhich (?:targets?|indicators?|goals?)\b",
    re.IGNORECASE,
)
"""Which indicator it is, that is asked for: then none is taken for granted."""
_EVER = re.compile(r"过$|\bever\b", re.IGNORECASE)
_NEGATED = re.compile(r"没|未|不|\bnot\b|n't|never", re.IGNORECASE)
_ASKS_WHAT = re.compile(
    r"怎么|怎样|如何|什么|\bhow (?:do|does|did|is|are|was)\b|\bwhat (?:do|does|did|is|are)\b",
    re.IGNORECASE,
)
_YES_OR_NO = re.compile(
    r"吗|有没有|是否|没有?[^,]{0,12}[?？]?$|^ *(?:do|does|did|has|have|is|are|was|were)\b",
    re.IGNORECASE,
)
