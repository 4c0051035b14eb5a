"""The vector index: passage ids and unit vectors in Chroma; derived from the catalogue.

Text and filters stay in the catalogue. Chroma holds the first dimensions of long vectors, to find
neighbours by; the whole ones lie beside it, in `index.derived.vector_table`, each with a digest of
the text it was made from. A passage that Chroma holds has the vector of that text: what is stale is
taken out before anything is written. `index.derived.chroma` alone knows how Chroma is used.

Processes that have one Chroma folder open while one of them writes bring each other down, so a
folder is never written to once it is there for readers: `sync` writes to a copy, and publishes it
under the next number. The index can be deleted at any time; `sync` makes it again.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from index.derived.chroma import (
    DATABASE,
    DIMENSIONS,
    VectorIndex,
    check_opens,
    cleared,
    compact,
    failures_told,
    open_chroma,
    opened_to_write,
    parted,
    variant,
)
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
from index.derived.vector_table import (
    ExactVectors,
    check_exact,
    finish_exact,
    open_exact,
    write_exact,
)
from index.embedding.embedder import Embedder
from index.storage.catalogue import Catalogue

_FOLDER = "vectors"
_DRAFT = "draft"


def open_table(data: Path, model: str) -> ExactVectors:
    """Open the table of whole vectors beside Chroma, without importing it.

    Args:
        data: The data folder.
        model: The name of the embedding model whose vectors are meant.

    Raises:
        Unreadable: There is none of this model, or it cannot be read; `sync` makes it again.
    """
    folder = _whole(data / _FOLDER)
    stamp = read_stamp(folder)
    if stamp is None or stamp.variant != variant(model):
        raise Unreadable(f"{folder} was made with another embedding model than {model}")
    return open_exact(folder)


def open_vectors(data: Path, model: str) -> VectorIndex:
    """Open the vector index in the data folder for searching.

    Args:
        data: The data folder.
        model: The name of the embedding model whose vectors are meant.

    Raises:
        Unreadable: There is none of this model, or it cannot be read; `sync` makes it again.
    """
    return open_chroma(_whole(data / _FOLDER), model)


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
    published = _published(folder)
    if published and is_spoilt(published, besides=DATABASE):
        set_aside(folder, "its files are not what was written, or cut short")
        published = None
    if published and is_untouched(published, stamp) and _opens(published):
        return
    wanted = {key: digest for key, (_, digest) in catalogue.passage_digests().items()}
    whole = published is not None and _is_whole(published)
    if published and _holds(published, wanted, catalogue.data, embedder.name, whole=whole):
        write_stamp(published, stamp)
        return
    with failures_told():
        _bring_up(catalogue, embedder, wanted, folder, whole=whole, progress=progress)
    _publish(folder, stamp)


def _bring_up(
    catalogue: Catalogue,
    embedder: Embedder,
    wanted: dict[str, str],
    folder: Path,
    *,
    whole: bool,
    progress: Callable[[int, int], None] | None,
) -> None:
    """Make the draft hold what is wanted, for every passage the digest of its text."""
    from index.derived.embedding_worker import (
        made_ahead,  # it brings what reads reports, which a search never needs
    )

    draft = _prepared(folder, embedder)
    with opened_to_write(draft, embedder.name) as collection:
        held = cleared(collection, draft, wanted, whole=whole and embedder.fast)
        missing = [key for key in wanted if key not in held]
        batches = parted(collection, missing, wanted)
    write_exact(draft, wanted, embedder.dimensions)
    with opened_to_write(draft, embedder.name) as collection:
        made = made_ahead(catalogue, embedder, draft, batches, DIMENSIONS)
        done = 0
        for batch, vectors in zip(batches, made, strict=True):
            collection.add(ids=list(batch.ids), embeddings=vectors)
            done += len(batch.ids)
            if progress:
                progress(done, len(missing))
    finish_exact(draft)
    compact(draft)


def _is_whole(published: Path) -> bool:
    """Say whether an index is as it was stamped: then Chroma holds what the table beside it does.

    Asking Chroma itself for its ids takes longer with each thousand of them.
    """
    stamp = read_stamp(published)
    return stamp is not None and is_untouched(published, stamp)


def contents(data: Path, model: str) -> dict[str, str]:
    """Return what the index holds: the digest of each passage that has a vector, by its id.

    Raises:
        Unreadable: There is none of this model, or it cannot be read.
    """
    index = open_vectors(data, model)
    try:
        found = index.ids()
    finally:
        index.close()
    made_from = open_table(data, model).held()
    return {key: made_from.get(key, "") for key in found}


def _published(folder: Path) -> Path | None:
    """Return the folder that readers are to open: the one of the highest number."""
    numbers = [int(path.name) for path in folder.glob("*") if path.name.isdecimal()]
    return folder / str(max(numbers)) if numbers else None


def _whole(folder: Path) -> Path:
    """Return the folder that readers are to open.

    Raises:
        Unreadable: There is none, or files of it have gone.
    """
    published = _published(folder)
    if published is None:
        raise Unreadable(f"{folder} is missing")
    if is_damaged(published):
        raise Unreadable(f"files of {published} are missing or cut short")
    return published


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


def _opens(published: Path) -> bool:
    """Say whether the table beside Chroma can be opened, as searching does."""
    try:
        open_exact(published)
    except Unreadable:
        return False
    return True


def _holds(published: Path, wanted: dict[str, str], data: Path, model: str, *, whole: bool) -> bool:
    """Say whether a published index holds what is wanted; set it aside if it cannot be read."""
    if (stamp := read_stamp(published)) and stamp.variant != variant(model):
        return False
    try:
        if whole:
            return open_exact(published).held() == wanted
        check_exact(published)
        return contents(data, model) == wanted
    except Unreadable as error:
        set_aside(data / _FOLDER, str(error))
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
        published = _published(folder)
        if (
            published
            and (stamp := read_stamp(published))
            and stamp.variant == variant(embedder.name)
        ):
            # A journal there is a reader's, of nothing written: it may be gone when it is copied.
            shutil.copytree(published, copy, ignore=shutil.ignore_patterns("*-journal"))
            remove_stamp(copy)
        else:
            copy.mkdir(parents=True)
        copy.rename(draft)
    return draft
