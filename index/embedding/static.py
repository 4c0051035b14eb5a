"""Static models: a table with one row for each piece of a tokenizer's vocabulary.

A text's vector is the sum of the rows of its pieces, repetitions damped in the bundled one. It is
read here with `tokenizers` and numpy alone, since importing sentence-transformers costs seconds.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.embedding.model_folder import Pieces, one_line, unit_rows
from index.errors import EmbeddingError

if TYPE_CHECKING:
    from tokenizers import Tokenizer

_BLOCK = 4_096  # rows of a table turned into single precision at a time

_SHORT, _MOST_REMEMBERED = 200, 8_192
"""Characters of a text whose pieces are remembered, and how many such texts are: some 10 MB."""

_ASKED = 64
"""Texts whose nearest words are remembered: a question is asked in several ways."""

BUNDLED_MODEL = Path(__file__).parent / "model"


@dataclass(frozen=True, eq=False)
class StaticEmbedder:
    """A table of piece vectors, shape `(vocabulary, dimensions)`, summed over a text's pieces.

    A row counts as often as its piece occurs, to the power of `exponent`, times its scale where
    `scales`, shape `(vocabulary,)`, is given. Scaled to length 1, the mean and the sum are the same
    vector.
    """

    name: str
    tokenizer: Tokenizer
    table: NDArray[np.floating | np.int8]
    scales: NDArray[np.float32] | None = None
    exponent: float = 1.0
    fast: bool = True

    @property
    def dimensions(self) -> int:
        """Length of a vector."""
        return int(self.table.shape[1])

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one row of length 1 (or of zeros) for each text."""
        vectors = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        batch_size = 4096  # bounds the memory that the encodings take, not the speed
        for start in range(0, len(texts), batch_size):
            batch = self._ids(texts[start : start + batch_size])
            for row, ids in enumerate(batch, start):
                if ids:
                    vectors[row] = self._sum(ids)
        return unit_rows(vectors)

    def pieces(self, texts: Sequence[str]) -> list[Pieces]:
        """Return the distinct known pieces of each text."""
        found = [np.unique(np.array(ids, dtype=np.int64)) for ids in self._ids(texts)]
        return [pieces[pieces > 0] for pieces in found]

    def _ids(self, texts: Sequence[str]) -> list[Sequence[int]]:
        """Return the pieces of each text in order, those of short ones remembered for a while."""
        known = {text: ids for text in texts if (ids := self._remembered.get(text)) is not None}
        missing = [text for text in dict.fromkeys(texts) if text not in known]
        encodings = self.tokenizer.encode_batch_fast(missing, add_special_tokens=False)
        new = {text: each.ids for text, each in zip(missing, encodings, strict=True)}
        short = {text: ids for text, ids in new.items() if len(text) <= _SHORT}
        if len(self._remembered) + len(short) > _MOST_REMEMBERED:
            self._remembered.clear()
        if len(short) <= _MOST_REMEMBERED:
            self._remembered.update(short)
        known |= new
        return [known[text] for text in texts]

    @cached_property
    def _remembered(self) -> dict[str, Sequence[int]]:
        return {}

    def nearness(self, some: Pieces, others: Pieces) -> NDArray[np.float32]:
        """Return the cosines of pieces with others, shape `(some, others)`, negative ones as 0."""
        cosines: NDArray[np.float32] = self.directions(some) @ self.directions(others).T
        return cosines.clip(min=0)

    def weights(self, pieces: Pieces) -> NDArray[np.float32]:
        """Return how long the rows of pieces are, which is what training made of their weight."""
        lengths: NDArray[np.float32] = np.linalg.norm(self._rows(pieces), axis=1)
        return lengths if self.scales is None else lengths * self.scales[pieces]

    def directions(self, pieces: Pieces) -> NDArray[np.float32]:
        """Return the rows of pieces at length 1."""
        return unit_rows(self._rows(pieces))

    def words(self, text: str) -> list[tuple[str, float]]:
        """Return the pieces of a text as it has them, in order, with how much each counts."""
        encoding = self.tokenizer.encode(text, add_special_tokens=False)
        weights = self.weights(np.array(encoding.ids, dtype=np.int64)).tolist()
        return [
            (text[start:end], weight)
            for (start, end), weight in zip(encoding.offsets, weights, strict=True)
        ]

    def words_near(self, text: str, least: float) -> list[str]:
        """Return the words of the vocabulary whose cosine with a text is `least`, nearest first."""
        if (known := self._near.get((text, least))) is not None:
            return known
        vector = self.embed_query(text)
        near: list[tuple[float, int]] = []
        for first in range(0, len(self.table), _BLOCK):
            block = np.arange(first, min(first + _BLOCK, len(self.table)))
            cosines = (self._rows(block) @ vector) / self._lengths[block]
            near += [
                (-float(cosines[at]), int(block[at])) for at in np.flatnonzero(cosines >= least)
            ]
        words = [str(self.tokenizer.id_to_token(piece)) for _, piece in sorted(near)]
        if len(self._near) >= _ASKED:
            self._near.clear()
        self._near[text, least] = words
        return words

    @cached_property
    def _near(self) -> dict[tuple[str, float], list[str]]:
        return {}

    @cached_property
    def _lengths(self) -> NDArray[np.float32]:
        """How long the rows of the whole table are, those of zeros 1."""
        lengths = np.empty(len(self.table), dtype=np.float32)
        for first in range(0, len(self.table), _BLOCK):
            rows = self.table[first : first + _BLOCK].astype(np.float32)
            lengths[first : first + _BLOCK] = np.linalg.norm(rows, axis=1)
        lengths[lengths == 0] = 1
        return lengths

    def _rows(self, pieces: Pieces) -> NDArray[np.float32]:
        return self.table.take(pieces, axis=0).astype(np.float32)

    def _sum(self, ids: Sequence[int]) -> NDArray[np.float32]:
        pieces, counts = np.unique(ids, return_counts=True)
        shares = counts.astype(np.float32) ** np.float32(self.exponent)
        if self.scales is not None:
            shares *= self.scales[pieces]
        total: NDArray[np.float32] = np.asarray(shares @ self._rows(pieces), dtype=np.float32)
        return total

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """Return the vector of a question; static models treat it like any other text."""
        vector: NDArray[np.float32] = self.embed([text])[0]
        return vector


