"""Batches of question and document, as piece numbers, drawn without end from the corpora.

A batch holds pairs of one kind only, so that every other document of it is a plausible wrong
answer; its documents never overlap. Nothing here knows of weights.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from index.embedding.training.corpora import Corpora, Pair
from index.embedding.training.dictionary import Dictionary, build_dictionary
from index.embedding.training.rows import Rows, crop, encode, join, scatter, thin

# Pieces of a made-up passage: from a sentence to the longest passages that are asked about.
_SHORTEST, _LONGEST = 20, 320

Sampler = Callable[[np.random.Generator], "Batch"]


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """Questions and documents, row by row; both packed."""

    kind: str
    questions: Rows
    documents: Rows


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


def _asking(tokenizer: Tokenizer, phrases: Sequence[str], places: Sequence[str]) -> Rows:
    """Return words of asking, half of them with a place and a year beside them.

    A report's passages seldom name the place and the year that a question on it names: what a
    question is about has to outweigh them.
    """
    rng = np.random.default_rng(0)
    years = [str(year) for year in range(2000, 2031)]
    repeated = [phrase for phrase in phrases for _ in range(20)]
    dated = [f"{rng.choice(places)} {rng.choice(years)} {phrase}" for phrase in repeated]
    return encode(tokenizer, [*repeated, *dated])


def _ask(questions: Rows, asking: Rows, rng: np.random.Generator) -> Rows:
    """Add words of asking to about two questions in three."""
    chosen = asking[rng.integers(len(asking), size=len(questions))]
    silent = rng.random(len(questions)) < 0.35
    return join(questions, Rows(chosen.flat, chosen.starts, np.where(silent, 0, chosen.lengths)))


def _drop_numbers(
    rows: Rows, numerals: NDArray[np.bool_], rng: np.random.Generator, share: float
) -> Rows:
    """Leave the numbers out of a share of the rows: a question seldom holds what it asks for."""
    chosen = (rng.random(len(rows)) < share)[rows.owners()]
    return rows.kept(~(numerals[rows.flat[rows.positions()]] & chosen))


def _clauses(rows: Rows, rng: np.random.Generator) -> Rows:
    """Cut a run of at least a quarter out of each row; half of them begin where the row does."""
    shares = 0.25 + 0.75 * rng.random(len(rows))
    lengths = np.maximum((rows.lengths * shares).astype(np.int64), np.minimum(rows.lengths, 4))
    offsets = (rng.random(len(rows)) * (rows.lengths - lengths + 1)).astype(np.int64)
    offsets[rng.random(len(rows)) < 0.5] = 0
    return Rows(rows.flat, rows.starts + offsets, lengths).packed()


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
    "documents": 20, "documents-en": 14, "reports": 8, "reports-en": 10,
    "cmrc2018": 16, "cmrc2018-en": 6, "stard": 2, "stard-en": 1,
    "cc_cedict": 8, "tatoeba_en_zh": 4, "gwr_tmx": 10, "aligned": 10,
}  # fmt: skip


def build_batches(tokenizer: Tokenizer, corpora: Corpora, size: int) -> Batches:
    """Encode the corpora once and return what draws batches of at most `size` pairs from them."""
    sentences = [
        pair for name in ("gwr_tmx", "tatoeba_en_zh") for pair in corpora.translations.get(name, ())
    ]
    dictionary = build_dictionary(tokenizer, corpora.glosses, sentences)
    maker = _Maker(tokenizer, dictionary, _numerals(tokenizer), size)
    named = [
        (word, found[0]) for word, found in corpora.glosses.items() if word[-1] in "市县区省州"
    ]
    places = [pair for pair in named if pair[1][0].isupper()] or [("", "")]
    chinese = _asking(tokenizer, _CHINESE_ASKING, [pair[0] for pair in places])
    english = _asking(tokenizer, _ENGLISH_ASKING, [pair[1] for pair in places])
    samplers: dict[str, Sampler] = {}
    running_text = (("documents", corpora.documents, 0.3), ("reports", corpora.reports, 0.7))
    for name, texts, numberless in running_text:
        if texts:
            running = encode(tokenizer, texts)
            crops = partial(maker.crops, documents=running, numberless=numberless)
            samplers[name] = crops(name, asking=chinese)
            samplers[f"{name}-en"] = crops(f"{name}-en", asking=english, translated=True)
    for name, pairs in corpora.questions.items():
        samplers[name] = maker.questions(name, pairs)
        samplers[f"{name}-en"] = maker.questions(f"{name}-en", pairs, translated=True)
    for name, pairs in corpora.translations.items():
        samplers[name] = maker.translations(name, pairs, cut=name == "gwr_tmx")
    if corpora.aligned:
        samplers["aligned"] = maker.aligned("aligned", corpora.aligned, english)
    return Batches(samplers, {name: _WEIGHTS[name] for name in samplers})


def _numerals(tokenizer: Tokenizer) -> NDArray[np.bool_]:
    """Tell which pieces are numbers."""
    found = np.zeros(tokenizer.get_vocab_size(), dtype=np.bool_)
    found[[index for piece, index in tokenizer.get_vocab().items() if piece.isdecimal()]] = True
    return found


@dataclass(frozen=True, slots=True, eq=False)
class _Maker:
    """Makes the samplers; each draws its batches from texts that were encoded once."""

    tokenizer: Tokenizer
    dictionary: Dictionary
    numerals: NDArray[np.bool_]
    size: int

    def crops(
        self,
        kind: str,
        *,
        documents: Rows,
        numberless: float,
        asking: Rows,
        translated: bool = False,
    ) -> Sampler:
        """Self-supervision: some words of a passage as its question, at times taken out of it.

        The words come from one to three places of the passage, as those of a question do, and the
        passages are of all lengths, short ones less often. A share `numberless` of the questions
        has no numbers.
        """
        documents = documents[np.flatnonzero(documents.lengths >= 8)]
        ends = np.repeat(documents.starts + documents.lengths, documents.lengths)

        def sample(rng: np.random.Generator) -> Batch:
            length = int(_SHORTEST * (_LONGEST / _SHORTEST) ** (rng.random() ** 0.6))
            blocks = np.arange(int(rng.integers(length)), len(ends) - 8, length)
            starts = np.sort(rng.choice(blocks, min(self.size, len(blocks)), replace=False))
            passages = Rows(documents.flat, starts, np.minimum(length, ends[starts] - starts))
            places = int(rng.integers(1, 4))
            inside = scatter(passages, rng, places, 16 // places)
            words = thin(passages.kept(inside), rng, 0.5)
            words = _drop_numbers(words, self.numerals, rng, numberless)
            if translated:
                words = self.dictionary.translate(words, rng)
            hidden = (rng.random(len(passages)) < 0.35)[passages.owners()]
            return Batch(kind, _ask(words, asking, rng), passages.kept(~(inside & hidden)))

        return sample

    def questions(self, kind: str, pairs: Sequence[Pair], *, translated: bool = False) -> Sampler:
        """Asked questions: one for each of the passages drawn."""
        numbers: dict[str, int] = {}
        owners = np.array([numbers.setdefault(passage, len(numbers)) for _, passage in pairs])
        questions = encode(self.tokenizer, [question for question, _ in pairs])
        passages = encode(self.tokenizer, list(numbers))

        def sample(rng: np.random.Generator) -> Batch:
            order = rng.permutation(len(pairs))
            drawn, first = np.unique(owners[order], return_index=True)
            chosen = np.sort(rng.choice(len(drawn), min(self.size, len(drawn)), replace=False))
            asked = thin(questions[order[first[chosen]]], rng, 0.4)
            if translated:
                asked = self.dictionary.translate(asked, rng)
            return Batch(kind, asked, passages[drawn[chosen]].packed())

        return sample

    def translations(self, kind: str, pairs: Sequence[Pair], *, cut: bool = False) -> Sampler:
        """English and Chinese of the same meaning; `cut` leaves a clause of most of the English."""
        english = encode(self.tokenizer, [pair[0] for pair in pairs])
        chinese = encode(self.tokenizer, [pair[1] for pair in pairs])
        sides = [np.unique([pair[at] for pair in pairs], return_inverse=True)[1] for at in (0, 1)]

        def sample(rng: np.random.Generator) -> Batch:
            chosen = rng.choice(len(pairs), min(self.size, len(pairs)), replace=False)
            for numbers in sides:  # two pairs that share a side would count as mistakes
                chosen = chosen[np.unique(numbers[chosen], return_index=True)[1]]
            asked, answers = english[chosen].packed(), chinese[chosen].packed()
            if cut:
                if rng.random() < 0.6:
                    asked = _clauses(asked, rng)
                asked = thin(asked, rng, 0.3)
            return Batch(kind, asked, answers)

        return sample

    def aligned(self, kind: str, reports: Sequence[Sequence[Pair]], asking: Rows) -> Sampler:
        """Some English words of a report, and the Chinese paragraph that holds their segment."""
        pairs = [pair for report in reports for pair in report]
        english = encode(self.tokenizer, [pair[0] for pair in pairs])
        chinese = encode(self.tokenizer, [pair[1] for pair in pairs])

        def sample(rng: np.random.Generator) -> Batch:
            several = int(rng.integers(2, 7))
            firsts = np.arange(int(rng.integers(several)), len(pairs) - several + 1, several)
            firsts = np.sort(rng.choice(firsts, min(self.size, len(firsts)), replace=False))
            lengths = np.add.reduce([chinese.lengths[firsts + step] for step in range(several)])
            passages = Rows(chinese.flat, chinese.starts[firsts], lengths)
            segments = english[firsts + rng.integers(several, size=len(firsts))]
            words, _ = crop(segments, rng, 3, 24)
            words = _drop_numbers(thin(words, rng, 0.3), self.numerals, rng, 0.7)
            return Batch(kind, _ask(words, asking, rng), passages.packed())

        return sample
