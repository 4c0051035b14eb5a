"""Finding the names of places in Chinese text.

Works on an index of names and knows nothing of what contains what, except that a name may need a
larger place right before it. The text is expected in Simplified characters.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from index.text.prefix_index import NameStarts


@dataclass(frozen=True, slots=True)
class ChineseName:
    """What a name stands for.

    `codes` are the divisions so called, best first. `is_full` tells a name with its kind (焦作市)
    from a short one, `is_ordinary` a short name that is also an ordinary word.
    """

    codes: tuple[str, ...]
    is_full: bool
    is_ordinary: bool = False


@dataclass(frozen=True, slots=True)
class ChineseIndex:
    """Names, and where they may begin in a text."""

    names: Mapping[str, ChineseName]
    starts: NameStarts


@dataclass(frozen=True, slots=True)
class FoundName:
    """A name found at the characters `start` to `end` of a text."""

    start: int
    end: int
    codes: tuple[str, ...]


_DESCRIPTIVE_TEXT = "城区 郊区 矿区 新城区 老城区 市中区 城中区 城东区 城西区 城北区 解放区 港口区"
_DESCRIPTIVE = frozenset(_DESCRIPTIVE_TEXT.split())
"""Full names that running text also uses of any town: a larger place must stand before them."""

_NOT_A_KIND_TEXT = (
    "区域 区间 区位 区块 区划 市场 市民 市容 市值 市价 市面 县域 县级 县城 县区 州界 省会 "
    "省级 市级 市区 市域 旗下"
)
_NOT_A_KIND = frozenset(_NOT_A_KIND_TEXT.split())
"""Words that begin with what looks like the kind of the place before them: 运城|市场."""

_BEGINS_A_WORD = re.compile(r".县|.(?:城市|城区|山区|港区|湖区|房区|城镇|江区|门区)")
"""Full names whose end is a word of its own, so that they are cut out of others: 沿[海城市]."""

_ASKED_BEFORE = re.compile(r"(?:^|[^\u4e00-\u9fff]|请问|查询|比较|对比)$")
_ASKED_AFTER = re.compile(
    r"\s*(?:\d{2,4}年|今年|去年|前年|的?(?:GDP|地区生产总值|政府工作报告|财政))"
)
"""What stands around an ordinary word that is asked about as a place: 惠安2023年的目标."""
_QUESTION_BEFORE = re.compile(
    r"(?:^|[^\u4e00-\u9fff]|[年月和与及跟或比在对问]|请问|查询|查(?:一)?下|比较|对比|介绍(?:一下)?|告诉我|想知道"
    r"|(?:想)?了解|说说|谈谈|讲讲|看看|列出|关于)$"
)
_QUESTION_AFTER = re.compile(
    r"\s*(?:$|[^\u4e00-\u9fff]|[的和与及跟比今去前明上]|GDP|地区生产|生产总值|经济|财政|政府|重点|主要|目标|工作|城镇|农村"
    r"|居民|人均|规模|固定|社会|一般|有(?:哪|多|什)|是|提|计划|增|完成|新增|全年|预期)"
)
"""What stands around the name of a place in a question, where it may be any word."""

_NOT_THE_COUNTRY = re.compile(
    r"(?<=美丽|平安|健康|数字|法治|富强)中国|(?<!在)中国(?:式|共产党|特色|梦|人民|精神|制造|移动|电信|联通|银行|石油|石化)"
)
"""Phrases in which 中国 names no place that figures could be of."""

_ABBREVIATIONS = {
    "京": "110000", "津": "120000", "冀": "130000", "晋": "140000", "蒙": "150000",
    "辽": "210000", "吉": "220000", "黑": "230000", "沪": "310000", "苏": "320000",
    "浙": "330000", "皖": "340000", "闽": "350000", "赣": "360000", "鲁": "370000",
    "豫": "410000", "鄂": "420000", "湘": "430000", "粤": "440000", "桂": "450000",
    "琼": "460000", "渝": "500000", "川": "510000", "蜀": "510000", "贵": "520000",
    "黔": "520000", "云": "530000", "滇": "530000", "藏": "540000", "陕": "610000",
    "秦": "610000", "甘": "620000", "陇": "620000", "青": "630000", "宁": "640000",
    "新": "650000", "台": "710000", "港": "810000", "澳": "820000",
}  # fmt: skip
_CLEAR = "京津冀晋沪浙皖闽赣鲁豫鄂粤湘渝黔滇陕琼辽蒙苏川桂甘"
"""Abbreviations that seldom are part of another word."""

_ANY = "".join(_ABBREVIATIONS)
_SEPARATOR = "[、,和与及跟比/]?"
# The first character comes first, and what stands before it is looked at behind it: so the search
# passes over all others at once.
_NOT_BEHIND_HAN = r"(?<![\u4e00-\u9fff][\s\S])"
_AFTER_CLEAR = f"(?<=[{_CLEAR}])"
_RUN = re.compile(
    rf"[{_ANY}江](?:{_AFTER_CLEAR}{_NOT_BEHIND_HAN}(?:、[{_CLEAR}])+"
    rf"|{_AFTER_CLEAR}{_NOT_BEHIND_HAN}(?:{_SEPARATOR}[{_CLEAR}])+(?![\u4e00-\u9fff])"
    rf"|{_AFTER_CLEAR}(?:[{_CLEAR}])+(?=[一两三四五六七八九]省|[一两三四五六]地|地区|协同|合作|一体化)"
    r"|(?<=京)(?:津冀|沪)|(?<=沪)苏浙皖|(?<=苏)浙沪|(?<=沪)苏浙|(?<=江)浙沪|(?<=川)渝|(?<=粤)港澳"
    r"|(?<=云)贵川|(?<=晋)陕[豫蒙]|(?<=黑)吉辽|(?<=陕)甘宁"
    rf"|(?<!江)(?:、[{_ANY}])+(?=等?[一两三四五六七八九十]?[省市区]))"
)
_ALONE = re.compile(
    rf"[{_CLEAR}](?<![^\s,。;:、?!(\"“和与跟比][\s\S])"
    rf"(?=省|的|\d{{2}}|今年|去年|全省|[,、。?!\s]|GDP|经济|和|与|$)"
)


def find_chinese(text: str, index: ChineseIndex, *, asked: bool = False) -> list[FoundName]:
    """Find the names of an index in a text, in order, none overlapping another.

    Args:
        text: the text, in Simplified characters.
        index: the names.
        asked: whether it is a question, in which a name needs less around it to be one.
    """
    found: list[FoundName] = []
    reached = 0
    for start, lengths in index.starts.find(text):
        if start < reached:
            continue
        name = _longest_at(text, start, lengths, index.names)
        if name is not None and _counts(text, name, found, index.names, asked=asked):
            found.append(name)
            reached = name.end
    return sorted(found + _abbreviated(text, found), key=lambda name: name.start)


def _longest_at(
    text: str, start: int, lengths: tuple[int, ...], names: Mapping[str, ChineseName]
) -> FoundName | None:
    for length in lengths:
        name = text[start : start + length]
        entry = names.get(name)
        if entry is None:
            continue
        runs_on = text[start + length - 1 : start + length + 1] in _NOT_A_KIND
        if entry.is_full and runs_on and len(name) > 2:
            continue
        return FoundName(start, start + length, entry.codes)
    return None


def _counts(
    text: str,
    name: FoundName,
    found: list[FoundName],
    index: Mapping[str, ChineseName],
    *,
    asked: bool,
) -> bool:
    """Say whether a name is one here: not a word, nor cut out of a larger place's name."""
    written = text[name.start : name.end]
    entry = index[written]
    if written == "中国" and _NOT_THE_COUNTRY.match(text, name.start):
        return False
    if asked and _stands_in_question(text, name):
        return True
    if _BEGINS_A_WORD.fullmatch(written) and not _may_begin(text, name, found):
        return False
    if entry.is_ordinary or written in _DESCRIPTIVE:
        if found and _lies_beside(text, found[-1], name):
            return True
        led = _ASKED_BEFORE.search(text[max(0, name.start - 2) : name.start])
        return bool(entry.is_ordinary and led and _ASKED_AFTER.match(text, name.end))
    for start in range(name.start + 1, name.end):
        for length in (2, 3):
            other = index.get(text[start : start + length])
            larger = other is not None and other.codes[0].endswith("0000")
            if larger and start + length > name.end and not entry.codes[0].endswith("0000"):
                return False
    return True


