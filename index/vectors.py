"""The vector index: passage ids and unit vectors in Chroma; derived from the catalogue.

Text and filters stay in the catalogue; beside each vector stands only a digest of the text it was
made from, so that a stale one is known. Chroma holds the first dimensions of long
vectors, to find neighbours by; the whole ones lie beside it, in `index.exact`. Only this module
uses chromadb, and only inside its functions, since importing it takes more than a second.

Processes that have one Chroma folder open while one of them writes bring each other down, so a
folder is never written to once it is there for readers: `sync` writes to a copy, and publishes it
under the next number. The index can be deleted at any time; `sync` makes it again.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np
from numpy.typing import NDArray

from index.catalogue import Catalogue
from index.derived import (
    Stamp,
    Unreadable,
    is_damaged,
    is_untouched,
    read_stamp,
    remove_stamp,
    searched_text,
    set_aside,
    stamp_of,
    write_stamp,
)
from index.embedding import Embedder
from index.exact import ExactVectors, check_exact, finish_exact, open_exact, write_exact
from index.types import Passage

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
                query_embeddings=_shortened(vector[np.newaxis]), n_results=limit, include=[]
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
    if published and _holds(published, wanted, catalogue.data, embedder.name):
        write_stamp(published, stamp)
        return
    with _draft(folder, embedder) as collection:
        found = _contents(collection)
        foreign = [key for key in found if key not in wanted]
        for first in range(0, len(foreign), _BATCH):
            collection.delete(ids=foreign[first : first + _BATCH])
        held = _held(folder / _DRAFT, found)
        missing = [key for key in wanted if held.get(key) != wanted[key]]
        table = write_exact(folder / _DRAFT, wanted, embedder.dimensions)
        _fill(collection, table, catalogue, embedder, missing, wanted, progress)
        finish_exact(folder / _DRAFT, table)
    _publish(folder, stamp)


def _held(draft: Path, found: dict[str, str]) -> dict[str, str]:
    """Return the digests of the passages that both Chroma and the table beside it hold."""
    try:
        table = open_exact(draft)
    except Unreadable:
        return {}
    names = list(found)
    places = table.places(names)
    return {key: found[key] for key, place in zip(names, places, strict=True) if place >= 0}


def _fill(
    collection: ChromaCollection,
    table: ExactVectors,
    catalogue: Catalogue,
    embedder: Embedder,
    missing: Sequence[str],
    digests: Mapping[str, str],
    progress: Callable[[int, int], None] | None,
) -> None:
    """Embed the missing passages; the vectors of a batch are made while the last is written."""

    def made(first: int) -> tuple[list[Passage], NDArray[np.float32]]:
        passages = catalogue.passages(missing[first : first + _LOAD])
        return passages, embedder.embed([searched_text(passage) for passage in passages])

    with ThreadPoolExecutor(1) as pool:
        starts = range(0, len(missing), _LOAD)
        ahead = pool.submit(made, 0) if missing else None
        for first in starts:
            passages, vectors = ahead.result() if ahead else made(first)
            after = first + _LOAD
            ahead = pool.submit(made, after) if after < len(missing) else None
            ids = [passage.id for passage in passages]
            # The whole vector first: what Chroma holds has one, wherever a run is broken off.
            table.rows[table.places(ids)] = vectors
            collection.upsert(
                ids=ids,
                embeddings=_shortened(vectors),
                metadatas=[{"digest": digests[identifier]} for identifier in ids],
            )
            if progress:
                progress(first + len(passages), len(missing))


def _shortened(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the first dimensions of unit vectors, scaled to length 1 again."""
    short = vectors[:, :_SHORT]
    lengths = np.linalg.norm(short, axis=1, keepdims=True)
    lengths[lengths == 0] = 1
    scaled: NDArray[np.float32] = short / lengths
    return scaled


def _variant(model: str) -> str:
    """Return what decides the content of the index: the model, and what is kept of its vectors."""
    return f"{model}/{_SHORT}"


def contents(data: Path, model: str) -> dict[str, str]:
    """Return what the index holds: the digest of each passage that has a vector, by its id.

    Raises:
        Unreadable: There is none of this model, or it cannot be read.
    """
    index = open_vectors(data, model)
    try:
        with _failures_told():
            return _contents(index._collection)  # noqa: SLF001 - of this module
    finally:
        index.close()


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
            shutil.rmtree(path)


def _opens(published: Path) -> bool:
    """Say whether the table beside Chroma can be opened, as searching does."""
    try:
        open_exact(published)
    except Unreadable:
        return False
    return True


def _holds(published: Path, wanted: dict[str, str], data: Path, model: str) -> bool:
    """Say whether a published index holds what is wanted; set it aside if it cannot be read."""
    if (stamp := read_stamp(published)) and stamp.variant != _variant(model):
        return False
    try:
        check_exact(published)
        return contents(data, model) == wanted
    except Unreadable as error:
        set_aside(data / _FOLDER, str(error))
        return False


@contextmanager
def _draft(folder: Path, embedder: Embedder) -> Iterator[ChromaCollection]:
    """Open a copy of what is published, or what a run that was broken off left of one."""
    # A file that was cut short can bring the process down; that risk is only worth taking for
    # vectors that took long to make.
    if embedder.fast:
        shutil.rmtree(folder / _DRAFT, ignore_errors=True)
    client = _open_draft(folder)
    try:
        yield _collection_of(client, embedder.name)
    finally:
        client.close()


def _open_draft(folder: Path) -> Client:
    draft, copy = folder / _DRAFT, folder / "copy"
    if draft.exists():
        try:
            with _failures_told():
                return _client(draft)
        except Unreadable as error:
            set_aside(draft, str(error))
    shutil.rmtree(copy, ignore_errors=True)
    if published := _published(folder):
        shutil.copytree(published, copy)
        remove_stamp(copy)
    else:
        copy.mkdir(parents=True)
    copy.rename(draft)
    return _client(draft)


def _is_of(collection: ChromaCollection, model: str) -> bool:
    return (collection.metadata or {}).get("embedding") == _variant(model)


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


def _contents(collection: ChromaCollection) -> dict[str, str]:
    found: dict[str, str] = {}
    for first in range(0, collection.count(), _BATCH):
        page = collection.get(limit=_BATCH, offset=first, include=["metadatas"])
        for identifier, metadata in zip(page["ids"], page["metadatas"] or [], strict=True):
            found[identifier] = str((metadata or {}).get("digest", ""))
    return found
