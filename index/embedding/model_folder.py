"""What models of both kinds share: the folder they lie in, rows of length 1, errors told in a line.

Nothing here goes to the network or knows what a model is made of.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.errors import EmbeddingError

Pieces = NDArray[np.int64]
"""The numbers of pieces of a tokenizer's vocabulary."""


def unit_rows(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return rows at length 1; rows of zeros stay as they are."""
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


def one_line(error: Exception) -> str:
    """Return what a library tells of an error in a line that fits into another message."""
    return " ".join(f"{type(error).__name__}: {error}".split())[:200]
