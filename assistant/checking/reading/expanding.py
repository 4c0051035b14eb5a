"""A sentence as if nothing were left out of it: 农村 is 农村居民人均可支配收入 there.

What stands for something named before is written out (后者), and what is said in other words is
put into those that reports use (增幅依次为). Knows where each character of the sentence went, and
nothing of what its numbers are of.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from assistant.checking.reading.words import words
from index.lexicon.indicators import Lexicon
from index.types import Span


@dataclass(frozen=True, slots=True)
class Expanded:
    """A sentence written out: each of its `pieces` with the characters that it stands for.

    `starts` are where the pieces begin.
    """

    text: str
    starts: tuple[int, ...]
    pieces: tuple[tuple[Span, Span], ...]

    def back(self, span: Span) -> Span:
        """Return the characters of the sentence that a span of the text written out stands for."""
        return Span(self._back(span.start, last=False), self._back(span.end, last=True))

    def _back(self, at: int, *, last: bool) -> int:
        index = max(bisect_right(self.starts, at - last) - 1, 0)
        new, old = self.pieces[index]
        if len(new) == len(old):
            return old.start + at - new.start
        return old.end if last else old.start


def expanded(sentence: str, before: str, lexicon: Lexicon) -> Expanded:
    """Return a folded sentence with what it leaves out.

    Args:
        sentence: the sentence.
        before: the sentences of its paragraph before it.
        lexicon: the indicators to know by name.
    """
    changes = _apart(
        [
            *_residents(sentence, before),
            *_former_and_latter(sentence, before, lexicon),
            *_in_other_words(sentence),
        ]
    )
    parts: list[str] = []
    pieces: list[tuple[Span, Span]] = []
    length = place = 0
    for span, new in [*changes, (Span(len(sentence), len(sentence)), "")]:
        for text, old in ((sentence[place : span.start], Span(place, span.start)), (new, span)):
            if text or len(old):
                pieces.append((Span(length, length + len(text)), old))
                parts.append(text)
                length += len(text)
        place = span.end
    return Expanded("".join(parts), tuple(new.start for new, _ in pieces), tuple(pieces))


_Change = tuple[Span, str]


def _apart(changes: list[_Change]) -> list[_Change]:
    """Return the changes in their order, without those that lie over the one before them."""
    kept: list[_Change] = []
    for span, new in sorted(changes, key=lambda each: (each[0].start, -len(each[0]))):
        if not kept or span.start >= kept[-1][0].end:
            kept.append((span, new))
    return kept


def _in_other_words(sentence: str) -> list[_Change]:
    """Return what is said in words that reports do not use: 增幅分别是 for 分别增长."""
    return [
        (Span(*found.span()), found.expand(instead))
        for pattern, instead in words().instead
        for found in pattern.finditer(sentence)
    ]


def _residents(sentence: str, before: str) -> list[_Change]:
    """Return whose income is meant where only the residents are named: 农村为10535元."""
    changes = []
    for pattern in (_RESIDENTS, _RURAL_PEOPLE):
        for found in pattern.finditer(sentence):
            named = list(_INCOME.finditer(f"{before}{sentence[: found.start()]}"))
            if named:
                who = "城镇" if found[0][0] == "城" else "农村"
                kind = "人均纯收入" if who == "农村" and "纯" in named[-1][0] else "人均可支配收入"
                whole = named[-1]["spent"] or kind
                changes.append((Span(*found.span()), f"{who}居民{whole}"))
    for found in _RESIDENTS_EARNED.finditer(sentence):
        who = "urban" if found["urban"] else "rural"
        who = who.capitalize() if found[0][0].isupper() else who
        kind = "net income" if found["net"] else "disposable income"
        changes.append((Span(*found.span()), f"{who} per capita {kind} of "))
    return changes


_BEHIND = (
    r"(?=(?:则|也|均|又|方面|地区|的|同比|实际|名义|预期|预计|计划|分别|年均|仅|约|只有|是|为|达到?|实现|完成|由|从|到)*"
    r"(?:增长|增加|提高|上升|上涨|下降|增幅|增速|涨幅|涨|跌)?(?:了|为|是|达到?|约|近|只有|仅)*\d)"
)
_RESIDENTS = re.compile(rf"(?:城镇|城市|农村|乡村)(?:常住)?(?:居民)?{_BEHIND}")
_RURAL_PEOPLE = re.compile(rf"农民{_BEHIND}")
_INCOME = re.compile(
    r"(?:居民|农民|农牧民|城镇|农村|城乡)[^,;。\d]{0,8}?(?:(?P<spent>人均(?:生活)?消费支出)|(?:可支配|纯)?收入)"
)
_RESIDENTS_EARNED = re.compile(
    r"\b(?:(?P<urban>(?:urban|city) (?:residents|households|dwellers|people))|"
    r"(?:rural (?:residents|households|dwellers|people)|villagers|"
    r"farmers(?: and herd(?:ers|smen))?))"
    r"'?(?: each| on average)?(?: (?:had|earned|made|averaged|enjoyed|took home|received|got))?"
    r"(?: an?)?(?: average)?(?: per[- ]capita)?(?: disposable| (?P<net>net))?(?: incomes?)?(?: of)?"
    r"(?: about| around| roughly| some)? (?=[\d,.]+ yuan)",
    re.IGNORECASE,
)


def _former_and_latter(sentence: str, before: str, lexicon: Lexicon) -> list[_Change]:
    """Return what 前者 and 后者 stand for: the last two things that are named before them."""
    changes = []
    first: list[str] | None = None
    for found in re.finditer("前者|后者", sentence):
        if first is None:
            first = _named(sentence[: found.start()], lexicon)
            if len(first) < _TWO:
                first = _named(before.rpartition("。")[2] + sentence[: found.start()], lexicon)
        if len(first) < _TWO or _COMPARES.match(sentence, found.end()):
            continue
        changes.append((Span(*found.span()), first[-2 if found[0] == "前者" else -1]))
    return changes


_TWO = 2
_COMPARES = re.compile(r"[是为][前后]者|[比较高低快慢多少]|[^,;。]{0,6}[比于][前后]者")
_COUNTED = re.compile(
    r"(?:^|(?<=[,;:。、]))(?P<name>[^,;:。、\d]{2,16}?)(?:为|达到?|完成|实现|超过?|突破|约|近)*\d"
)
_YEAR = re.compile(r"(?:19|20)\d\d年(?:底|末|度|初)?")
_LEAD = re.compile(r"^(?:其中|全[市省州县区年]|去年|今年|预计)+")


def _named(text: str, lexicon: Lexicon) -> list[str]:
    """Return the names of what is counted in a text, in their order."""
    text = _YEAR.sub(",", text)
    counted = [_LEAD.sub("", found["name"]) for found in _COUNTED.finditer(text)]
    counted = [each for each in counted if len(each) >= _TWO and "增长" not in each]
    if len(counted) >= _TWO and "分别" not in text:
        return counted
    known: list[str] = []
    for each in lexicon.mentions(text):
        if len(each.candidates) > 1:
            known += [one.zh for one in each.candidates]
        else:
            known.append(each.matched)
    return known
