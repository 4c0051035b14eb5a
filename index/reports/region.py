"""Whose report a text is: the place of its congress, its title and its government."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from index.places.gazetteer import COUNTRY, Gazetteer, Mention
from index.types import Region, Span, Stated

_NATIONAL = re.compile(
    r"第\s*[一二三四五六七八九十\d]+\s*届\s*全国人民代表大会|全国人民代表大会报告|代表国务院|国务院总理"
    r"|国务院的?(?:委托|决定)|代表中央人民政府|国务院向"
)
_OPENING = 700
_GOVERNMENT = re.compile(
    r"\s*(?:人民)?政府|\s*代?(?:省|市|区|县|州|旗|盟)长|\s*第.{1,4}届|\s*\d{4}年.{0,6}报告"
)
_SELF = re.compile(r"[全我]([省市区县州旗盟国])(?![场民长委域间])")
_FOR_GOVERNMENT = re.compile(r"代表([省市区县州旗盟])人民政府")
"""Of what kind the government is that a report is given for, where its name is left out."""
_LOCAL = frozenset("省市区县州旗盟")
_COUNTRY_ITSELF = re.compile(r"我国|全国各族人民|国务院")


def find_region(
    text: str,
    document: str,
    gazetteer: Gazetteer,
    mentions: Sequence[Mention],
    *,
    head: int,
    session: Span | None,
) -> Stated[Region] | None:
    """Return the place whose government gave a report.

    Args:
        text: the clean text.
        document: the file's name.
        gazetteer: the places it may be.
        mentions: the places that the text names, those in a newspaper's name left out.
        head: where the text's head ends.
        session: the session with the place's name before it.

    Returns:
        The place with its clean span, or None. Its congress, its government or its title state
        it; else it is concluded from what the text names most, or from the file name.
    """
    weights = _weights(mentions)
    if session is not None:
        if "全国" in session.of(text):
            return Stated(gazetteer.get(COUNTRY), session)
        for mention in mentions:
            if session.start <= mention.span.end <= session.end and mention.region.code != COUNTRY:
                return _stated(mention, weights, gazetteer)
    named = _head_mention(text, head, mentions)
    if named is not None:
        return _stated(named, weights, gazetteer)
    if found := _NATIONAL.search(text, 0, _OPENING):
        return Stated(gazetteer.get(COUNTRY), Span(found.start(), found.end()))
    return _concluded(text, document, gazetteer, mentions, weights)


def _head_mention(text: str, head: int, mentions: Sequence[Mention]) -> Mention | None:
    """Return the place that the head, or the opening words, name as a government's."""
    near = [m for m in mentions if m.span.start < max(head, 1) and m.region.code != COUNTRY]
    near += [
        m
        for m in mentions
        if m.span.start < head + 120 and re.search(r"代表\s*$", text[: m.span.start])
    ]
    for mention in near:
        if _GOVERNMENT.match(text, mention.span.end):
            return mention
    return None


def _weights(mentions: Sequence[Mention]) -> Counter[str]:
    """Return how often each place is named, a name shared by several counted in parts."""
    weights: Counter[str] = Counter()
    shares: dict[str, float] = {}
    for mention in mentions:
        for region in mention.candidates:
            shares[region.code] = shares.get(region.code, 0.0) + 1 / len(mention.candidates)
    for code, share in shares.items():
        weights[code] = round(100 * share)
    return weights


def _stated(mention: Mention, weights: Counter[str], gazetteer: Gazetteer) -> Stated[Region]:
    """Choose among a mention's candidates the one whose surroundings the text names."""

    def nearness(region: Region) -> float:
        above = [weights[code] / (1 + rank) for rank, code in enumerate(region.parents)]
        below = sum(
            weight
            for code, weight in weights.items()
            if code != region.code and gazetteer.contains(region.code, code)
        )
        return sum(above) + below

    best = max(mention.candidates, key=nearness)
    sure = len(mention.candidates) == 1
    return Stated(best, mention.span, inferred=not sure)


def _concluded(
    text: str,
    document: str,
    gazetteer: Gazetteer,
    mentions: Sequence[Mention],
    weights: Counter[str],
) -> Stated[Region] | None:
    from_file = _of_file(document, gazetteer, weights)
    kinds = Counter(_SELF.findall(text))
    kind = kinds.most_common(1)[0][0] if kinds else ""
    if (government := _FOR_GOVERNMENT.search(text)) is not None:
        kind = government[1]
    scores = {
        code: weight * (3 if kind and kind in gazetteer.get(code).name[-3:] else 1)
        for code, weight in weights.items()
        if code != COUNTRY
    }
    if kind == "省":
        scores = _by_province(weights, gazetteer)
    if kind not in _LOCAL:
        scores[COUNTRY] = 100 * len(_COUNTRY_ITSELF.findall(text))
    if not scores:
        return Stated(from_file, None, inferred=True) if from_file else None
    best = max(scores, key=lambda code: scores[code])
    if from_file is not None and (from_file.code == best or scores[best] < 500):
        return Stated(from_file, None, inferred=True)
    if scores[best] < 300:
        return None
    if best == COUNTRY:
        found = _COUNTRY_ITSELF.search(text)
        return Stated(gazetteer.get(COUNTRY), Span(*found.span()) if found else None, inferred=True)
    named = (m.span for m in mentions if best in {region.code for region in m.candidates})
    return Stated(gazetteer.get(best), next(named, None), inferred=True)


def _by_province(weights: Counter[str], gazetteer: Gazetteer) -> dict[str, int]:
    """Return how often each province, and what lies in it, is named: 全省 is no city's word."""
    scores: Counter[str] = Counter()
    for code, weight in weights.items():
        province = f"{code[:2]}0000"
        if code != COUNTRY and province in gazetteer:
            scores[province] += weight
    return dict(scores)


def _of_file(document: str, gazetteer: Gazetteer, weights: Counter[str]) -> Region | None:
    name = re.sub(r"[\d_\-.()年]+", " ", Path(document).stem)
    if "国务院" in name or "全国" in name:
        return gazetteer.get(COUNTRY)
    mentions = gazetteer.mentions(name)
    if not mentions:
        return None
    return max(mentions[-1].candidates, key=lambda region: weights[region.code])
