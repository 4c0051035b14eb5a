"""The vector index: passage ids and unit vectors in Chroma; derived from the catalogue.

Text and filters stay in the catalogue. Chroma holds the first dimensions of long vectors, to find
neighbours by; the whole ones lie beside it, in `index.derived.vector_table`, each with a digest of
the text it was made from. A passage that Chroma holds has the vector of that text: what is stale is
taken out before anything is written. Only this module uses chromadb, and only inside its functions,
since importing it takes more than a second.

Processes that have one Chroma folder open while one of them writes bring each other down, so a
folder is never written to once it is there for readers: `sync` writes to a copy, and publishes it
under the next number. The index can be deleted at any time; `sync` makes it again.
"""

from __future__ import annotations

import shutil
import sqlite3
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np
from numpy.typing import NDArray

from index.derived.stamps import (
    Stamp,
    Unreadable,
    is_damaged,
    is_untouched,
    read_stamp,
    remove_stamp,
    set_aside,
    stamp_of,
    write_stamp,
)
from index.derived.vector_table import (
    Batch,
    ExactVectors,
    check_exact,
    finish_exact,
    open_exact,
    shortened,
    write_exact,
)
from index.embedding.embedder import Embedder
from index.storage.catalogue import Catalogue

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from chromadb.api.collection_configuration import CreateHNSWConfiguration
    from chromadb.api.models.Collection import Collection as ChromaCollection

_FOLDER = "vectors"
_DRAFT = "draft"
_COLLECTION = "passages"

# Chroma takes at most 5,461 records at a time; asked for ids, SQLite below it takes fewer.
_LOAD = 5_000
_BATCH = 1_000
_SAVED = 200_000  # records between two saves at least

# Dimensions that Chroma holds at most. The bundled model's first ones tell most; at a million
# passages 1,024 would take 4 GB of memory.
_SHORT = 256

# Vectors have length 1, so the inner product is the cosine, and a text without a known word, a
# vector of zeros, is as far from everything as can be. Chroma searches 100 candidates by default,
# and misses 16 in 1,000 of the nearest 100 among 20,000 passages; 400 miss 4. Building with more
# than its default took half as long again and found no more.
_SPACE: CreateHNSWConfiguration = {"space": "ip", "ef_search": 400}


class VectorIndex:
    """An index opened for searching, to be closed after use."""

    def __init__(self, client: Client, collection: ChromaCollection) -> None:
        self._client = client
        self._collection = collection

    def nearest(self, vector: NDArray[np.float32], limit: int) -> list[str]:
        """Return the ids of the passages nearest to a unit vector, by its first dimensions.

        The search is approximate.

        Raises:
            Unreadable: Chroma fails.
        """
        with _failures_told():
            found = self._collection.query(
                query_embeddings=shortened(vector[np.newaxis], _SHORT), n_results=limit, include=[]
            )
        return list(found["ids"][0])

    def close(self) -> None:
        """Let go of the files."""
        self._client.close()


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
    if stamp is None or stamp.variant != _variant(model):
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
    folder = _whole(data / _FOLDER)
    with _failures_told():
        client = _client(folder)
        try:
            collection = client.get_collection(_COLLECTION, embedding_function=None)
            collection.count()
            if not _is_of(collection, model):
                raise Unreadable(f"{folder} was made with another embedding model than {model}")
        except BaseException:
            client.close()
            raise
    return VectorIndex(client, collection)


