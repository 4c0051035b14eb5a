"""The lexicon of statistical indicators: what a report counts, under each name it goes by.

`indicators.toml` beside this module holds the words, `spellings.toml` British ones; this module
reads them and finds the mentions of indicators in clean Simplified Chinese or in English. It knows
nothing of numbers, periods or regions: what a figure says about an indicator is found elsewhere.
"""

from __future__ import annotations

import functools
import itertools
import re
import tomllib
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeVar

from index import deadline
from index.text.folding import fold_indicator
from index.text.prefix_index import PrefixIndex
from index.types import Span

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Indicator:
    """Something that reports put a figure to.

    `zh` is the canonical Simplified name, `en` the English one as official releases have it;
    `aliases` and `en_aliases` are the other names that mean it and nothing else. `units` and
    `measures` are the typical ones, most usual first; a report may use others. `group` is the
    field of statistics it belongs to ("prices"); `indicators.toml` tells what the others mean,
    `derived_from` being its `from`.
    """

    id: str
    zh: str
    en: str
    aliases: tuple[str, ...]
    en_aliases: tuple[str, ...]
    units: tuple[str, ...]
    measures: tuple[str, ...]
    group: str
    better: Literal["lower"] | None = None
    derived_from: tuple[str, ...] = ()
    of: Literal["session"] | None = None
    whole: bool = False
    default: bool = False


@dataclass(frozen=True, slots=True)
class IndicatorMention:
    """A run of text that names one indicator or several.

    Several `candidates` are all meant where `joint` is true, in the order in which the text takes
    them ("城乡居民人均可支配收入": the urban, then the rural one); else one of them is meant and
    the words leave open which, the most usual first ("失业率"). `span` covers `matched`.
    """

    candidates: tuple[Indicator, ...]
    joint: bool
    span: Span
    matched: str

    @property
    def ambiguous(self) -> bool:
        """Whether the words leave open which of several indicators is meant."""
        return len(self.candidates) > 1 and not self.joint


@dataclass(frozen=True, slots=True)
class Reading:
    """What a name stands for; without indicators it is a word that only looks like one.

    A name that is `alone` counts only where no other noun follows it in Chinese: 出口 is exports
    in 出口增长 but not in 出口企业.
    """

    indicators: tuple[Indicator, ...]
    joint: bool = False
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """A name found in a text, before overlaps are settled."""

    start: int
    end: int
    reading: Reading


