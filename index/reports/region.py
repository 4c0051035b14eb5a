"""Whose report a text is: what its congress, its title, its sentences and its folder say of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from index.places.gazetteer import COUNTRY, Gazetteer, Mention
from index.places.towns import NAME, code_of
from index.reports.witnesses import Witness
from index.types import Region, Span

_NATIONAL = re.compile(
    r"第\s*[一二三四五六七八九十\d]+\s*届\s*全国人民代表大会|全国人民代表大会报告|代表国务院|国务院总理"
    r"|国务院的?(?:委托|决定)|代表中央人民政府|国务院向"
)
_OPENING = 700
_GOVERNMENT = re.compile(
    r"\s*(?:人民)?政府|\s*代?(?:省|市|区|县|州|旗|盟)长|\s*第.{1,4}届|\s*\d{4}年.{0,6}报告"
)
_SPEAKS_FOR = re.compile(
    r"代表(?:本届|上届|第?[^\s,。]{1,4}届)?"
    r"(?P<kind>自治区|自治州|自治县|特别行政区|省|市|区|县|州|旗|盟)(?:人民)?政府"
)
_SELF = re.compile(r"[全我]([省市区县州旗盟国])(?![场民长委域间])")
_KINDS = ("自治区", "特别行政区", "自治州", "省", "市", "区", "县", "州", "旗", "盟")
_COUNTRY_ITSELF = re.compile(r"我国|全国各族人民|国务院")
_TOWN_SESSION = re.compile(
    rf"{NAME.pattern}(?:召开|举行)?第?[一二三四五六七八九十\d]{{1,4}}届"
    rf"|{NAME.pattern.replace('?P<town>', '?P<town2>')}(?:办事处|管委会|管理委员会|人民政府)"
)
_IN_TOWN = re.compile(r"全(?:镇|乡|街道|区|团|师)|该(?:镇|乡|街道)|我(?:镇|乡|街道)")


def from_text(
    text: str,
    gazetteer: Gazetteer,
    mentions: Sequence[Mention],
    *,
    head: int,
    session: Span | None,
    title: Span | None,
) -> list[Witness[Region]]:
    """Return what a clean text says of its place.

    Args:
        text: the clean text.
        gazetteer: the places it may be.
        mentions: the places that the text names, those in a newspaper's name left out.
        head: where the text's head ends.
        session: the session with the place's name before it.
        title: the title.
    """
    weights = _weights(mentions)
    found: list[Witness[Region]] = []
    if session is not None and "全国" in session.of(text):
        found.append(Witness("session", gazetteer.get(COUNTRY), 8, session, outright=True))
    local = [mention for mention in mentions if mention.region.code != COUNTRY]
    for who, within, weight in (("session", session, 4.0), ("title", title, 3.0)):
        for mention in local:
            if within and within.start <= mention.span.start and mention.span.end <= within.end:
                found.append(_said(who, mention, weight, weights, gazetteer))
                break
    if (named := _head_mention(text, head, local)) is not None:
        found.append(_said("head", named, 3, weights, gazetteer))
    if national := _NATIONAL.search(text, 0, _OPENING):
        span = Span(national.start(), national.end())
        found.append(Witness("head", gazetteer.get(COUNTRY), 4, span, outright=True))
    return [*found, *_from_sentences(text, gazetteer, local, weights)]


def from_name(
    who: str, name: str, gazetteer: Gazetteer, weight: float, mentions: Sequence[Mention]
) -> list[Witness[Region]]:
    """Return the place that a title, a file's or a folder's name, or a person names."""
    if "国务院" in name or "全国" in name:
        return [Witness(who, gazetteer.get(COUNTRY), weight)]
    plain = re.sub(r"[\d_\-.()()年月日]+", " ", name)
    found = [m for m in gazetteer.mentions(plain) if m.region.code != COUNTRY]
    if not found:
        return []
    governs = [mention for mention in found if _GOVERNMENT.match(plain, mention.span.end)]
    best = (governs or found)[-1]
    return [Witness(who, _nearest(best, _weights(mentions), gazetteer), weight)]


def kind_of(text: str) -> str:
    """Return of what kind the place is that a text speaks for: 省, 市, 县; "" if it is not told."""
    if stated := _SPEAKS_FOR.search(text, 0, 3_000):
        return stated["kind"]
    kinds = Counter(_SELF.findall(text))
    return kinds.most_common(1)[0][0] if kinds else ""


def town_of_text(
    text: str, head: int, around: Region | None, gazetteer: Gazetteer
) -> Witness[Region] | None:
    """Return the town, street or zone that a text is of; None where it is a county's or larger.

    Args:
        text: the clean text.
        head: where its head ends.
        around: the place that its other witnesses tell.
        gazetteer: makes the record.
    """
    if not _IN_TOWN.search(text):
        return None
    if _SPEAKS_FOR.search(text):
        return None
    found = _TOWN_SESSION.search(text, 0, max(head, 400))
    if found is None:
        return None
    group = "town" if found["town"] else "town2"
    name = re.sub(r"^.*(?:[省市区县州旗盟](?=.{3})|代表|[在与和])", "", found[group])
    end = found.end(group)
    if len(name) < 3 or any(len(m.span) == len(name) for m in gazetteer.mentions(name)):
        return None
    inside = around.code if around and around.level == "county" else None
    region = gazetteer.get(code_of(name, inside))
    return Witness("session", region, 9, Span(end - len(name), end), outright=True)


def _said(
    who: str, mention: Mention, weight: float, weights: Counter[str], gazetteer: Gazetteer
) -> Witness[Region]:
    region = _nearest(mention, weights, gazetteer)
    return Witness(who, region, weight, mention.span, outright=len(mention.candidates) == 1)


def _head_mention(text: str, head: int, mentions: Sequence[Mention]) -> Mention | None:
    """Return the place that the head, or the opening words, name as a government's."""
    near = [m for m in mentions if m.span.start < max(head, 1)]
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


