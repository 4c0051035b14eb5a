"""Every vector of the index in full, as one memory-mapped table beside Chroma.

Chroma finds the neighbours of a question among very many passages by the first dimensions alone;
here are whole vectors, by passage id, each with a digest of what it was made from. They lie in
parts: a scan reads the first dimensions alone, in single precision so that they are ready to be
multiplied; the next ones tell which of its finds are worth reading in full, and these and the rest
are bytes with a scale a row. A table is opened without reading it and without importing chromadb,
which takes longer than comparing a million passages. Nothing here knows what a passage is.
"""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from index.derived.stamps import Unreadable
from index.room import reserve

_FOLDER = "exact"
_DRAFT = "exact.new"
_SUM_NAME = "checksum"

_BLOCK = 8_192  # rows copied or summed at a time
_CACHED = 256  # rows turned into single precision at a time: they stay in the processor's cache
_BOUNDS = (64, 256)  # where a vector is parted: the dimensions that are scanned, then more
_PARTS = {"first": np.float32, "second": np.int8, "rest": np.int8}
_CANDIDATES = (20_000, 1_000)  # that the first part and the first two leave
_SAMPLE = 20_000  # rows that the background is told from at most: a second of products
_MOST = 127  # of a byte with a sign

Vectors = NDArray[np.float32]

Range = tuple[int, int]
"""A first row and the row behind the last."""


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """Some of the dimensions of all vectors: `rows`, each to be times its scale."""

    rows: NDArray[np.int8 | np.float32]
    scales: Vectors

    def write(self, places: NDArray[np.int64], vectors: Vectors) -> None:
        """Write rows; a byte is off by half a step at most, of 127 to the row's largest."""
        if self.rows.dtype == np.float32:
            self.rows[places], self.scales[places] = vectors, 1
            return
        largest = np.abs(vectors).max(axis=1, initial=0)
        steps = np.where(largest > 0, largest / _MOST, 1)
        self.rows[places] = np.rint(vectors / steps[:, np.newaxis]).astype(np.int8)
        self.scales[places] = np.where(largest > 0, steps, 0)

    def read(self, places: NDArray[np.int64] | slice) -> Vectors:
        """Return rows as they were written, but for what a byte loses."""
        rows: Vectors = self.rows[places].astype(np.float32)
        rows *= self.scales[places][:, np.newaxis]
        return rows

    def products(self, vector: Vectors, places: NDArray[np.int64]) -> Vectors:
        """Return the products of some rows with a vector."""
        scores = np.empty(len(places), dtype=np.float32)
        for first in range(0, len(places), _CACHED):
            block = slice(first, first + _CACHED)
            scores[block] = self.rows[places[block]].astype(np.float32) @ vector
        scores *= self.scales[places]
        return scores

    def scan(self, vector: Vectors, within: Sequence[Range]) -> Vectors:
        """Return the products of ranges of rows, in single precision, with a vector."""
        scores = np.empty(sum(last - first for first, last in within), dtype=np.float32)
        done = 0
        for first, last in within:
            np.dot(self.rows[first:last], vector, out=scores[done : done + last - first])
            done += last - first
        return scores


@dataclass(frozen=True, slots=True)
class Batch:
    """Passages that are embedded and written together, and what their vectors are made from."""

    ids: Sequence[str]
    digests: Sequence[str]