class Lexicon:
    """All indicators, with the names under which a text may mention them.

    Args:
        indicators: every indicator, each id once.
        chinese: reading by name; names are folded as `fold_indicator` does and hold no blanks.
        english: reading by name, a name being its words as `english_words` gives them.
    """

    def __init__(
        self,
        indicators: Iterable[Indicator],
        chinese: Mapping[str, Reading],
        english: Mapping[tuple[str, ...], Reading],
    ) -> None:
        self._by_id = {indicator.id: indicator for indicator in indicators}
        self._chinese = dict(chinese)
        self._english = dict(english)
        self._names = PrefixIndex(self._chinese)
        self._word_lengths = _lengths_by_first(self._english)

    @property
    def all(self) -> tuple[Indicator, ...]:
        """Every indicator, in the order of the file."""
        return tuple(self._by_id.values())

    @property
    def default(self) -> Indicator:
        """The indicator that is meant where none is named."""
        return next(indicator for indicator in self._by_id.values() if indicator.default)

    def get(self, identifier: str) -> Indicator:
        """Return the indicator with this id.

        Raises:
            KeyError: no indicator has it.
        """
        return self._by_id[identifier]

    def named(self, name: str) -> Indicator | None:
        """Return the one indicator that a name, all of it, stands for; None if not just one."""
        folded, _ = _without_blanks(fold_indicator(name))
        if folded not in self._chinese and not _LATIN.search(name):
            return None
        found = next(iter(self.mentions(name, narrowed=True)), None)
        if found is None or found.span != Span(0, len(name)) or len(found.candidates) != 1:
            return None
        return found.candidates[0]

    def mentions(self, text: str, *, narrowed: bool = False) -> list[IndicatorMention]:
        """Find what a text mentions, from left to right and without overlaps.

        The longest name wins where several begin at one place. What a share is taken of (占…的比重,
        "a share of …") is not mentioned: the figure belongs to the numerator.

        Args:
            text: clean Simplified Chinese (Traditional folded by the caller), English, or both.
            narrowed: whether an everyday word counts that a noun before it narrows to something
                else (产值 in 有机硅产业链产值); who asks for it looks at that noun itself.
        """
        deadline.check()
        matches = sorted(
            itertools.chain(self._chinese_matches(text), self._english_matches(text)),
            key=lambda match: (match.start, -match.end),
        )
        found: list[IndicatorMention] = []
        reached = 0
        for match in matches:
            if match.start < reached:
                continue
            reached = match.end
            if not narrowed and _is_narrowed(text, match):
                continue
            if match.reading.indicators and not _is_denominator(text, match):
                span = Span(match.start, match.end)
                reading = match.reading
                found.append(
                    IndicatorMention(reading.indicators, reading.joint, span, span.of(text))
                )
        return found

    def _chinese_matches(self, text: str) -> Iterator[Match]:
        folded, origins = _without_blanks(fold_indicator(text))
        reached = 0
        for position, name in self._names.find(folded):
            if position < reached:
                continue
            reading, behind = self._chinese[name], position + len(name)
            if reading.alone and not _ALONE.get(name, _STANDS_ALONE).match(folded, behind):
                continue
            start, end = origins[position], origins[behind - 1] + 1
            if not _cuts_latin(text, start) and not _cuts_latin(text, end):
                reached = behind
                yield Match(start, end, reading)

    def _english_matches(self, text: str) -> Iterator[Match]:
        if not _LATIN.search(text):
            return
        words = english_words(text)
        for position, (word, start, _) in enumerate(words):
            for length in self._word_lengths.get(word, ()):
                run = words[position : position + length]
                reading = self._english.get(tuple(name for name, _, _ in run))
                if reading is None or len(run) != length:
                    continue
                if not _is_tied(text, start, run[-1][2]):
                    yield Match(start, run[-1][2], reading)
                    break


_LATIN = re.compile("[A-Za-z\uff21-\uff3a\uff41-\uff5a]")

# One digit belongs to a word (m2, pm2.5, 5g), a longer number does not (gdp2022).
# Punctuation and Chinese are one word each run, so that no name reaches across them.
_WORD = re.compile(
    r"[a-z]+(?:\d(?:\.\d)?(?!\d))?|\d+(?:\.\d+)?(?:[a-z](?![a-z]))?|(?P<other>[^a-z0-9\s'’\"&/-]+)"
)
_ARTICLES = frozenset({"the", "a", "an"})
_POSSESSIVE = re.compile(r"['’]s\b")
_BRITISH_VERB = re.compile(r"(?<=[a-z]{3})is(?=(?:e[dr]?|ing|ation)$)")
# "industries" are branches of the economy, while "industry" also names a statistical indicator.
_NOT_PLURAL = frozenset({"industries", "gas", "gdp", "sales", "goods"})


def english_words(text: str) -> list[tuple[str, int, int]]:
    """Split a text into its Latin words: (the word in the singular, start, end).

    British and American spellings are one: "urbanisation" is "urbanization". Articles and the
    possessive s are left out; hyphens part words; a run of anything else is a word written ",".
    """
    folded = _POSSESSIVE.sub(lambda found: " " * len(found.group()), fold_indicator(text))
    return [
        ("," if found["other"] else _one_form(found.group()), *found.span())
        for found in _WORD.finditer(folded)
        if found.group() not in _ARTICLES
    ]


@functools.lru_cache(maxsize=4096)
def _one_form(word: str) -> str:
    singular = _singular(word)
    return _spellings().get(singular) or _BRITISH_VERB.sub("iz", singular)


