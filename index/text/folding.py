"""The folded forms of a text: one function for each purpose that texts are folded for.

Folding sets script, width, spaces and the like alike, so that the same words are found the same.
What is folded for spans in the text itself keeps its length: a span of the folded text is then the
same span of the text. The evaluation folds by itself (`assistant.evaluation.folding`), so that what
is measured is not read with the eyes of what it measures. Knows characters and nothing of what they
say.
"""

from __future__ import annotations

import re
import unicodedata

from index.text.script import to_simplified


def fold_search(text: str) -> str:
    """Return what is searched, or searched for, in Simplified, half-width characters.

    Length not kept. What is no character at all (half of a surrogate pair, from a broken terminal)
    becomes "?". Tokens are made of it, so that the lexical index is made again when it changes.
    """
    whole = text.encode("utf-8", "replace").decode("utf-8")
    return to_simplified(unicodedata.normalize("NFKC", whole))


def fold_typed(text: str) -> str:
    """Return what a person typed in Simplified, half-width characters with single spaces.

    Length not kept.
    """
    return re.sub(r"\s+", " ", to_simplified(unicodedata.normalize("NFKC", text))).strip()


def fold_place(text: str) -> str:
    """Return a text that may name places in Simplified characters. Length kept."""
    if text.isascii():
        return text
    simplified = to_simplified(text)
    if len(simplified) == len(text):
        return simplified
    singles = ((character, to_simplified(character)) for character in text)
    return "".join(simple if len(simple) == 1 else own for own, simple in singles)


def fold_claim(text: str) -> str:
    """Return an answer, or what it cites, in Simplified, half-width characters. Length kept."""
    return fold_place(text.translate(_WIDTHS))


_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_WIDTHS = _HALF_WIDTH | {0x3000: 0x20, 0xA0: 0x20, 0x202F: 0x20, 0x2009: 0x20}


def fold_indicator(text: str) -> str:
    """Return a text that may name indicators: half-width, letters small, quotes one. Length kept.

    The script is left as it is: clean text is Simplified.
    """
    return text.translate(_FOLDING) if _FOLDABLE.search(text) else text


_FOLDING = (
    {wide: ord(chr(half).lower()) for wide, half in _HALF_WIDTH.items()}
    | {ord(letter): ord(letter.lower()) for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
    | {ord(quote): ord('"') for quote in "“”「」"}
)
_FOLDABLE = re.compile("[\uff01-\uff5eA-Z“”「」]")


# --- a report's raw text, character by character ------------------------------------------------

LOST = "□"
"""Stands for what an encoding fault destroyed: a character, or one with the mark after it."""

_SPACES = "\t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f"
WIDE_SPACES = "\u2003\u3000"
_BREAKS = "\v\f\x1c\x1d\x1e\x85\u2028\u2029"
IGNORED = "\u200b"
"""Stands for what has no width of its own."""

_INVISIBLE = (
    "\u00ad\u061c\u180e\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff"
    "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufe0e\ufe0f"
)

_NEVER_DRY = "\ue000"
_WORDS = {
    "計畫": "計划", "规畫": "规划", "規畫": "規划", "企畫": "企划", "策畫": "策划",
    "憑藉": "憑借", "藉助": "借助", "藉此": "借此", "藉由": "借由", "藉口": "借口",
    "瞭解": "了解", "乾隆": f"{_NEVER_DRY}隆", "乾坤": f"{_NEVER_DRY}坤", "乾陵": f"{_NEVER_DRY}陵",
    "乾县": f"{_NEVER_DRY}县", "乾縣": f"{_NEVER_DRY}縣", "乾安": f"{_NEVER_DRY}安",
}  # fmt: skip
"""Words whose reading decides a character. OpenCC reads whole phrases, so that a part of a text
may convert otherwise than in the whole; here characters convert alone but for these. Against whole
phrases 3 characters in 10,000 of Taiwanese encyclopaedic text differ without the words, and one
in the national and provincial reports. 乾 in Simplified text is a name, never dry: the private
character keeps it."""

_WORD = re.compile("|".join(_WORDS))
_CJK = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x2FA1F))


