"""Every vector of the collection as plain arrays of numpy, mapped from files: what searches read.

Opening Chroma takes a process half a second, and a filter there longer than comparing every vector
here: `docs/decisions/0001-vector-store.md` has the figures. A vector is kept as bytes with a scale,
its first dimensions also in single precision, so that a scan multiplies them where they lie; the
scan's best are then compared in full. Rows are in the order of the passages' ids, so that those of
one report stand together. Nothing here knows of Chroma, or what a passage is.
"""

from __future__ import annotations

import shutil
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from index.derived.stamps import Unreadable
from index.room import reserve

_FOLDER = "snapshot"
_DRAFT = "snapshot.new"
_ARRAYS = ("ids", "digests", "first", "whole", "scales")

_SCANNED = 128  # dimensions that are compared for every passage
_CANDIDATES = 2_000  # passages that are compared in full
_CACHED = 256  # rows turned into single precision at a time: they stay in the processor's cache
_SAMPLE = 2_048  # rows that the background is told from at most
_BLOCK = 8_192  # rows copied at a time
_MOST = 127  # of a byte with a sign

Vectors = NDArray[np.float32]

Range = tuple[int, int]
"""A first row and the row behind the last."""


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """A snapshot opened for reading, or for writing where it was just made.

    `ids` are the passages' ids as bytes, sorted, `digests` of what their vectors were made from,
    empty where there is none yet. `first` are the vectors' first dimensions, `whole` times `scales`
    the vectors, off by half a step at most, of 127 to a row's largest.
    """

    ids: NDArray[np.bytes_]
    digests: NDArray[np.bytes_]
    first: Vectors
    whole: NDArray[np.int8]
    scales: Vectors

    def __len__(self) -> int:
        return len(self.ids)

    def write(self, ids: Sequence[str], vectors: Vectors, digests: Sequence[str]) -> None:
        """Write the vectors of passages that the snapshot was made for."""
        places = self.places(ids)
        steps = np.abs(vectors).max(axis=1, initial=0) / _MOST
        self.scales[places] = steps
        self.whole[places] = np.rint(vectors / np.where(steps > 0, steps, 1)[:, np.newaxis])
        self.first[places] = vectors[:, :_SCANNED]
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

    def ranges(self, prefixes: Collection[str]) -> list[Range]:
        """Return the rows of the ids that begin with one of `prefixes`, as ranges in order."""
        starts = np.array(sorted(prefix.encode() for prefix in prefixes), dtype=bytes)
        if not len(self.ids) or not len(starts):
            return []
        # Behind every id that begins with a prefix comes the prefix with its last byte raised.
        ends = np.array([start[:-1] + bytes([start[-1] + 1]) for start in starts], dtype=bytes)
        firsts, lasts = (np.searchsorted(self.ids, keys).tolist() for keys in (starts, ends))
        return [(first, last) for first, last in zip(firsts, lasts, strict=True) if first < last]

    def cosines(self, vector: Vectors, ids: Sequence[str]) -> dict[str, float]:
        """Return the cosines of those of the passages `ids` that are in the snapshot."""
        places = self.places(ids)
        known = np.flatnonzero(places >= 0)
        scores = self._products(vector, places[known]).tolist()
        return {ids[at]: score for at, score in zip(known.tolist(), scores, strict=True)}

    def nearest(
        self, vector: Vectors, limit: int, within: Sequence[Range] | None = None
    ) -> dict[str, float]:
        """Return the `limit` nearest of all passages, or of those `within`, and their cosines.

        Among 90,000 passages 95 in 100 of the ten nearest are found, and of the two hundred.
        """
        within = [(0, len(self))] if within is None else within
        short = vector[:_SCANNED]
        nothing = np.zeros(0, dtype=np.float32)
        scores = np.concatenate([nothing, *(self.first[a:b] @ short for a, b in within)])
        rows = np.concatenate([np.arange(0), *(np.arange(*each) for each in within)])
        likely = rows[_best(scores, max(_CANDIDATES, limit))]
        cosines = self._products(vector, likely)
        return {self.ids[likely[at]].decode(): float(cosines[at]) for at in _best(cosines, limit)}

    def background(self, vector: Vectors) -> tuple[float, float]:
        """Return the mean and the deviation of the cosines of all passages, told from a sample."""
        if not len(self):
            return 0.0, 0.0
        cosines = self._products(vector, np.arange(0, len(self), 1 + len(self) // _SAMPLE))
        return float(cosines.mean()), float(cosines.std())

    def rows(self, places: NDArray[np.int64] | slice) -> Vectors:
        """Return whole vectors."""
        found: Vectors = self.whole[places].astype(np.float32)
        found *= self.scales[places][:, np.newaxis]
        return found

    def _products(self, vector: Vectors, places: NDArray[np.int64]) -> Vectors:
        scores = np.empty(len(places), dtype=np.float32)
        for first in range(0, len(places), _CACHED):
            block = slice(first, first + _CACHED)
            scores[block] = self.whole[places[block]].astype(np.float32) @ vector
        scores *= self.scales[places]
        return scores


def _best(scores: Vectors, limit: int) -> NDArray[np.int64]:
    """Return the places of the highest scores, highest first."""
    chosen = np.arange(len(scores))
    if limit < len(scores):
        chosen = np.sort(np.argpartition(-scores, limit)[:limit])
    return chosen[np.argsort(-scores[chosen], kind="stable")]


def open_snapshot(folder: Path) -> Snapshot:
    """Open the snapshot in the folder of a vector index.

    Raises:
        Unreadable: There is none, or it cannot be read.
    """
    return _open(folder / _FOLDER, "r")


def make_snapshot(
    folder: Path, wanted: Mapping[str, str], dimensions: int, older: Path | None = None
) -> Snapshot:
    """Make a snapshot of passages, taking over the rows of an older one that fit.

    The other rows are zeros until they are written. Broken off at any moment, either the old one is
    there, or the new one, or none.

    Args:
        folder: The folder of the vector index, which no one searches yet.
        wanted: The digest of what each passage's vector is to be made from, by its id.
        dimensions: Length of a vector.
        older: The folder with the older snapshot, where it is another.

    Raises:
        OSError: There is no room.
    """
    draft = folder / _DRAFT
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir()
    keys = np.array(sorted(identifier.encode() for identifier in wanted), dtype=bytes)
    digests = np.zeros_like(np.array([digest.encode() for digest in wanted.values()], dtype=bytes))
    for name, array in (("ids", keys), ("digests", digests)):
        np.save(draft / f"{name}.npy", array)
    shapes: tuple[tuple[str, Any, tuple[int, ...]], ...] = (
        ("first", np.float32, (len(keys), min(dimensions, _SCANNED))),
        ("whole", np.int8, (len(keys), dimensions)),
        ("scales", np.float32, (len(keys),)),
    )
    for name, kind, shape in shapes:
        np.lib.format.open_memmap(draft / f"{name}.npy", mode="w+", dtype=kind, shape=shape)
        reserve(draft / f"{name}.npy")
    made = _open(draft, "r+")
    with suppress(Unreadable):  # there may be none yet
        _take_over(open_snapshot(older or folder), made, wanted)
    shutil.rmtree(folder / _FOLDER, ignore_errors=True)
    draft.rename(folder / _FOLDER)
    return made


def _take_over(old: Snapshot, made: Snapshot, wanted: Mapping[str, str]) -> None:
    if old.whole.shape[1] != made.whole.shape[1]:
        return
    kept = [key for key, digest in old.held().items() if wanted.get(key) == digest]
    for first in range(0, len(kept), _BLOCK):
        names = kept[first : first + _BLOCK]
        here, there = made.places(names), old.places(names)
        for name in _ARRAYS[1:]:
            getattr(made, name)[here] = getattr(old, name)[there]


def _open(place: Path, mode: Literal["r", "r+"]) -> Snapshot:
    try:
        # As plain arrays: slices of the mapped kind cost microseconds each.
        found = Snapshot(
            *(np.load(place / f"{name}.npy", mmap_mode=mode).view(np.ndarray) for name in _ARRAYS)
        )
    except (OSError, ValueError, EOFError) as error:
        raise Unreadable(f"{place}: {error}") from error
    if len({len(getattr(found, name)) for name in _ARRAYS}) > 1:
        raise Unreadable(f"{place} has {len(found)} ids and other numbers of vectors")
    return found