def _stands_in_question(text: str, name: FoundName) -> bool:
    """Say whether a question speaks of a name as a place: 2023年|和平|的重点工作."""
    before = text[max(0, name.start - 6) : name.start]
    return bool(_QUESTION_BEFORE.search(before) and _QUESTION_AFTER.match(text, name.end))


def _may_begin(text: str, name: FoundName, found: list[FoundName]) -> bool:
    """Say whether a name does not go on with the word before it."""
    before = text[name.start - 1 : name.start]
    return (
        not "一" <= before <= "鿿"
        or before in "在与和及跟是问比查看对从到于由向"
        or bool(found and found[-1].end == name.start)
    )


def _lies_beside(text: str, larger: FoundName, name: FoundName) -> bool:
    """Say whether a larger place stands right before a name: 西安|新城, but not 运城|新建."""
    if text[larger.end : name.start] not in ("", "的"):
        return False
    stems = [re.sub(r"(?:00){1,2}$", "", code) for code in larger.codes]
    return any(code.startswith(stem) and code != stem for code in name.codes for stem in stems)


def _abbreviated(text: str, found: list[FoundName]) -> list[FoundName]:
    single: list[FoundName] = []
    taken: set[int] | None = None
    for pattern in (_RUN, _ALONE):
        for match in pattern.finditer(text):
            if taken is None:
                taken = {place for name in found for place in range(name.start, name.end)}
            if not taken.isdisjoint(range(match.start(), match.end())):
                continue
            for place in range(match.start(), match.end()):
                if code := _ABBREVIATIONS.get(text[place]):
                    single.append(FoundName(place, place + 1, (code,)))
                    taken.add(place)
    return single
