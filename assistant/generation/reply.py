"""What a chat model writes, as text: parted into statements while it streams, its markup taken off.

A reply is plain text here whatever the model made of it: emphasis, headings and tables lose their
marks, other forms of a citation's mark become [n]. Knows nothing of what the statements say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from assistant.claims.parsing import SENTENCE_END
from assistant.types import Language
from index.lexicon.numerals import CARDINALS, NUMERALS
from index.lexicon.units import MAGNITUDES
from index.text.folding import fold_claim

Form = Literal["sentence", "item", "head"]


@dataclass(frozen=True, slots=True)
class Unit:
    """A statement of a reply: a sentence, a list's item or its head, on the line `line`."""

    line: int
    form: Form
    text: str


class StatementReader:
    """Takes a reply piece by piece and gives its statements as they become whole."""

    def __init__(self) -> None:
        self._rest = ""
        self._line = 0
        self._head: Unit | None = None

    @property
    def draft(self) -> str:
        """The words of the statement that is not whole yet."""
        return "" if _THINKS.match(self._rest) else plain(self._rest)

    def feed(self, text: str) -> list[Unit]:
        """Take some more of the reply and return the statements that are whole now."""
        self._rest += text
        if self._rest.lstrip().startswith(_THOUGHT[0]):
            if _THOUGHT[1] not in self._rest:
                return []
            self._rest = self._rest.split(_THOUGHT[1], 1)[1]
        units: list[Unit] = []
        while "\n" in self._rest:
            line, self._rest = self._rest.split("\n", 1)
            units += self._of_line(line, whole=True)
            self._line += 1
        if not _IS_ITEM.match(self._rest) and not self._rest.lstrip().startswith("|"):
            units += self._of_line(self._rest, whole=False)
        return units

    def close(self) -> list[Unit]:
        """Return the last statements, the reply being over."""
        line, self._rest = self._rest, ""
        return [] if _THINKS.match(line) else self._of_line(line, whole=True)

    def _of_line(self, line: str, *, whole: bool) -> list[Unit]:
        """Return the statements of a line; of one that goes on, those that are over for sure."""
        if whole:
            text = plain(line)
            if not text.strip(_EDGES):
                return []
            if _IS_ITEM.match(line):
                return [Unit(self._line, "item", _IS_ITEM.sub("", text, count=1).strip())]
            if text.endswith((":", "：")):
                return [Unit(self._line, "head", text)]
        normal = _normal_marks(line)
        folded = fold_claim(normal)
        begin = 0
        units: list[Unit] = []
        for match in SENTENCE_END.finditer(folded):
            behind = folded[match.end() :]
            if not whole and (not behind.strip() or _OPENING.match(behind)):
                break
            units += self._sentence(normal[begin : match.end()])
            begin = match.end()
        if whole:
            units += self._sentence(normal[begin:])
        else:
            self._rest = normal[begin:]
        return units

    def _sentence(self, text: str) -> list[Unit]:
        words = plain(text)
        return [Unit(self._line, "sentence", words)] if words.strip(_EDGES) else []


_THOUGHT = ("<think>", "</think>")
_THINKS = re.compile(r"\s*<think>(?!.*</think>)|\s*<(?:t|th|thi|thin|think)?$", re.DOTALL)
_IS_ITEM = re.compile(r"\s*(?:[-*+•·●]\s+|\d{1,3}[.、)）]\s*(?!\d)|[（(]\d{1,2}[)）]\s*)")
_OPENING = re.compile(r"\s*[\[【［][^\]】］]{0,12}$")
_EDGES = " \t|-:：—*_#>.。"

_EMPHASIS = re.compile(r"\*\*|__|`+|~~|^\s*#{1,6}\s+|^\s*>\s?")
_MARK_FORMS = re.compile(
    r"[\[【［]\s*(?:来源|出处|证据|source|evidence)?\s*(\d{1,3}(?:\s*[,，、;；–—-]\s*\d{1,3})*)\s*[\]】］]",
    re.IGNORECASE,
)


def plain(text: str) -> str:
    """Return words of a reply without markup, on one line, their marks as [n]."""
    bare = _EMPHASIS.sub("", text)
    if bare.lstrip().startswith("|"):
        bare = bare.strip().strip("|").replace("|", " ")
    return " ".join(_normal_marks(bare).split()).translate(_TYPOGRAPHY)


_TYPOGRAPHY = str.maketrans({"*": "·", "`": "'", "#": "＃"})


def _normal_marks(text: str) -> str:
    return _MARK_FORMS.sub(lambda found: "".join(f"[{n}]" for n in _numbers(found[1])), text)


def _numbers(written: str) -> list[int]:
    """Return the numbers of a mark: 1, 3 or 2-4."""
    found: list[int] = []
    for part in re.split(r"[,，、;；]", written):
        ends = [int(n) for n in re.findall(r"\d+", part)]
        if len(ends) == 2 and ends[0] < ends[1] <= ends[0] + 20:
            found += range(ends[0], ends[1] + 1)
        else:
            found += ends
    return found


# While it is written

_NUMBERS = re.compile(
    rf"\[\d*\]?|\d|[{NUMERALS}万亿]|\b(?:{'|'.join((*CARDINALS, *MAGNITUDES))}"
    r"|dozen|half|double[sd]?|triple[sd]?|twice)s?\b",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"\S*(?:https?:|www\.|@)\S*", re.IGNORECASE)
_SHOWN = 400


def masked(draft: str) -> str:
    """Return unchecked words as they may be shown: without numbers, marks and addresses."""
    shown = _ADDRESS.sub("▒", draft[-_SHOWN:])
    return _NUMBERS.sub(lambda found: "" if found[0].startswith("[") else "▒", shown)


# The answer put together


def joined(units: Iterable[Unit], language: Language) -> str:
    """Return statements as one text: sentences of a line side by side, lists as lists."""
    lines: list[list[Unit]] = []
    for unit in units:
        if lines and lines[-1][0].line == unit.line and unit.form == "sentence":
            lines[-1].append(unit)
        else:
            lines.append([unit])
    text = ""
    number = 0
    for place, line in enumerate(lines):
        is_item = line[0].form == "item"
        number = number + 1 if is_item else 0
        words = (" " if language == "en" else "").join(unit.text for unit in line)
        if text:
            text += "\n" if is_item and lines[place - 1][0].form in ("item", "head") else "\n\n"
        text += f"{number}. {words}" if is_item else words
    return text
