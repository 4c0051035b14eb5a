"""Text in, unit vectors out: the bundled static model, or any sentence-transformers model on disk.

`static` reads the one kind and `transformer` the other; both give what `Embedder` says. Nothing
here goes to the network, and nothing here knows what is indexed or how it is searched.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.embedding.model_folder import Pieces, find_model
from index.embedding.static import BUNDLED_MODEL, is_static, open_static
from index.embedding.transformer import open_transformer


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

    def directions(self, pieces: Pieces) -> NDArray[np.float32]:
        """Return the vectors of pieces at length 1, shape `(pieces, dimensions)`."""
        ...

    def words(self, text: str) -> list[tuple[str, float]]:
        """Return the pieces of a text as it has them, in order, with how much each counts.

        There are none where pieces have no vectors.
        """
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
        return open_static(BUNDLED_MODEL, "bundled:")
    folder, revision = find_model(name)
    if is_static(folder):
        return open_static(folder, f"{name if revision else folder.name}@")
    return open_transformer(folder, f"{name}@{revision}" if revision else None)
