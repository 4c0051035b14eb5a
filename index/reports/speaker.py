"""By whom a report was given: a person's name, and never a phrase that is none.

Who entrusted another with the report did not give it. Knows offices and how names stand beside
them; `surnames.txt` beside this module holds the surnames that three in four names begin with.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from index.types import Span

OFFICE = (
    r"(?:省长|市长|区长|县长|州长|旗长|盟长|镇长|乡长|自治区主席|政府主席|(?<![会大])主席|总理"
    r"|行政长官|计划委员会主任|管委会主任|办事处主任|街道主任|司令员|专员)"
)
_DOTTED = r"[\u4e00-\u9fff]{1,9}[·•・][\u4e00-\u9fff]{1,10}"
_NAME = rf"(?P<name>{_DOTTED}|[\u4e00-\u9fff]{{2,5}}?)"
_SPACED = rf"(?P<name>{_DOTTED}|[\u4e00-\u9fff](?: ?[\u4e00-\u9fff]){{1,4}}?)"
_OWN = r"(?:\([^()\n]{1,10}\)|、[^\n、]{2,16})?"
_DOES = r"(?:报告|[所作做])"
_FOR = r"(?:代表\S{1,24}?,?)?"
_GIVES = rf"(?:同志)?(?:向大会|向会议|受\S{{1,12}}委托,?)?{_FOR}(?:向\S{{2,6}})?{_DOES}"
_REPORT = r"了?(?:题为)?[^\n。,]{0,8}报告"
_ENTRUSTS = re.compile(r"受[^\n。]{0,14}$")
_BEFORE = r"(?:^|[\s。,、;]|日)"


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A way in which a name stands, how sure it is, and whether it is one in the head only."""

    pattern: re.Pattern[str]
    weight: int
    in_head: bool = False

    @classmethod
    def of(cls, pattern: str, weight: int, *, in_head: bool = False) -> _Pattern:
        return cls(re.compile(pattern, re.MULTILINE), weight, in_head)


_PATTERNS = (
    # 县长 王小明 on a line of the head; 市长张三同志 before what he does.
    _Pattern.of(rf"{OFFICE}{_OWN}\s*{_SPACED}(?:同志)?\s*\)?$", 5, in_head=True),
    _Pattern.of(rf"{OFFICE}{_OWN}\s*{_NAME}{_GIVES}", 4),
    _Pattern.of(rf"{OFFICE}{_OWN}\s*{_NAME}在[^\n。]{{0,60}}(?:会议|报告)", 4),
    _Pattern.of(rf"由\S{{0,20}}?{OFFICE}{_NAME}(?:同志)?(?:向大会)?{_FOR}[作做]{_REPORT}", 5),
    _Pattern.of(rf"由{_NAME}(?:同志)?(?:向大会)?{_FOR}[作做]{_REPORT}", 3),
    _Pattern.of(rf"{_BEFORE}{_NAME}代?{OFFICE}(?:在|代表|向|[作做])", 3),
    _Pattern.of(rf"{_BEFORE}{_NAME}(?:同志)?{_FOR}(?:向大会)?[作做]了?《?政府工作报告", 3),
    _Pattern.of(rf"日\s*{_NAME}\)", 3),
    _Pattern.of(rf"(?:会议上?|\d日)\)?\n{_SPACED}\n", 3, in_head=True),
    _Pattern.of(
        rf"{OFFICE}{_OWN}\s*{_NAME}(?=\s*(?:$|同志|\)|,受|代表|向|[作做在于]))", 2, in_head=True
    ),
)
_NO_NAME = re.compile(
    r"政府|工作|报告|[省市区县州旗盟镇乡]长|主席|总理|代表|大会|会议|委托|同志|人民|主持|主任|书记|各位|我们"
    r"|全体|现在|今天|上午|下午|指出|强调|发布|来源|记者|通讯|部门|办公|讲话|任期|提名|人选|方面|工程"
    r"|开幕|闭幕|召开|举行|选举|宣布|.[的了在是和与向作做对为就把被受将及该其此本于]"
    r"|^[的了在是与向作做对为就把被受将及该其此本代副原新前]|[说称]$"
)
_OPENING = 2_500


def find_speaker(text: str, head: int) -> tuple[str, Span] | None:
    """Return the name of who gave a report and its clean span; the head is believed first."""
    found = [
        (weight + (2 if span.end <= head else 0) + _likeness(name), -span.start, name, span)
        for name, span, weight in _candidates(text, head)
    ]
    if not found:
        return None
    _, _, name, span = max(found)
    return name, span


def is_name(name: str) -> bool:
    """Say whether a run of characters can be a person's name."""
    return _NO_NAME.search(name) is None and len(name) >= 2


def speaker_of_title(title: str) -> str | None:
    """Return who gave a report by its title: (2016年1月6日 雍成瀚), 韩正市长在…上的报告."""
    found = find_speaker(title, len(title))
    return found[0] if found else None


def _candidates(text: str, head: int) -> Iterator[tuple[str, Span, int]]:
    for each in _PATTERNS:
        end = max(head, 1) if each.in_head else _OPENING
        for found in each.pattern.finditer(text, 0, min(end, len(text))):
            name = "".join(found["name"].split())
            before = text[max(0, found.start() - 16) : found.start("name")]
            entrusted = _ENTRUSTS.search(before) and "委托" in text[found.end("name") :][:4]
            if not entrusted and is_name(name):
                yield name, Span(found.start("name"), found.end("name")), each.weight


def _likeness(name: str) -> float:
    """Return how much a name is like one: with a surname and short, or of parts with a dot."""
    if re.search(r"[·•・]", name):
        return 1.0
    if name[:2] in _surnames() and len(name) in (3, 4):
        return 1.0
    return 1.0 if name[0] in _surnames() and len(name) in (2, 3) else -1.0


@cache
def _surnames() -> frozenset[str]:
    path = Path(__file__).with_name("surnames.txt")
    return frozenset(path.read_text(encoding="utf-8").split())