def is_static(folder: Path) -> bool:
    """Tell whether a folder holds nothing but a static table in the layout read here."""
    try:
        modules = json.loads((folder / "modules.json").read_text(encoding="utf-8"))
        kinds = [str(module["type"]).rpartition(".")[2] for module in modules]
        at_root = modules[0]["path"] == ""
    except (OSError, ValueError, LookupError, TypeError):
        return False
    first, *rest = kinds
    return (
        first in ("StaticEmbedding", "DampedEmbedding") and rest in ([], ["Normalize"]) and at_root
    )


def open_static(folder: Path, prefix: str) -> StaticEmbedder:
    """Read the static model in a folder; its name is `prefix` and a hash of its content.

    Raises:
        EmbeddingError: Files are missing or are not those of a static model.
    """
    from safetensors import SafetensorError
    from safetensors.numpy import load
    from tokenizers import Tokenizer

    try:
        vocabulary = (folder / "tokenizer.json").read_bytes()
        weights = (folder / "model.safetensors").read_bytes()
        tensors = load(weights)
        scales = tensors.get("scales")
        # As it is stored, for a quick start.
        table = tensors["embedding.weight" if scales is None else "weights"]
        exponent = 1.0 if scales is None else _exponent(folder)
    except (OSError, KeyError, ValueError, SafetensorError) as error:
        raise EmbeddingError(
            f"expected tokenizer.json and model.safetensors with the table of a static model in "
            f"{folder}, found {one_line(error)}; install or save the model again"
        ) from error
    try:
        tokenizer = Tokenizer.from_buffer(vocabulary)
    except Exception as error:
        raise EmbeddingError(
            f"expected a tokenizer of the tokenizers library in {folder / 'tokenizer.json'}, "
            f"found {one_line(error)}; save the model again"
        ) from error
    if len(table) < tokenizer.get_vocab_size():
        raise EmbeddingError(
            f"expected a row for each of {tokenizer.get_vocab_size()} pieces in "
            f"{folder / 'model.safetensors'}, found {len(table)} rows; save the model again"
        )
    tokenizer.no_padding()
    tokenizer.no_truncation()
    digest = hashlib.sha256(vocabulary)
    digest.update(weights)
    digest.update(f"{exponent}".encode())
    name = prefix + digest.hexdigest()[:16]
    return StaticEmbedder(name, tokenizer, table, scales, exponent)


def _exponent(folder: Path) -> float:
    """Return to what power a damped model takes the counts of pieces."""
    return float(json.loads((folder / "config.json").read_text(encoding="utf-8"))["exponent"])
