"""The vector index whose collection is on a Chroma server: written by one, followed by all others.

The one that writes brings the server's collection and its own snapshot to what the catalogue holds;
everyone else makes a snapshot in a folder of their own from the server, without a model. Vectors
come whole, so that every snapshot is the same, byte for byte. `wanted` is a digest of all that the
index keeps of each passage, by its id.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from index.derived.chroma import add, failures_told, parted, take_out, variant_served
from index.derived.chroma_server import (
    Server,
    collection_holding,
    collection_to_write,
    connected,
    digest_of,
    digests_in,
    fetch,
    note,
    noted,
)
from index.derived.editions import draft_of, newest, publish
from index.derived.snapshot import Snapshot, make_snapshot, open_snapshot
from index.derived.stamps import Unreadable, is_spoilt, read_stamp, stamp_of
from index.embedding.embedder import Embedder
from index.storage.catalogue import Catalogue
from index.structure.passages import searched_text

if TYPE_CHECKING:
    from index.derived.chroma import Records

Wanted = Mapping[str, str]


def write(
    catalogue: Catalogue,
    embedder: Embedder,
    server: Server,
    wanted: Wanted,
    progress: Callable[[int, int], None] | None = None,
) -> None:
    """Bring the server's collection, and the snapshot here, to what is wanted.

    The caller is the one writer of the catalogue. What a run that was broken off has stored on the
    server is not made again.

    Raises:
        VectorServerError: The server cannot be used.
        Unreadable: It fails, or the snapshot cannot be written.
    """
    variant = variant_served(embedder.name)
    stamp = stamp_of(catalogue, variant)
    before = _whole(catalogue.data)
    with connected(server, create=True) as client, failures_told():
        collection = collection_to_write(client, variant, catalogue.identity, server)
        is_complete = noted(collection) == digest_of(wanted)
        if is_complete and before and read_stamp(before) == stamp:
            return
        snapshot = _drafted(catalogue.data, wanted, embedder.dimensions, before)
        if not is_complete:
            found = _held(collection, before)
            note(collection, "")
            _bring_up(catalogue, embedder, collection, snapshot, wanted, found, progress)
            note(collection, digest_of(wanted))
        fetch(collection, snapshot, wanted)
    publish(catalogue.data, stamp)


def follow(catalogue: Catalogue, embedder: Embedder, server: Server, wanted: Wanted) -> None:
    """Make the snapshot here from what a writer has put on the server.

    The caller holds the lock of the data folder.

    Raises:
        VectorServerError: The server cannot be used.
        Unreadable: The server does not hold what the catalogue does, or not any more.
    """
    variant = variant_served(embedder.name)
    stamp = stamp_of(catalogue, variant)
    if not wanted:
        _drafted(catalogue.data, wanted, embedder.dimensions, None)
    else:
        with connected(server) as client, failures_told():
            collection = collection_holding(client, variant, wanted)
            before = _whole(catalogue.data)
            snapshot = _drafted(catalogue.data, wanted, embedder.dimensions, before)
            fetch(collection, snapshot, wanted)
    publish(catalogue.data, stamp)


def holds(server: Server, model: str, wanted: Wanted) -> bool:
    """Say whether the server holds what is wanted.

    Raises:
        VectorServerError: The server cannot be used.
    """
    with connected(server) as client:
        try:
            collection = collection_holding(client, variant_served(model), wanted)
        except Unreadable:
            return False
        return digests_in(collection) == dict(wanted)


def _bring_up(
    catalogue: Catalogue,
    embedder: Embedder,
    collection: Records,
    snapshot: Snapshot,
    wanted: Wanted,
    found: Mapping[str, str],
    progress: Callable[[int, int], None] | None,
) -> None:
    """Take what is stale out of the collection, and add what it lacks."""
    take_out(collection, [key for key, digest in found.items() if wanted.get(key) != digest])
    missing = sorted(key for key, digest in wanted.items() if found.get(key) != digest)
    reports = {report.id: report for report in catalogue.reports()} if missing else {}
    done = 0
    for batch in parted(collection, missing):
        passages = catalogue.passages(batch)
        vectors = embedder.embed([searched_text(passage) for passage in passages])
        snapshot.write(batch, vectors, [wanted[key] for key in batch])
        add(collection, passages, reports, vectors, wanted)
        done += len(batch)
        if progress:
            progress(done, len(missing))


def _held(collection: Records, before: Path | None) -> Mapping[str, str]:
    """Return what a collection holds: what the snapshot does, where both were made together."""
    if before and noted(collection):
        here = open_snapshot(before).held()
        if noted(collection) == digest_of(here):
            return here
    return digests_in(collection)


def _whole(data: Path) -> Path | None:
    """Return the folder of the newest edition, if it is what was written."""
    folder = newest(data)
    if folder is None or is_spoilt(folder):
        return None
    try:
        open_snapshot(folder)
    except Unreadable:
        return None
    return folder


def _drafted(data: Path, wanted: Wanted, dimensions: int, before: Path | None) -> Snapshot:
    draft = draft_of(data)
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    return make_snapshot(draft, wanted, dimensions, before)
