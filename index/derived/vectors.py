"""The vector index: a collection in Chroma and its snapshot; derived from the catalogue.

`index.derived.chroma` alone knows how Chroma is used. What searches read is the snapshot beside the
collection, of `index.derived.snapshot`: whole vectors, each with a digest of what it was made from.
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
    take_out,
    variant,
)
from index.derived.snapshot import Snapshot, make_snapshot, open_snapshot
from index.derived.stamps import (
    Stamp,
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

_FOLDER = "vectors"
_DRAFT = "draft"


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
    if stamp is None or stamp.variant != variant(model):
        raise Unreadable(
            f"{folder} was made by another version or with another embedding model than {model}: "
            "run `baogao index`"
        )
    return open_snapshot(folder)


def published(data: Path) -> Path:
    """Return the folder that readers are to open: the collection, and the snapshot in it.

    Raises:
        Unreadable: There is none, or files of it have gone.
    """
    folder = _published(data / _FOLDER)
    if folder is None:
        raise Unreadable(f"{data / _FOLDER} is missing")
    if is_damaged(folder):
        raise Unreadable(f"files of {folder} are missing or cut short")
    return folder


def spoilt(data: Path, *, thoroughly: bool = False) -> Path | None:
    """Return the folder that readers are to open if its files are not what was written.

    Args:
        data: The data folder.
        thoroughly: Read all files, also those whose size and time of change are as they were.
    """
    folder = _published(data / _FOLDER)
    if folder is None:
        return None
    return folder if is_spoilt(folder, besides=DATABASE, thoroughly=thoroughly) else None


def state(data: Path) -> object:
    """Return what is equal as long as readers are to open the same, unchanged files."""
    folder = _published(data / _FOLDER)
    return folder and (folder.name, signature(folder, besides=DATABASE))


def is_current(catalogue: Catalogue, model: str) -> bool:
    """Say whether the index was last synced to the catalogue as it is now, with this model."""
    folder = _published(catalogue.data / _FOLDER)
    return folder is not None and read_stamp(folder) == stamp_of(catalogue, variant(model))


def sync(
    catalogue: Catalogue,
    embedder: Embedder,
    *,
    progress: Callable[[int, int], None] | None = None,
) -> None:
    """Bring the index to what the catalogue holds; the caller holds the writer's lock.

    What is missing or stale is added, what is foreign removed; an index of another embedding
    model is emptied first, and one that cannot be read is set aside and made again with one line
    of warning.

    Args:
        catalogue: What the index is to hold.
        embedder: What makes the vectors.
        progress: Told how many passages are embedded, of how many that have to be.

    Raises:
        Unreadable: The index cannot be written.
    """
    folder = catalogue.data / _FOLDER
    stamp = stamp_of(catalogue, variant(embedder.name))
    before = _published(folder)
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
    _publish(folder, stamp)


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
    draft = _prepared(catalogue.data / _FOLDER, embedder)
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
            add(collection, passages, reports, vectors)
            done += len(batch)
            if progress:
                progress(done, len(missing))
    compact(draft)


def _published(folder: Path) -> Path | None:
    """Return the folder of the highest number, if there is one."""
    numbers = [int(path.name) for path in folder.glob("*") if path.name.isdecimal()]
    return folder / str(max(numbers)) if numbers else None


def _publish(folder: Path, stamp: Stamp) -> None:
    """Give the draft to the readers and remove what it replaces.

    Readers that have an older folder open keep its files until they look for a newer one.
    """
    last = _published(folder)
    number = int(last.name) + 1 if last else 1
    write_stamp(folder / _DRAFT, stamp)
    (folder / _DRAFT).rename(folder / str(number))
    for path in folder.iterdir():
        if path.name != str(number):
            # SQLite's journals come and go while a reader opens it; what stays goes next time.
            shutil.rmtree(path, ignore_errors=True)


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


def _prepared(folder: Path, embedder: Embedder) -> Path:
    """Make a copy of what is published, or take what a run that was broken off left of one."""
    draft, copy = folder / _DRAFT, folder / "copy"
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
        before = _published(folder)
        stamp = read_stamp(before) if before else None
        if before and stamp and stamp.variant == variant(embedder.name):
            # A journal there is a reader's, of nothing written: it may be gone when it is copied.
            shutil.copytree(before, copy, ignore=shutil.ignore_patterns("*-journal"))
            remove_stamp(copy)
        else:
            copy.mkdir(parents=True)
        copy.rename(draft)
    return draft