@dataclass(frozen=True, slots=True, eq=False)
class ExactVectors:
    """A table opened for reading, or for writing where it was just made.

    `ids` are the passages' ids as bytes, sorted, `digests` of what their vectors were made from,
    empty where there is none yet; `parts` hold the vectors' dimensions, the first ones first;
    `mean` and `moment` are the mean of the vectors and of their outer products.
    """

    ids: NDArray[np.bytes_]
    digests: NDArray[np.bytes_]
    parts: tuple[Part, ...]
    mean: Vectors
    moment: Vectors

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def dimensions(self) -> int:
        """Length of a vector."""
        return sum(part.rows.shape[1] for part in self.parts)

    def write(self, ids: Sequence[str], vectors: Vectors, digests: Sequence[str]) -> None:
        """Write the vectors of passages that the table was made for."""
        places = self.places(ids)
        for part, own in zip(self.parts, np.split(vectors, _BOUNDS, axis=1), strict=True):
            part.write(places, own)
        self.digests[places] = [digest.encode() for digest in digests]

    def held(self) -> dict[str, str]:
        """Return the digest of each passage that has a vector, by its id."""
        pairs = zip(self.ids.tolist(), self.digests.tolist(), strict=True)
        return {key.decode(): digest.decode() for key, digest in pairs if digest}

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
        known = np.flatnonzero(places >= 0)
        return {
            ids[at]: row for at, row in zip(known.tolist(), self._read(places[known]), strict=True)
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

        All are compared by their first dimensions, the best of those by more, and by all of them
        the best of these: among a million, 96 in 100 of the ten nearest are found, and 90 of the
        hundred nearest.
        """
        within = [(0, len(self))] if within is None else within
        pieces = np.split(vector, _BOUNDS)
        scores = self.parts[0].scan(pieces[0], within)
        kept = np.concatenate([np.arange(0), *(np.arange(*rows) for rows in within)])
        for part, piece, most in zip(self.parts[1:], pieces[1:], _CANDIDATES, strict=True):
            likely = _best(scores, max(most, limit))
            kept, scores = kept[likely], scores[likely]
            scores = scores + part.products(piece, kept)
        return {self.ids[kept[at]].decode(): float(scores[at]) for at in _best(scores, limit)}

    def background(self, vector: Vectors) -> tuple[float, float]:
        """Return the mean and the deviation of the cosines of all passages with a vector."""
        mean = float(self.mean @ vector)
        variance = float(vector @ self.moment @ vector) - mean * mean
        return mean, max(variance, 0.0) ** 0.5

    def _scores(self, vector: Vectors, places: NDArray[np.int64]) -> Vectors:
        """Return the cosines of scattered rows."""
        scores = np.zeros(len(places), dtype=np.float32)
        for part, piece in zip(self.parts, np.split(vector, _BOUNDS), strict=True):
            scores += part.products(piece, places)
        return scores

    def _read(self, places: NDArray[np.int64] | slice) -> Vectors:
        return np.hstack([part.read(places) for part in self.parts])


def _best(scores: Vectors, limit: int) -> NDArray[np.int64]:
    """Return the places of the highest scores, highest first; of equal ones the first."""
    if limit < len(scores):
        threshold = np.partition(scores, len(scores) - limit)[len(scores) - limit]
        chosen = np.flatnonzero(scores >= threshold)
    else:
        chosen = np.arange(len(scores))
    return chosen[np.argsort(-scores[chosen], kind="stable")][:limit]


def shortened(vectors: NDArray[np.float32], dimensions: int) -> NDArray[np.float32]:
    """Return the first dimensions of unit vectors, scaled to length 1 again."""
    short = vectors[:, :dimensions]
    lengths = np.linalg.norm(short, axis=1, keepdims=True)
    lengths[lengths == 0] = 1
    scaled: NDArray[np.float32] = short / lengths
    return scaled


def open_exact(folder: Path, *, writable: bool = False) -> ExactVectors:
    """Open the table in the folder of a vector index.

    Raises:
        Unreadable: There is none, or it cannot be read.
    """
    return _open(folder / _FOLDER, "r+" if writable else "r")


def write_exact(folder: Path, wanted: Mapping[str, str], dimensions: int) -> ExactVectors:
    """Make the table of passages, taking over the rows of an older one in the folder that fit.

    The other rows are zeros until they are written; `finish_exact` ends the table. Broken off at
    any moment, either the old table is there, or the new one, or none.

    Args:
        folder: The folder of the vector index.
        wanted: The digest of what each passage's vector is to be made from, by its id.
        dimensions: Length of a vector.

    Raises:
        OSError: There is no room for all of the rows.
    """
    draft = folder / _DRAFT
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir()
    keys = np.array(sorted(identifier.encode() for identifier in wanted), dtype=bytes)
    for name, array in {
        "ids": keys,
        "digests": np.zeros(len(keys), dtype=f"S{_longest(wanted.values())}"),
        "scales": np.zeros((len(_PARTS), len(keys)), dtype=np.float32),
        "mean": np.zeros(dimensions, dtype=np.float32),
        "moment": np.zeros((dimensions, dimensions), dtype=np.float16),
    }.items():
        np.save(draft / f"{name}.npy", array)
    widths = map(len, np.split(np.arange(dimensions), _BOUNDS))
    for (name, kind), width in zip(_PARTS.items(), widths, strict=True):
        path = draft / f"{name}.npy"
        np.lib.format.open_memmap(path, mode="w+", dtype=kind, shape=(len(keys), width))
        reserve(path)
    made = _open(draft, "r+")
    try:
        old = open_exact(folder)
    except Unreadable:
        old = None
    if old is not None and old.dimensions == dimensions:
        _take_over(old, made, wanted)
    shutil.rmtree(folder / _FOLDER, ignore_errors=True)
    draft.rename(folder / _FOLDER)
    return made


def _take_over(old: ExactVectors, made: ExactVectors, wanted: Mapping[str, str]) -> None:
    held = old.held()
    kept = [key for key, digest in wanted.items() if held.get(key) == digest]
    for first in range(0, len(kept), _BLOCK):
        names = kept[first : first + _BLOCK]
        here, there = made.places(names), old.places(names)
        for new, former in zip(made.parts, old.parts, strict=True):
            new.rows[here] = former.rows[there]
            new.scales[here] = former.scales[there]
        made.digests[here] = old.digests[there]


def _longest(digests: Collection[str]) -> int:
    return max((len(digest) for digest in digests), default=1)


def _open(place: Path, mode: Literal["r", "r+"]) -> ExactVectors:
    try:
        ids, digests, scales, *tables = (
            # As a plain array: slices of the mapped kind cost microseconds each.
            np.load(place / f"{name}.npy", mmap_mode=mode).view(np.ndarray)
            for name in ("ids", "digests", "scales", *_PARTS)
        )
        mean, moment = np.load(place / "mean.npy"), np.load(place / "moment.npy")
        rows = {len(ids), len(digests), scales.shape[1], *map(len, tables)}
        parts = tuple(itertools.starmap(Part, zip(tables, scales, strict=True)))
    except (OSError, ValueError, EOFError, IndexError) as error:
        raise Unreadable(f"{place}: {error}") from error
    if len(rows) > 1:
        raise Unreadable(f"{place} has {len(ids)} ids and other numbers of vectors")
    return ExactVectors(ids, digests, parts, mean, moment.astype(np.float32))


def finish_exact(folder: Path) -> None:
    """Write the background of a table whose rows are all there, and its checksum."""
    table = open_exact(folder)
    step = 1 + len(table) // _SAMPLE
    dimensions = table.dimensions
    mean, moment = np.zeros(dimensions), np.zeros((dimensions, dimensions))
    sampled = 0
    for first in range(0, len(table), _BLOCK * step):
        rows = table._read(slice(first, first + _BLOCK * step, step))  # noqa: SLF001 - of this module
        mean += rows.sum(axis=0)
        moment += rows.T @ rows
        sampled += len(rows)
    for name, total, kind in (("mean", mean, np.float32), ("moment", moment, np.float16)):
        np.save(folder / _FOLDER / f"{name}.npy", (total / max(sampled, 1)).astype(kind))
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
    arrays = (array for part in table.parts for array in (part.rows, part.scales))
    for array in (table.ids, table.digests, *arrays):
        for first in range(0, len(array), _BLOCK):
            digest.update(array[first : first + _BLOCK].tobytes())
    return digest.hexdigest()
