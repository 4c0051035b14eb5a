"""Every vector of the index in full, as one memory-mapped table beside Chroma.

Chroma finds the neighbours of a question among very many passages by the first dimensions alone;
here are whole vectors, in half precision, by passage id. A table is opened without reading it and
without importing chromadb, which takes longer than scoring tens of thousands of passages. Nothing
here knows what a passage is.
"""

from __future__ import annotations

import shutil
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.derived import Unreadable

_FOLDER = "exact"
_DRAFT = "exact.new"

_BLOCK = 8_192  # rows turned into single precision at a time
_ROUGH = 256  # dimensions that find candidates
_SPARE = 5  # candidates for each that is wanted
_SAMPLE = 50_000  # rows that the background is told from at most

Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class ExactVectors:
    """A table opened for reading, or for writing where it was just made.

    `ids` are the passages' ids as bytes, sorted; `rows`, shape `(passages, dimensions)`, their
    vectors in float16; `mean` and `moment` the mean of the vectors and of their outer products.
    """

    ids: NDArray[np.bytes_]
    rows: NDArray[np.float16]
    mean: Vectors
    moment: Vectors

    def __len__(self) -> int:
        return len(self.ids)

    def places(self, ids: Sequence[str]) -> NDArray[np.int64]:
        """Return the row of each id, -1 where it has none."""
        wanted = np.array([identifier.encode() for identifier in ids], dtype=bytes)
        if not len(self.ids) or not len(wanted):
            return np.full(len(wanted), -1, dtype=np.int64)
        found = np.minimum(np.searchsorted(self.ids, wanted), len(self.ids) - 1)
        return np.where(self.ids[found] == wanted, found, -1)

    def vectors(self, ids: Sequence[str]) -> dict[str, Vectors]:
        """Return the vectors of those of the passages `ids` that are in the table."""
        places = self.places(ids)
        return {
            identifier: self.rows[place].astype(np.float32)
            for identifier, place in zip(ids, places, strict=True)
            if place >= 0
        }

    def cosines(self, vector: Vectors, ids: Sequence[str]) -> dict[str, float]:
        """Return the cosines of those of the passages `ids` that are in the table."""
        places = self.places(ids)
        known = np.flatnonzero(places >= 0)
        scores = self._scores(vector, places[known])
        return {ids[at]: float(score) for at, score in zip(known.tolist(), scores, strict=True)}

    def nearest(self, vector: Vectors, limit: int) -> dict[str, float]:
        """Return the `limit` nearest of all passages and their cosines.

        All are compared by their first dimensions, and by all of them the best of those.
        """
        rough = self._scores(vector[:_ROUGH], None)
        kept = np.argsort(-rough, kind="stable")[: _SPARE * limit]
        scores = self._scores(vector, kept)
        best = np.argsort(-scores, kind="stable")[:limit]
        return {self.ids[kept[at]].decode(): float(scores[at]) for at in best}

    def background(self, vector: Vectors) -> tuple[float, float]:
        """Return the mean and the deviation of the cosines of all passages with a vector."""
        mean = float(self.mean @ vector)
        variance = float(vector @ self.moment @ vector) - mean * mean
        return mean, max(variance, 0.0) ** 0.5

    def _scores(self, vector: Vectors, places: NDArray[np.int64] | None) -> Vectors:
        count = len(self.rows) if places is None else len(places)
        scores = np.empty(count, dtype=np.float32)
        for first in range(0, count, _BLOCK):
            block = slice(first, first + _BLOCK)
            chosen = self.rows[block] if places is None else self.rows[places[block]]
            rows = chosen[:, : len(vector)]
            scores[block] = rows.astype(np.float32) @ vector
        return scores


def open_exact(folder: Path) -> ExactVectors:
    """Open the table in the folder of a vector index.

    Raises:
        Unreadable: There is none, or it cannot be read.
    """
    place = folder / _FOLDER
    try:
        ids = np.load(place / "ids.npy", mmap_mode="r")
        rows = np.load(place / "rows.npy", mmap_mode="r")
        mean, moment = np.load(place / "mean.npy"), np.load(place / "moment.npy")
    except (OSError, ValueError, EOFError) as error:
        raise Unreadable(f"{place}: {error}") from error
    if len(ids) != len(rows):
        raise Unreadable(f"{place} has {len(ids)} ids and {len(rows)} vectors")
    return ExactVectors(ids, rows, mean, moment)


def write_exact(folder: Path, ids: Collection[str], dimensions: int) -> ExactVectors:
    """Make the table of these passages, taking over what an older one in the folder holds.

    The other rows are zeros until they are written through `rows`; `finish_exact` ends it. Broken
    off at any moment, either the old table is there, or the new one, or none.
    """
    draft = folder / _DRAFT
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir()
    keys = np.array(sorted(identifier.encode() for identifier in ids), dtype=bytes)
    np.save(draft / "ids.npy", keys)
    rows = np.lib.format.open_memmap(
        draft / "rows.npy", mode="w+", dtype=np.float16, shape=(len(keys), dimensions)
    )
    for name, shape in (("mean", (dimensions,)), ("moment", (dimensions, dimensions))):
        np.save(draft / f"{name}.npy", np.zeros(shape, dtype=np.float32))
    try:
        old = open_exact(folder)
    except Unreadable:
        old = None
    if old is not None and old.rows.shape[1:] == (dimensions,):
        for first in range(0, len(keys), _BLOCK):
            names = [key.decode() for key in keys[first : first + _BLOCK]]
            places = old.places(names)
            known = np.flatnonzero(places >= 0)
            rows[first + known] = old.rows[places[known]]
    rows.flush()
    shutil.rmtree(folder / _FOLDER, ignore_errors=True)
    draft.rename(folder / _FOLDER)
    opened = open_exact(folder)
    return ExactVectors(opened.ids, rows, opened.mean, opened.moment)


def finish_exact(folder: Path, table: ExactVectors) -> None:
    """Write the background of a table whose rows are all there."""
    step = 1 + len(table) // _SAMPLE
    dimensions = table.rows.shape[1]
    mean, moment = np.zeros(dimensions), np.zeros((dimensions, dimensions))
    sampled = 0
    for first in range(0, len(table), _BLOCK * step):
        rows = table.rows[first : first + _BLOCK * step : step].astype(np.float32)
        mean += rows.sum(axis=0)
        moment += rows.T @ rows
        sampled += len(rows)
    for name, total in (("mean", mean), ("moment", moment)):
        average = (total / max(sampled, 1)).astype(np.float32)
        np.save(folder / _FOLDER / f"{name}.npy", average)
