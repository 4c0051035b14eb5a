"""Rows of piece numbers of unequal length, and what training does with them.

Nothing here knows where the rows come from.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

Indices = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Rows of piece numbers: row `i` is `flat[starts[i] : starts[i] + lengths[i]]`."""

    flat: Indices
    starts: Indices
    lengths: Indices

    def __len__(self) -> int:
        return len(self.starts)

    def __getitem__(self, chosen: Indices) -> Rows:
        return Rows(self.flat, self.starts[chosen], self.lengths[chosen])

    def owners(self) -> Indices:
        """Return the row of each piece, row after row."""
        return np.repeat(np.arange(len(self)), self.lengths)

    def positions(self) -> Indices:
        """Return where in `flat` each piece stands, row after row."""
        ends = np.cumsum(self.lengths)
        offsets = np.repeat(self.starts - (ends - self.lengths), self.lengths)
        positions: Indices = np.arange(len(offsets)) + offsets
        return positions

    def packed(self) -> Rows:
        """Return the same rows side by side, with nothing between."""
        return rows_of(self.flat[self.positions()], self.lengths)

    def kept(self, keep: NDArray[np.bool_]) -> Rows:
        """Return the rows packed and without the pieces that `keep`, row after row, leaves out."""
        lengths = np.bincount(self.owners()[keep], minlength=len(self))
        return rows_of(self.flat[self.positions()][keep], lengths)


def rows_of(flat: Indices, lengths: Indices) -> Rows:
    """Return packed rows of these lengths."""
    return Rows(flat, np.cumsum(lengths) - lengths, lengths)


def encode(tokenizer: Tokenizer, texts: Sequence[str]) -> Rows:
    """Return the piece numbers of each text, unknown pieces left out."""
    flat: list[Indices] = [np.zeros(0, dtype=np.int64)]
    lengths: list[int] = []
    for start in range(0, len(texts), 4096):
        batch = list(texts[start : start + 4096])
        for encoding in tokenizer.encode_batch_fast(batch, add_special_tokens=False):
            ids = np.array(encoding.ids, dtype=np.int64)
            known = ids[ids > 0]
            flat.append(known)
            lengths.append(len(known))
    return rows_of(np.concatenate(flat), np.array(lengths, dtype=np.int64))


def join(left: Rows, right: Rows) -> Rows:
    """Return rows that hold the pieces of both sides."""
    owners = np.concatenate([left.owners(), right.owners()])
    flat = np.concatenate([left.flat[left.positions()], right.flat[right.positions()]])
    return rows_of(flat[np.argsort(owners, kind="stable")], left.lengths + right.lengths)


def thin(rows: Rows, rng: np.random.Generator, share: float) -> Rows:
    """Leave out a random share of the pieces, drawn anew for each row between 0 and `share`."""
    limits = np.repeat(rng.random(len(rows)) * share, rows.lengths)
    return rows.kept(rng.random(len(limits)) >= limits)


def crop(
    rows: Rows, rng: np.random.Generator, shortest: int, longest: int
) -> tuple[Rows, NDArray[np.bool_]]:
    """Cut a run of pieces out of each row.

    Returns:
        The runs, not packed, and for each piece of `rows`, row after row, whether it is in one.
    """
    lengths = np.minimum(rng.integers(shortest, longest + 1, len(rows)), rows.lengths)
    offsets = (rng.random(len(rows)) * (rows.lengths - lengths + 1)).astype(np.int64)
    runs = Rows(rows.flat, rows.starts + offsets, lengths)
    positions, owners = rows.positions(), rows.owners()
    first, last = runs.starts[owners], (runs.starts + lengths)[owners]
    return runs, (positions >= first) & (positions < last)


def scatter(rows: Rows, rng: np.random.Generator, most: int, longest: int) -> NDArray[np.bool_]:
    """Choose one to `most` runs of up to `longest` pieces in each row; they may overlap.

    Returns:
        For each piece of `rows`, row after row, whether it is in one.
    """
    _, chosen = crop(rows, rng, 1 if most > 1 else 2, longest)
    for _ in range(most - 1):
        _, inside = crop(rows, rng, 1, longest)
        chosen |= inside & (rng.random(len(rows)) < 0.5)[rows.owners()]
    return chosen


def counted(rows: Rows, size: int) -> tuple[Rows, Indices]:
    """Return the distinct pieces of each row, and how often each occurs in it, row after row.

    `size` is the number of pieces there are.
    """
    keys, counts = np.unique(rows.owners() * size + rows.flat[rows.positions()], return_counts=True)
    return rows_of(keys % size, np.bincount(keys // size, minlength=len(rows))), counts
