"""Finds what a slogan with a numeral counts: 三大攻坚战, 2+6+N, 六稳.

Its parts stand before its name, are counted out one by one, are listed under its name, or are set
side by side, each with the noun that it counts. Reads clean text; knows nothing of questions.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.lexicon.numerals import numeral, written_as
from index.structure.enumerations import enumerations
from index.structure.outline import Enumeration
from index.text.scanning import lazily
from index.types import Passage, Span

_COUNTING = lazily(
    r"(?P<count>[二两三四五六七八九十]|\d)(?P<measure>[大个项]?)(?P<noun>[\u3400-\u9fff].*)"
)
_SHARED = frozenset("一二三四五六七八九十个大项年月日")
"""Characters that parts of anything share, and with which no noun of a slogan begins."""
GENERAL = frozenset(
    {"方面", "部分", "重点", "问题", "目标", "主要", "地方", "项目", "任务", "领域", "城市", "内容"}
)
"""Nouns that are counted in any report, and name no slogan."""


def counted(term: str) -> tuple[int, str] | None:
    """Return how many of what a slogan counts (六稳: 6, 稳); None where it counts nothing."""
    found = _COUNTING.fullmatch(term.strip("“”"))
    if found is None or found["noun"][0] in _SHARED:
        return None
    if found["measure"] in ("个", "项") and found["noun"][:2] in GENERAL:
        return None
    return value_of(found["count"]), found["noun"]


# Before its name


_WORD = 3
"""Characters from which a part that a slogan sums up is a phrase and no stray word."""


def before_name(term: str, mention: Span, text: str) -> Span | None:
    """Find what is set side by side just before its name: 南粮北植、南菜北种、…“四南四北”.

    As many parts as the slogan's numeral says (集成电路、生物医药和人工智能三大产业), or parts
    joined by 等, vouch that they are it.
    """
    start = mention.start - (text[mention.start - 1 : mention.start] == "“")
    clause = max(text.rfind(mark, 0, start) for mark in ",;:。!?\n") + 1
    before = text[clause:start]
    parts = [part for part in re.split("、", before) if part.strip()]
    if len(parts) < 2 or before[-1] in "、和与及" or _GOVERNS.search(before):
        return None
    number = next((value for each in term[:2] if (value := value_of(each))), None)
    counts = {len(parts), len(parts) + bool(re.search("[和与及]", parts[-1]))}
    if not before.endswith("等"):
        alike = _alike(parts) and text[mention.start - 1] == "“" and number == len(parts)
        if not alike and not (term[1:2] in ("大", "个") and number in counts):
            return None
    end = mention.end + (text[mention.end : mention.end + 1] == "”")
    tail = re.compile(r"[\u4e00-\u9fff]{0,14}(?![\d\u4e00-\u9fff])").match(text, end)
    return Span(clause, tail.end() if tail else end)


_GOVERNS = lazily(
    r"(?:做到|坚持|坚定|拥护|维护|增强|推进|落实|践行|贯彻|围绕|实施|打好|开展|弘扬)$"
)
"""Verbs whose object a slogan is, so that it sums up nothing before it."""


def _alike(parts: Sequence[str]) -> bool:
    """Tell whether parts are of one length, more words before the first and behind the last."""
    lengths = [len(part) for part in parts]
    if max(lengths[1:]) - min(lengths[1:]) <= 1 and lengths[0] >= lengths[1] >= _WORD:
        return True
    inner = lengths[1:-1]
    if not inner or min(lengths) < _WORD or max(inner) - min(inner) > 1:
        return False
    return 0 <= lengths[-1] - max(inner) <= _MODIFIER


_MODIFIER = 8
"""Characters of the words that may stand between the last part and the slogan."""


def value_of(character: str) -> int:
    """Return the number that a character writes: 2 of 双, 两 or 2; 0 of one that writes none."""
    if character == "双":
        return 2
    return int(character) if character.isdecimal() else numeral(character) or 0


# Counted out


_UNITS = "[条个大类项批家种户所]"


def counted_out(term: str, text: str) -> tuple[Span, bool] | None:
    """Find a sentence that counts out each part of 2+6+N, in order: 2条…,6条…,N条….

    Returns:
        Its span, and whether it says what each part means instead, so that its end is open.
    """
    parts = term.split("+") if "+" in term else []
    if len(parts) < 2:
        return None
    numerals = [_written(part) for part in parts]
    counted = re.compile(
        r"[^。!?\n]{0,80}?".join(
            rf"(?<!\d)(?:{numeral}){_UNITS}[^。!?\n;,“]{{2,16}}" for numeral in numerals
        )
    )
    if (found := counted.search(text)) is not None:
        return Span(_opening(found.start(), text), found.end()), False
    meant = re.compile(
        r"[^。!?\n]{0,160}?".join(rf"“?{re.escape(part)}”?(?:是指|指|即|代表)" for part in parts)
    )
    found = meant.search(text)
    return (Span(*found.span()), True) if found else None


def _opening(start: int, text: str) -> int:
    """Return where what is counted begins that stands before its count: “钢铁、铝”2条…."""
    if text[start - 1 : start] == "”":
        start = max(text.rfind("“", 0, start), 0)
    return max(text.rfind(mark, 0, start) for mark in ",;:。!?\n") + 1


def _written(part: str) -> str:
    if part.isdecimal() and 1 <= int(part) <= 9:
        return "|".join((part, *written_as(int(part))))
    return "N|若干" if part.upper() in ("N", "X") else re.escape(part)


# Under its name


_PLAIN = frozenset({"ranked", "bullets", "parallel", "announced", "topics", "headings"})
"""Forms of enumeration that count by themselves."""


def listed_under(term: str, text: str, passages: Sequence[Passage]) -> Enumeration | None:
    """Find the list of as many items as the slogan counts under words that name it.

    Where those are a heading, which names more, an item has to share characters with what is
    counted.
    """
    counts = counted(term)
    if counts is None or term not in text:
        return None
    pairs = {counts[1][place : place + 2] for place in range(max(1, len(counts[1]) - 1))}
    for each in enumerations(text, passages):
        if len(each.items) != counts[0] or each.form not in _PLAIN:
            continue
        lead = "" if each.lead is None else each.lead.of(text)
        told = term in lead and lead.endswith(":")
        named = term in lead or term in "".join(each.headings[-1:])
        if told or (named and any(pair in item.of(text) for pair in pairs for item in each.items)):
            return each
    return None


# Side by side


_FEWEST = 3
"""Parts from which it is no chance that as many as a slogan counts share its noun."""
_LONGEST = 24
"""Characters of such a part at most."""
_RUN = lazily(r"[^,;:。!?\n、“”]*(?:、[^,;:。!?\n、“”]*)+")
_JOINED = lazily(r"和|与|以及|及")


def side_by_side(term: str, text: str) -> Span | None:
    """Find as many parts as a slogan counts, each with its noun: 稳就业、稳金融、… for 六稳.

    The noun opens each part, or closes each, if it is of two characters at least.
    """
    counts = counted(term)
    if counts is None or counts[0] < _FEWEST:
        return None
    count, noun = counts
    if noun not in text:
        return None
    runs = [found for found in _RUN.finditer(text) if noun in found[0]]
    for form in (_opened, _closed):
        for found in runs:
            span = form(found[0], count, noun)
            if span is not None:
                return Span(found.start() + span.start, found.start() + span.end)
    return None


def _opened(run: str, count: int, noun: str) -> Span | None:
    """Return the parts of a run that each open with a noun, words before the first left out."""
    parts = run.split("、")
    start = parts[0].rfind(noun)
    rest = parts[1:]
    alike = all(part.startswith(noun) and len(part) <= _LONGEST for part in rest)
    return Span(start, len(run)) if len(parts) == count and start >= 0 and alike else None


def _closed(run: str, count: int, noun: str) -> Span | None:
    """Return the parts of a run that each close with a noun of two characters at least."""
    parts = run.split("、")
    if len(noun) < 2 or noun not in parts[-1]:
        return None
    end = len(run) - len(parts[-1]) + parts[-1].index(noun) + len(noun)
    parts[-1] = parts[-1][: parts[-1].index(noun) + len(noun)]
    *inner, last = parts[1:]
    halves = _JOINED.split(last)
    if all(half.endswith(noun) for half in halves):
        inner, last = [*inner, *halves[:-1]], halves[-1]
    whole = [parts[0], *inner, last]
    if len(whole) != count or not all(_is_kind(part, noun) for part in whole):
        return None
    return Span(_start(whole), end)


def _is_kind(part: str, noun: str) -> bool:
    return part.endswith(noun) and len(noun) < len(part) <= _LONGEST


def _start(parts: Sequence[str]) -> int:
    """Return where the first part begins, if all the others are of one length."""
    lengths = {len(part) for part in parts[1:]}
    return max(0, len(parts[0]) - max(lengths)) if len(lengths) == 1 else 0
