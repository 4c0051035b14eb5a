"""Every vector of the index in full, as one memory-mapped table beside Chroma.

Chroma finds the neighbours of a question among very many passages by the first dimensions alone;
here are whole vectors, in half precision, by passage id. A table is opened without reading it and
without importing chromadb, which takes longer than scoring tens of thousands of passages. Nothing
here knows what a passage is.
"""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.derived import Unreadable

_FOLDER = "exact"
_DRAFT = "exact.new"
_SUM_NAME = "checksum"

_BLOCK = 8_192  # rows copied or summed at a time
_CACHED = 256  # rows turned into single precision at a time: they stay in the processor's cache
_ROUGH = 256  # dimensions that find candidates
_SPARE = 5  # candidates for each that is wanted
_SAMPLE = 50_000  # rows that the background is told from at most

Vectors = NDArray[np.float32]

Range = tuple[int, int]
"""A first row and the row behind the last."""


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

    def ranges(self, prefixes: Collection[str]) -> list[Range]:
        """Return the rows of the ids that begin with one of `prefixes`, as ranges in order."""
        starts = np.array(sorted(prefix.encode() for prefix in prefixes), dtype=bytes)
        if not len(self.ids) or not len(starts):
            return []
        # Behind every id that begins with a prefix comes the prefix with its last byte raised.
        ends = np.array([start[:-1] + bytes([start[-1] + 1]) for start in starts], dtype=bytes)
        firsts, lasts = (np.searchsorted(self.ids, keys).tolist() for keys in (starts, ends))
        return [(first, last) for first, last in zip(firsts, lasts, strict=True) if first < last]

    def nearest(
        self, vector: Vectors, limit: int, within: Sequence[Range] | None = None
    ) -> dict[str, float]:
        """Return the `limit` nearest of all passages, or of those `within`, and their cosines.

        All are compared by their first dimensions, and by all of them the best of those.
        """
        within = [(0, len(self))] if within is None else within
        rough = self._scan(vector[:_ROUGH], within)
        places = np.concatenate([np.arange(0), *(np.arange(*rows) for rows in within)])
        kept = places[_best(rough, _SPARE * limit)]
        scores = self._scores(vector, kept)
        return {self.ids[kept[at]].decode(): float(scores[at]) for at in _best(scores, limit)}

    def background(self, vector: Vectors) -> tuple[float, float]:
        """Return the mean and the deviation of the cosines of all passages with a vector."""
        mean = float(self.mean @ vector)
        variance = float(vector @ self.moment @ vector) - mean * mean
        return mean, max(variance, 0.0) ** 0.5

    def _scores(self, vector: Vectors, places: NDArray[np.int64]) -> Vectors:
        """Return the cosines of scattered rows."""
        scores = np.empty(len(places), dtype=np.float32)
        for first in range(0, len(places), _CACHED):
            block = slice(first, first + _CACHED)
            scores[block] = self.rows[places[block]].astype(np.float32) @ vector
        return scores

    def _scan(self, vector: Vectors, within: Sequence[Range]) -> Vectors:
        """Return the products of a vector's first dimensions with those of ranges of rows."""
        scores = np.empty(sum(last - first for first, last in within), dtype=np.float32)
        block = np.empty((_CACHED, len(vector)), dtype=np.float32)
        done = filled = 0
        for first, last in _pieces(within):
            if filled + last - first > _CACHED:
                scores[done : done + filled] = block[:filled] @ vector
                done, filled = done + filled, 0
            block[filled : filled + last - first] = self.rows[first:last, : len(vector)]
            filled += last - first
        scores[done:] = block[:filled] @ vector
        return scores


def _pieces(ranges: Sequence[Range]) -> Iterator[Range]:
    """Cut ranges to at most `_CACHED` rows."""
    for first, last in ranges:
        for start in range(first, last, _CACHED):
            yield start, min(start + _CACHED, last)


def _best(scores: Vectors, limit: int) -> NDArray[np.int64]:
    """Return the places of the highest scores, highest first; of equal ones the first."""
    if limit < len(scores):
        threshold = np.partition(scores, len(scores) - limit)[len(scores) - limit]
        chosen = np.flatnonzero(scores >= threshold)
    else:
        chosen = np.arange(len(scores))
    return chosen[np.argsort(-scores[chosen], kind="stable")][:limit]


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
    (folder / _FOLDER / _SUM_NAME).write_text(_sum(table), encoding="ascii")


def check_exact(folder: Path) -> None:
    """Read the whole table in the folder of a vector index.

    Raises:
        Unreadable: It is not what `finish_exact` ended, or cannot be read.
    """
    table = open_exact(folder)
    path = folder / _FOLDER / _SUM_NAME
    try:
        written = path.read_text("ascii", "replace")
    except OSError as error:
        raise Unreadable(f"{path}: {error}") from error
    if written != _sum(table):
        raise Unreadable(f"{path} does not fit the vectors")


def _sum(table: ExactVectors) -> str:
    """Return a checksum of the ids and vectors of a table."""
    digest = blake2b(digest_size=16)
    for array in (table.ids, table.rows):
        for first in range(0, len(array), _BLOCK):
            digest.update(array[first : first + _BLOCK].tobytes())
    return digest.hexdigest()