@functools.cache
def _spellings() -> dict[str, str]:
    return tomllib.loads(Path(__file__).with_name("spellings.toml").read_text(encoding="utf-8"))


def _singular(word: str) -> str:
    if word in _NOT_PLURAL or len(word) < 4 or not word.endswith("s") or word.endswith("ss"):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1]


_BLANKS = re.compile(r"[ \t\u00a0\u3000]")


def _without_blanks(text: str) -> tuple[str, list[int] | range]:
    """Return `text` without its blanks, and the offset in `text` of each character kept."""
    if not _BLANKS.search(text):
        return text, range(len(text))
    kept = [offset for offset, character in enumerate(text) if not _BLANKS.match(character)]
    return "".join(text[offset] for offset in kept), kept


# What may follow an everyday word such as 工业 or 投资 when it stands for an indicator by itself.
_STANDS_ALONE = re.compile(
    r"$|[^\u4e00-\u9fff]|[增涨降升减下上达超突完实保稳控为是有多几怎如呢吗的和与及跟或比同今去前明全年目预总额规指"
    r"数水情占哪谁什率值累平将要力能差高低最签]"
)

# Trade is told from what to what: 出口由15.1亿美元增加到51.1亿美元.
_TRADE = re.compile(rf"{_STANDS_ALONE.pattern}|[由从]")
_ALONE = {"出口": _TRADE, "进口": _TRADE, "进出口": _TRADE}

# A noun right before such a word, which then is said of that noun alone.
_NARROWED = re.compile(
    r"(?:产业链?|工程|项目|企业|园区?|集群|集团|公司|基地|开发区|示范区|高新区|专项|行动)"
    r"(?:总|累计|年度?|实际|已|共|完成|实现)*$"
)
# A hyphen ties a word to another: low-income households have no income named.
_TIED_BEFORE = re.compile(r"[A-Za-z]-$")
_TIED_BEHIND = re.compile(r"-[A-Za-z]")

_INSIDE_LATIN = re.compile(r"[A-Za-z](?=[A-Za-z])|\d(?=\d)")


def _cuts_latin(text: str, offset: int) -> bool:
    """Tell whether `offset` lies inside a Latin word or inside a number."""
    return offset > 0 and _INSIDE_LATIN.match(text, offset - 1) is not None


def _is_narrowed(text: str, match: Match) -> bool:
    """Tell whether an everyday word with several readings is said of the noun before it."""
    if not match.reading.alone or len(match.reading.indicators) == 1:
        return False
    return _NARROWED.search(text, max(0, match.start - 12), match.start) is not None


def _is_tied(text: str, start: int, end: int) -> bool:
    """Tell whether a hyphen makes an English name part of another word; abbreviations stay."""
    if text[start:end].isupper():
        return False
    before = _TIED_BEFORE.search(text, max(0, start - 2), start)
    return before is not None or _TIED_BEHIND.match(text, end) is not None


_BEFORE_DENOMINATOR = re.compile(
    r"(?:(?:占|相当于|与)(?:全[市区县省国州旗盟]|全社会|全自治区|同期|地方|本地|[我本][市区县省])?的?"
    r"|(?:share|percentage|percent|proportion|%)\s+(?:of|to)\s+(?:the\s+)?)$",
    re.IGNORECASE,
)
_AFTER_DENOMINATOR = re.compile(r"[^,，。;；、\d]{0,6}?(?:比重|比例|比率|之比|的比|份额|\d)")


def _is_denominator(text: str, match: Match) -> bool:
    before = _BEFORE_DENOMINATOR.search(text[max(0, match.start - 24) : match.start])
    if before is None:
        return False
    return before.group()[0].isascii() or bool(_AFTER_DENOMINATOR.match(text, match.end))


