"""What Chroma holds of a vector index: passage ids, and the first dimensions of their vectors.

Only this module uses chromadb, and only inside its functions, since importing it takes more than a
second. Knows nothing of which folder is published, and nothing of the whole vectors' values.
"""

from __future__ import annotations

import sqlite3
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np
from numpy.typing import NDArray

from index.derived.stamps import Unreadable
from index.derived.vector_table import Batch, open_exact, shortened

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from chromadb.api.collection_configuration import CreateHNSWConfiguration
    from chromadb.api.models.Collection import Collection as ChromaCollection

DATABASE = "chroma.sqlite3"
"""The file of an index that Chroma writes to also as it opens it."""

_COLLECTION = "passages"

# Chroma takes at most 5,461 records at a time; asked for ids, SQLite below it takes fewer.
_LOAD = 5_000
_BATCH = 1_000
_SAVED = 200_000  # records between two saves at least

# Dimensions that Chroma holds at most. The bundled model's first ones tell most; at a million
# passages 1,024 would take 4 GB of memory.
DIMENSIONS = 256

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
        with failures_told():
            found = self._collection.query(
                query_embeddings=shortened(vector[np.newaxis], DIMENSIONS),
                n_results=limit,
                include=[],
            )
        return list(found["ids"][0])

    def ids(self) -> list[str]:
        """Return the ids of all passages.

        Raises:
            Unreadable: Chroma fails.
        """
        with failures_told():
            return _ids(self._collection)

    def close(self) -> None:
        """Let go of the files."""
        self._client.close()


def open_chroma(folder: Path, model: str) -> VectorIndex:
    """Open what lies in a folder for searching.

    Args:
        folder: One that is not written to.
        model: The name of the embedding model whose vectors are meant.

    Raises:
        Unreadable: There is none of this model, or it cannot be read.
    """
    with failures_told():
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


def check_opens(folder: Path) -> None:
    """Raise `Unreadable` unless Chroma opens a folder."""
    with failures_told():
        _client(folder).close()


def cleared(
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


def parted(
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


def compact(draft: Path) -> None:
    """Take out of Chroma's database what its log has left: most of the file, after many records."""
    with closing(sqlite3.connect(draft / DATABASE)) as database:
        database.execute("VACUUM")


def variant(model: str) -> str:
    """Return what decides the content of the index: the model, and what is kept of its vectors."""
    return f"{model}/{DIMENSIONS}/bytes in parts"


@contextmanager
def failures_told() -> Iterator[None]:
    """Raise `Unreadable` in the place of what Chroma raises inside."""
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


def _is_of(collection: ChromaCollection, model: str) -> bool:
    return (collection.metadata or {}).get("embedding") == variant(model)


@contextmanager
def opened_to_write(draft: Path, model: str) -> Iterator[ChromaCollection]:
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
        metadata={"embedding": variant(model)},
        configuration={"hnsw": _SPACE},
    )


def _ids(collection: ChromaCollection) -> list[str]:
    found: list[str] = []
    for first in range(0, collection.count(), _BATCH):
        found += collection.get(limit=_BATCH, offset=first, include=[])["ids"]
    return found
