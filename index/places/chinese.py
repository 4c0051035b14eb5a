"""Finding the names of places in Chinese text.

Works on an index of names and knows nothing of what contains what, except that a name may need a
larger place right before it. The words around names stand in `chinese.toml` beside this module. The
text is expected in Simplified characters.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.text.prefix_index import PrefixIndex


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
    """Names with what they stand for, and what finds them in a text."""

    names: Mapping[str, ChineseName]
    written: PrefixIndex


@dataclass(frozen=True, slots=True)
class FoundName:
    """A name found at the characters `start` to `end` of a text."""

    start: int
    end: int
    codes: tuple[str, ...]


_WORDS: dict[str, Any] = tomllib.loads(
    Path(__file__).with_name("chinese.toml").read_text(encoding="utf-8")
)


def _any_of(words: Iterable[str]) -> str:
    return f"(?:{'|'.join(words)})"


_DESCRIPTIVE = frozenset(_WORDS["descriptive"])
_NOT_A_KIND = frozenset(_WORDS["not_a_kind"])
_BEGINS_A_WORD = re.compile(f".{_any_of(_WORDS['own_words'])}")
_BEGINS_BEHIND = frozenset(_WORDS["begins_behind"])
_ABBREVIATIONS: dict[str, str] = _WORDS["abbreviations"]
_CLEAR: str = _WORDS["clear"]

_ORDINARY, _ASKED = _WORDS["around_ordinary"], _WORDS["around_asked"]
_ORDINARY_BEFORE = re.compile(rf"(?:^|[^\u4e00-\u9fff]|{_any_of(_ORDINARY['before'])})$")
_ORDINARY_AFTER = re.compile(
    rf"\s*(?:\d{{2,4}}年|{_any_of(_ORDINARY['after'])}|的?{_any_of(_ORDINARY['topics'])})"
)
_ASKED_BEFORE = re.compile(
    rf"(?:^|[^\u4e00-\u9fff]|[{_ASKED['characters_before']}]|{_any_of(_ASKED['before'])})$"
)
_ASKED_AFTER = re.compile(
    rf"\s*(?:$|[^\u4e00-\u9fff]|[{_ASKED['characters_after']}]|{_any_of(_ASKED['after'])})"
)
_NOT_THE_COUNTRY = re.compile(
    rf"(?<={'|'.join(_WORDS['not_the_country']['before'])})中国"
    rf"|(?<!在)中国{_any_of(_WORDS['not_the_country']['after'])}"
)

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
    for start, written in index.written.find(text):
        if start < reached or _runs_on(text, start, written, index.names[written]):
            continue
        name = FoundName(start, start + len(written), index.names[written].codes)
        reached = start + 1  # the longest name of a place counts, or none there
        if _counts(text, name, found, index.names, asked=asked):
            found.append(name)
            reached = name.end
    return sorted(found + _abbreviated(text, found), key=lambda name: name.start)


def _runs_on(text: str, start: int, written: str, name: ChineseName) -> bool:
    """Tell whether the kind that ends a full name begins another word: 市场, 区域."""
    end = start + len(written)
    return name.is_full and len(written) > 2 and text[end - 1 : end + 1] in _NOT_A_KIND


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
        led = _ORDINARY_BEFORE.search(text[max(0, name.start - 2) : name.start])
        return bool(entry.is_ordinary and led and _ORDINARY_AFTER.match(text, name.end))
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
    return bool(_ASKED_BEFORE.search(before) and _ASKED_AFTER.match(text, name.end))


def _may_begin(text: str, name: FoundName, found: list[FoundName]) -> bool:
    """Say whether a name does not go on with the word before it."""
    before = text[name.start - 1 : name.start]
    return (
        not "一" <= before <= "鿿"
        or before in _BEGINS_BEHIND
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
