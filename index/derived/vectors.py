"""The vector index: a collection in Chroma and its snapshot; derived from the catalogue.

The collection lies beside the snapshot, or on a server that several share (`index.derived.served`).
`index.derived.chroma` and `chroma_server` alone know how Chroma is used. What searches read is the
snapshot, of `index.derived.snapshot`: whole vectors, each with a digest of what it was made from.
What is stale is taken out of the collection before anything is written.

Processes that have one Chroma folder open while one of them writes bring each other down, so a
folder is never written to once it is there for readers: `sync` writes to a copy, and publishes it
under the next number. The index can be deleted at any time; `sync` makes it again.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

from index.derived.chroma import (
    DATABASE,
    add,
    check_opens,
    compact,
    failures_told,
    held,
    ids_in,
    opened_to_write,
    parted,
    shortened,
    take_out,
    variant,
    variant_served,
)
from index.derived.chroma_server import Server
from index.derived.editions import draft_of, folder_of, newest, publish
from index.derived.snapshot import Snapshot, make_snapshot, open_snapshot
from index.derived.stamps import (
    Unreadable,
    is_damaged,
    is_spoilt,
    is_untouched,
    read_stamp,
    remove_stamp,
    set_aside,
    signature,
    stamp_of,
    write_stamp,
)
from index.embedding.embedder import Embedder
from index.storage.catalogue import Catalogue
from index.structure.passages import searched_text


def open_vectors(data: Path, model: str) -> Snapshot:
    """Open the vectors in the data folder for searching, without importing Chroma.

    Args:
        data: The data folder.
        model: The name of the embedding model whose vectors are meant.

    Raises:
        Unreadable: There are none of this model, or they cannot be read; `sync` makes them again.
    """
    folder = published(data)
    stamp = read_stamp(folder)
    if stamp is None or stamp.variant not in _variants(model):
        raise Unreadable(
            f"{folder} was made by another version or with another embedding model than {model}: "
            "run `baogao index`"
        )
    return open_snapshot(folder)


def _variants(model: str) -> tuple[str, str]:
    """Return what may be searched: the snapshot is the same, wherever the collection is."""
    return variant(model), variant_served(model)


def published(data: Path) -> Path:
    """Return the folder that readers are to open: the collection, and the snapshot in it.

    Raises:
        Unreadable: There is none, or files of it have gone.
    """
    folder = newest(data)
    if folder is None:
        raise Unreadable(f"{folder_of(data)} is missing")
    if is_damaged(folder):
        raise Unreadable(f"files of {folder} are missing or cut short")
    return folder


def spoilt(data: Path, *, thoroughly: bool = False) -> Path | None:
    """Return the folder that readers are to open if its files are not what was written.

    Args:
        data: The data folder.
        thoroughly: Read all files, also those whose size and time of change are as they were.
    """
    folder = newest(data)
    if folder is None:
        return None
    return folder if is_spoilt(folder, besides=DATABASE, thoroughly=thoroughly) else None


def state(data: Path) -> object:
    """Return what is equal as long as readers are to open the same, unchanged files."""
    folder = newest(data)
    return folder and (folder.name, signature(folder, besides=DATABASE))


def is_current(catalogue: Catalogue, model: str) -> bool:
    """Say whether the index was last synced to the catalogue as it is now, with this model."""
    folder = newest(catalogue.data)
    current = [stamp_of(catalogue, each) for each in _variants(model)]
    return folder is not None and read_stamp(folder) in current


def sync(
    catalogue: Catalogue,
    embedder: Embedder,
    *,
    server: Server | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> None:
    """Bring the index to what the catalogue holds; the caller holds the writer's lock.

    What is missing or stale is added, what is foreign removed; an index of another embedding
    model is emptied first, and one that cannot be read is set aside and made again with one line
    of warning.

    Args:
        catalogue: What the index is to hold.
        embedder: What makes the vectors.
        server: Where the collection is; None for the data folder.
        progress: Told how many passages are embedded, of how many that have to be.

    Raises:
        Unreadable: The index cannot be written.
        VectorServerError: The server cannot be used.
    """
    if server is not None:
        from index.derived.served import write

        write(catalogue, embedder, server, wanted_of(catalogue), progress)
        return
    folder = folder_of(catalogue.data)
    stamp = stamp_of(catalogue, variant(embedder.name))
    before = newest(catalogue.data)
    if before and is_spoilt(before, besides=DATABASE):
        set_aside(folder, "its files are not what was written, or cut short")
        before = None
    if before and is_untouched(before, stamp):
        with suppress(Unreadable):
            open_snapshot(before)
            return
    wanted = wanted_of(catalogue)
    if before and _holds(before, wanted, embedder.name):
        write_stamp(before, stamp)
        return
    with failures_told():
        _bring_up(catalogue, embedder, wanted, progress)
    publish(catalogue.data, stamp)


def follow(catalogue: Catalogue, embedder: Embedder, server: Server) -> None:
    """Bring the snapshot to what a writer elsewhere has put on a server.

    The caller holds the lock of the data folder.

    Raises:
        Unreadable: The server does not hold yet what the catalogue does.
        VectorServerError: The server cannot be used.
    """
    if not is_current(catalogue, embedder.name):
        from index.derived.served import follow as followed

        followed(catalogue, embedder, server, wanted_of(catalogue))


def is_on_server(catalogue: Catalogue, model: str, server: Server) -> bool:
    """Say whether a server holds what the catalogue does, record by record.

    Raises:
        VectorServerError: The server cannot be used.
    """
    from index.derived.served import holds

    return holds(server, model, wanted_of(catalogue))


def wanted_of(catalogue: Catalogue) -> dict[str, str]:
    """Return a digest of all that the index keeps of each passage, by its id."""
    reports = {
        report.id: blake2b(
            repr((report.document, report.plain_title, report.place_name, report.given)).encode(),
            digest_size=4,
        ).hexdigest()
        for report in catalogue.reports()
    }
    digests = catalogue.passage_digests()
    return {key: f"{digest}{reports.get(own, '')}" for key, (own, digest) in digests.items()}


def _bring_up(
    catalogue: Catalogue,
    embedder: Embedder,
    wanted: dict[str, str],
    progress: Callable[[int, int], None] | None,
) -> None:
    """Make the draft hold what is wanted, for every passage the digest of what is kept of it."""
    draft = _prepared(catalogue.data, embedder)
    snapshot = make_snapshot(draft, wanted, embedder.dimensions)
    with opened_to_write(draft, embedder.name) as collection:
        fitting, found = snapshot.held().keys(), held(collection)
        take_out(collection, [key for key in found if key not in fitting])
        missing = sorted(wanted.keys() - (fitting & set(found)))
        batches = parted(collection, missing)
    reports = {report.id: report for report in catalogue.reports()}
    done = 0
    with opened_to_write(draft, embedder.name) as collection:
        for batch in batches:
            passages = catalogue.passages(batch)
            vectors = embedder.embed([searched_text(passage) for passage in passages])
            snapshot.write(batch, vectors, [wanted[key] for key in batch])
            add(collection, passages, reports, shortened(vectors))
            done += len(batch)
            if progress:
                progress(done, len(missing))
    compact(draft)


def _holds(before: Path, wanted: dict[str, str], model: str) -> bool:
    """Say whether a published index holds what is wanted; set it aside if it cannot be read."""
    stamp = read_stamp(before)
    if stamp is None or stamp.variant != variant(model):
        return False
    try:
        return open_snapshot(before).held() == wanted and ids_in(before, model) == wanted.keys()
    except Unreadable as error:
        set_aside(before.parent, str(error))
        return False


def _prepared(data: Path, embedder: Embedder) -> Path:
    """Make a copy of what is published, or take what a run that was broken off left of one."""
    draft, copy = draft_of(data), folder_of(data) / "copy"
    # A file that was cut short can bring the process down; that risk is only worth taking for
    # vectors that took long to make.
    if embedder.fast:
        shutil.rmtree(draft, ignore_errors=True)
    if draft.exists():
        try:
            check_opens(draft)
        except Unreadable as error:
            set_aside(draft, str(error))
    if not draft.exists():
        shutil.rmtree(copy, ignore_errors=True)
        before = newest(data)
        stamp = read_stamp(before) if before else None
        if before and stamp and stamp.variant == variant(embedder.name):
            # A journal there is a reader's, of nothing written: it may be gone when it is copied.
            shutil.copytree(before, copy, ignore=shutil.ignore_patterns("*-journal"))
            remove_stamp(copy)
        else:
            copy.mkdir(parents=True)
        copy.rename(draft)
    return draft
