"""Batches of question and document, as piece numbers, drawn without end from the corpora.

A batch holds pairs of one kind only, so that every other document of it is a plausible wrong
answer; its documents never overlap. Nothing here knows of weights.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from index.training_data import Corpora, Pair

Indices = NDArray[np.int64]
Sampler = Callable[[np.random.Generator], "Batch"]


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Rows of piece numbers of unequal length: `flat[starts[i] : starts[i] + lengths[i]]`."""

    flat: Indices
    starts: Indices
    lengths: Indices

    def __len__(self) -> int:
        return len(self.starts)

    def __getitem__(self, chosen: Indices) -> Rows:
        return Rows(self.flat, self.starts[chosen], self.lengths[chosen])

    def packed(self, keep: NDArray[np.bool_] | None = None) -> Rows:
        """Return the same rows side by side, without the pieces that `keep` leaves out."""
        owner = np.repeat(np.arange(len(self)), self.lengths)
        flat = self.flat[self.positions()]
        if keep is not None:
            flat, owner = flat[keep], owner[keep]
        return _rows(flat, np.bincount(owner, minlength=len(self)))

    def positions(self) -> Indices:
        """Return where in `flat` each piece stands, row after row."""
        ends = np.cumsum(self.lengths)
        offsets = np.repeat(self.starts - (ends - self.lengths), self.lengths)
        positions: Indices = np.arange(len(offsets)) + offsets
        return positions


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """Questions and documents, row by row; both packed."""

    kind: str
    questions: Rows
    documents: Rows


def _rows(flat: Indices, lengths: Indices) -> Rows:
    return Rows(flat, np.cumsum(lengths) - lengths, lengths)


def encode(tokenizer: Tokenizer, texts: Sequence[str]) -> Rows:
    """Return the piece numbers of each text, unknown pieces left out."""
    flat: list[Indices] = [np.zeros(0, dtype=np.int64)]
    lengths: list[int] = []
    for start in range(0, len(texts), 4096):
        batch = list(texts[start : start + 4096])
        for encoding in tokenizer.encode_batch_fast(batch, add_special_tokens=False):
            ids = np.array(encoding.ids, dtype=np.int64)
            known = ids[ids > 0]
            flat.append(known)
            lengths.append(len(known))
    return _rows(np.concatenate(flat), np.array(lengths, dtype=np.int64))


def _join(left: Rows, right: Rows) -> Rows:
    """Return rows that hold the pieces of both sides."""
    owner = np.concatenate(
        [np.repeat(np.arange(len(side)), side.lengths) for side in (left, right)]
    )
    flat = np.concatenate([side.flat[side.positions()] for side in (left, right)])
    return _rows(flat[np.argsort(owner, kind="stable")], left.lengths + right.lengths)


def _thin(rows: Rows, rng: np.random.Generator, share: float) -> Rows:
    """Leave out a random share of the pieces, drawn anew for each row between 0 and `share`."""
    limits = np.repeat(rng.random(len(rows)) * share, rows.lengths)
    return rows.packed(rng.random(int(rows.lengths.sum())) >= limits)


@dataclass(frozen=True, slots=True, eq=False)
class Dictionary:
    """English renderings of Chinese pieces: piece `i` has the `counts[i]` rows from `first[i]`.

    Word by word is translation enough for a mean of pieces, which knows no order: it makes English
    questions on every Chinese text there is.
    """

    renderings: Rows
    first: Indices
    counts: Indices

    def translate(self, rows: Rows, rng: np.random.Generator) -> Rows:
        """Return the rows with each piece replaced by one of its renderings."""
        rows = rows.packed()
        # The square prefers what the dictionary lists first, the usual meaning.
        choice = (rng.random(len(rows.flat)) ** 2 * self.counts[rows.flat]).astype(np.int64)
        chosen = self.renderings[self.first[rows.flat] + choice]
        owner = np.repeat(np.arange(len(rows)), rows.lengths)
        lengths = np.bincount(owner, weights=chosen.lengths, minlength=len(rows)).astype(np.int64)
        return _rows(chosen.packed().flat, lengths)


def build_dictionary(tokenizer: Tokenizer, glosses: Mapping[str, Sequence[str]]) -> Dictionary:
    """Give each piece its renderings; a piece that has none stands for itself if not Chinese."""
    vocabulary = tokenizer.get_vocab()
    pieces = sorted(vocabulary, key=vocabulary.__getitem__)
    renderings = [_render(piece, glosses)[:4] for piece in pieces]
    counts = np.array([len(found) for found in renderings], dtype=np.int64)
    rows = encode(tokenizer, [text for found in renderings for text in found])
    return Dictionary(rows, np.cumsum(counts) - counts, counts)


