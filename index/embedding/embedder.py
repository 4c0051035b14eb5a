"""Text in, unit vectors out: the bundled static model, or any sentence-transformers model on disk.

A static model is a table with one row for each piece of a tokenizer's vocabulary; a text's vector
is the sum of the rows of its pieces, repetitions damped in the bundled one. It is read here with
`tokenizers` and numpy alone, since importing sentence-transformers costs seconds; any other model
goes through sentence-transformers.
Nothing here goes to the network, and nothing here knows what is indexed or how it is searched.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from index.errors import EmbeddingError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from tokenizers import Tokenizer

Pieces = NDArray[np.int64]

_BLOCK = 4_096  # rows of a table turned into single precision at a time

BUNDLED_MODEL = Path(__file__).parent / "model"


class Embedder(Protocol):
    """What turns texts into vectors.

    Attributes:
        name: Identity of the model, which changes with its content: vectors of two embedders may
            be compared only where their names are equal.
        dimensions: Length of a vector.
        fast: Whether embedding hundreds of passages costs milliseconds rather than seconds.
    """

    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def dimensions(self) -> int: ...  # noqa: D102
    @property
    def fast(self) -> bool: ...  # noqa: D102

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one row for each document text, shape `(len(texts), dimensions)`.

        Rows have length 1; a text without a single known piece gives a row of zeros.
        """
        ...

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """Return the vector of a question, shape `(dimensions,)`, of length 1 or all zeros."""
        ...

    def pieces(self, texts: Sequence[str]) -> list[Pieces] | None:
        """Return the distinct pieces of each text, or None where pieces have no vectors."""
        ...

    def nearness(self, some: Pieces, others: Pieces) -> NDArray[np.float32]:
        """Return the cosines of pieces with others, shape `(some, others)`, negative ones as 0."""
        ...

    def weights(self, pieces: Pieces) -> NDArray[np.float32]:
        """Return how much each piece counts in a text's vector."""
        ...

    def words_near(self, text: str, least: float) -> list[str]:
        """Return the words of the vocabulary whose cosine with a text is `least`, nearest first.

        There are none where pieces have no vectors.
        """
        ...


def open_embedder(name: str | None = None) -> Embedder:
    """Open an embedding model.

    Args:
        name: A folder in the format of sentence-transformers, or the name of a model on the
            Hugging Face hub that this machine has already downloaded; None opens the bundled one.

    Raises:
        EmbeddingError: The model is not on this machine or cannot be read.
    """
    if name is None:
        return _open_static(BUNDLED_MODEL, "bundled:")
    folder, revision = find_model(name)
    if _is_static(folder):
        return _open_static(folder, f"{name if revision else folder.name}@")
    return _open_transformer(folder, f"{name}@{revision}" if revision else None)


@dataclass(frozen=True, slots=True, eq=False)
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
            batch = list(texts[start : start + batch_size])
            encodings = self.tokenizer.encode_batch_fast(batch, add_special_tokens=False)
            for row, encoding in enumerate(encodings, start):
                if encoding.ids:
                    vectors[row] = self._sum(encoding.ids)
        return _unit_rows(vectors)

    def pieces(self, texts: Sequence[str]) -> list[Pieces]:
        """Return the distinct known pieces of each text."""
        encodings = self.tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
        found = [np.unique(np.array(encoding.ids, dtype=np.int64)) for encoding in encodings]
        return [pieces[pieces > 0] for pieces in found]

    def nearness(self, some: Pieces, others: Pieces) -> NDArray[np.float32]:
        """Return the cosines of pieces with others, shape `(some, others)`, negative ones as 0."""
        cosines: NDArray[np.float32] = self._directions(some) @ self._directions(others).T
        return cosines.clip(min=0)

    def weights(self, pieces: Pieces) -> NDArray[np.float32]:
        """Return how long the rows of pieces are, which is what training made of their weight."""
        lengths: NDArray[np.float32] = np.linalg.norm(self._rows(pieces), axis=1)
        return lengths if self.scales is None else lengths * self.scales[pieces]

    def words_near(self, text: str, least: float) -> list[str]:
        """Return the words of the vocabulary whose cosine with a text is `least`, nearest first."""
        vector = self.embed_query(text)
        near: list[tuple[float, int]] = []
        for first in range(0, len(self.table), _BLOCK):
            block = np.arange(first, min(first + _BLOCK, len(self.table)))
            cosines = self._directions(block) @ vector
            near += [
                (-float(cosines[at]), int(block[at])) for at in np.flatnonzero(cosines >= least)
            ]
        return [str(self.tokenizer.id_to_token(piece)) for _, piece in sorted(near)]

    def _directions(self, pieces: Pieces) -> NDArray[np.float32]:
        """Return the rows of pieces at length 1."""
        return _unit_rows(self._rows(pieces))

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


