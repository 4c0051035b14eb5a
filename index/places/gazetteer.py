"""China's administrative divisions: their codes, what contains what, and finding them in text.

A place may be named in either script, in full or short, with the places above it, in pinyin or by
its English name. Nothing here knows of reports or questions: which of several places of one name
is meant is decided only by the other places named beside it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from pathlib import Path

from index import deadline
from index.places.chinese import ChineseIndex, ChineseName, find_chinese
from index.places.latin import LatinName, find_latin, latin_key, without_kind
from index.places.towns import around_of, is_town, town_of
from index.text.folding import fold_place
from index.text.prefix_index import PrefixIndex
from index.types import Level, Region, Span

COUNTRY = "100000"
_COUNTRY_NAMES_TEXT = (
    "中国 全国 国家 我国 国务院 中央 中央人民政府 china national nationwide nation thecountry "
    "country"
)
_COUNTRY_NAMES = frozenset(_COUNTRY_NAMES_TEXT.split())
_LEVELS: dict[Level, int] = {
    "country": 0,
    "province": 1,
    "prefecture": 2,
    "county": 3,
    "township": 4,
}
_DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Mention:
    """A place named in a text: the places it may be, best first, and where it is named.

    `span` covers the name with the names of the places above it that stand beside it, `matched`
    is that text as written. `exact` is false where the name was written with a slip.
    """

    candidates: tuple[Region, ...]
    span: Span
    matched: str
    exact: bool = True

    @property
    def region(self) -> Region:
        """The best candidate."""
        return self.candidates[0]


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of the table: a region and the ways it is written."""

    region: Region
    short: str
    reading: str
    former: int | None
    aliases: tuple[str, ...]


@dataclass(frozen=True)
class Gazetteer:
    """The divisions of the table, those abolished since 2000 among them."""

    _rows: dict[str, _Row]
    _ordinary: frozenset[str]
    _chinese: ChineseIndex = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_chinese", _chinese_index(self._rows, self._ordinary))

    @cached_property
    def _latin(self) -> dict[str, LatinName]:
        return _latin_index(self._rows)

    def get(self, code: str) -> Region:
        """Return the division of a code.

        Raises:
            KeyError: the table has no such code, nor is it a town's in a place of the table.
        """
        if is_town(code):
            around = around_of(code)
            return town_of(code, self.get(around) if around else None)
        return self._rows[code].region

    def __contains__(self, code: str) -> bool:
        return code in self._rows or (is_town(code) and around_of(code) in (*self._rows, ""))

    def contains(self, outer: str, inner: str) -> bool:
        """Say whether the division `inner` lies in `outer` or is it."""
        return outer in (inner, COUNTRY) or outer in self.get(inner).parents

    def former(self, code: str) -> int | None:
        """Return the year in which a division was abolished, or None for one in force."""
        return None if is_town(code) else self._rows[code].former

    def short_name(self, code: str) -> str:
        """Return a division's name without its kind: 焦作 of 焦作市."""
        return self.get(code).name if is_town(code) else self._rows[code].short

    def reading(self, code: str) -> str:
        """Return the toneless pinyin of the short name, syllables apart: "jiao zuo"."""
        if is_town(code):
            return self.get(code).english.lower()
        return self._rows[code].reading

    def mentions(self, text: str, *, asked: bool = False) -> list[Mention]:
        """Find the places named in a text, in the order of the text; `asked` of a question.

        A short name that is also an ordinary word (和平, 新城) counts only with its kind or with
        a place above it beside it. Where the text names a place above some of the candidates of
        another mention, those alone are kept.
        """
        deadline.check()
        folded = fold_place(text)
        if asked:
            folded = folded.replace("介绍", "  ")  # whose end begins 绍兴
        found = find_chinese(folded, self._chinese, asked=asked) + find_latin(
            text, lambda: self._latin
        )
        found.sort(key=lambda name: name.start)
        mentions = [
            Mention(
                tuple(self.get(code) for code in name.codes),
                Span(name.start, name.end),
                text[name.start : name.end],
            )
            for name in found
        ]
        return self._narrowed(self._joined(mentions, text))

    def resolve(
        self, name: str, *, within: Collection[str] = (), prefer: Collection[str] = ()
    ) -> list[Region]:
        """Return the places that a name may mean, best first; empty where it is no place.

        Args:
            name: a name in any way of writing, the places above it included or not.
            within: codes of places named nearby. Candidates inside one of them displace others.
            prefer: codes to be set before others, such as those of the index.
        """
        name = name.strip()
        candidates: Sequence[Region] = ()
        if fold_place(name).lower().replace(" ", "") in _COUNTRY_NAMES:
            candidates = (self.get(COUNTRY),)
        elif entry := self._chinese.names.get(fold_place(name)):
            candidates = [self.get(code) for code in entry.codes]
        else:
            whole = [m for m in self.mentions(name) if len(m.span) == len(name)]
            candidates = whole[0].candidates if whole else ()
        inside = [r for r in candidates if any(self.contains(code, r.code) for code in within)]
        return sorted(inside or candidates, key=lambda region: region.code not in prefer)

    def closest(self, text: str, among: Collection[Region]) -> list[Mention]:
        """Find places of `among` written with one slip: 运成, 枭亭, Yunchen.

        In Chinese one character is replaced by one that sounds or looks the same; in Latin script
        one letter is missing, added, wrong or swapped. What names a place exactly, or is part of
        a common word, is no slip.
        """
        from index.places.misspellings import Spelling, find_misspelt

        folded = fold_place(text)
        exact = self.mentions(text)
        spellings = [
            Spelling(region.code, self.short_name(region.code), self.reading(region.code))
            for region in among
        ]
        slips = find_misspelt(
            text,
            folded,
            spellings,
            taken=[mention.span for mention in exact],
            is_place=lambda name: name in self._chinese.names or latin_key(name) in self._latin,
        )
        return [
            Mention(
                tuple(self.get(code) for code in slip.codes),
                Span(slip.start, slip.end),
                text[slip.start : slip.end],
                exact=False,
            )
            for slip in slips
        ]

    def _joined(self, mentions: Iterable[Mention], text: str) -> list[Mention]:
        """Join a place with the places above it that stand right beside it."""
        joined: list[Mention] = []
        for mention in mentions:
            if joined:
                before = joined[-1]
                gap = text[before.span.end : mention.span.start]
                if (both := self._one_place(before, mention, gap)) is not None:
                    start = before.span.start
                    if "".join(gap.split()) in (")", ")") and text[start - 1 : start] in "((":
                        start -= 1
                    span = Span(max(start, 0), mention.span.end)
                    joined[-1] = Mention(both, span, text[span.start : span.end])
                    continue
            joined.append(mention)
        return joined

    def _one_place(self, first: Mention, second: Mention, gap: str) -> tuple[Region, ...] | None:
        """Return what two neighbouring names mean together, the larger place first or last."""
        gap = gap.strip().lower()
        if gap in ("", "的", ")", ")", "·", "-", "'s", "’s"):
            inner = _inside(second.candidates, first.candidates)
            if inner:
                return inner
        if gap in ("", ",", "(", "of", "in", ", in") and second.matched.isascii():
            return _inside(first.candidates, second.candidates) or None
        return None

    def _narrowed(self, mentions: list[Mention]) -> list[Mention]:
        """Keep, of candidates of one level, those in a place that another mention names."""
        sure = [m.region for m in mentions if len(m.candidates) == 1 and m.region.code != COUNTRY]
        return [
            replace(m, candidates=_inside(m.candidates, sure) or m.candidates)
            if len(m.candidates) > 1 and len({region.level for region in m.candidates}) == 1
            else m
            for m in mentions
        ]