def _render(piece: str, glosses: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    if piece in glosses:
        return tuple(glosses[piece])
    if piece < "\u3400":
        return (piece,)
    words: list[str] = []
    while piece:  # the longest word of the dictionary first
        ends = (end for end in range(len(piece), 0, -1) if piece[:end] in glosses)
        end = next(ends, 1)
        words += glosses.get(piece[:end], ())[:1]
        piece = piece[end:]
    return (" ".join(words),)


# What questions are made of, besides what they are about: mixed into made-up questions so that
# the model learns to give these words little weight.
_CHINESE_ASKING = (
    "是什么", "是多少", "有哪些", "有多少", "什么时候", "在哪里", "是谁", "如何", "怎么样",
    "为什么", "请问", "多少", "哪一年", "目标是多少", "情况如何", "报告怎么说", "提到了哪些措施",
    "完成情况", "采取了什么措施", "增长了多少", "达到多少", "计划做什么", "取得了哪些成绩",
)  # fmt: skip
_ENGLISH_ASKING = (
    "what is the", "what are the", "how many", "how much", "when did", "when was", "where is",
    "who is", "who was", "why did", "which", "how does", "what does the report say about",
    "what was the", "by how much did", "tell me about", "is there any", "what measures", "did",
    "does the report mention", "what is the target for", "how will", "what has been done about",
    "what plans are there for", "list the", "in which year",
)  # fmt: skip


def _ask(questions: Rows, asking: Rows, rng: np.random.Generator) -> Rows:
    """Add words of asking to about two questions in three."""
    chosen = asking[rng.integers(len(asking), size=len(questions))]
    silent = rng.random(len(questions)) < 0.35
    return _join(questions, Rows(chosen.flat, chosen.starts, np.where(silent, 0, chosen.lengths)))


@dataclass(frozen=True, slots=True, eq=False)
class Batches:
    """Draws batches of every kind, each kind as often as its weight says."""

    samplers: Mapping[str, Sampler]
    weights: Mapping[str, float]

    def draw(self, rng: np.random.Generator) -> Iterator[Batch]:
        """Yield batches without end; the same generator state gives the same batches."""
        names = sorted(self.samplers)
        shares = np.array([self.weights[name] for name in names])
        while True:
            yield self.samplers[names[rng.choice(len(names), p=shares / shares.sum())]](rng)


_WEIGHTS = {
    "documents": 22, "documents-en": 18, "reports": 8, "reports-en": 8,
    "cmrc2018": 12, "cmrc2018-en": 6, "stard": 2, "stard-en": 1,
    "cc_cedict": 8, "tatoeba_en_zh": 5, "gwr_tmx": 5, "aligned": 8,
}  # fmt: skip


def build_batches(tokenizer: Tokenizer, corpora: Corpora, size: int) -> Batches:
    """Encode the corpora once and return what draws batches of at most `size` pairs from them."""
    dictionary = build_dictionary(tokenizer, corpora.glosses)
    asking = (encode(tokenizer, _CHINESE_ASKING), encode(tokenizer, _ENGLISH_ASKING))
    samplers: dict[str, Sampler] = {}
    for name, texts in (("documents", corpora.documents), ("reports", corpora.reports)):
        if texts:
            running = encode(tokenizer, texts)
            samplers[name] = _crops(name, running, asking[0], None, size)
            samplers[f"{name}-en"] = _crops(f"{name}-en", running, asking[1], dictionary, size)
    for name, pairs in corpora.questions.items():
        samplers[name] = _questions(name, tokenizer, pairs, None, size)
        samplers[f"{name}-en"] = _questions(f"{name}-en", tokenizer, pairs, dictionary, size)
    for name, pairs in corpora.translations.items():
        samplers[name] = _translations(name, tokenizer, pairs, size)
    if corpora.aligned:
        samplers["aligned"] = _aligned(tokenizer, corpora.aligned, asking[1], size)
    return Batches(samplers, {name: _WEIGHTS[name] for name in samplers})


def _crops(
    name: str, documents: Rows, asking: Rows, dictionary: Dictionary | None, size: int
) -> Sampler:
    """Self-supervision: some words of a passage as its question, half the time taken out of it."""
    documents = documents[np.flatnonzero(documents.lengths >= 8)]
    ends = np.repeat(documents.starts + documents.lengths, documents.lengths)

    def sample(rng: np.random.Generator) -> Batch:
        length = int(rng.integers(40, 220))
        blocks = np.arange(int(rng.integers(length)), len(ends) - 8, length)
        starts = np.sort(rng.choice(blocks, min(size, len(blocks)), replace=False))
        passages = Rows(documents.flat, starts, np.minimum(length, ends[starts] - starts))
        return _crop_batch(passages, rng)

    def _crop_batch(passages: Rows, rng: np.random.Generator) -> Batch:
        lengths = np.minimum(rng.integers(2, 17, len(passages)), (passages.lengths + 1) // 2)
        offsets = (rng.random(len(passages)) * (passages.lengths - lengths + 1)).astype(np.int64)
        crops = Rows(passages.flat, passages.starts + offsets, lengths)
        position = passages.positions()
        owner = np.repeat(np.arange(len(passages)), passages.lengths)
        inside = (position >= crops.starts[owner]) & (position < (crops.starts + lengths)[owner])
        hidden = (rng.random(len(passages)) < 0.5)[owner]
        questions = _thin(crops.packed(), rng, 0.5)
        if dictionary:
            questions = dictionary.translate(questions, rng)
        questions = _ask(questions, asking, rng)
        return Batch(name, questions, passages.packed(~(inside & hidden)))

    return sample


def _questions(
    name: str, tokenizer: Tokenizer, pairs: Sequence[Pair], dictionary: Dictionary | None, size: int
) -> Sampler:
    """Asked questions: one for each of the passages drawn."""
    numbers: dict[str, int] = {}
    owners = np.array([numbers.setdefault(passage, len(numbers)) for _, passage in pairs])
    questions = encode(tokenizer, [question for question, _ in pairs])
    passages = encode(tokenizer, list(numbers))

    def sample(rng: np.random.Generator) -> Batch:
        order = rng.permutation(len(pairs))
        drawn, first = np.unique(owners[order], return_index=True)
        chosen = np.sort(rng.choice(len(drawn), min(size, len(drawn)), replace=False))
        asked = _thin(questions[order[first[chosen]]].packed(), rng, 0.4)
        asked = dictionary.translate(asked, rng) if dictionary else asked
        return Batch(name, asked, passages[drawn[chosen]].packed())

    return sample


def _translations(name: str, tokenizer: Tokenizer, pairs: Sequence[Pair], size: int) -> Sampler:
    english = encode(tokenizer, [pair[0] for pair in pairs])
    chinese = encode(tokenizer, [pair[1] for pair in pairs])
    sides = [np.unique([pair[side] for pair in pairs], return_inverse=True)[1] for side in (0, 1)]

    def sample(rng: np.random.Generator) -> Batch:
        chosen = rng.choice(len(pairs), min(size, len(pairs)), replace=False)
        for numbers in sides:  # two pairs that share a side would count as each other's mistake
            chosen = chosen[np.unique(numbers[chosen], return_index=True)[1]]
        return Batch(name, english[chosen].packed(), chinese[chosen].packed())

    return sample


def _aligned(
    tokenizer: Tokenizer, reports: Sequence[Sequence[Pair]], asking: Rows, size: int
) -> Sampler:
    """A few English words of a report, and the Chinese paragraph that holds their segment."""
    pairs = [pair for report in reports for pair in report]
    english = encode(tokenizer, [pair[0] for pair in pairs])
    chinese = encode(tokenizer, [pair[1] for pair in pairs])

    def sample(rng: np.random.Generator) -> Batch:
        several = int(rng.integers(2, 7))
        firsts = np.arange(int(rng.integers(several)), len(pairs) - several + 1, several)
        firsts = np.sort(rng.choice(firsts, min(size, len(firsts)), replace=False))
        lengths = np.add.reduce([chinese.lengths[firsts + step] for step in range(several)])
        passages = Rows(chinese.flat, chinese.starts[firsts], lengths)
        segments = english[firsts + rng.integers(several, size=len(firsts))]
        lengths = np.minimum(rng.integers(3, 24, len(firsts)), segments.lengths)
        offsets = (rng.random(len(firsts)) * (segments.lengths - lengths + 1)).astype(np.int64)
        crops = Rows(segments.flat, segments.starts + offsets, lengths).packed()
        return Batch("aligned", _ask(_thin(crops, rng, 0.3), asking, rng), passages.packed())

    return sample
