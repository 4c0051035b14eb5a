"""The places of an analytic question: named, in groups, of a level, less those excepted.

Knows which places have reports and which years those plan; not what is asked of them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.queries.types import Places
from assistant.questions.places import spoken_of
from assistant.reading.ledger import Ledger, group, pattern
from index.lexicon.indicators import Lexicon
from index.places.gazetteer import COUNTRY, Gazetteer, Mention
from index.places.groups import GroupMention, groups_in
from index.types import Level, Region, Span


@dataclass(frozen=True, slots=True)
class Reported:
    """What there are reports of: by administrative code the years that they plan, in order."""

    ahead: Mapping[str, tuple[int, ...]]
    gazetteer: Gazetteer
    lexicon: Lexicon

    def of_level(self, level: Level | None) -> list[Region]:
        """Return the places of a level that have reports, the country left out; None: of any."""
        regions = [self.gazetteer.get(code) for code in sorted(self.ahead)]
        found = [
            region
            for region in regions
            if region.level != "country" and level in (None, region.level)
        ]
        if level != "province":
            return found
        every = [self.gazetteer.get(code) for code in _PROVINCES]
        return every if len(found) * 2 > len(every) else found

    def municipalities(self) -> list[Region]:
        """Return the municipalities that have reports: cities too, and provinces in rank."""
        return [self.gazetteer.get(code) for code in _MUNICIPALITIES if code in self.ahead]


_MUNICIPALITIES = ("110000", "120000", "310000", "500000")
_PROVINCES = [
    f"{code}0000"
    for code in (
        *(11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46),
        *(50, 51, 52, 53, 54, 61, 62, 63, 64, 65),
    )
]
"""The codes of the 31 provinces, municipalities and regions whose governments report."""


class PlaceWords:
    """The places of a question: named, in groups, of a level, less those excepted."""

    def __init__(self, ledger: Ledger, reported: Reported) -> None:
        self.reported = reported
        gazetteer = reported.gazetteer
        self.excluded: list[Region] = []
        for match in pattern("except").finditer(ledger.rest):
            what = group(match, "what") or ""
            named = [mention.region for mention in gazetteer.mentions(what, asked=True)]
            for mention in groups_in(what):
                named += [gazetteer.get(code) for code in mention.codes]
            if named:  # 除工业外 is no exception among places, and stays to be accounted for
                self.excluded += named
                ledger.use("except", Span(*match.span()))
        self.excludes = bool(self.excluded)
        self.groups = _apart(groups_in(ledger.rest), gazetteer.mentions(ledger.rest, asked=True))
        for found in self.groups:
            ledger.use("group", found.span)
        self.named: list[Region] = []
        unknown: list[Region] = []
        mentions = gazetteer.mentions(ledger.rest.replace("\x1f", " "), asked=True)
        for place in mentions:
            ledger.use("place", place.span)
            if place not in spoken_of(mentions, ledger.folded):
                continue
            if place.region.code == COUNTRY:
                self.named.append(place.region)
                continue
            known = [each for each in place.candidates if each.code in reported.ahead]
            (self.named if known else unknown).append((known or list(place.candidates))[0])
        self.named = list(dict.fromkeys(self.named))
        # 五个江苏城市: what lies around every place that is named only says where they are.
        around = (
            set.intersection(*(set(each.parents) for each in self.named)) if self.named else set()
        )
        self.unknown = tuple(each for each in dict.fromkeys(unknown) if each.code not in around)
        if len(self.named) > 1:
            ledger.take_counted(len(self.named) + len(self.unknown), _OF_PLACES)
        self.level, self.level_words, self.counts = self._level(ledger)
        self.municipal = self.level == "prefecture" and bool(_CITIES.search(ledger.folded))
        if not self.named and not self.groups and self.level is None:
            if ledger.take("national") and COUNTRY in reported.ahead:
                self.named.append(gazetteer.get(COUNTRY))
        else:
            ledger.take("national")

    def _level(self, ledger: Ledger) -> tuple[str | None, str, bool]:
        levels: dict[str, Level] = {
            "province": "province",
            "city": "prefecture",
            "county": "county",
        }
        for cue in (*levels, "anywhere"):
            matches = ledger.take(cue)
            of_named = self.named and all(
                _OF_REPORTS.search(match[0])
                or not (_ASKS_WHICH.search(match[0]) or self._lies_around(levels.get(cue)))
                for match in matches
            )
            if matches and not of_named:
                counts = bool(re.search(r"多少|几|how many", matches[0][0], re.IGNORECASE))
                return levels.get(cue, "any"), _TOGETHER[cue], counts
        return None, "", False

    def _lies_around(self, level: Level | None) -> bool:
        """Tell whether places of a level lie in one that is named: 江苏的城市."""
        return level is None or any(_is_above(each, level) for each in self.named)

    def chosen(self, *, by_default: bool = True) -> Places | None:
        """Return whose figures are meant; None where the question names no place at all.

        By default the only place there is, or else the whole country, is meant then.
        """
        reported, gazetteer = self.reported, self.reported.gazetteer
        codes = [code for found in self.groups for code in found.codes]
        regions = [gazetteer.get(code) for code in dict.fromkeys(codes)]
        words = "、".join(found.matched for found in self.groups)
        country = [each for each in self.named if each.code == COUNTRY]
        named = [each for each in self.named if each.code != COUNTRY]
        level: Level | None = None if self.level == "any" else self.level  # type: ignore[assignment]
        # 广州、长沙、海口哪个城市 asks which of those named.
        among = len(named) > 1 and all(level in (None, each.level) for each in named)
        if self.level is not None and not regions and not among:
            regions = reported.of_level(level)
            if self.municipal:
                regions = [*reported.municipalities(), *regions]
            words = self.level_words
            around = [*named, *self.unknown]
            inside = [each for each in around if _is_above(each, level)]
            if inside:
                self.unknown = tuple(each for each in self.unknown if each not in inside)
                kept = {each.code for each in inside}
                regions = [each for each in regions if kept & set(each.parents)]
                named = [each for each in named if each not in inside]
                words = "、".join(each.name for each in inside) + words
        if named and not regions:
            regions, words = named, ""
        elif named:
            regions = [*regions, *(each for each in named if each not in regions)]
        if not regions and country:
            regions = country
        only = self._only() if by_default and not regions and not self.unknown else None
        if only is not None:
            regions = [only]
        if self.excluded and not regions:
            regions, words = reported.of_level("province"), ""
        regions = [each for each in regions if each not in self.excluded]
        return Places(tuple(regions), words) if regions else None

    def _only(self) -> Region | None:
        """Return whose reports are meant where none is named: the only or the national."""
        ahead = self.reported.ahead
        code = next(iter(ahead)) if len(ahead) == 1 else COUNTRY
        return self.reported.gazetteer.get(code) if code in ahead else None


def _apart(groups: Sequence[GroupMention], mentions: Sequence[Mention]) -> list[GroupMention]:
    """Return the groups that do not begin inside a place's name: 山东三省 is no 东三省."""
    return [
        group
        for group in groups
        if not any(place.span.start < group.span.start < place.span.end for place in mentions)
    ]


_OF_REPORTS = re.compile(r"报告|几份|reports?$", re.IGNORECASE)
"""Every report of a place that is named, not every place."""
_ASKS_WHICH = re.compile(
    r"[哪各每全几两]|所有|多少|其[它他]|31|三十一"
    r"|which|what|each|every|any|how many|all|other",
    re.IGNORECASE,
)
"""Which of the places of a level, or all of them: 五大目标的城市 asks for none."""
_OF_PLACES = re.compile(r"[^年份度]$|of them|[a-z]$")
_LEVELS: tuple[Level, ...] = ("country", "province", "prefecture", "county", "township")


def _is_above(place: Region, level: Level | None) -> bool:
    """Tell whether a place may have places of a level inside."""
    return place.level not in ("county", "township") and (
        level is None or _LEVELS.index(place.level) < _LEVELS.index(level)
    )


_CITIES = re.compile(r"城市|(?<!level )\bcit(?:y|ies)\b", re.IGNORECASE)
"""Cities of whatever rank, where 地级市 and 各市 are those of a prefecture's."""
_TOGETHER = {"province": "各省", "city": "各市", "county": "各县", "anywhere": "各地"}