_RADICALS = (
    "⺁⺊⺒⺓⺛⺜⺝⺟⺠⺧⺮⺶⺻⺼⺽⻁⻄⻅⻆⻉⻋⻑⻓"
    "⻔⻗⻘⻙⻚⻛⻜⻝⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⻱⻳"
)  # fmt: skip
_SAME_SHAPE = (
    "厂卜巳幺旡日月母民牛竹羊聿月臼虎西见角贝车長长"
    "门雨青韦页风飞食首马骨鬼鱼鸟卤麦黄黾齐齿龙龜龟"
)  # fmt: skip
"""Radicals of Unicode that are characters too, which browsers write into the PDFs that they make,
and those characters; NFKC knows few of them."""


_FIXED = (
    {chr(wide): chr(half) for wide, half in _HALF_WIDTH.items()}
    | dict.fromkeys(_SPACES + WIDE_SPACES, " ")
    | dict.fromkeys(_BREAKS, "\n")
    | dict.fromkeys(
        map(chr, [*range(9), *range(14, 28), 31, *range(127, 133), *range(134, 160)]), IGNORED
    )
    | dict.fromkeys(_INVISIBLE, IGNORED)
    | {_NEVER_DRY: "乾", "\ufffd": LOST, "∶": ":", "﹪": "%", "℅": "%", "﹒": "."}
)
_LOOK_ALIKE = dict(zip(_RADICALS, _SAME_SHAPE, strict=True))
_COMPATIBLE = ((0x2F00, 0x2FD5), (0xF900, 0xFAFF))
"""Radicals and ideographs that stand for other characters, and which converters of PDF write."""


class _Folded(dict[int, str]):
    """What single characters become, each found when it is first met: all take long to find.

    It keeps the length of any text.
    """

    def __missing__(self, code: int) -> str:
        folded = _folded(chr(code))
        if code <= _PLANE or folded != chr(code):
            self[code] = folded
        return folded


_PLANE = 0xFFFF
"""Up to here what stays as it is is kept too; beyond, a hostile text could fill the memory."""
_FOLDED = _Folded()


def _folded(character: str) -> str:
    if character in _FIXED:
        return _FIXED[character]
    look_alike = _LOOK_ALIKE.get(character, character)
    if _is_in(character, _COMPATIBLE):
        normal = unicodedata.normalize("NFKC", character)
        look_alike = normal if len(normal) == 1 else character
    return _simplified(look_alike)


def _simplified(character: str) -> str:
    """Return a Chinese character's Simplified form, itself where that is no single character.

    薴 becomes 苧, which is also the Traditional form of 苎: one of the two steps has to go.
    """
    if not _is_in(character, _CJK):
        return character
    simplified = to_simplified(character)
    is_last = len(simplified) == 1 and to_simplified(simplified) == simplified
    return simplified if is_last else character


def _is_in(character: str, ranges: tuple[tuple[int, int], ...]) -> bool:
    return any(first <= ord(character) <= last for first, last in ranges)


_TURN = re.compile(r"(?<=[^\r\n\f])\f+(?=[^\r\n\f])")
"""A page's end inside a paragraph, which goes on behind it: no line break stands beside it."""


def fold_report(raw: str) -> str:
    """Return a report's raw text in Simplified, half-width characters with plain spaces and breaks.

    Length kept: what has no width becomes `IGNORED`, what is lost `LOST`, for the rules of clean
    text to take out. The characters convert alone, but for a few words.
    `normalization.VERSION` is raised when this changes.
    """
    if "\f" in raw:
        raw = _TURN.sub(lambda found: IGNORED * len(found[0]), raw)
    worded = _WORD.sub(lambda found: _WORDS[found[0]], raw)
    folded = worded.translate(_FOLDED)
    if "\r" in folded:
        folded = re.sub("\r(?=\n)", " ", folded).replace("\r", "\n")
    return folded
