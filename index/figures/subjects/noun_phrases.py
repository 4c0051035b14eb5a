"""Which words of a clause name something, and which only say that it was done, reached or counted.

Cuts the name that a figure is given of out of the words before or behind its amount; the words are
in `noun_phrases.toml`. Knows nothing of the lexicon or of numbers.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from index.lexicon import qualifiers


def _lists() -> dict[str, str]:
    """Return the lists of words, each as one expression of alternatives."""
    written = Path(__file__).with_name("noun_phrases.toml").read_text(encoding="utf-8")
    table = tomllib.loads(written)
    return {
        name: "|".join([*sorted(words.split(), key=len, reverse=True), *map(_by_first, patterns)])
        for name, words in table.items()
        if isinstance(words, str)
        for patterns in [table.get(f"{name}_patterns", [])]
    }


def _by_first(pattern: str) -> str:
    """Return an expression that begins with a set as alternatives that begin with a character."""
    found = _BEGINS_WITH_SET.fullmatch(pattern)
    return "|".join(first + found["rest"] for first in found["set"]) if found else pattern


_BEGINS_WITH_SET = re.compile(r"\[(?P<set>[^]^\\-]+)\](?P<rest>[^?*+{|].*)")

WORDS = _lists()
"""The lists by name, for whoever joins them with expressions of its own."""

# Atomic: several of the verbs are others put together.
_VERB_RUN = re.compile(f"(?>{WORDS['verbs']}|[了的及和、并再又已将要年人])*+")
_LEADING = re.compile(f"(?:{WORDS['leading']})")
_TRAILING = re.compile(f"(?:{'|'.join(qualifiers.declines_written())}|{WORDS['trailing']})$")
_HAN = re.compile(r"[\u4e00-\u9fffA-Za-z]")


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where the name inside a stretch of text begins and ends, function words left out."""
    while start < end and (found := _LEADING.match(text, start, end)):
        start = found.end()
    while start < end:
        found = _TRAILING.search(text, max(start, end - _WINDOW), end)
        if found is None:
            break
        end = found.start()
    while start < end and (found := _LEADING.match(text, start, end)):
        start = found.end()
    return start, end


_WINDOW = 14


def is_name(words: str) -> bool:
    """Tell whether words hold a noun and not mere verbs."""
    return len(_HAN.findall(words)) >= 2 and _VERB_RUN.fullmatch(words) is None


_LONGEST_NAME = 24
_CUT = re.compile(rf"(?:[,;:。]|(?<=[\u4e00-\u9fff])(?:{WORDS['cut']})(?=[\u4e00-\u9fff“]{{2}}))")


def own_name(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return where the report's own name for what a stretch speaks of stands; None without one."""
    start, end = trimmed(text, start, end)
    if end - start > _LONGEST_NAME:
        cuts = list(_CUT.finditer(text, start, end))
        if cuts:
            inner = trimmed(text, cuts[-1].end(), end)
            if is_name(text[inner[0] : inner[1]]):
                start, end = inner
    if end - start > _LONGEST_NAME:
        place = max(text.rfind("、", start, end), text.rfind("的", start, end - 2))
        if place > start and is_name(text[place + 1 : end]):
            start = place + 1
    if end - start > 2 * _LONGEST_NAME or _COMPARISON.match(text, start, end):
        return None
    return (start, end) if is_name(text[start:end]) else None


_COMPARISON = re.compile(r"[比较占](?!重|亚|例)|相当于|[高低快]于|仅次于")


_FOLLOWING = re.compile(r"(?:“[^”\n]{1,24}”|[^\W\d_]|[·/+-]|[A-Z0-9]{1,4}(?=[^\W\d_]))+")
_NO_NOUN = re.compile(WORDS["no_noun"])
_NOUN_END = re.compile(WORDS["noun_end"])
_SHORT = re.compile(WORDS["short"])


def following_name(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return where the noun stands that a count is followed by: 3座人行天桥; None without one."""
    if text[start : start + 1] == "的" and text[start - 1] in "%成‰":
        start += 1
    if text[start : start + 1] == "的":
        return None
    if _NO_NOUN.match(text, start, end):
        return None
    found = _FOLLOWING.match(text, start, end)
    if found is None:
        return None
    stop = found.end()
    if ended := _NOUN_END.search(text, start + 1, stop):
        stop = ended.start()
    while stop > start and text[stop - 1] in "和与及、的":
        stop -= 1
    stop = min(stop, start + _LONGEST_NAME)
    if listed := _LISTED.match(text, stop, min(end, start + _LONGEST_LIST)):
        ended = _NOUN_END.search(text, listed.start("noun"), listed.end())
        stop = ended.start() if ended else listed.end()
    words = text[start:stop]
    if _BARE_SIZE.fullmatch(words):
        return None
    return (start, stop) if len(_HAN.findall(words)) >= 2 or _SHORT.fullmatch(words) else None


_LONGEST_LIST = 40
_LISTED = re.compile(
    r"(?:、[^\W\d_和与及等]{2,10})*+(?:[和与及][^\W\d_等]{2,10})?等(?P<noun>[^\W\d_]{2,12})"
)
"""How what is counted goes on where it is listed: 节能、节水和资源综合利用等重大项目."""
_BARE_SIZE = re.compile(r"规模|台阶|大关|门槛|关口|水平|目标|总量|总额")
