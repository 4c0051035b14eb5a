"""An optional second look at the best passages, by a cross-encoder of the user's own.

A cross-encoder reads question and passage together, which costs much more than comparing vectors
and tells more. None comes with the package. Nothing here knows how the passages were found.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.embedding.model_folder import find_model, one_line
from index.errors import EmbeddingError

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder


@dataclass(frozen=True, slots=True, eq=False)
class Reranker:
    """A cross-encoder of sentence-transformers."""

    model: CrossEncoder

    def score(self, question: str, texts: Sequence[str]) -> NDArray[np.float64]:
        """Return how well each text answers the question; higher is better, in no fixed unit."""
        if not texts:
            return np.zeros(0)
        pairs = [(question, text) for text in texts]
        return np.asarray(self.model.predict(pairs, show_progress_bar=False), dtype=np.float64)


def open_reranker(name: str) -> Reranker:
    """Open a cross-encoder.

    Args:
        name: A folder, or the name of a model on the Hugging Face hub that this machine has
            already downloaded (`BAOGAO_RERANKER`).

    Raises:
        EmbeddingError: The model is not on this machine, cannot be read, or gives several scores.
    """
    folder, _ = find_model(name)

    from sentence_transformers import CrossEncoder

    try:
        model = CrossEncoder(str(folder), local_files_only=True)
    except Exception as error:
        raise EmbeddingError(
            f"expected a CrossEncoder of sentence-transformers in {folder}, found "
            f"{one_line(error)}; "
            "unset BAOGAO_RERANKER to do without"
        ) from error
    if model.num_labels != 1:
        raise EmbeddingError(
            f"expected a CrossEncoder with one score a pair in {folder}, found {model.num_labels}; "
            "choose one that was trained to rank"
        )
    return Reranker(model)