def is_current(catalogue: Catalogue, model: str) -> bool:
    """Say whether the index was last synced to the catalogue as it is now, with this model."""
    folder = _published(catalogue.data / _FOLDER)
    return folder is not None and read_stamp(folder) == stamp_of(catalogue, _variant(model))


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
    """
    folder = catalogue.data / _FOLDER
    stamp = stamp_of(catalogue, _variant(embedder.name))
    published = _published(folder)
    if published and is_untouched(published, stamp) and _opens(published):
        return
    wanted = {key: digest for key, (_, digest) in catalogue.passage_digests().items()}
    whole = published is not None and _is_whole(published)
    if published and _holds(published, wanted, catalogue.data, embedder.name, whole=whole):
        write_stamp(published, stamp)
        return
    from index.derived.embedding_worker import (
        made_ahead,  # it brings what reads reports, which a search never needs
    )

    draft = _prepared(folder, embedder)
    with _collection(draft, embedder.name) as collection:
        held = _cleared(collection, draft, wanted, whole=whole and embedder.fast)
        missing = [key for key in wanted if key not in held]
        batches = _parted(collection, missing, wanted)
    write_exact(draft, wanted, embedder.dimensions)
    with _collection(draft, embedder.name) as collection:
        made = made_ahead(catalogue, embedder, draft, batches, _SHORT)
        done = 0
        for batch, vectors in zip(batches, made, strict=True):
            collection.add(ids=list(batch.ids), embeddings=vectors)
            done += len(batch.ids)
            if progress:
                progress(done, len(missing))
    finish_exact(draft)
    _compact(draft)
    _publish(folder, stamp)


def _is_whole(published: Path) -> bool:
    """Say whether an index is as it was stamped: then Chroma holds what the table beside it does.

    Asking Chroma itself for its ids takes longer with each thousand of them.
    """
    stamp = read_stamp(published)
    return stamp is not None and is_untouched(published, stamp)


def _cleared(
    collection: ChromaCollection, draft: Path, wanted: Mapping[str, str], *, whole: bool
) -> set[str]:
    """Take out of Chroma what is foreign or stale; return the ids that stay."""
    try:
        made_from = open_exact(draft).held()
    except Unreadable:
        made_from = {}
    found = list(made_from) if whole else _ids(collection)
    fitting = {key for key in found if key in wanted and made_from.get(key) == wanted[key]}
    others = [key for key in found if key not in fitting]
    for first in range(0, len(others), _BATCH):
        collection.delete(ids=others[first : first + _BATCH])
    return fitting


def _parted(
    collection: ChromaCollection, missing: Sequence[str], digests: Mapping[str, str]
) -> list[Batch]:
    """Part what is missing into batches of which the last lets Chroma save.

    Chroma saves whenever so many records have come since; each time it writes its whole index
    again, and what has come since the last lies in its log, which the next one to open it has to
    read. The number holds for a collection that is opened afterwards.
    """
    if not missing:
        return []
    saves = max(1, len(missing) // _SAVED)
    count = saves * -(-len(missing) // (_LOAD * saves))
    with warnings.catch_warnings():
        # Chroma warns of its own record of a collection that makes no vectors itself.
        warnings.simplefilter("ignore", DeprecationWarning)
        collection.modify(configuration={"hnsw": {"sync_threshold": max(len(missing) // saves, 2)}})
    bounds = [number * len(missing) // count for number in range(count + 1)]
    parts = [missing[first:last] for first, last in pairwise(bounds)]
    return [Batch(ids, [digests[key] for key in ids]) for ids in parts]


def _compact(draft: Path) -> None:
    """Take out of Chroma's database what its log has left: most of the file, after many records."""
    with closing(sqlite3.connect(draft / "chroma.sqlite3")) as database:
        database.execute("VACUUM")


def _variant(model: str) -> str:
    """Return what decides the content of the index: the model, and what is kept of its vectors."""
    return f"{model}/{_SHORT}/bytes in parts"


def contents(data: Path, model: str) -> dict[str, str]:
    """Return what the index holds: the digest of each passage that has a vector, by its id.

    Raises:
        Unreadable: There is none of this model, or it cannot be read.
    """
    index = open_vectors(data, model)
    try:
        with _failures_told():
            found = _ids(index._collection)  # noqa: SLF001 - of this module
    finally:
        index.close()
    made_from = open_table(data, model).held()
    return {key: made_from.get(key, "") for key in found}


@contextmanager
def _failures_told() -> Iterator[None]:
    from chromadb.errors import ChromaError

    try:
        yield
    except (ChromaError, OSError, ValueError, KeyError, RuntimeError) as error:
        raise Unreadable(f"{type(error).__name__}: {error}") from error


def _client(folder: Path) -> Client:
    from chromadb import PersistentClient
    from chromadb.config import Settings

    client = PersistentClient(path=str(folder), settings=Settings(anonymized_telemetry=False))
    return cast("Client", client)


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
    if (stamp := read_stamp(published)) and stamp.variant != _variant(model):
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
            with _failures_told():
                _client(draft).close()
        except Unreadable as error:
            set_aside(draft, str(error))
    if not draft.exists():
        shutil.rmtree(copy, ignore_errors=True)
        published = _published(folder)
        if (
            published
            and (stamp := read_stamp(published))
            and stamp.variant == _variant(embedder.name)
        ):
            # A journal there is a reader's, of nothing written: it may be gone when it is copied.
            shutil.copytree(published, copy, ignore=shutil.ignore_patterns("*-journal"))
            remove_stamp(copy)
        else:
            copy.mkdir(parents=True)
        copy.rename(draft)
    return draft


def _is_of(collection: ChromaCollection, model: str) -> bool:
    return (collection.metadata or {}).get("embedding") == _variant(model)


@contextmanager
def _collection(draft: Path, model: str) -> Iterator[ChromaCollection]:
    """Open the collection of a draft; one of another model is emptied."""
    client = _client(draft)
    try:
        yield _collection_of(client, model)
    finally:
        client.close()


def _collection_of(client: Client, model: str) -> ChromaCollection:
    from chromadb.errors import NotFoundError

    try:
        collection = client.get_collection(_COLLECTION, embedding_function=None)
        if _is_of(collection, model):
            return collection
        client.delete_collection(_COLLECTION)
    except NotFoundError:
        pass
    return client.create_collection(
        _COLLECTION,
        embedding_function=None,
        metadata={"embedding": _variant(model)},
        configuration={"hnsw": _SPACE},
    )


def _ids(collection: ChromaCollection) -> list[str]:
    found: list[str] = []
    for first in range(0, collection.count(), _BATCH):
        found += collection.get(limit=_BATCH, offset=first, include=[])["ids"]
    return found
