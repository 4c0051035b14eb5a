"""Finds the places that a question names, and which of them the indexed reports are of.

Knows names, the divisions around them and which places have reports; not what is asked.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from assistant.questions import cues
from index.lexicon.indicators import Lexicon
from index.places.gazetteer import COUNTRY, Gazetteer, Mention
from index.types import Region, Span


@dataclass(frozen=True, slots=True)
class Scope:
    """What a question can be about: the places that have reports, each with its current year."""

    newest: Mapping[str, int | None]
    """Administrative code of an indexed place → the year its newest report looks ahead to, if
    known: what is "this year" there."""
    gazetteer: Gazetteer
    lexicon: Lexicon

    def regions(self) -> list[Region]:
        """Return the places that have reports."""
        return [self.gazetteer.get(code) for code in self.newest]


@dataclass(frozen=True, slots=True)
class Places:
    """The places that a question names.

    `indexed` have reports; `elsewhere` have none, nor has a place around them; `within` have none
    of their own, and lie in one of `indexed`. `spans` is where the first two are named.
    """

    indexed: tuple[Region, ...]
    elsewhere: tuple[Region, ...]
    within: tuple[Region, ...]
    spans: list[Span]


def places_in(folded: str, scope: Scope) -> Places:
    """Return the places that a folded question names."""
    gazetteer, indexed = scope.gazetteer, scope.newest
    inside: dict[str, Region] = {}
    outside: dict[str, Region] = {}
    within: dict[str, Region] = {}
    taken: list[Span] = []
    every = cues.shows("every_place", folded)
    for mention in spoken_of(gazetteer.mentions(folded, asked=True), folded):
        found = [region for region in mention.candidates if region.code in indexed]
        if found and found[0].level == "province":
            found = found[:1]  # 吉林 is the province before the city in it
        if not found:
            found = _former(mention.matched, scope)
            found = found or (_inside(mention.candidates, scope) if every else [])
            found = found or _related(mention.candidates, scope)
            if found and found[0].code in mention.candidates[0].parents:
                within[mention.candidates[0].code] = mention.candidates[0]
                inside.update((region.code, region) for region in found)
                continue
        if found:
            inside.update((region.code, region) for region in found)
            taken.append(mention.span)
        elif mention.candidates[0].code != COUNTRY:
            outside.setdefault(mention.candidates[0].code, mention.candidates[0])
            taken.append(mention.span)
    for town in scope.regions():  # whose names the gazetteer does not know
        if town.level == "township" and (at := folded.find(town.name)) >= 0:
            inside[town.code] = town
            taken.append(Span(at, at + len(town.name)))
    if not inside and not outside and COUNTRY in indexed and cues.shows("national", folded):
        inside[COUNTRY] = gazetteer.get(COUNTRY)
        taken.extend(Span(*found.span()) for found in _CENTRAL.finditer(folded))
    elif not inside and not outside and _NATIONAL.search(folded):
        outside[COUNTRY] = gazetteer.get(COUNTRY)
    if not inside and COUNTRY not in outside:
        for mention in gazetteer.closest(folded, scope.regions()):
            inside.update((region.code, region) for region in mention.candidates)
            taken.append(mention.span)
            outside.clear()
    if len(inside) > 1:
        inside.pop(COUNTRY, None)
    return Places(tuple(inside.values()), tuple(outside.values()), tuple(within.values()), taken)


def _former(name: str, scope: Scope) -> list[Region]:
    """Return the place with reports that had a bare name before another has it: 莱芜 was a city."""
    return [each for each in scope.regions() if scope.gazetteer.short_name(each.code) == name]


def spoken_of(mentions: Sequence[Mention], folded: str) -> list[Mention]:
    """Leave out the place whose report is only to be gone by: 按河南2026年报告,郑州…."""
    sources = [Span(*match.span()) for match in _SOURCE.finditer(folded)]

    def is_source(mention: Mention) -> bool:
        return any(each.start <= mention.span.start < each.end for each in sources) and any(
            mention.region.code in other.region.parents for other in mentions
        )

    return [each for each in mentions if not (sources and is_source(each))]


_SOURCE = re.compile(
    r"(?:按照?|根据|依据|据|翻看?)[^,。?]{2,24}?报告"
    r"|\b(?:according to|going by|based on)\b[^,.?]{3,60}?report",
    re.IGNORECASE,
)
"""Whose report is gone by, where what is asked is of another place in it."""
_NATIONAL = re.compile(
    r"^全国(?!各|哪|的?[省市县])|全国(?:的|\d{4}年|GDP)|国务院|中央政府|^中国(?!特色)|(?<=年)(?:全国|中国)"
    r"|\b(?:china|the state council|national target)\b",
    re.IGNORECASE,
)
"""What is asked of the country itself: not 全国哪些省, nor 全国第一."""
_CENTRAL = re.compile(r"国务院|中央政府|\b(?:the )?state council\b", re.IGNORECASE)
"""Whose report it is, where no place is named."""


def _inside(candidates: Sequence[Region], scope: Scope) -> list[Region]:
    """Return the indexed places inside a named one: 甘肃各市."""
    codes = {region.code for region in candidates if region.code != COUNTRY}
    return [known for known in scope.regions() if codes & set(known.parents)]


def _related(candidates: Sequence[Region], scope: Scope) -> list[Region]:
    """Return the nearest indexed place around a named one that has no reports of its own.

    What lies inside a place is not told for it: 酒泉市 is not answered with 玉门市.
    """
    for region in candidates:
        if region.code == COUNTRY:
            continue
        if region.level == "province":  # a bare name is the province's before any other's
            return []
        for parent in region.parents:
            if parent in scope.newest:
                return [scope.gazetteer.get(parent)]
    return []


def this_year(places: Collection[Region], scope: Scope) -> int | None:
    """Return the year that "this year" means: that of the newest report in question."""
    codes = [region.code for region in places] or list(scope.newest)
    years = [year for code in codes if (year := scope.newest.get(code)) is not None]
    return max(years, default=None)
