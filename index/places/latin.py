"""Finding the names of places in Latin script: pinyin in any spacing, and English names.

`latin.toml` beside this module holds the words that names are told from, and the kinds of places.
"""

from __future__ import annotations

import itertools
import re
import tomllib
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.places.chinese import FoundName
from index.types import Level, Span


@dataclass(frozen=True, slots=True)
class LatinName:
    """What a name stands for: codes, best first, with the name and level of each.

    `spaced` holds the ways it may be written in several words: "jiao zuo", "hong kong".
    """

    codes: tuple[str, ...]
    names: tuple[str, ...]
    levels: tuple[Level, ...]
    spaced: frozenset[str]


_WORD = re.compile(r"[A-Za-zÀ-ɏ]+(?:['’‘`-](?!s\b)[A-Za-zÀ-ɏ]+)*")
_SYLLABLE = re.compile(r"[aeiouyÀ-ɏ]", re.IGNORECASE)
"""What every name has: GDP and R&D have none."""
_SEAM = re.compile(
    r"(?<=[a-zà-ɏ])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[a-z])(?=gdp)|(?<=gdp)(?=[a-z])"
)
"""Where words written without a space part: jiaozuo|GDP, GDP|Jiaozuo, jiaozuo|gdp."""
_MOST_WORDS = 6

_FILE: dict[str, Any] = tomllib.loads(
    Path(__file__).with_name("latin.toml").read_text(encoding="utf-8")
)
_ENGLISH_WORDS = frozenset(_FILE["words"])
_ENGLISH_SYLLABLES = frozenset(_FILE["syllables"])
_KINDS: dict[str, tuple[str, ...]] = {
    kind: tuple(endings) for kind, endings in _FILE["kinds"].items()
}
_KIND = re.compile(
    r"[\s,-]*(?:[A-Z][a-z]+(?:(?:,| and|-| &)? ?[A-Z]?[a-z]+){0,4} (?=Autonomous))?"
    rf"({'|'.join(sorted(_KINDS, key=len, reverse=True))})(?:-level)?(?![a-z])",
    re.IGNORECASE,
)

_KIND_AT_END = re.compile(
    r" (?:(?:Autonomous|Forestry|Special|Mining) )?(?:County|District|Banner|Prefecture|City|"
    r"New Area|Administrative Committee)$"
)


def without_kind(english: str) -> str:
    """Return an English name without its kind: Hailar of "Hailar District"."""
    return _KIND_AT_END.sub("", english)


def latin_key(name: str) -> str:
    """Return a name in small letters without spaces, apostrophes, hyphens and marks."""
    name = name.lower()
    plain = name if name.isascii() else unicodedata.normalize("NFKD", name)
    return "".join(char for char in plain if "a" <= char <= "z")


def find_latin(text: str, index_of: Callable[[], Mapping[str, LatinName]]) -> list[FoundName]:
    """Find names in Latin script in a text; the index is asked for only where there may be any."""
    words = _words_of(text)
    if not any(_SYLLABLE.search(word.of(text)) for word in words):
        return []
    index = index_of()
    found: list[FoundName] = []
    at = 0
    while at < len(words):
        for many in range(min(_MOST_WORDS, len(words) - at), 0, -1):
            name = _name_of(text, words[at : at + many], index)
            if name is not None:
                found.append(name)
                while at < len(words) and words[at].start < name.end:
                    at += 1
                break
        else:
            at += 1
    return found


def _words_of(text: str) -> list[Span]:
    """Part a text into its Latin words, also those written together with another: JiaozuoGDP."""
    words: list[Span] = []
    for word in _WORD.finditer(text):
        seams = [word.start() + seam.start() for seam in _SEAM.finditer(word[0])]
        bounds = [word.start(), *seams, word.end()]
        words.extend(itertools.starmap(Span, itertools.pairwise(bounds)))
    return words


def _name_of(text: str, words: list[Span], index: Mapping[str, LatinName]) -> FoundName | None:
    start, end = words[0].start, words[-1].end
    written = text[start:end]
    if len(words) > 1 and not re.fullmatch(r"[^\W\d_]+(?:[ '’-]{1,2}[^\W\d_]+)*", written):
        return None
    entry = index.get(latin_key(written))
    if entry is None:
        return _with_glued_kind(written, start, end, index)
    kind = _KIND.match(text, end)
    codes = _of_kind(entry, kind[1].lower()) if kind else ()
    if codes and kind:
        return FoundName(start, kind.end(), codes)
    if not _stands_alone(written, [word.of(text) for word in words], entry):
        return None
    return FoundName(start, end, entry.codes)


def _with_glued_kind(
    written: str, start: int, end: int, index: Mapping[str, LatinName]
) -> FoundName | None:
    """Read a kind written as part of the name: Xiaotingqu, Jiaozuoshi."""
    key = latin_key(written)
    for kind in ("sheng", "xian", "shi", "qu"):
        entry = index.get(key.removesuffix(kind)) if key.endswith(kind) else None
        if entry is not None and " " not in written and any(" " in s for s in entry.spaced):
            codes = _of_kind(entry, kind)
            if codes:
                return FoundName(start, end, codes)
    return None


def _of_kind(entry: LatinName, kind: str) -> tuple[str, ...]:
    endings = _KINDS[kind]
    return tuple(
        code for code, name in zip(entry.codes, entry.names, strict=True) if name.endswith(endings)
    )


def _stands_alone(written: str, words: list[str], entry: LatinName) -> bool:
    """Say whether a name counts without its kind: Jiaozuo and "jiao zuo", but not "Min"."""
    several = any(" " in spaced for spaced in entry.spaced)
    if not several and entry.levels[0] not in ("country", "province", "prefecture"):
        return not any(" " in s or len(s) < 5 for s in entry.spaced) and written[0].isupper()
    small = written == written.lower()
    if len(words) == 1:
        return not (small and written in _ENGLISH_WORDS)
    plain = " ".join(latin_key(word) for word in words)
    if plain not in {" ".join(latin_key(w) for w in s.split()) for s in entry.spaced}:
        return False
    return not (small and all(word in _ENGLISH_SYLLABLES for word in words))
