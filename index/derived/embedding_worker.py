"""Vectors of passages, made while those before them are written: in another process if many.

Chroma holds the interpreter's lock while it adds, so that a thread beside it hardly gets on. The
child is a plain process, so the program that asked for it is not run again; it ends by itself when
that program ends, however it ends, and what it fails to make is made here. Whole vectors go
straight into the table beside Chroma. Nothing here knows of Chroma or of what is missing.
"""

from __future__ import annotations

import logging
import pickle
import shutil
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import numpy as np
from numpy.typing import NDArray

from index.derived.vector_table import Batch, ExactVectors, open_exact, shortened
from index.embedding.embedder import Embedder, open_embedder
from index.errors import EmbeddingError
from index.processes import can_start, start_child
from index.storage.catalogue import Catalogue
from index.structure.passages import searched_text

_WORTH = 20_000  # passages for which a process is started: fewer are made here sooner
_AHEAD = 3  # batches that may lie ready
_FOLDER = "ahead"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Job:
    """What a child is told: where the catalogue and the table are, and what to make."""

    data: Path
    folder: Path
    source: str | None
    model: str
    dimensions: int
    batches: Sequence[Batch]


def made_ahead(
    catalogue: Catalogue,
    embedder: Embedder,
    folder: Path,
    batches: Sequence[Batch],
    dimensions: int,
) -> Iterator[NDArray[np.float32]]:
    """Yield the first dimensions of each batch's vectors, at length 1, in order.

    By then the whole vectors stand in the table in `folder`, which has been made for them.
    """
    model = catalogue.embedding
    many = sum(len(batch.ids) for batch in batches) >= _WORTH and len(batches) > 1
    done = 0
    if many and can_start() and embedder.fast and model and model.name == embedder.name:
        job = _Job(catalogue.data, folder, model.source, model.name, dimensions, batches)
        try:
            for vectors in _by_child(job):
                done += 1
                yield vectors
        except OSError as error:
            _log.warning("vectors are made in this process, no other does it: %s", error)
    table = open_exact(folder, writable=True)
    with ThreadPoolExecutor(1) as pool:
        rest = batches[done:]
        ahead = (
            pool.submit(_make, catalogue, embedder, table, rest[0], dimensions) if rest else None
        )
        for following in [*rest[1:], None] if rest else []:
            assert ahead
            vectors = ahead.result()
            if following:
                ahead = pool.submit(_make, catalogue, embedder, table, following, dimensions)
            yield vectors


def _make(
    catalogue: Catalogue, embedder: Embedder, table: ExactVectors, batch: Batch, dimensions: int
) -> NDArray[np.float32]:
    passages = catalogue.passages(batch.ids)
    vectors = embedder.embed([searched_text(passage) for passage in passages])
    table.write(batch.ids, vectors, batch.digests)
    return shortened(vectors, dimensions)


def _by_child(job: _Job) -> Iterator[NDArray[np.float32]]:
    """Yield what a child makes, as far as it comes."""
    with _fresh(job.folder / _FOLDER) as place, _child(job) as (credits_, reports):
        for number in range(len(job.batches)):
            if not reports.read(1):
                raise ChildProcessError("it has ended")
            path = place / f"{number}.npy"
            vectors: NDArray[np.float32] = np.load(path)
            path.unlink()
            with suppress(OSError):  # it has ended, perhaps because all is made
                credits_.write(b".")
                credits_.flush()
            yield vectors


@contextmanager
def _fresh(place: Path) -> Iterator[Path]:
    """Make a folder that is empty, and gone afterwards."""
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    try:
        yield place
    finally:
        shutil.rmtree(place)


@contextmanager
def _child(job: _Job) -> Iterator[tuple[IO[bytes], IO[bytes]]]:
    """Start a child on a job; it is told to go on, and tells when a batch is made, by a byte."""
    # One core adds while the other embeds: the child's libraries are not to take both.
    child = start_child("index.derived.embedding_worker", {"OPENBLAS_NUM_THREADS": "1"})
    assert child.stdin
    assert child.stdout
    try:
        with suppress(OSError):  # its first report will be missing
            child.stdin.write(pickle.dumps(job, pickle.HIGHEST_PROTOCOL) + b"." * _AHEAD)
            child.stdin.flush()
        yield child.stdin, child.stdout
    finally:
        child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout):
            with suppress(OSError):  # what was not yet written has no reader any more
                pipe.close()


def serve() -> None:
    """Do the job that comes on the standard input: what a child does."""
    parent, reports = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr
    job: _Job = pickle.load(parent)  # noqa: S301 - from the parent
    embedder = open_embedder(job.source)
    if embedder.name != job.model:
        raise EmbeddingError(f"expected the model {job.model}, found {embedder.name}")
    table = open_exact(job.folder, writable=True)
    with Catalogue.open(job.data) as catalogue:
        for number, batch in enumerate(job.batches):
            if not parent.read(1):
                return
            vectors = _make(catalogue, embedder, table, batch, job.dimensions)
            np.save(job.folder / _FOLDER / f"{number}.npy", vectors)
            reports.write(b".")
            reports.flush()