def _lengths_by_first(
    names: Iterable[tuple[str, ...]],
) -> dict[str, tuple[int, ...]]:
    """Return, for the first words of names, how many words to try, most first."""
    lengths: dict[str, set[int]] = {}
    for name in names:
        lengths.setdefault(name[0], set()).add(len(name))
    return {key: tuple(sorted(found, reverse=True)) for key, found in lengths.items()}


_CHOICE = re.compile(r"\{([^{}]*)\}")


def expand(pattern: str) -> tuple[str, ...]:
    """Write out a name with choices: "{城镇|城市}居民{人均|}收入" stands for four names."""
    parts = _CHOICE.split(pattern)
    choices = [part.split("|") if odd % 2 else [part] for odd, part in enumerate(parts)]
    return tuple(dict.fromkeys(map("".join, itertools.product(*choices))))


@functools.cache
def load_lexicon() -> Lexicon:
    """Read the lexicon that comes with the package; later calls return the same one."""
    source = Path(__file__).with_name("indicators.toml").read_text(encoding="utf-8")
    return parse_lexicon(source)


def parse_lexicon(source: str) -> Lexicon:
    """Build a lexicon from TOML laid out as `indicators.toml` describes.

    Raises:
        ValueError: a name is given two readings; the message says which.
    """
    tables = tomllib.loads(source)
    indicators: dict[str, Indicator] = {}
    chinese: dict[str, Reading] = {}
    english: dict[tuple[str, ...], Reading] = {}
    for group, entries in tables["indicators"].items():
        for identifier, entry in entries.items():
            indicator = _indicator(identifier, group, entry)
            indicators[identifier] = indicator
            reading, alone = Reading((indicator,)), Reading((indicator,), alone=True)
            _add(chinese, _folded, (indicator.zh, *_expanded(entry["aliases"])), reading)
            _add(chinese, _folded, _expanded(entry.get("alone", ())), alone)
            _add(english, _words, (indicator.en, *indicator.en_aliases), reading)
    for entry in tables["several"]:
        meant = tuple(indicators[identifier] for identifier in entry["ids"])
        reading = Reading(meant, joint=entry["joint"], alone=not entry["joint"])
        _add(chinese, _folded, _expanded(entry.get("zh", ())), reading)
        _add(english, _words, _expanded(entry.get("en", ())), reading)
    _add(chinese, _folded, _expanded(tables["unrelated"]["zh"]), Reading(()))
    _add(english, _words, _expanded(tables["unrelated"]["en"]), Reading(()))
    return Lexicon(indicators.values(), chinese, english)


def _indicator(identifier: str, group: str, entry: Mapping[str, Any]) -> Indicator:
    return Indicator(
        id=identifier,
        zh=entry["zh"],
        en=entry["en"],
        aliases=(*_expanded(entry["aliases"]), *_expanded(entry.get("alone", ()))),
        en_aliases=_expanded(entry["en_aliases"]),
        units=tuple(entry["units"]),
        measures=tuple(entry["measures"]),
        group=group,
        better=entry.get("better"),
        derived_from=tuple(entry.get("from", ())),
        of=entry.get("of"),
        whole=entry.get("whole", False),
        default=entry.get("default", False),
    )


def _expanded(patterns: Iterable[str]) -> tuple[str, ...]:
    return tuple(itertools.chain.from_iterable(map(expand, patterns)))


def _folded(names: Sequence[str]) -> Iterable[str]:
    return fold_indicator("\n".join(names)).split("\n") if names else ()


def _words(names: Sequence[str]) -> Iterable[tuple[str, ...]]:
    return (tuple(word for word, _, _ in english_words(name)) for name in names)


def _add(
    readings: dict[Key, Reading],
    keys_of: Callable[[Sequence[str]], Iterable[Key]],
    names: Sequence[str],
    reading: Reading,
) -> None:
    for name, key in zip(names, keys_of(names), strict=True):
        known = readings.setdefault(key, reading)
        if known is not reading and known != reading:
            raise ValueError(
                f"expected one reading of {name!r} in the lexicon, found two; list it once under "
                f"[[several]] if it names several indicators"
            )