def _inside(inner: Iterable[Region], outer: Iterable[Region]) -> tuple[Region, ...]:
    codes = {region.code for region in outer}
    return tuple(
        region
        for region in inner
        if codes.intersection((*region.parents, COUNTRY)) and region.code != COUNTRY
    )


@cache
def load_gazetteer() -> Gazetteer:
    """Read the table of divisions that comes with the package (once)."""
    lines = (_DATA / "regions.tsv").read_text(encoding="utf-8").splitlines()[1:]
    cells = [line.split("\t") for line in lines]
    codes = {row[0] for row in cells}
    rows = {
        code: _Row(
            Region(code, name, english, _level(code), _parents(code, codes)),
            short,
            reading,
            int(former) if former else None,
            tuple(aliases.split("|")) if aliases else (),
        )
        for code, name, short, english, reading, former, aliases in cells
    }
    ordinary = (_DATA / "ordinary_names.txt").read_text(encoding="utf-8").split()
    return Gazetteer(rows, frozenset(ordinary))


def _level(code: str) -> Level:
    if code == COUNTRY:
        return "country"
    if code.endswith("0000"):
        return "province"
    return "prefecture" if code.endswith("00") else "county"


def _parents(code: str, codes: Collection[str]) -> tuple[str, ...]:
    above = (code[:4] + "00", code[:2] + "0000")
    return tuple(c for c in above if c != code and c in codes and c != COUNTRY)


def _ranked(rows: Sequence[_Row]) -> tuple[str, ...]:
    """Return the codes of rows: those in force before former ones, then the larger place first."""
    if len(rows) == 1:
        return (rows[0].region.code,)
    ranked = sorted(
        {row.region.code: row for row in rows}.values(),
        key=lambda row: (row.former is not None, _LEVELS[row.region.level], row.region.code),
    )
    return tuple(row.region.code for row in ranked)


def _chinese_index(rows: dict[str, _Row], ordinary: frozenset[str]) -> ChineseIndex:
    full: dict[str, list[_Row]] = {}
    short: dict[str, list[_Row]] = {}
    for row in rows.values():
        for name in (row.region.name, *row.aliases):
            if not name.isascii():
                full.setdefault(name, []).append(row)
        if row.short != row.region.name:
            short.setdefault(row.short, []).append(row)
    index: dict[str, ChineseName] = {}
    for name, named in full.items():
        also = [row for row in short.pop(name, []) if row.former is None]
        index[name] = ChineseName(_ranked(named + also), is_full=True)
    for name, named in short.items():
        in_force = [row for row in named if row.former is None] or named
        codes = _ranked(in_force)
        is_county = all(rows[code].region.level == "county" for code in codes)
        index[name] = ChineseName(codes, is_full=False, is_ordinary=is_county and name in ordinary)
    return ChineseIndex(index, PrefixIndex(index))


def _latin_index(rows: dict[str, _Row]) -> dict[str, LatinName]:
    named: dict[str, list[_Row]] = {}
    spaced: dict[str, set[str]] = {}
    for row in rows.values():
        for name in (row.reading, without_kind(row.region.english), *row.aliases):
            if not "一" <= name[0] <= "鿿":
                if row.region.code == "610000" and name == row.reading:
                    continue  # Shaanxi is so written to tell it from Shanxi
                for variant in {name, name.replace("v", "u")}:
                    key = latin_key(variant)
                    named.setdefault(key, []).append(row)
                    spaced.setdefault(key, set()).add(variant.lower())
    index: dict[str, LatinName] = {}
    for key, found in named.items():
        codes = _ranked([row for row in found if row.former is None] or found)
        regions = [rows[code].region for code in codes]
        index[key] = LatinName(
            codes,
            tuple(region.name for region in regions),
            tuple(region.level for region in regions),
            frozenset(spaced[key]),
        )
    return index
