"""The places that a text speaks of, without words and names that only look like places.

Knows names, and nothing of what is said of the places.
"""

from __future__ import annotations

import re

from index.places.gazetteer import Gazetteer, Mention


def places_in(text: str, gazetteer: Gazetteer, known: frozenset[str]) -> list[Mention]:
    """Return the places that a folded text speaks of, in their order.

    What is a word as often as a place (新建) is a place only where that has reports, and a short
    name that begins that of a company or a station (新疆油田公司) is none.

    Args:
        text: the text.
        gazetteer: the places to know by name.
        known: the codes of the places that have reports.
    """
    sure = {each.span for each in gazetteer.mentions(text)}
    return [
        each
        for each in gazetteer.mentions(text, asked=True)
        if (each.span in sure or _is_known(each, known)) and not _begins_name(text, each)
    ]


def _is_known(mention: Mention, known: frozenset[str]) -> bool:
    return not known or any(each.code in known for each in mention.candidates)


def _begins_name(text: str, mention: Mention) -> bool:
    """Say whether a place's short name only begins the name of something else."""
    if mention.matched == _WHOLE and text[mention.span.end : mention.span.end + 1] != "县":
        return True
    if mention.matched[-1:] in _KINDS:
        return False
    return _NAME.match(text, mention.span.end) is not None


_WHOLE = "全州"
_KINDS = "省市县区州旗"
_NAME = re.compile(
    r"方(?=援|面?的?援|投资)|[\u4e00-\u9fff]{0,4}?(?:公司|集团|油田|机场|银行(?!业|存|贷)|大学|学院|火车站|卷烟厂|电厂|高速公?路|高铁|铁路"
    r"|营商环境|市场监管|博物馆|海关|港口?(?=[吞货集]))"
)
