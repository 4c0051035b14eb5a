"""How far a statement's words are supported by the evidence it cites, in either language.

In Chinese by the pairs of characters that both have, and in both languages by meaning: the cosine
of the bundled embedding and its match of word with word. Knows nothing of marks, numbers or places.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.embedding.embedder import Embedder
from index.embedding.model_folder import Pieces
from index.search.late_interaction import agreement
from index.text.folding import fold_search

_COVERED = 0.5
"""The share of a clause's pairs of characters that supports it by itself."""
_NEAR = 0.30
"""The least sum of cosine and match for a clause of English; for one of Chinese see `_NEAR_HAN`.

Measured on the aligned national reports of 2021 and 2022: see `benchmarks.writing`."""
_NEAR_WHOLE = 0.45
"""The least sum for a whole statement of English."""
_NEAR_HAN = 0.75

_NEAR_WORD = 0.4
"""The least sum for a run of Chinese characters that the evidence does not have as written."""
_LINKS = frozenset(
    "的了和与及并也还又且或在于对从向把被将要让使为以是有等其该这那各每共约达至到由所更再就都只可会能应须"
    "年月日来内中上下前后间个家项名座处条次件户人元做设建办抓用好多高大新已未不"
)
"""Single characters that link, frame or count."""

_FRAMES = re.compile(
    r"(?:根据|按照|依据|从)?(?:该市|该县|该区|该省|当地)?的?(?:\d{4}年)?的?(?:政府)?工?作?报告[中里]?[还也并]?"
    r"(?:提出|指出|强调|显示|提到|介绍|表示|写道|明确|列出|要求|认为|把|将)?"
    r"|该市|该县|该区|该省|当地|此外|同时|另外|其中|以及|包括|例如|因此"
    r"|\b(?:according to|in addition|also|furthermore|moreover|meanwhile|it|they|this|these|and"
    r"|including)\b"
    r"|\b(?:the|its|this|that)?\s?(?:\d{4}\s)?(?:government\s)?(?:work\s)?report\b(?:\s(?:also\s)?"
    r"(?:says?|states?|notes?|lists?|mentions?|sets out|calls for|adds|stresses|describes|names))?"
    r"(?:\sthat)?",
    re.IGNORECASE,
)
_BREAK = re.compile(r"[,;:、。!?—](?!\d)|\.(?=\s|$)| - ")
_WORDS = re.compile(r"[A-Za-z][A-Za-z'-]*")
_RUN = re.compile(r"[\u3400-\u9fff]+")
_SMALL = frozenset(
    (
        *("a", "an", "the", "of", "in", "on", "to", "for", "and", "or", "by", "with", "as", "at"),
        *("is", "are", "was", "were", "be", "been", "it", "its", "this", "that", "from", "has"),
        *("have", "had", "will", "would", "which", "who", "than"),
    )
)
_FEWEST = {"han": 5, "latin": 4}
"""Characters, or words, below which a clause is judged together with the one before it."""
_LEAST = 0.5
"""The share of these from which what is left of a statement says anything at all."""


@dataclass(frozen=True)
class Support:
    """The evidence of one statement, each piece with what it stands under."""

    texts: tuple[str, ...]
    around: str
    embedder: Embedder

    def bears(self, text: str) -> bool:
        """Tell whether each clause of a statement, and the whole of it, has support."""
        said = " ".join(_FRAMES.sub(" ", text).split())
        clauses = clauses_of(said)
        if not clauses:
            return True
        whole = " ".join(clauses)
        if not _is_han(whole) and self.nearness(whole) < _NEAR_WHOLE:
            return False
        return all(self._bears_clause(clause) for clause in clauses)

    def _bears_clause(self, clause: str) -> bool:
        if not _is_han(clause):
            return self.nearness(clause) >= _NEAR
        if self.coverage(clause) < _COVERED and self.nearness(clause) < _NEAR_HAN:
            return False
        return all(self._bears_word(word) for word in self._foreign(clause))

    def _foreign(self, clause: str) -> list[str]:
        """Return the runs of a Chinese clause of which the evidence has no pair of characters."""
        found: list[str] = []
        for run in _RUN.findall(fold_search(clause)):
            held = [run[at : at + 2] in self._pairs for at in range(len(run) - 1)]
            bare = [
                not ((at > 0 and held[at - 1]) or (at < len(held) and held[at]))
                for at in range(len(run))
            ]
            text = "".join(
                letter if alone else " " for letter, alone in zip(run, bare, strict=True)
            )
            found += _ordinary().sub(" ", text).split()
        return found

    def _bears_word(self, word: str) -> bool:
        if len(word) == 1:
            return word in _LINKS or any(word in text for text in self._documents)
        return self.nearness(word) >= _NEAR_WORD

    def coverage(self, clause: str) -> float:
        """Return the share of the clause's pairs of Chinese characters that the evidence has."""
        pairs = _pairs(clause)
        return len(pairs & self._pairs) / len(pairs) if pairs else 0.0

    def nearness(self, clause: str) -> float:
        """Return the sum of cosine and match with the piece of evidence that is nearest."""
        folded = fold_search(clause)
        cosines = self._vectors @ self.embedder.embed_query(folded)
        pieces = self._pieces
        matches = agreement(self.embedder, folded, pieces) if pieces is not None else cosines
        return float((cosines + matches).max())

    @cached_property
    def _documents(self) -> list[str]:
        every = " ".join(self.texts)
        texts = dict.fromkeys((*self.texts, every, f"{self.around} {every}"))
        return [fold_search(text) for text in texts]

    @cached_property
    def _vectors(self) -> NDArray[np.float32]:
        return self.embedder.embed(self._documents)

    @cached_property
    def _pieces(self) -> list[Pieces] | None:
        return self.embedder.pieces(self._documents)

    @cached_property
    def _pairs(self) -> set[str]:
        return _pairs(" ".join((*self.texts, self.around)))


@cache
def _ordinary() -> re.Pattern[str]:
    """Return what finds the words that need no support, the longest first."""
    text = Path(__file__).with_name("ordinary.toml").read_text(encoding="utf-8")
    words = sorted(tomllib.loads(text)["words"].split(), key=len, reverse=True)
    return re.compile("|".join(words))


def clauses_of(text: str) -> list[str]:
    """Part a folded statement into clauses, a short one joined to the one before it."""
    found: list[str] = []
    for part in map(str.strip, _BREAK.split(text)):
        if found and (_size(part) < 1 or _size(found[0]) < 1):
            found[-1] = f"{found[-1]} {part}".strip()
        elif part:
            found.append(part)
    return [clause for clause in found if _size(clause) >= _LEAST]


def _size(clause: str) -> float:
    """Return how much a clause says: 1 is enough to be judged by itself."""
    han = sum(len(run) for run in _RUN.findall(clause))
    words = [word for word in _WORDS.findall(clause.lower()) if word not in _SMALL]
    return max(han / _FEWEST["han"], len(words) / _FEWEST["latin"])


def _is_han(clause: str) -> bool:
    return sum(len(run) for run in _RUN.findall(clause)) > len(_WORDS.findall(clause))


def _pairs(text: str) -> set[str]:
    return {
        run[place : place + 2]
        for run in _RUN.findall(fold_search(text))
        for place in range(len(run) - 1)
    }
