"""Things that have names of their own: which kind a question asks for, and what names them.

Knows kinds of things and how reports set their names side by side; not which reports say them.
"""

from __future__ import annotations

import re

from assistant.answering.lists.ranking import asked_count
from assistant.questions.glossary import glossed
from assistant.types import Question
from index.text.scanning import lazily

_KINDS = (
    "项目|工程|铁路|高铁|公路|高速|地铁线路|地铁|机场|港口|大桥|隧道|水库|电站|电厂|企业|园区|平台|医院|学校|高校"
    "|场馆|博物馆|景区|实验室|赛事|品牌"
)
"""Kinds of things that have names of their own."""
_ANY = "(?:重大|重点|主要|大型|新|新建|在建|建设|标志性)*"
_ASKED = lazily(
    rf"(?:哪[些几]|什么)[个条座]?{_ANY}(?P<after>{_KINDS})(?![\u4e00-\u9fff]{{2}})"
    rf"|(?<![\u4e00-\u9fff]){_ANY}(?P<before>{_KINDS})(?:都|主要|分别|具体)?(?:有|是|包括)(?:哪些|什么)"
)


def asked_thing(question: Question) -> str | None:
    """Return the kind of things with names of their own that a question asks for: 铁路, 项目.

    None also where it asks for those of a kind within the kind (民心工程), which other words tell.
    """
    if question.wanted != "list" or question.every_place:
        return None
    if asked_count(question.folded) is not None:
        return None
    if question.language == "en":
        found = re.search(_KINDS, glossed(question))
        return found[0] if found else None
    asked = _ASKED.search(question.folded)
    return asked["after"] or asked["before"] if asked else None


def names_things(text: str, thing: str) -> bool:
    """Tell whether a statement names things of a kind: 甲厂、乙厂等项目, 东江大桥、西江大桥."""
    one, kinds = r"[^,;:。、]", _ALSO.get(thing, thing)
    forms = [rf"{one}{{3,}}、{one}{{2,}}等\d*[个条座项]?{one}{{0,6}}(?:{kinds})"]
    if thing not in _PLANS:
        forms.append(rf"{one}{{2,}}(?:{kinds})?{one}{{0,4}}[、和]{one}{{2,8}}(?:{kinds})")
    return bool(re.search("|".join(forms), text))


_PLANS = frozenset({"项目", "工程", "企业", "园区", "平台", "品牌", "学校", "高校", "赛事"})
"""Kinds that reports also set side by side without naming one: 新建项目、在建项目."""
_ALSO = {
    "铁路": "铁路|高铁|城际",
    "公路": "公路|高速",
    "高速": "公路|高速",
    "地铁": "地铁|号线",
    "地铁线路": "地铁|号线",
}
"""What things of a kind are also called."""
