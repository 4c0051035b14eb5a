"""The word classes of analytic questions, read from `words.toml`, and a text that they use up.

Knows words and where they stand; what they mean together is decided in `reading`.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Literal

from assistant.reading.quantities import count_of
from index import deadline
from index.types import Span

_JOINING = (
    "吗呢吧啊么呀嘛了的和与及或跟在中上内把将被给是为有共都均谁几个名之间对又也就才还则而且所以该本其哪得能会要"
    "按到从至于以来时后请设定各省市比较说年"
)
"""Characters that only join what stands around them, or ask."""
_AT_ENDS = "的了和与及或在是为有都吗呢把将被给对按从到于以请 '.-"
_GONE = "\x1f"
"""What stands in place of a character that was used."""
_QUANTITY = (
    r"(?:约)?(?:\d[\d,]*(?:\.\d+)?|[一二两三四五六七八九十百千]+(?=[万亿])|(?=万亿|千亿|百亿))\s?(?:%|个?百分点|(?:万亿|亿|万|千|百)?(?:美元|元|人次|人|户|家|个|吨|斤|公里|亩)?"
    r"|percent(?:age points?)?|(?:million|billion|trillion)?(?: (?:yuan|people|jobs|tonnes))?)"
)


_NEVER = r"(?!)"
Script = Literal["zh", "en"]


class Ledger:
    """A folded question, of which every character is used at most once.

    `rest` is the text with what was used blanked; places in it are places in the question.
    """

    def __init__(self, folded: str) -> None:
        self.folded = folded
        self.rest = folded
        self._scripts = scripts_of(folded)
        self.used: list[tuple[str, Span]] = []

    def take(self, cue: str) -> list[re.Match[str]]:
        """Use every run that a cue finds and return the matches."""
        deadline.check()
        found = list(pattern(cue, self._scripts).finditer(self.rest))
        for match in found:
            self.use(cue, Span(*match.span()))
        return found

    def one(self, cue: str) -> re.Match[str] | None:
        """Use the first run that a cue finds and return its match."""
        match = pattern(cue, self._scripts).search(self.rest)
        if match is not None:
            self.use(cue, Span(*match.span()))
        return match

    def shows(self, cue: str) -> bool:
        """Tell whether a cue finds something that is not used yet, and use it."""
        return bool(self.take(cue))

    def take_counted(self, number: int, of: re.Pattern[str]) -> None:
        """Use the words that count what was named (四市, 这五年) where the count is `number`."""
        for match in pattern("counted", self._scripts).finditer(self.rest):
            if of.search(match[0]) and count_of(group(match, "n")) == number:
                self.use("counted", Span(*match.span()))

    def use(self, label: str, span: Span) -> None:
        """Use the characters of a span."""
        self.rest = self.rest[: span.start] + _GONE * len(span) + self.rest[span.end :]
        self.used.append((label, span))

    def words(self) -> list[str]:
        """Return the runs of letters and digits that are not used, in order.

        A run of characters that only join or ask (的, 和, 个) is none, nor are they at its ends.
        """
        runs = re.findall(r"[\u3400-\u9fff]+|[A-Za-z0-9][A-Za-z0-9 '.%-]*", self.rest)
        return [run.strip(_AT_ENDS) for run in runs if run.strip(_JOINING + _AT_ENDS)]


def scripts_of(folded: str) -> frozenset[Script]:
    """Return whose words a text can hold; an abbreviation without a vowel (GDP) is of neither."""
    found: set[Script] = set()
    if re.search(r"[\u3400-\u9fff]", folded):
        found.add("zh")
    if re.search(r"[aeiouy]|\bvs\b", folded, re.IGNORECASE):
        found.add("en")
    return frozenset(found)


@cache
def pattern(cue: str, scripts: frozenset[Script] = frozenset({"zh", "en"})) -> re.Pattern[str]:
    """Return the pattern that finds the words of a cue.

    Args:
        cue: a class of words of `words.toml`.
        scripts: whose words are sought; a pattern takes time to compile.

    Raises:
        KeyError: `words.toml` has no such cue.
    """
    words = _words()[cue]
    patterns = ["|".join(words["zh"])] if "zh" in scripts else []
    if "en" in scripts:
        patterns.append(rf"(?<![A-Za-z])(?:{'|'.join(words['en'])})(?![A-Za-z])")
    expression = "|".join(filter(None, patterns)) or _NEVER
    return re.compile(_renamed(expression).replace("QTY", _QUANTITY), re.IGNORECASE)


def group(match: re.Match[str], name: str) -> str | None:
    """Return what a named group of a match holds, in whichever alternative it stands."""
    found = (
        value for key, value in match.groupdict().items() if key.split("__")[0] == name and value
    )
    return next(found, None)


def _renamed(expression: str) -> str:
    """Return an expression whose groups of one name, in several alternatives, differ by number."""
    count = iter(range(1_000))
    return re.sub(r"\(\?P<(\w+)>", lambda found: f"(?P<{found[1]}__{next(count)}>", expression)


@cache
def _words() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))
