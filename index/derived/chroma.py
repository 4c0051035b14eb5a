"""The collection in Chroma: of every passage where it stands, and its vector's first dimensions.

Only this module and `index.derived.chroma_server` use chromadb, and only inside their functions,
since importing it takes half a second. Knows nothing of which folder is published, and nothing of
the whole vectors.

A record's id is the passage's. Its document are the headings above the passage, a line each, or the
report's title where there are none, or its name; its metadata hold `document`, `region` and `year`
of the report, the last two where they are known, and `start` and `end` in characters of the decoded
file; on a server also `digest`, of all that the record was made from. The text stays in the
catalogue: Chroma would store it four times over and take three times as long to write.
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
from index.embedding.model_folder import unit_rows
from index.types import Passage, Report

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.client import Client
    from chromadb.api.collection_configuration import CreateHNSWConfiguration
    from chromadb.api.models.Collection import Collection as ChromaCollection

    Records = ChromaCollection

COLLECTION = "passages"

DATABASE = "chroma.sqlite3"
"""The file of an index that Chroma writes to also as it opens it."""

_LOAD = 5_000  # records added at a time: Chroma takes at most 5,461
_BATCH = 1_000  # records taken out at a time
_SAVED = 200_000  # records between two saves at least

# Dimensions that Chroma holds at most. The bundled model's first ones tell most; at a million
# passages 1,024 would take 4 GB of memory.
_DIMENSIONS = 256

# Vectors have length 1, so the inner product is the cosine, and a text without a known word, a
# vector of zeros, is as far from everything as can be. Chroma searches 100 candidates by default,
# and misses 16 in 1,000 of the nearest 100 among 20,000 passages; 400 miss 4. Building with more
# than its default took half as long again and found no more.
_SPACE: CreateHNSWConfiguration = {"space": "ip", "ef_search": 400}


def variant(model: str) -> str:
    """Return what decides the content of the index: the model, and what is kept with and of it."""
    return f"{model}/{_DIMENSIONS}/records and snapshot"


def variant_served(model: str) -> str:
    """Return the same of an index whose records are on a server."""
    return f"{model}/records on a server and snapshot"


def shortened(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the dimensions of unit vectors that the collection has, scaled to length 1 again."""
    return unit_rows(vectors[:, :_DIMENSIONS])


def ids_in(folder: Path, model: str) -> set[str]:
    """Return the ids of all passages of the collection in a folder that is not written to.

    Raises:
        Unreadable: There is none of this model, or it cannot be read.
    """
    with failures_told(), _opened(folder) as client:
        collection = client.get_collection(COLLECTION, embedding_function=None)
        if not _is_of(collection, model):
            raise Unreadable(f"{folder} was made with another embedding model than {model}")
        return set(held(collection))


def check_opens(folder: Path) -> None:
    """Raise `Unreadable` unless Chroma opens a folder."""
    with failures_told(), _opened(folder):
        pass


@contextmanager
def opened_to_write(draft: Path, model: str) -> Iterator[ChromaCollection]:
    """Open the collection of a draft; one of another model is emptied."""
    with _opened(draft) as client:
        yield _collection_of(client, model)


def held(collection: ChromaCollection) -> list[str]:
    """Return the ids of all passages of a collection."""
    return list(collection.get(include=[])["ids"])


def take_out(collection: ChromaCollection, ids: Sequence[str]) -> None:
    """Take passages out of a collection."""
    for first in range(0, len(ids), _BATCH):
        collection.delete(ids=list(ids[first : first + _BATCH]))


def parted(collection: ChromaCollection, missing: Sequence[str]) -> list[Sequence[str]]:
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
    return [missing[first:last] for first, last in pairwise(bounds)]


def add(
    collection: ChromaCollection,
    passages: Sequence[Passage],
    reports: Mapping[str, Report],
    vectors: NDArray[np.float32],
    digests: Mapping[str, str] | None = None,
) -> None:
    """Add passages of `reports`, which are by their ids, with vectors as the collection has them.

    `digests` are of what the records are made from, by the passages' ids; None to store none.
    """
    owners = [reports[passage.report_id] for passage in passages]
    records = list(zip(passages, owners, strict=True))
    collection.add(
        ids=[passage.id for passage in passages],
        embeddings=vectors,
        documents=[
            "\n".join(each.headings) or own.plain_title or own.document for each, own in records
        ],
        metadatas=[_metadata(each, own, (digests or {}).get(each.id)) for each, own in records],
    )


def _metadata(passage: Passage, report: Report, digest: str | None) -> dict[str, str | int]:
    known: dict[str, str | int | None] = {
        "digest": digest,
        "document": report.document,
        "region": report.place_name,
        "year": report.given,
        "start": passage.raw_span.start,
        "end": passage.raw_span.end,
    }
    return {name: value for name, value in known.items() if value is not None}


def compact(draft: Path) -> None:
    """Take out of Chroma's database what its log has left: most of the file, after many records."""
    with closing(sqlite3.connect(draft / DATABASE)) as database:
        [free], [pages] = (
            database.execute(f"PRAGMA {name}").fetchone()
            for name in ("freelist_count", "page_count")
        )
        if free > pages // 4:
            database.execute("VACUUM")


@contextmanager
def failures_told() -> Iterator[None]:
    """Raise `Unreadable` in the place of what Chroma raises inside."""
    from chromadb.errors import ChromaError

    try:
        yield
    except (ChromaError, OSError, ValueError, KeyError, RuntimeError) as error:
        raise Unreadable(f"{type(error).__name__}: {error}") from error


@contextmanager
def _opened(folder: Path) -> Iterator[Client]:
    from chromadb import PersistentClient
    from chromadb.config import Settings

    settings = Settings(anonymized_telemetry=False)
    client = cast("Client", PersistentClient(path=str(folder), settings=settings))
    try:
        yield client
    finally:
        client.close()


def _is_of(collection: ChromaCollection, model: str) -> bool:
    return (collection.metadata or {}).get("embedding") == variant(model)


def new_collection(client: ClientAPI, metadata: Mapping[str, str]) -> ChromaCollection:
    """Make an empty collection where there is none."""
    return client.create_collection(
        COLLECTION,
        embedding_function=None,
        metadata=dict(metadata),
        configuration={"hnsw": _SPACE},
    )


def _collection_of(client: Client, model: str) -> ChromaCollection:
    from chromadb.errors import NotFoundError

    try:
        collection = client.get_collection(COLLECTION, embedding_function=None)
        if _is_of(collection, model):
            return collection
        client.delete_collection(COLLECTION)
    except NotFoundError:
        pass
    return new_collection(client, {"embedding": variant(model)})
