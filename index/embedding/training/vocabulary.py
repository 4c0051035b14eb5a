"""The tokenizer of the bundled model: a Unigram vocabulary over Chinese and English.

The trainer of the tokenizers library is not repeatable (it sums over hash maps of random order)
and takes sentence fragments for pieces, so the vocabulary is chosen here: candidates by count and
cohesion, then hard expectation-maximization. The same texts always give the same tokenizer.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

UNKNOWN = "[UNK]"
_LONGEST = 4  # characters of a Chinese piece: longer words share their parts with other texts
_HAN_RUN = re.compile(r"[\u3400-\u9fff〇]+")
_LATIN_WORD = re.compile(r"[a-z]+")
_NUMBERS = tuple(
    [str(number) for number in range(100)]
    + [f"{number:02}" for number in range(10)]
    + [str(year) for year in range(1949, 2036)]
)


def build_tokenizer(
    chinese: Sequence[str], english: Sequence[str], words: Collection[str], *, size: int
) -> Tokenizer:
    """Choose a vocabulary and return its tokenizer.

    Punctuation and spaces only part pieces; they have none of their own, since in a mean of
    pieces they would say nothing.

    Args:
        chinese: Texts that Chinese pieces are counted in.
        english: Texts that English pieces are counted in.
        words: Chinese words of a dictionary, which are candidates however loosely they cohere.
        size: The largest number of pieces, the unknown one included.
    """
    required = dict.fromkeys(_NUMBERS, 1) | dict.fromkeys("%‰℃", 1)
    required |= _characters(chinese) | _word_parts(english, size // 32)
    required |= _latin_words(english, size // 4)
    optional = _chinese_candidates(chinese, words) | _latin_words(chinese, size // 16)
    optional = {piece: count for piece, count in optional.items() if piece not in required}
    texts = [*chinese, *english]
    for _ in range(2):  # a third round moves less than one piece in a hundred
        tokenizer = _tokenizer(required | optional)
        counts = _count_pieces(tokenizer, texts)
        required = {piece: max(1, counts[piece]) for piece in required}
        optional = {piece: counts[piece] for piece in optional if counts[piece] > 1}
    room = max(0, size - 1 - len(required))
    kept = sorted(optional, key=lambda piece: (-optional[piece], piece))[:room]
    return _tokenizer(required | {piece: optional[piece] for piece in kept})


def _tokenizer(counts: dict[str, int]) -> Tokenizer:
    total = sum(counts.values())
    pieces = sorted(counts, key=lambda piece: (-counts[piece], piece))
    scores = [(piece, float(np.log(counts[piece] / total))) for piece in pieces]
    tokenizer = Tokenizer(models.Unigram([(UNKNOWN, 0.0), *scores], unk_id=0))
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Lowercase()])
    runs = Regex(r"\p{Han}+|[0-9]+|[\p{L}\p{M}&&[^\p{Han}]]+|[%‰℃]")
    tokenizer.pre_tokenizer = pre_tokenizers.Split(runs, behavior="removed", invert=True)
    return tokenizer


def _count_pieces(tokenizer: Tokenizer, texts: Sequence[str]) -> Counter[str]:
    totals = np.zeros(tokenizer.get_vocab_size(), dtype=np.int64)
    for start in range(0, len(texts), 4096):
        batch = list(texts[start : start + 4096])
        for encoding in tokenizer.encode_batch_fast(batch, add_special_tokens=False):
            np.add.at(totals, encoding.ids, 1)
    return Counter({piece: int(totals[index]) for piece, index in tokenizer.get_vocab().items()})


def _characters(texts: Iterable[str]) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(text)
    return {
        character: count
        for character, count in counts.items()
        if count > 2 and _HAN_RUN.fullmatch(character)
    }


def _latin_words(texts: Iterable[str], limit: int) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(word for word in _LATIN_WORD.findall(text.lower()) if len(word) < 16)
    ranked = sorted(counts, key=lambda word: (-counts[word], word))
    return {word: counts[word] for word in ranked[:limit] if counts[word] > 1}


def _word_parts(texts: Iterable[str], limit: int) -> dict[str, int]:
    """Return the letters and the commonest parts of words, for words that are no piece."""
    words = {word for text in texts for word in _LATIN_WORD.findall(text.lower())}
    counts = Counter(
        word[start : start + length]
        for word in words
        for length in (2, 3, 4)
        for start in range(len(word) - length + 1)
    )
    ranked = sorted(counts, key=lambda part: (-counts[part], part))[:limit]
    return dict.fromkeys("abcdefghijklmnopqrstuvwxyz", 1) | dict.fromkeys(ranked, 1)


def _chinese_candidates(texts: Sequence[str], words: Collection[str]) -> dict[str, int]:
    """Return runs of two to four characters that are dictionary words or cohere like words."""
    runs = [run for text in texts for run in _HAN_RUN.findall(text)]
    if not runs:
        return {}
    alphabet, codes = np.unique(
        np.frombuffer("\0".join(runs).encode("utf-32-le"), dtype=np.uint32), return_inverse=True
    )
    grams = _count_grams(codes.astype(np.int64), int(alphabet[0] == 0))
    candidates: dict[str, int] = {}
    for length in range(2, _LONGEST + 1):
        keys, counts = grams[length]
        coherent = _coherent(grams, length)
        listed = np.flatnonzero(counts >= _least_count(len(codes)))
        letters = np.stack([(keys[listed] >> (15 * place)) & 0x7FFF for place in range(length)], 1)
        spelt = alphabet[letters[:, ::-1]].astype(np.uint32)
        pieces = spelt.tobytes().decode("utf-32-le")
        for row, index in enumerate(listed):
            piece = pieces[row * length : (row + 1) * length]
            if coherent[index] or piece in words:
                candidates[piece] = int(counts[index])
    return candidates


def _least_count(characters: int) -> int:
    """Return how often a run must occur, which grows with the text but slower."""
    return 3 + int((characters / 1e5) ** 0.5)


Grams = dict[int, tuple[NDArray[np.int64], NDArray[np.int64]]]


def _count_grams(codes: NDArray[np.int64], separator: int) -> Grams:
    """Count the runs of one to four characters, each packed into one integer of 15-bit codes."""
    inside = codes >= separator
    keys, valid = codes, inside
    grams: Grams = {1: np.unique(keys[valid], return_counts=True)}
    for length in range(2, _LONGEST + 1):
        keys = (keys[:-1] << 15) | codes[length - 1 :]
        valid = valid[:-1] & inside[length - 1 :]
        grams[length] = np.unique(keys[valid], return_counts=True)
    return grams


def _coherent(grams: Grams, length: int) -> NDArray[np.bool_]:
    """Tell which runs hold together within and are free without, as words are.

    Within, the pointwise mutual information of every way to part the run in two is high; without,
    no single neighbour goes with most of its occurrences ("国国际进" is a piece of something).
    The longest runs have no counted neighbours: of those only dictionary words are taken.
    """
    keys, counts = grams[length]
    if length == _LONGEST:
        return np.zeros(len(keys), dtype=np.bool_)
    total = float(grams[1][1].sum())
    information = np.full(len(keys), np.inf)
    for cut in range(1, length):
        head, tail = keys >> (15 * (length - cut)), keys & ((1 << (15 * (length - cut))) - 1)
        heads = grams[cut][1][np.searchsorted(grams[cut][0], head)].astype(np.float64)
        tails = grams[length - cut][1][np.searchsorted(grams[length - cut][0], tail)]
        information = np.minimum(information, np.log(counts * total / (heads * tails)))
    longer, longer_counts = grams[length + 1]
    closest = np.zeros(len(keys), dtype=np.int64)
    for inner in (longer >> 15, longer & ((1 << (15 * length)) - 1)):
        np.maximum.at(closest, np.searchsorted(keys, inner), longer_counts)
    return (information > 4.0) & (closest < 0.5 * counts)
