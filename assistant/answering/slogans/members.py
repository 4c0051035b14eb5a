"""Finds what a formula of N counts: N things that a report sets beside each other, with its noun.

“四个干” is 对标干, 主动干, 务实干, 清廉干: each closes, opens or holds the noun. Reads clean text;
`formulas_in` reads questions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal

from assistant.answering.slogans.parts import GENERAL, counted, value_of
from index.lexicon.numerals import NUMERALS
from index.text.scanning import lazily
from index.types import Span

_COUNT = r"(?:[二两三四五六七八九十]|(?<!\d)\d)"
_ASKED = (
    re.compile(rf"[“\"‘「『]({_COUNT}[个大项]?)([\u4e00-\u9fff]{{1,8}})[”\"’」』]"),
    re.compile(rf"({_COUNT}[个大项])[“\"‘「『]([\u4e00-\u9fff]{{1,8}})[”\"’」』]"),
    re.compile(
        rf"({_COUNT}[个大项])([\u4e00-\u9fff]{{1,6}}?)(?:都|分别|具体|到底)?"
        r"(?=[是指有,?!。]|包括|作贡献|$)"
    ),
    re.compile(rf"({_COUNT})([\u4e00-\u9fff]{{3}})(?=是哪|指|是什么|是啥|有哪)"),
)


def formulas_in(folded: str) -> list[tuple[int, str]]:
    """Return the formulas that a folded question names, each as its count and its noun."""
    found = []
    for pattern in _ASKED:
        for match in pattern.finditer(folded):
            quoted = pattern in _ASKED[:2]
            if match[2][:2] in GENERAL or match[2][0] in NUMERALS:
                continue
            if quoted or counted(match[1] + match[2]):
                found.append((value_of(match[1][0]), match[2]))
    for match in _TWO.finditer(folded):
        found += [(value_of(match[1]), match[2]), (value_of(match[3]), match[4])]
    return list(dict.fromkeys(each for each in found if each[0] > 1))


_TWO = lazily(rf"[“\"‘「『]({_COUNT})([\u4e00-\u9fff])({_COUNT})([\u4e00-\u9fff])[”\"’」』]")
"""Two formulas named together: “六稳六保”."""


_Form = Literal["closes", "opens", "holds", "frames"]
_FORMS: tuple[_Form, ...] = ("closes", "opens", "holds", "frames")
_RUN = lazily(r"[^,;:。!?\n、“”]+")
_LONGEST = {"closes": 16, "opens": 40, "holds": 40, "frames": 12}
"""Characters of one that bears the noun so."""
_GAP = {"closes": 40, "opens": 400, "holds": 60, "frames": 60}
"""Characters between one and the next at most."""


def members(count: int, noun: str, text: str) -> list[Span]:
    """Return the `count` runs standing together that bear a noun; none where not just as many do.

    Those that follow the formula itself go before others.
    """
    names = [found.end() for found in _formula(count, noun).finditer(text)]
    # Six things that begin with 稳 are not everywhere the 六稳.
    forms = [form for form in _FORMS if form != "opens" or names or len(noun) > 1]
    every = (group for form in forms for group in _groups(form, noun, text))
    groups = [group for group in every if len(group) == count]
    if not groups:
        return []

    def distance(group: Sequence[Span]) -> int:
        return min((abs(group[0].start - name) for name in names), default=0)

    best = min(groups, key=distance)
    return _trimmed(best, noun, text)


def _formula(count: int, noun: str) -> re.Pattern[str]:
    written = "".join(each for each in "二两三四五六七八九十" if value_of(each) == count)
    return re.compile(rf"[{written}{count}][个大项]?[“”]?{re.escape(noun)}")


def _groups(form: _Form, noun: str, text: str) -> Iterator[list[Span]]:
    """Yield the groups of runs that bear a noun in one way, no two alike and none far from all."""
    group: list[Span] = []
    # What begins with one character is counted only where all stand in a row: 保就业、保民生.
    gap = 1 if form == "opens" and len(noun) == 1 else _GAP[form]
    for run in _bearing(form, noun, text):
        if group and run.start - group[-1].end > gap:
            yield _distinct(group, text)
            group = []
        group.append(run)
    if group:
        yield _distinct(group, text)


def _distinct(group: Sequence[Span], text: str) -> list[Span]:
    return list({span.of(text): span for span in group}.values())


_YEAR = lazily(r"\d年$|[之的一本今去明]年$")
_COUNTS = lazily(rf"{_COUNT}[个大项]?$")


def _bearing(form: _Form, noun: str, text: str) -> Iterator[Span]:
    if form == "frames":
        yield from _framing(noun, text)
        return
    if noun not in text:
        return
    for found in _RUN.finditer(text):
        run, at = found[0], found[0].find(noun)
        if at < 0 or len(run) == len(noun) or len(run) > _LONGEST[form]:
            continue
        if _COUNTS.search(run[:at]):
            continue
        if len(noun) == 1 and not _is_set_apart(found, text):
            continue
        end = at + len(noun)
        closes = at > 0 and (end == len(run) or text[found.start() - 1] == "、")
        opens = at == 0 or text[found.end() : found.end() + 1] == "、"
        if form == ("closes" if closes else "opens" if opens else "holds"):
            if form == "opens" and at == 0 and not _opens_sentence(found.start(), text):
                continue
            first, last = at if opens and not closes else 0, end if closes else len(run)
            span = Span(found.start() + first, found.start() + last)
            if len(span) > len(noun) + 1 and not _YEAR.search(span.of(text)):
                yield span


def _framing(noun: str, text: str) -> Iterator[Span]:
    """Yield the runs that stand inside a noun: 向海图强 in 向图强."""
    if len(noun) != _FRAME:
        return
    for found in _RUN.finditer(text):
        run = found[0]
        framed = run.startswith(noun[0]) and run.endswith(noun[1:])
        if framed and len(noun) < len(run) <= _LONGEST["frames"]:
            yield Span(*found.span())


_FRAME = 3
"""Characters of a noun that what it counts may stand inside of."""


def _is_set_apart(run: re.Match[str], text: str) -> bool:
    """Tell whether a run is quoted, or one of several joined by 、."""
    around = text[run.start() - 1 : run.start()] + text[run.end() : run.end() + 1]
    return bool(re.search("[“”、]", around))


def _opens_sentence(start: int, text: str) -> bool:
    return start == 0 or text[start - 1] in "。;:!?\n、“"


def _trimmed(group: Sequence[Span], noun: str, text: str) -> list[Span]:
    """Return runs without the words before the first that its verb is: 加快打造产业湛江."""
    first, *rest = group
    opening = _MEANS.match(text, first.start)
    first = Span(opening.end(), first.end) if opening else first
    longest = max((len(span) for span in rest), default=len(first))
    closes = all(span.of(text).endswith(noun) for span in group)
    alike = len({len(span) for span in rest}) == 1
    if closes and alike and len(first) > longest and text[first.start - 1] != "“":
        first = Span(first.end - longest, first.end)
    return [first, *rest]


_MEANS = lazily(r"即|就是|分别是|包括")


def joined(group: Sequence[Span], text: str) -> list[Span]:
    """Return runs that nothing but 、 parts as one span, others each alone."""
    gaps = {text[one.end : other.start] for one, other in pairwise(group)}
    return [Span(group[0].start, group[-1].end)] if gaps == {"、"} else list(group)
