"""Whose a figure is: the place named right before its indicator, else the report's own.

Knows places and the words around an indicator; not what the figure is.
"""

from __future__ import annotations

import re

from index.figures.subjects.subject import Subject
from index.places.gazetteer import COUNTRY, Gazetteer
from index.types import Level, Region


def region_of(text: str, subject: Subject, place: int, own: Region, gazetteer: Gazetteer) -> Region:
    """Return the place that stands right before an indicator, else the report's own."""
    if subject.indicator is None or subject.start > place or subject.as_written[0] == "港":
        return own
    wider = _WIDER.match(subject.as_written) or _WIDER.match(
        text, max(0, subject.start - 2), subject.start + 2
    )
    if wider is not None:
        outer = [gazetteer.get(code) for code in own.parents]
        outer.append(gazetteer.get(COUNTRY))
        meant = [region for region in outer if region.level == _WIDER_LEVELS[wider[0]]]
        return meant[0] if meant and own.level not in ("country", meant[0].level) else own
    head = text[max(0, subject.start - 14) : subject.start]
    if not _PLACE_END.search(head):
        return own
    mentions = gazetteer.mentions(head)
    if not mentions or head[mentions[-1].span.end :] not in ("", "的", "规模"):
        return own
    inside = [r for r in mentions[-1].candidates if gazetteer.contains(own.code, r.code)]
    if not inside and mentions[-1].span.of(head) in _OWN_WHOLE:
        return own
    region = inside[0] if inside else mentions[-1].region
    if re.search(r"[比与和较于]$", head[: mentions[-1].span.start]):
        return own
    return region


_OWN_WHOLE = ("全州",)
"""Names of places that say "the whole prefecture" in the report of another."""
_TITLED = "(?!重点|文明|先进|示范|百强|优秀|首批|综合|科普|民族|双拥|县域)"
_WIDER = re.compile(rf"全[国省]{_TITLED}")
_WIDER_LEVELS: dict[str, Level] = {"全国": "country", "全省": "province"}
_PLACE_END = re.compile(r"[\u4e00-\u9fff]{2}(?:的|规模)?$")
