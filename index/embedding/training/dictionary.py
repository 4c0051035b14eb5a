"""English renderings of Chinese pieces, from a dictionary and from aligned translations.

Word by word is translation enough for a mean of pieces, which knows no order: it makes English
questions on every Chinese text there is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from index.embedding.training.corpora import Pair
from index.embedding.training.rows import Indices, Rows, encode, rows_of


@dataclass(frozen=True, slots=True, eq=False)
class Dictionary:
    """Piece `i` is rendered by one of the `counts[i]` rows from row `first[i]` on."""

    renderings: Rows
    first: Indices
    counts: Indices

    def translate(self, rows: Rows, rng: np.random.Generator) -> Rows:
        """Return the rows with each piece replaced by one of its renderings."""
        rows = rows.packed()
        # The square prefers what is listed first, the usual meaning.
        choice = (rng.random(len(rows.flat)) ** 2 * self.counts[rows.flat]).astype(np.int64)
        chosen = self.renderings[self.first[rows.flat] + choice]
        lengths = np.bincount(rows.owners(), weights=chosen.lengths, minlength=len(rows))
        return rows_of(chosen.packed().flat, lengths.astype(np.int64))


def build_dictionary(
    tokenizer: Tokenizer, glosses: Mapping[str, Sequence[str]], translations: Sequence[Pair]
) -> Dictionary:
    """Give each Chinese piece its renderings; any other piece stands for itself.

    Args:
        tokenizer: What cuts texts into pieces.
        glosses: Meanings of Chinese words, the usual one first.
        translations: English and Chinese sentences of the same meaning.
    """
    vocabulary = tokenizer.get_vocab()
    pieces = sorted(vocabulary, key=vocabulary.__getitem__)
    learnt = _align(tokenizer, pieces, translations)
    renderings = [
        [*learnt.get(piece, ()), *_look_up(piece, glosses)[:3]] if piece >= "\u3400" else [piece]
        for piece in pieces
    ]
    counts = np.array([len(found) for found in renderings], dtype=np.int64)
    rows = encode(tokenizer, [text for found in renderings for text in found])
    return Dictionary(rows, np.cumsum(counts) - counts, counts)


def _look_up(piece: str, glosses: Mapping[str, Sequence[str]]) -> Sequence[str]:
    """Return the meanings of a piece, or of the longest words it is made of in one line."""
    if piece in glosses:
        return glosses[piece]
    words: list[str] = []
    while piece:
        ends = (end for end in range(len(piece), 0, -1) if piece[:end] in glosses)
        end = next(ends, 1)
        words += glosses.get(piece[:end], ())[:1]
        piece = piece[end:]
    return [" ".join(words)]


def _align(
    tokenizer: Tokenizer, pieces: Sequence[str], translations: Sequence[Pair]
) -> dict[str, list[str]]:
    """Return what each Chinese piece is translated by in these translations.

    The first rendering holds all pieces that it often gives rise to ("规模以上" → "above designated
    size"), the second the likeliest alone.
    """
    english = encode(tokenizer, [pair[0] for pair in translations])
    chinese = encode(tokenizer, [pair[1] for pair in translations])
    sources, targets, chances = _translation_chances(english, chinese, len(pieces))
    occurrences = np.bincount(chinese.flat, minlength=len(pieces))
    likely = (chances > 0.1) & (sources > 0) & (occurrences[sources] >= 5)
    found: dict[str, list[tuple[float, str]]] = {}
    for source, target, chance in zip(
        sources[likely], targets[likely], chances[likely], strict=True
    ):
        found.setdefault(pieces[source], []).append((-float(chance), pieces[target]))
    ranked = {piece: [target for _, target in sorted(pairs)] for piece, pairs in found.items()}
    return {piece: [" ".join(targets), targets[0]] for piece, targets in ranked.items()}


def _translation_chances(
    english: Rows, chinese: Rows, size: int
) -> tuple[Indices, Indices, NDArray[np.float64]]:
    """Estimate how likely each Chinese piece gives rise to each English one.

    This is Model 1 of Brown et al. (1993), "The Mathematics of Statistical Machine Translation",
    by expectation-maximization; source 0 stands for no Chinese piece at all.

    Returns:
        Sources, targets and the chance of the target given the source, for each pair that occurs.
    """
    nothing = rows_of(np.zeros(len(chinese), dtype=np.int64), np.ones(len(chinese), dtype=np.int64))
    sources = rows_of(
        np.insert(chinese.flat, chinese.starts, nothing.flat), chinese.lengths + nothing.lengths
    )
    # A link for each English piece with each source piece of its sentence.
    target_rows = english.owners()
    links = Rows(sources.flat, sources.starts[target_rows], sources.lengths[target_rows])
    owners = links.owners()
    keys, pairs = np.unique(
        links.flat[links.positions()] * size + english.flat[owners], return_inverse=True
    )
    chances = np.ones(len(keys))
    for _ in range(6):
        weights = chances[pairs]
        weights /= np.bincount(owners, weights=weights)[owners]
        totals = np.bincount(pairs, weights=weights, minlength=len(keys))
        chances = totals / np.bincount(keys // size, weights=totals)[keys // size]
    return keys // size, keys % size, chances
