"""How well passages say a question, piece by piece: as wholes, and in their best sentence.

This is the late interaction of ColBERT (Khattab and Zaharia 2020) over the pieces of a static
model: a passage of many topics has no clear vector, but has the words, and has them together where
it answers. Knows nothing of where passages come from or what else they are ranked by.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.embedding.embedder import Embedder
from index.embedding.model_folder import Pieces
from index.structure.sentences import sentences

Floats = NDArray[np.float64]

_BY_CHANCE = 0.08
"""How much better a text matches any question for each e-fold of pieces it has. Tuned on English
reports that the model had not seen: it raises hit@1 of a sentence's segment from 0.91 to 0.93."""


@dataclass(frozen=True, slots=True)
class Matches:
    """How well each passage matches a question, what is by chance taken off: at most 1.

    `whole` is the mean, over the pieces of the question by their weight, of the cosine of the
    nearest piece in the passage; `closest` is the same of the passage's best sentence alone.
    """

    whole: Floats
    closest: Floats


def cut(text: str) -> list[str]:
    """Return the sentences of a passage as it is searched, headings among them."""
    return [span.of(text) for span in sentences(text, soft=True)]


def match(embedder: Embedder, question: str, passages: Sequence[Sequence[Pieces]]) -> Matches:
    """Compare a question with passages, each the pieces of its sentences.

    Args:
        embedder: A model that has pieces.
        question: The question, folded as the passages are.
        passages: Of every sentence its distinct pieces. One without any matches nothing.
    """
    whole, closest = np.zeros(len(passages)), np.zeros(len(passages))
    (asked,) = embedder.pieces([question]) or [np.zeros(0, dtype=np.int64)]
    told = [(at, own) for at, texts in enumerate(passages) for own in texts if len(own)]
    if not len(asked) or not told:
        return Matches(whole, closest)
    flat = np.concatenate([own for _, own in told])
    sizes = np.array([len(own) for _, own in told])
    owners = np.array([at for at, _ in told])
    filled, firsts = np.unique(owners, return_index=True)
    shares, by_sentence = _nearest(embedder, asked, flat, sizes)
    by_passage = np.maximum.reduceat(by_sentence, firsts, axis=1)
    most = int(flat.max()) + 1
    distinct = np.unique(np.repeat(owners, sizes) * most + flat) // most
    counts = np.bincount(distinct, minlength=len(passages))[filled]
    in_sentences = shares @ by_sentence - _BY_CHANCE * np.log1p(sizes)
    whole[filled] = shares @ by_passage - _BY_CHANCE * np.log1p(counts)
    closest[filled] = np.maximum.reduceat(in_sentences, firsts)
    return Matches(whole, closest)


def agreement(embedder: Embedder, question: str, texts: Sequence[Pieces]) -> Floats:
    """Return how well each text matches a question as a whole, 0 to 1, its length left in."""
    found = np.zeros(len(texts))
    (asked,) = embedder.pieces([question]) or [np.zeros(0, dtype=np.int64)]
    sizes = np.array([len(own) for own in texts])
    if len(asked) and sizes.any():
        filled = np.flatnonzero(sizes)
        shares, nearest = _nearest(embedder, asked, np.concatenate(texts), sizes[filled])
        found[filled] = shares @ nearest
    return found


def _nearest(
    embedder: Embedder, asked: Pieces, flat: Pieces, sizes: NDArray[np.int64]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return the share of each piece asked for, and its cosine with the nearest piece of each text.

    `flat` holds the texts' pieces one text after the other, `sizes`, none of them 0, how many each.
    """
    every, places = np.unique(flat, return_inverse=True)
    near = embedder.nearness(asked, every)[:, places]
    weights = embedder.weights(asked)
    return weights / weights.sum(), np.maximum.reduceat(near, np.cumsum(sizes) - sizes, axis=1)
