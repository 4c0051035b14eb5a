"""Any model that sentence-transformers loads, behind the interface of an embedder.

The library is imported only where a model is opened.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.embedding.model_folder import Pieces, one_line, unit_rows
from index.errors import EmbeddingError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer


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
        return unit_rows(np.asarray(vectors, dtype=np.float32))

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """Return the vector of a question."""
        encoded = self.model.encode_query(text, show_progress_bar=False)
        vector: NDArray[np.float32] = unit_rows(np.asarray([encoded], dtype=np.float32))[0]
        return vector

    def pieces(self, texts: Sequence[str]) -> None:  # noqa: ARG002 - as the protocol has it
        """Return None: in context a piece has no vector of its own."""
        return

    def words_near(self, text: str, least: float) -> list[str]:  # noqa: ARG002
        """Return none: in context a piece has no vector of its own."""
        return []

    def words(self, text: str) -> list[tuple[str, float]]:  # noqa: ARG002
        """Return none: in context a piece counts as its context has it."""
        return []

    def directions(self, pieces: Pieces) -> NDArray[np.float32]:
        """Raise, since pieces have no vectors of their own."""
        raise NotImplementedError(f"{self.name} has no pieces: see `pieces`")

    def nearness(self, some: Pieces, others: Pieces) -> NDArray[np.float32]:
        """Raise, since there are no pieces to compare."""
        raise NotImplementedError(f"{self.name} has no pieces: see `pieces`")

    def weights(self, pieces: Pieces) -> NDArray[np.float32]:
        """Raise, since there are no pieces to weigh."""
        raise NotImplementedError(f"{self.name} has no pieces: see `pieces`")


def open_transformer(folder: Path, name: str | None) -> TransformerEmbedder:
    """Load the model in a folder; without a name it is called after the folder and its content.

    Raises:
        EmbeddingError: sentence-transformers does not load it.
    """
    from sentence_transformers import SentenceTransformer

    try:
        model = SentenceTransformer(str(folder), local_files_only=True)
    except Exception as error:
        raise EmbeddingError(
            f"expected a model that sentence-transformers loads in {folder}, "
            f"found {one_line(error)}; save it there with SentenceTransformer.save"
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