def _nearest(mention: Mention, weights: Counter[str], gazetteer: Gazetteer) -> Region:
    """Choose among a mention's candidates the one whose surroundings the text names."""

    def nearness(region: Region) -> float:
        above = [weights[code] / (1 + rank) for rank, code in enumerate(region.parents)]
        below = sum(
            weight
            for code, weight in weights.items()
            if code != region.code and gazetteer.contains(region.code, code)
        )
        return sum(above) + below

    return max(mention.candidates, key=nearness)


def _from_sentences(
    text: str, gazetteer: Gazetteer, mentions: Sequence[Mention], weights: Counter[str]
) -> list[Witness[Region]]:
    """Conclude from what a text names most: itself, and what lies in it.

    A report names its own place less often than its towns and counties, and one of a province may
    not name it at all (省人民政府): so what is named counts for what lies around it too, among the
    places of the kind that the text speaks for.
    """
    kind = kind_of(text)
    scores: dict[str, float] = {}
    for code, weight in weights.items():
        if code == COUNTRY:
            continue
        scores[code] = scores.get(code, 0.0) + weight
        for rank, parent in enumerate(gazetteer.get(code).parents):
            scores[parent] = scores.get(parent, 0.0) + weight / (2 + rank)
    fitting = {code: 3 * score for code, score in scores.items() if _is_of(kind, code, gazetteer)}
    scores = fitting or {code: float(weights[code]) for code in scores}
    if not kind or kind == "国":
        itself = _COUNTRY_ITSELF.search(text)
        scores[COUNTRY] = 100.0 * len(_COUNTRY_ITSELF.findall(text))
    if not scores:
        return []
    best = max(scores, key=lambda code: scores[code])
    if scores[best] < 300:
        return []
    others = max((score for code, score in scores.items() if code != best), default=0.0)
    share = scores[best] / (scores[best] + others)
    if best == COUNTRY and itself:
        span = Span(itself.start(), itself.end())
    else:
        own = [m.span for m in mentions if best in {region.code for region in m.candidates}]
        inner = [m.span for m in mentions if gazetteer.contains(best, m.region.code)]
        span = (own or inner)[0]
    return [Witness("sentences", gazetteer.get(best), 4 * share, span)]


def _is_of(kind: str, code: str, gazetteer: Gazetteer) -> bool:
    """Say whether a place is of a kind: 区 is a district's and an autonomous region's word."""
    region = gazetteer.get(code)
    if kind not in _KINDS:
        return False
    if kind == "区" and region.level != "county":
        return region.name.endswith("自治区")
    if kind in ("州", "自治州"):
        return region.name.endswith("自治州")
    return region.name.endswith(kind)