@dataclass(frozen=True, slots=True, eq=False)
class TransformerEmbedder:
    """Any model that sentence-transformers loads; the prompts for each side are its own."""

    name: str
    model: SentenceTransformer
    dimensions: int
    fast: bool = False

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one row of length 1 (or of zeros) for each text."""
        if not texts:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        vectors = self.model.encode_document(list(texts), show_progress_bar=False)
        return _unit_rows(np.asarray(vectors, dtype=np.float32))

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """Return the vector of a question."""
        encoded = self.model.encode_query(text, show_progress_bar=False)
        vector: NDArray[np.float32] = _unit_rows(np.asarray([encoded], dtype=np.float32))[0]
        return vector

    def pieces(self, texts: Sequence[str]) -> None:  # noqa: ARG002 - as the protocol has it
        """Return None: in context a piece has no vector of its own."""
        return

    def words_near(self, text: str, least: float) -> list[str]:  # noqa: ARG002
        """Return none: in context a piece has no vector of its own."""
        return []

    def nearness(self, some: Pieces, others: Pieces) -> NDArray[np.float32]:
        """Raise, since there are no pieces to compare."""
        raise NotImplementedError(f"{self.name} has no pieces: see `pieces`")

    def weights(self, pieces: Pieces) -> NDArray[np.float32]:
        """Raise, since there are no pieces to weigh."""
        raise NotImplementedError(f"{self.name} has no pieces: see `pieces`")


def _unit_rows(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    lengths[lengths == 0] = 1
    scaled: NDArray[np.float32] = vectors / lengths
    return scaled


def find_model(name: str) -> tuple[Path, str | None]:
    """Return a model's folder on this machine, and the hub's revision where it is a hub model.

    Raises:
        EmbeddingError: It is not on this machine.
    """
    folder = Path(name).expanduser()
    if name and folder.is_dir():
        return folder.resolve(), None

    from huggingface_hub import snapshot_download

    try:
        snapshot = Path(snapshot_download(name, local_files_only=True))
    except (OSError, ValueError) as error:
        wanted = name if isinstance(error, OSError) else "OWNER/NAME"  # ValueError: no such names
        raise EmbeddingError(
            f"expected a model folder or a downloaded model, found neither under {name!r}; "
            f"run `hf download {wanted}` on a connected machine and pass the folder it prints"
        ) from error
    return snapshot, snapshot.name


def _is_static(folder: Path) -> bool:
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


def _open_static(folder: Path, prefix: str) -> StaticEmbedder:
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
            f"{folder}, found {_one_line(error)}; install or save the model again"
        ) from error
    try:
        tokenizer = Tokenizer.from_buffer(vocabulary)
    except Exception as error:
        raise EmbeddingError(
            f"expected a tokenizer of the tokenizers library in {folder / 'tokenizer.json'}, "
            f"found {_one_line(error)}; save the model again"
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


def _open_transformer(folder: Path, name: str | None) -> TransformerEmbedder:
    from sentence_transformers import SentenceTransformer

    try:
        model = SentenceTransformer(str(folder), local_files_only=True)
    except Exception as error:
        raise EmbeddingError(
            f"expected a model that sentence-transformers loads in {folder}, "
            f"found {_one_line(error)}; save it there with SentenceTransformer.save"
        ) from error
    dimensions = model.get_embedding_dimension()
    if dimensions is None:
        raise EmbeddingError(f"expected a model of fixed dimensions in {folder}, found none stated")
    return TransformerEmbedder(name or f"{folder.name}@{_content_hash(folder)}", model, dimensions)


def _content_hash(folder: Path) -> str:
    """Return a hash over the names and bytes of a folder's files, hidden ones left out."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        if path.is_file() and not any(part.startswith(".") for part in inside.parts):
            digest.update(f"{inside.as_posix()}\0".encode())
            with path.open("rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()[:16]


def _one_line(error: Exception) -> str:
    return " ".join(f"{type(error).__name__}: {error}".split())[:200]
